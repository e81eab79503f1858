package model

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/source"
)

// Adaptation is one thing that a municipality's edition says otherwise than
// the national one, or in addition to it.
type Adaptation struct {
	Model    *Model
	Entity   *Entity
	What     Deviation
	Label    string // what was adapted, in Danish: "indkalder", "dagsorden: …"
	National string // the national wording; "" for what was added
	Local    string // the municipality's
	Reason   string
	Date     string
}

// Deviation is what an overlay did.
type Deviation string

const (
	Changed Deviation = "ændret"
	Added   Deviation = "tilføjet"
	Omitted Deviation = "udeladt"
	Renamed Deviation = "lokalt navn"
	Decided Deviation = "aftalt"
)

// Adaptations lists all local changes of this edition, in the order of the
// models and their kinds.
func (h *Handbook) Adaptations() []Adaptation {
	var out []Adaptation
	for _, m := range h.Models {
		v := reflect.ValueOf(m).Elem()
		for _, k := range Kinds() {
			if k.Shared {
				continue
			}
			list := v.Field(k.index)
			for i := range list.Len() {
				e := list.Index(i).Interface().(Named).Base()
				out = append(out, adaptations(h, m, e)...)
			}
		}
	}
	return out
}

func adaptations(h *Handbook, m *Model, e *Entity) []Adaptation {
	a := Adaptation{Model: m, Entity: e, Reason: e.Local.Reason.Value, Date: e.Local.Date}
	if e.At.Local() {
		a.What, a.Label, a.Local = Added, kindName(e.Kind), e.Label()
		return []Adaptation{a}
	}
	var out []Adaptation
	if e.Local.Omit {
		a.What, a.Label, a.National = Omitted, kindName(e.Kind), e.Name
		return []Adaptation{a}
	}
	w := walker{h: h, m: m, base: a}
	w.table(e.At.node, "")
	return append(out, w.out...)
}

// walker collects the local leaves of an entity's merged table.
type walker struct {
	h    *Handbook
	m    *Model
	base Adaptation
	out  []Adaptation
}

func (w *walker) table(n *source.Node, label string) {
	for _, item := range n.Items {
		w.item(n, item, label)
	}
}

func (w *walker) item(parent, n *source.Node, label string) {
	name := keyLabel(n.Key)
	if role := w.m.index["rolle:"+n.Key]; role != nil && label == "deltagere" {
		name = role.Base().Label()
	}
	if n.Key == "form" && strings.HasPrefix(label, "deltagere: ") {
		name, label = label, ""
	}
	name = prefixed(label, name)
	switch {
	case n.Key == "lokal_begrundelse" || n.Key == "lokal_dato" || n.Key == "placeres_efter":
	case w.base.Entity.Kind == "kadence" && slices.Contains(cadenceKeys, n.Key) && n.Key != "udtryk" && At{parent.Get("udtryk")}.Local():
		// what the words say, in numbers
	case n.Local && n.Base == nil && n.Kind == source.Table && slices.Contains(keyedKeys, n.Key):
		w.table(n, name)
	case n.Local && n.Base == nil && n.Kind == source.Table:
		text := n.Key
		for _, key := range []string{"form", "navn", "tekst"} {
			if v := n.Get(key); v != nil {
				text = w.text(v)
			}
		}
		w.emit(n, Added, strings.TrimSuffix(name, ": "+keyLabel(n.Key)), "", text)
	case n.Kind == source.Table:
		if t := n.Get("udeladt"); t != nil && t.Local && t.Bool {
			text := n.Key
			if v := n.Get("tekst"); v != nil {
				text = v.Str
			}
			w.emit(n, Omitted, strings.TrimSuffix(name, ": "+keyLabel(n.Key)), text, "")
			return
		}
		if called := caption(n); called != "" && slices.Contains(keyedKeys, parent.Key) {
			name = prefixed(label, called)
		}
		w.table(n, name)
	case n.Local && n.Key == "lokalt_navn":
		national := parent.Get("navn")
		old := ""
		if national != nil {
			old = national.Str
		}
		w.emit(parent, Renamed, label, old, n.Str)
	case n.Local && n.Key == "svar":
		w.emit(parent, Decided, label, w.text(parent.Get("spoergsmaal")), n.Str)
	case n.Local && n.Base == nil:
		w.emit(parent, Added, name, "", w.text(n))
	case n.Local && n.Kind == source.String && blank(n.Str):
		w.emit(parent, Omitted, name, w.text(n.Base), "")
	case n.Local:
		w.emit(parent, Changed, name, w.text(n.Base), w.text(n))
	}
}

// caption is what a reader knows a keyed table by, in place of its id: its
// national name, or the beginning of its national text.
func caption(n *source.Node) string {
	for _, key := range []string{"navn", "tekst"} {
		v := n.Get(key)
		if v != nil && v.Base != nil {
			v = v.Base
		}
		if v == nil || v.Kind != source.String {
			continue
		}
		if r := []rune(v.Str); len(r) > 40 {
			return "»" + strings.TrimSpace(string(r[:40])) + "…«"
		}
		return "»" + v.Str + "«"
	}
	return ""
}

func prefixed(label, name string) string {
	if label == "" {
		return name
	}
	return label + ": " + name
}

func (w *walker) emit(at *source.Node, what Deviation, label, national, local string) {
	a := w.base
	a.What, a.Label, a.National, a.Local = what, label, national, local
	if r := at.Get("lokal_begrundelse"); r != nil {
		a.Reason = r.Str
	}
	if d := at.Get("lokal_dato"); d != nil {
		a.Date = d.Str
	}
	w.out = append(w.out, a)
}

// text shows a value as a reader knows it: references by name.
func (w *walker) text(n *source.Node) string {
	if n == nil {
		return ""
	}
	switch n.Kind {
	case source.String:
		if words, ok := modeWords[n.Str]; ok {
			return words
		}
		for _, k := range []string{"rolle", "moede", "fase", "kerneelement", "kadence", "aftale"} {
			if e := w.m.index[k+":"+n.Str]; e != nil && refKeys[n.Key] == k {
				return e.Base().Label()
			}
		}
		return n.Str
	case source.Int:
		return strconv.FormatInt(n.Int, 10)
	case source.Bool:
		return map[bool]string{true: "ja", false: "nej"}[n.Bool]
	case source.Array:
		var parts []string
		for _, item := range n.Items {
			c := *item
			c.Key = n.Key
			parts = append(parts, w.text(&c))
		}
		return strings.Join(parts, ", ")
	}
	return ""
}

// modeWords are how a reader knows a participant's form.
var modeWords = map[string]string{"altid": "er altid med", "boer": "bør være med", "efter aftale": "er med efter aftale", "overvejes": "overvejes"}

var refKeys = map[string]string{"ansvarlig": "rolle", "indkalder": "rolle", "rolle": "rolle", "deltagere": "rolle", "kan_uddelegeres_til": "rolle",
	"sammen_med": "rolle", "hvem": "rolle", "moede": "moede", "faser": "fase", "kerneelementer": "kerneelement", "kadence": "kadence", "kadencer": "kadence", "aftale": "aftale"}

var keyLabels = map[string]string{"moede": "møde", "foer": "før mødet", "efter": "efter mødet", "udtryk": "hvor tit", "hver": "interval", "kort": "kort beskrivelse",
	"formaal": "formål", "kan_uddelegeres_til": "kan uddelegeres til", "hvornaar": "hvornår", "kadencer": "hvor tit", "spoergsmaal": "spørgsmål", "raekkefoelge": "rækkefølge", "tjek": "punkt i tjeklister"}

func keyLabel(key string) string {
	if l, ok := keyLabels[key]; ok {
		return l
	}
	return strings.ReplaceAll(key, "_", " ")
}

// Drift is national text that has changed under a municipality's adaptation
// since the municipality last reviewed it.
type Drift struct {
	Model  *Model
	Entity *Entity
	Key    string // path of the value inside the entity, e.g. "dagsorden.status.tekst"; "kind.id" when the entity is gone
	Old    string // "" when the value is new
	New    string // "" when the value is gone

	reviewed At // the old value in gennemgaaet.toml
}

// Label says in Danish which value it is.
func (d Drift) Label() string {
	parts := strings.Split(d.Key, ".")
	for i, p := range parts {
		parts[i] = keyLabel(p)
	}
	return strings.Join(parts, ": ")
}

// guideKey stands for an entity's guidance among its values in gennemgaaet.toml.
const guideKey = "vejledning"

// Snapshot gives, for every entity that the overlay touches, the national
// values as they are now: "model/kind.id.key" → value. It is what
// `haandbog review` writes into gennemgaaet.toml, so that later changes of the
// national text can be shown old beside new.
func (n *National) Snapshot(slug string) [][2]string {
	var out [][2]string
	o, ok := n.overlays[slug]
	if !ok {
		return nil
	}
	for _, path := range touched(o.Tables()) {
		modelID, rest, _ := strings.Cut(path, "/")
		kind, id, _ := strings.Cut(rest, ".")
		if n.hidden[modelID] {
			continue
		}
		if node := n.models[modelID].Get(kind).Get(id); node != nil {
			out = append(out, flatten(node, path)...)
		}
		if g, ok := n.guides[path]; ok {
			out = append(out, [2]string{path + "." + guideKey, g.Text})
		}
	}
	return out
}

// touched lists the national entities under an overlay, "model/kind.id".
func touched(t Tables) []string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, f := range t.Models {
		for _, file := range f.Files {
			for _, kind := range file.Items {
				for _, ent := range kind.Items {
					add(f.ID + "/" + kind.Key + "." + ent.Key)
				}
			}
		}
		for _, g := range f.Guides {
			add(f.ID + "/" + g.Path)
		}
	}
	slices.Sort(out)
	return out
}

// flatten lists the leaves of a table with their paths.
func flatten(n *source.Node, path string) [][2]string {
	var out [][2]string
	for _, item := range n.Items {
		p := path + "." + item.Key
		if item.Kind == source.Table {
			out = append(out, flatten(item, p)...)
			continue
		}
		out = append(out, [2]string{p, leaf(item)})
	}
	return out
}

func leaf(n *source.Node) string {
	switch n.Kind {
	case source.String:
		return n.Str
	case source.Int:
		return strconv.FormatInt(n.Int, 10)
	case source.Bool:
		return strconv.FormatBool(n.Bool)
	case source.Array:
		var parts []string
		for _, item := range n.Items {
			parts = append(parts, leaf(item))
		}
		return strings.Join(parts, " · ")
	case source.Datetime:
		return n.Time.Format("2006-01-02")
	case source.Table:
		var parts []string
		for _, item := range n.Items {
			parts = append(parts, item.Key+" = "+leaf(item))
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(n.Float)
}

// drift compares the national text with what the municipality last reviewed.
func (e *editor) drift() {
	now := e.n.Snapshot(e.o.Slug)
	if len(now) == 0 {
		return
	}
	reviewed := e.tables.Reviewed.Get("national")
	if reviewed == nil {
		e.diags = append(e.diags, diag.Diag{Severity: diag.Warning, Code: "ikke-gennemgaaet", Pos: diag.Pos{File: e.o.Dir + "/kommune.toml"},
			Message: "tilpasningerne er ikke gennemgået mod en udgave",
			Help:    "Læs dem igennem, og kør haandbog review " + e.o.Slug + "."})
		return
	}
	if u := e.tables.Reviewed.Get("udgave"); u != nil && e.h.Municipal.Reviewed == "" {
		e.h.Municipal.Reviewed = u.Str
	}
	var changes []Drift
	seen := map[string]bool{}
	for _, kv := range now {
		seen[kv[0]] = true
		n := reviewed.Get(kv[0])
		old := ""
		if n != nil {
			old = n.Str
		}
		if !sameWords(old, kv[1]) {
			changes = append(changes, e.change(kv[0], old, kv[1], n))
		}
	}
	gone := map[string]bool{}
	for _, n := range reviewed.Items {
		modelID, rest, _ := strings.Cut(n.Key, "/")
		kind, _, _ := strings.Cut(rest, ".")
		if seen[n.Key] || e.n.hidden[modelID] || e.n.unsure.of(modelID, kind) {
			continue
		}
		c := e.change(n.Key, n.Str, "", n)
		if c.Entity == nil { // once for all that it had
			if gone[c.Key] {
				continue
			}
			gone[c.Key] = true
			if name := reviewed.Get(modelID + "/" + c.Key + ".navn"); name != nil {
				c.Old = name.Str
			}
		}
		changes = append(changes, c)
	}
	e.h.Drift = changes
	for _, c := range changes {
		e.diags = append(e.diags, e.driftDiag(c))
	}
}

func (e *editor) change(path, old, now string, reviewed *source.Node) Drift {
	modelID, rest, _ := strings.Cut(path, "/")
	parts := strings.SplitN(rest, ".", 3)
	d := Drift{Model: e.n.ModelByID(modelID), Key: cmp.Or(rest, path), Old: old, New: now, reviewed: At{reviewed}}
	if len(parts) < 3 {
		return d
	}
	d.Key = parts[0] + "." + parts[1]
	if d.Model == nil {
		return d
	}
	if ent := e.n.Lookup(d.Model, "", parts[0], parts[1]); ent != nil {
		d.Entity, d.Key = ent.Base(), parts[2]
	}
	return d
}

func (e *editor) driftDiag(c Drift) diag.Diag {
	x := diag.Diag{Severity: diag.Warning, Code: "national-tekst-aendret", Pos: diag.Pos{File: e.o.Dir + "/gennemgaaet.toml"},
		Help: "Læs tilpasningen igennem, og kør haandbog review " + e.o.Slug + "."}
	if c.reviewed.node != nil {
		x.Pos, x.Width = c.reviewed.Pos(), c.reviewed.Width()
	}
	if c.Entity == nil {
		x.Message = fmt.Sprintf("\"%s\" findes ikke mere i den nationale udgave; da %s gennemgik den, stod der %s", c.Key, e.h.Municipal.Label(), brief(c.Old))
		return x
	}
	name := c.Entity.Kind + "." + c.Entity.ID
	x.Message = fmt.Sprintf("den nationale tekst %s.%s er ændret, siden %s gennemgik den", name, c.Key, e.h.Municipal.Label())
	at := c.Entity.At
	for _, key := range strings.Split(c.Key, ".") {
		at = at.Key(key)
	}
	what, line := difference(c.Old, c.New)
	pos := at.Pos()
	if g, ok := e.n.guides[c.Model.ID+"/"+name]; ok && c.Key == guideKey {
		pos = diag.Pos{File: g.File, Line: line}
	}
	x.Notes = []diag.Note{{Pos: pos, Message: what}}
	return x
}

// sameWords reports whether nothing in a text is to be read again: blank lines
// and ends of lines are no words.
func sameWords(a, b string) bool { return slices.Equal(strings.Fields(a), strings.Fields(b)) }

// difference says what became of a text: of several lines, the first that the
// other lacks. line counts from 1 in now, and is 0 where nothing is new.
func difference(old, now string) (what string, line int) {
	gone, _ := lacking(old, now)
	come, line := lacking(now, old)
	switch {
	case gone == "" && come == "":
		what = "linjerne er de samme, men står anderledes"
	case gone == "":
		what = "nyt: " + brief(come)
	case come == "":
		what = "væk: " + brief(gone)
	default:
		what = "før: " + brief(gone) + ", nu: " + brief(come)
	}
	return what, line
}

// lacking gives the first line with words that no line of another text has, and
// its number, or "" and 0.
func lacking(text, other string) (line string, number int) {
	lines := strings.Split(other, "\n")
	for i, line := range strings.Split(text, "\n") {
		if !sameWords(line, "") && !slices.ContainsFunc(lines, func(l string) bool { return sameWords(l, line) }) {
			return line, i + 1
		}
	}
	return "", 0
}

// brief shows the beginning of a value.
func brief(s string) string {
	if r := []rune(s); len(r) > 120 {
		s = string(r[:120]) + "…"
	}
	return "\"" + strings.TrimSpace(s) + "\""
}
