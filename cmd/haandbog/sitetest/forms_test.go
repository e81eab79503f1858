package sitetest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/export"
	"modelhaandbog/generator/needs"
)

// TestMarksInHeads reads what stands under the title of each statement's own page.
func TestMarksInHeads(t *testing.T) {
	for _, h := range handbooks(t) {
		var bad []string
		for _, p := range h.book.Pages {
			claim, ok := h.claims[p.Pos]
			if !ok || p.Pos.IsZero() || strings.Contains(claim.ID, "#") || p.Kind == "tjekliste" {
				continue
			}
			text := pageText(t, filepath.Join(h.dir, filepath.FromSlash(p.Path)))
			_, head, _ := strings.Cut(text, "⟪")
			head, _, _ = strings.Cut(head, "⟫")
			m := marked{claim: claim, caveat: h.caveats[claim.ID], about: []string{claim.Kind}}
			for _, f := range m.force() {
				if !strings.Contains(head, "⟦"+f+"⟧") {
					bad = append(bad, fmt.Sprintf("%s lacks %q in its head", p.Path, f))
				}
			}
			for _, b := range m.lackingIn(head, text, false) {
				bad = append(bad, p.Path+" "+b)
			}
		}
		none(t, bad, nil)
	}
}

// TestMarksOnPaper prints some sheets of each model and a pack, or all sheets under
// make test-all.
func TestMarksOnPaper(t *testing.T) {
	needs.Program(t, "chromium")
	needs.Program(t, "pdfinfo")
	p, err := export.NewPrinter(t.Context(), export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	for _, h := range handbooks(t) {
		var bad []string
		sheets := 0
		for i, page := range h.book.Pages {
			if page.Sheet == nil || !needs.All && i%17 != 0 && page.Path != "pakker/fase-2.html" {
				continue
			}
			list := h.shown(page)
			if len(list) == 0 {
				continue
			}
			text := squeeze(printedInOrder(t, p, filepath.Join(h.dir, filepath.FromSlash(page.Path))))
			legend := squeeze("Mærkerne" + legendOf(t, filepath.Join(h.dir, filepath.FromSlash(page.Path))))
			text, _, ok := strings.Cut(text, legend)
			if !ok {
				bad = append(bad, page.Path+": the legend isn't "+legend)
			}
			skip := map[string]bool{}
			read(page.Path, list, pageText(t, filepath.Join(h.dir, filepath.FromSlash(page.Path))), true, skip)
			bad = append(bad, read(page.Path+" on paper", list, text, false, skip)...)
			sheets++
		}
		t.Logf("%s: %d sheets", h.name, sheets)
		none(t, bad, nil)
	}
}

// TestLegends compares what a sheet's legend, or a plan's, explains with the marks that it has.
func TestLegends(t *testing.T) {
	for _, h := range handbooks(t) {
		var bad []string
		for _, p := range h.book.Pages {
			file := filepath.Join(h.dir, filepath.FromSlash(p.Path))
			text, legend := pageText(t, file), legendOf(t, file)
			if p.Sheet == nil && legend == "" {
				continue
			}
			for words, mark := range map[string]string{"Krav:": "⟦krav", "Anbefaling:": "⟦anbefaling⟧", "Eksempel:": "⟦eksempel",
				"Udledt": "⟦udledt", "†:": "†", "Lokal:": "⟦lokal"} {
				if words == "†:" && strings.Contains(legend, "Udledt og †:") {
					words = "Udledt og †:"
				}
				if said, has := strings.Contains(legend, words), strings.Contains(text, mark); said != has {
					bad = append(bad, fmt.Sprintf("%s: the legend %q explains %q: %t, the sheet has it: %t", p.Path, legend, words, said, has))
				}
			}
			without := slices.ContainsFunc(h.shown(p), func(m marked) bool { return len(m.force()) == 0 && !m.claim.At.Local() })
			if without != strings.Contains(legend, "Uden mærke:") {
				bad = append(bad, fmt.Sprintf("%s: the legend %q; statements without a mark: %t", p.Path, legend, without))
			}
		}
		none(t, bad, nil)
	}
}

// TestMarksInSearch reads pages and things back from the index, and the lines that
// have no name from what is given to it.
func TestMarksInSearch(t *testing.T) {
	for _, h := range handbooks(t) {
		var bad []string
		n := 0
		index := h.index(t)
		for _, p := range h.book.Pages {
			if p.NoIndex {
				continue
			}
			lines := squeeze(h.indexed(p))
			for _, m := range h.shown(p) {
				if m.claim.Kind == "rolle" {
					continue
				}
				want := m.force()
				anchor := m.claim.Kind + "-" + m.claim.ID[strings.LastIndexAny(m.claim.ID, ":")+1:]
				if got, ok := index[p.Path+"#"+anchor]; ok {
					n++
					for _, f := range want {
						if !strings.Contains(squeeze(got), f) {
							bad = append(bad, fmt.Sprintf("%s#%s: the index says %q, not %q", p.Path, anchor, got, f))
						}
					}
					continue
				}
				if strings.Contains(lines, "¶"+strings.TrimRight(m.head, ".")) && len(want) > 0 {
					n++
					if !said(lines, m.head, want) {
						bad = append(bad, fmt.Sprintf("%s: the words %q are searched without %q", p.Path, m.head, want))
					}
				}
			}
			if claim, ok := h.claims[p.Pos]; ok && !strings.Contains(claim.ID, "#") && p.Sheet == nil {
				n++
				for _, f := range (marked{claim: claim}).force() {
					if !strings.Contains(squeeze(index[p.Path]), f) {
						bad = append(bad, fmt.Sprintf("%s: the index says %q, not %q", p.Path, index[p.Path], f))
					}
				}
			}
		}
		t.Logf("%s: %d places", h.name, n)
		none(t, bad, nil)
	}
}

// said reports whether a line that begins with words says all marks.
func said(text, words string, marks []string) bool {
	for line := range strings.SplitSeq(text, "¶") {
		if strings.HasPrefix(line, strings.TrimRight(words, ".")) &&
			!slices.ContainsFunc(marks, func(m string) bool { return !strings.Contains(line, m) }) {
			return true
		}
	}
	return false
}

// indexed are the lines of a page that the index is given.
func (h handbook) indexed(p *book.Page) string {
	var lines []string
	for _, s := range book.SearchDoc(p, h.book.Words).Sections {
		lines = append(lines, strings.Split(s.Text, "\n")...)
	}
	return "¶" + strings.Join(lines, "¶")
}

// index are the marks of pages and of things on them, by address.
func (h handbook) index(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(h.dir, "soeg-indeks.js"))
	if err != nil {
		t.Fatal(err)
	}
	var index struct {
		Kinds [][5]string         `json:"slags"`
		Pages [][]json.RawMessage `json:"sider"`
	}
	text := strings.TrimSuffix(strings.TrimSpace(string(data[strings.IndexByte(string(data), '{'):])), ";")
	if err := json.Unmarshal([]byte(text), &index); err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, row := range index.Pages {
		var path, anchor string
		var kind int
		json.Unmarshal(row[0], &path)
		json.Unmarshal(row[1], &kind)
		out[path] = index.Kinds[kind][4]
		for _, x := range row[2:] {
			var thing []json.RawMessage
			if json.Unmarshal(x, &thing) != nil {
				continue
			}
			json.Unmarshal(thing[0], &anchor)
			json.Unmarshal(thing[1], &kind)
			out[path+"#"+anchor] = index.Kinds[kind][4]
		}
	}
	return out
}

// TestMarksInJSON reads each statement's marks from its model's file.
func TestMarksInJSON(t *testing.T) {
	for _, h := range handbooks(t) {
		var bad []string
		files := map[string]map[string]any{}
		for _, m := range h.book.Handbook.Models {
			data, err := os.ReadFile(filepath.Join(h.dir, "data", m.ID+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var file map[string]any
			if err := json.Unmarshal(data, &file); err != nil {
				t.Fatal(err)
			}
			files[m.ID] = file
			for _, c := range m.Claims() {
				path := strings.FieldsFunc(strings.TrimPrefix(c.ID, m.ID+"/"),
					func(r rune) bool { return strings.ContainsRune(":#.", r) })
				at := found(files[m.ID], path)
				if at == nil {
					bad = append(bad, c.ID+" isn't in the JSON file")
					continue
				}
				if got, _ := at["bindende"].(string); got != string(c.Marks.Force) {
					bad = append(bad, fmt.Sprintf("%s: bindende is %q in JSON, not %q", c.ID, got, c.Marks.Force))
				}
				if got, _ := at["grundlag"].(string); got != string(c.Marks.Basis) {
					bad = append(bad, fmt.Sprintf("%s: grundlag is %q in JSON, not %q", c.ID, got, c.Marks.Basis))
				}
				if got, _ := at["udledt"].([]any); len(got) != len(c.Marks.Derived) {
					bad = append(bad, fmt.Sprintf("%s: udledt is %q in JSON, not %q", c.ID, got, c.Marks.Derived))
				}
				if local, _ := at["lokal"].(bool); c.At.Local() && !local {
					bad = append(bad, c.ID+" isn't local in JSON")
				}
			}
		}
		none(t, bad, nil)
	}
}

// found follows keys and ids through tables and lists of tables.
func found(at map[string]any, path []string) map[string]any {
	for i := 0; i < len(path); i += 2 {
		switch next := at[path[i]].(type) {
		case map[string]any:
			at = next
		case []any:
			if i+1 == len(path) {
				return nil
			}
			n := slices.IndexFunc(next, func(x any) bool { return x.(map[string]any)["id"] == path[i+1] })
			if n < 0 {
				return nil
			}
			at = next[n].(map[string]any)
		default:
			return nil
		}
	}
	return at
}
