package render

import (
	"html/template"
	"net/url"
	"path"
	"strings"

	"modelhaandbog/generator/book"
)

// Link is a link on a page. Without an Href it is only its text.
type Link struct {
	Text     string
	Href     template.URL
	External bool
	Lang     string // when the text is not Danish
}

// place is where links are written from: the path of a page or, for a frame, a
// depth only.
type place struct {
	root string // "../../", "" at the edition's root
	page string // "" for a frame
}

func placeOf(pagePath string) place {
	return place{root: strings.Repeat("../", strings.Count(pagePath, "/")), page: pagePath}
}

// href is the address of a link, relative to the place, or "" when it leads
// nowhere. Addresses with a scheme that could run code are dropped.
func (p place) href(l book.Link) string {
	switch {
	case l.URL != "":
		return outside(l.URL)
	case l.Path == "":
		return ""
	}
	return p.to(l.Path, l.Anchor)
}

// to is the shortest relative address of a path from the edition's root.
func (p place) to(target, anchor string) string {
	fragment := ""
	if anchor != "" {
		fragment = "#" + anchor
	}
	if p.page == "" {
		return p.root + escapePath(target) + fragment
	}
	if target == p.page && anchor != "" {
		return fragment
	}
	from, to := strings.Split(p.page, "/"), strings.Split(target, "/")
	same := 0
	for same < len(from)-1 && same < len(to)-1 && from[same] == to[same] {
		same++
	}
	return strings.Repeat("../", len(from)-1-same) + escapePath(strings.Join(to[same:], "/")) + fragment
}

// relocate turns an address from the edition's root, such as a resolved
// reference's, into one that holds at the place.
func (p place) relocate(address string) string {
	if address == "" || strings.HasPrefix(address, "#") || strings.Contains(address, ":") {
		return address
	}
	target, anchor, _ := strings.Cut(address, "#")
	return p.to(target, anchor)
}

func escapePath(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c <= ' ' || strings.IndexByte(`"%?#\<>`, c) >= 0 {
			return (&url.URL{Path: s}).EscapedPath()
		}
	}
	return s
}

// outside lets web, mail and telephone addresses through.
func outside(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	switch u.Scheme {
	case "http", "https", "mailto", "tel":
		return u.String()
	}
	return ""
}

func (p place) link(l book.Link) Link {
	return Link{Text: l.Text, Href: template.URL(p.href(l)), External: l.URL != ""}
}

func (p place) links(list []book.Link) []Link {
	out := make([]Link, 0, len(list))
	for _, l := range list {
		out = append(out, p.link(l))
	}
	return out
}

// Redirect is a page at the path from that sends its readers to the path to.
// Both are from the edition's root.
func (r *Renderer) Redirect(b *book.Book, from, to string) []byte {
	target, anchor, _ := strings.Cut(to, "#")
	href := template.HTMLEscapeString(placeOf(from).to(target, anchor))
	title := to
	if p := b.Page(target); p != nil {
		title = p.Title
	}
	words := func(key string, slots ...any) string { return template.HTMLEscapeString(r.words.Text(key, slots...)) }
	moved := words("flyttet.titel")
	head := words("flyttet.til", "side", title)
	title = template.HTMLEscapeString(title)
	return []byte(`<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=` + href + `">
<title>` + head + `</title>
</head>
<body>
<main>
<h1>` + moved + `</h1>
<p>` + words("flyttet.her") + ` <a href="` + href + `">` + title + `</a></p>
</main>
</body>
</html>
`)
}

// dir is the folder of a content file as a path in the edition.
func dir(file string) string {
	d := strings.TrimPrefix(path.Dir(file)+"/", "content/")
	return strings.TrimPrefix(d, "./")
}
