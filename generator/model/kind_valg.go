package model

import (
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/schema"
)

// Path is questions whose answers lead on: to another question, to a thing of the model, or
// to what there is to do. It begins with the first.
type Path struct {
	Entity
	Number    int             `toml:"nummer" doc:"Rækkefølge."`
	Questions Keyed[Question] `toml:"spoergsmaal" navn:"spørgsmål" krav:"ja" fx:"uro" doc:"Spørgsmål, fra det første: [valg.<id>.spoergsmaal.<id>]." skema:"Spørgsmål. Det første er begyndelsen."`
}

var pathsKind = register[Path](schema.Kind{
	Key: "valg", One: "valg", Many: "Valg", Rank: 267,
	Doc: "Spørgsmål, hvor svaret fører videre: hvis–så.", Example: "Hvad gør vi nu?",
	Page: schema.Own, Folder: "valg", Group: "saadan-goer-du", Order: 3, Guidance: schema.Welcome,
	Addable: true, Renamable: true, Begin: []string{"kilde", "spoergsmaal.svar.goer"},
})

func (m *Model) Paths() []*Path { return pathsKind.of(&m.entities) }

// Question is a fork of a path.
type Question struct {
	ID      string        `toml:"-"`
	Text    Text          `toml:"tekst" krav:"ja" fx:"Er der fare lige nu?" doc:"Spørgsmålet."`
	Help    Text          `toml:"hjaelp" navn:"hjælp" doc:"Hvad man ser efter, når man svarer."`
	Answers Keyed[Answer] `toml:"svar" krav:"ja" fx:"ja" doc:"Svarene: [valg.<id>.spoergsmaal.<id>.svar.<id>]." skema:"Svarene, og hvor de fører hen."`
	At      At            `toml:"-"`
}

// Answer is an answer and where it leads.
type Answer struct {
	ID   string `toml:"-"`
	Text Text   `toml:"tekst" krav:"ja" lokal:"fast" fx:"Ja" doc:"Svaret."`
	Next string `toml:"videre" lokal:"fast" af:"spoergsmaal" doc:"Id på det spørgsmål, svaret fører til." skema:"Det spørgsmål, svaret fører til."`
	To   AnyRef `toml:"til" lokal:"fast" fx:"moede:opfoelgningsmoede" doc:"Det, svaret fører til i modellen, fx \"fase:start\" eller \"moede:opfoelgning\"." skema:"Det, svaret fører til i modellen."`
	Do   Text   `toml:"goer" navn:"gør" lokal:"fast" fx:"Ring til vagten." doc:"Hvad man gør."`
	At   At     `toml:"-"`
}

func (v *validator) path(p *Path) {
	v.founded(p)
	if p.Questions.Len() == 0 {
		if p.At.Has("spoergsmaal") {
			v.add(diag.Error, p.At.Key("spoergsmaal"), "valg-uden-spoergsmaal", "Skriv [valg."+p.ID+".spoergsmaal.<id>].", "valget \"%s\" har ingen spørgsmål", p.ID)
		}
		return
	}
	var ids []string
	for _, q := range p.Questions.Items {
		ids = append(ids, q.ID)
	}
	unclear := false // a question may be meant that an answer misspells
	for _, q := range p.Questions.Items {
		if q.Answers.Len() == 0 && q.At.Has("svar") {
			v.add(diag.Error, q.At.Key("svar"), "spoergsmaal-uden-svar", "Skriv [valg."+p.ID+".spoergsmaal."+q.ID+".svar.<id>] med tekst, og hvor det fører hen.",
				"spørgsmålet \"%s\" har ingen svar", q.ID)
		}
		for _, a := range q.Answers.Items {
			unclear = v.answer(a, ids) || unclear
		}
	}
	reached := map[string]bool{}
	if v.ends(p, p.Questions.Items[0], nil, reached) && !unclear {
		for _, q := range p.Questions.Items {
			if !reached[q.ID] {
				v.add(diag.Error, q.At, "vej-naas-ikke", "Lad et svar føre dertil med videre = \""+q.ID+"\", eller slet spørgsmålet.",
					"intet svar fører til spørgsmålet \"%s\"", q.ID)
			}
		}
	}
}

// answer reports one that leads nowhere or two ways, and whether it may mean a question.
func (v *validator) answer(a *Answer, questions []string) (unclear bool) {
	switch {
	case a.Next != "" && a.At.Has("til"):
		v.add(diag.Error, a.At.Key("til"), "to-veje", "Slet den ene. Det, man gør på vejen, står i goer.", "svaret \"%s\" fører to steder hen", a.ID)
	case a.Next != "" && !slices.Contains(questions, a.Next):
		v.add(diag.Error, a.At.Key("videre"), "ukendt-reference", "Spørgsmålene er: "+strings.Join(questions, ", ")+".",
			"ukendt spørgsmål \"%s\"%s", a.Next, diag.MenteDu(a.Next, questions))
		return true
	case a.Next == "" && !a.At.Has("til") && a.Do.Empty():
		at := a.At
		if at.Has("goer") {
			at = at.Key("goer")
		}
		v.add(diag.Error, at, "vej-ender-blindt", "Skriv videre = \"<spørgsmål>\", til = \"slags:id\" eller goer = \"…\".", "svaret \"%s\" fører ingen steder hen", a.ID)
		return true
	}
	return false
}

// ends walks a path and reports an answer that leads back to a question on the way to it.
func (v *validator) ends(p *Path, q *Question, way []string, reached map[string]bool) bool {
	reached[q.ID] = true
	way = append(slices.Clip(way), q.ID)
	for _, a := range q.Answers.Items {
		if slices.Contains(way, a.Next) {
			v.add(diag.Error, a.At.Key("videre"), "vej-ender-aldrig", "Lad et af svarene føre til noget andet: til = \"slags:id\" eller goer = \"…\".",
				"vejen går i ring: %s", strings.Join(append(slices.Clip(way), a.Next), " → "))
			return false
		}
		for _, next := range p.Questions.Items {
			if next.ID == a.Next && !reached[next.ID] && !v.ends(p, next, way, reached) {
				return false
			}
		}
	}
	return true
}
