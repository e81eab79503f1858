package book_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"modelhaandbog/generator/book"
)

// deadEnds lists links that lead nowhere and headings over nothing.
func deadEnds(b *book.Book) []string {
	var out []string
	places := map[string][]string{}
	for _, p := range b.Pages {
		places[p.Path] = anchorsOf(p)
	}
	for _, p := range b.Pages {
		fault := func(format string, args ...any) {
			out = append(out, p.Path+": "+fmt.Sprintf(format, args...))
		}
		if len(p.Sections) == 0 {
			fault("an empty page")
		}
		for _, s := range p.Sections {
			if len(s.Blocks) == 0 && s.Class != "nyt-ark" {
				fault("nothing under %q", s.Title)
			}
		}
		ids := slices.Sorted(slices.Values(places[p.Path]))
		for i, id := range ids {
			if i > 0 && ids[i-1] == id {
				fault("#%s stands twice", id)
			}
		}
		for _, l := range linksOf(p) {
			if !leadsOut(l.Path) {
				follow(l, places, fault)
			}
		}
	}
	for _, n := range b.Nav {
		followNav(n, places, func(format string, args ...any) { out = append(out, "nav: "+fmt.Sprintf(format, args...)) })
	}
	for _, r := range b.Redirects {
		path, anchor, _ := strings.Cut(r.To, "#")
		follow(book.Link{Path: path, Anchor: anchor}, places, func(format string, args ...any) {
			out = append(out, r.From+" leads on: "+fmt.Sprintf(format, args...))
		})
	}
	return out
}

func followNav(n book.NavItem, places map[string][]string, fault func(string, ...any)) {
	follow(n.Link, places, fault)
	for _, c := range n.Children {
		followNav(c, places, fault)
	}
}

func follow(l book.Link, places map[string][]string, fault func(string, ...any)) {
	if l.Path == "" {
		return
	}
	ids, ok := places[l.Path]
	switch {
	case !ok:
		fault("%q leads to a missing page %s", l.Text, l.Path)
	case l.Anchor != "" && l.Anchor != "stor" && l.Anchor != "kort" && !slices.Contains(ids, l.Anchor):
		fault("%q leads to a missing place %s#%s", l.Text, l.Path, l.Anchor)
	}
}

// leadsOut reports files that no page is behind: downloads, feeds, data and
// other editions.
func leadsOut(path string) bool {
	return !strings.HasSuffix(path, ".html") || strings.HasPrefix(path, "kommuner/")
}

// linksOf collects all links of a page, texts' references among them.
func linksOf(p *book.Page) []book.Link {
	var out []book.Link
	walk(reflect.ValueOf(*p), func(v any) {
		switch v := v.(type) {
		case book.Link:
			out = append(out, v)
		case book.Text:
			for _, r := range v.Refs {
				path, anchor, _ := strings.Cut(r.Href, "#")
				out = append(out, book.Link{Path: path, Anchor: anchor, Text: r.Text})
			}
		}
	})
	return out
}

// anchorsOf collects the places of a page.
func anchorsOf(p *book.Page) []string {
	out := []string{}
	add := func(id string) {
		if id != "" {
			out = append(out, id)
		}
	}
	walk(reflect.ValueOf(*p), func(v any) {
		switch v := v.(type) {
		case book.Section:
			add(v.ID)
		case book.Item:
			add(v.ID)
		case book.Row:
			add(v.ID)
		case book.CheckGroup:
			if !slices.Contains(out, v.ID) { // a section's only group may go by its id
				add(v.ID)
			}
		case book.Prose:
			for _, h := range v.Text.Doc.Headings(nil) {
				add(v.Prefix + h.ID)
			}
		}
	})
	return out
}

// walk calls f with every value of a page that has a type of package book.
func walk(v reflect.Value, f func(any)) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type().PkgPath() != reflect.TypeFor[book.Page]().PkgPath() {
			return
		}
		f(v.Interface())
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				walk(v.Field(i), f)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			walk(v.Index(i), f)
		}
	case reflect.Interface:
		if !v.IsNil() {
			walk(v.Elem(), f)
		}
	}
}
