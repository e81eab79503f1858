package search

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"modelhaandbog/generator/search/searchtest"
)

// handbook reads testdata/haandbog.txt: pages open with "===" and their path,
// kind and model; "#" is the title, "@" the aliases, "##" a section.
func handbook(t testing.TB) []Doc {
	t.Helper()
	data, err := os.ReadFile("testdata/haandbog.txt")
	if err != nil {
		t.Fatal(err)
	}
	var docs []Doc
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		var d *Doc
		if len(docs) > 0 {
			d = &docs[len(docs)-1]
		}
		mark, rest, _ := strings.Cut(line, " ")
		f := strings.Split(rest, "|")
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		switch {
		case mark == "===":
			docs = append(docs, Doc{Path: f[0], Kind: f[1], KindLabel: f[2], Model: f[3], ModelLabel: f[4]})
		case mark == "#":
			d.Title = rest
		case mark == "@":
			for _, a := range strings.Split(rest, ";") {
				d.Aliases = append(d.Aliases, strings.TrimSpace(a))
			}
		case mark == "##":
			d.Sections = append(d.Sections, Section{Anchor: f[0], Heading: f[1]})
		case len(d.Sections) > 0:
			d.Sections[len(d.Sections)-1].Text += line + "\n"
		default:
			d.Summary += line + "\n"
		}
	}
	return docs
}

var testSynonyms = [][]string{
	{"handleplan", "barnets plan"},
	{"økonomi", "koste", "pris"},
	{"PPR", "pædagogisk psykologisk rådgivning"},
	{"telefonnummer", "telefon"},
	{"skolefravær", "ikke i skole"},
	{"plejeforældre", "aflastning"},
}

type wanted struct {
	query, path, anchor string
	within              int
}

func queries(t testing.TB) []wanted {
	t.Helper()
	data, err := os.ReadFile("testdata/forespoergsler.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []wanted
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSpace(line), " | ")
		if len(f) < 2 || strings.HasPrefix(line, "# ") {
			continue
		}
		w := wanted{query: f[0], within: 1}
		w.path, w.anchor, _ = strings.Cut(f[1], "#")
		if len(f) > 2 {
			w.within, _ = strconv.Atoi(f[2])
		}
		out = append(out, w)
	}
	return out
}

// open gives soeg.js over the index of docs.
func open(t testing.TB, docs []Doc, synonyms [][]string) *searchtest.Engine {
	t.Helper()
	return searchtest.Open(t, build(docs, synonyms))
}

func build(docs []Doc, synonyms [][]string) []byte {
	return new(Builder).Build(docs, synonyms).Script()
}

// first is the best result, an empty one when there is none.
func first(engine *searchtest.Engine, query string) searchtest.Result {
	return append(engine.Search(query, 1), searchtest.Result{})[0]
}

func list(results []searchtest.Result, n int) string {
	var b strings.Builder
	for _, r := range results[:min(n, len(results))] {
		fmt.Fprintf(&b, "  %8.3f %s#%s  %s\n", r.Score, r.Path, r.Anchor, r.Snippet)
	}
	return b.String()
}
