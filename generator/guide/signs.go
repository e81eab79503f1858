package guide

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// sign is what other Markdown, other programs or a slip of the hand write, and what
// readers would see as raw signs. The first group, or else the match, is underlined.
type sign struct {
	pattern       *regexp.Regexp
	message, help string
}

func signs(list ...[3]string) (out []sign) {
	for _, s := range list {
		out = append(out, sign{regexp.MustCompile(s[0]), s[1], s[2]})
	}
	return out
}

var anywhere = signs(
	[3]string{`~~[^~]+~~`, "tekst kan ikke streges over", "Slet ordene, eller slet ~~, hvis de skal blive."},
	[3]string{`==[^=\s][^=]*==`, "tekst kan ikke markeres med ==", "Skriv **fed tekst**."},
	[3]string{`\+\+[^+\s][^+]*\+\+`, "tekst kan ikke understreges med ++", "Skriv **fed tekst**."},
	[3]string{`\*{2,}`, "stjernerne vises som tegn, fordi de ikke passer sammen to og to",
		"Sæt ** tæt på ordene i begge ender, eller skriv \\*, hvis stjernen skal vises."},
	[3]string{"`", "tegnet ` mangler sit andet", "Sæt ` i begge ender, eller skriv ’, hvis det er en apostrof."},
	[3]string{`!?\[\[[^\]]*\]\]`, "[[…]] er ikke et link her", "Skriv [tekst](rolle:id) eller [tekst](skema.pdf)."},
	[3]string{`\{\{[^}]*\}\}|\{%[^%]*%\}`, "koder fra et andet system vises som tegn",
		"Slet koden, eller skriv med ord, hvad den skulle vise."},
	[3]string{`\{[.#:][^}]*\}`, "egenskaber i { } kan ikke bruges her", "Slet dem; kun en overskrift kan have {#id}."},
	[3]string{`\[!\pL+\]`, "en boks begynder ikke her, og mærket vises som tegn",
		"Sæt mærket først i citatet, med en tom linje over: > [!note] Titel."},
	[3]string{`\$\$`, "formler kan ikke bruges her", "Skriv formlen med ord og tal."},
	[3]string{`(?:^|\s)(:[a-z][a-z_]*[a-z]:)(?:\s|$|[.,!?])`, "en kode for et billedtegn vises som tegn",
		"Sæt billedtegnet selv, fx 🙂, eller slet koden."},
	[3]string{`(?:..|[^o§])(\t)`, "her er en tabulator, og den bliver til et mellemrum",
		"Skriv et mellemrum, eller skriv en tabel med | mellem cellerne."},
	[3]string{"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]", "her står et usynligt kontroltegn",
		"Slet tegnet; det følger ofte med, når man kopierer fra Word eller PDF."},
	[3]string{`[\x{e000}-\x{f8ff}]`, "tegnet er fra en særlig skrifttype og kan ikke vises",
		"Skriv et almindeligt tegn i stedet, fx - for et punkt."},
)

var atLineStart = signs(
	[3]string{`^:::.*`, "en boks kan ikke skrives med :::", "Skriv > [!note] Titel, og sæt > foran boksens linjer."},
	[3]string{`^(?:!!!|\?\?\?)\+? .*`, "en boks kan ikke skrives med !!!",
		"Skriv > [!note] Titel, og sæt > foran boksens linjer."},
	[3]string{`^\|.*\|\s*$`, "tabellen kan ikke læses, og stregerne vises som tegn",
		"Sæt en linje med |---|---| under den første række, med lige så mange felter som den."},
	[3]string{`^#{1,6}\pL`, "der mangler et mellemrum efter #",
		"Skriv et mellemrum efter #, eller skriv \\#, hvis tegnet skal vises."},
	[3]string{`^[` + bullets + `]\S`, "der mangler et mellemrum efter punktets tegn", "Skriv - og et mellemrum."},
	[3]string{`^[☐☑☒✓✔✗✘][ \t\x{a0}]`, "linjen bliver ikke til et punkt", "Skriv - og et mellemrum foran linjen."},
	[3]string{`^[o§]\t`, "et underpunkt fra Word kan ikke læses",
		"Skriv to mellemrum, - og et mellemrum foran teksten."},
	[3]string{`^[-*+][ \t]`, "punktet er rykket for langt ind og vises som tekst",
		"Ryk det ud, så det står under teksten i punktet over det."},
)

// runTogether are beginnings of lines that look like points. Two such lines in a
// paragraph are reported, since they would stand on one line.
var runTogether = []*regexp.Regexp{
	regexp.MustCompile(`^(?:[a-zæøå]|[ivx]{2,4})[.)][ \t\x{a0}]`), regexp.MustCompile(`^[-*–—]\pL`),
	regexp.MustCompile(`^\d{1,3}[.)][ \t\x{a0}]+[^\p{Ll}\s]`), regexp.MustCompile(`^\d{1,3}[.)]\pL`),
	regexp.MustCompile(`^\(?(?:\d{1,2}|[a-z])\)[ \t\x{a0}]`),
}

var (
	escapedPair  = regexp.MustCompile("\\\\[!-/:-@\\[-`{-~]")
	computerPath = regexp.MustCompile(`(?:^|[\s("”])((?:[A-Za-z]:|\\)\\[^\s"”]+)`)
	beginsLine   = regexp.MustCompile(lead + `$`)
	spacedLink   = regexp.MustCompile(`^\][ \t\x{a0}]+\((?:www\.[^\s()]+|[a-z/-]+:[^\s()]+|[^\s()]+\.\w{2,5})\)`)
	unknownLabel = regexp.MustCompile(`^\]\[([^\]\n]*)\]`)
	percentQuote = regexp.MustCompile(`^>[ \t]*\d[\d.,]*[ \t\x{a0}]*(?:%|procent)`)
)

// inSign reports whether a byte may be in what anywhere and computerPath find: each needs
// one of these, a control character or one for private use.
func inSign(c byte) bool {
	return c < ' ' || c == 0x7f || c == 0xee || c == 0xef || strings.IndexByte("~=+*`[{$:\\", c) >= 0
}

// checkSigns reports raw signs in a stretch of text without markup.
func (b *builder) checkSigns(start, stop int) {
	raw := b.src[start:stop]
	if slices.ContainsFunc(raw, inSign) {
		if m := computerPath.FindSubmatchIndex(raw); m != nil && escapedPair.Match(raw[m[2]:m[3]]) {
			b.reportSpan(start+m[2], start+m[3], "en sti på en computer kan ikke stå som tekst",
				"Skriv stien mellem `…`, eller læg filen ved siden af teksten, og link til den.")
			return
		}
		plain := escapedPair.ReplaceAllFunc(raw, func(pair []byte) []byte { return []byte("  ") })
		if !b.checkList(anywhere, start, plain) {
			return
		}
	}
	line := bytes.LastIndexByte(b.src[:start], '\n') + 1
	if !beginsLine.Match(b.src[line:start]) {
		return
	}
	plain, _, _ := bytes.Cut(b.src[start:], []byte("\n"))
	if len(plain) > 0 && plain[0] >= 'A' && plain[0] <= 'Z' { // as most texts: nothing below begins so
		clear(b.pointLine[:])
		return
	}
	b.checkList(atLineStart, start, plain)
	for i, re := range runTogether {
		m := re.Find(plain)
		if m != nil && line > 0 && b.pointLine[i] == line {
			b.reportSpan(start, start+len(m), "linjen flyder sammen med den over sig",
				"Skriv - og et mellemrum foran hvert punkt, eller lad en linje stå tom imellem.")
		}
		b.pointLine[i] = 0
		if m != nil {
			b.pointLine[i] = start + len(plain) + 1
		}
	}
}

// checkList reports whether a text is without the signs.
func (b *builder) checkList(list []sign, start int, text []byte) bool {
	before := len(b.diags)
	for _, s := range list {
		if m := s.pattern.FindSubmatchIndex(text); m != nil {
			k := len(m) - 2
			b.reportSpan(start+m[k], start+m[k+1], s.message, s.help)
		}
	}
	return len(b.diags) == before
}

func (b *builder) reportSpan(from, to int, message, help string) {
	b.report("tegn", from, utf8.RuneCount(b.src[from:to]), message, help)
}

// checkEmphasis reports * inside words and sums, as in 5*2 and 3*4.
func (b *builder) checkEmphasis(n *ast.Emphasis) {
	from, last := n.Pos(), n.LastChild()
	end := from
	if t, ok := last.(*ast.Text); ok {
		end = t.Segment.Stop + n.Level
	}
	before, _ := utf8.DecodeLastRune(b.src[:from])
	after, _ := utf8.DecodeRune(b.src[min(end, len(b.src)):])
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	if inWord(before) && (inWord(after) || before >= '0' && before <= '9') {
		b.reportSpan(from, from+n.Level, "stjernen gør teksten frem til den næste stjerne fremhævet",
			"Skriv \\*, hvis stjernen skal vises, eller × i et regnestykke.")
	}
}
