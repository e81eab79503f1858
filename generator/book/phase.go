package book

import (
	"slices"
	"strings"

	"modelhaandbog/generator/model"
)

func (s scope) phases(sec section) []*Page {
	m := s.model
	list := s.listPage(sec, "liste-faser")
	pages := []*Page{list}
	phases := visible(s, m.Phases())
	var items []Item
	for i := range phases {
		items = append(items, s.linked(phases[i]))
		pages = append(pages, s.phasePage(sec, phases, i))
	}
	for _, f := range visible(s, m.Figures()) {
		if f.Type == "cirkel" {
			list.section("", "", s.drawing(f))
		}
	}
	s.add(list, "fase.alle-faser", List{Items: items, Ordered: true, Class: "oversigt"})
	return pages
}

// phaseParts are what a phase's page holds.
func phaseParts() []partOf[*model.Phase] {
	return []partOf[*model.Phase]{
		answer("emne.kort-sagt", func(s scope, f *model.Phase) []Block { return []Block{Facts{s.phaseAnswer(f)}} }),
		answer("fase.det-sker-der", func(s scope, f *model.Phase) []Block { return []Block{s.stages(f)} }),
		under("fase.hvem-goer-hvad", func(s scope, f *model.Phase) []Block {
			return []Block{s.drawn(s.ofPhase(f)).check()}
		}),
		under("fase.videre", scope.backToTheCircle),
		agreed[*model.Phase], guidance[*model.Phase],
		under("fase.om", func(s scope, f *model.Phase) []Block {
			facts := slices.Concat(s.textFact("formaal", f.Purpose), s.textFact("udloeses-af", f.Trigger),
				s.linkFact("kerneelementer", menuLinks(s, f.Elements)))
			return []Block{Prose{Text: s.text(f.Body)}, Facts{facts}}
		}),
		notes[*model.Phase],
	}
}

func (s scope) phasePage(sec section, phases []*model.Phase, i int) *Page {
	f := phases[i]
	page := s.entityPage(f, sec.folder)
	s.number(page, "fase", f.Number, len(phases))
	page.Weight = 1
	fill(s, page, f, phaseParts())
	var meets []Link
	for _, mt := range visible(s, s.model.MeetingsIn(f)) {
		meets = append(meets, s.link(mt))
	}
	page.Forms = s.checklistForm(f)
	page.relate(s.say("relateret.moeder-i-fasen"), meets)
	page.relate(s.say("relateret.tjekliste"), s.checklistsAbout(f))
	return page
}

// phaseAnswer says who has a phase, which meeting is held, and what there is at its end.
func (s scope) phaseAnswer(f *model.Phase) []Fact {
	facts := slices.Concat(s.linkFact(Responsible, linkOf(s, f.Responsible)),
		s.linkFact(Participants, menuLinks(s, f.Participants)),
		s.meetingFacts(visible(s, s.model.MeetingsIn(f))), s.textFact("produkt", f.Product))
	markLocal(facts, f.At, Responsible, Participants)
	return facts
}

// stages are what happens in a phase, in order.
func (s scope) stages(f *model.Phase) List {
	var items []Item
	for _, st := range f.Stages.Items {
		x := s.point("skridt", st.Point)
		x.Meta = append(x.Meta, s.marked(s.linkFact(Who, linkOf(s, st.Responsible)), &st.Marks, "ansvarlig")...)
		items = append(items, x)
	}
	return List{Items: items, Ordered: true, Class: "skridt"}
}

// backToTheCircle leads from the last of the phases that repeat to the first.
func (s scope) backToTheCircle(f *model.Phase) []Block {
	phases := visible(s, s.model.Phases())
	if last := phases[len(phases)-1]; !f.Repeats || f != last {
		return nil
	}
	back := phases[slices.IndexFunc(phases, func(p *model.Phase) bool { return p.Repeats })]
	return []Block{Box{Type: "kreds", Title: s.say("fase.tilbage"),
		Plain: s.say("fase.gentages", "fra", back.Number, "til", f.Number),
		Links: []Link{{Path: s.link(back).Path, Text: s.phaseTitle(back)}}}}
}

// phaseTitle is a phase with its number: "Fase 2: Fælles mål".
func (s scope) phaseTitle(f *model.Phase) string {
	return s.say("fase.titel", "nummer", f.Number, "navn", f.Label())
}

func (s scope) meetingFacts(meetings []*model.Meeting) []Fact {
	var out []Fact
	for _, mt := range meetings {
		out = append(out, s.fact("moede", Fact{Links: []Link{s.link(mt)}, Badges: s.badges(mt.Force, "")}))
		var when []string
		local := false
		for _, c := range mt.Cadences {
			if c.To != nil {
				when = append(when, s.often(c.To))
				local = local || c.To.LocalOften()
			}
		}
		if len(when) > 0 {
			out = append(out, s.fact(When, Fact{Plain: upperFirst(strings.Join(when, "; ")), Local: local}))
		}
	}
	return out
}

// tasksByRole lists the tasks that keep accepts, role by role.
func (s scope) tasksByRole(keep func(*model.Task) bool) List {
	var items []Item
	for _, r := range visible(s, s.model.Roles()) {
		var tasks []Item
		for _, t := range visible(s, s.model.Tasks()) {
			if t.Role.To == r && keep(t) {
				tasks = append(tasks, underOwner(s.task(t)))
			}
		}
		if len(tasks) > 0 {
			items = append(items, Item{Title: s.link(r), Children: tasks, kind: r.Kind})
		}
	}
	var open []Item
	for _, t := range visible(s, s.model.Tasks()) {
		if t.Role.To == nil && keep(t) {
			open = append(open, s.task(t))
		}
	}
	if len(open) > 0 {
		items = append(items, Item{Title: Link{Text: s.say("fase.ingen-naevnt")}, Children: open})
	}
	return List{Items: items, Class: "roller"}
}
