package schema

// Policy is what a municipality may do with a key of a national table.
type Policy int

const (
	Replace  Policy = iota // change it, unless it is core
	Children               // a table of tables: each child has its own policy; new ones are allowed
	AddOnly                // as Replace; and add it to a core table that lacks it
	Grow                   // as Replace; and append to a core list
	Firmer                 // as Replace; and make a core requirement firmer
	Oftener                // as Replace; and make a core cadence more frequent
	Fixed                  // nothing: it is the same for all; but its own entities may have it
	Source                 // nothing, not in its own entities either: only the model has sources
	Answer                 // write it, also in core tables; only a municipality can
	Rename                 // give it its own name
	Omit                   // omit the table, with a reason
	NameForm               // as Replace; and, beside a name of its own, change it in a core table
	Position               // set the position of its own addition
	Never                  // nothing
)

// policies are the values of the struct tag lokal.
var policies = map[string]Policy{
	"tilfoej": AddOnly, "voks": Grow, "fastere": Firmer, "oftere": Oftener, "fast": Fixed, "kilde": Source,
	"svar": Answer, "navn": Rename, "udelad": Omit, "navneform": NameForm,
	"plads": Position, "aldrig": Never,
}

// PolicyOf is the policy that the tag lokal names.
func PolicyOf(tag string) Policy { return policies[tag] }

func policyOf(tag string, t *Type) Policy {
	p, ok := policies[tag]
	switch {
	case tag != "" && !ok:
		panic("schema: no policy " + tag)
	case !ok && t.Form == Keyed:
		return Children
	}
	return p
}

// Local reports whether only an overlay may have the key.
func (p Policy) Local() bool { return p == Answer || p == Rename || p == Omit }

func (p Policy) Danish() string {
	return [...]string{
		Replace:  "kan ændres, hvor det ikke er modellens kerne",
		Children: "kan få flere; hvert punkt har sin egen regel",
		AddOnly:  "kan tilføjes, også til kernen; kan ændres, hvor det ikke er kerne",
		Grow:     "listen kan blive længere, også i kernen; kan ændres, hvor det ikke er kerne",
		Firmer:   "kan gøres fastere, også i kernen",
		Oftener:  "kan komme oftere, også i kernen",
		Fixed:    "er ens for alle kommuner; jeres egne tilføjelser kan have den",
		Source:   "siger kun modellen og dens kilder",
		Answer:   "skriver kun kommunen",
		Rename:   "kommunens eget navn",
		Omit:     "udelader det, der ikke er kerne, med en begrundelse",
		NameForm: "kan ændres sammen med lokalt_navn, også i kernen; ellers kun, hvor det ikke er kerne",
		Position: "kun på jeres egne punkter",
		Never:    "kan ikke bruges af en kommune",
	}[p]
}
