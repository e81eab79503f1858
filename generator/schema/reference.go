package schema

import (
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/source"
)

// Reference is the authors' reference, in Danish: what there is to write, kind
// by kind and key by key, and the rules that concern several of them.
type Reference struct {
	Overview Article
	Articles []Article // the tables in their order, then the keys that all have, then the rules

	set    *Set
	tables []*subject
	rules  []Article
}

type Article struct {
	Name  string // what one asks for: "fase", "fase.ansvarlig"
	Title string
	Lead  string
	Parts []Part
	About []string // of a rule: the kinds and the shared keys that it is about
}

// Part is a section of an article: paragraphs, rows and an example, each of
// which may be missing.
type Part struct {
	Title   string
	Text    []string
	Rows    []Row
	Example string // TOML or Markdown, line for line
}

// Row is a word with what is to be said of it.
type Row struct {
	Term string // as it is written
	Name string // of the article about it, or ""
	Note string // its type, in a few words
	Text []string
}

// subject is a table, or the tables of a kind, that has an article.
type subject struct {
	name   string // "fase"
	kind   *Kind  // nil for a table that there is one of
	t      *Type
	lead   string
	header string          // "fase.<id>"
	sample string          // "fase.faelles-maal"
	shows  func(*Key) bool // whether a key is the subject's; others are told of elsewhere
	also   *subject        // the rest of it, which stands in a table of its own
}

// allKeys is the name of the article about the keys that all kinds have.
const allKeys = "noegler"

// Reference makes the reference; rules are the articles that no descriptor can
// tell.
func (s *Set) Reference(rules []Article) *Reference {
	r := &Reference{set: s, rules: rules}
	for _, k := range s.Kinds {
		own := func(key *Key) bool { return !s.IsCommon(k.Type, key) }
		x := &subject{name: k.Key, kind: k, t: k.Type, lead: k.Doc, shows: own,
			header: k.Key + ".<id>", sample: k.Key + "." + k.ExampleID()}
		if k.Type == s.Municipal { // some keys are the register's, the others stand in [kommune]
			x.shows = func(key *Key) bool { return own(key) && !key.Policy.Local() }
			x.also = &subject{name: k.Key, t: k.Type, header: k.Key, sample: k.Key,
				shows: func(key *Key) bool { return own(key) && key.Policy.Local() }}
		}
		r.tables = append(r.tables, x)
	}
	single := func(name, lead string, t *Type) {
		r.tables = append(r.tables, &subject{name: name, t: t, lead: lead, header: name, sample: name,
			shows: func(key *Key) bool { return !s.IsCommon(t, key) }})
	}
	single("model", "Modellen selv.", s.Model)
	single("haandbog", "Håndbogen selv.", s.Handbook)
	r.tables = append(r.tables, &subject{name: allKeys, t: s.Common, lead: "Nøgler, som alle slags har.",
		shows: func(*Key) bool { return true }, header: "<slags>.<id>", sample: "fase.faelles-maal"})
	for _, x := range r.tables {
		r.Articles = append(r.Articles, r.article(x))
	}
	r.Articles = append(r.Articles, rules...)
	r.Overview = r.overview()
	return r
}

// Find gives the article with a name: a kind, a table, a rule, or a key such as
// "moede.dagsorden.minutter", with or without the <id> of its header. A kind is also
// found by its name in Danish, and a key that all kinds have, or only one table, by itself. Otherwise
// unknown is the part of name that is, and there are the names that could stand there.
func (r *Reference) Find(name string) (a Article, unknown string, there []string) {
	words := slices.DeleteFunc(strings.Split(strings.Trim(name, "[] "), "."),
		func(w string) bool { return strings.HasPrefix(w, "<") })
	first, rest, inner := strings.Cut(strings.Join(words, "."), ".")
	x := r.subject(first)
	if x == nil || !inner {
		for _, a := range r.Articles {
			if a.Name == first || x != nil && a.Name == x.name {
				return a, "", nil
			}
		}
		if key := r.set.Common.Key(first); key != nil && !inner {
			return r.keyArticle(spotOf(r.subject(allKeys)), key), "", nil
		}
		if table := r.onlyWith(first); table != nil && !inner {
			return r.Find(table.name + "." + first)
		}
		return Article{}, first, r.Names()
	}
	at, t := spotOf(x), x.t
	for {
		word, after, more := strings.Cut(rest, ".")
		key := t.Key(word)
		if key == nil {
			return Article{}, word, keyNames(t)
		}
		if x.also != nil && t == x.t && x.also.shows(key) {
			at = spotOf(x.also)
		}
		if !more {
			return r.keyArticle(at, key), "", nil
		}
		at, t, rest = at.below(key), tableIn(key.Type), after
	}
}

// Names are all that Find takes but keys.
func (r *Reference) Names() []string {
	var out []string
	for _, a := range r.Articles {
		out = append(out, a.Name)
	}
	return out
}

func (r *Reference) subject(name string) *subject {
	slug := source.Slug(name)
	for _, called := range []func(*subject) bool{
		func(x *subject) bool { return x.name == name },
		func(x *subject) bool {
			return x.kind != nil && (source.Slug(x.kind.One) == slug || source.Slug(x.kind.Many) == slug)
		},
	} {
		if i := slices.IndexFunc(r.tables, called); i >= 0 {
			return r.tables[i]
		}
	}
	return nil
}

// onlyWith is the one table that has a key, or nil.
func (r *Reference) onlyWith(key string) *subject {
	var found *subject
	for _, x := range r.tables {
		if x.t.Key(key) == nil {
			continue
		}
		if found != nil {
			return nil
		}
		found = x
	}
	return found
}

func keyNames(t *Type) []string {
	var out []string
	if t != nil {
		for _, k := range t.Keys {
			out = append(out, k.Name)
		}
	}
	return out
}

func (r *Reference) overview() Article {
	rows := func(keep func(*subject) bool) []Row {
		var out []Row
		for _, x := range r.tables {
			if keep(x) {
				out = append(out, Row{Term: x.name, Name: x.name, Text: []string{x.lead}})
			}
		}
		return out
	}
	kinds := func(shared bool) []Row {
		return rows(func(x *subject) bool { return x.kind != nil && x.kind.Shared == shared })
	}
	var files, topics []Row
	for _, f := range r.set.Files() {
		for _, glob := range f.Globs {
			files = append(files, Row{Term: glob, Text: []string{f.Title + "."}})
		}
	}
	for _, a := range r.rules {
		topics = append(topics, Row{Term: a.Name, Name: a.Name, Text: []string{a.Lead}})
	}
	return Article{Title: "Skrivehjælp", Lead: "Hvad der kan skrives i content/, og hvad det betyder.", Parts: []Part{
		{Title: "Filerne", Rows: files, Text: []string{"En fil kan hedde, hvad den skal, og have flere " +
			"tabeller. Mappen afgør, hvad der kan stå i den."}},
		{Title: "Det, en model består af", Rows: kinds(false),
			Text: []string{"Hver slags skrives som tabeller, [slags.<id>]. En model behøver ikke at have alle."}},
		{Title: "Det, modellerne er fælles om", Rows: kinds(true)},
		{Title: "Andet", Rows: rows(func(x *subject) bool { return x.kind == nil })},
		{Title: "Regler", Rows: topics},
	}}
}

// article tells of a subject: where it stands, what a municipality may do, an
// example, and its keys.
func (r *Reference) article(x *subject) Article {
	a := Article{Name: x.name, Title: x.name, Lead: x.lead}
	if x.kind != nil && x.kind.One != x.name {
		a.Title += " (" + x.kind.One + ")"
	}
	if where := append(r.where(x), r.rulesOf(x.name)...); where != nil {
		a.Parts = append(a.Parts, Part{Title: "Hvor det står", Text: where})
	}
	if k := x.kind; k != nil {
		if x.also == nil {
			a.Parts = append(a.Parts, Part{Title: "Hvad en kommune kan", Text: k.municipal()})
		}
		a.Parts = append(a.Parts, Part{Title: "Det mindste, der skal til", Example: k.Minimal()})
	}
	if x.also != nil {
		a.Parts = append(a.Parts, Part{Title: "I kommunens egen mappe", Example: r.set.MunicipalExample(TOMLLine)})
	}
	a.Parts = append(a.Parts, r.keys(x)...)
	if x.also != nil {
		a.Parts = append(a.Parts, r.keys(x.also)...)
	}
	if x.t != r.set.Common && r.set.IsCommon(x.t, x.t.Keys[0]) {
		a.Parts = append(a.Parts, Part{Title: "Nøgler, som alle slags har",
			Text: []string{strings.Join(keyNames(r.set.Common), ", ") + ". Se " + allKeys + "."}})
	}
	return a
}

// keys are the parts that tell of a subject's keys and the tables inside it.
func (r *Reference) keys(x *subject) []Part {
	at := spotOf(x)
	own := Part{Title: "Nøgler i [" + x.header + "]", Rows: r.rows(at, x.t, x.shows)}
	var out []Part
	if own.Rows != nil {
		out = append(out, own)
	}
	return append(out, r.inner(at, x.t, x.shows, map[*Type]bool{})...)
}

// inner are the tables inside a table, each with its keys.
func (r *Reference) inner(at spot, t *Type, shows func(*Key) bool, seen map[*Type]bool) []Part {
	var out []Part
	every := func(*Key) bool { return true }
	for _, k := range t.Keys {
		inside := tableIn(k.Type)
		if inside == nil || seen[inside] || !shows(k) {
			continue
		}
		seen[inside] = true
		below := at.below(k)
		var titles []string
		for _, same := range t.Keys {
			if tableIn(same.Type) == inside && shows(same) {
				titles = append(titles, at.below(same).title(same))
			}
		}
		out = append(out, Part{Title: "Nøgler i " + strings.Join(titles, ", "), Rows: r.rows(below, inside, every)})
		out = append(out, r.inner(below, inside, every, seen)...)
	}
	return out
}

// rows are a table's keys. Those that only a municipality writes share a row.
func (r *Reference) rows(at spot, t *Type, shows func(*Key) bool) []Row {
	var out []Row
	var local []string
	for _, k := range t.Keys {
		switch {
		case !shows(k):
		case at.depth > 0 && r.isLocal(k):
			local = append(local, k.Name)
		default:
			row := Row{Term: k.Name, Name: at.name + "." + k.Name, Note: note(at, k), Text: []string{k.Doc}}
			if at.open() && at.special(k) {
				row.Text = append(row.Text, "Lokalt: "+at.rule(k)+".")
			}
			out = append(out, row)
		}
	}
	if local != nil {
		out = append(out, Row{Term: "kun lokalt", Text: []string{strings.Join(local, ", ") + ". Se " + allKeys + "."}})
	}
	return out
}

// rulesOf points to the rules about a kind or a key.
func (r *Reference) rulesOf(name string) []string {
	var names []string
	for _, a := range r.rules {
		if slices.Contains(a.About, name) {
			names = append(names, a.Name)
		}
	}
	if names == nil {
		return nil
	}
	return []string{"Se også " + strings.Join(names, " og ") + "."}
}

// isLocal reports whether a key is one of those with which a municipality
// speaks of any table.
func (r *Reference) isLocal(k *Key) bool {
	common := r.set.Common.Key(k.Name)
	return common != nil && common.Type == k.Type && (k.Policy.Local() || k.Policy == Position)
}

func (r *Reference) keyArticle(at spot, k *Key) Article {
	a := Article{Name: at.name + "." + k.Name, Title: at.name + "." + k.Name, Lead: k.Doc}
	facts := Part{Rows: []Row{{Term: "Skrives som", Text: []string{at.kindOf(k)}}}}
	if k.Label != k.Name {
		facts.Rows = append(facts.Rows, Row{Term: "Kaldes", Text: []string{k.Label}})
	}
	if k.Required {
		facts.Rows = append(facts.Rows, Row{Term: "Skal være der", Text: []string{"ja"}})
	}
	if at.open() {
		facts.Rows = append(facts.Rows, Row{Term: "Lokalt", Text: []string{at.rule(k)}})
	}
	if see := r.rulesOf(k.Name); see != nil && r.set.Common.Key(k.Name) != nil {
		facts.Text = see
	}
	a.Parts = append(a.Parts, facts)
	if values := valuesOf(k.Type); values != nil {
		a.Parts = append(a.Parts, *values)
	}
	a.Parts = append(a.Parts, Part{Title: "Eksempel", Example: at.example(k)})
	if inside := tableIn(k.Type); inside != nil {
		below := at.below(k)
		every := func(*Key) bool { return true }
		a.Parts = append(a.Parts, Part{Title: "Nøgler i " + below.title(k), Rows: r.rows(below, inside, every)})
		a.Parts = append(a.Parts, r.inner(below, inside, every, map[*Type]bool{inside: true})...)
	}
	return a
}

// valuesOf lists the values that a key may have, with readers' words for them.
func valuesOf(t *Type) *Part {
	if t.Form == List {
		t = t.Elem
	}
	if t.Values == nil {
		return nil
	}
	p := &Part{Title: "Mulige værdier"}
	for _, v := range t.Values {
		row := Row{Term: v}
		if word := t.Word(v); word != v {
			row.Text = []string{fmt.Sprintf("Læseren ser \"%s\".", word)}
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}
