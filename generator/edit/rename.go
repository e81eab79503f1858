package edit

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// A new id, and all that has the old one.

// Rename gives a new id, keeps the old one under tidligere and changes all references.
// They are in Result.Uses until it is asked for with sure.
func (d *Desk) Rename(t Target, id, version string, sure bool) Result {
	return d.change(t, version, func(v *view, f *Form) (*plan, error) {
		switch {
		case v.namedAfter(t) != "":
			return nil, refusal("Id'et er også navnet på mappen " + v.namedAfter(t) +
				" og står i alle dens adresser. Det ændres ikke i browseren.")
		case !f.Renamable:
			return nil, refusal("Id'et kan ikke ændres her.")
		case source.Slug(id) != id || id == "":
			return nil, refusal("Et id skrives med små bogstaver a-z, tal og bindestreg, fx \"" +
				cmp.Or(source.Slug(id), "faelles-maal") + "\".")
		case v.taken(t.parent(), id) && !v.wasOnce(t, id):
			return nil, refusal("Id'et \"" + id + "\" er taget.")
		}
		if uses := v.uses(t); len(uses) > 0 && !sure {
			return nil, inUse(uses)
		}
		return v.renaming(f, id)
	})
}

// namedAfter is the folder that is called by the target's id: a model's, or a
// municipality's that has one; "" for none.
func (d *Desk) namedAfter(t Target) string {
	in := Target{Model: t.Model}
	switch {
	case len(t.Path) > 0:
		return ""
	case t.Kind == ownKind:
		in.Edition = cmp.Or(t.Edition, t.ID)
	case t.Kind != modelKind:
		return ""
	}
	if len(d.list(in.folder())) == 0 {
		return ""
	}
	return in.folder()
}

// inUse are those that refer to what is to be changed.
type inUse []Use

func (inUse) Error() string { return "Andet henviser til det." }

// wasOnce reports whether the target itself had the id before.
func (v *view) wasOnce(t Target, id string) bool {
	n := v.lookup(t)
	return n != nil && len(t.Path) == 0 && slices.Contains(n.Base().Former, id)
}

// parent is what NewForm takes for things like the target.
func (t Target) parent() Target {
	if len(t.Path) > 0 {
		return t.above()
	}
	t.ID = ""
	return t
}

// change makes a plan for a target that is as it was shown, checks it and writes it.
func (d *Desk) change(t Target, version string, what func(*view, *Form) (*plan, error)) Result {
	d.mu.Lock()
	defer d.mu.Unlock()
	v, err := d.view(t.Edition)
	if err != nil {
		return failed(err)
	}
	f, err := v.form(t)
	if err != nil {
		return failed(err)
	}
	if f.Version != version {
		return Result{Form: f, Conflict: &Conflict{File: f.File, Version: f.Version}}
	}
	p, err := what(v, f)
	var uses inUse
	switch {
	case errors.As(err, &uses):
		return Result{Form: f, Uses: uses}
	case err != nil:
		return Result{Form: f, Message: reason(err)}
	}
	p.details = append([]Difference{}, p.details...)
	return v.finish(p, f, Answer{Target: t}, true)
}

// renaming makes the edits of a new id.
func (v *view) renaming(f *Form, id string) (*plan, error) {
	t := f.Target
	to := t.parent().child(id)
	r := &rewriter{view: v, docs: map[string]*source.Document{}, files: candidate{}}
	for _, m := range slices.Backward(v.mentions(t)) { // from the inside out
		if err := r.rename(m, t, id); err != nil {
			return nil, fmt.Errorf("%s: %w", m.file, err)
		}
	}
	doc, err := r.open(f.File)
	if err != nil {
		return nil, err
	}
	if err := doc.Rename(t.tomlPath(), id); err != nil {
		return nil, err
	}
	if former := to.entityType().Key("tidligere"); former != nil && len(t.Path) == 0 && t.Edition == "" {
		if err := keepFormer(doc, to, t.ID, id); err != nil {
			return nil, err
		}
	}
	if file := t.guideFile(); len(t.Path) == 0 && v.exists(file) {
		r.moveFile(file, to.guideFile())
	}
	p := &plan{files: r.done(), what: "Nyt id", about: to, wide: true,
		details: []Difference{{Label: "Id", Before: last(t), After: id}}}
	return p, v.renameReviewed(p, t, id)
}

func last(t Target) string {
	if len(t.Path) > 0 {
		return t.Path[len(t.Path)-1]
	}
	return t.ID
}

// keepFormer writes the old id under tidligere, so that old addresses lead on.
func keepFormer(doc *source.Document, t Target, old, id string) error {
	path := t.tomlPath()
	n := at(doc.Root(), path)
	list := &source.Node{Kind: source.Array}
	for _, s := range append(shown(n.Get("tidligere")), old) {
		if s != id && !slices.ContainsFunc(list.Items, func(x *source.Node) bool { return x.Str == s }) {
			list.Items = append(list.Items, &source.Node{Kind: source.String, Str: s})
		}
	}
	key := append(slices.Clone(path), "tidligere")
	if before := beforeKey(t.entityType(), n, "tidligere"); n.Get("tidligere") == nil && before != "" {
		return doc.SetAfter(key, list, before)
	}
	return doc.Set(key, list)
}

// beforeKey is the key of a table that a new one stands after: the nearest that forms have
// before it; "" for none.
func beforeKey(typ *schema.Type, n *source.Node, key string) string {
	found := ""
	for _, k := range inOrder(typ) {
		if k.Name == key {
			break
		}
		if n.Get(k.Name) != nil && k.Type.Form != schema.Keyed {
			found = k.Name
		}
	}
	return found
}

// rewriter edits several files.
type rewriter struct {
	*view
	docs  map[string]*source.Document
	files candidate // that are no tables, and new names
	moved map[string]string
}

func (r *rewriter) open(file string) (*source.Document, error) {
	if r.docs[file] == nil {
		doc, err := r.view.open(file)
		if err != nil {
			return nil, err
		}
		r.docs[file] = doc
	}
	return r.docs[file], nil
}

// done are the files with their new bytes.
func (r *rewriter) done() candidate {
	for file, doc := range r.docs {
		r.files[file] = doc.Bytes()
		if len(r.files[file]) == 0 {
			r.files[file] = nil
		}
	}
	return r.files
}

// text is a Markdown file as it stands after the edits so far.
func (r *rewriter) text(file string) []byte {
	if to := r.moved[file]; to != "" {
		file = to
	}
	if data, ok := r.files[file]; ok {
		return data
	}
	data, _ := r.read(file)
	return data
}

func (r *rewriter) putText(file string, data []byte) {
	if to := r.moved[file]; to != "" {
		file = to
	}
	r.files[file] = data
}

func (r *rewriter) moveFile(file, to string) {
	data := r.text(file)
	if r.moved == nil {
		r.moved = map[string]string{}
	}
	r.files[file], r.files[to], r.moved[file] = nil, data, to
}

// rename writes the new id in one place.
func (r *rewriter) rename(m mention, t Target, id string) error {
	in, _, _ := r.located(m.file)
	relink := func(s string) string { return relinked(s, mentioner{want: t, in: in}, id) }
	switch {
	case m.what == byFile:
		r.moveFile(m.file, path.Join(path.Dir(m.file), id+".md"))
		return nil
	case m.path == nil:
		r.putText(m.file, []byte(relink(string(r.text(m.file)))))
		return nil
	}
	doc, err := r.open(m.file)
	if err != nil {
		return err
	}
	old := element(doc.Root(), m.path)
	switch m.what {
	case byKey:
		return doc.Rename(m.path, id)
	case byText:
		return doc.Set(m.path, &source.Node{Kind: source.String, Str: relink(old.Str)})
	}
	return doc.Set(m.path, &source.Node{Kind: source.String, Str: renamed(old.Str, t, id)})
}

// element is the node under a path in which numbers stand for elements of lists.
func element(n *source.Node, path []string) *source.Node {
	for _, key := range path {
		if i, err := strconv.Atoi(key); n != nil && n.Kind == source.Array && err == nil && i < len(n.Items) {
			n = n.Items[i]
			continue
		}
		n = n.Get(key)
	}
	return n
}

// renamed is a reference with the new id: an id, "source: place" or
// "model/kind:id#list.point".
func renamed(s string, t Target, id string) string {
	old := last(t)
	switch {
	case s == old:
		return id
	case len(t.Path) > 0:
		return strings.TrimSuffix(s, "."+old) + "." + id
	}
	if rest, ok := strings.CutPrefix(strings.TrimSpace(s), old); ok && strings.HasPrefix(strings.TrimSpace(rest), ":") {
		return id + rest // a citation
	}
	head, tail, _ := strings.Cut(s, "#")
	head = strings.TrimSuffix(head, ":"+old) + ":" + id
	if tail != "" {
		head += "#" + tail
	}
	return head
}

// relinked is a text in which links to the target have the new id.
func relinked(text string, m mentioner, id string) string {
	var b strings.Builder
	at := 0
	for _, loc := range link.FindAllStringSubmatchIndex(text, -1) {
		match := make([]string, len(loc)/2)
		for i := range match {
			if loc[2*i] >= 0 {
				match[i] = text[loc[2*i]:loc[2*i+1]]
			}
		}
		if m.isLink(match) {
			b.WriteString(text[at:loc[8]] + id)
			at = loc[9]
		}
	}
	return b.String() + text[at:]
}
