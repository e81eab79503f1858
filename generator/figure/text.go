package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type block struct {
	text   string // on one line
	lines  []string
	broken []bool // per line: whether it ends inside a word
	size   float64
	w, h   float64
}

// clean removes characters that XML 1.0 does not allow and collapses white space.
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

// measure estimates the width of s at the given font size: that of a bold sans-serif
// (Helvetica), plus five per cent for the reader's own font.
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

// wrap breaks text into lines no wider than w, if single characters fit.
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

// balance wraps text and, if no word is broken, narrows it to lines of similar length.
func balance(text string, w, size float64) block {
	best := wrap(text, w, size)
	if len(best.lines) < 2 || hyphens(best) > 0 {
		return best
	}
	for try := w - 4; try > w/3; try -= 4 {
		b := wrap(text, try, size)
		if len(b.lines) > len(best.lines) || hyphens(b) > 0 {
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

// breakWord splits word so that its first part, with a hyphen, fits in w. It breaks at
// the last of the best joints (see joint), or anywhere.
func breakWord(word string, w, size float64) (head, rest string) {
	word = strings.TrimLeft(word, "\u00ad")
	hyphen := measure("-", size)
	at, rank, atWidth := 0, -1, 0.0
	sofar := 0.0 // the width of word[:i]
	for i, r := range word {
		if i > 0 {
			room := hyphen
			if signed(word[:i]) {
				room = 0
			}
			if sofar+room > w {
				break
			}
			// A better joint early in the line gives way when it leaves the line
			// nearly empty, but not when the author put it there.
			k := joint(word, i)
			if k >= rank || k > 0 && rank < 4 && atWidth < w*0.35 && sofar > w/2 {
				at, rank, atWidth = i, k, sofar
			}
		}
		sofar += measure(string(r), size)
	}
	if at == 0 { // not even one character and a hyphen fit
		_, at = utf8.DecodeRuneInString(word)
		return word[:at], strings.TrimLeft(word[at:], "\u00ad")
	}
	head = strings.ReplaceAll(word[:at], "\u00ad", "")
	if !signed(head) {
		head += "-"
	}
	return head, strings.TrimLeft(word[at:], "\u00ad")
}

// signed reports whether a line may end with s without a hyphen.
func signed(s string) bool {
	return strings.HasSuffix(s, "-") || strings.HasSuffix(s, "/") || strings.HasSuffix(s, "–")
}

// joint ranks breaking word before byte i: 4 after the author's soft hyphen or sign, 3
// after a linking s (opfølgnings|møde), 2
// between syllables with some letters on both sides, so that an ending is not
// left alone (skoleunder|støttende), 1 between other syllables, 0 elsewhere.
func joint(word string, i int) int {
	left, right := strings.ToLower(word[:i]), strings.ToLower(word[i:])
	if strings.HasSuffix(left, "\u00ad") || signed(left) {
		return 4
	}
	if utf8.RuneCountInString(left) < 3 || utf8.RuneCountInString(right) < 3 {
		return 0
	}
	for _, link := range []string{"ings", "heds", "tions", "skabs", "tets", "doms", "ments"} {
		if strings.HasSuffix(left, link) && !strings.HasPrefix(right, "s") {
			return 3
		}
	}
	switch {
	case !syllable(left, right):
		return 0
	case utf8.RuneCountInString(left) >= 4 && utf8.RuneCountInString(right) >= 6:
		return 2
	}
	return 1
}

// syllable reports whether a Danish syllable may begin at right: there is a vowel on both
// sides, and right begins with as many consonants as a word can begin with. A vowel may
// begin one after e (skole|under).
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
		"st", "sk", "sp", "sl", "sm", "sn", "sv", "tr", "dr", "kr", "gr", "fr", "br", "pr", "kl", "gl", "bl", "fl",
		"pl", "kv", "kn", "tv", "hv", "hj"} {
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
