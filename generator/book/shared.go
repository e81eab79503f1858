package book

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/source"
)

// across is the group of what belongs to no single model.
const across = "paa-tvaers"

// sharedPages plans what belongs to no single model. It needs the models' pages.
func (p *planner) sharedPages() {
	// Each gives pages that stand together: one in the menu, then those below it.
	plans := []func(*planner) [][]*Page{
		(*planner).finders, one((*planner).compare), one((*planner).themes), several((*planner).packPages), one((*planner).year),
		one((*planner).termPage), several((*planner).actorPages), one((*planner).sourcePage), one((*planner).lawPage),
		one((*planner).localPage), one((*planner).newsPage), one((*planner).aboutPage), one((*planner).indexPage),
	}
	planned := make([][][]*Page, len(plans))
	p.beside(len(plans), func(part *planner, i int) { planned[i] = plans[i](part) })
	nav := NavItem{ID: across, Link: Link{Text: "På tværs"}}
	for _, pages := range slices.Concat(planned...) {
		first := pages[0]
		entry := NavItem{Link: Link{Path: first.Path, Text: cmp.Or(first.KindName, first.Title)}}
		for _, page := range pages {
			page.Section = first.Path
			page.Crumbs = []Link{{Path: "index.html", Text: "Forside"}}
			if page != first {
				page.Crumbs = append(page.Crumbs, Link{Path: first.Path, Text: first.KindName})
				entry.Children = append(entry.Children, NavItem{Link: Link{Path: page.Path, Text: page.Title}})
			}
		}
		nav.Children = append(nav.Children, entry)
	}
	search := p.add(&Page{Path: "soeg.html", Kind: "soeg", KindName: "Søg", Title: "Søg i håndbogen", NoIndex: true})
	search.Crumbs = []Link{{Path: "index.html", Text: "Forside"}}
	search.Changed = "" // an answer is as old as the page it leads to
	search.Sections = []Section{{Level: 2, Blocks: []Block{Search{Results: true}}}}
	lost := p.add(&Page{Path: "404.html", Kind: "fejl404", KindName: "Siden findes ikke", Title: "Siden findes ikke", NoIndex: true,
		Lede: p.constant("Adressen fører ikke til en side i håndbogen. Den kan være flyttet eller skrevet forkert.")})
	lost.Changed = ""
	lost.Sections = []Section{{Level: 2, Blocks: []Block{Search{Address: true}, Box{Type: "note", Title: "Find vej herfra", Links: []Link{{Path: "index.html", Text: "Forsiden"}, {Path: "indeks.html", Text: "Alt fra A til Å"}, {Path: "soeg.html", Text: "Søg"}}}}}}
	p.b.Nav = append(p.b.Nav, nav)
}

// one is a plan of a page that stands alone, if there is anything to put on it.
func one(plan func(*planner) *Page) func(*planner) [][]*Page {
	return func(p *planner) [][]*Page {
		if page := plan(p); page != nil {
			return [][]*Page{{page}}
		}
		return nil
	}
}

// several is a plan of a page and those below it, or of none.
func several(plan func(*planner) []*Page) func(*planner) [][]*Page {
	return func(p *planner) [][]*Page {
		if pages := plan(p); len(pages) > 0 {
			return [][]*Page{pages}
		}
		return nil
	}
}

// finders are the pages behind the front page's four tasks: all phases, all
// meetings, all checklists and all roles, model by model.
func (p *planner) finders() [][]*Page {
	var out [][]*Page
	for _, f := range []struct{ path, title, menu, alias, lede, folder string }{
		{"forloeb.html", "Find en fase eller et trin", "Faser og trin", "forløb", "Vælg, hvor I er i forløbet.", "faser|trin"},
		{"moeder.html", "Forbered et møde", "Møder", "mødeoversigt", "Vælg mødet, og se, hvem der indkalder, hvem der er med, og hvad der står på dagsordenen.", "moeder"},
		{"tjeklister.html", "Print en tjekliste", "Tjeklister og ark", "Word", "Vælg en tjekliste eller en mødeskabelon til skærm, papir eller Word.", "tjeklister"},
		{"roller.html", "Se en rolles opgaver", "Roller", "hvem gør hvad", "Vælg din rolle, og se, hvad du skal gøre hvornår.", "roller"},
	} {
		page := &Page{Path: f.path, Kind: "find", KindName: f.menu, Title: f.title, Lede: p.constant(f.lede), Summary: f.lede, Aliases: []string{f.alias}, names: strings.Split(f.menu, " og ")}
		for _, m := range p.h.Models {
			for folder := range strings.SplitSeq(f.folder, "|") {
				list := p.b.byPath[m.ID+"/"+folder+"/index.html"]
				if list == nil {
					continue
				}
				var cards []Card
				for _, x := range p.b.Pages {
					if x.Section != list.Path || x == list || x.Kind == "moedeark" {
						continue
					}
					if folder == "tjeklister" && x.Pos.File == "" && !strings.Contains(x.Path, "/rolle-") {
						continue // derived lists stand on the model's own page
					}
					cards = append(cards, Card{Link: Link{Path: x.Path, Text: cmp.Or(x.menu, x.Title)}, Kicker: cardKicker(x), Plain: x.Lede.Plain(), Badges: x.Badges})
				}
				cards = append(cards, Card{Link: Link{Path: list.Path, Text: list.Title + " i " + m.MenuLabel()}, Plain: "Hele oversigten."})
				page.section(m.ID+"-"+folder, m.MenuLabel(), Cards{cards})
			}
		}
		if len(page.Sections) > 0 {
			out = append(out, []*Page{p.add(page)})
		}
	}
	return out
}

func cardKicker(page *Page) string {
	if page.Kind == "fase" || page.Kind == "trin" {
		return page.Kicker
	}
	return ""
}

func (p *planner) packPages() []*Page {
	if len(visible(p, p.h.Packs())) == 0 {
		return nil
	}
	list := p.add(&Page{Path: "pakker/index.html", Kind: "liste-pakker", KindName: "Pakker til print", Title: "Pakker til print", Lede: p.constant("Flere ark samlet i rækkefølge, til kurser og møder."), Aliases: []string{"PDF", "download"}})
	pages := append([]*Page{list}, p.packs()...)
	var cards []Card
	for _, page := range pages[1:] {
		cards = append(cards, Card{Link: Link{Path: page.Path, Text: page.Title}, Plain: page.Lede.Plain()})
	}
	list.section("", "", Cards{cards})
	return pages
}

func (p *planner) missingSheet(ref model.AnyRef) {
	if p.h.Hidden(ref.Model) || ref.To == nil {
		return // an unknown reference is reported as such
	}
	var known []string
	for _, page := range p.b.Pages {
		if page.Sheet != nil && page.Model == ref.Model {
			known = append(known, page.Model+"/"+map[bool]string{true: "moede", false: "tjekliste"}[page.Sheet.Type == "moede"]+":"+strings.TrimSuffix(page.Sheet.Base, "-ark"))
		}
	}
	name := ref.Model + "/" + ref.Kind + ":" + ref.ID
	p.diags = append(p.diags, diag.Diag{Severity: diag.Error, Code: "ukendt-ark", Pos: ref.At.Pos(), Width: ref.At.Width(),
		Message: fmt.Sprintf("\"%s\" er ikke et ark%s", name, diag.MenteDu(name, known)), Help: "Et ark er en tjekliste (model/tjekliste:id), et møde (model/moede:id) eller en rolles tjekliste (model/rolle:id)."})
}

// year plans the edition's year: the cadences of all models as a figure.
func (p *planner) year() *Page {
	page := &Page{Path: "aarshjul.html", Kind: "aarshjul", KindName: "Årshjul", Title: "Årshjul", Lede: p.constant("Det, der kommer igen i løbet af året: hvad der er krav, hvad der er anbefalet, og hvad der er eksempler fra en kommune."), Aliases: []string{"kadencer", "hvor tit"}}
	for _, m := range p.h.Models {
		p.model = m
		if d := p.yearDrawing(m); d != nil {
			d.ID += "-" + m.ID
			page.section("model-"+m.ID, m.MenuLabel(), *d)
		}
	}
	p.model = nil
	if len(page.Sections) == 0 {
		return nil
	}
	return p.add(page)
}

func (p *planner) termPage() *Page {
	terms := visible(p, p.h.Terms())
	if len(terms) == 0 {
		return nil
	}
	page := p.add(&Page{Path: "begreber/index.html", Kind: "begreber", KindName: "Begreber", Title: "Begreber A–Å", Kicker: "På tværs", Lede: p.constant("Ordene, som modellerne bruger dem. Når et ord betyder noget forskelligt, står hver models betydning for sig."), Aliases: []string{"ordliste", "ordbog", "definitioner"}, Long: true})
	sorted := slices.Clone(terms)
	sortDanish(p, sorted, func(t *model.Term) string { return t.Label() })
	var current string
	var items []Item
	flush := func() {
		page.section("bogstav-"+source.Slug(current), current, List{Items: items, Class: "begreber"})
		items = nil
	}
	for _, t := range sorted {
		if l := firstLetter(t.Label()); l != current {
			if current != "" {
				flush()
			}
			current = l
		}
		i := p.withGuide(t)
		if !t.Definition.Empty() {
			i.Text = p.text(t.Definition)
		}
		i.Children = append(p.meanings(t.PerModel), i.Children...)
		if len(t.Alias) > 0 {
			i.Meta = append(i.Meta, p.fact("alias", Fact{Plain: strings.Join(t.Alias, " · ")}))
		}
		i.Meta = append(i.Meta, p.linkFact("se-ogsaa", links(p, t.See))...)
		items = append(items, i)
	}
	flush()
	return page
}

func firstLetter(s string) string {
	for _, r := range s {
		l := strings.ToUpper(string(r))
		if strings.HasPrefix(strings.ToLower(s), "aa") {
			return "Å"
		}
		if l < "A" {
			return "0–9"
		}
		return l
	}
	return ""
}

// sortDanish sorts by the Danish alphabet: æ, ø, å last, and aa with å.
func sortDanish[T any](p *planner, list []T, key func(T) string) {
	type keyed struct {
		key string
		at  int
	}
	order := make([]keyed, len(list))
	for i, x := range list {
		order[i] = keyed{p.texts.collation(key(x)), i}
	}
	slices.SortFunc(order, func(a, b keyed) int { return cmp.Or(strings.Compare(a.key, b.key), a.at-b.at) })
	unsorted := slices.Clone(list)
	for i, k := range order {
		list[i] = unsorted[k.at]
	}
}

var actorTypes = map[model.ActorType]string{"kommune": "Kommune", "styrelse": "Styrelse", "konsulent": "Konsulenthus", "forskning": "Forskning", "hoejskole": "Professionshøjskole", "forening": "Forening eller fond", "person": "Forsker", "tilsyn": "Tilsyn"}

func (p *planner) actorPages() []*Page {
	actors := visible(p, p.h.Actors())
	if len(actors) == 0 {
		return nil
	}
	list := p.add(&Page{Path: "aktoerer/index.html", Kind: "liste-aktoerer", KindName: "Aktører", Title: "Aktører", Kicker: "På tværs", Lede: p.constant("Hvem der har udviklet, afprøvet, evalueret eller leveret viden til modellerne."), Aliases: []string{"kommuner", "forskere", "hvem står bag"}})
	pages := []*Page{list}
	sorted := slices.Clone(actors)
	sortDanish(p, sorted, func(a *model.Actor) string { return a.Label() })
	table := Table{Caption: "Aktørerne og deres rolle i modellerne", Head: []string{"Aktør", "Slags", "Modeller"}, Stack: true}
	for _, a := range sorted {
		page := p.add(p.entityPage(a, "aktoerer/"))
		page.Kicker = actorTypes[a.Type]
		if words := strings.Fields(page.Title); a.Type == "person" {
			page.names = words[len(words)-1:] // people go by the last name
		}
		var roles []Item
		row := Row{Head: Cell{Links: []Link{p.link(a)}}, Cells: []Cell{{Plain: actorTypes[a.Type]}, {}}}
		for _, x := range a.PerModel.Items {
			m := p.h.ModelByID(x.ID)
			if m == nil {
				continue
			}
			p.model = m
			i := Item{Title: p.link(m), Text: p.text(x.Role), Cites: p.cites(x.Cites), Pos: x.At.Pos()}
			i.Title.Text = m.MenuLabel()
			if s := period(x.From, x.To); s != "" {
				i.Meta = append(i.Meta, p.fact("periode", Fact{Plain: s}))
			}
			p.model = nil
			roles = append(roles, i)
			row.Cells[1].Links = append(row.Cells[1].Links, Link{Path: m.ID + "/index.html", Text: m.MenuLabel() + noteIn(period(x.From, x.To))})
		}
		page.section("roller", "Rolle i modellerne", List{Items: roles, Class: "liste"})
		var names []Item
		for _, x := range a.Earlier.Items {
			names = append(names, Item{Title: Link{Text: x.Name}, Text: p.text(x.Note)})
		}
		page.section("navne", "Navne over tid", List{Items: names, Class: "liste"})
		p.closing(page, a)
		table.Rows = append(table.Rows, row)
		pages = append(pages, page)
	}
	list.section("", "", table)
	return pages
}

// sourcePage lists every source and who cites it.
func (p *planner) sourcePage() *Page {
	if len(p.h.Sources()) == 0 {
		return nil
	}
	page := p.add(&Page{Path: "kilder/index.html", Kind: "kilder", KindName: "Kilder", Title: "Kilder", Kicker: "På tværs", Lede: p.constant("Alt, hvad håndbogen og modellerne bygger på, og hvor det bruges."), Aliases: []string{"referencer", "litteratur", "litteraturliste"}, Long: true})
	citedBy := p.citedBy()
	add := func(id, title string, keep func(*model.Source) bool) {
		var list []*model.Source
		for _, s := range visible(p, p.h.Sources()) {
			if keep(s) {
				list = append(list, s)
			}
		}
		sortDanish(p, list, func(s *model.Source) string { return cmp.Or(s.Author, s.Title) })
		var items []Item
		for _, s := range list {
			items = append(items, p.sourceItem(s, citedBy[s]))
		}
		page.section(id, title, List{Items: items, Class: "kilder"})
	}
	add("hovedkilder", "Modellernes egne kilder", func(s *model.Source) bool { return s.Primary })
	for _, m := range p.h.Models {
		add("kilder-"+m.ID, "Kilder i "+m.MenuLabel(), func(s *model.Source) bool { return !s.Primary && len(s.UsedBy) > 0 && s.UsedBy[0] == m.ID })
	}
	add("andre", "Andre kilder", func(s *model.Source) bool {
		return !s.Primary && (len(s.UsedBy) == 0 || p.h.ModelByID(s.UsedBy[0]) == nil && !p.h.Hidden(s.UsedBy[0]))
	})
	return page
}

func (p *planner) sourceItem(s *model.Source, cited []LinkGroup) Item {
	i := p.item(s)
	i.Title = Link{Text: s.Title}
	i.Lang = s.Language
	if s.URL != "" {
		i.Title.URL = s.URL
	}
	var who []string
	for _, x := range []string{s.Author, s.Year, s.Publisher} {
		if x != "" && !slices.Contains(who, x) {
			who = append(who, x)
		}
	}
	i.Plain = strings.Join(who, ", ")
	if s.ISBN != "" {
		i.Meta = append(i.Meta, p.fact("isbn", Fact{Plain: s.ISBN}))
	}
	var models []Link
	for _, id := range s.UsedBy {
		if m := p.h.ModelByID(id); m != nil {
			models = append(models, Link{Path: m.ID + "/index.html", Text: m.MenuLabel()})
		}
	}
	i.Meta = append(i.Meta, p.linkFact("model", models)...)
	if n := count(cited); n > mostLinks {
		i.Fold = Fold{Title: "Bruges " + itoa(n) + " steder", Groups: cited}
	} else if n > 0 {
		var all []Link
		for _, g := range cited {
			all = append(all, g.Links...)
		}
		i.Meta = append(i.Meta, p.fact("bruges-i", Fact{Links: all}))
	}
	return i
}

// count is how many links there are in all groups.
func count(groups []LinkGroup) int {
	n := 0
	for _, g := range groups {
		n += len(g.Links)
	}
	return n
}

// citedBy tells where each source is cited, model by model and kind by kind.
func (p *planner) citedBy() map[*model.Source][]LinkGroup {
	out := map[*model.Source][]LinkGroup{}
	note := func(n model.Named, cites []model.Cite) {
		k := model.Schema().Kind(n.Base().Kind)
		title := "Modellen"
		switch {
		case k != nil && p.model != nil:
			title = k.Many + " i " + p.model.MenuLabel()
		case k != nil:
			title = k.Many
		}
		for _, c := range cites {
			l := p.link(n)
			if c.To == nil || !l.Set() {
				continue
			}
			i := slices.IndexFunc(out[c.To], func(g LinkGroup) bool { return g.Title == title })
			if i < 0 {
				i = len(out[c.To])
				out[c.To] = append(out[c.To], LinkGroup{Title: title})
			}
			if g := &out[c.To][i]; !slices.Contains(g.Links, l) {
				g.Links = append(g.Links, l)
			}
		}
	}
	for _, m := range p.h.Models {
		p.model = m
		note(m, m.Cites)
		for _, n := range m.All() {
			if !p.hidden(n.Base()) {
				note(n, n.Base().Cites)
			}
		}
	}
	p.model = nil
	for _, t := range p.h.Terms() {
		note(t, t.Cites)
		for _, x := range t.PerModel.Items {
			note(t, x.Cites)
		}
	}
	for _, a := range p.h.Actors() {
		note(a, a.Cites)
		for _, x := range a.PerModel.Items {
			note(a, x.Cites)
		}
	}
	for _, s := range p.h.Shared() {
		for _, x := range s.PerModel.Items {
			note(s, x.Cites)
		}
	}
	for _, l := range p.h.Laws() {
		note(l, l.Cites)
	}
	return out
}

func (p *planner) lawPage() *Page {
	laws := visible(p, p.h.Laws())
	if len(laws) == 0 {
		return nil
	}
	page := p.add(&Page{Path: "love/index.html", Kind: "love", KindName: "Love", Title: "Love: dengang og nu", Kicker: "På tværs",
		Lede:    p.constant("Kilderne henviser til love, som siden er ændret. Her står, hvad kilden skriver, og hvad der gælder nu. Det er ikke juridisk rådgivning."),
		Aliases: []string{"lovgivning", "paragraffer", "barnets lov", "serviceloven"}})
	var items []Item
	for _, l := range laws {
		i := p.withGuide(l)
		i.Title.Text = l.Label()
		meta := []Fact{p.fact("lov-i-kilden", Fact{Plain: strings.TrimSpace(l.Act + " " + l.Paragraph)})}
		meta = slices.Concat(meta, p.textFact("kilden-skriver", l.InSource), p.textFact("nu", l.Now), p.textFact("bemaerk", l.Remark))
		if l.AsOf != "" {
			meta = append(meta, p.fact("efterset", Fact{Plain: DanishDate(l.AsOf)}))
		}
		i.Meta = append(meta, i.Meta...)
		var cited []Link
		for _, m := range p.h.Models {
			for _, n := range m.All() {
				if slices.ContainsFunc(n.Base().Laws, func(r model.Ref[model.Law]) bool { return r.To != nil && r.To.ID == l.ID }) && !p.hidden(n.Base()) {
					cited = append(cited, p.link(n))
				}
			}
		}
		i.Meta = append(i.Meta, p.linkFact("henvisninger", cited)...)
		items = append(items, i)
	}
	page.section("", "", List{Items: items, Class: "love"})
	return page
}

func (p *planner) newsPage() *Page {
	if len(p.h.Editions()) == 0 {
		return nil
	}
	page := p.add(&Page{Path: "nyt.html", Kind: "nyt", KindName: "Nyt i håndbogen", Title: "Nyt i håndbogen", Lede: p.constant("Hvad der er ændret i hver udgave, model for model."), Aliases: []string{"ændringer", "udgaver", "versioner"}})
	for _, e := range p.h.Editions() {
		var items []Item
		for _, c := range e.Changes.Items {
			m := p.h.ModelByID(c.Model)
			if c.Model != "" && m == nil {
				continue
			}
			i := Item{Pos: c.At.Pos()}
			if m != nil {
				p.model = m
				i.Title = Link{Path: m.ID + "/index.html", Text: m.MenuLabel()}
			} else {
				i.Title = Link{Text: "Hele håndbogen"}
			}
			i.Text = p.text(c.Text)
			for _, r := range c.Refs {
				if n := p.h.Lookup(m, r.Model, r.Kind, r.ID); n != nil {
					i.Meta = append(i.Meta, p.fact("se", Fact{Links: []Link{p.link(n)}}))
				}
			}
			p.model = nil
			items = append(items, i)
		}
		page.section(anchor(&e.Entity), "Udgave "+e.Number+", "+DanishDate(e.Date), Prose{Text: p.text(e.Body)}, List{Items: items, Class: "liste"})
	}
	page.section("abonner", "Følg med", Box{Type: "note", Plain: "Du kan følge ændringerne i en nyhedslæser.", Links: []Link{{Path: "nyt.xml", Text: "Atom-feed"}}})
	return page
}

func (p *planner) aboutPage() *Page {
	page := p.add(&Page{Path: "om.html", Kind: "om", KindName: "Om håndbogen", Title: "Om håndbogen", Lede: p.text(p.h.Info.Text), Aliases: []string{"sådan læser du håndbogen", "krav og anbefalinger", "mærker", "udledt", "nævnt", "forældet"}})
	var items []Item
	for _, t := range p.h.Info.About {
		items = append(items, Item{Text: p.text(t)})
	}
	page.section("saadan", "Sådan er håndbogen lavet", List{Items: items, Class: "afsnit"})
	page.section("maerker", "Mærkerne", List{Class: "liste", Items: []Item{
		{Badges: []Badge{{"krav", forceWords["krav"]}}, Text: p.constant("Modellen kræver det.")},
		{Badges: []Badge{{"anbefaling", forceWords["anbefaling"]}}, Text: p.constant("Modellen anbefaler det.")},
		{Badges: []Badge{{"eksempel", forceWords["eksempel"]}}, Text: p.constant("Sådan har én kommune gjort. Det er ikke et krav.")},
		{Badges: []Badge{{"udledt", basisWords["udledt"]}}, Text: p.constant("Redaktionens læsning. Det står ikke direkte i kilden.")},
		{Badges: []Badge{{"naevnt", basisWords["naevnt"]}}, Text: p.constant("Kilden nævner det, men beskriver det ikke.")},
		{Badges: []Badge{{"foraeldet", basisWords["foraeldet"]}}, Text: p.constant("Det var sådan, da kilden blev skrevet.")},
		{Badges: []Badge{{"lokal", "Lokalt"}}, Text: p.constant("En kommunes egen tilpasning eller tilføjelse.")},
	}})
	data := []Item{}
	for _, m := range p.h.Models {
		data = append(data, Item{Title: Link{Path: "data/" + m.ID + ".json", Text: m.Label() + " som JSON"}})
	}
	page.section("data", "Data til videre brug", Prose{Text: p.constant("Hver model findes som én JSON-fil med alle opgaver, møder og kilder. Andre må gerne bygge videre på den.")}, List{Items: data})
	return page
}

// indexPage lists everything with a name, and every alias, from A to Å.
func (p *planner) indexPage() *Page {
	page := p.add(&Page{Path: "indeks.html", Kind: "indeks", KindName: "Alt fra A til Å", Title: "Alt fra A til Å", Lede: p.constant("Alt, der har et navn i håndbogen, også under andre navne."), NoIndex: true, Aliases: []string{"stikord", "register"}})
	var entries []Entry
	add := func(n model.Named, note string) {
		e := n.Base()
		l := p.link(n)
		if !l.Set() || l.Text == "" || p.hidden(e) {
			return
		}
		entries = append(entries, Entry{Link: l, Note: note})
		for _, a := range aliases(e) {
			if !strings.EqualFold(a, l.Text) {
				entries = append(entries, Entry{Link: Link{Path: l.Path, Anchor: l.Anchor, Text: a}, Note: "se " + l.Text})
			}
		}
	}
	for _, m := range p.h.Models {
		p.model = m
		add(m, "model")
		for _, n := range m.All() {
			if k := model.Schema().Kind(n.Base().Kind); !k.Unlisted {
				add(n, k.One+" i "+m.MenuLabel())
			}
		}
	}
	p.model = nil
	for _, t := range p.h.Terms() {
		add(t, "begreb")
	}
	for _, a := range p.h.Actors() {
		add(a, "aktør")
	}
	for _, l := range p.h.Laws() {
		add(l, "lov")
	}
	for _, pk := range p.h.Packs() {
		add(pk, "pakke")
	}
	sortDanish(p, entries, func(e Entry) string { return e.Link.Text + "\x00" + e.Note })
	entries = slices.Compact(entries)
	var letters Letters
	for _, e := range entries {
		l := firstLetter(e.Link.Text)
		if n := len(letters.Groups); n == 0 || letters.Groups[n-1].Letter != l {
			letters.Groups = append(letters.Groups, Letter{Letter: l})
		}
		g := &letters.Groups[len(letters.Groups)-1]
		g.Entries = append(g.Entries, e)
	}
	page.section("", "", letters)
	return page
}
