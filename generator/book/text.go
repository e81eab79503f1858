package book

import (
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/guide"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/source"
)

// text resolves a TOML text for this edition; in is the model it belongs to.
func (s scope) text(t model.Text) Text { return s.textAfter(t, 0) }

// textAfter is a text whose first signs, a number of them, are not the author's.
func (s scope) textAfter(t model.Text, signs int) Text {
	if t.Empty() {
		return Text{}
	}
	pos := t.At.Pos()
	pos.Col -= signs
	doc, diags := s.texts.parse(pos, t.Value)
	s.found.diags = append(s.found.diags, diags...)
	if s.opt.FileFaults != nil {
		s.found.diags = append(s.found.diags, s.opt.FileFaults(t.At.Pos().File, doc)...)
	}
	return Text{Doc: doc, Refs: s.refs(doc), Local: t.At.Local(), National: t.At.National(), Pos: t.At.Pos()}
}

func (s scope) textList(list []model.Text) []Text {
	var out []Text
	for _, t := range list {
		out = append(out, s.text(t))
	}
	return out
}

func (s scope) refs(doc *guide.Doc) []guide.Resolved {
	var out []guide.Resolved
	for _, ref := range doc.References() {
		out = append(out, s.reference(ref))
	}
	return out
}

// reference says what a cross-reference means in this edition.
func (s scope) reference(ref guide.Reference) guide.Resolved {
	r := ref.Ref
	if r.Kind == "lokal" {
		return s.localValue(ref)
	}
	target := s.h.Lookup(s.model, r.Model, r.Kind, r.ID)
	if target == nil {
		if s.h.Hidden(r.Model) || r.Kind == "model" && s.h.Hidden(r.ID) {
			return guide.Resolved{Text: s.nationalName(r)}
		}
		s.unknown(ref)
		return guide.Resolved{Text: r.ID}
	}
	link := s.link(target)
	if r.Anchor != "" && link.Path != "" {
		s.found.anchors = append(s.found.anchors, wanted{link.Path, r.Anchor, ref})
		link.Anchor = r.Anchor
	}
	return guide.Resolved{Href: href(link), Text: link.Text}
}

// nationalName is what something is called whose model this edition leaves out.
func (s scope) nationalName(r guide.Ref) string {
	if nat := s.opt.National; nat != nil {
		if n := nat.Handbook.Lookup(nil, r.Model, r.Kind, r.ID); n != nil {
			return n.Base().Label()
		}
	}
	return r.ID
}

func href(l Link) string {
	if l.URL != "" || l.Anchor == "" {
		return l.Path + l.URL
	}
	return l.Path + "#" + l.Anchor
}

// localValue gives a municipality's own answer, or the author's words.
func (s scope) localValue(ref guide.Reference) guide.Resolved {
	s.found.namesEdition = s.found.namesEdition || ref.Ref.ID == "kommune" || ref.Ref.ID == "kommunens"
	switch ref.Ref.ID {
	case "kommune":
		if s.h.Municipal != nil {
			return guide.Resolved{Text: FullName(s.h.Municipal), Replace: true, Class: "lokal"}
		}
		return guide.Resolved{Text: s.say("tekst.kommunen")}
	case "kommunens":
		if s.h.Municipal != nil {
			return guide.Resolved{Text: Genitive(s.h.Municipal), Replace: true, Class: "lokal"}
		}
		return guide.Resolved{Text: s.say("tekst.kommunens")}
	}
	target := s.h.Lookup(s.model, ref.Ref.Model, "aftale", ref.Ref.ID)
	a, ok := target.(*model.Agreement)
	if !ok {
		ref.Ref = guide.Ref{Model: ref.Ref.Model, Kind: "aftale", ID: ref.Ref.ID}
		s.unknown(ref)
		return guide.Resolved{Text: ref.Ref.ID}
	}
	link := s.link(a)
	if a.Answer.Empty() {
		return guide.Resolved{Href: href(link), Text: a.Label()}
	}
	answer := s.text(a.Answer).Plain()
	if !ref.Apart && source.EndsSentence(answer) { // inside a sentence another would break it
		return guide.Resolved{Href: href(link), Text: a.Label()}
	}
	return guide.Resolved{Href: href(link), Text: answer, Replace: true, Class: "lokal"}
}

func (s scope) unknown(ref guide.Reference) {
	r := ref.Ref
	if s.h.Unsure(s.model, r.Model, r.Kind) {
		return
	}
	one, shared := r.Kind, r.Kind == "model"
	if k := s.h.Schema().Kind(r.Kind); k != nil {
		one, shared = k.One, k.Shared
	}
	ids := s.h.IDs(s.model, r.Model, r.Kind)
	d := diag.Diag{Severity: diag.Error, Code: "ukendt-reference", Pos: ref.Pos, Width: ref.Width,
		Message: fmt.Sprintf("ukendt %s \"%s\"%s", one, r.ID, diag.MenteDu(r.ID, ids))}
	switch {
	case r.Model != "" && s.h.ModelByID(r.Model) == nil:
		models := s.h.IDs(nil, "", "model")
		d.Message = fmt.Sprintf("ukendt model \"%s\"%s", r.Model, diag.MenteDu(r.Model, models))
		d.Help = "Modellerne er: " + strings.Join(models, ", ") + "."
	case s.model == nil && r.Model == "" && !shared:
		d.Message = fmt.Sprintf("henvisningen \"%s:%s\" mangler modellens id", r.Kind, r.ID)
		d.Help = fmt.Sprintf("Skriv <model>/%s:%s, fordi teksten ikke hører til en bestemt model.", r.Kind, r.ID)
	case len(ids) == 0:
		d.Help = fmt.Sprintf("Der er ingen [%s.<id>] her.", r.Kind)
	case len(ids) <= 12:
		d.Help = "Der findes: " + strings.Join(ids, ", ") + "."
	}
	s.found.diags = append(s.found.diags, d)
}

// Resolver gives back what a text's references were resolved to.
func (t Text) Resolver() guide.Resolve {
	refs := t.Doc.References()
	return func(r guide.Reference) guide.Resolved {
		if i := slices.Index(refs, r); i >= 0 && i < len(t.Refs) {
			return t.Refs[i]
		}
		return guide.Resolved{Text: r.Ref.ID}
	}
}

// Plain is a text's words, without markup.
func (t Text) Plain() string {
	if t.Empty() {
		return ""
	}
	return t.Doc.Text(t.Resolver())
}

// sentence is the words of a key as a text.
func (s scope) sentence(key string, slots ...any) Text {
	doc, _ := s.texts.parse(diag.Pos{}, s.say(key, slots...))
	return Text{Doc: doc}
}
