package sitetest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestAddressesLeadOn asks for every address that the first national edition had, in
// adresser.txt: in each edition it is a page, or leads on to one.
func TestAddressesLeadOn(t *testing.T) {
	data, err := os.ReadFile("testdata/adresser.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range handbooks(t) {
		leads := map[string]bool{}
		for _, r := range h.book.Redirects {
			leads[r.From] = true
		}
		for _, address := range strings.Fields(string(data)) {
			if h.book.Page(address) == nil && !leads[address] {
				t.Errorf("%s: %s is gone", h.name, address)
			}
		}
	}
}

// fewWords is the least that a page has to say, in words, to be a page.
const fewWords = 60

// mayBeShort says why pages of a kind may say less.
var mayBeShort = map[string]string{
	"soeg":              "a field to write in; the answers are other pages",
	"fejl404":           "leads on at once",
	"rolle":             "who has a role looks for it, also where the source says little",
	"liste-tjeklister":  "leads on to lists, of which a model may have one",
	"liste-omraader":    "as long as what the model has",
	"liste-kompetencer": "as long as what the model has",
	"liste-kadencer":    "as long as what the model has",
}

// TestPagesAreFull finds pages that say too little to be a page.
func TestPagesAreFull(t *testing.T) {
	for _, h := range handbooks(t) {
		for _, p := range h.book.Pages {
			if n := ownWords(t, filepath.Join(h.dir, p.Path)); n < fewWords && mayBeShort[p.Kind] == "" {
				t.Errorf("%s: %s (%s) has %d words; put them on a page with others", h.name, p.Path, p.Kind, n)
			}
		}
	}
}

// ownWords counts the words of a page's article, without navigation and foot.
func ownWords(t *testing.T, file string) int {
	t.Helper()
	doc := parsed(t, file)
	n := 0
	for node := range doc.Descendants() {
		if node.Type == html.TextNode && slices.ContainsFunc(slices.Collect(node.Ancestors()), isArticle) &&
			!slices.ContainsFunc(slices.Collect(node.Ancestors()), isAround) {
			n += len(strings.Fields(node.Data))
		}
	}
	return n
}

func isArticle(n *html.Node) bool { return n.Data == "article" }

func isAround(n *html.Node) bool {
	class, _ := attribute(n, "class")
	return slices.Contains([]string{"nav", "svg", "footer", "script", "form"}, n.Data) || class == "kun-laeser"
}
