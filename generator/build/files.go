package build

import (
	"crypto/sha256"
	"path"
	"slices"
	"strings"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/export"
	"modelhaandbog/generator/feed"
	"modelhaandbog/generator/render"
)

// Output is one file of the published site. Path is from the site's root. Key
// tells whether the bytes differ from an earlier build's without making them:
// equal keys mean equal bytes.
type Output struct {
	Path string
	Key  [sha256.Size]byte
	Make func(dst []byte) []byte // appends the bytes
	From string                  // a PDF: the page that it is printed from

	Optional bool // left out when Make gives nothing
}

func bytesOf(p string, data []byte) Output {
	return Output{Path: p, Key: sha256.Sum256(data), Make: func(dst []byte) []byte { return append(dst, data...) }}
}

// Files lists everything that the edition is made of.
func (e *Edition) Files() []Output {
	at := func(p string) string { return path.Join(e.Dir, p) }
	var out []Output
	for _, p := range e.Book.Pages {
		out = append(out, e.page(p, at(p.Path)))
		if p.Sheet != nil {
			out = append(out, e.word(p, at(p.Path)))
			if e.snap.opt.PDF {
				out = append(out, e.pdf(p, at(p.Path)))
			}
		}
	}
	for _, r := range e.Book.Redirects {
		out = append(out, bytesOf(at(r.From), render.Redirect(e.Book, r.From, r.To)))
	}
	for _, a := range slices.Concat(e.snap.render.Assets(), e.snap.render.EditionAssets(e.Book)) {
		out = append(out, bytesOf(at(a.Path), a.Data))
	}
	if from, to := e.logo(); from != "" && e.snap.files[from] != nil {
		out = append(out, bytesOf(at(to), e.snap.files[from].data))
	}
	for _, name := range e.pictures() {
		out = append(out, bytesOf(at(strings.TrimPrefix(name, "content/")), e.snap.files[name].data))
	}
	ix := e.searchIndex()
	out = append(out, Output{Path: at("soeg-indeks.js"), Key: ix.sum, Make: func(dst []byte) []byte { return append(dst, ix.script...) }})
	out = append(out, e.data(at)...)
	if e.snap.opt.Offline {
		out = append(out, e.offline(out)...)
	}
	return out
}

// page is one HTML page: its body, shared with other editions, in this
// edition's frame.
func (e *Edition) page(p *book.Page, to string) Output {
	frame := e.frame(p)
	b := e.body(p)
	return Output{Path: to, Key: frame.Key(p, b.Sum()), Make: func(dst []byte) []byte { return frame.Append(dst, p, b.Body) }}
}

// word is a sheet as a Word file.
func (e *Edition) word(p *book.Page, to string) Output {
	doc := e.wordFile(p)
	sum := sha256.New()
	sum.Write(doc.sum[:])
	for _, s := range []string{e.Book.Name, e.Book.Edition, e.Book.Date, e.address(p)} {
		sum.Write([]byte(s))
		sum.Write([]byte{0})
	}
	logo := e.wordLogo()
	sum.Write(logo)
	return Output{Path: strings.TrimSuffix(to, ".html") + ".docx", Key: [sha256.Size]byte(sum.Sum(nil)),
		Make: func(dst []byte) []byte {
			return doc.template.Append(dst, export.Identity{Owner: e.Book.Name, Edition: e.Book.Edition, EditionDate: e.Book.Date, Address: e.address(p), Logo: logo})
		}}
}

// printerVersion changes when the same page would give another PDF.
const printerVersion = "2"

// pdf is a sheet printed from its page. The logo's address doesn't tell its
// bytes, so they count too.
func (e *Edition) pdf(p *book.Page, to string) Output {
	page := e.page(p, to)
	sum := sha256.New()
	sum.Write([]byte("pdf " + printerVersion))
	sum.Write(page.Key[:])
	if from, _ := e.logo(); e.snap.files[from] != nil {
		logo := e.snap.files[from].sum
		sum.Write(logo[:])
	}
	return Output{Path: strings.TrimSuffix(to, ".html") + ".pdf", Key: [sha256.Size]byte(sum.Sum(nil)), From: to}
}

// address is where the page is read on the web, or "" when that is unknown.
func (e *Edition) address(p *book.Page) string {
	base := e.base()
	if base == "" {
		return ""
	}
	return base + p.Path
}

// base is the address of the edition's root with a slash at its end, or "".
func (e *Edition) base() string {
	switch {
	case e.Book.Site != "":
		return strings.TrimSuffix(e.Book.Site, "/") + "/"
	case e.snap.opt.BaseURL == "":
		return ""
	case e.Dir == "":
		return strings.TrimSuffix(e.snap.opt.BaseURL, "/") + "/"
	}
	return strings.TrimSuffix(e.snap.opt.BaseURL, "/") + "/" + e.Dir + "/"
}

// pictures are the files beside guidance that the edition's pages may use: the
// national ones and the municipality's own.
func (e *Edition) pictures() []string {
	var out []string
	for name := range e.snap.files {
		ext := path.Ext(name)
		if !strings.HasPrefix(name, "content/") || !strings.Contains(name, "/vejledning/") || !slices.Contains(pictures, ext) && !slices.Contains(downloads, ext) {
			continue
		}
		if w := placeOf(name); w.kommune == "" || w.kommune == e.Slug {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// data is what others build on: the models as JSON, the feed, and what search
// engines read when the address is known.
func (e *Edition) data(at func(string) string) []Output {
	var out []Output
	h := e.Book.Handbook
	for _, m := range h.Models {
		if j := e.json(m); j != nil {
			out = append(out, bytesOf(at("data/"+m.ID+".json"), j))
		}
	}
	out = append(out, bytesOf(at("data/model.schema.json"), modelSchema()))
	base := e.base()
	if atom, err := feed.Atom(e.Book, base); err == nil && e.Book.Page("nyt.html") != nil {
		out = append(out, bytesOf(at("nyt.xml"), atom))
	}
	if base == "" {
		return out
	}
	out = append(out, bytesOf(at("sitemap.xml"), feed.Sitemap(e.Book, base)))
	return append(out, bytesOf(at("robots.txt"), feed.Robots(base)))
}

// File gives the bytes of one published file, for the preview.
func (snap *Snapshot) File(name string) (data []byte, key [sha256.Size]byte, ok bool) {
	slug := ""
	if rest, ok := strings.CutPrefix(name, "kommuner/"); ok {
		slug, _, _ = strings.Cut(rest, "/")
	}
	e := snap.Edition(slug)
	if e == nil {
		return nil, key, false
	}
	if p := e.Book.Page(strings.TrimPrefix(strings.TrimPrefix(name, e.Dir), "/")); p != nil {
		f := e.page(p, name)
		return f.Make(nil), f.Key, true
	}
	for _, f := range e.Files() {
		if f.Path == name && f.Make != nil {
			return f.Make(nil), f.Key, true
		}
	}
	return nil, key, false
}
