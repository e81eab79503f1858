package book

import (
	"cmp"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/overlay"
	"modelhaandbog/generator/source"
)

// frontPage asks what the reader is here to do, then shows the models.
func (p *planner) frontPage() {
	page := p.add(&Page{Path: "index.html", Kind: "forside", KindName: "Forside", Title: p.b.Title, Section: "index.html", Lede: p.constant(p.h.Info.Subtitle), NoIndex: true})
	hero := Hero{Title: p.b.Title, Text: p.text(p.h.Info.Text)}
	for _, t := range []struct{ path, title, text, icon string }{
		{"moeder.html", "Forbered et møde", "Hvem indkalder, hvem er med, og hvad står på dagsordenen?", "moede"},
		{"forloeb.html", "Find en fase", "Hvad sker der nu, og hvad kommer bagefter?", "fase"},
		{"roller.html", "Se en rolles opgaver", "Hvad skal du gøre, og hvornår?", "rolle"},
		{"tjeklister.html", "Print en tjekliste", "Tjeklister og mødeskabeloner til papir, Word og skærm.", "tjekliste"},
	} {
		if p.b.byPath[t.path] != nil {
			hero.Tasks = append(hero.Tasks, Card{Link: Link{Path: t.path, Text: t.title}, Plain: t.text, Icon: t.icon})
		}
	}
	page.Sections = append(page.Sections, Section{Level: 2, Blocks: []Block{hero}})
	var cards []Card
	for _, m := range p.h.Models {
		cards = append(cards, Card{Link: Link{Path: m.ID + "/index.html", Text: m.Label()}, Kicker: modelTypes[m.Type] + prefixIf(" · ", period(m.Period.From, m.Period.To)), Text: p.text(m.Short)})
	}
	page.section("modeller", "Modellerne", Cards{cards})
	p.partPlayed(page)
	var across []Card
	for _, path := range []string{"sammenlign.html", "faelles.html", "begreber/index.html", "aarshjul.html", "pakker/index.html", "indeks.html", "lokalt.html", "nyt.html"} {
		if x := p.b.byPath[path]; x != nil {
			across = append(across, Card{Link: Link{Path: path, Text: cmp.Or(x.KindName, x.Title)}, Plain: x.Lede.Plain()})
		}
	}
	page.section("paa-tvaers", "På tværs", Cards{across})
	if p.b.Slug == "" {
		p.finder(page)
	}
	p.b.Nav = slices.Insert(p.b.Nav, 0, NavItem{Link: Link{Path: "index.html", Text: "Forside"}})
}

// partPlayed says which models the municipality took part in, from the actors.
func (p *planner) partPlayed(page *Page) {
	if p.b.Slug == "" {
		return
	}
	var items []Item
	for _, a := range p.h.Actors() {
		if a.Municipality != p.b.Slug {
			continue
		}
		for _, x := range a.PerModel.Items {
			m := p.h.ModelByID(x.ID)
			if m == nil {
				continue
			}
			p.model = m
			i := Item{Title: Link{Path: m.ID + "/index.html", Text: m.MenuLabel()}, Text: p.text(x.Role), Cites: p.cites(x.Cites)}
			if s := period(x.From, x.To); s != "" {
				i.Meta = append(i.Meta, p.fact("periode", Fact{Plain: s}))
			}
			p.model = nil
			items = append(items, i)
		}
	}
	page.section("deltog", p.b.Name+" i modellerne", List{Items: items, Class: "liste"})
}

// finder lists the municipalities' editions by region and from A to Å, also by
// the other names that people know them by.
func (p *planner) finder(page *Page) {
	var list []*model.Municipality
	for _, m := range p.h.Register() {
		if len(p.opt.Editions) == 0 || slices.Contains(p.opt.Editions, m.ID) {
			list = append(list, m)
		}
	}
	if p.opt.NoEditions || len(list) == 0 {
		return
	}
	sortDanish(p, list, func(m *model.Municipality) string { return m.Name })
	var entries []Entry
	regions := map[string][]Link{}
	next := map[string]model.RegionSpan{} // what a region becomes, when it is the same for all of it
	var names []string
	for _, m := range list {
		link := Link{Path: "kommuner/" + m.ID + "/index.html", Text: m.Name}
		if m.Fictional {
			link.Text += " (opdigtet)"
		}
		if r := p.region(m); r != "" {
			coming := p.comingRegion(m)
			if !slices.Contains(names, r) {
				names = append(names, r)
				next[r] = coming
			}
			if first := next[r]; first.Name != coming.Name || first.From != coming.From {
				next[r] = model.RegionSpan{}
			}
			regions[r] = append(regions[r], link)
		}
		entries = append(entries, Entry{Link: link})
		for _, a := range m.Alias {
			if source.Slug(a) != source.Slug(m.Name) {
				entries = append(entries, Entry{Link: Link{Path: link.Path, Text: a}, Note: "se " + m.Name})
			}
		}
	}
	sortDanish(p, entries, func(e Entry) string { return e.Link.Text })
	var letters Letters
	for _, e := range entries {
		l := firstLetter(e.Link.Text)
		if n := len(letters.Groups); n == 0 || letters.Groups[n-1].Letter != l {
			letters.Groups = append(letters.Groups, Letter{Letter: l})
		}
		g := &letters.Groups[len(letters.Groups)-1]
		g.Entries = append(g.Entries, e)
	}
	sortDanish(p, names, func(s string) string { return s })
	var byRegion []Item
	for _, r := range names {
		i := Item{Title: Link{Text: r}}
		if n := next[r]; n.Name != "" {
			i.Meta = append(i.Meta, Fact{Label: "Fra " + DanishDate(n.From), Plain: n.Name})
		}
		i.Meta = append(i.Meta, p.fact("kommuner", Fact{Links: regions[r]}))
		byRegion = append(byRegion, i)
	}
	page.section("find-din-kommune", "Find din kommune", letters)
	page.section("efter-region", "Kommuner efter region", List{Items: byRegion, Class: "ark"})
}

// region is the region that a municipality belongs to on the edition's date.
func (p *planner) region(m *model.Municipality) string {
	name, from := "", ""
	for _, r := range m.Regions.Items {
		if (r.From == "" || r.From <= p.b.Date) && r.From >= from {
			name, from = r.Name, r.From
		}
	}
	return name
}

// comingRegion is the next region that the municipality will belong to after
// the edition's date, or nothing.
func (p *planner) comingRegion(m *model.Municipality) model.RegionSpan {
	var next model.RegionSpan
	for _, r := range m.Regions.Items {
		if r.From > p.b.Date && (next.From == "" || r.From < next.From) {
			next = *r
		}
	}
	return next
}

// localPage lists what is local beside the national wording, what is still to
// be decided, and what has changed nationally since the last review. The national
// edition has none.
func (p *planner) localPage() *Page {
	if p.b.Slug == "" {
		return nil
	}
	page := p.add(&Page{Path: "lokalt.html", Kind: "lokalt", KindName: "Lokale tilpasninger", Title: "Lokale tilpasninger", Lede: p.constant("Her står alt, hvad kommunen selv har aftalt, ændret eller tilføjet, ved siden af den nationale tekst."), Aliases: []string{"sådan gør vi", "lokale aftaler"}})
	adapted := p.opt.Changes
	if len(p.opt.Drift) > 0 {
		var rows []Row
		for _, d := range p.opt.Drift {
			head := Cell{Plain: d.Label()}
			if d.Entity != nil {
				if n := p.h.Lookup(d.Model, d.Model.ID, d.Entity.Kind, d.Entity.ID); n != nil {
					head = Cell{Links: []Link{p.link(n)}, Plain: d.Label()}
				}
			}
			rows = append(rows, Row{Head: head, Cells: []Cell{{Plain: cmp.Or(d.Old, "(intet)")}, {Plain: cmp.Or(d.New, "(slettet)")}}})
		}
		page.section("gennemgang", "Trænger til gennemgang", Box{Type: "vigtigt", Title: "Den nationale tekst er ændret", Plain: "Teksten under disse tilpasninger er ændret, siden kommunen sidst gennemgik dem."},
			Table{Caption: "Ændret national tekst", Head: []string{"Hvor", "Før", "Nu"}, Rows: rows, Stack: true})
	}
	for _, m := range p.h.Models {
		var rows []Row
		for _, a := range adapted {
			if a.Model != m {
				continue
			}
			n := p.h.Lookup(m, m.ID, a.Entity.Kind, a.Entity.ID)
			row := Row{Head: Cell{Links: []Link{p.link(n)}, Plain: upperFirst(a.Label)}}
			what := Badge{"lokal", upperFirst(string(a.What))}
			row.Cells = []Cell{{Badges: []Badge{what}, Plain: a.Local}, {Plain: cmp.Or(a.National, "–")}, {Plain: cmp.Or(strings.TrimSpace(a.Reason+" "+dated(a.Date)), "–")}}
			rows = append(rows, row)
		}
		for _, n := range p.guidedLocally(m) {
			row := p.localRow(n, "", "Vejledning", "Sådan gør vi i "+p.b.Name)
			if slices.ContainsFunc(adapted, func(a overlay.Change) bool { return a.Entity == n.Base() }) {
				row.Cells[2].Plain = "–" // the reason is for what the table changes
			}
			rows = append(rows, row)
		}
		page.section("tilpasset-"+m.ID, "Tilpasninger i "+m.MenuLabel(), Table{Head: []string{"Hvor", "Her i kommunen", "National tekst", "Begrundelse og dato"}, Rows: rows, Stack: true})
	}
	page.section("tilpasset-faelles", "Fælles for modellerne", Table{Head: []string{"Hvor", "Her i kommunen", "National tekst", "Begrundelse og dato"}, Rows: p.sharedLocally(), Stack: true})
	if len(page.Sections) == 0 {
		page.section("ingen", "", Box{Type: "note", Plain: "Kommunen har ingen tilpasninger. Alt i udgaven er den nationale tekst."})
	}
	for _, m := range p.h.Models {
		p.model = m
		var open []Item
		for _, a := range visible(p, m.Agreements()) {
			if a.Answer.Empty() && !a.Local.Omit {
				i := p.agreement(a)
				i.ID = ""
				i.Title = p.link(a)
				open = append(open, i)
			}
		}
		page.section("aabne-"+m.ID, "Aftal lokalt: "+m.MenuLabel(), List{Items: open, Class: "aftaler"})
	}
	p.model = nil
	if p.h.Municipal.Reviewed != "" {
		page.section("gennemgaaet", "Sidst gennemgået", Box{Type: "note", Plain: "Kommunen har sidst gennemgået sine tilpasninger mod udgave " + p.h.Municipal.Reviewed + "."})
	}
	if p.b.WAS == "" {
		page.section("tilgaengelighed", "Tilgængelighedserklæring", Box{Type: "note", Plain: "Kommunens tilgængelighedserklæring er ikke angivet endnu."})
	}
	page.Long = len(page.Sections) > 3
	return page
}

// sharedLocally lists the terms and packs that the municipality has added, and
// its guidance for what the models share.
func (p *planner) sharedLocally() []Row {
	var shared []model.Named
	for _, n := range p.h.Terms() {
		shared = append(shared, n)
	}
	for _, n := range p.h.Actors() {
		shared = append(shared, n)
	}
	for _, n := range p.h.Laws() {
		shared = append(shared, n)
	}
	for _, n := range p.h.Packs() {
		shared = append(shared, n)
	}
	var rows []Row
	for _, n := range shared {
		e := n.Base()
		if e.At.Local() {
			k := model.Schema().Kind(e.Kind)
			rows = append(rows, p.localRow(n, k.One, "Tilføjet", e.Label()))
		}
		if g, ok := p.local[guideKey("", e.Kind, e.ID)]; ok && !g.Doc.Empty() {
			rows = append(rows, p.localRow(n, "", "Vejledning", "Sådan gør vi i "+p.b.Name))
		}
	}
	return rows
}

// localRow is a row for what has no national wording beside it.
func (p *planner) localRow(n model.Named, label, what, text string) Row {
	why := n.Base().Local
	return Row{Head: Cell{Links: []Link{p.link(n)}, Plain: label}, Cells: []Cell{{Badges: []Badge{{"lokal", what}}, Plain: text}, {Plain: "–"},
		{Plain: cmp.Or(strings.TrimSpace(why.Reason.Value+" "+dated(why.Date)), "–")}}}
}

// dated puts a date in brackets.
func dated(iso string) string {
	if iso == "" {
		return ""
	}
	return "(" + DanishDate(iso) + ")"
}

// guidedLocally lists what the municipality has guidance of its own for.
func (p *planner) guidedLocally(m *model.Model) []model.Named {
	var out []model.Named
	for _, n := range append([]model.Named{m}, m.All()...) {
		if g, ok := p.local[guideKey(m.ID, n.Base().Kind, n.Base().ID)]; ok && !g.Doc.Empty() {
			out = append(out, n)
		}
	}
	return out
}
