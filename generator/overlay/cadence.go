package overlay

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"modelhaandbog/generator/source"
)

// cadenceFault says what is wrong with a local value of a core cadence, or "". Merged
// with the overlay, the cadence must be at least as frequent as the national one, and
// its words must agree with its numbers and say nothing else.
func cadenceFault(base, over, item *source.Node) string {
	inWords := item.Key == "udtryk" || item.Key == "kort"
	merged := Merge(base, over)
	national, local := weeks(base), weeks(merged)
	switch {
	case (inWords || item.Key == "enhed") != (item.Kind == source.String) ||
		!inWords && item.Key != "enhed" && item.Kind != source.Int:
		return "værdien er af en forkert slags"
	case national == 0:
		return "modellen siger det kun i ord, så det kan ikke vises, at jeres er lige så tit"
	case local == 0:
		return "der mangler et tal, som viser, at det ikke er sjældnere end i modellen"
	case local > national:
		return "det er sjældnere end i modellen"
	}
	if !inWords {
		if words := merged.Get("udtryk"); words != nil && !words.Local && interval(words.Str) > local*1.05 {
			return fmt.Sprintf("udtrykket siger stadig \"%s\"", words.Str)
		}
		return ""
	}
	switch said := interval(item.Str); {
	case said == 0:
		return "udtrykket siger ikke, hvor tit"
	case said > local*1.05:
		return "udtrykket siger noget andet end tallene"
	case !saysOnlyHowOften(item.Str):
		return "udtrykket siger mere, end hvor tit"
	}
	return ""
}

// cadenceAdvice says what a municipality can write instead of a rarer cadence.
func cadenceAdvice(base *source.Node) string {
	if weeks(base) == 0 {
		return "Slet linjen, og skriv som vejledning, hvor tit I gør det."
	}
	return "I kan holde det oftere end modellen, ikke sjældnere. " +
		"Skriv fx hver = 2, enhed = \"maaned\" og udtryk = \"hver anden måned\"."
}

// weeks is a cadence's longest interval in weeks, or 0 when it has no numbers.
func weeks(n *source.Node) float64 {
	num := func(key string) float64 {
		if v := n.Get(key); v != nil && v.Kind == source.Int {
			return float64(v.Int)
		}
		return 0
	}
	every := max(num("hver"), num("hver_til"))
	unit := ""
	if u := n.Get("enhed"); u != nil {
		unit = u.Str
	}
	if every > 0 {
		return every * unitWeeks(unit)
	}
	if num("aarligt") > 0 {
		return 52 / num("aarligt")
	}
	return 0
}

func unitWeeks(unit string) float64 {
	switch {
	case strings.HasPrefix(unit, "uge"):
		return 1
	case strings.HasPrefix(unit, "måned"), strings.HasPrefix(unit, "maaned"):
		return 52.0 / 12
	case strings.HasPrefix(unit, "år"), strings.HasPrefix(unit, "aar"):
		return 52
	}
	return 0
}

var (
	everyWords = regexp.MustCompile(`hver(?:t)?\s+(?:(\d+)\.?|([a-zæøå]+))?(?:\s*(?:-|–|til)\s*(?:(\d+)\.?|([a-zæøå]+)))?\s*(uge|måned|år)(?:e?r)?(?:\s|\pP|$)`)
	perYear    = regexp.MustCompile(`(?:(?:(\d+)|([a-zæøå]+))\s*(?:-|–|til)\s*)?(?:(\d+)|([a-zæøå]+))\s+gang(?:e)?\s+(?:om året|årligt|pr\. år)`)
)

// CadenceWords are what an expression may say besides how often.
var CadenceWords = []string{"ca", "cirka", "omkring", "mindst", "minimum", "altid", "fast", "eller", "oftere"}

// saysOnlyHowOften reports whether a text states a frequency and nothing else, such as a
// condition.
func saysOnlyHowOften(s string) bool {
	rest := perYear.ReplaceAllString(everyWords.ReplaceAllString(strings.ToLower(s), " "), " ")
	for _, word := range strings.FieldsFunc(rest,
		func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if !slices.Contains(CadenceWords, word) {
			return false
		}
	}
	return true
}

var ordinals = map[string]float64{"": 1, "en": 1, "én": 1, "eneste": 1, "anden": 2, "andet": 2, "to": 2, "tredje": 3,
	"tre": 3, "fjerde": 4, "fire": 4, "femte": 5, "fem": 5,
	"sjette": 6, "seks": 6, "syvende": 7, "syv": 7, "ottende": 8, "otte": 8, "niende": 9, "ni": 9, "tiende": 10,
	"ti": 10, "ellevte": 11, "elleve": 11, "tolvte": 12, "tolv": 12}

// interval parses the longest interval in weeks from words such as "ca. hver anden
// måned" or "fire gange om året". It is 0 when they state none.
func interval(s string) float64 {
	s = strings.ToLower(s)
	number := func(digits, word string) float64 {
		if n, err := strconv.ParseFloat(digits, 64); err == nil {
			return n
		}
		return ordinals[word]
	}
	longest := 0.0
	for _, m := range everyWords.FindAllStringSubmatch(s, -1) {
		n := number(m[1], m[2])
		if m[3] != "" || m[4] != "" {
			to := number(m[3], m[4])
			if to == 0 {
				return 0
			}
			n = max(n, to)
		}
		if n == 0 {
			return 0
		}
		longest = max(longest, n*unitWeeks(m[5]))
	}
	for _, m := range perYear.FindAllStringSubmatch(s, -1) {
		n := number(m[3], m[4])
		if m[1] != "" || m[2] != "" {
			n = min(n, number(m[1], m[2]))
		}
		if n == 0 {
			return 0
		}
		longest = max(longest, 52/n)
	}
	return longest
}
