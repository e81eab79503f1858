package overlay

import (
	"cmp"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Drift is a national text under a municipality's overlay that has changed since the
// municipality last reviewed it.
type Drift struct {
	Model  *model.Model
	Entity *model.Entity
	Key    string // path in the entity, "dagsorden.status.tekst"; "kind.id" when the entity is gone
	Old    string // "" when the value is new
	New    string // "" when the value is gone

	// What readers know them by, with names for ids. Label has the names of points:
	// "dagsorden: »Velkomst«: minutter".
	Label, Before, Now string
	Unread             bool // readers don't see it as text: where it is from, what is core

	reviewed *source.Node // the old value in gennemgaaet.toml
}

// describe fills in what readers know a drift by.
func (l *layer) describe(d *Drift) {
	if d.Entity == nil {
		kind, _, _ := strings.Cut(d.Key, ".")
		if k := l.set().Kind(kind); k != nil {
			d.Label = k.One
		}
		d.Before = d.Old
		return
	}
	if d.Key == guideKey {
		d.Label, d.Before, d.Now = guideKey, onlyIn(d.Old, d.New), onlyIn(d.New, d.Old)
		return
	}
	w := walker{model: d.Model}
	t, at := d.Entity.Descriptor().Type, d.Entity.At.Node()
	path := d.Model.ID + "/" + d.Entity.Kind + "." + d.Entity.ID
	unit := ""
	for _, part := range strings.Split(d.Key, ".") {
		path, at = path+"."+part, at.Get(part)
		name := ""
		key := t.Key(part)
		if t = t.In(part); key != nil {
			unit = key.Unit
			d.Unread = d.Unread || key.Policy == schema.Source
			if key.Policy != schema.Firmer { // else the table is named after it
				name = key.Label
			}
		} else if t != nil {
			name = cmp.Or(w.role(t, &source.Node{Key: part}), w.caption(at), w.caption(l.reviewedTable(path)))
		}
		if name != "" {
			d.Label = prefixed(d.Label, name)
		}
	}
	if t != nil && t.Form == schema.Table && firmKey(t) != nil {
		t = firmKey(t).Type
	}
	d.Before, d.Now = w.words(t, d.Old), w.words(t, d.New)
	for _, text := range []*string{&d.Before, &d.Now} {
		if *text != "" && unit != "" {
			*text += " " + unit
		}
	}
	if t == nil || t.Go.Kind() != reflect.String {
		return
	}
	for _, table := range d.Entity.At.Node().Items { // a point may name another of the entity's tables by id
		d.Before = cmp.Or(w.caption(table.Get(d.Old)), d.Before)
		d.Now = cmp.Or(w.caption(table.Get(d.New)), d.Now)
	}
}

// reviewedTable is what the municipality reviewed of the names of a table.
func (l *layer) reviewedTable(path string) *source.Node {
	record, was := l.files.Reviewed.Get("national"), &source.Node{Kind: source.Table}
	for _, key := range []string{"navn", "tekst"} {
		if n := record.Get(path + "." + key); n != nil {
			named := *n
			named.Key = key
			was.Items = append(was.Items, &named)
		}
	}
	return was
}

// words is a value of gennemgaaet.toml as readers see it.
func (w *walker) words(t *schema.Type, value string) string {
	if t == nil || value == "" {
		return value
	}
	if t.Form == schema.List {
		parts := strings.Split(value, listSeparator)
		for i, p := range parts {
			parts[i] = w.words(t.Elem, p)
		}
		return listed(parts)
	}
	if t.Form == schema.Scalar && t.Go.Kind() == reflect.Bool {
		return map[string]string{"true": "ja", "false": "nej"}[value]
	}
	text := w.word(t, value)
	if text == value && (t.Form == schema.Ref || t.Form == schema.AnyRef) {
		return "(findes ikke mere)"
	}
	return text
}

// markup is Markdown that is no words: links' addresses, bold and italics.
var markup = regexp.MustCompile(`\[([^]]*)\]\([^)]*\)|\*+`)

var reference = regexp.MustCompile(`\[\]\(([\w-]+:[\w-]+)\)`)

// plain is a text without its Markdown, with the names of what it refers to.
func (w *walker) plain(text string) string {
	text = reference.ReplaceAllStringFunc(text, func(ref string) string {
		return w.word(&schema.Type{Form: schema.AnyRef}, reference.FindStringSubmatch(ref)[1])
	})
	return lineMark.ReplaceAllString(markup.ReplaceAllString(text, "$1"), "")
}

// lineMark begins a heading, a quotation or an item of a list in Markdown.
var lineMark = regexp.MustCompile(`(?m)^[ \t]*(?:#+|>|-)[ \t]+`)

var blankLines = regexp.MustCompile(`\r?\n(?:\s*\n)+`)

// onlyIn gives the paragraphs of a text that another lacks.
func onlyIn(text, other string) string {
	theirs := blankLines.Split(other, -1)
	return strings.TrimSpace(strings.Join(slices.DeleteFunc(blankLines.Split(text, -1), func(p string) bool {
		return slices.ContainsFunc(theirs, func(o string) bool { return sameWords(o, p) })
	}), "\n\n"))
}

// drift compares the national text with what the municipality last reviewed.
func (l *layer) drift(h *model.Handbook) []Drift {
	list := l.adaptations(l.files)
	now := l.review(list)
	reviewed := l.files.Reviewed.Get("national")
	switch {
	case reviewed == nil && len(now.National) == 0:
		return nil
	case reviewed == nil:
		l.add(diag.Diag{Severity: diag.Warning, Code: "ikke-gennemgaaet",
			Pos:     diag.Pos{File: l.o.Dir + "/kommune.toml"},
			Message: "tilpasningerne er ikke gennemgået mod en udgave",
			Help:    "Læs dem igennem, og kør haandbog review " + l.o.Slug + "."})
		return nil
	}
	if u := l.files.Reviewed.Get("udgave"); u != nil && h.Municipal.Reviewed == "" {
		h.Municipal.Reviewed = u.Str
	}
	var changes []Drift
	seen := map[string]bool{}
	recorded := map[string]bool{} // entities
	for _, n := range reviewed.Items {
		recorded[entityOf(n.Key)] = true
	}
	unknown := map[string]bool{}
	for _, kv := range now.National {
		if entity := entityOf(kv[0]); !recorded[entity] {
			unknown[entity] = true
		}
	}
	l.unreviewed(h, list, unknown)
	if len(now.National) == 0 {
		return nil
	}
	adapted := map[string]bool{}
	for _, kv := range now.Local {
		adapted[kv[0]] = true
	}
	for _, kv := range now.National {
		seen[kv[0]] = true
		if unknown[entityOf(kv[0])] {
			continue // adapted since, not changed since
		}
		n := reviewed.Get(kv[0])
		old := ""
		if n != nil {
			old = n.Str
		}
		if !sameWords(old, kv[1]) {
			changes = append(changes, l.change(kv[0], old, kv[1], n))
		}
	}
	gone := map[string]bool{}
	for _, n := range reviewed.Items {
		modelID, rest, _ := strings.Cut(n.Key, "/")
		kind, _, _ := strings.Cut(rest, ".")
		if seen[n.Key] || l.national.Hidden(modelID) || l.national.Unsure(nil, modelID, kind) {
			continue
		}
		c := l.change(n.Key, n.Str, "", n)
		if c.Entity != nil && !adapted[entityOf(n.Key)] {
			continue // the adaptation is gone, not the national text
		}
		if c.Entity == nil { // once for all of its values
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
	for i := range changes {
		l.describe(&changes[i])
		l.add(l.driftDiag(h, changes[i]))
	}
	return changes
}

// entityOf is the entity of a value's path, "model/kind.id".
func entityOf(path string) string {
	parts := strings.SplitN(path, ".", 3)
	return strings.Join(parts[:min(2, len(parts))], ".")
}

func (l *layer) change(path, old, now string, reviewed *source.Node) Drift {
	modelID, rest, _ := strings.Cut(path, "/")
	parts := strings.SplitN(rest, ".", 3)
	d := Drift{Model: l.national.ModelByID(modelID), Key: cmp.Or(rest, path), Old: old, New: now, reviewed: reviewed}
	if len(parts) < 3 {
		return d
	}
	d.Key = parts[0] + "." + parts[1]
	if d.Model == nil {
		return d
	}
	if ent := l.national.Lookup(d.Model, "", parts[0], parts[1]); ent != nil {
		d.Entity, d.Key = ent.Base(), parts[2]
	}
	return d
}

func (l *layer) driftDiag(h *model.Handbook, c Drift) diag.Diag {
	x := diag.Diag{Severity: diag.Warning, Code: "national-tekst-aendret",
		Pos:  diag.Pos{File: l.o.Dir + "/gennemgaaet.toml"},
		Help: "Læs tilpasningen igennem, og kør haandbog review " + l.o.Slug + "."}
	if c.reviewed != nil {
		x.Pos, x.Width = c.reviewed.Pos, c.reviewed.Width
	}
	w := walker{model: c.Model}
	if c.Entity == nil {
		what := strconv.Quote(c.Key)
		if c.Label != "" && c.Old != "" {
			what = brief(w.plain(c.Old)) + " (" + c.Label + ")"
		}
		x.Message = fmt.Sprintf("%s findes ikke mere i den nationale udgave, som %s gennemgik", what, h.Municipal.Label())
		return x
	}
	name := c.Entity.Kind + "." + c.Entity.ID
	x.Message = fmt.Sprintf("%s, %s: den nationale tekst er ændret, siden %s gennemgik den",
		c.Entity.Label(), cmp.Or(c.Label, strconv.Quote(c.Key)), h.Municipal.Label())
	at := c.Entity.At
	for _, key := range strings.Split(c.Key, ".") {
		at = at.Key(key)
	}
	what, _ := difference(w.plain(c.Before), w.plain(c.Now))
	_, line := difference(c.Old, c.New)
	pos := at.Pos()
	if g, ok := l.guides[c.Model.ID+"/"+name]; ok && c.Key == guideKey {
		pos = diag.Pos{File: g.File, Line: line}
	}
	x.Notes = []diag.Note{{Pos: pos, Message: what}}
	return x
}

// difference describes how a text changed, by the first line that the other lacks. line
// is that line in now, from 1, or 0 if no line is new.
func difference(old, now string) (what string, line int) {
	gone, _ := firstMissing(old, now)
	come, line := firstMissing(now, old)
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

// firstMissing returns the first non-blank line of text that other lacks and its number
// from 1, or "" and 0.
func firstMissing(text, other string) (line string, number int) {
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
