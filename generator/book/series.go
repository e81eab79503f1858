package book

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
)

// allSeries plans the list of series, and for each its page with the pages and the sheets
// of its sessions.
func (s scope) allSeries(sec section) []*Page {
	list := s.listPage(sec, "liste-forloeb")
	pages := []*Page{list}
	var items []Item
	for _, f := range visible(s, s.model.Series()) {
		items = append(items, s.linked(f))
		page := s.entityPage(f, sec.folder)
		fill(s, page, f, seriesParts())
		page.relate(s.say("relateret.faser"), links(s, f.Phases))
		pages = append(pages, page)
		sessions := s.sessions(f)
		for _, x := range sessions {
			own := s.sessionPage(x, len(sessions))
			pages = append(pages, own, s.sessionSheet(sec, x, own))
		}
	}
	list.section("", "", overviewOf(items))
	return pages
}

// sessions are those of a series that are shown and not left out.
func (s scope) sessions(f *model.Series) []*model.Session {
	return slices.DeleteFunc(slices.Clone(visible(s, s.model.SessionsOf(f))), func(x *model.Session) bool { return x.Local.Omit })
}

// seriesParts are what a series' page holds.
func seriesParts() []partOf[*model.Series] {
	return []partOf[*model.Series]{
		answer("emne.kort-sagt", func(s scope, f *model.Series) []Block { return []Block{Facts{s.seriesFacts(f)}} }),
		answer("forloeb.sessioner", func(s scope, f *model.Series) []Block { return []Block{s.sessionTable(f)} }),
		answer("forloeb.afsnit", func(s scope, f *model.Series) []Block { return []Block{s.stretches(f)} }),
		agreed[*model.Series], guidance[*model.Series],
		under("forloeb.materialer", func(s scope, f *model.Series) []Block { return []Block{s.allMaterials(f)} }),
		under("forloeb.om", func(s scope, f *model.Series) []Block { return []Block{Prose{Text: s.text(f.Body)}} }),
		under("forloeb.kalender", scope.seriesCalendar),
		notes[*model.Series],
	}
}

func (s scope) seriesFacts(f *model.Series) []Fact {
	facts := append(s.textFact("formaal", f.Purpose), s.linkFact("ledes-af", links(s, f.Leads))...)
	if n := len(s.sessions(f)); n > 0 {
		facts = append(facts, s.plainFact("sessioner", s.count("session", n)+prefixIf(", ", s.rhythm(f)))...)
	}
	facts = append(facts, s.plainFact("varer", s.span(f, f.Length))...)
	markLocal(facts, f.At)
	return append(facts, s.linkFact("faser", links(s, f.Phases))...)
}

// rhythm is how far a series' sessions are apart: "hver uge".
func (s scope) rhythm(f *model.Series) string {
	if f.Every == 0 || f.Unit == "" {
		return ""
	}
	return every(s.words, model.Frequency{From: f.Every, To: f.Every, Unit: f.Unit})
}

// span is a number of a series' units: "9 måneder".
func (s scope) span(f *model.Series, n int) string {
	if n == 0 || f.LengthUnit == "" {
		return ""
	}
	return s.count("varer-"+string(f.LengthUnit), n)
}

func (s scope) sessionTable(f *model.Series) Table {
	t := Table{Caption: s.say("forloeb.sessioner"), Head: s.list("forloeb.sessioner-hoved"), Stack: true}
	if len(f.Parts.Items) == 0 {
		t.Head = slices.Delete(slices.Clone(t.Head), 2, 3)
	}
	for _, x := range s.sessions(f) {
		l := s.link(x)
		l.Text = s.numbered(x)
		purpose, time := x.Purpose, ""
		if purpose.Empty() {
			purpose = x.Short
		}
		if x.Minutes > 0 {
			time = s.say("moede.minutter", "antal", x.Minutes)
		}
		cells := []Cell{{Text: s.text(purpose)}, {Plain: s.partName(x)}, {Plain: time}}
		if len(f.Parts.Items) == 0 {
			cells = slices.Delete(cells, 1, 2)
		}
		t.Rows = append(t.Rows, Row{Head: Cell{Links: []Link{l}, Badges: s.rowBadges(&x.Entity)}, Pos: x.At.Pos(), Of: x.At.Statement(),
			Local: x.At.Local(), Cells: cells})
	}
	return t
}

// numbered is a session's number and name: "4. Grænser".
func (s scope) numbered(x *model.Session) string { return fmt.Sprintf("%d. %s", x.Number, x.Label()) }

// stretches are the parts that a series lasts.
func (s scope) stretches(f *model.Series) List {
	var items []Item
	for _, p := range f.Parts.Items {
		i := Item{ID: "afsnit-" + p.ID, Title: Link{Text: p.Name}, Text: s.text(p.Text), Pos: p.At.Pos(), Local: p.At.Local()}
		i.Meta = append(s.plainFact("varer", s.span(f, p.Length)), s.linkFact("fase", linkOf(s, p.Phase))...)
		items = append(items, i)
	}
	return List{Items: items, Ordered: true, Class: "dele"}
}

func (s scope) partName(x *model.Session) string {
	if x.Series.To != nil {
		for _, p := range x.Series.To.Parts.Items {
			if p.ID == x.Part {
				return p.Name
			}
		}
	}
	return ""
}

// allMaterials are the materials of a series, session by session.
func (s scope) allMaterials(f *model.Series) List {
	var items []Item
	for _, x := range s.sessions(f) {
		if list := s.materials(x); len(list) > 0 {
			items = append(items, Item{Title: Link{Text: s.numbered(x)}, Children: list})
		}
	}
	return List{Items: items, Class: "liste"}
}

func (s scope) materials(x *model.Session) []Item {
	var out []Item
	for _, m := range x.Materials.Items {
		i := Item{Plain: m.Name, Pos: m.At.Pos(), Local: m.At.Local()}
		if m.File != "" {
			i.Plain, i.Text = "", s.fileLink(m.Name, m.File, m.At.Key("fil"))
		}
		if t := s.text(m.Text); !t.Empty() {
			i.More = []Text{t}
		}
		out = append(out, i)
	}
	return out
}

// fileLink is a name that leads to a file beside the content, which is published. What is
// wrong with the file is told at its name.
func (s scope) fileLink(name, file string, at model.At) Text {
	doc, _ := s.texts.parse(at.Pos(), "["+strings.NewReplacer("[", `\[`, "]", `\]`).Replace(name)+"](<"+file+">)")
	if s.opt.FileFaults != nil {
		for _, d := range s.opt.FileFaults(at.Pos().File, doc) {
			d.Pos, d.Width = at.Pos(), at.Width()
			s.found.diags = append(s.found.diags, d)
		}
	}
	return Text{Doc: doc, Pos: at.Pos(), Local: at.Local()}
}

// seriesCalendar makes a calendar of exactly the sessions that a series has.
func (s scope) seriesCalendar(f *model.Series) []Block {
	sessions := s.sessions(f)
	if f.Every == 0 || len(sessions) == 0 || f.Unit != "dag" && f.Unit != "uge" && f.Unit != "maaned" {
		return nil
	}
	c := Calendar{Title: f.Label(), Every: f.Every, UpTo: f.Every, Unit: string(f.Unit), Expression: s.rhythm(f), Page: s.link(f),
		Description: strings.Join(line(s.text(f.Purpose).Plain()), "\n")}
	for _, x := range sessions {
		c.Sessions = append(c.Sessions, CalendarSession{f.Label() + " " + s.numbered(x), cmp.Or(x.Minutes, 60), x.Pause})
	}
	return []Block{c}
}

// sessionParts are what a session's page holds.
func sessionParts() []partOf[*model.Session] {
	return []partOf[*model.Session]{
		answer("emne.kort-sagt", func(s scope, x *model.Session) []Block { return []Block{Facts{s.sessionFacts(x)}} }),
		answer("session.dagsorden", func(s scope, x *model.Session) []Block { return []Block{s.sessionAgenda(x)} }),
		answer("session.materialer", func(s scope, x *model.Session) []Block {
			return []Block{List{Items: s.materials(x), Class: "materialer"}}
		}),
		under("session.hjemmeopgave", func(s scope, x *model.Session) []Block { return []Block{Prose{Text: s.text(x.Homework)}} }),
		agreed[*model.Session], guidance[*model.Session],
		under("session.om", func(s scope, x *model.Session) []Block { return []Block{Prose{Text: s.text(x.Body)}} }),
		notes[*model.Session],
	}
}

func (s scope) sessionPage(x *model.Session, of int) *Page {
	l := s.link(x)
	page := s.entityPage(x, strings.TrimSuffix(l.Path, x.ID+".html"))
	s.number(page, "session", x.Number, of)
	page.menu = s.numbered(x)
	fill(s, page, x, sessionParts())
	all := s.say("session.alt-til", "nummer", x.Number)
	page.Forms = []Form{{Name: all, Link: Link{Path: sessionSheetLink(x), Text: all}}}
	page.relate(s.say("relateret.hoerer-til"), linkOf(s, x.Series))
	return page
}

func (s scope) sessionFacts(x *model.Session) []Fact {
	leads := x.Leads
	if f := x.Series.To; len(leads) == 0 && f != nil {
		leads = f.Leads
	}
	facts := slices.Concat(s.textFact("formaal", x.Purpose), s.linkFact("forloeb", linkOf(s, x.Series)),
		s.plainFact("afsnit", s.partName(x)), s.linkFact("ledes-af", links(s, leads)), s.textFact("sted", x.Place))
	if x.Minutes > 0 {
		facts = append(facts, s.plainFact("varighed", s.say("moede.minutter", "antal", x.Minutes))...)
	}
	markLocal(facts, x.At, "varighed", "ledes-af")
	return facts
}

func (s scope) sessionAgenda(x *model.Session) List {
	var out []Item
	for _, a := range x.Agenda.Items {
		i := s.point("dagsorden", a.Point)
		i.Minutes = a.Minutes
		i.Meta = append(i.Meta, s.marked(s.linkFact(Who, linkOf(s, a.Who)), &a.Marks, "hvem")...)
		out = append(out, i)
	}
	return List{Items: out, Ordered: true, Class: "dagsorden"}
}

// sessionSheet is all that is needed for a session, on paper.
func (s scope) sessionSheet(sec section, x *model.Session, read *Page) *Page {
	page := s.page(Page{Path: sessionSheetLink(x), Kind: "sessionsark", KindName: s.say("session.ark"),
		Title: s.say("session.alt-til", "nummer", x.Number), Kicker: s.say("session.ark"), Badges: s.entityBadges(&x.Entity),
		Changed: s.changed(x), Cites: s.cites(x.Cites), Pos: x.At.Pos(),
		Sheet: &Sheet{Type: "session", Subtitle: x.Label() + " · " + s.model.Label(), Base: x.ID + "-ark"}})
	page.about, page.derived = []string{x.Kind}, s.ofPage(&x.Entity)
	page.Crumbs = append(s.crumbs(), Link{Path: sec.folder + "index.html", Text: sec.title}, Link{Path: read.Path, Text: read.Title})
	page.Aliases = []string{x.Label()}
	page.Forms = append([]Form{{Name: s.say("form.laes"), Link: Link{Path: read.Path, Text: s.say("form.laes")}}}, s.forms(page, Link{})...)
	agenda := s.sessionAgenda(x)
	agenda.Items = notOmitted(agenda.Items)
	s.add(page, "emne.kort-sagt", Facts{s.sessionFacts(x)}, s.lines("moedeark.dato"))
	title := s.say("session.materialer")
	s.add(page, "session.materialer", Check{Title: title, Groups: group(nil, "medbring", title, s.materials(x))})
	s.add(page, "session.dagsorden", agenda)
	s.add(page, "session.hjemmeopgave", Prose{Text: s.text(x.Homework)})
	s.add(page, "session.til-naeste-gang", Lines{Label: s.say("session.noter"), Count: 4})
	page.Sections = append(page.Sections, scanned())
	return page
}

func sessionSheetLink(x *model.Session) string {
	return x.Model.ID + "/sessioner/" + x.ID + "-ark.html"
}
