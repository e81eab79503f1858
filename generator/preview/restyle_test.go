package preview

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"modelhaandbog/assets"
)

// apply does with rules what the script does in a browser.
func apply(t *testing.T, rules []rule, edits []ruleEdit) []rule {
	t.Helper()
	group := func(edit ruleEdit) *[]rule {
		at := &rules
		for i, p := range append(slices.Clone(edit.In), edit.At) {
			if len(*at) != p.Of {
				t.Fatalf("a group has %d rules, the edit says %d", len(*at), p.Of)
			}
			if i < len(edit.In) {
				at = &(*at)[p.Index].rules
			}
		}
		return at
	}
	for _, edit := range edits {
		at := group(edit)
		var insert []rule
		for _, text := range edit.Insert {
			parsed, err := rulesOf([]byte(text))
			if err != nil || len(parsed) != 1 {
				t.Fatalf("%q is %d rules, %v", text, len(parsed), err)
			}
			insert = append(insert, parsed...)
		}
		*at = slices.Replace(*at, edit.At.Index, edit.At.Index+edit.Remove, insert...)
	}
	return rules
}

// editsOf gives what makes one style sheet the other.
func editsOf(old, now []byte) ([]ruleEdit, bool) {
	a, errA := rulesOf(old)
	b, errB := rulesOf(now)
	if errA != nil || errB != nil {
		return nil, false
	}
	return diffRules(nil, a, b), true
}

// write is the text of rules, whatever their groups' own texts say.
func write(rules []rule) string {
	var b strings.Builder
	for _, r := range rules {
		if r.head != "" {
			fmt.Fprintf(&b, "%s{%s}", r.head, write(r.rules))
		} else {
			b.WriteString(r.text)
		}
	}
	return b.String()
}

func TestEditsMakeOneStyleSheetAnother(t *testing.T) {
	for _, c := range []struct {
		old, now string
		inserted []string // all that is sent
	}{
		{"a{b:c}", "a{b:c}", nil},
		{"a{b:c}d{e:f}", "a{b:c}d{e:g}", []string{"d{e:g}"}},
		{"a{b:c}", "a{b:c}@media print{a{b:d}}", []string{"@media print{a{b:d}}"}},
		{"@layer x{a{b:c}d{e:f}}", "@layer x{a{b:d}d{e:f}}", []string{"a{b:d}"}},
		{"@layer x{@media print{a{b:c}}}h{i:j}", "@layer x{@media print{a{b:d}}}h{i:j}", []string{"a{b:d}"}},
		{"@layer x{a{b:c}}", "@layer y{a{b:c}}", []string{"@layer y{a{b:c}}"}},
		{"@layer x{a{b:c}}@layer y{a{b:c}}", "@layer x{a{b:1}}@layer y{a{b:2}}", []string{"a{b:1}", "a{b:2}"}},
		{"@layer x;a{b:c}", "@layer x,y;a{b:c}", []string{"@layer x,y;"}},
		{`a{b:"}"}`, `a{b:"};{"}`, []string{`a{b:"};{"}`}},
		{"a{b{c:d}e:f}g{h:i}", "a{b{c:d}e:f}", nil},
		{"a{b:c}", "/* x */a{b:d}", []string{"a{b:d}"}},
		{"@font-face{a:b}", "@font-face{a:c}", []string{"@font-face{a:c}"}},
	} {
		edits, ok := editsOf([]byte(c.old), []byte(c.now))
		old, _ := rulesOf([]byte(c.old))
		now, _ := rulesOf([]byte(c.now))
		if got := write(apply(t, old, edits)); !ok || got != write(now) {
			t.Errorf("%s becomes %s, want %s", c.old, got, c.now)
		}
		var inserted []string
		for _, e := range edits {
			inserted = append(inserted, e.Insert...)
		}
		if !slices.Equal(inserted, c.inserted) {
			t.Errorf("%s to %s: inserts %q, want %q", c.old, c.now, inserted, c.inserted)
		}
	}
	for _, c := range []struct{ old, now string }{
		{"a{b:c}", "@import 'x';a{b:c}"}, {"a{b:c}", "a{b:c"}, {"a{b:c}}", "a{b:c}"}, {"@layer x{a{b:c}", "a{b:c}"}, {"a{b:c}", "a"},
	} {
		if edits, ok := editsOf([]byte(c.old), []byte(c.now)); ok {
			t.Errorf("%s to %s: %v, want to be left to the browser", c.old, c.now, edits)
		}
	}
}

// The project's own style sheet with rules taken out, doubled and changed.
func TestEditsOfTheRealStyleSheet(t *testing.T) {
	text, err := assets.FS.ReadFile("haandbog.css")
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	var change func(rules []rule) []rule
	change = func(rules []rule) []rule {
		var out []rule
		for _, x := range rules {
			if x.head != "" {
				x.rules = change(x.rules)
			}
			switch r.IntN(60) {
			case 0:
			case 1:
				out = append(out, x, x)
			case 2:
				out = append(out, rule{text: fmt.Sprintf(".ny{order:%d}", r.IntN(9))})
			default:
				out = append(out, x)
			}
		}
		return out
	}
	was := string(text)
	for range 40 {
		rules, err := rulesOf([]byte(was))
		if err != nil {
			t.Fatal(err)
		}
		now := write(change(rules))
		edits, ok := editsOf([]byte(was), []byte(now))
		old, _ := rulesOf([]byte(was))
		if got := write(apply(t, old, edits)); !ok || got != now {
			t.Fatal("the edits make something else of it")
		}
		was = now
	}
}

// Whatever stands in a style sheet, taking it apart ends, and the edits lead to it.
func FuzzEdits(f *testing.F) {
	f.Add("a{b:c}", "@layer x{a{b:d}}")
	f.Add("@media print{a{b:c}}", "@media print{a{b:c;d:e}}")
	f.Fuzz(func(t *testing.T, was, now string) {
		edits, ok := editsOf([]byte(was), []byte(now))
		if !ok {
			return
		}
		old, _ := rulesOf([]byte(was))
		want, _ := rulesOf([]byte(now))
		for _, e := range edits {
			for _, text := range e.Insert {
				if parsed, err := rulesOf([]byte(text)); err != nil || len(parsed) != 1 {
					t.Skip("a rule that is not one alone: the browser refuses it too")
				}
			}
		}
		if got := write(apply(t, old, edits)); got != write(want) {
			t.Errorf("%q becomes %q, want %q", was, got, write(want))
		}
	})
}
