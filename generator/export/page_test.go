package export

import (
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/source"
)

var update = flag.Bool("update", false, "rewrite the examples' outcome")

// plan reads the content files of an archive and plans the national edition.
func plan(t *testing.T, files []txtar.File) *book.Book {
	t.Helper()
	var in model.Input
	alfa := model.Folder{ID: "alfa", Dir: "content/modeller/alfa"}
	for _, f := range files {
		if !strings.HasPrefix(f.Name, "content/") {
			continue
		}
		n, diags := source.ParseTOML(f.Name, f.Data)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		if path.Dir(f.Name) == "content" {
			in.Shared = append(in.Shared, n)
		} else {
			alfa.Files = append(alfa.Files, n)
		}
	}
	in.Models = []model.Folder{alfa}
	b, diags := book.Plan(model.Load(in).Handbook, nil, nil, book.NewTexts(), book.Options{})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return b
}

// Planned pages come out as sheets that say the same.
func TestFromPage(t *testing.T) {
	file := filepath.Join("testdata", "ark.txtar")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	archive := txtar.Parse(data)
	b := plan(t, archive.Files)
	var out []txtar.File
	for _, p := range []string{"alfa/moeder/opfoelgning-ark.html", "alfa/tjeklister/opstart.html", "pakker/kursus.html"} {
		page := b.Page(p)
		if page == nil {
			t.Fatalf("no page %s", p)
		}
		out = append(out, txtar.File{Name: p, Data: []byte(outline(FromPage(page, nil, "")))})
	}
	wanted := map[string]string{}
	var content []txtar.File
	for _, f := range archive.Files {
		wanted[f.Name] = string(f.Data)
		if strings.HasPrefix(f.Name, "content/") {
			content = append(content, f)
		}
	}
	for _, f := range out {
		if d := cmp.Diff(wanted[f.Name], string(f.Data)); d != "" && !*update {
			t.Errorf("%s (-want +got):\n%s", f.Name, d)
		}
	}
	if *update {
		archive.Files = append(content, out...)
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// A municipality's own wording of a national point is told apart on paper too.
func TestFromPageLocalWording(t *testing.T) {
	own := book.Text{Local: true, National: "Rådgiveren er med."}
	page := &book.Page{Title: "Opfølgning", Sections: []book.Section{{Blocks: []book.Block{
		book.Check{Groups: []book.CheckGroup{{Items: []book.Item{{Plain: "Rådgiveren er ringet op.", Text: own}}}}},
		book.Facts{Rows: []book.Fact{{Label: "Sted", Plain: "Skolen", Text: own}}},
	}}}}
	want := "Opfølgning –  –\n☐ Rådgiveren er ringet op.\n    lokalt\n= Sted: Skolen (lokalt)\n"
	if d := cmp.Diff(want, outline(FromPage(page, nil, ""))); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// A meeting's part says how long it is, who is there and which phase it belongs
// to; a point keeps its reason and its caveat, a fact its force and its source.
func TestFromPageKeepsWhatBelongs(t *testing.T) {
	source := []book.Cite{{Link: book.Link{Text: "Bogen"}, Place: "s. 4"}}
	text := func(s string) book.Text {
		doc, _ := guide.ParseInline(diag.Pos{}, s, guide.Options{})
		return book.Text{Doc: doc}
	}
	page := &book.Page{Title: "Opfølgning", Sections: []book.Section{{Blocks: []book.Block{
		book.Facts{Rows: []book.Fact{{Label: "Hvor tit", Plain: "Hver måned", Badges: []book.Badge{{Kind: "krav", Text: "Krav"}}, Cites: source}}},
		book.List{Class: "dagsorden-dele", Items: []book.Item{{
			Title: book.Link{Text: "Med barnet"}, Minutes: 20,
			Meta:     []book.Fact{{Label: "Med", Links: []book.Link{{Text: "Barnet"}, {Text: "Lærer"}}}, {Label: "Fase", Links: []book.Link{{Text: "Følg op"}}}},
			Children: []book.Item{{Plain: "Hvordan går det?", Reason: text("Barnet har bedt om det."), Caveat: text("Kun når barnet vil.")}},
		}}},
	}}}}
	want := `Opfølgning –  –
= Hvor tit: Hver måned  [Krav] / Kilde: Bogen, s. 4
# Med barnet (20 min.)
Med: Barnet, Lærer · Fase: Følg op
1. Hvordan går det?
    detalje: Forbehold: Kun når barnet vil. / Begrundelse: Barnet har bedt om det.
`
	if d := cmp.Diff(strings.ReplaceAll(want, `\u00a0`, "\u00a0"), outline(FromPage(page, nil, ""))); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Who and when are found by what they are, whatever they are called.
func TestItemFindsFactsByKey(t *testing.T) {
	got := Sheet{}.item(book.Item{Plain: "Ring.", Meta: []book.Fact{
		{Key: book.Who, Label: "Den, der ringer", Plain: "Lærer"}, {Key: book.HowOften, Label: "Rytme", Plain: "Hver uge"},
		{Key: book.About, Label: "Læs mere", Plain: "Ring"}, {Label: "Hvem", Plain: "Alle"}}})
	want := Item{Text: "Ring.", Who: "Den, der ringer: Lærer", When: "Rytme: Hver uge", Detail: "Hvem: Alle"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Every block has a form on paper, or is known to have none.
func TestEveryBlockOnPaper(t *testing.T) {
	for _, b := range book.Blocks() {
		Sheet{}.blockParts(b, 1, false)
	}
}

// outline shows a sheet's parts as lines of text.
func outline(s Sheet) string {
	var b strings.Builder
	line := func(format string, args ...any) {
		b.WriteString(strings.TrimRight(strings.ReplaceAll(fmt.Sprintf(format, args...), "\n", " / "), " ") + "\n")
	}
	runs := func(list []Run) string {
		var out string
		for _, r := range list {
			if r.Force != "" {
				out += "[" + r.Text + "]"
				continue
			}
			out += r.Text
		}
		return out
	}
	items := func(mark string, list []Item) {
		for _, i := range list {
			line("%s %s", mark, i.Text)
			for _, x := range [][2]string{{"detalje", i.Detail}, {"om", i.Who}, {"om", i.When}, {"bindende", i.Force.Text}, {"kilde", i.Source + i.Noted}} {
				if x[1] != "" {
					line("    %s: %s", x[0], x[1])
				}
			}
			if i.Minutes > 0 {
				line("    minutter: %d", i.Minutes)
			}
			if i.Room > 0 {
				line("    plads: %d", i.Room)
			}
			if i.Derived != "" {
				line("    %s", strings.ToLower(i.Derived))
			}
			if i.Local {
				line("    lokalt")
			}
		}
	}
	line("%s – %s – %s", s.Title, s.Subtitle, s.Model)
	for _, p := range s.Parts {
		switch p := p.(type) {
		case Heading:
			line("%s %s", strings.Repeat("#", p.Level), p.Text)
		case Paragraph:
			line("%s", runs(p.Runs))
		case Note:
			line("> %s: %s", p.Title, runs(p.Runs))
		case Facts:
			for _, f := range p.Facts {
				line("= %s: %s", f.Label, runs(f.Value))
			}
		case Checklist:
			items("☐", p.Items)
		case Numbered:
			items("1.", p.Items)
		case Bullets:
			items("•", p.Items)
		case Table:
			line("| %s | %d rækker, %d tomme", strings.Join(p.Head, " | "), len(p.Rows), p.EmptyRows)
		case Attendance:
			for _, f := range p.Facts {
				line("☐ ☐ %s: %s", f.Label, runs(f.Value))
			}
		case Lines:
			line("%s: ___ (%d)", p.Label, p.Count)
		case PageBreak:
			line("--- nyt ark")
		}
	}
	return b.String()
}
