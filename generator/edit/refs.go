package edit

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
	"modelhaandbog/generator/wording"
)

// References, wherever they are written: in values, as the ids of tables, in texts, in the
// names of files.

// mention is one place that names a target.
type mention struct {
	file string
	path []string // of the value or the key in a TOML file; nil in a Markdown file
	what mentioned
}

type mentioned int

const (
	byValue mentioned = iota // the text is the id, or begins or ends with it
	byKey                    // the key at the end of the path is the id
	byText                   // Markdown that links to it
	byFile                   // the file's name is the id
)

// mentions are the places that name a target, in the order of the files. The target's own
// table is none.
func (v *view) mentions(t Target) []mention {
	var out []mention
	for _, file := range v.contentFiles() {
		at, isGuide, ok := v.located(file)
		if !ok || t.Edition != "" && at.Edition != t.Edition || path.Base(file) == reviewFile {
			continue
		}
		m := mentioner{want: t, in: at, file: file}
		if isGuide {
			m.guide(v.Desk)
		} else if tree := v.tree(file); tree != nil {
			m.tables(tree)
		}
		out = append(out, m.found...)
	}
	return out
}

// reviewFile holds what a municipality has reviewed.
const reviewFile = "gennemgaaet.toml"

// contentFiles are the TOML and Markdown files of the content, sorted.
func (d *Desk) contentFiles() []string {
	root, err := d.content(contentDir + "x")
	if err != nil {
		return nil
	}
	defer root.Close()
	var out []string
	fs.WalkDir(root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && (path.Ext(name) == ".toml" || path.Ext(name) == ".md") && path.Base(name) != wording.File {
			out = append(out, contentDir+name)
		}
		return nil
	})
	return out
}

// mentioner looks for a target in one file.
type mentioner struct {
	want  Target
	in    Target // what the file's path says
	file  string
	found []mention
}

func (m *mentioner) add(what mentioned, path []string) {
	m.found = append(m.found, mention{m.file, slices.Clone(path), what})
}

func (m *mentioner) guide(d *Desk) {
	if m.in.Kind == m.want.Kind && m.in.ID == m.want.ID && m.in.Model == m.want.Model && m.in.Edition != m.want.Edition &&
		len(m.want.Path) == 0 {
		m.add(byFile, nil)
	}
	if data, err := d.read(m.file); err == nil && m.links(string(data)) {
		m.add(byText, nil)
	}
}

func (m *mentioner) tables(tree *source.Node) {
	for _, kind := range tree.Items {
		t := m.in
		t.Kind = kind.Key
		if t.isSingle() {
			m.entity(kind, t, []string{kind.Key})
			continue
		}
		for _, n := range kind.Items {
			t.ID = n.Key
			m.entity(n, t, []string{kind.Key, n.Key})
		}
	}
}

func (m *mentioner) entity(n *source.Node, t Target, path []string) {
	typ := t.entityType()
	if typ == nil {
		return
	}
	same := t.Kind == m.want.Kind && t.Model == m.want.Model && (t.isSingle() || t.ID == m.want.ID)
	if same && t.Edition != m.want.Edition && at(n, m.want.Path) != nil {
		m.add(byKey, append(slices.Clip(path), m.want.Path...)) // a municipality's, laid over it
	}
	m.walk(n, typ, t, path)
}

// walk follows a table's type. t is the entity that it belongs to.
func (m *mentioner) walk(n *source.Node, typ *schema.Type, t Target, path []string) {
	for _, item := range n.Items {
		below := append(slices.Clip(path), item.Key)
		if typ.Form == schema.Keyed {
			m.walk(item, typ.Elem, t, below)
			continue
		}
		k := typ.Key(item.Key)
		if k == nil {
			continue
		}
		if k.Type.Form == schema.Keyed && item.Kind == source.Table {
			for _, child := range item.Items {
				if m.names(k.Of, child.Key, t) {
					m.add(byKey, append(slices.Clip(below), child.Key))
				}
				in := t
				if k.Of == modelKind && t.Model == "" {
					in.Model = child.Key // what is said of a model refers to what is in it
				}
				m.walk(child, k.Type.Elem, in, append(slices.Clip(below), child.Key))
			}
			continue
		}
		m.value(item, k, k.Type, t, below)
	}
}

func (m *mentioner) value(n *source.Node, k *schema.Key, typ *schema.Type, t Target, path []string) {
	switch {
	case typ.Form == schema.Table && n.Kind == source.Table:
		m.walk(n, typ, t, path)
	case n.Kind == source.Array && typ.Form == schema.List:
		for i, item := range n.Items {
			m.value(item, k, typ.Elem, t, append(slices.Clip(path), strconv.Itoa(i)))
		}
	case typ.Form == schema.List:
		m.value(n, k, typ.Elem, t, path)
	case n.Kind != source.String:
	case m.refers(n.Str, k, typ, t, path):
		m.add(byValue, path)
	case typ.Form == schema.Text && m.links(n.Str):
		m.add(byText, path)
	}
}

// refers reports whether a text that is no prose names the target.
func (m *mentioner) refers(s string, k *schema.Key, typ *schema.Type, t Target, path []string) bool {
	switch typ.Form {
	case schema.Ref:
		return m.names(typ.To.Key, s, t)
	case schema.Cite:
		id, _, _ := strings.Cut(s, ":")
		return m.names("kilde", strings.TrimSpace(id), t)
	case schema.AnyRef:
		return m.anyRef(s, t)
	case schema.Scalar:
		switch k.Of {
		case schema.OfSiblings:
			return m.sibling(s, t, path)
		case "":
			return false
		}
		return m.names(k.Of, s, t)
	}
	return false
}

// names reports whether an id of a kind, or of a Keyed of the entity, is the target's.
func (m *mentioner) names(kind, id string, t Target) bool {
	w := m.want
	if kind == "" || id == "" {
		return false
	}
	if kind == modelKind {
		return w.Kind == modelKind && w.Model == id && len(w.Path) == 0
	}
	k := w.schema().Kind(kind)
	if k == nil { // a Keyed of the same entity
		return w.Kind == t.Kind && w.ID == t.ID && w.Model == t.Model && slices.Equal(w.Path, []string{kind, id})
	}
	return w.Kind == kind && w.ID == id && len(w.Path) == 0 && (k.Shared || w.Model == t.Model)
}

// sibling reports whether an id beside the table at path's end is the target's.
func (m *mentioner) sibling(id string, t Target, path []string) bool {
	w := m.want
	own := path[len(t.entityPath()) : len(path)-1] // the table in its entity
	if len(own) == 0 {
		return w.Kind == t.Kind && w.Model == t.Model && w.ID == id && len(w.Path) == 0
	}
	return w.Kind == t.Kind && w.Model == t.Model && w.ID == t.ID &&
		slices.Equal(w.Path, append(slices.Clone(own[:len(own)-1]), id))
}

// anyRef reports whether "model/kind:id#list.point" names the target or something in it.
func (m *mentioner) anyRef(s string, t Target) bool {
	if in, rest, ok := strings.Cut(s, "/"); ok {
		t.Model, s = in, rest
	}
	s, point, _ := strings.Cut(s, "#")
	kind, id, _ := strings.Cut(s, ":")
	w := m.want
	if len(w.Path) > 0 {
		return point == strings.Join(w.Path, ".") && w.Kind == kind && w.ID == id && w.Model == t.Model
	}
	return m.names(kind, id, t)
}

// link is a link of Markdown, inline or defined, to "model/kind:id".
var link = regexp.MustCompile(`(?m)(\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:\s*<?)(?:([\w-]+)/)?([a-z]+):([\w.-]+)`)

// links reports whether a text has a link to the target.
func (m *mentioner) links(text string) bool {
	return slices.ContainsFunc(link.FindAllStringSubmatch(text, -1), m.isLink)
}

// isLink reports whether a match of link is one to the target.
func (m *mentioner) isLink(match []string) bool {
	if len(m.want.Path) > 0 {
		return false
	}
	t := m.in
	if match[2] != "" {
		t.Model = match[2]
	}
	if match[3] == answerLink {
		k := m.want.kind()
		return k != nil && k.Type.Key("svar") != nil && m.names(k.Key, match[4], t)
	}
	return m.names(match[3], match[4], t)
}

// answerLink is the kind in links to what a municipality has answered.
const answerLink = "lokal"

// Uses lists what refers to a target.
func (d *Desk) Uses(t Target) []Use {
	d.mu.Lock()
	defer d.mu.Unlock()
	v, err := d.view(t.Edition)
	if err != nil {
		return nil
	}
	return v.uses(t)
}

func (v *view) uses(t Target) []Use {
	var out []Use
	for _, m := range v.mentions(t) {
		at, isGuide, _ := v.located(m.file)
		u := Use{Target: at}
		if !isGuide {
			var rest []string
			u.Target, rest = at.reach(m.path)
			u.Label = u.Target.labelOf(rest)
		}
		if u.Target.entity().String() == t.entity().String() && m.what != byFile {
			continue // in itself
		}
		in := *v
		in.local = nil
		if u.Target.Edition != "" {
			in.local = v.snap.Edition(u.Target.Edition)
		}
		u.Name = in.title(u.Target)
		u.Page, u.Title, u.Edition = v.page(u.Target)
		if !slices.ContainsFunc(out, func(x Use) bool { return x.Target.String() == u.Target.String() && x.Label == u.Label }) {
			out = append(out, u)
		}
	}
	return out
}

// labelOf is what a key in the target's table is called.
func (t Target) labelOf(rest []string) string {
	typ := t.tableType()
	label := ""
	for _, key := range rest {
		k := typ.Key(key)
		if k == nil {
			break
		}
		label, typ = k.Label, k.Type
	}
	return label
}
