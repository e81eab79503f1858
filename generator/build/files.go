package build

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/export"
	"modelhaandbog/generator/feed"
	"modelhaandbog/generator/host"
	"modelhaandbog/generator/table"
)

// Output is one file of the published site. Path is relative to the site's root.
// Listing outputs is cheap: Open computes a file's contents.
type Output struct {
	Path string
	Open func() Contents
	From string // of a PDF: the HTML file that it is printed from

	Optional bool // not written when it is empty
}

// Contents is a file's contents. Equal keys mean equal bytes, so that an unchanged
// file need not be rendered.
type Contents struct {
	Key    [sha256.Size]byte
	Append func(dst []byte) []byte // appends the bytes; nil for a PDF, which is printed
}

// name is how the manifest writes the key.
func (c Contents) name() string { return hex.EncodeToString(c.Key[:16]) }

// contentsOf wraps bytes that exist already. Their key is their sum.
func contentsOf(data []byte) Contents {
	return Contents{Key: sha256.Sum256(data), Append: func(dst []byte) []byte { return append(dst, data...) }}
}

// computed is a file whose bytes are computed when it is opened.
func computed(p string, data func() []byte) Output {
	return Output{Path: p, Open: func() Contents { return contentsOf(data()) }}
}

// Files lists all files of the edition.
func (e *Edition) Files() []Output {
	at := func(p string) string { return path.Join(e.Dir, p) }
	var out []Output
	for _, p := range e.Book.Pages {
		out = append(out, e.page(p, at(p.Path)))
		if p.Document != nil {
			out = append(out, e.word(wordKey{page: p.Document}, at(p.Document.WordPath(""))))
		}
		if tabs := p.Tabs(); len(tabs) > 0 {
			out = append(out, e.workbook(p, at(p.WorkbookPath())))
			for _, t := range tabs {
				out = append(out, computed(at(p.TabPath(t)), func() []byte { return table.CSV(t, e.Book.Words) }))
			}
		}
		if p.Sheet != nil {
			for _, c := range p.Sheet.Files() {
				out = append(out, e.word(wordKey{p, c}, at(p.WordPath(c))))
			}
			if e.snap.opt.PDF {
				out = append(out, e.pdf(p, at(p.Path)))
			}
		}
	}
	for _, r := range e.Book.Redirects {
		out = append(out, computed(at(r.From), func() []byte { return e.snap.render.Redirect(e.Book, r.From, r.To) }))
	}
	for _, a := range slices.Concat(e.snap.render.Assets(), e.snap.render.EditionAssets(e.Book)) {
		out = append(out, computed(at(a.Path), func() []byte { return a.Data }))
	}
	if from, to := e.logo(); from != "" && e.snap.files[from] != nil {
		out = append(out, computed(at(to), func() []byte { return e.snap.files[from].data }))
	}
	for _, name := range e.pictures() {
		out = append(out, computed(at(strings.TrimPrefix(name, "content/")),
			func() []byte { return e.snap.files[name].data }))
	}
	out = append(out, Output{Path: at("soeg-indeks.js"), Open: e.searchIndex})
	out = append(append(out, e.pastPages(at)...), e.data(at)...)
	if e.snap.opt.Offline {
		return append(out, e.offline(out)...)
	}
	return append(out, computed(at("sw.js"), host.Retired))
}

// page is one HTML page: its body, which editions may share, in this edition's frame.
func (e *Edition) page(p *book.Page, to string) Output {
	return Output{Path: to, Open: func() Contents {
		frame := e.frame(p)
		return Contents{Key: frame.Key(p, e.key(p)),
			Append: func(dst []byte) []byte { return frame.Append(dst, p, e.body(p).Body) }}
	}}
}

// word is a sheet as a Word file.
func (e *Edition) word(w wordKey, to string) Output {
	p := w.page
	return Output{Path: to, Open: func() Contents {
		id := export.Identity{Owner: e.Book.Name, Release: e.Book.Release, ReleaseDate: e.Book.Date,
			DateText: e.Book.DateText, Address: e.address(p), Logo: e.wordLogo()}
		key := e.key(p)
		sum := sha256.New()
		sum.Write(key[:])
		for _, s := range []string{string(w.choice), id.Owner, id.Release, id.ReleaseDate, id.DateText, id.Address} {
			sum.Write([]byte(s))
			sum.Write([]byte{0})
		}
		sum.Write(id.Logo)
		if base := e.wordBase(w); base != nil {
			f := e.snap.files[path.Join("content/kommuner", e.Slug, ownTemplate)]
			sum.Write(f.sum[:])
			return Contents{Key: [sha256.Size]byte(sum.Sum(nil)),
				Append: func(dst []byte) []byte { return append(dst, onBase(base, w, e.Book.Words, id)...) }}
		}
		return Contents{Key: [sha256.Size]byte(sum.Sum(nil)),
			Append: func(dst []byte) []byte { return e.wordFile(w).Append(dst, id) }}
	}}
}

// workbook is a page's tables as a spreadsheet.
func (e *Edition) workbook(p *book.Page, to string) Output {
	release := strings.TrimSuffix(strings.TrimPrefix(e.Book.Release+", "+e.Book.DateText, ", "), ", ")
	return Output{Path: to, Open: func() Contents {
		return Contents{Key: e.keyOf(p, "xlsx", e.Book.Name, release),
			Append: func(dst []byte) []byte { return e.tables(p).Append(dst, e.Book.Name, release) }}
	}}
}

// keyOf is the key of what is made from a page and some words.
func (e *Edition) keyOf(p *book.Page, words ...string) [sha256.Size]byte {
	key := e.key(p)
	return sha256.Sum256(fmt.Appendf(key[:], "%q", words))
}

// printerVersion must be raised when the same page would print to another PDF.
const printerVersion = "2"

// pdf is a sheet printed from its page, with the logo.
func (e *Edition) pdf(p *book.Page, to string) Output {
	return Output{Path: strings.TrimSuffix(to, ".html") + ".pdf", From: to, Open: func() Contents {
		sum := sha256.New()
		sum.Write([]byte("pdf " + printerVersion))
		sum.Write(e.frame(p).Append(nil, p, e.body(p).Body)) // another generator may print the same
		if from, _ := e.logo(); e.snap.files[from] != nil {
			logo := e.snap.files[from].sum
			sum.Write(logo[:])
		}
		return Contents{Key: [sha256.Size]byte(sum.Sum(nil))}
	}}
}

// address is the page's absolute address, or "" when no base address is given.
func (e *Edition) address(p *book.Page) string {
	base := e.base()
	if base == "" {
		return ""
	}
	return base + p.Path
}

// base is the absolute address of the edition's root, with a final slash, or "".
func (e *Edition) base() string {
	if e.Book.Site != "" {
		return strings.TrimSuffix(e.Book.Site, "/") + "/"
	}
	return e.published()
}

// published is the absolute address of the edition's folder below the national
// edition, with a final slash, or "".
func (e *Edition) published() string {
	base := strings.TrimSuffix(e.snap.opt.BaseURL, "/")
	switch {
	case base == "":
		return ""
	case e.Dir == "":
		return base + "/"
	}
	return base + "/" + e.Dir + "/"
}

// pictures lists the pictures and downloads next to guidance, the national ones and
// the municipality's own.
func (e *Edition) pictures() []string {
	var out []string
	for name := range e.snap.files {
		if !published(name) {
			continue
		}
		if w := locate(name); w.kommune == "" || w.kommune == e.Slug {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// data lists the machine-readable files: the models as JSON, the feed and, when the
// address is known, the sitemap and robots.txt.
func (e *Edition) data(at func(string) string) []Output {
	var out []Output
	h := e.Book.Handbook
	for _, m := range h.Models {
		out = append(out, Output{Path: at("data/" + m.ID + ".json"), Open: func() Contents { return e.json(m) }})
	}
	out = append(out, Output{Path: at("data/model.schema.json"), Open: e.snap.modelSchema})
	base := e.base()
	if e.Book.Page("nyt.html") != nil {
		out = append(out, Output{Path: at("nyt.xml"), Optional: true, Open: func() Contents {
			atom, err := feed.Atom(e.Book, base)
			if err != nil {
				return contentsOf(nil) // no feed without valid dates, which are reported elsewhere
			}
			return contentsOf(atom)
		}})
	}
	for _, f := range e.Book.Feeds {
		out = append(out, Output{Path: at(f.Path), Open: func() Contents { return e.feed(f, base) }})
	}
	if base == "" {
		return out
	}
	out = append(out, computed(at("sitemap.xml"), func() []byte { return feed.Sitemap(e.Book, base) }))
	return append(out, computed(at("robots.txt"), func() []byte { return feed.Robots(base) }))
}

// feed is the news of a model or a role. It is made from what is frozen, and from names.
func (e *Edition) feed(f book.Feed, base string) Contents {
	sum := sha256.New()
	fmt.Fprintf(sum, "%x %x %q %q %q", e.snap.render.sum, e.snap.past.sum, f.Path, []string{f.Title, f.Page, base},
		[]string{e.Slug, e.Book.Title, e.Book.Name, e.Book.Publisher, e.Book.Date})
	return Contents{Key: [sha256.Size]byte(sum.Sum(nil)), Append: func(dst []byte) []byte {
		data, err := feed.Of(e.Book, f, base)
		if err != nil {
			return dst // no feed without valid dates, which are reported elsewhere
		}
		return append(dst, data...)
	}}
}

// editionAt returns the edition that a path belongs to, or nil.
func (snap *Snapshot) editionAt(name string) *Edition {
	return snap.Edition(slugOf(name))
}

// slugOf is the edition that a published file belongs to: "" for the national one.
func slugOf(name string) string {
	rest, _ := strings.CutPrefix(name, "kommuner/")
	slug, _, ok := strings.Cut(rest, "/")
	if !ok || rest == name {
		return ""
	}
	return slug
}

// File returns the bytes of one published file, for the preview.
func (snap *Snapshot) File(name string) (data []byte, ok bool) {
	e := snap.editionAt(name)
	if e == nil {
		return nil, false
	}
	if p := e.Book.Page(strings.TrimPrefix(strings.TrimPrefix(name, e.Dir), "/")); p != nil {
		return e.frame(p).Append(nil, p, e.body(p).Body), true
	}
	for _, f := range e.Files() {
		if f.Path == name && f.From == "" {
			data := f.Open().Append(nil)
			return data, len(data) > 0 || !f.Optional
		}
	}
	return nil, false
}
