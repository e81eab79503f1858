package source

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
)

func (e *randomEdit) set(ok func(*Node) bool, value func(old *Node) *Node) {
	root := e.d.Root()
	e.path = e.pick(func(path []string, n *Node) bool { return ok(n) })
	if e.path == nil {
		return
	}
	old := root.at(e.path)
	e.value = value(old)
	from := e.d.lay().spanOf(e.path)
	was := e.d.data
	if !e.do(assign(e.decode(e.before), e.path, plain(e.value)), func() error { return e.d.Set(e.path, e.value) }) {
		return
	}
	if to := e.d.lay().spanOf(e.path); from.to > 0 && to.to > 0 {
		a := string(was[:from.from]) + "…" + string(was[from.to:])
		b := string(e.d.data[:to.from]) + "…" + string(e.d.data[to.to:])
		if a != b {
			e.Errorf("other bytes changed\n%s", cmp.Diff(a, b))
		}
		if old.Kind == String && e.value.Kind == String && was[from.from] == '\'' && literal(e.value.Str, false) &&
			e.d.data[to.from] != '\'' {
			e.Error("the quotes are others")
		}
	}
	if from.to > 0 && old.Kind == Array && e.value.Kind == Array {
		e.onlyElement(was, old)
	}
	if from.to > 0 && reversible(was[from.from:from.to], e.d.lay().raw(e.d.lay().spanOf(e.path))) {
		e.back(func() error { return e.d.Set(e.path, old) })
	}
}

// onlyElement checks that a list with one other element is changed in that element.
func (e *randomEdit) onlyElement(was []byte, old *Node) {
	differ := -1
	for i := range old.Items {
		if len(old.Items) != len(e.value.Items) || differ >= 0 && !same(old.Items[i], e.value.Items[i]) {
			return
		}
		if !same(old.Items[i], e.value.Items[i]) {
			differ = i
		}
	}
	if differ < 0 {
		return
	}
	element := child(e.path, fmt.Sprint(differ))
	before, after := newLayout(was).spanOf(element), e.d.lay().spanOf(element)
	if !bytes.Equal(was[:before.from], e.d.data[:after.from]) || !bytes.Equal(was[before.to:], e.d.data[after.to:]) {
		e.Error("other bytes of the list changed")
	}
}

// reversible reports whether a value keeps its style through another value: quotes are not
// remembered, nor how an empty list was broken, nor the comments of elements that are gone.
func reversible(was []byte, now string) bool {
	quotes := func(s string) string { return s[:len(s)-len(strings.TrimLeft(s, `"'`))] }
	switch {
	case was[0] == '[' || was[0] == '{':
		return !bytes.ContainsAny(was, "#'") && !strings.Contains(now, `"""`) && len(now) > 2
	case was[0] == '"' || was[0] == '\'':
		return quotes(string(was)) == quotes(now) && len(now) > 2
	}
	return quotes(now) == ""
}

// spanOf returns where the value at path stands, or nothing for what headers make.
func (l *layout) spanOf(path []string) span {
	_, e := l.holder(path)
	for e != nil && len(e.path) < len(path) {
		i := slices.IndexFunc(e.value.items, func(item *entry) bool { return under(path, item.path) })
		if i < 0 {
			return span{}
		}
		e = e.value.items[i]
	}
	if e == nil {
		return span{}
	}
	return e.value.span
}

func (e *randomEdit) add() {
	e.path = append(e.pick(func(path []string, n *Node) bool { return n.Kind == Table }), "ny-nøgle")
	parent, _ := parentOf(e.path)
	e.value = e.scalar(nil)
	if e.IntN(4) == 0 {
		e.value = e.list(&Node{Kind: Array})
	}
	before := place{last: true}
	if items := e.d.Root().at(parent).Items; e.IntN(2) == 0 {
		before.last = false
		if i := e.IntN(len(items) + 1); i > 0 {
			before.after = items[i-1].Key
		}
	}
	e.other = before.after
	headed := e.d.lay().headed(parent) != nil || e.d.lay().spanOf(parent).to > 0
	ok := e.do(assign(e.decode(e.before), e.path, plain(e.value)), func() error {
		if before.last {
			return e.d.Set(e.path, e.value)
		}
		return e.d.SetAfter(e.path, e.value, before.after)
	})
	if !ok {
		return
	}
	e.onlyAdded(e.before, e.after)
	if !before.last {
		e.isAfter(parent)
	}
	if headed {
		e.back(func() error { return e.d.Remove(e.path) })
	}
}

// isAfter checks that the key stands after the sibling, if that is written as it is.
func (e *randomEdit) isAfter(parent []string) {
	if e.strange {
		return
	}
	items := e.d.Root().at(parent).Items
	_, key := parentOf(e.path)
	at := slices.IndexFunc(items, func(n *Node) bool { return n.Key == key })
	want := slices.IndexFunc(items, func(n *Node) bool { return n.Key == e.other })
	l := e.d.lay()
	if e.other != "" && (l.spanOf(e.path).to > 0) != (l.spanOf(child(parent, e.other)).to > 0) {
		return
	}
	if at != want+1 {
		e.Errorf("stands at %d, not at %d", at, want+1)
	}
}

// onlyAdded checks that long is short with something put in at one place.
func (e *randomEdit) onlyAdded(short, long []byte) {
	if e.strange {
		return
	}
	same := 0
	for same < len(short) && same < len(long) && short[same] == long[same] {
		same++
	}
	if len(long) < len(short) || !bytes.HasSuffix(long[same:], short[same:]) {
		e.Error("more than one place changed")
	}
}

func (e *randomEdit) remove() {
	e.path = e.pick(func(path []string, n *Node) bool { return n.Key != "" })
	if e.path == nil {
		return
	}
	meant := assign(e.decode(e.before), e.path, nil)
	runs, gone := e.written(e.path)
	if !e.do(meant, func() error { return e.d.Remove(e.path) }) {
		return
	}
	if runs == 1 {
		e.onlyAdded(e.after, e.before)
	}
	if e.strange {
		return
	}
	if lost := bytes.Count(e.before, []byte("#")) - bytes.Count(e.after, []byte("#")); lost > gone {
		e.Errorf("%d comments are gone, not %d", lost, gone)
	}
}

// written counts the runs of entries that make path, and the # on their lines and on the
// comments right above.
func (e *randomEdit) written(path []string) (runs, marks int) {
	l := e.d.lay()
	inside := false
	add := func(x *entry) {
		is := x != nil && under(x.path, path)
		if is && !inside {
			runs++
		}
		if inside = is; is {
			lines := l.lines(x)
			marks += strings.Count(l.raw(span{l.lead(lines.from), lines.to}), "#")
		}
	}
	for _, s := range l.sections {
		add(s.header)
		for _, x := range s.entries {
			add(x)
		}
	}
	return max(runs, 1), marks
}

func (e *randomEdit) insert() {
	sibling := e.pick(func(path []string, n *Node) bool {
		return n.Kind == Table && n.Key != "" && e.d.lay().spanOf(path).to == 0
	})
	if sibling == nil {
		return
	}
	parent, key := parentOf(sibling)
	e.path = child(parent, "ny")
	e.value = e.table(&Node{Kind: Table})
	if e.IntN(2) == 0 {
		e.other = key
	}
	together := e.together(parent)
	ok := e.do(assign(e.decode(e.before), e.path, plain(e.value)), func() error {
		return e.d.Insert(e.path, e.value, e.other)
	})
	if !ok {
		return
	}
	e.onlyAdded(e.before, e.after)
	if e.other != "" && together {
		e.isAfter(parent)
	}
	e.back(func() error { return e.d.Remove(e.path) })
}

func (e *randomEdit) move() {
	root := e.d.Root()
	e.path = e.pick(func(path []string, n *Node) bool {
		parent, _ := parentOf(path)
		return n.Key != "" && len(root.at(parent).Items) > 1
	})
	if e.path == nil {
		return
	}
	l := e.d.lay()
	parent, key := parentOf(e.path)
	isValue := l.spanOf(e.path).to > 0
	var like []string // siblings written as it is
	for _, item := range root.at(parent).Items {
		if (l.spanOf(child(parent, item.Key)).to > 0) == isValue {
			like = append(like, item.Key)
		}
	}
	at := slices.Index(like, key)
	to := e.IntN(len(like))
	like = slices.Insert(slices.Delete(slices.Clone(like), at, at+1), to, key)
	if to > 0 {
		e.other = like[to-1]
	}
	together := e.together(parent)
	if !e.do(e.decode(e.before), func() error { return e.d.Move(e.path, e.other) }) {
		return
	}
	if e.other != "" && together {
		e.isAfter(parent)
	}
	if a, b := sortedLines(e.before), sortedLines(e.after); !slices.Equal(a, b) && l.holdsWhole(e.path) {
		e.Errorf("other lines (-before +after)\n%s", cmp.Diff(a, b))
	}
	if together {
		like = slices.Insert(slices.DeleteFunc(like, func(k string) bool { return k == key }), at, key)
		was := ""
		if at > 0 {
			was = like[at-1]
		}
		e.back(func() error { return e.d.Move(e.path, was) })
	}
}

// holdsWhole reports whether path is not inside of a value.
func (l *layout) holdsWhole(path []string) bool {
	_, e := l.holder(path)
	return e == nil || len(e.path) == len(path)
}

// together reports whether the tables in a table stand together in the file, each whole.
func (e *randomEdit) together(parent []string) bool {
	family := e.d.lay().family(parent)
	sections := e.d.lay().sections
	if len(family) > 0 {
		end := slices.Index(sections, family[0]) + len(family)
		if end > len(sections) || sections[end-1] != family[len(family)-1] {
			return false
		}
	}
	seen := map[string]bool{}
	last := ""
	for _, s := range family {
		if len(s.path) == len(parent) {
			continue
		}
		key := s.path[len(parent)]
		if key != last && seen[key] {
			return false
		}
		seen[key], last = true, key
	}
	return true
}

func sortedLines(data []byte) []string {
	lines := strings.Split(strings.TrimSuffix(string(bytes.TrimPrefix(data, byteOrderMark)), "\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimSuffix(lines[i], "\r")
	}
	slices.Sort(lines)
	return lines
}

func (e *randomEdit) rename() {
	e.path = e.pick(func(path []string, n *Node) bool { return n.Key != "" })
	if e.path == nil {
		return
	}
	parent, key := parentOf(e.path)
	e.other = []string{"nyt-navn", "nyt navn", "ny.æ"}[e.IntN(3)]
	meant := e.decode(e.before)
	value := plain(e.d.Root().at(e.path))
	meant = assign(assign(meant, e.path, nil), child(parent, e.other), value)
	if !e.do(meant, func() error { return e.d.Rename(e.path, e.other) }) {
		return
	}
	e.back(func() error { return e.d.Rename(child(parent, e.other), key) })
}
