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

// candidate is a page that may be chosen for the sample.
type candidate struct {
	edition  int
	page     string
	size     int // in bytes
	features []string
}

// visitSize is what a visit costs besides what the page itself does, as bytes of a page.
const visitSize = 40_000

// sample chooses pages of editions, those that a reader stays on, that together show
// everything that pages are made of: every element that a layout can make within every
// other that it can stand in; and each municipality's front page, with its colours and
// logo, and its own local marks. Again and again it takes the page that shows the most
// new for what it costs.
func sample(editions []edition) ([][]string, error) {
	left, err := candidates(editions)
	if err != nil {
		return nil, err
	}
	chosen := make([][]string, len(editions))
	worth := func(c candidate) float64 { return float64(len(c.features)) / float64(c.size+visitSize) }
	for len(left) > 0 {
		best := slices.MaxFunc(left, func(a, b candidate) int { return cmp.Compare(worth(a), worth(b)) })
		chosen[best.edition] = append(chosen[best.edition], best.page)
		seen := map[string]bool{}
		for _, f := range best.features {
			seen[f] = true
		}
		for i := range left {
			left[i].features = slices.DeleteFunc(left[i].features, func(f string) bool { return seen[f] })
		}
		left = slices.DeleteFunc(left, func(c candidate) bool { return len(c.features) == 0 })
	}
	return chosen, nil
}

// candidates are all pages that a reader stays on.
func candidates(editions []edition) ([]candidate, error) {
	var out []candidate
	for i, e := range editions {
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
			out = append(out, candidate{i, p, len(text), features(e.name, p, doc)})
		}
	}
	return out, nil
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
