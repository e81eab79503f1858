package edit

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/needs"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// Whatever is typed into whatever field of the real content: the file then says that and
// nothing else, every other byte stands, and what is undone is as it was.
func TestRandomAnswers(t *testing.T) {
	d := desk(t)
	const seed = 19
	edits, saved := 200, 5
	if needs.All {
		edits, saved = 10_000, 400
	}
	r := &rambler{T: t, d: d, views: map[string]*view{}, Rand: rand.New(rand.NewPCG(seed, seed))}
	r.targets = r.everything()
	if len(r.targets) < 1000 {
		t.Fatalf("only %d things to edit", len(r.targets))
	}
	for i := range edits {
		r.edit(i, i%(edits/saved) == 0)
		if t.Failed() {
			return
		}
	}
	t.Logf("%d edits, %d refused, %d saved", edits, r.refused, r.saved)
	if r.refused > edits/3 || r.saved < saved/4 {
		t.Error("too few edits were made")
	}
}

// rambler types at random.
type rambler struct {
	*testing.T
	*rand.Rand
	d              *Desk
	targets        []Target
	refused, saved int
	views          map[string]*view // by edition, until something is saved
}

func (r *rambler) view(edition string) *view {
	if r.views[edition] == nil {
		v, err := r.d.view(edition)
		if err != nil {
			r.Fatal(err)
		}
		r.views[edition] = v
	}
	return r.views[edition]
}

// everything is all that has a form: tables and guidance, national and local.
func (r *rambler) everything() []Target {
	var out []Target
	add := func(t Target) { out = append(out, t) }
	for _, file := range r.d.contentFiles() {
		at, isGuide, ok := r.d.located(file)
		switch {
		case !ok || path.Base(file) == reviewFile:
		case isGuide:
			add(at)
		default:
			for _, kind := range r.d.tree(file).Items {
				t := at
				if t.Kind = kind.Key; t.isSingle() {
					t.ID = map[bool]string{true: t.Model}[t.Kind == modelKind]
					r.tables(t, t.entityType(), kind, add)
					continue
				}
				for _, n := range kind.Items {
					t.ID = n.Key
					r.tables(t, t.entityType(), n, add)
					if t.Edition == "" && t.Model == "laeringsmiljoe" {
						t := t
						t.Edition = "eksempel"
						r.tables(t, t.entityType(), n, add)
					}
				}
			}
		}
	}
	return out
}

func (r *rambler) tables(t Target, typ *schema.Type, n *source.Node, add func(Target)) {
	add(t)
	for _, k := range typ.Keys {
		if table := n.Get(k.Name); k.Type.Form == schema.Keyed && table != nil {
			for _, child := range table.Items {
				r.tables(t.below(k.Name, child.Key), k.Type.Elem, child, add)
			}
		}
	}
}

// edit changes one field, and another with it now and then.
func (r *rambler) edit(i int, save bool) {
	t := r.targets[r.IntN(len(r.targets))]
	v := r.view(t.Edition)
	f, err := v.form(t)
	if err != nil {
		r.Fatal(t, err)
	}
	values := map[string][]string{}
	for range 1 + r.IntN(2) {
		var open []Field
		for _, x := range f.Fields {
			if x.Fixed == "" {
				open = append(open, x)
			}
		}
		if len(open) > 0 {
			x := open[r.IntN(len(open))]
			values[x.Name] = r.value(x)
		}
	}
	a := Answer{Target: t, Version: f.Version, Values: values}
	p, err := v.plan(f, a)
	var no refusal
	if errors.As(err, &no) {
		r.refused++
		return
	}
	if err != nil {
		r.Errorf("%d: %s %q: %v", i, t, values, err)
		return
	}
	was, err := r.d.bytes(p.files)
	if err != nil {
		r.Fatal(err)
	}
	name := fmt.Sprintf("%d: %s %q", i, t, values)
	if t.Guidance {
		r.guidance(name, f, values, was[f.File], p.files[f.File])
	} else {
		r.table(name, f, values, was[f.File], p.files[f.File])
		r.inverse(name, v, f, values, p.files, was)
	}
	if save {
		r.save(name, a)
	}
}

// words are what people type, and what they paste.
var words = []string{"Ny tekst", "Et citat: \"sådan\" og en \\ skråstreg", "Æbler – »gåseøjne« … og §", "  for meget luft  ",
	"det's 'enkelt' og '''tredobbelt'''", "\"\"\" tre", "slutter på \\", "slutter på \"", "# ingen kommentar", "[ikke.en.tabel]", "a = 1",
	"🙂", "ja", "true", "12", "2026-01-01", "tab\tinde"}

func (r *rambler) word() string { return words[r.IntN(len(words))] }

// value is something that could be typed in a field.
func (r *rambler) value(x Field) []string {
	if r.IntN(8) == 0 {
		return nil
	}
	switch x.Input {
	case Prose:
		s := r.word()
		for r.IntN(3) == 0 {
			s += []string{"\r\n", "\n", "\r\n\r\n", "\n  - "}[r.IntN(4)] + r.word()
		}
		return []string{s}
	case Markdown:
		lines := strings.Split(strings.Join(x.Value, ""), "\n")
		lines[r.IntN(len(lines))] = r.word()
		return []string{strings.Join(lines, "\r\n")}
	case Number:
		return []string{strconv.Itoa(r.IntN(200))}
	case Flag:
		return []string{yes}
	case Date:
		return []string{"2027-0" + strconv.Itoa(1+r.IntN(9)) + "-11"}
	case Choice:
		if len(x.Options) > 0 {
			return []string{x.Options[r.IntN(len(x.Options))].Value}
		}
	case Choices, Lines, Cites:
		out := slices.Clone(x.Value)
		r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
		out = out[:r.IntN(len(out)+1)]
		for r.IntN(2) == 0 {
			switch {
			case x.Input == Lines:
				out = append(out, r.word())
			case len(x.Options) > 0:
				value := x.Options[r.IntN(len(x.Options))].Value
				out = append(out, value+map[bool]string{true: ": kap. 1, \"citat\""}[x.Input == Cites])
			}
		}
		return out
	}
	return []string{r.word()}
}

// table checks that a TOML file says what was typed and otherwise what it said.
func (r *rambler) table(name string, f *Form, values map[string][]string, was, now []byte) {
	before, after := decoded(r.T, was), decoded(r.T, now)
	for field, typed := range values {
		x, _ := f.field(field)
		typed = tidied(x.Input, typed)
		if same(typed, x.Value) && !x.proposed {
			continue
		}
		path := append(f.Target.tomlPath(), strings.Split(field, ".")...)
		got := said(lookup(after, path, f.Target.tableType()))
		if f.Target.isLocal() {
			continue // what is the same as the national isn't written
		}
		if x.Input == Flag && len(typed) == 0 && got == "false" {
			got = ""
		}
		want := strings.Join(typed, "\x00")
		if x.Input == Flag && want == yes {
			want = "true"
		}
		if got != want {
			r.Errorf("%s: %s says %q, want %q", name, field, got, want)
		}
	}
	own := f.Target.tomlPath()
	cutOut(before, own, f)
	cutOut(after, own, f)
	if !reflect.DeepEqual(pruned(before), pruned(after)) {
		r.Errorf("%s: something else changed\n%s", name, lines(string(was), string(now)))
	}
	if a, b := comments(was), comments(now); a != b && now != nil && !f.Target.isLocal() {
		r.Errorf("%s: other comments\n%s", name, lines(a, b))
	}
}

// guidance checks that a text has the lines that were typed, and the others' bytes.
func (r *rambler) guidance(name string, f *Form, values map[string][]string, was, now []byte) {
	typed, answered := values[guidanceField]
	if !answered {
		return
	}
	if got := strings.TrimSpace(plainBreaks(string(now))); got != strings.TrimSpace(plainBreaks(strings.Join(typed, ""))) {
		r.Errorf("%s: the text is\n%s", name, got)
	}
	if d := hunks(was, now); len(d) > 1 && now != nil && len(splitLines(was)) == len(splitLines(now)) {
		r.Errorf("%s: %d places changed", name, len(d))
	}
}

func breaks(values []string) bool { return strings.Contains(strings.Join(values, ""), "\n") }

// inverse answers with what stood there: the file is what it was, byte for byte. But a key
// that was taken away may come back elsewhere in its table, a text that once had several
// lines keeps its quotes, and what is not so needs no key that says so.
func (r *rambler) inverse(name string, v *view, f *Form, values map[string][]string, files, was candidate) {
	if f.Target.isLocal() {
		return
	}
	old := map[string][]string{}
	gone := false
	for field, typed := range values {
		x, _ := f.field(field)
		old[field] = x.Value
		gone = gone || len(tidied(x.Input, typed)) == 0 && len(x.Value) > 0 || breaks(typed) != breaks(x.Value)
	}
	r.d.over = files
	defer func() { r.d.over = nil }()
	g, err := v.form(f.Target)
	if err != nil {
		r.Errorf("%s: %v", name, err)
		return
	}
	p, err := v.plan(g, Answer{Target: f.Target, Version: g.Version, Values: old})
	if err != nil {
		r.Errorf("%s: back: %v", name, err)
		return
	}
	got := lines(string(was[f.File]), string(p.files[f.File]))
	if got != "" && !gone && !(strings.HasPrefix(got, "-") && strings.HasSuffix(got, " = false\n")) {
		r.Errorf("%s: not what it was\n%s", name, got)
	}
}

// save goes the whole way: what is written brings no error, and what is undone is gone.
func (r *rambler) save(name string, a Answer) {
	was := files(r.T, r.d)
	result := r.d.Save(a)
	if result.Change == nil {
		if now := files(r.T, r.d); !maps.Equal(was, now) {
			r.Errorf("%s: refused, and written", name)
		}
		return
	}
	r.saved++
	clear(r.views)
	before := map[string]bool{}
	errorsNow := func() []diag.Diag {
		snap, _, err := r.d.Read(false)
		if err != nil {
			r.Fatal(err)
		}
		return slices.DeleteFunc(snap.QuickDiags(), func(d diag.Diag) bool { return d.Severity != diag.Error || before[d.Message] })
	}
	if wrong := errorsNow(); len(wrong) > 0 {
		r.Errorf("%s: %v", name, wrong)
	}
	if back := r.d.Undo(result.Change.ID); back.Change == nil {
		r.Errorf("%s: not undone: %s", name, back.Message)
	}
	if now := files(r.T, r.d); !maps.Equal(was, now) {
		r.Errorf("%s: not undone", name)
	}
}
