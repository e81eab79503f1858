package model

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Input is the parsed content of a site, without the municipalities' folders.
type Input struct {
	Shared []*source.Node // the .toml files of content/
	Models []Folder       // content/modeller/<id>/
	Drafts bool           // include models marked kladde, for the preview
}

// Folder is the parsed .toml files of one model's folder.
type Folder struct {
	ID    string
	Dir   string // for diagnostics about the folder as a whole
	Files []*source.Node
}

// National is the linked national edition, from which municipalities' editions
// are made one at a time.
type National struct {
	*Handbook
	Diags  []diag.Diag
	Tables Tables
	Lost   Lost
}

// Tables are an edition's tables before decoding, one tree per folder.
type Tables struct {
	Shared *source.Node
	Models map[string]*source.Node // by id
	Schema *schema.Set             // the kinds; nil for the built-in ones
}

// Lost records what could not be read, so that its absence is not reported as a second
// mistake.
type Lost struct {
	Unsure Unsure
	Files  map[string]bool // files that were only partly read
}

// Clone returns a copy that can be changed.
func (l Lost) Clone() Lost { return Lost{maps.Clone(l.Unsure), maps.Clone(l.Files)} }

// Combine joins the files of one folder into one tree, and reports keys outside a table
// and duplicate ids. help says in Danish which header to write above a key without one.
// scope is the model's id, or "" for shared tables.
func (l Lost) Combine(scope, dir string, files []*source.Node, help func(*source.Node) string) (*source.Node,
	[]diag.Diag) {
	files, loose := dropLooseKeys(files, help)
	root, twice := combine(dir, files)
	for _, f := range files {
		if f.Partial {
			l.Unsure[scope] = true
			l.Files[f.Pos.File] = true
		}
	}
	return root, append(loose, twice...)
}

// Load decodes, links and validates the national edition. The result is usable even when
// Diags has errors.
func Load(in Input) *National {
	n := &National{Tables: Tables{Models: map[string]*source.Node{}}, Lost: Lost{Unsure{}, map[string]bool{}}}
	var diags []diag.Diag
	n.Tables.Shared, n.Diags = n.Lost.Combine("", "content", in.Shared, HeaderForShared)
	var ids []string
	for _, f := range in.Models {
		ids = append(ids, f.ID)
		n.Tables.Models[f.ID], diags = n.Lost.Combine(f.ID, f.Dir, f.Files, HeaderForModel)
		n.Diags = append(n.Diags, diags...)
		if source.Slug(f.ID) != f.ID {
			n.Diags = append(n.Diags, diag.Diag{Severity: diag.Error, Code: "ugyldigt-id", Pos: diag.Pos{File: f.Dir},
				Message: fmt.Sprintf("mappens navn \"%s\" kan ikke bruges som modellens id", f.ID),
				Help:    "Brug små bogstaver a-z, tal og bindestreg" + suggestSlug(f.ID) + "."})
		}
	}
	n.Tables.Schema, diags = Declared(n.Tables.Shared)
	n.Diags = append(n.Diags, diags...)
	d := &decoder{national: true, lost: n.Lost, set: n.Tables.Schema}
	n.Handbook = d.handbook(n.Tables, ids)
	n.Handbook.unsure = n.Lost.Unsure
	n.Diags = append(n.Diags, d.diags...)
	n.Diags = append(n.Diags, link(n.Handbook)...)
	n.Diags = append(n.Diags, validate(n.Handbook)...)
	if !in.Drafts && slices.ContainsFunc(n.Models, func(m *Model) bool { return m.Draft }) {
		n.Handbook = n.published(ids)
	}
	return n
}

// published is the handbook without drafts: references to them are hidden, as in an
// edition of a municipality that doesn't use a model.
func (n *National) published(ids []string) *Handbook {
	h := (&decoder{national: true, lost: n.Lost, set: n.Tables.Schema}).handbook(n.Tables, ids)
	h.unsure = n.Lost.Unsure
	h.Models = slices.DeleteFunc(h.Models, func(m *Model) bool {
		if m.Draft {
			h.hidden[m.ID] = true
		}
		return m.Draft
	})
	link(h)
	return h
}

// dropLooseKeys removes the keys before a file's first header and reports them in one
// diagnostic. The file counts as partly read.
func dropLooseKeys(files []*source.Node, help func(*source.Node) string) ([]*source.Node, []diag.Diag) {
	files = slices.Clone(files)
	var diags []diag.Diag
	for i, f := range files {
		var loose []*source.Node
		kept := *f
		kept.Items = nil
		for _, item := range f.Items {
			doubled := item.Kind == source.Array && len(item.Items) > 0 && item.Items[0].Kind == source.Table
			if item.Kind == source.Table || doubled {
				kept.Items = append(kept.Items, item)
			} else {
				loose = append(loose, item)
			}
		}
		if len(loose) == 0 {
			continue
		}
		kept.Partial = true
		files[i] = &kept
		first, more := loose[0], ""
		switch n := len(loose) - 1; {
		case n == 1:
			more = " (og det gør 1 nøgle mere)"
		case n > 1:
			more = fmt.Sprintf(" (og det gør %d nøgler mere)", n)
		}
		diags = append(diags,
			diag.Diag{Severity: diag.Error, Code: "uden-tabel", Pos: first.KeyPos, Width: len([]rune(first.Key)),
				Message: fmt.Sprintf("\"%s\" står uden for en tabel%s", first.Key, more), Help: help(first)})
	}
	return files, diags
}

// combine joins the files of one folder into one tree and reports duplicate ids.
func combine(dir string, files []*source.Node) (*source.Node, []diag.Diag) {
	root := &source.Node{Kind: source.Table, Pos: diag.Pos{File: dir}}
	var diags []diag.Diag
	at := map[string]int{}
	for _, f := range files {
		root.Partial = root.Partial || f.Partial
		for _, kind := range f.Items {
			i, ok := at[kind.Key]
			if !ok || kind.Kind != source.Table || root.Items[i].Kind != source.Table {
				at[kind.Key] = len(root.Items)
				root.Items = append(root.Items, kind)
				continue
			}
			joined := *root.Items[i]
			joined.Items = slices.Clone(joined.Items)
			for _, child := range kind.Items {
				if first := joined.Get(child.Key); first != nil {
					diags = append(diags,
						diag.Diag{Severity: diag.Error, Code: "dobbelt-id", Pos: child.KeyPos,
							Width:   len([]rune(child.Key)),
							Message: fmt.Sprintf("\"%s.%s\" findes allerede", kind.Key, child.Key),
							Help:    "Giv den ene et andet id, eller saml dem i én tabel.",
							Notes:   []diag.Note{{Pos: first.KeyPos, Message: "står også her"}}})
					continue
				}
				joined.Items = append(joined.Items, child)
			}
			root.Items[i] = &joined
		}
	}
	return root, diags
}

// handbook decodes the shared tables and the models'.
func (d *decoder) handbook(t Tables, ids []string) *Handbook {
	inOrder := d.models(ids, t.Models)
	h := &Handbook{Info: &Info{}, hidden: map[string]bool{}}
	h.entities = d.entities(t.Shared, nil, "haandbog")
	if n := t.Shared.Get("haandbog"); n != nil && n.Kind == source.Table {
		d.table(n, reflect.ValueOf(h.Info).Elem(), Schema().Handbook, "[haandbog]")
	} else if !t.Shared.Partial {
		d.diags = append(d.diags,
			diag.Diag{Severity: diag.Error, Code: "mangler-haandbog", Pos: diag.Pos{File: "content/haandbog.toml"},
				Message: "tabellen [haandbog] mangler",
				Help:    "Opret content/haandbog.toml med [haandbog], titel, udgiver og modeller."})
	}
	h.Title = h.Info.Title
	h.newestFirst()
	h.Models = inOrder(d.order(t.Shared, h.Info.Models, ids))
	return h
}

func (h *Handbook) newestFirst() {
	list := slices.Clone(h.List(releasesKind.Kind))
	slices.SortStableFunc(list, func(a, b Named) int { return strings.Compare(b.(*Release).Date, a.(*Release).Date) })
	h.set(releasesKind.Kind, list)
}

// models starts decoding the models in parallel. The function that it returns waits for
// them and returns them in the given order of ids.
func (d *decoder) models(ids []string, roots map[string]*source.Node) (inOrder func(order []string) []*Model) {
	decoded, parts := make([]*Model, len(ids)), make([]*decoder, len(ids))
	var wg sync.WaitGroup
	for i, id := range ids {
		part := &decoder{national: d.national, lost: Lost{Unsure{}, d.lost.Files}, set: d.set}
		parts[i] = part
		wg.Go(func() { decoded[i] = part.model(id, roots[id]) })
	}
	return func(order []string) []*Model {
		wg.Wait()
		var out []*Model
		for _, id := range order {
			i := slices.Index(ids, id)
			out = append(out, decoded[i])
			d.diags = append(d.diags, parts[i].diags...)
			maps.Copy(d.lost.Unsure, parts[i].lost.Unsure)
		}
		return out
	}
}

// order returns the ids of the models in the handbook's order, the unlisted ones last,
// and reports listed models that don't exist, and models that aren't listed.
func (d *decoder) order(root *source.Node, listed, ids []string) []string {
	var out []string
	list := root.Get("haandbog").Get("modeller")
	for i, id := range listed {
		switch {
		case slices.Contains(out, id):
			d.add(diag.Warning, "model-to-gange", element(list, i), false, "Slet den ene.",
				"modellen \"%s\" står to gange på listen", id)
		case slices.Contains(ids, id):
			out = append(out, id)
		default:
			d.add(diag.Error, "ukendt-reference", element(list, i), false,
				"Opret content/modeller/"+id+"/model.toml, eller fjern modellen fra listen.",
				"ukendt model \"%s\"%s", id, diag.MenteDu(id, ids))
		}
	}
	for _, id := range ids {
		if !slices.Contains(out, id) {
			out = append(out, id)
			if list != nil {
				d.add(diag.Warning, "model-ikke-paa-listen", list, false,
					"Skriv \""+id+"\" der, hvor modellen skal stå i rækkefølgen.",
					"modellen \"%s\" står ikke på listen og vises sidst", id)
			}
		}
	}
	return out
}

// element is the node of an element of a list, or the list itself when a single value is
// short for it.
func element(list *source.Node, i int) *source.Node {
	if list != nil && list.Kind == source.Array && i < len(list.Items) {
		return list.Items[i]
	}
	return list
}

func (d *decoder) model(id string, root *source.Node) *Model {
	d.scope = id
	m := &Model{}
	m.entities = d.entities(root, m, "model")
	if n := root.Get("model"); n != nil && n.Kind == source.Table {
		d.table(n, reflect.ValueOf(m).Elem(), Schema().Model, "[model]")
	} else if !root.Partial {
		d.diags = append(d.diags,
			diag.Diag{Severity: diag.Error, Code: "mangler-model",
				Pos:     diag.Pos{File: "content/modeller/" + id + "/model.toml"},
				Message: "tabellen [model] mangler", Help: "Opret model.toml med [model], titel, slags og status."})
	}
	m.ID, m.Kind, m.Model = id, "model", m
	if m.Name == "" {
		m.Name = m.Title
	}
	return m
}

// link resolves all references of h and reports unknown ones.
func link(h *Handbook) []diag.Diag {
	found := make([][]diag.Diag, len(h.Models))
	var wg sync.WaitGroup
	for i, m := range h.Models {
		wg.Go(func() { found[i] = linkModel(h, m) })
	}
	wg.Wait()
	diags := slices.Concat(found...)
	return append(diags, linkShared(h)...)
}

func linkShared(h *Handbook) []diag.Diag {
	l := &linker{hb: h}
	l.prepare(h)
	l.entities(&h.entities)
	l.perModel()
	return l.diags
}

func linkModel(h *Handbook, m *Model) []diag.Diag {
	l := &linker{hb: h, model: m}
	l.walk(reflect.ValueOf(m).Elem(), Schema().Model)
	l.entities(&m.entities)
	for _, meeting := range m.Meetings() {
		l.meeting(meeting)
	}
	return l.diags
}

func (l *linker) entities(e *entities) {
	for _, k := range e.schema.Kinds {
		for _, n := range e.List(k) {
			l.walk(ValueOf(n), k.Type)
		}
	}
}

// meeting resolves the ids inside a meeting: participants and parts of the agenda.
func (l *linker) meeting(m *Meeting) {
	roles := rolesKind.Kind
	for _, p := range m.Participants.Items {
		if found := l.find(roles, p.ID); found != nil {
			p.Role = found.(*Role)
		} else if p.Name == "" && !l.unsure(roles) {
			ids := l.ids(roles)
			l.diags = append(l.diags,
				diag.Diag{Severity: diag.Error, Code: "ukendt-reference", Pos: p.At.node.KeyPos,
					Width:   len([]rune(p.ID)),
					Message: fmt.Sprintf("ukendt rolle \"%s\" blandt deltagerne%s", p.ID, diag.MenteDu(p.ID, ids)),
					Help: "Brug en rolles id, eller giv gruppen et navn: " + p.ID +
						" = { form = \"overvejes\", navn = \"…\" }."})
		}
	}
	var parts []string
	for _, p := range m.Parts.Items {
		parts = append(parts, p.ID)
	}
	for _, a := range m.Agenda.Items {
		if a.Part != "" && !slices.Contains(parts, a.Part) {
			help := "Mødets dele: " + strings.Join(parts, ", ") + "."
			if len(parts) == 0 {
				help = fmt.Sprintf("Mødet har ingen dele. Opret [moede.%s.dele.%s], eller slet linjen.", m.ID, a.Part)
			}
			l.report(a.At.Key("del"), "ukendt-reference",
				fmt.Sprintf("ukendt del \"%s\" af mødet%s", a.Part, diag.MenteDu(a.Part, parts)), help)
		}
	}
}

// perModel resolves the tables that are keyed by a model's id.
func (l *linker) perModel() {
	check := func(id string, at At) *Model {
		m := l.hb.ModelByID(id)
		if m == nil && !l.hb.hidden[id] && at.node != nil {
			l.unknownModel(at, id)
		}
		return m
	}
	for _, t := range l.hb.Terms() {
		for _, p := range t.PerModel.Items {
			p.Model = check(p.ID, p.At)
		}
	}
	for _, t := range l.hb.Themes() {
		for _, p := range t.PerModel.Items {
			p.Model = check(p.ID, p.At)
		}
	}
	for _, a := range l.hb.Actors() {
		for _, p := range a.PerModel.Items {
			p.Model = check(p.ID, p.At)
		}
	}
	for _, e := range l.hb.Releases() {
		for _, c := range e.Changes.Items {
			if c.Model != "" {
				check(c.Model, c.At.Key("model"))
			}
		}
	}
}
