package model

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// reservedModels are the addresses that the handbook uses itself.
var reservedModels = []string{"begreber", "aktoerer", "kilder", "love", "kommuner", "pakker", "assets", "soeg",
	"indeks", "nyt", "tidligere", "lokalt", "was", "index", "404"}

// Reserved reports whether the handbook itself uses an address. Entities and models with
// a reserved address are reported.
func Reserved(address string) bool {
	first, _, _ := strings.Cut(strings.TrimSuffix(address, ".html"), "/")
	return path.Base(address) == "index.html" || slices.Contains(reservedModels, first)
}

var deviceName = regexp.MustCompile(`(?i)^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)`)

// ReservedByWindows reports whether Windows can't store a file or folder of that name.
func ReservedByWindows(name string) bool { return deviceName.MatchString(name) }

// validator collects the mistakes of a linked handbook whose tables are well formed.
type validator struct{ diags []diag.Diag }

func (v *validator) add(sev diag.Severity, at At, code, help, format string, args ...any) {
	pos, width := at.Pos(), at.Width()
	if at.node != nil && at.node.Key != "" && at.node.Kind.String() == "en tabel" {
		pos, width = at.node.KeyPos, len([]rune(at.node.Key))
	}
	d := diag.Diag{Severity: sev, Code: code, Pos: pos, Width: width, Help: help, Message: fmt.Sprintf(format, args...)}
	if at.node != nil && at.node.Base != nil {
		d.Notes = append(d.Notes, diag.Note{Pos: at.node.Base.Pos, Message: "erstatter"})
	}
	v.diags = append(v.diags, d)
}

// validate checks the national edition as a whole.
func validate(h *Handbook) []diag.Diag {
	v := &validator{}
	for _, m := range h.Models {
		if slices.Contains(reservedModels, m.ID) {
			v.add(diag.Error, m.At, "adresse-optaget", "Giv modellens mappe et andet navn.",
				"modellens id \"%s\" er en adresse, håndbogen selv bruger", m.ID)
		}
		if !h.unsure[m.ID] {
			v.diags = append(v.diags, validateModel(m, h.unsure)...)
			v.agreeing(m)
		}
	}
	if h.unsure[""] {
		return v.diags
	}
	v.ids(&h.entities)
	for _, e := range h.Releases() {
		v.date(e.Date, e.At.Key("dato"))
	}
	for _, m := range h.Register() {
		for _, r := range m.Regions.Items {
			v.date(r.From, r.At.Key("fra"))
		}
	}
	for _, p := range h.Packs() {
		if len(p.Sheets) == 0 && p.At.Has("ark") {
			v.add(diag.Error, p.At.Key("ark"), "tom-pakke", "Skriv arkene i rækkefølge, fx ark = [\"model/moede:id\"].",
				"pakken \"%s\" har ingen ark", p.ID)
		}
	}
	v.former(h.index)
	return v.diags
}

// validateModel checks one model, whose files could all be read.
func validateModel(m *Model, lost Unsure) []diag.Diag {
	v := &validator{}
	v.ids(&m.entities)
	v.date(m.Review, m.At.Key("gennemgaas"))
	v.date(m.LastReview, m.At.Key("gennemgaaet"))
	v.former(m.index)
	for _, k := range m.schema.Kinds {
		if k.Dense {
			v.holes(k, m.List(k))
		}
		if k.Type.Declared {
			v.declared(k, m.List(k))
		}
	}
	if !lost.of(m.ID, "opgave") {
		v.roles(m)
	}
	for _, meeting := range m.Meetings() {
		v.meeting(meeting)
	}
	for _, c := range m.Cadences() {
		v.cadence(c)
	}
	for _, list := range m.Checklists() {
		v.checklist(list)
	}
	for _, s := range m.Scales() {
		v.scale(s)
	}
	for _, a := range m.Assessments() {
		v.assessment(a)
	}
	if !lost.of(m.ID, "session") {
		for _, f := range m.Series() {
			v.series(m, f)
		}
	}
	for _, p := range m.Paths() {
		v.path(p)
	}
	v.sourced(m)
	return v.diags
}

// ids reports ids that are addresses of the handbook's own.
func (v *validator) ids(list *entities) {
	for _, k := range list.schema.Kinds {
		for _, n := range list.List(k) {
			if e := n.Base(); e.ID == "index" {
				v.add(diag.Error, e.At, "adresse-optaget", "Vælg et andet id.",
					"id'et \"index\" er en adresse, håndbogen selv bruger")
			}
		}
	}
}

func kindName(e *Entity) string {
	if e.kind != nil {
		return e.kind.One
	}
	return e.Kind
}

func isDate(s string) bool {
	_, err := time.Parse("2006-01-02", s)
	return err == nil && isoDate.MatchString(s)
}

var isoDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

func (v *validator) date(s string, at At) {
	if s != "" && !isDate(s) {
		v.add(diag.Error, at, "ugyldig-dato", "Skriv ÅÅÅÅ-MM-DD, fx 2026-11-22.", "\"%s\" er ikke en dato", s)
	}
}

// holes reports duplicate and missing numbers of a kind.
func (v *validator) holes(k *schema.Kind, list []Named) {
	what, byNumber := k.One, map[int]*Entity{}
	for _, x := range list {
		n, e := numberOf(k, x), x.Base()
		if n == 0 {
			if at := e.At.Key("nummer"); e.At.Has("nummer") && at.node.Kind == source.Int && at.node.Int == 0 {
				v.add(diag.Error, at, "hul-i-numre", "Numrene skal løbe fra 1 uden huller.", "%s \"%s\" har nummer 0",
					what, e.ID)
			}
			return // a number that is missing explains the hole
		}
		if first := byNumber[n]; first != nil {
			v.add(diag.Error, e.At.Key("nummer"), "dobbelt-nummer", fmt.Sprintf("Giv hver %s sit eget nummer.", what),
				"%s \"%s\" har samme nummer (%d) som \"%s\"", what, e.ID, n, first.ID)
			v.diags[len(v.diags)-1].Notes = []diag.Note{{Pos: first.At.Key("nummer").Pos(),
				Message: "har også nummeret"}}
			continue
		}
		byNumber[n] = e
	}
	for i := 1; i <= len(byNumber); i++ {
		if byNumber[i] == nil {
			next := i
			for byNumber[next] == nil {
				next++
			}
			v.add(diag.Error, byNumber[next].At.Key("nummer"), "hul-i-numre", "Numrene skal løbe fra 1 uden huller.",
				"nummer %d mangler: %s \"%s\" har nummer %d", i, what, byNumber[next].ID, next)
			return
		}
	}
}

func numberOf(k *schema.Kind, n Named) int {
	return int(ValueOf(n).FieldByIndex(k.Type.Key("nummer").Index).Int())
}

// former checks old ids, which become redirects.
func (v *validator) former(index map[string]Named) {
	keys := make([]string, 0, len(index))
	for key := range index {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	claimed := map[string]*Entity{}
	for _, key := range keys {
		e := index[key].Base()
		for _, old := range e.Former {
			oldKey := e.Kind + ":" + old
			if index[oldKey] != nil {
				v.add(diag.Error, e.At.Key("tidligere"), "adresse-kollision",
					"Fjern det fra tidligere, eller giv den anden et nyt id.",
					"det tidligere id \"%s\" bruges af en anden %s", old, kindName(e))
			} else if other := claimed[oldKey]; other != nil {
				v.add(diag.Error, e.At.Key("tidligere"), "adresse-kollision",
					"Et tidligere id kan kun sendes videre ét sted hen.",
					"både \"%s\" og \"%s\" har det tidligere id \"%s\"", other.ID, e.ID, old)
			} else if source.Slug(old) != old {
				v.add(diag.Error, e.At.Key("tidligere"), "ugyldigt-id", "Brug små bogstaver, tal og bindestreg.",
					"\"%s\" kan ikke have været et id", old)
			}
			claimed[oldKey] = e
		}
	}
}

// roles warns of roles without tasks, unless a task's role is unknown: it might be that
// role, and is reported already.
func (v *validator) roles(m *Model) {
	if slices.ContainsFunc(m.Tasks(), func(t *Task) bool { return t.At.Has("rolle") && t.Role.To == nil }) {
		return
	}
	for _, r := range m.Roles() {
		if r.NoTasks || r.Basis == NamedOnly || len(m.TasksOf(r)) > 0 {
			continue
		}
		v.add(diag.Warning, r.At, "rolle-uden-opgaver",
			"Giv rollen en opgave i opgaver.toml, eller skriv uden_opgaver = true, hvis kilden ingen nævner.",
			"rollen \"%s\" har ingen opgaver", r.ID)
	}
}

// TasksOf lists the tasks that a role has or shares, in the model's order.
func (m *Model) TasksOf(r *Role) []*Task {
	var out []*Task
	for _, t := range m.Tasks() {
		if t.Role.To == r || slices.ContainsFunc(t.With, func(s Ref[Role]) bool { return s.To == r }) {
			out = append(out, t)
		}
	}
	return out
}

func (v *validator) meeting(m *Meeting) {
	sum, given, without := 0, 0, 0
	parts := map[string]int{}
	for _, a := range m.Agenda.Items {
		if a.Local.Omit {
			continue
		}
		sum += a.Minutes
		if a.Minutes > 0 {
			given++
		} else {
			without++
		}
		parts[a.Part] += a.Minutes
	}
	if m.Minutes > 0 && given > 0 && sum != m.Minutes {
		help := "Ret minutterne i dagsordenen eller mødets varighed."
		if without > 0 && sum < m.Minutes {
			help = "Giv også de punkter minutter, som ingen har, eller ret mødets varighed."
		}
		v.add(diag.Error, m.At.Key("varighed"), "minutter-passer-ikke", help,
			"dagsordenens minutter giver %d, men mødet varer %d", sum, m.Minutes)
	}
	partSum := 0
	for _, p := range m.Parts.Items {
		partSum += p.Minutes
		if p.Minutes > 0 && parts[p.ID] > 0 && parts[p.ID] != p.Minutes {
			v.add(diag.Error, p.At.Key("minutter"), "minutter-passer-ikke",
				"Ret minutterne i dagsordenen eller delens varighed.",
				"dagsordenens minutter i delen \"%s\" giver %d, men delen varer %d", p.Name, parts[p.ID], p.Minutes)
		}
	}
	if m.Minutes > 0 && partSum > m.Minutes {
		v.add(diag.Error, m.At.Key("varighed"), "minutter-passer-ikke", "Ret delenes minutter eller mødets varighed.",
			"mødets dele varer tilsammen %d minutter, men mødet varer %d", partSum, m.Minutes)
	}
}

func (v *validator) checklist(l *Checklist) {
	for _, g := range l.Groups.Items {
		if n := len(g.Items) + g.Points.Len(); n > 9 {
			v.add(diag.Warning, g.At, "for-mange-punkter", "Del gruppen op i pauser på 5-9 punkter.",
				"gruppen \"%s\" har %d punkter", g.Name, n)
		} else if n == 0 {
			v.add(diag.Error, g.At, "tom-gruppe", "Skriv punkter = […] eller [….punkt.<id>].",
				"gruppen \"%s\" har ingen punkter", g.Name)
		}
		for _, item := range g.Items {
			if k := l.Model.schema.Kind(item.Kind); k != nil && k.Tick == "" {
				ticks := l.Model.schema.Keys(func(k *schema.Kind) bool { return k.Tick != "" })
				v.add(diag.Error, item.At, "ugyldig-henvisning", "Et punkt kan være "+strings.Join(ticks, ", ")+".",
					"%s:%s kan ikke være et punkt på en tjekliste", item.Kind, item.ID)
			}
		}
		for _, p := range g.Points.Items {
			if len(p.Cites) == 0 && p.From.ID == "" && !p.At.Local() {
				v.add(diag.Error, p.At, "mangler-kilde",
					"Skriv kilde = [\"kilde-id: sted\"], og grundlag = \"udledt\", hvis punktet er redaktionens.",
					"punktet \"%s\" har ingen kilde", p.ID)
			}
		}
	}
}

// sourced reports entities that need a source and have none.
func (v *validator) sourced(m *Model) {
	for _, k := range m.schema.Kinds {
		for _, n := range m.List(k) {
			if e := n.Base(); k.Sourced && len(e.Cites) == 0 && !e.At.Local() {
				v.add(diag.Error, e.At, "mangler-kilde", "Skriv kilde = [\"kilde-id: sted\"].",
					"%s \"%s\" har ingen kilde", k.One, e.ID)
			}
		}
	}
}

// Overdue warns of models whose review date lies before today (ÅÅÅÅ-MM-DD), and of a
// municipality's own. The date is given, so that a build stays reproducible.
func Overdue(h *Handbook, today string) []diag.Diag {
	v := &validator{}
	due := func(at At, what, owner, date string) {
		if date == "" || date >= today {
			return
		}
		if owner != "" {
			owner = " hos " + owner
		}
		v.add(diag.Warning, at.Key("gennemgaas"), "gennemgang-forfalden", "Gennemgå teksten, og skriv en ny dato.",
			"%s skulle være gennemgået%s senest %s", what, owner, date)
	}
	for _, m := range h.Models {
		due(m.At, fmt.Sprintf("modellen \"%s\"", m.ID), m.Owner, m.Review)
	}
	if m := h.Municipal; m != nil {
		due(m.At, "kommunens tilpasninger", m.Owner, m.Review)
	}
	return v.diags
}
