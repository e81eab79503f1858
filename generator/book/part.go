package book

import "modelhaandbog/generator/model"

// partOf adds one section to the page of a thing. What a kind's page holds, and in
// which order, is a list of parts: first the answer to what its readers come for,
// then guidance, then the rest.
type partOf[T model.Named] func(s scope, page *Page, x T)

// under is a part under the words of a key.
func under[T model.Named](key string, blocks func(s scope, x T) []Block) partOf[T] {
	return func(s scope, page *Page, x T) { s.add(page, key, blocks(s, x)...) }
}

// answer is a part that belongs on the first screen.
func answer[T model.Named](key string, blocks func(s scope, x T) []Block) partOf[T] {
	return func(s scope, page *Page, x T) {
		n := len(page.Sections)
		s.add(page, key, blocks(s, x)...)
		page.classify(n, Answer)
	}
}

// fill puts the parts on a page, in order.
func fill[T model.Named](s scope, page *Page, x T, parts []partOf[T]) {
	for _, add := range parts {
		add(s, page, x)
	}
	page.Long = len(page.Sections) > 3
}

// agreed is what the municipality has agreed about a thing.
func agreed[T model.Named](s scope, page *Page, x T) {
	page.section("aftalt", s.say("aftale.aftalt", "kommune", s.head.Name), Facts{s.agreed(x)})
}

// guidance is a thing's guidance, the municipality's own after it.
func guidance[T model.Named](s scope, page *Page, x T) {
	s.addGuidance(page, "emne.vejledning", x.Base())
}

// notes are the editors' notes and the laws that are referred to.
func notes[T model.Named](s scope, page *Page, x T) {
	var laws []Link
	for _, l := range x.Base().Laws {
		if l.To != nil {
			laws = append(laws, s.link(l.To))
		}
	}
	n := len(page.Sections)
	s.add(page, "emne.noter", s.notes(x.Base().Notes), Facts{s.linkFact("love", laws)})
	page.classify(n, Apparatus)
}

// closing are the parts that every entity's page ends with.
func closing[T model.Named](s scope, page *Page, x T) {
	fill(s, page, x, []partOf[T]{agreed[T], guidance[T], notes[T]})
}

// folded shows tasks by name, force and time; what is to be done unfolds.
func folded(list []Item) []Item {
	for i := range list {
		list[i].Folded = len(list[i].Children) == 0 && !list[i].Omitted
		folded(list[i].Children)
	}
	return list
}
