package book_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/wording"
)

var update = flag.Bool("update", false, "write what the pages hold into testdata; read the diff")

// A case is an archive: the files of a small site under content/, laid over
// those of testdata/grund.txt, and then what comes of them. The name of an
// answer is edition/what: the edition is "national", a municipality's id or
// "kladder" for the preview, and what is a page's path or one of
//
//	SIDER         the paths of all pages
//	VIDERE        redirects
//	EGNE          pages that are not the national edition's own
//	FEJL          what is wrong
//	SOEG <path>   the words that the search gets
type site struct {
	archive *txtar.Archive
	files   fstest.MapFS
}

func readCase(t testing.TB, name string) site {
	base, err := txtar.ParseFile("testdata/grund.txt")
	if err != nil {
		t.Fatal(err)
	}
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	s := site{archive, fstest.MapFS{}}
	for _, f := range slices.Concat(base.Files, archive.Files) {
		if strings.HasPrefix(f.Name, "content/") {
			s.files[f.Name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return s
}

func cases(t testing.TB) []string {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	return names
}

func TestPages(t *testing.T) {
	for _, name := range cases(t) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			s := readCase(t, name)
			public, preview := s.read(t, false), s.read(t, true)
			for i, f := range s.archive.Files {
				slug, what, _ := strings.Cut(f.Name, "/")
				if slug == "content" {
					continue
				}
				snap := public
				if slug == "kladder" {
					snap, slug = preview, ""
				}
				if slug == "national" {
					slug = ""
				}
				got := answer(t, snap, slug, what)
				if *update {
					s.archive.Files[i].Data = []byte(got)
				} else if d := cmp.Diff(string(f.Data), got); d != "" {
					t.Errorf("%s (-want +got)\n%s", f.Name, d)
				}
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(s.archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func answer(t *testing.T, snap *snapshot, slug, what string) string {
	e := snap.edition(slug)
	if e == nil {
		t.Fatalf("no edition %q", slug)
	}
	var out strings.Builder
	switch {
	case what == "SIDER":
		for _, p := range e.book.Pages {
			out.WriteString(p.Path + "\n")
		}
	case what == "VIDERE":
		for _, r := range e.book.Redirects {
			out.WriteString(r.From + " → " + r.To + "\n")
		}
	case what == "EGNE":
		national := snap.edition("").book
		for _, p := range e.book.Pages {
			if national.Page(p.Path) != p {
				out.WriteString(p.Path + "\n")
			}
		}
	case what == "FEJL":
		out.WriteString(wrong(snap, slug))
	case strings.HasPrefix(what, "SOEG "):
		p := page(t, e.book, strings.TrimPrefix(what, "SOEG "))
		out.WriteString(searchWords(book.SearchDoc(p, wording.Standard())))
	default:
		out.WriteString(dump(page(t, e.book, what)))
	}
	return out.String()
}

func page(t *testing.T, b *book.Book, path string) *book.Page {
	p := b.Page(path)
	if p == nil {
		var paths []string
		for _, p := range b.Pages {
			paths = append(paths, p.Path)
		}
		t.Fatalf("no page %s; there are:\n%s", path, strings.Join(paths, "\n"))
	}
	return p
}

func wrong(snap *snapshot, slug string) string {
	var out strings.Builder
	for _, d := range diag.Sort(slices.Concat(snap.diags, snap.edition(slug).diags)) {
		if d.Code == "mangler-kilde" {
			continue // the examples cite little
		}
		fmt.Fprintf(&out, "%s: %s (%s)\n", d.Pos, d.Message, d.Code)
		if d.Help != "" {
			out.WriteString("  " + d.Help + "\n")
		}
		for _, n := range d.Notes {
			out.WriteString("  " + n.Pos.String() + ": " + n.Message + "\n")
		}
	}
	return out.String()
}

// TestLinksLead follows every link of every page of every case: none may lead
// to a page or a place that isn't there, and no heading may stand over nothing.
func TestLinksLead(t *testing.T) {
	for _, name := range cases(t) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			s := readCase(t, name)
			for _, preview := range []bool{false, true} {
				snap := s.read(t, preview)
				if diag.HasErrors(snap.edition("").diags) {
					continue // it is told, and nothing is published
				}
				for _, slug := range append([]string{""}, snap.slugs()...) {
					for _, fault := range deadEnds(snap.edition(slug).book) {
						t.Errorf("edition %q, preview %v: %s", slug, preview, fault)
					}
				}
			}
		})
	}
}

// TestPlanTwiceAtOnce plans a municipality's edition and the national one from
// the same handbooks at the same time; run with -race. Neither may change what
// the other shows.
func TestPlanTwiceAtOnce(t *testing.T) {
	s := readCase(t, "testdata/lokalt.txtar")
	alone := s.read(t, false)
	want := map[string]string{}
	for _, slug := range []string{"", "eksempel", "aaby"} {
		want[slug] = whole(alone.edition(slug).book)
	}
	together := s.read(t, false)
	var wg sync.WaitGroup
	for slug, dump := range want {
		for range 3 {
			wg.Go(func() {
				h := together.national.Handbook
				var opt book.Options
				e := together.edition(slug)
				if got := whole(e.book); got != dump {
					t.Errorf("edition %q differs:\n%s", slug, cmp.Diff(dump, got))
				}
				book.Plan(h, nil, nil, book.NewTexts(), opt)
			})
		}
	}
	wg.Wait()
}

func whole(b *book.Book) string {
	var out strings.Builder
	for _, p := range b.Pages {
		out.WriteString(p.Path + "\n" + dump(p))
	}
	return out.String()
}

func TestGenitive(t *testing.T) {
	for _, c := range []struct {
		m    model.Municipality
		want string
	}{
		{model.Municipality{Entity: model.Entity{Name: "Herning"}}, "Herning Kommunes"},
		{model.Municipality{Entity: model.Entity{Name: "Bornholm"}, FullName: "Bornholms Regionskommune"}, "Bornholms Regionskommunes"},
		{model.Municipality{Entity: model.Entity{Name: "Aarhus"}, FullName: "Aarhus"}, "Aarhus'"},
		{model.Municipality{Entity: model.Entity{Name: "X"}, FullName: "X", Genitive: "X's"}, "X's"},
	} {
		if got := book.Genitive(&c.m); got != c.want {
			t.Errorf("genitive of %q = %q, want %q", c.m.Name, got, c.want)
		}
	}
}
