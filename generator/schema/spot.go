package schema

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// spot is a table in the reference: what it is called, and its header with
// <id> and as in an example.
type spot struct {
	of     *subject
	name   string // "moede.dagsorden"
	header string // "moede.<id>.dagsorden.<id>"
	sample string // "moede.opfoelgningsmoede.dagsorden.progression"
	depth  int    // 0 for the subject's own table
	inline bool   // it stands in braces
}

func spotOf(x *subject) spot { return spot{of: x, name: x.name, header: x.header, sample: x.sample} }

// below is the table, or the tables, that stand under a key.
func (at spot) below(k *Key) spot {
	step := "." + k.Name
	out := spot{of: at.of, name: at.name + step, header: at.header + step, sample: at.sample + step,
		depth: at.depth + 1}
	switch k.Type.Form {
	case Keyed:
		out.header += ".<id>"
		out.sample += "." + k.itemID()
	case List:
		out.inline = true
	}
	return out
}

func (at spot) title(k *Key) string {
	if at.inline {
		return k.Name + " = [{ … }]"
	}
	return "[" + at.header + "]"
}

// tableIn is the table that a value is, or consists of; nil for other values.
func tableIn(t *Type) *Type {
	for t != nil && (t.Form == List || t.Form == Keyed) {
		t = t.Elem
	}
	if t == nil || t.Form != Table {
		return nil
	}
	return t
}

// example is the key in its table, or its first table.
func (at spot) example(k *Key) string {
	value := exampleValue(k.Type, k.Example)
	switch {
	case k.Type.Form == Keyed:
		below, inner := at.below(k), k.Type.Elem
		if i := slices.IndexFunc(inner.Keys, func(k *Key) bool { return k.Shorthand }); i >= 0 {
			short := inner.Keys[i]
			return fmt.Sprintf("[%s.%s]\n%s = %s\n",
				at.sample, k.Name, k.itemID(), exampleValue(short.Type, short.Example))
		}
		return "[" + below.sample + "]\n" + strings.Join(inner.exampleKeys(), "\n") + "\n"
	case at.inline:
		return fmt.Sprintf("{ %s = %s }\n", k.Name, value)
	}
	return fmt.Sprintf("[%s]\n%s = %s\n", at.sample, k.Name, value)
}

// note is the type of a key in a few words, and whether it must be there.
func note(at spot, k *Key) string {
	out := at.kindOf(k)
	if k.Type.Form == Keyed {
		out = "tabeller" // the description has the header
	}
	if k.Required {
		out += " · skal være der"
	}
	return out
}

func (at spot) kindOf(k *Key) string {
	if k.Type.Form == Keyed {
		return "tabeller, [" + at.below(k).header + "]"
	}
	if k.IsDate() {
		return "dato, ÅÅÅÅ-MM-DD"
	}
	return k.Type.danish()
}

// danish is what a value is, in an author's words.
func (t *Type) danish() string {
	if t.Form == List {
		return "liste af " + t.Elem.called(true)
	}
	return t.called(false)
}

// called is what a value, or many, is called.
func (t *Type) called(many bool) string {
	number := func(one, more, rest string) string {
		if many {
			return more + rest
		}
		return one + rest
	}
	switch t.Form {
	case Text:
		return number("tekst", "tekster", ", gerne med Markdown")
	case Cite:
		return number("kilde", "kilder", ", \"kilde-id: sted\"")
	case Ref:
		return number("henvisning", "henvisninger", " til ["+t.To.Key+".<id>]")
	case AnyRef:
		return number("henvisning", "henvisninger", ", \"slags:id\"")
	case Table:
		return number("tabel", "tabeller", ", { "+strings.Join(keyNames(t), ", ")+" }")
	case List:
		return "lister af ord"
	}
	switch {
	case many:
		return "korte tekster"
	case t.Values != nil:
		return "én af: " + strings.Join(t.Values, ", ")
	case t.Go.Kind() == reflect.Int:
		return "tal"
	case t.Go.Kind() == reflect.Bool:
		return "ja/nej (true, false)"
	}
	return "kort tekst"
}

// policy is what a municipality may do with a key.
func (at spot) policy(k *Key) Policy {
	if at.of.kind != nil && at.depth == 0 {
		return at.of.kind.Policy(k)
	}
	return k.Policy
}

// open reports whether a municipality can have to do with the table at all.
func (at spot) open() bool { return at.of.kind != nil || at.of.name == allKeys }

// rule is what a municipality may do with a key.
func (at spot) rule(k *Key) string {
	p, kind := at.policy(k), at.of.kind
	own := p.Local() || p == Position || p == Never || p == Source
	switch {
	case own || kind == nil || !kind.same():
		return p.Danish()
	case kind.Addable:
		return Fixed.Danish()
	}
	return "er ens for alle kommuner"
}

// special reports whether the rule is another than the one that holds for the
// kind as a whole.
func (at spot) special(k *Key) bool {
	p, kind := at.policy(k), at.of.kind
	if kind != nil && kind.same() {
		return p.Local()
	}
	return p != Replace && p != Children
}

// same reports whether the kind's national entities are the same for all
// municipalities.
func (k *Kind) same() bool { return k.National || k.Shared }

func (k *Kind) municipal() []string {
	var out []string
	add := func(when bool, format string, args ...any) {
		if when {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	folder := "content/kommuner/<kommune>/modeller/<model>/"
	if k.Shared {
		folder = "content/kommuner/<kommune>/"
	}
	answer := k.Type.Key("svar") != nil
	add(k.same() && !answer, "Det nationale er ens for alle kommuner. Det kan hverken ændres eller udelades.")
	add(answer, "Kommunen skriver sit svar; resten er ens for alle kommuner.")
	add(!k.same(), "Det, der ikke er modellens kerne, kan ændres, og det kan udelades med en begrundelse. "+
		"Kernen kan kun få mere. Se kerne.")
	add(k.Gathers, "Den er kerne, når et af dens punkter er det.")
	add(k.CoreByUse, "Den er også kerne, når noget i kernen henviser til den.")
	add(k.Renamable, "Den kan få et navn, kommunen selv bruger: lokalt_navn.")
	add(k.Addable, "Kommunen kan tilføje sine egne, [%s.<id>], i %s.", k.Key, folder)
	add(!k.Addable, "Kommunen kan ikke tilføje sine egne.")
	add(k.Guidance != NoGuidance, "Kommunens egen vejledning skrives i %svejledning/%s/<id>.md.", folder, k.Key)
	return out
}

// where tells where a subject is written and read.
func (r *Reference) where(x *subject) []string {
	k := x.kind
	switch {
	case x.t == r.set.Model:
		return []string{"[model] i content/modeller/<model>/model.toml. Mappens navn er modellens id.",
			"Vejledning: content/modeller/<model>/vejledning/model/<model>.md."}
	case x.t == r.set.Handbook:
		return []string{"[haandbog] i content/haandbog.toml."}
	case k == nil:
		return nil
	}
	folder, address := "content/modeller/<model>/", "<model>/"
	if k.Shared {
		folder, address = "content/", ""
	}
	out := []string{"[" + x.header + "] i en .toml-fil i " + folder + "."}
	if x.also != nil {
		out = append(out, "Kommunens egne oplysninger: ["+x.also.header+"] i "+
			"content/kommuner/<kommune>/kommune.toml.")
	}
	guide := folder + "vejledning/" + k.Key + "/<id>.md."
	switch k.Guidance {
	case NoGuidance:
		out = append(out, "Vejledning: ingen. Skriv den ved det, tabellen hører til.")
	case Welcome:
		out = append(out, "Vejledning: "+guide)
	case Wanted:
		out = append(out, "Vejledning: "+guide+" Uden vejledning eller tekst kommer der en advarsel.")
	}
	out = append(out, "Vises "+r.shown(k, address)+".")
	if k.Sourced {
		out = append(out, "Kilden skal stå der: kilde = [\"kilde-id: sted\"].")
	}
	if k.Dense {
		out = append(out, "Numrene løber fra 1 uden huller.")
	}
	if k.Tick != "" {
		out = append(out, "Kan være et punkt på en tjekliste: \""+k.Key+":<id>\".")
	}
	return out
}

// shown says where a kind is read.
func (r *Reference) shown(k *Kind, address string) string {
	list := address + k.Folder + "/index.html"
	var on []string
	for _, key := range k.On {
		on = append(on, strings.ToLower(r.set.Kind(key).Many))
	}
	shared := "på siden med " + strings.Join(on, " eller ")
	switch {
	case k.Page == Own:
		return "på sin egen side, " + address + k.Folder + "/<id>.html, og på listen " + list
	case k.Page == Described:
		return "på sin egen side, " + address + k.Folder + "/<id>.html, når der er vejledning, ellers på listen " + list
	case k.Page == Inside && on != nil:
		return "på siden for det, som nøglen " + k.In + " henviser til, ellers " + shared
	case k.Page == Inside:
		return "på siden for det, som nøglen " + k.In + " henviser til"
	case k.Page == Together && k.Path != "":
		return "på siden " + k.Path
	case k.Page == Together && on != nil:
		return shared
	case k.Page == Together:
		return "samlet på siden " + list
	}
	return "kun på andre tings sider"
}
