package schema

// Policy is what a municipality may do with a key of a national table.
type Policy int

const (
	Replace  Policy = iota // say it otherwise, where it isn't core
	Children               // a table of tables: each child has a policy of its own; new ones are welcome
	AddOnly                // as Replace; and add it to what is core and lacks it
	Grow                   // as Replace; and lengthen a core's list
	Firmer                 // as Replace; and ask for more than a core does
	Oftener                // as Replace; and let a core's cadence come more often
	Fixed                  // nothing: it is the same for all. A municipality's own entity may have it
	Source                 // nothing: only the model and its sources say it
	Answer                 // it is the municipality's alone, also where the rest is core
	Rename                 // give a name of its own
	Omit                   // leave the table out, with a reason
	Place                  // say where an addition of its own stands
	Never                  // no municipality writes it
)

// policies are the values of the struct tag lokal.
var policies = map[string]Policy{
	"tilfoej": AddOnly, "voks": Grow, "fastere": Firmer, "oftere": Oftener, "fast": Fixed, "kilde": Source,
	"svar": Answer, "navn": Rename, "udelad": Omit, "plads": Place, "aldrig": Never,
}

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

// Local reports whether only a municipality's overlay may have the key.
func (p Policy) Local() bool { return p == Answer || p == Rename || p == Omit }

// Danish says it to authors.
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
		Place:    "kun på jeres egne punkter",
		Never:    "kan ikke bruges af en kommune",
	}[p]
}
