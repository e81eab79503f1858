package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// block is a text set in lines.
type block struct {
	text   string // as it came, in one line
	lines  []string
	broken []bool // per line: it ends inside a word
	size   float64
	w, h   float64
}

// clean makes s fit for XML 1.0 and for one line of text: characters that XML
// refuses are dropped, and runs of white space become one space.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(s), " ")
}

// measure tells how wide s is at the given font size, on the wide side: the
// figures are those of a bold sans-serif (Helvetica's) with five per cent to
// spare, so that the reader's own font has room.
func measure(s string, size float64) float64 {
	em := 0
	for _, r := range s {
		em += advance(r)
	}
	return float64(em) / 1000 * size * 1.05
}

// advance is a character's width in thousandths of the font size.
func advance(r rune) int {
	switch {
	case r == '\u00ad' || unicode.Is(unicode.Mn, r):
		return 0
	case strings.ContainsRune("ijl '", r):
		return 278
	case strings.ContainsRune("ft.,:;!()[]-/I|·’", r):
		return 333
	case strings.ContainsRune("r*{}\"", r):
		return 440
	case strings.ContainsRune("acekvsxyzåJ_éèà", r), r >= '0' && r <= '9':
		return 556
	case strings.ContainsRune("bdghnopquøö–+=<>~^?LFTZ«»", r):
		return 611
	case strings.ContainsRune("ABCDEHKNPRSUVXYÅ&w", r):
		return 750
	case strings.ContainsRune("GOQØ", r):
		return 778
	case strings.ContainsRune("mæM", r):
		return 889
	case r < 0x250 && unicode.IsLower(r):
		return 650
	case r < 0x2000 && r > ' ' && unicode.IsLetter(r):
		return 900
	}
	return 1000
}

// wrap sets text in lines no wider than w, as far as single characters allow.
func wrap(text string, w, size float64) block {
	b := block{text: strings.ReplaceAll(clean(text), "\u00ad", ""), size: size}
	line := ""
	end := func(broken bool) {
		if line != "" {
			b.lines = append(b.lines, line)
			b.broken = append(b.broken, broken)
		}
		line = ""
	}
	for _, word := range strings.Fields(clean(text)) {
		shown := strings.ReplaceAll(word, "\u00ad", "")
		if shown == "" {
			continue
		}
		if line != "" && measure(line+" "+shown, size) <= w {
			line += " " + shown
			continue
		}
		end(false)
		for measure(word, size) > w {
			head, rest := breakWord(word, w, size)
			if rest == "" {
				break
			}
			line, word = head, rest
			end(true)
		}
		line = strings.ReplaceAll(word, "\u00ad", "")
	}
	end(false)
	for _, l := range b.lines {
		b.w = max(b.w, measure(l, size))
	}
	b.h = float64(len(b.lines)) * leading * size
	return b
}

// balance wraps text and then narrows it for lines of like length, without more
// lines or more broken words than it needs.
func balance(text string, w, size float64) block {
	best := wrap(text, w, size)
	if len(best.lines) < 2 {
		return best
	}
	for try := w - 4; try > w/3; try -= 4 {
		b := wrap(text, try, size)
		if len(b.lines) > len(best.lines) || hyphens(b) > hyphens(best) || hyphens(b) > 0 {
			break
		}
		best = b
	}
	return best
}

func hyphens(b block) int {
	n := 0
	for _, broken := range b.broken {
		if broken {
			n++
		}
	}
	return n
}

// breakWord splits word so that its first part, with a hyphen, fits in w. It
// takes the last good joint, or a syllable, or any character.
func breakWord(word string, w, size float64) (head, rest string) {
	bestAt, bestRank := 0, -1
	letters := 0
	for i, r := range word {
		if i > 0 && letters > 0 {
			rank := joint(word, i)
			shown := strings.ReplaceAll(word[:i], "\u00ad", "")
			if measure(hyphenated(shown), size) > w {
				break
			}
			// A joint earlier in the word beats a syllable, unless it leaves the line half empty.
			if rank >= bestRank || rank >= 0 && measure(shown, size) > w*0.5 && measure(word[:bestAt], size) < w*0.35 {
				bestAt, bestRank = i, rank
			}
		}
		if r != '\u00ad' {
			letters++
		}
	}
	if bestAt == 0 { // not even one character and a hyphen fit
		_, bestAt = utf8.DecodeRuneInString(strings.TrimLeft(word, "\u00ad"))
		bestAt += len(word) - len(strings.TrimLeft(word, "\u00ad"))
		return strings.ReplaceAll(word[:bestAt], "\u00ad", ""), strings.TrimLeft(word[bestAt:], "\u00ad")
	}
	head = strings.ReplaceAll(word[:bestAt], "\u00ad", "")
	return hyphenated(head), strings.TrimLeft(word[bestAt:], "\u00ad")
}

func hyphenated(head string) string {
	if strings.HasSuffix(head, "-") || strings.HasSuffix(head, "/") || strings.HasSuffix(head, "–") {
		return head
	}
	return head + "-"
}

// joint ranks the place before byte i of word as a place to break: 3 where the
// author put a soft hyphen or a sign, 2 after a linking s (opfølgnings|møde), 1
// between syllables, 0 elsewhere.
func joint(word string, i int) int {
	left, right := strings.ToLower(word[:i]), strings.ToLower(word[i:])
	if strings.HasSuffix(left, "\u00ad") || strings.HasSuffix(left, "-") || strings.HasSuffix(left, "/") || strings.HasSuffix(left, "–") {
		return 3
	}
	if utf8.RuneCountInString(left) < 3 || utf8.RuneCountInString(right) < 3 {
		return 0
	}
	for _, link := range []string{"ings", "heds", "tions", "skabs", "tets", "doms", "ments"} {
		if strings.HasSuffix(left, link) && !strings.HasPrefix(right, "s") {
			return 2
		}
	}
	if syllable(left, right) {
		return 1
	}
	return 0
}

// syllable tells whether a Danish syllable may begin at right: a vowel stands on
// both sides, and the consonants before the second one are as many as a word
// can begin with. A vowel begins one after e (skole|under).
func syllable(left, right string) bool {
	const vowels = "aeiouyæøåé"
	onset := strings.IndexAny(right, vowels)
	v := strings.LastIndexAny(left, vowels)
	if onset < 0 || v < 0 {
		return false
	}
	_, size := utf8.DecodeRuneInString(left[v:])
	coda := left[v+size:]
	if onset == 0 {
		return coda == "" && left[v:] == "e" && !strings.HasPrefix(right, "e") && !strings.HasPrefix(right, "i")
	}
	return longestOnset(coda+right[:onset]) == onset
}

// longestOnset is the number of bytes at the end of a run of consonants that can
// begin a Danish word.
func longestOnset(consonants string) int {
	for _, cluster := range []string{"str", "skr", "spr", "skv",
		"st", "sk", "sp", "sl", "sm", "sn", "sv", "tr", "dr", "kr", "gr", "fr", "br", "pr", "kl", "gl", "bl", "fl", "pl", "kv", "kn", "tv", "hv", "hj"} {
		if strings.HasSuffix(consonants, cluster) {
			return len(cluster)
		}
	}
	if strings.HasSuffix(consonants, "ck") || strings.HasSuffix(consonants, "x") {
		return 0
	}
	_, size := utf8.DecodeLastRuneInString(consonants)
	return size
}
