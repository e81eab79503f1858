package model

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/source"
)

// cadenceKeys say how often something happens.
var cadenceKeys = []string{"udtryk", "kort", "hver", "hver_til", "enhed", "aarligt", "aarligt_til"}

// allowedCadence reports whether a key may be added to a core cadence: numbers
// that make it no rarer.
func (p *protector) allowedCadence(kind string, base, over, item *source.Node) bool {
	return kind == "kadence" && slices.Contains(cadenceKeys, item.Key) && p.cadenceFault(base, over, item) == ""
}

// cadenceFault tells what is wrong with a local value of a core cadence, or "".
// With the overlay laid over, it must come at least as often as the national
// one; and what it says in words must say so too.
func (p *protector) cadenceFault(base, over, item *source.Node) string {
	words := item.Key == "udtryk" || item.Key == "kort" || item.Key == "enhed"
	national, local := weeks(base), weeks(source.Merge(base, over))
	switch {
	case words != (item.Kind == source.String) || !words && item.Kind != source.Int:
		return "værdien er af en forkert slags"
	case local == 0:
		return "der mangler et tal, som viser, at det ikke er sjældnere end i modellen"
	case national > 0 && local > national:
		return "det er sjældnere end i modellen"
	}
	if item.Key != "udtryk" && item.Key != "kort" {
		return ""
	}
	said := interval(item.Str)
	switch {
	case said == 0 && item.Key == "udtryk":
		return "udtrykket siger ikke, hvor tit"
	case said > local*1.05:
		return "udtrykket siger noget andet end tallene"
	}
	return ""
}

// weeks is a cadence's longest interval in weeks, or 0 when it gives none.
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
	everyWords = regexp.MustCompile(`hver(?:t)?\s+(?:(\d+)\.?|([a-zæøå]+))?(?:\s*(?:-|–|til)\s*(?:(\d+)\.?|([a-zæøå]+)))?\s*(uge|måned|år)`)
	perYear    = regexp.MustCompile(`(?:(\d+)|([a-zæøå]+))\s+gang(?:e)?\s+(?:om året|årligt|pr\. år)`)
)

var ordinals = map[string]float64{"": 1, "en": 1, "én": 1, "eneste": 1, "anden": 2, "andet": 2, "to": 2, "tredje": 3, "tre": 3, "fjerde": 4, "fire": 4, "femte": 5, "fem": 5,
	"sjette": 6, "seks": 6, "syvende": 7, "syv": 7, "ottende": 8, "otte": 8, "niende": 9, "ni": 9, "tiende": 10, "ti": 10, "ellevte": 11, "elleve": 11, "tolvte": 12, "tolv": 12}

// interval reads the longest interval in weeks out of words such as "ca. hver
// anden måned" or "fire gange om året"; 0 when they don't say.
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
			n = max(n, number(m[3], m[4]))
		}
		longest = max(longest, n*unitWeeks(m[5]))
	}
	for _, m := range perYear.FindAllStringSubmatch(s, -1) {
		if n := number(m[1], m[2]); n > 0 {
			longest = max(longest, 52/n)
		}
	}
	return longest
}
