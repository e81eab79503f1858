package edit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// A municipality's first hour: what it says of itself, and then what the models leave for
// it to decide, one thing at a time.

// Step is one thing to say: some fields of a form, or a table of tables in it.
type Step struct {
	Name    string // in addresses: "farve", "laeringsmiljoe/vikardaekning"
	Part    string // "Jeres kommune", or the model's name with what it leaves open
	Title   string
	Lead    string // what is asked
	Target  Target
	Fields  []string // of its form
	Group   string   // of its form, instead of fields
	Picture string   // the one of Fields that names a picture, which can be sent instead
	Asked   string   // who must answer: a role's name; "" when no source says
	Page    string   // address from the site's root of the page that it is on, or ""
	Open    bool     // it is a question that has no answer yet
	Answers []string // what is there, as readers see it
}

type ownStep struct {
	name, title, lead string
	keys              []string
}

// ownSteps are what a municipality says of itself, in an order that is easy to begin with.
var ownSteps = []ownStep{
	{"modeller", "Hvilke modeller arbejder I med?",
		"Sæt flueben ved dem, I bruger. Vælger I ingen, vises alle.", []string{"modeller"}},
	{"kontakter", "Hvem kan man kontakte?", "Skriv funktioner, aldrig personer. En kontakt vises på siderne og " +
		"arkene for de roller, I knytter den til.", []string{"kontakt"}},
	{"logo", "Jeres logo", "Logoet står øverst på alle jeres sider og ark.", []string{"logo"}},
	{"farve", "Jeres farve", "Farven bruges til links, knapper og streger. Den skal kunne læses på hvidt.",
		[]string{"farve"}},
	{"adresser", "Hvor ligger jeres håndbog?", "Udfyld det, når I ved det. I kan altid komme tilbage.",
		[]string{"hjemmeside", "was_url"}},
	{"gennemgang", "Hvem holder jeres tilpasninger ved lige?",
		"Skriv en funktion, og hvornår I senest gennemgår dem igen.", []string{"ejer", "gennemgaas"}},
}

// Steps are the steps of a municipality, those about itself first.
func (d *Desk) Steps(edition string) ([]Step, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	v, err := d.view(edition)
	if err != nil || edition == "" {
		return nil, cmp.Or(err, ErrUnknown)
	}
	own := Target{Edition: edition, Kind: ownKind}
	_, table := v.find(own)
	var out []Step
	for _, x := range ownSteps {
		s := Step{Name: x.name, Part: "Jeres kommune", Title: x.title, Lead: x.lead, Target: own}
		for _, key := range x.keys {
			k := own.tableType().Key(key)
			s.Answers = append(s.Answers, v.said(own, k, table)...)
			switch {
			case k.Type.Form == schema.Keyed:
				s.Group = key
			case k.Of == schema.OfPictures:
				s.Picture = key
				fallthrough
			default:
				s.Fields = append(s.Fields, key)
			}
		}
		out = append(out, s)
	}
	return append(out, v.questions(edition)...), nil
}

// said is what a municipality has written under a key, as readers see it.
func (v *view) said(t Target, k *schema.Key, table *source.Node) []string {
	n := table.Get(k.Name)
	switch {
	case n == nil:
		return nil
	case k.Type.Form == schema.Keyed:
		var names []string
		for _, child := range n.Items {
			names = append(names, v.caption(t.below(k.Name), child))
		}
		return names
	}
	f := v.field(t, k, table, "")
	return []string{f.words(f.Value)}
}

// questions are what the models leave for the municipality: in each model by who must
// answer, in the order of the first question that each has.
func (v *view) questions(edition string) []Step {
	var out []Step
	uses := v.handbook().Municipal.Uses
	drafts := func(e *model.Entity) bool { return e.Draft }
	for _, m := range v.handbook().Models {
		if len(uses) > 0 && !slices.Contains(uses, m.ID) {
			continue
		}
		byRole := map[*model.Role][]Step{}
		var roles []*model.Role
		for _, a := range m.Agreements() {
			if a.Draft || a.Local.Omit {
				continue
			}
			role := a.AskedOf(drafts)
			if byRole[role] == nil {
				roles = append(roles, role)
			}
			byRole[role] = append(byRole[role], v.question(edition, m, a, role))
		}
		for _, role := range roles {
			out = append(out, byRole[role]...)
		}
	}
	return out
}

func (v *view) question(edition string, m *model.Model, a *model.Agreement, asked *model.Role) Step {
	s := Step{
		Name: m.ID + "/" + a.ID, Part: "Aftal lokalt: " + m.Label(), Title: a.Label(), Lead: a.Question.Value,
		Target: Target{Edition: edition, Model: m.ID, Kind: a.Kind, ID: a.ID, set: v.handbook().Schema()},
		Fields: []string{answerKey, reasonKey, dateKey}, Open: a.Answer.Empty(),
	}
	if asked != nil {
		s.Asked = asked.Label()
	}
	s.Page, _, _ = v.page(s.Target)
	if !s.Open {
		s.Answers = []string{a.Answer.Value}
	}
	return s
}

// answerKey is the key of a question's answer.
const answerKey = "svar"

// Done reports whether there is something.
func (s Step) Done() bool { return len(s.Answers) > 0 }

// IsQuestion reports whether it is one that a model leaves open.
func (s Step) IsQuestion() bool { return s.Target.Kind != ownKind }

// State says what is there, in few words.
func (s Step) State() string {
	switch n := len(s.Answers); {
	case n == 0:
		return ""
	case s.Group != "" && n > 2:
		return fmt.Sprintf("%s og %d mere", s.Answers[0], n-1)
	}
	return short(strings.ReplaceAll(strings.Join(s.Answers, ", "), "\n", ", "))
}
