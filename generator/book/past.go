package book

import (
	"reflect"
	"slices"
	"strings"

	"modelhaandbog/generator/guide"
	"modelhaandbog/generator/model"
)

// pastList is where the releases are listed with the days that they were in force.
const pastList = "tidligere/index.html"

// PastKind is the kind of a page that shows a model as it stood.
const PastKind = "tidligere"

// PastPath is where a model can be read as it stood in a release.
func PastPath(number, model string) string { return "tidligere/" + number + "/" + model + ".html" }

// pastPage lists the releases, newest first, with their days, what each changed and the
// models as they stood; nil when none is frozen.
func (s scope) pastPage() *Page {
	if len(s.opt.Past) == 0 {
		return nil
	}
	page := s.sharedPage("tidligere", pastList, "tidligere-udgaver")
	for i, p := range s.opt.Past {
		span := s.say("tidligere.siden", "fra", s.date(p.Date))
		if p.Until != "" {
			span = s.say("tidligere.fra-til", "fra", s.date(p.Date), "til", s.date(p.Until))
		}
		rows := []Fact{s.fact("gjaldt", Fact{Plain: span})}
		if p.Note != "" {
			rows = append(rows, s.fact("udgaven", Fact{Plain: p.Note}))
		}
		var links []Link
		for _, id := range p.Models {
			link := Link{Path: PastPath(p.Number, id), Text: p.Title(id)}
			if i == 0 {
				if m := s.h.ModelByID(id); m != nil {
					link = s.modelLink(m)
				}
			}
			links = append(links, link)
		}
		rows = append(rows, s.linkFact("modellerne", links)...)
		if len(p.Changes) > 0 {
			anchor := ""
			for _, e := range s.h.Releases() {
				if e.Number == p.Number {
					anchor = "udgave-" + e.ID
				}
			}
			news := Link{Path: "nyt.html", Anchor: anchor, Text: s.count("forskel", len(p.Changes))}
			rows = append(rows, s.linkFact("aendret", []Link{news})...)
		}
		page.section("udgave-"+strings.ReplaceAll(p.Number, ".", "-"), s.say("udgave.nummer", "nummer", p.Number),
			Facts{rows})
	}
	old := slices.ContainsFunc(s.opt.Past, func(p Past) bool { return p.Until != "" && len(p.Models) > 0 })
	if s.h.Municipal != nil && !old {
		s.add(page, "tidligere.hos-jer", Prose{Text: s.sentence("tidligere.nationale")})
	}
	page.Long = len(page.Sections) > 6
	return page
}

// ageID is where a sheet's page tells it. It is the same on all, and no answer to a search.
const ageID = "gaelder-arket"

// tellAge tells on a sheet's page, where its code and address lead, which release is in
// force: that a printed one is older is seen by comparing.
func (s scope) tellAge(page *Page) {
	if len(s.opt.Past) == 0 {
		return
	}
	newest := s.opt.Past[0]
	links := []Link{{Path: pastList, Text: s.say("ark.hvornaar")}}
	if page.Changed.Link.Set() {
		links = append(links, page.Changed.Link)
	}
	box := Box{Type: "note", Plain: s.say("ark.afloest", "nummer", newest.Number, "dato", s.date(newest.Date)), Links: links}
	page.Sections = append(page.Sections, Section{ID: ageID, Title: s.say("ark.gaelder-arket"), Level: 2, Class: "kun-skaerm",
		Blocks: []Block{box}})
	page.Forms = append(page.Forms, Form{Name: s.say("ark.gaelder-arket"), Link: Link{Path: page.Path, Anchor: ageID,
		Text: s.say("ark.gaelder-arket")}})
}

// Title is what a model was called in the release.
func (p Past) Title(id string) string {
	if i := slices.Index(p.Models, id); i >= 0 && i < len(p.Titles) {
		return p.Titles[i]
	}
	return id
}

// AsItStood is a model of a past book on one page, for readers of today's: marked, and
// without links, which would lead to what is said today.
func (b *Book) AsItStood(id string, p Past, today *Book) *Page {
	whole := b.Page(id + "/samlet.html")
	if whole == nil || whole.Document == nil {
		return nil
	}
	w := today.Words
	page := *whole.Document
	page.Path, page.Kind, page.KindName = PastPath(p.Number, id), PastKind, w.Text("tidligere.slags")
	page.Title, page.Model, page.ModelName = w.Text("tidligere.model", "model", p.Title(id), "nummer", p.Number), "", ""
	page.Kicker = w.Text("tidligere.gaelder-ikke")
	page.Sheet, page.Forms, page.Document, page.Related = nil, nil, nil, nil
	page.terms, page.NoIndex, page.Long = nil, true, true
	page.Prev, page.Next = Link{}, Link{}
	page.Changed = Stamp{}
	page.Sections = nil
	for _, sec := range whole.Document.Sections {
		blocks := standing(sec.Blocks)
		if len(blocks) == 0 && len(sec.Blocks) > 0 {
			continue
		}
		sec.Blocks = blocks
		unlink(reflect.ValueOf(&sec).Elem())
		page.Sections = append(page.Sections, sec)
	}
	unlink(reflect.ValueOf(&page.Cites).Elem())
	unlink(reflect.ValueOf(&page.Lede).Elem())
	box := Box{Type: "vigtigt", Title: w.Text("tidligere.gaelder-ikke"),
		Plain: w.Text("tidligere.advarsel", "nummer", p.Number, "fra", w.Date(p.Date), "til", w.Date(p.Until)),
		Links: []Link{{Path: pastList, Text: w.Text("tidligere.titel")}}}
	if today.Page(id+"/index.html") != nil {
		box.Links = append([]Link{{Path: id + "/index.html", Text: w.Text("tidligere.i-dag")}}, box.Links...)
	}
	page.Sections = slices.Insert(page.Sections, 0, Section{Blocks: []Block{box}})
	page.Crumbs = []Link{{Path: "index.html", Text: w.Text("forside.slags")},
		{Path: pastList, Text: w.Text("tidligere.slags")}}
	page.Section = pastList
	return &page
}

// standing are the blocks that make sense on a page of the past: a figure in its words, and
// nothing that only leads elsewhere.
func standing(blocks []Block) []Block {
	var out []Block
	for _, b := range blocks {
		switch b := b.(type) {
		case Search, Hero, Calendar, QR, Cards:
		case Drawing:
			out = append(out, standing(b.Same)...)
		default:
			out = append(out, b)
		}
	}
	return out
}

// unlink takes the addresses out of all links in a value that nobody else has.
func unlink(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			inner := reflect.New(v.Elem().Type()).Elem()
			inner.Set(v.Elem())
			unlink(inner)
			v.Set(inner)
		}
	case reflect.Slice:
		for i := range v.Len() {
			unlink(v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() && v.Elem().Kind() == reflect.Struct && v.Type().PkgPath() == "" && v.Type() != docType {
			unlink(v.Elem())
		}
	case reflect.Struct:
		switch x := v.Addr().Interface().(type) {
		case *Link:
			x.Path, x.Anchor, x.URL = "", "", ""
			return
		case *guide.Resolved:
			x.Href = ""
			return
		case *model.At:
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				unlink(v.Field(i))
			}
		}
	}
}

var docType = reflect.TypeFor[*guide.Doc]()
