package book

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"modelhaandbog/generator/source"
)

// definite is a meeting's name in its definite form, as it stands in a sentence:
// "målsætningsmødet". Names of several words stay as they are.
func definite(name string) string {
	name = lowerFirst(name)
	switch {
	case strings.ContainsAny(name, " -/(") || name == "":
	case strings.HasSuffix(name, "møde"):
		return name + "t"
	case strings.HasSuffix(name, "e"):
		return name + "n"
	case strings.HasSuffix(name, "ing"):
		return name + "en"
	}
	return name
}

// and joins words: "opgaver, punkter og møder".
func (e *edition) and(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return e.say("tekst.og", "foerste", strings.Join(words[:last], ", "), "sidste", words[last])
}

// upperFirst writes the first letter large.
func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// lowerFirst writes the first letter small.
func lowerFirst(s string) string {
	if _, n := utf8.DecodeRuneInString(s); strings.IndexFunc(s[n:], unicode.IsUpper) == 0 {
		return s // "PPR-psykolog"
	}
	for i, r := range s {
		return strings.ToLower(string(r)) + s[i+len(string(r)):]
	}
	return s
}

func itoa(n int) string { return strconv.Itoa(n) }

// prefixIf is prefix and s, or nothing when s is nothing.
func prefixIf(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// inBrackets puts what says something after a word.
func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

// joinWith puts b after a, or gives the one there is.
func joinWith(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// period writes years: "2014–2016", "fra 2014", "2016" or "".
func (e *edition) period(from, to int) string {
	switch {
	case from == 0 && to == 0:
		return ""
	case to == 0:
		return e.say("dato.fra", "aar", from)
	case from == to || from == 0:
		return strconv.Itoa(to)
	}
	return fmt.Sprintf("%d–%d", from, to)
}

// slug is a value as part of a key: "efter aftale" is "efter-aftale".
func slug[T ~string](value T) string { return source.Slug(string(value)) }

// firstLetter is the letter that a name stands under in an index.
func firstLetter(s string) string {
	for _, r := range s {
		l := strings.ToUpper(string(r))
		if strings.HasPrefix(strings.ToLower(s), "aa") {
			return "Å"
		}
		if l < "A" {
			return "0–9"
		}
		return l
	}
	return ""
}

// byLetter gathers sorted entries under their letters.
func byLetter(entries []Entry) Letters {
	var out Letters
	for _, e := range entries {
		l := firstLetter(e.Link.Text)
		if n := len(out.Groups); n == 0 || out.Groups[n-1].Letter != l {
			out.Groups = append(out.Groups, Letter{Letter: l})
		}
		g := &out.Groups[len(out.Groups)-1]
		g.Entries = append(g.Entries, e)
	}
	return out
}

// sortDanish sorts by the Danish alphabet: æ, ø, å last, and aa with å.
func sortDanish[T any](e *edition, list []T, key func(T) string) {
	type keyed struct {
		key string
		at  int
	}
	order := make([]keyed, len(list))
	for i, x := range list {
		order[i] = keyed{e.texts.collation(key(x)), i}
	}
	slices.SortFunc(order, func(a, b keyed) int { return cmp.Or(strings.Compare(a.key, b.key), a.at-b.at) })
	unsorted := slices.Clone(list)
	for i, k := range order {
		list[i] = unsorted[k.at]
	}
}
