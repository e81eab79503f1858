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

// Output is one file of the published site. Path is from the site's root. A
// list of outputs costs little: what a file holds is worked out by Open.
type Output struct {
	Path string
	Open func() Contents
	From string // a PDF: the page that it is printed from

	Optional bool // left out when there are no bytes
}

// Contents is what a file holds. Key tells whether the bytes differ from an
// earlier build's without making them: equal keys mean equal bytes.
type Contents struct {
	Key    [sha256.Size]byte
	Append func(dst []byte) []byte // appends the bytes; nil for a PDF, which is printed
}

// contentsOf is bytes that are known. Their key is their sum.
func contentsOf(data []byte) Contents {
	return Contents{Key: sha256.Sum256(data), Append: func(dst []byte) []byte { return append(dst, data...) }}
}

// made is a file whose bytes are made by a call.
func made(p string, data func() []byte) Output {
	return Output{Path: p, Open: func() Contents { return contentsOf(data()) }}
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
		out = append(out, made(at(r.From), func() []byte { return render.Redirect(e.Book, r.From, r.To) }))
	}
	for _, a := range slices.Concat(e.snap.render.Assets(), e.snap.render.EditionAssets(e.Book)) {
		out = append(out, made(at(a.Path), func() []byte { return a.Data }))
	}
	if from, to := e.logo(); from != "" && e.snap.files[from] != nil {
		out = append(out, made(at(to), func() []byte { return e.snap.files[from].data }))
	}
	for _, name := range e.pictures() {
		out = append(out, made(at(strings.TrimPrefix(name, "content/")), func() []byte { return e.snap.files[name].data }))
	}
	out = append(out, Output{Path: at("soeg-indeks.js"), Open: e.searchIndex})
	out = append(out, e.data(at)...)
	if e.snap.opt.Offline {
		out = append(out, e.offline(out)...)
	}
	return out
}

// page is one HTML page: its body, shared with other editions, in this
// edition's frame.
func (e *Edition) page(p *book.Page, to string) Output {
	return Output{Path: to, Open: func() Contents {
		frame, b := e.frame(p), e.body(p)
		return Contents{Key: frame.Key(p, b.Sum()), Append: func(dst []byte) []byte { return frame.Append(dst, p, b.Body) }}
	}}
}

// word is a sheet as a Word file.
func (e *Edition) word(p *book.Page, to string) Output {
	return Output{Path: strings.TrimSuffix(to, ".html") + ".docx", Open: func() Contents {
		doc := e.wordFile(p)
		id := export.Identity{Owner: e.Book.Name, Release: e.Book.Release, ReleaseDate: e.Book.Date, Address: e.address(p), Logo: e.wordLogo()}
		sum := sha256.New()
		sum.Write(doc.sum[:])
		for _, s := range []string{id.Owner, id.Release, id.ReleaseDate, id.Address} {
			sum.Write([]byte(s))
			sum.Write([]byte{0})
		}
		sum.Write(id.Logo)
		return Contents{Key: [sha256.Size]byte(sum.Sum(nil)), Append: func(dst []byte) []byte { return doc.template.Append(dst, id) }}
	}}
}

// printerVersion changes when the same page would give another PDF.
const printerVersion = "2"

// pdf is a sheet printed from its page. The logo's address doesn't tell its
// bytes, so they count too.
func (e *Edition) pdf(p *book.Page, to string) Output {
	return Output{Path: strings.TrimSuffix(to, ".html") + ".pdf", From: to, Open: func() Contents {
		page := e.page(p, to).Open()
		sum := sha256.New()
		sum.Write([]byte("pdf " + printerVersion))
		sum.Write(page.Key[:])
		if from, _ := e.logo(); e.snap.files[from] != nil {
			logo := e.snap.files[from].sum
			sum.Write(logo[:])
		}
		return Contents{Key: [sha256.Size]byte(sum.Sum(nil))}
	}}
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
	if e.Book.Site != "" {
		return strings.TrimSuffix(e.Book.Site, "/") + "/"
	}
	return e.published()
}

// published is the address of the edition's folder below the national edition,
// with a slash at its end, or "".
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
		out = append(out, Output{Path: at("data/" + m.ID + ".json"), Open: func() Contents { return e.json(m) }})
	}
	out = append(out, Output{Path: at("data/model.schema.json"), Open: modelSchema})
	base := e.base()
	if e.Book.Page("nyt.html") != nil {
		out = append(out, Output{Path: at("nyt.xml"), Optional: true, Open: func() Contents {
			atom, err := feed.Atom(e.Book, base)
			if err != nil {
				return contentsOf(nil) // without a valid date there is no feed; check tells of it
			}
			return contentsOf(atom)
		}})
	}
	if base == "" {
		return out
	}
	out = append(out, made(at("sitemap.xml"), func() []byte { return feed.Sitemap(e.Book, base) }))
	return append(out, made(at("robots.txt"), func() []byte { return feed.Robots(base) }))
}

// editionAt gives the edition that an address lies in, or nil.
func (snap *Snapshot) editionAt(name string) *Edition {
	slug := ""
	if rest, ok := strings.CutPrefix(name, "kommuner/"); ok {
		slug, _, _ = strings.Cut(rest, "/")
	}
	return snap.Edition(slug)
}

// File gives the bytes of one published file, for the preview.
func (snap *Snapshot) File(name string) (data []byte, key [sha256.Size]byte, ok bool) {
	e := snap.editionAt(name)
	if e == nil {
		return nil, key, false
	}
	if p := e.Book.Page(strings.TrimPrefix(strings.TrimPrefix(name, e.Dir), "/")); p != nil {
		c := e.page(p, name).Open()
		return c.Append(nil), c.Key, true
	}
	for _, f := range e.Files() {
		if f.Path == name && f.From == "" {
			c := f.Open()
			data := c.Append(nil)
			return data, c.Key, len(data) > 0 || !f.Optional
		}
	}
	return nil, key, false
}
