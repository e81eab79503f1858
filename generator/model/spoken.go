package model

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Accord is how a cadence's words go with its numbers.
type Accord int

const (
	Agrees      Accord = iota
	SaysMore           // agrees, and says more than how often, such as a condition
	Hedges             // says ca. where the numbers don't, or leaves out their mindst
	SaysNothing        // no number is recognised in the words
	Contradicts
)

// Accord compares the words of a cadence with its numbers.
func (f Frequency) Accord(words string) Accord {
	said, rest := Spoken(words)
	if len(said) == 0 {
		return SaysNothing
	}
	long, short := said[0].longest(), said[0].shortest()
	for _, s := range said {
		if s.longest().compare(long) > 0 {
			long = s.longest()
		}
		if s.shortest().compare(short) < 0 {
			short = s.shortest()
		}
	}
	switch {
	case long.compare(f.longest()) != 0 || short.compare(f.shortest()) != 0:
		return Contradicts
	case len(rest) > 0:
		return SaysMore
	case f.AtLeast && !said[0].AtLeast || said[0].About && !f.About:
		return Hedges
	}
	return Agrees
}

const (
	number  = `(\d+|[a-zæøåé]+)`
	few     = `to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv`
	upTo    = `\.?\s*(?:-|–|til|eller)\s*`
	unitly  = `(dag|uge|måned|kvartal|halvår|år|(?:man|tirs|ons|tors|fre|lør|søn)dag)`
	wordEnd = `(?:[\s\pP]|$)`
)

var (
	timesWords = regexp.MustCompile(`(?:` + number + upTo + `)?` + number + `\s+gange?\s+(?:(?:om|i|pr\.?|per|hvert?)\s+)?` +
		unitly + `(?:en|n|et|ligt?|ntligt?|svist?)?` + wordEnd)
	everyWords = regexp.MustCompile(`hvert?\s+(?:(?:` + number + upTo + `)?(?:(\d+)\.?\s*|([a-zæøåé]+)\s+))?` + unitly +
		`(?:r|er|e)?` + wordEnd)
	nounWords = regexp.MustCompile(`(?:^|[\s\pP])(?:(\d+|` + few + `)` + upTo + `)?(\d+|` + few + `)\s+(\pL{4,})\s+` +
		`(?:om|i|pr\.?|per|hvert?)?\s*` + unitly + `(?:en|n|et|ligt?|ntligt?)?` + wordEnd)
	// dayWords say which day of a unit: "den første mandag i måneden"
	dayWords = regexp.MustCompile(`((?:\d{1,2}\.|første|anden|tredje|fjerde|femte|sidste)(?:\s+[a-zæøå]*dag)?)\s+i\s+` +
		`(uge|måned|kvartal|halvår|år)(?:en|n|et)` + wordEnd)
	adverbs = regexp.MustCompile(`(dag|uge|måned|kvartal|halvår|år)(?:ligt?|ntligt?|svist?)` + wordEnd)
)

var spokenUnits = map[string]Unit{"dag": "dag", "uge": "uge", "måned": "maaned", "kvartal": "kvartal", "år": "aar"}

// OftenWords are the words that an expression may have besides how often.
var OftenWords = []string{"ca", "cirka", "omkring", "omtrent", "mindst", "minimum", "eller", "oftere", "altid", "fast",
	"en", "én", "gang"}

// spelled are other spellings of the words that are read.
var spelled = strings.NewReplacer("halve år", "halvår", "hveranden", "hver anden", "hverandet", "hvert andet",
	"hvertandet", "hvert andet")

// Spoken reads how often words say: "ca. hver anden måned", "to til fire gange om året",
// "ugentligt". rest are the words that say something else. A number that it cannot read
// makes it read nothing.
func Spoken(words string) (said []Frequency, rest []string) {
	text := spelled.Replace(strings.ToLower(words))
	take := func(re *regexp.Regexp, read func(m []string) Frequency) bool {
		for _, m := range re.FindAllStringSubmatch(text, -1) {
			f := read(m)
			if f.From == 0 {
				return false
			}
			said = append(said, f)
		}
		text = re.ReplaceAllString(text, " ")
		return true
	}
	var nouns []string // "fire samtaler om året", "den første mandag i måneden"
	readable := take(timesWords, func(m []string) Frequency { return spokenOf(m[1], m[2], m[3], true) }) &&
		take(nounWords, func(m []string) Frequency {
			nouns = append(nouns, m[3])
			return spokenOf(m[1], m[2], m[4], true)
		}) &&
		take(everyWords, func(m []string) Frequency { return spokenOf(m[1], m[2]+m[3], m[4], false) }) &&
		take(dayWords, func(m []string) Frequency {
			nouns = append(nouns, m[1])
			return spokenOf("", "", m[2], true)
		}) &&
		take(adverbs, func(m []string) Frequency { return spokenOf("", "", m[1], false) })
	if !readable {
		return nil, nil
	}
	left := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	left = append(left, nouns...)
	has := func(words ...string) bool {
		return slices.ContainsFunc(left, func(w string) bool { return slices.Contains(words, w) })
	}
	for i := range said {
		said[i].About = has("ca", "cirka", "omkring", "omtrent")
		said[i].AtLeast = has("mindst", "minimum", "oftere")
	}
	return said, slices.DeleteFunc(left, func(w string) bool { return slices.Contains(OftenWords, w) })
}

func spokenOf(from, to, unit string, times bool) Frequency {
	f := Frequency{To: spokenNumber(to), Times: times, Unit: spokenUnits[unit]}
	f.From = f.To
	if from != "" {
		f.From = spokenNumber(from)
	}
	if strings.HasPrefix(unit, "halv") { // half-years
		f.Unit = "maaned"
		if f.From, f.To = 6*f.From, 6*f.To; times {
			f.From, f.To, f.Unit = f.From/3, f.To/3, "aar"
		}
	} else if f.Unit == "" { // a day of the week
		f.Unit = "uge"
	}
	if f.From == 0 || f.To == 0 {
		return Frequency{}
	}
	f.From, f.To = min(f.From, f.To), max(f.From, f.To)
	return f
}

var spokenNumbers = map[string]int{"": 1, "en": 1, "én": 1, "et": 1, "eneste": 1, "anden": 2, "andet": 2, "to": 2,
	"tredje": 3, "tre": 3, "fjerde": 4, "fire": 4, "femte": 5, "fem": 5, "sjette": 6, "seks": 6, "syvende": 7, "syv": 7,
	"ottende": 8, "otte": 8, "niende": 9, "ni": 9, "tiende": 10, "ti": 10, "ellevte": 11, "elleve": 11, "tolvte": 12,
	"tolv": 12, "fjortende": 14}

func spokenNumber(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return spokenNumbers[s]
}
