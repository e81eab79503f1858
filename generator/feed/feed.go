// Package feed writes an edition for machines: Atom feeds of what the releases
// change in the handbook, in a model and for a role, the models as JSON, a sitemap and a robots.txt. A planned book and its address come
// in; bytes go out. It refuses to know municipalities' rules and page layouts.
//
// A base address is the edition's own, "https://haandbog.dk/kommuner/herning/",
// with or without the last slash.
package feed

import (
	"bytes"
	"crypto/sha1"
	"encoding/xml"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"
	"time"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/guide"
	"modelhaandbog/generator/model"
)

// news is the page that the feed is made from, name the feed's file name next to it.
const (
	news = "nyt.html"
	name = "nyt.xml"
)

// The elements of RFC 4287 that the feed uses, in the order they are written.
type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	ID       string      `xml:"id"`
	Updated  string      `xml:"updated"`
	Links    []atomLink  `xml:"link"`
	Author   string      `xml:"author>name"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Title      string         `xml:"title"`
	ID         string         `xml:"id"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Link       atomLink       `xml:"link"`
	Categories []atomCategory `xml:"category"`
	Content    atomContent    `xml:"content"`
}

type atomCategory struct {
	Term  string `xml:"term,attr"`
	Label string `xml:"label,attr"`
}

type atomContent struct {
	Type string `xml:"type,attr"`
	HTML string `xml:",chardata"`
}

// Atom writes an Atom 1.0 feed with one entry per release, newest first. It is published
// as nyt.xml next to nyt.html. Ids are derived from the handbook's title, the
// municipality and the release's id, so that they survive a new address. Without a
// baseURL, links are relative to the feed. It returns nil for a book without releases,
// and an error for a relative baseURL or an invalid date.
func Atom(b *book.Book, baseURL string) ([]byte, error) {
	page := b.Page(news)
	if page == nil || len(b.Handbook.Releases()) == 0 {
		return nil, nil
	}
	base, err := root(baseURL)
	if err != nil {
		return nil, err
	}
	f := atomFeed{Lang: "da", Title: page.Title + " – " + b.Title, Subtitle: page.Summary, Author: author(b),
		ID: urn(b, "")}
	if b.Slug != "" {
		f.Title += ", " + b.Name
	}
	f.Links = []atomLink{{"alternate", "text/html", base + news}}
	if base != "" {
		f.Links = append(f.Links, atomLink{"self", "application/atom+xml", base + name})
	}
	for _, e := range b.Handbook.Releases() {
		entry, err := entry(b, page, e, base)
		if err != nil {
			return nil, err
		}
		f.Entries = append(f.Entries, entry)
		f.Updated = max(f.Updated, entry.Updated)
	}
	return encode(f)
}

// Of writes the feed of a model or a role, as Atom writes the handbook's.
func Of(b *book.Book, f book.Feed, baseURL string) ([]byte, error) {
	base, err := root(baseURL)
	if err != nil {
		return nil, err
	}
	key := strings.TrimSuffix("feed:"+f.Model+":"+f.Role, ":")
	out := atomFeed{Lang: "da", Title: f.Title + " – " + b.Title, Author: author(b), ID: urn(b, key),
		Updated: b.Date + "T00:00:00Z"}
	if b.Slug != "" {
		out.Title += ", " + b.Name
	}
	if base != "" {
		out.Links = []atomLink{{"self", "application/atom+xml", base + f.Path}}
	} else {
		base = strings.Repeat("../", strings.Count(f.Path, "/"))
	}
	out.Links = append([]atomLink{{"alternate", "text/html", base + f.Page}}, out.Links...)
	for i, e := range f.Entries() {
		day, err := time.Parse(time.DateOnly, e.Date)
		if err != nil {
			return nil, fmt.Errorf("the date of release %s: %w", e.ID, err)
		}
		stamp := day.Format(time.RFC3339)
		if i == 0 {
			out.Updated = stamp
		}
		var lines strings.Builder
		for _, l := range e.Lines {
			lines.WriteString("<li>" + html.EscapeString(l) + "</li>\n")
		}
		out.Entries = append(out.Entries, atomEntry{Title: e.Title, ID: urn(b, key+":"+e.ID), Published: stamp, Updated: stamp,
			Link: atomLink{"alternate", "text/html", base + address(e.Link)}, Content: atomContent{"html", "<ul>\n" + lines.String() + "</ul>\n"}})
	}
	return encode(out)
}

// author is who an entry is by; RFC 4287 wants a name.
func author(b *book.Book) string {
	if b.Publisher != "" {
		return b.Publisher
	}
	return b.Title
}

func encode(v any) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(xml.Header)
	enc := xml.NewEncoder(&out)
	enc.Indent("", " ")
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("writing XML: %w", err)
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

func entry(b *book.Book, page *book.Page, e *model.Release, base string) (atomEntry, error) {
	day, err := time.Parse("2006-01-02", e.Date)
	if err != nil {
		return atomEntry{}, fmt.Errorf("the date of udgave.%s: %w", e.ID, err)
	}
	out := atomEntry{Title: b.Words.Text("udgave.nummer", "nummer", e.Number), ID: urn(b, e.ID),
		Published: day.Format(time.RFC3339), Updated: day.Format(time.RFC3339)}
	if e.Name != "" && e.Name != e.Short.Value {
		out.Title += ": " + e.Name
	}
	id := "udgave-" + e.ID
	out.Link = atomLink{"alternate", "text/html", base + news + "#" + id}
	for _, c := range e.Changes.Items {
		m := b.Handbook.ModelByID(c.Model)
		if m != nil && !slices.ContainsFunc(out.Categories, func(x atomCategory) bool { return x.Term == m.ID }) {
			out.Categories = append(out.Categories, atomCategory{m.ID, m.MenuLabel()})
		}
	}
	out.Content = atomContent{"html", "<p>" + html.EscapeString(out.Title) + "</p>"}
	for _, s := range page.Sections {
		if s.ID == id {
			out.Content.HTML, err = content(s, base)
		}
	}
	return out, err
}

// content is a section of the news page as a self-contained piece of HTML.
func content(s book.Section, base string) (string, error) {
	var out bytes.Buffer
	for _, block := range s.Blocks {
		switch block := block.(type) {
		case book.Prose:
			if err := text(&out, block.Text, base); err != nil {
				return "", err
			}
		case book.List:
			out.WriteString("<ul>\n")
			for _, i := range block.Items {
				out.WriteString("<li>")
				if i.Title.Text != "" {
					fmt.Fprintf(&out, "<p>%s</p>", anchor(i.Title, base))
				}
				if err := text(&out, i.Text, base); err != nil {
					return "", err
				}
				for _, fact := range i.Meta {
					fmt.Fprintf(&out, "<p>%s:", html.EscapeString(fact.Label))
					for _, l := range fact.Links {
						out.WriteString(" " + anchor(l, base))
					}
					for _, b := range fact.Badges {
						fmt.Fprintf(&out, " [%s]", html.EscapeString(b.Text))
					}
					out.WriteString("</p>")
				}
				out.WriteString("</li>\n")
			}
			out.WriteString("</ul>\n")
		}
	}
	return out.String(), nil
}

func text(out *bytes.Buffer, t book.Text, base string) error {
	if t.Empty() {
		return nil
	}
	resolve := t.Resolver()
	return t.Doc.HTML(out, guide.RenderOptions{Resolve: func(ref guide.Reference) guide.Resolved {
		got := resolve(ref)
		if got.Href != "" && !strings.Contains(got.Href, ":") {
			got.Href = base + got.Href
		}
		return got
	}})
}

func anchor(l book.Link, base string) string {
	name, href := html.EscapeString(l.Text), l.URL
	if l.Path != "" {
		href = base + address(l)
	}
	if href == "" {
		return name
	}
	return `<a href="` + html.EscapeString(href) + `">` + name + "</a>"
}

// address is a link's from the edition's root.
func address(l book.Link) string {
	if l.Anchor != "" {
		return l.Path + "#" + l.Anchor
	}
	return l.Path
}

// urn is a permanent id in the edition, a version 5 UUID that does not depend on the
// address that it is published at.
func urn(b *book.Book, key string) string {
	sum := sha1.Sum([]byte("modelhaandbog\x00" + b.Title + "\x00" + b.Slug + "\x00" + key))
	id := sum[:16]
	id[6] = id[6]&0x0f | 0x50
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}

// root is an absolute address that ends in a slash, or "".
func root(baseURL string) (string, error) {
	if baseURL == "" {
		return "", nil
	}
	u, err := url.Parse(baseURL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return "", fmt.Errorf("the base address %q is not an absolute http address", baseURL)
	}
	return strings.TrimSuffix(u.String(), "/") + "/", nil
}
