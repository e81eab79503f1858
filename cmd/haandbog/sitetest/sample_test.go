package sitetest

import (
	"bytes"
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// sampler chooses pages that together show everything that pages are made of.
// Pages are looked at edition by edition, the largest first, and one is chosen
// when it has a feature that none before it had. So the largest page of every
// kind is chosen, and every element that a layout can make is seen within every
// other that it can stand in; and each municipality's front page, with its
// colours and logo, and its own local marks.
//
// What stands on a heavy page, a whole model on one, stands on pages of its own
// too. Of these only the first is chosen.
type sampler struct {
	seen map[string]bool
	all  bool // choose every page
}

// heavy is the size in bytes from which axe-core takes a minute for a page.
const heavy = 200_000

// choose returns the pages of an edition that a reader stays on and that show
// something new, by size.
func (s *sampler) choose(e edition) ([]string, error) {
	type candidate struct {
		page     string
		size     int
		features []string
	}
	var pages []candidate
	for _, p := range e.pages {
		text, err := os.ReadFile(filepath.Join(e.dir, filepath.FromSlash(p)))
		if err != nil {
			return nil, err
		}
		if refresh.Match(text) {
			continue
		}
		doc, err := html.Parse(bytes.NewReader(text))
		if err != nil {
			return nil, err
		}
		c := candidate{p, len(text), []string{"heavy"}}
		if len(text) < heavy {
			c.features = features(e.name, p, doc)
		}
		pages = append(pages, c)
	}
	slices.SortStableFunc(pages, func(a, b candidate) int { return cmp.Compare(b.size, a.size) })
	var chosen []string
	for _, p := range pages {
		fresh := s.all
		for _, f := range p.features {
			if !s.seen[f] {
				s.seen[f], fresh = true, true
			}
		}
		if fresh {
			chosen = append(chosen, p.page)
		}
	}
	return chosen, nil
}

// features names what a page is made of: its kind, which is a class of <body>,
// and each element with the one that it stands in.
func features(edition, page string, doc *html.Node) []string {
	found := map[string]bool{}
	if page == "index.html" {
		found[edition+" "+page] = true
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data == "html" {
			continue
		}
		within := n.Parent.Data
		if within != "body" { // its classes are the page's kind and its model
			within = strings.Join(names(n.Parent), " ")
		}
		for _, name := range names(n) {
			found[within+" > "+name] = true
			if strings.Contains(name, "lokal") && page != "om.html" { // which explains the marks of all
				found[edition+" > "+name] = true
			}
		}
	}
	return slices.Collect(maps.Keys(found))
}

// names are an element's tag, with each of its classes.
func names(n *html.Node) []string {
	class, _ := attribute(n, "class")
	var out []string
	for _, c := range strings.Fields(class) {
		out = append(out, n.Data+"."+c)
	}
	if out == nil {
		out = append(out, n.Data)
	}
	return out
}
