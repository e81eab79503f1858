package model

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// TestLinked shows what becomes of a small handbook: every value that its
// authors wrote, in the order that readers see, and what it points at.
func TestLinked(t *testing.T) {
	const name = "testdata/linked.txtar"
	archive, site := readSite(t, name)
	n, diags := national(site)
	if diags = append(diags, n.Diags...); len(diags) > 0 {
		t.Fatal(diags)
	}
	want := &archive.Files[len(archive.Files)-1]
	got := dump(n.Handbook)
	if *update {
		want.Data = []byte(got)
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(string(want.Data), got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// readSite reads an archive whose last section is an answer.
func readSite(t testing.TB, name string) (*txtar.Archive, fstest.MapFS) {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	site := fstest.MapFS{}
	for _, f := range archive.Files[:len(archive.Files)-1] {
		site[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return archive, site
}

func dump(h *Handbook) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %v\n", h.Title, h.modelIDs())
	for _, m := range h.Models {
		entry(&b, m, Schema().Model)
		for _, n := range m.All() {
			entry(&b, n, Schema().Kind(n.Base().Kind).Type)
		}
	}
	for _, n := range h.AllShared() {
		entry(&b, n, Schema().Kind(n.Base().Kind).Type)
	}
	return b.String()
}

func entry(b *strings.Builder, n Named, t *schema.Type) {
	e := n.Base()
	fmt.Fprintf(b, "\n%s %s:%d+%d", said(n), e.At.Pos().File, e.At.Pos().Line, e.At.Width())
	if e.Model != nil {
		fmt.Fprintf(b, " in %s", e.Model.ID)
	}
	b.WriteByte('\n')
	fields(b, "  ", reflect.ValueOf(n).Elem(), t)
}

// said names what a reference points at.
func said(n Named) string {
	if n == nil || reflect.ValueOf(n).IsNil() {
		return "nothing"
	}
	return n.Base().Kind + ":" + n.Base().ID
}

func fields(b *strings.Builder, indent string, v reflect.Value, t *schema.Type) {
	for _, k := range t.Keys {
		field(b, indent+k.Name, v.FieldByIndex(k.Index), k.Type)
	}
}

// field writes what an author wrote under a key.
func field(b *strings.Builder, key string, v reflect.Value, t *schema.Type) {
	if v.IsZero() {
		return
	}
	switch x := v.Addr().Interface().(type) {
	case *Text:
		fmt.Fprintf(b, "%s %q at %d:%d\n", key, x.Value, x.At.Pos().Line, x.At.Pos().Col)
		return
	case *Cite:
		fmt.Fprintf(b, "%s %s, %s\n", key, said(x.To), x.Place)
		return
	case *AnyRef:
		fmt.Fprintf(b, "%s %s\n", key, said(x.To))
		return
	case reference:
		fmt.Fprintf(b, "%s %s\n", key, said(x.Target()))
		return
	}
	indent := key[:len(key)-len(strings.TrimLeft(key, " "))] + "  "
	switch t.Form {
	case schema.List:
		for i := range v.Len() {
			field(b, key, v.Index(i), t.Elem)
		}
	case schema.Keyed:
		for i := range v.Field(0).Len() {
			item := v.Field(0).Index(i).Elem()
			fmt.Fprintf(b, "%s.%s", key, item.FieldByIndex(t.Elem.ID))
			for _, to := range []string{"Model", "Role"} {
				if f := item.FieldByName(to); f.IsValid() && f.Kind() == reflect.Pointer {
					fmt.Fprintf(b, " of %s", said(f.Interface().(Named)))
				}
			}
			b.WriteByte('\n')
			fields(b, indent, item, t.Elem)
		}
	case schema.Table:
		fmt.Fprintln(b, key)
		fields(b, indent, v, t)
	default:
		if v.Kind() == reflect.String {
			fmt.Fprintf(b, "%s %q\n", key, v)
		} else {
			fmt.Fprintf(b, "%s %v\n", key, v)
		}
	}
}

// TestWithoutDrafts: what is published has no model that is a draft, and
// nothing that points at one.
func TestWithoutDrafts(t *testing.T) {
	_, site := readSite(t, "testdata/linked.txtar")
	draft := site["content/modeller/anden/model.toml"]
	draft.Data = append(draft.Data, "kladde = true\n"...)
	n, _ := national(site)
	if len(n.Diags) > 0 {
		t.Error(n.Diags)
	}
	if got := n.modelIDs(); !slices.Equal(got, []string{"eksempel"}) || !n.Hidden("anden") || n.Hidden("eksempel") {
		t.Errorf("published %v; anden hidden: %v", got, n.Hidden("anden"))
	}
	if got := dump(n.Handbook); strings.Contains(got, ":anden") || strings.Contains(got, ":pedel") {
		t.Error(got)
	}
}

// TestLookup asks for what guidance may name.
func TestLookup(t *testing.T) {
	_, site := readSite(t, "testdata/linked.txtar")
	site["content/modeller/anden/uden.toml"] = &fstest.MapFile{Data: []byte(`navn = "Uden tabel"
[rolle.pedel]
navn = "Igen"
[rolle.vikar]
navn = "Vikar"
`)}
	site["content/flere.toml"] = &fstest.MapFile{Data: []byte("[akter.kl]\nnavn = \"KL\"\n")}
	site["content/modeller/eksempel/fejl.toml"] = &fstest.MapFile{Data: []byte("[rollle.ven]\nnavn = \"Ven\"\n")}
	n, _ := national(site)
	eksempel := n.ModelByID("eksempel")
	if roles := n.ModelByID("anden").Roles(); len(roles) != 2 || roles[0].Name != "Pedel" {
		t.Errorf("of a role that stands twice the first counts: %d", len(roles))
	}
	for _, c := range []struct {
		in              *Model
		model, kind, id string
		found           string
		ids             int
		unsure          bool // whether something by that name may have been written
	}{
		{eksempel, "", "rolle", "laerer", "rolle:laerer", 3, true},
		{eksempel, "", "fase", "laerer", "nothing", 2, false},
		{eksempel, "anden", "rolle", "pedel", "rolle:pedel", 2, true},
		{eksempel, "tredje", "rolle", "pedel", "nothing", 0, false},
		{nil, "", "rolle", "laerer", "nothing", 0, false},
		{nil, "eksempel", "rolle", "laerer", "rolle:laerer", 3, true},
		{eksempel, "", "begreb", "ven", "begreb:ven", 2, false},
		{eksempel, "", "aktoer", "kl", "nothing", 1, true},
		{nil, "", "model", "anden", "model:anden", 2, false},
		{nil, "", "model", "tredje", "nothing", 2, false},
		{eksempel, "", "rollle", "ven", "nothing", 0, false},
	} {
		found := said(n.Lookup(c.in, c.model, c.kind, c.id))
		ids, unsure := n.IDs(c.in, c.model, c.kind), n.Unsure(c.in, c.model, c.kind)
		if found != c.found || len(ids) != c.ids || !slices.IsSorted(ids) && c.kind != "model" || unsure != c.unsure {
			t.Errorf("%s/%s:%s: %s, ids %v, unsure %v; want %+v", c.model, c.kind, c.id, found, ids, unsure, c)
		}
	}
}

// TestUsers: who points at whom is told once, and nobody points at himself.
func TestUsers(t *testing.T) {
	_, site := readSite(t, "testdata/linked.txtar")
	n, _ := national(site)
	m := n.ModelByID("eksempel")
	users := m.Users()
	for id, want := range map[string][]string{
		"koordinator": {"fase:foelg-op", "opgave:indkald", "moede:status"},
		"laerer":      {"rolle:koordinator", "opgave:indkald", "opgave:hils", "moede:status"},
	} {
		var got []string
		for _, e := range users[m.Find("rolle", id)] {
			got = append(got, said(e))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s is used by %v, want %v", id, got, want)
		}
	}
	if got := users[m.Find("opgave", "indkald")]; len(got) != 1 || said(got[0]) != "tjekliste:start" {
		t.Errorf("the task is used by %v", got)
	}
	first, second := m.Phases()[0], m.Phases()[1]
	if a, b := m.MeetingsIn(first), m.MeetingsIn(second); len(a) != 0 || len(b) != 1 {
		t.Errorf("%d meetings in the first phase, %d in the second", len(a), len(b))
	}
	if leader := Referred(m.Find("rolle", "koordinator"), "naermeste_leder"); said(leader) != "rolle:laerer" {
		t.Errorf("led by %s", said(leader))
	}
	for key, want := range map[string]string{"formaal": "At se på målene.", "navn": "", "moede": ""} {
		if got := TextAt(m.Find("moede", "status"), key); got.Value != want {
			t.Errorf("the text at %s is %q", key, got.Value)
		}
	}
}

// TestOverdue: a model is to be looked through on its day, and late after it.
func TestOverdue(t *testing.T) {
	_, site := readSite(t, "testdata/linked.txtar")
	n, _ := national(site)
	for today, want := range map[string]string{
		"2026-11-30": "", "2026-12-01": "",
		"2026-12-02": `modellen "eksempel" skulle være gennemgået hos Redaktionen senest 2026-12-01`,
	} {
		got := ""
		for _, d := range Overdue(n.Handbook, today) {
			got += d.Message
			if d.Severity != diag.Warning || d.Pos.Line != 8 {
				t.Errorf("%v %v", d.Severity, d.Pos)
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", today, got, want)
		}
	}
	n.Models[1].Review = "2026-01-01"
	want := `modellen "anden" skulle være gennemgået senest 2026-01-01`
	if got := Overdue(n.Handbook, "2026-06-01"); len(got) != 1 || got[0].Message != want {
		t.Error(got)
	}
}

// TestReserved: an address that the handbook has itself is nobody else's.
func TestReserved(t *testing.T) {
	for address, want := range map[string]bool{
		"kilder/index.html": true, "kilder.html": true, "eksempel/roller/index.html": true,
		"eksempel/roller/laerer.html": false, "eksempel/kilder/bog.html": false,
	} {
		if got := Reserved(address); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

// TestEdition makes editions from tables that are merged already.
func TestEdition(t *testing.T) {
	_, site := readSite(t, "testdata/linked.txtar")
	n, _ := national(site)
	own := func(text string) *source.Node {
		root, diags := source.ParseTOML("kommune.toml", []byte("[kommune]\nnavn = \"Herning\"\n"+text))
		if len(diags) > 0 {
			t.Fatal(diags)
		}
		return root.Get("kommune")
	}
	for _, c := range []struct {
		why, own string
		models   []string
		hidden   string
		diags    []string
	}{
		{"nothing of its own", "", []string{"eksempel", "anden"}, "", nil},
		{"all models unless it says which", "farve = \"#005a3c\"\n", []string{"eksempel", "anden"}, "", nil},
		{"one model", "modeller = [\"eksempel\"]\n", []string{"eksempel"}, "anden", nil},
		{"a single word for a list", "modeller = \"anden\"\n", []string{"anden"}, "eksempel", nil},
		{"one that there is and one that isn't", "modeller = [\"anden\",\n \"eksmpel\"]\n", []string{"anden"}, "eksempel",
			[]string{`kommune.toml:4:2+9: ukendt model "eksmpel" – mente du "eksempel"? (Modellerne er: eksempel, anden.)`}},
		{"none that there is", "modeller = \"eksmpel\"\n", []string{"eksempel", "anden"}, "",
			[]string{`kommune.toml:3:12+9: ukendt model "eksmpel" – mente du "eksempel"? (Modellerne er: eksempel, anden.)`}},
	} {
		o := Overlaid{ID: "herning", Lost: n.Lost.Clone()}
		if c.own != "" {
			o.Own = own(c.own)
		}
		h, diags := n.Edition(o)
		var got []string
		for _, d := range diags {
			got = append(got, fmt.Sprintf("%v+%d: %s (%s)", d.Pos, d.Width, d.Message, d.Help))
		}
		if d := cmp.Diff(c.diags, got); d != "" {
			t.Errorf("%s (-want +got)\n%s", c.why, d)
		}
		if !slices.Equal(h.modelIDs(), c.models) || c.hidden != "" && !h.Hidden(c.hidden) {
			t.Errorf("%s: models %v, hidden %s: %v", c.why, h.modelIDs(), c.hidden, h.Hidden(c.hidden))
		}
		if said(h.Municipal) != "kommune:herning" || h.Municipal.Name != "Herning" {
			t.Errorf("%s: it is %s, %s", c.why, said(h.Municipal), h.Municipal.Name)
		}
	}
	h, diags := n.Edition(Overlaid{ID: "herning", Tables: Tables{Shared: n.Tables.Shared}, Lost: n.Lost.Clone()})
	if d := cmp.Diff(dump(n.Handbook), dump(h)); d != "" || len(diags) > 0 || h.Terms()[0].See[0].To != h.Terms()[1] {
		t.Errorf("shared tables of its own, that say the same, %v\n%s", diags, d)
	}
	if h, _ := n.Edition(Overlaid{ID: "aarhus"}); h != nil {
		t.Error("an edition of a municipality that the register lacks")
	}
}

// TestOnlyWhatDiffersIsMadeAgain: a model with tables of its own is linked anew,
// local keys and all; the rest of the edition is the national one.
func TestOnlyWhatDiffersIsMadeAgain(t *testing.T) {
	_, site := readSite(t, "testdata/linked.txtar")
	n, _ := national(site)
	local := *n.Tables.Models["eksempel"]
	local.Items = slices.Clone(local.Items)
	mark := func(kind, key, text string) { // as the overlay room does
		i := slices.IndexFunc(local.Items, func(x *source.Node) bool { return x.Key == kind })
		root, _ := source.ParseTOML("herning.toml", []byte(text))
		entity := *root.Items[0].Items[0]
		entity.Items, entity.Local = slices.Clone(entity.Items), kind == "opgave"
		for j, item := range entity.Items {
			with := *item
			if item.Key == key {
				with.Local, with.Base = true, local.Items[i].Items[0].Get(key)
			}
			entity.Items[j] = &with
		}
		table := *local.Items[i]
		table.Items = append([]*source.Node{&entity}, table.Items[1:]...)
		local.Items[i] = &table
	}
	mark("moede", "lokalt_navn", `[moede.status]
navn = "Statusmøde"
kortnavn = "Status"
indkalder = "laereren"
kilde = ["bog: s. 1"]
lokalt_navn = "Kaffemøde"
lokal_dato = "i går"
varighed = 10
dagsorden = { a = { tekst = "A.", minutter = 10 }, b = { tekst = "B.", minutter = 5, udeladt = true } }
`)
	mark("opgave", "rolle", "[opgave.indkald]\nnavn = \"Indkald\"\nrolle = 5\n")
	mark("fase", "ansvarlig", `[fase.foelg-op]
navn = "Følg op"
nummer = 3
kilde = ["bog: s. 1"]
ansvarlig = "laeren"
`)
	merged := Tables{Models: map[string]*source.Node{"eksempel": &local}}
	h, diags := n.Edition(Overlaid{ID: "herning", Tables: merged, Lost: n.Lost.Clone()})
	var got []string
	for _, d := range diag.Sort(diags) {
		line := fmt.Sprintf("%v: %s", d.Pos, d.Message)
		for _, note := range d.Notes {
			line += fmt.Sprintf(" (%s %v)", note.Message, note.Pos)
		}
		got = append(got, line)
	}
	want := []string{
		`herning.toml:3:9: rolle skal være en tekst, men er et helt tal (erstatter content/modeller/eksempel/moeder.toml:31:9)`,
		`herning.toml:3:10: nummer 2 mangler: fase "foelg-op" har nummer 3`,
		`herning.toml:4:13: ukendt rolle "laereren" – mente du "laerer"?`,
		`herning.toml:5:13: ukendt rolle "laeren" – mente du "laerer"? (erstatter content/modeller/eksempel/faser.toml:9:13)`,
		`herning.toml:7:14: "i går" er ikke en dato`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if h.ModelByID("anden") != n.ModelByID("anden") || h.ModelByID("eksempel") == n.ModelByID("eksempel") {
		t.Error("the wrong model was made again")
	}
	e, was := h.Models[0].Find("moede", "status").Base(), n.Models[0].Find("moede", "status").Base()
	if e.Label() != "Kaffemøde" || e.MenuLabel() != "Kaffemøde" || was.MenuLabel() != "Status" {
		t.Errorf("it is called %q, %q in the menu", e.Label(), e.MenuLabel())
	}
	if at := h.Models[0].Find("fase", "foelg-op").Base().At.Key("ansvarlig"); !at.Local() || at.National() != "koordinator" {
		t.Errorf("local %v, national %q", at.Local(), at.National())
	}
	var nowhere At
	if nowhere.Pos() != (diag.Pos{}) || nowhere.Width() != 0 || nowhere.Local() || nowhere.National() != "" {
		t.Error("what stands nowhere has a place")
	}
}

// TestOverdueLocally: a municipality's own is reviewed by a day too.
func TestOverdueLocally(t *testing.T) {
	h := &Handbook{Municipal: &Municipality{Owner: "PPR", Review: "2026-12-01"}}
	got := Overdue(h, "2026-12-02")
	if len(got) != 1 || got[0].Message != "kommunens tilpasninger skulle være gennemgået hos PPR senest 2026-12-01" {
		t.Error(got)
	}
	if got := Overdue(h, "2026-12-01"); len(got) != 0 {
		t.Error(got)
	}
}
