// Package render makes bytes of a planned edition: its pages, stylesheets,
// scripts and redirects. A [book.Book] and two folders of layouts and assets
// come in. The package refuses to know where the bytes are written, and what
// the handbook is about.
//
// A page is made in two parts. Its body is everything between the header and
// the footer; it is a pure function of the page, so a page that many editions
// share is rendered once. The frame is everything else: it is rendered once per
// edition, model and depth, and cut into pieces at its slots. [Frame.Append]
// puts the two together by copying bytes; no template runs there.
//
// # Layouts
//
// Layouts are html/template files. A template is named by its path without
// ".html", and is reached from others as {{template "del/punkt" .}}:
//
//	side.html          the whole document around a page: a [FrameView]
//	krop.html          a page's body: a [BodyView]
//	krop/<slags>.html  takes krop.html's place for pages of that kind
//	blok/<navn>.html   one block of a page: the views in block.go
//	del/<navn>.html    parts that others include
//
// All text that layouts are given is either plain (string) and escaped by the
// template, or finished HTML (template.HTML). Links are relative to the page.
// These functions are added to html/template's own:
//
//	{{plads "titel"}}  a slot, filled when the page is put together
//	{{overskrift 2 "id" "Tekst"}}  a heading of a level that is only known as data; the text
//	  may be a link, and a class may follow it
//	{{peg "id" "Tekst"}}  a link to what has the id, which a script makes one to copy
//	{{link .}}  a [Link] as <a>, or its text when it leads nowhere
//	{{.Root}}{{fil "egen.css"}}  in side.html, the address of a file in assets/
//	{{ord "krop.naeste"}}  the words of a key of ord.toml, with its slots after it
//
// These slots exist, in side.html and, except krop, titel and sidetitel, in bodies:
//
//	titel        the page's title           sidetitel    the title for <title>
//	krop         the page's body            beskrivelse  a sentence about it
//	adresse      its address on the web, "" when that is unknown
//	kanonisk     <link rel="canonical"> with it, or nothing
//	slags        the page's kind, for a class
//	qr           the address as a QR code, or nothing
//	scripts      <script> elements of what only some pages need
//	base         <base> of the page for wrong addresses, or nothing
//	her          the page's own address before a #, where a <base> asks for it
//	udgave       the edition's name: "National udgave", "Eksempel Kommune"
//
// Scripts ask for words with ord("krop.naeste"), and fill the slots themselves.
//
// Nothing inline: no <script> with content, no <style>, no style or on…
// attributes. Pages are served under a Content-Security-Policy that stops them.
package render

import (
	"io/fs"
	"slices"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/wording"
)

// Options choose how pages are made. The zero Options are good.
type Options struct {
	// BaseURL is the address that the national edition is published at, such as
	// "https://haandbog.dk/"; a municipality's stands in kommuner/<slug>/ under
	// it, unless the book names a Site of its own. Without an address, pages
	// have no canonical link and no QR code.
	BaseURL string
	// Preview marks blocks with data-kilde="file:line", for the editor, and gives
	// the page for wrong addresses the <base> that it has where all editions are
	// served at their places below "/".
	Preview bool
	// Offline adds the script that starts the service worker, offline.js in the
	// edition's root.
	Offline bool
	// Hosted tells that all editions are served at their addresses under BaseURL
	// by a server that gives each its own 404 page.
	Hosted bool
	// QR draws an address as an <svg> with a label as its name; nil for none.
	QR func(address, label string) ([]byte, error)
	// File gives the path from the edition's root of a picture or file that the
	// text in content file from names as src. Without it, content/a/b.md and
	// "c.png" give "a/c.png".
	File func(from, src string) string
}

// Renderer makes the pages of any number of editions. It never changes: its
// methods may be called from several goroutines.
type Renderer struct {
	opt     Options
	words   *wording.Words
	layouts *layoutSet
	assets  *assetSet
}

// Asset is a file that pages refer to. Path is from the edition's root.
type Asset struct {
	Path string
	Data []byte
}

// New reads layouts and assets. Of files with the same name, the first folder's
// wins; the last folders are the embedded ones, which are complete. Each of the
// others is tried on a sample page. The diagnostics tell, by file and line in
// layouts/ and assets/, what is wrong with a site's own files; those are left
// out, so that the renderer is usable in spite of them.
func New(layouts, assets []fs.FS, opt Options) (*Renderer, []diag.Diag) {
	r := &Renderer{opt: opt, layouts: &layoutSet{}, assets: &assetSet{}}
	return r.Renew(layouts, assets)
}

// Words are those of the layouts folders, for what is planned for the renderer.
func (r *Renderer) Words() *wording.Words { return r.words }

// Renew is New with r's options. It takes over from r what is made from the
// same bytes.
func (r *Renderer) Renew(layouts, assets []fs.FS) (*Renderer, []diag.Diag) {
	words, wrong := wording.Read(layouts...)
	layouts = slices.DeleteFunc(slices.Clone(layouts), func(f fs.FS) bool { _, ok := f.(wording.Folder); return ok })
	if words.Same(r.words) {
		words = r.words
	}
	set, diags := readAssets(assets, words, r.assets.made)
	next := &Renderer{opt: r.opt, assets: set, words: words}
	loaded, more := loadLayouts(next, layouts, r.layouts)
	next.layouts = loaded
	more = append(slices.Clip(more), set.unused(loaded.read)...)
	return next, diag.Sort(slices.Concat(diags, wrong, more))
}
