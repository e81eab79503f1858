package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// How many of each kind the made-up model has. With the shared pages they
// come to 170 pages in the national edition.
const (
	phases        = 5
	elements      = 6
	principles    = 10
	roles         = 15
	meetings      = 20
	prerequisites = 30
	tasks         = 90
	terms         = 40
)

// made makes a corpus of one made-up model with 170 pages, its words taken
// from the real guidance, for the real municipalities.
func made(real *corpus) *corpus {
	w := &writer{texts: paragraphs(real)}
	in := "content/modeller/korpus/"
	c := &corpus{name: "98 × 170 pages", files: map[string][]byte{}, spots: spots{
		guidance: in + "vejledning/moede/m1.md",
		toml:     in + "roller.toml",
		value:    "Rolle 1",
		page:     "korpus/moeder/m1.html",
	}}
	for name, data := range real.files {
		if !strings.HasPrefix(name, "content/") {
			c.files[name] = data
		}
	}
	register, _, _ := strings.Cut(string(real.files["content/kommuner.toml"]), "\n# En opdigtet")
	c.files["content/kommuner.toml"] = []byte(register)
	c.files["content/haandbog.toml"] = []byte("[haandbog]\ntitel = \"Korpus\"\nudgiver = \"Ingen\"\n" +
		"modeller = [\"korpus\"]\nom = [\"Opdigtet.\"]\n")
	c.files["content/kilder.toml"] = []byte("[kilde.kilden]\nnavn = \"Kilden\"\ntitel = \"Kilden\"\n" +
		"forfatter = \"Ingen\"\naar = \"2026\"\nhovedkilde = true\nmodeller = [\"korpus\"]\n")
	c.files["content/begreber.toml"] = w.entities("begreb", "t", terms, func(i int) {
		w.key("navn", fmt.Sprintf("Begreb %d", i))
		w.key("definition", w.text())
		w.source()
	})
	c.files[in+"model.toml"] = []byte("[model]\nnavn = \"Korpus\"\ntitel = \"Korpus\"\nslags = \"projekt\"\n" +
		"status = \"igangvaerende\"\nkort = \"En opdigtet model.\"\nudgiver = \"Ingen\"\nkilde = [\"kilden: s. 1\"]\n" +
		"ejer = \"Ingen\"\ngennemgaas = \"2030-01-01\"\n")
	for name, make := range map[string]func() []byte{
		"faser":           w.phases,
		"kerneelementer":  w.elements,
		"principper":      w.principles,
		"roller":          w.roles,
		"moeder":          w.meetings,
		"opgaver":         w.tasks,
		"forudsaetninger": w.prerequisites,
		"aftaler":         w.agreements,
		"kadencer":        w.cadences,
	} {
		c.files[in+name+".toml"] = make()
	}
	for _, g := range []struct {
		kind, prefix string
		count        int
	}{{"fase", "f", phases}, {"kerneelement", "k", elements}, {"princip", "p", principles}, {"rolle", "r",
		roles}, {"moede", "m", meetings}, {"forudsaetning", "s", prerequisites}} {
		for i := range g.count {
			c.files[fmt.Sprintf("%svejledning/%s/%s%d.md", in, g.kind, g.prefix, i+1)] = w.guidance(i + 1)
		}
	}
	return c
}

// paragraphs are the plain paragraphs of the real guidance, in order.
func paragraphs(c *corpus) []string {
	var out []string
	for _, name := range c.names() {
		if !strings.HasPrefix(name, "content/modeller/") || !strings.HasSuffix(name, ".md") {
			continue
		}
		for p := range strings.SplitSeq(string(c.files[name]), "\n\n") {
			p = strings.TrimSpace(p)
			if len(p) > 60 && !strings.ContainsAny(p, "[]#>|*_:\"\\\n") && plainStart.MatchString(p) {
				out = append(out, p)
			}
		}
	}
	return out
}

var plainStart = regexp.MustCompile(`^\p{L}`)

// writer writes entities, taking the texts in turn.
type writer struct {
	texts []string
	next  int
	b     strings.Builder
}

func (w *writer) text() string {
	w.next++
	return w.texts[w.next%len(w.texts)]
}

func (w *writer) entities(kind, prefix string, count int, entity func(i int)) []byte {
	w.b.Reset()
	for i := 1; i <= count; i++ {
		fmt.Fprintf(&w.b, "\n[%s.%s%d]\n", kind, prefix, i)
		entity(i)
	}
	return []byte(w.b.String())
}

func (w *writer) key(key, value string)        { fmt.Fprintf(&w.b, "%s = %q\n", key, value) }
func (w *writer) number(key string, value int) { fmt.Fprintf(&w.b, "%s = %d\n", key, value) }

func (w *writer) list(key string, values ...string) {
	values = slices.Compact(slices.Sorted(slices.Values(values)))
	for i, v := range values {
		values[i] = fmt.Sprintf("%q", v)
	}
	fmt.Fprintf(&w.b, "%s = [%s]\n", key, strings.Join(values, ", "))
}

func (w *writer) source() { w.list("kilde", fmt.Sprintf("kilden: s. %d", w.next%200+1)) }

// head writes the keys that all entities have.
func (w *writer) head(name string, i int) {
	w.number("nummer", i)
	w.key("navn", fmt.Sprintf("%s %d", name, i))
	w.key("kort", fmt.Sprintf("%s nummer %d i en opdigtet model.", name, i))
	w.key("tekst", w.text())
	w.source()
}

func (w *writer) phases() []byte {
	return w.entities("fase", "f", phases, func(i int) {
		w.head("Fase", i)
		w.key("ansvarlig", id("r", i, roles))
		w.list("kerneelementer", id("k", i, elements))
		for s := range 6 {
			fmt.Fprintf(&w.b, "[fase.f%d.skridt.s%d]\n", i, s)
			w.key("tekst", w.text())
			w.source()
		}
	})
}

func (w *writer) elements() []byte {
	return w.entities("kerneelement", "k", elements, func(i int) {
		w.head("Kerneelement", i)
		w.key("formaal", w.text())
		w.list("vidensgrundlag", w.text(), w.text())
		w.list("ansvarlig", id("r", i, roles))
		w.list("deltagere", id("r", i+1, roles), id("r", i+2, roles))
	})
}

func (w *writer) principles() []byte {
	return w.entities("princip", "p", principles, func(i int) {
		w.head("Princip", i)
		w.key("begrundelse", w.text())
		w.list("spoergsmaal", w.text(), w.text())
	})
}

func (w *writer) roles() []byte {
	return w.entities("rolle", "r", roles, func(i int) {
		w.head("Rolle", i)
		w.key("opgavetitel", fmt.Sprintf("rolle %d", i))
		w.key("ring", "voksne")
		w.key("formaal", w.text())
	})
}

func (w *writer) meetings() []byte {
	return w.entities("moede", "m", meetings, func(i int) {
		w.head("Møde", i)
		w.key("formaal", w.text())
		w.key("indkalder", id("r", 1, roles))
		w.list("faser", id("f", i, phases))
		w.list("kadencer", id("c", i, 4))
		fmt.Fprintf(&w.b, "[moede.m%d.deltagere]\nr1 = \"altid\"\nr2 = \"boer\"\n", i)
		for p := range 6 {
			fmt.Fprintf(&w.b, "[moede.m%d.dagsorden.d%d]\n", i, p)
			w.key("tekst", w.text())
			w.number("minutter", 10)
		}
	})
}

func (w *writer) tasks() []byte {
	return w.entities("opgave", "o", tasks, func(i int) {
		w.head("Opgave", i)
		w.key("tjek", w.text())
		w.key("rolle", id("r", i, roles))
		w.list("faser", id("f", i, phases))
		w.list("kerneelementer", id("k", i, elements))
		if i <= 2*meetings {
			w.key("moede", id("m", i, meetings))
			w.key("tidspunkt", []string{"foer", "efter"}[(i-1)/meetings])
		}
	})
}

func (w *writer) prerequisites() []byte {
	return w.entities("forudsaetning", "s", prerequisites, func(i int) {
		w.head("Forudsætning", i)
		w.key("niveau", "organisatorisk")
		w.list("punkter", w.text(), w.text(), w.text())
		w.key("tjek", w.text())
		w.list("roller", id("r", i, roles))
	})
}

func (w *writer) agreements() []byte {
	return w.entities("aftale", "a", 8, func(i int) {
		w.head("Aftale", i)
		w.key("spoergsmaal", fmt.Sprintf("Hvem gør hvad i aftale %d?", i))
		w.list("vedroerer", fmt.Sprintf("moede:m%d", i))
	})
}

func (w *writer) cadences() []byte {
	return w.entities("kadence", "c", 4, func(i int) {
		w.key("navn", fmt.Sprintf("Kadence %d", i))
		w.source()
		w.key("udtryk", fmt.Sprintf("hver %d. uge", i+1))
		w.number("hver", i+1)
		w.key("enhed", "uge")
	})
}

func (w *writer) guidance(i int) []byte {
	var b strings.Builder
	for h := range 4 {
		fmt.Fprintf(&b, "## Afsnit %d\n\n%s\n\n%s\n\n- %s\n- [](rolle:%s) og [](moede:%s)\n- %s\n\n", h+1, w.text(),
			w.text(), w.text(), id("r", i+h, roles), id("m", i+h, meetings), w.text())
	}
	return []byte(b.String())
}

// id is the i'th id of count, from 1 on and around again.
func id(prefix string, i, count int) string { return fmt.Sprintf("%s%d", prefix, (i-1)%count+1) }
