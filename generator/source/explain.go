package source

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"modelhaandbog/generator/diag"
)

// explain describes in Danish what is wrong with a statement. It classifies the
// mistake by the parser's message and the author's text.
func (r *repair) explain(s statement, f fault) diag.Diag {
	has := func(parts ...string) bool {
		for _, p := range parts {
			if strings.Contains(f.message, p) {
				return true
			}
		}
		return false
	}
	inside := f.offset < s.end && !has("unexpected EOF", "array is incomplete", "inline table is incomplete")
	switch {
	case has("control characters", "expected newline but got"):
		return r.control(f)
	case has("already been defined", "was already created", "is not a table"):
		return r.duplicate(s, f)
	case s.open >= 0 && !inside:
		return r.unclosed(s)
	case has("escape", "hexadecimal", "Escaped"):
		return r.escape(f)
	case s.quote >= 0 && f.offset+f.length >= s.quote && has("newline", "unexpected EOF", "unterminated"):
		return r.unquoted(s)
	case s.header:
		return r.header(s, f)
	case s.equals < 0 || f.offset <= s.equals:
		return r.key(s, f)
	}
	return r.value(s, f)
}

// at makes a diagnostic for the characters from one offset to another.
func (r *repair) at(from, to int, message, help string) diag.Diag {
	return diag.Diag{
		Severity: diag.Error, Code: "toml-syntaks",
		Pos: r.text.pos(from), Width: r.text.width(from, to),
		Message: message, Help: help,
	}
}

func (r *repair) control(f fault) diag.Diag {
	for i := max(0, f.offset-1); i < len(r.data); i++ {
		switch c := r.data[i]; {
		case c == '\r' && i+1 < len(r.data) && r.data[i+1] == '\n':
		case c == '\r':
			return r.at(i, i+1, "linjen slutter med et gammelt linjeskift (CR alene)",
				"Gem filen med linjeskift som LF eller CRLF.")
		case c < ' ' && c != '\t' && c != '\n' || c == 0x7f:
			return r.at(i, i+1, fmt.Sprintf("her står et usynligt kontroltegn (0x%02x)", c),
				"Slet tegnet; det følger ofte med, når man kopierer fra Word eller PDF.")
		}
	}
	return r.at(f.offset, f.offset+1, "her står et usynligt kontroltegn", "Slet tegnet.")
}

// duplicate names both positions of a key. It finds them in an index of the text up
// to and including the statement, which is syntactically valid.
func (r *repair) duplicate(s statement, f fault) diag.Diag {
	x, _ := buildIndex(r.text, r.data[:s.end])
	start := r.text.pos(s.start)
	for _, c := range x.conflicts {
		if at := c.key.KeyPos; at.Line < start.Line || at.Line == start.Line && at.Col < start.Col {
			continue
		}
		what, help := "nøglen", "Slet den ene, eller giv dem hver sit navn."
		if s.header {
			what, help = "tabellen", "Saml felterne under én overskrift, eller giv dem hver sit navn."
		}
		d := r.at(s.start, s.end, fmt.Sprintf("%s %q findes allerede", what, c.key.Key), help)
		d.Code, d.Pos, d.Width = "toml-dublet", c.key.KeyPos, c.key.Width
		d.Notes = []diag.Note{{Pos: c.first.KeyPos, Message: "den står her første gang"}}
		return d
	}
	d := r.at(s.start, s.end, "det samme er skrevet to gange, eller en værdi bruges som tabel", "Slet det ene sted.")
	d.Code = "toml-dublet"
	return d
}

func (r *repair) unclosed(s statement) diag.Diag {
	from, to := s.open, s.open+len(s.opener)
	switch s.opener {
	case "[":
		return r.at(from, to, "listen, der begynder her, bliver ikke lukket", "Sæt ] efter det sidste element.")
	case "{":
		return r.at(from, to, "tabellen, der begynder her, bliver ikke lukket", "Sæt } efter det sidste felt.")
	}
	return r.at(from, to, "teksten, der begynder her, bliver ikke lukket", "Sæt "+s.opener+" efter teksten.")
}

// unquoted explains a string without its closing quote.
func (r *repair) unquoted(s statement) diag.Diag {
	end := lineEnd(r.data, s.quote)
	help := fmt.Sprintf("Sæt %c sidst i teksten.", r.data[s.quote])
	if r.proseEnd(end) > end {
		help = `En tekst over flere linjer skrives mellem """ og """.`
	}
	return r.at(s.quote, r.trimEnd(s.quote, end), "teksten mangler sit afsluttende anførselstegn", help)
}

func (r *repair) trimEnd(from, to int) int {
	return from + len(bytes.TrimRight(r.data[from:to], " \t\r"))
}

func (r *repair) escape(f fault) diag.Diag {
	end := min(f.offset+max(f.length, 1), len(r.data))
	from := f.offset + bytes.LastIndexByte(r.data[f.offset:end], '\\')
	if from < f.offset {
		from = f.offset
	}
	_, size := utf8.DecodeRune(r.data[min(from+1, len(r.data)):])
	seen := strings.TrimSpace(string(r.data[from:min(from+1+size, len(r.data))]))
	if seen == `\u` || seen == `\U` || seen == `\x` {
		return r.at(from, from+2, fmt.Sprintf("%s skal følges af tegnets nummer i hexadecimale cifre", seen),
			`Skriv tegnet selv, eller \\ hvis du mener en omvendt skråstreg.`)
	}
	return r.at(from, from+1+size, fmt.Sprintf("%s betyder ikke noget i en tekst", seen),
		`Skriv \\ for en omvendt skråstreg, eller sæt teksten mellem '…' i stedet for "…".`)
}

func (r *repair) header(s statement, f fault) diag.Diag {
	line := strings.TrimRight(string(r.data[s.start:s.end]), " \t\r")
	opening := "["
	if strings.HasPrefix(line, "[[") {
		opening = "[["
	}
	closing := strings.Repeat("]", len(opening))
	name := strings.Trim(line, "[] \t")
	to := s.start + len(line)
	closed := strings.LastIndex(line, "]")
	switch {
	case name == "":
		return r.at(s.start, to, "overskriften er tom",
			fmt.Sprintf("Skriv tabellens navn: %snavn%s.", opening, closing))
	case closed < 0:
		name, _, _ = strings.Cut(name, "#")
		return r.at(s.start, to, "overskriften mangler "+closing,
			fmt.Sprintf("Skriv %s%s%s.", opening, strings.TrimSpace(name), closing))
	case strings.HasPrefix(f.message, "expected a top-level item"):
		return r.at(f.offset, to, "der står mere efter overskriften",
			"Sæt det på en linje for sig, eller sæt # foran, hvis det er en kommentar.")
	case opening == "[[" && !strings.Contains(line, "]]"):
		return r.at(s.start, to, "overskriften begynder med [[ og slutter med ]",
			"Skriv ]] til sidst, eller kun [ først.")
	case strings.Contains(f.message, "cannot be empty"), strings.Contains(line, ".."):
		return r.at(s.start, to, "overskriften har et punktum for meget", "Skriv [a.b] uden tomme navne.")
	}
	name, _, _ = strings.Cut(name, "]")
	from := s.start + strings.Index(line, name)
	return r.badKey(from, r.trimEnd(from, from+len(name)), f, opening, closing)
}

// key explains a mistake before =, or a line without one.
func (r *repair) key(s statement, f fault) diag.Diag {
	first := lineEnd(r.data, s.start)
	to := r.trimEnd(s.start, min(s.end, first))
	if s.equals == s.start {
		return r.at(s.start, s.start+1, "der mangler en nøgle foran =", `Skriv navn = "…".`)
	}
	if s.equals < 0 || s.equals > first {
		line := string(r.data[s.start:to])
		if name, value, ok := strings.Cut(line, ":"); ok && keyWord.MatchString(name) {
			at := s.start + len(name)
			return r.at(at, at+1, "her skal stå = i stedet for :",
				fmt.Sprintf("Skriv %s = %s.", strings.TrimSpace(name), quoted(value)))
		}
		if keyWord.MatchString(line) {
			return r.at(s.start, to, fmt.Sprintf("%q mangler en værdi", line),
				fmt.Sprintf(`Skriv %s = "…", eller slet linjen.`, slug(line)))
		}
		return r.at(s.start, to, "linjen mangler et =",
			`Skriv nøgle = "værdi"; en kommentar begynder med #, og en tekst over flere linjer står mellem """ og """.`)
	}
	return r.badKey(s.start, r.trimEnd(s.start, s.equals), f, "", "")
}

// badKey explains characters that a key can't have without quotes.
func (r *repair) badKey(from, to int, f fault, opening, closing string) diag.Diag {
	key := string(r.data[from:to])
	if strings.HasPrefix(key, ".") || strings.HasSuffix(key, ".") || strings.Contains(key, "..") {
		return r.at(from, to, fmt.Sprintf("%q har et punktum for meget", key),
			"Skriv ét punktum mellem navnene, fx a.b.")
	}
	if n := strings.Count(key, ".") + 1; n > maxKey {
		return r.at(f.offset, f.offset+1, fmt.Sprintf("nøglen har %d led, og flere end %d læses ikke", n, maxKey),
			"Skriv kun de navne, som tabellen ligger under, fx [moede.opfoelgning.dagsorden.status].")
	}
	if strings.ContainsAny(key, `"'[]{}`) {
		return r.at(f.offset, f.offset+1, "her kan nøglen ikke læses",
			`Skriv nøglen med a-z, 0-9, - og _, eller sæt hele nøglen i anførselstegn: "…".`)
	}
	help := fmt.Sprintf("Skriv %s%s%s, eller sæt nøglen i anførselstegn: %s%q%s.", opening, slug(key), closing, opening,
		key, closing)
	for _, c := range key {
		switch {
		case c != ' ' && c != '\t' && unicode.IsSpace(c):
			return r.at(from, to, "her er et hårdt mellemrum, som følger med fra Word eller en webside",
				"Slet det, eller skriv et almindeligt mellemrum.")
		case c == ' ' || c == '\t':
			return r.at(from, to, fmt.Sprintf("nøglen %q har mellemrum", key), help)
		case c >= utf8.RuneSelf && unicode.IsLetter(c):
			return r.at(from, to,
				fmt.Sprintf("nøglen %q har et %s, og det kan en nøgle uden anførselstegn ikke have", key, string(c)),
				help)
		case c != '.' && c != '-' && c != '_' && !unicode.IsLetter(c) && !unicode.IsDigit(c):
			return r.at(from, to, fmt.Sprintf("nøglen %q har tegnet %c", key, c), help)
		}
	}
	return r.at(f.offset, f.offset+1, "her kan nøglen ikke læses",
		`Skriv nøglen med a-z, 0-9, - og _, eller sæt den i anførselstegn: "…".`)
}

var (
	keyWord      = regexp.MustCompile(`^[\pL0-9_-]+[ \t]*$`)
	danishDate   = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$`)
	isoDate      = regexp.MustCompile(`^\d{4}-\d{1,2}-\d{1,2}`)
	decimalComma = regexp.MustCompile(`^([+-]?\d+),(\d+)$`)
	leadingZero  = regexp.MustCompile(`^[+-]?0\d+$`)
	bareFraction = regexp.MustCompile(`^[+-]?(\.\d+|\d+\.)$`)
	number       = regexp.MustCompile(`^[+-]?\d[\d._]*$`)
	nextKey      = regexp.MustCompile(`^(?:[\d.]+|true|false)[ \t]+[\pL0-9_.-]+[ \t]*=`)
	truth        = map[string]string{"ja": "true", "sand": "true", "sandt": "true", "yes": "true", "true": "true",
		"nej": "false", "falsk": "false", "no": "false", "false": "false"}
)

// value explains a mistake after =.
func (r *repair) value(s statement, f fault) diag.Diag {
	first := lineEnd(r.data, s.start)
	from := s.equals + 1
	for from < first && (r.data[from] == ' ' || r.data[from] == '\t') {
		from++
	}
	key := strings.TrimSpace(string(r.data[s.start:s.equals]))
	to := r.trimEnd(from, first)
	switch {
	case from >= to || r.data[from] == '#':
		return r.at(s.start, s.equals+1, fmt.Sprintf("%q mangler en værdi", strings.Trim(key, `"'`)),
			fmt.Sprintf(`Skriv %s = "…", eller slet linjen.`, key))
	case r.data[from] == '[' || r.data[from] == '{':
		return r.inList(s, f)
	case r.data[from] == '"' || r.data[from] == '\'':
		if strings.HasPrefix(f.message, "expected a top-level item") {
			return r.afterText(s, f)
		}
		return r.at(f.offset, f.offset+1, "teksten kan ikke læses her", `Skriv teksten mellem " og ".`)
	}
	bare := string(r.data[from:to])
	if i := strings.Index(bare, " #"); i >= 0 {
		bare = strings.TrimSpace(bare[:i])
	}
	return r.bare(from, bare, key+" = ")
}

// afterText explains text after the closing quote of a string.
func (r *repair) afterText(s statement, f fault) diag.Diag {
	to := r.trimEnd(f.offset, lineEnd(r.data, f.offset))
	d := r.at(f.offset, to, "der står mere efter tekstens afsluttende anførselstegn",
		`Anførselstegn inde i en tekst skrives \"; en kommentar begynder med #.`)
	if start := r.text.pos(s.start); start.Line != d.Pos.Line {
		d.Notes = []diag.Note{{Pos: start, Message: "teksten begynder her"}}
	}
	return d
}

// inList explains a mistake within [ ] or { }.
func (r *repair) inList(s statement, f fault) diag.Diag {
	end := f.offset
	for end < len(r.data) && !strings.ContainsRune(",]}\n\r#", rune(r.data[end])) {
		end++
	}
	seen := strings.TrimSpace(string(r.data[f.offset:end]))
	switch {
	case strings.Contains(f.message, "unexpected comma"), strings.HasPrefix(seen, ","):
		return r.at(f.offset, f.offset+1, "her står et komma for meget",
			"Slet det, eller skriv det, der mangler foran.")
	case strings.HasPrefix(f.message, "expected a comma"):
		return r.at(f.offset, f.offset+1, "der mangler et komma mellem to elementer",
			"Sæt komma imellem; anførselstegn inde i en tekst skrives \\\".")
	case strings.HasPrefix(f.message, "expected a top-level item"):
		return r.at(f.offset, r.trimEnd(f.offset, lineEnd(r.data, f.offset)), "der står mere efter den sidste klamme",
			"Slet det, eller sæt det på en linje for sig.")
	case strings.HasPrefix(f.message, "expected '.' or '='"), strings.Contains(f.message, "key"):
		return r.at(f.offset, f.offset+1, "mellem { og } står felter som nøgle = værdi",
			`Skriv { navn = "…", antal = 1 }.`)
	case seen == "":
		return r.at(f.offset, f.offset+1, "her mangler en værdi", `Tekster står i anførselstegn: ["en", "to"].`)
	}
	return r.bare(f.offset, seen, "")
}

// bare explains a value without quotes. before is the text before it, for the help.
func (r *repair) bare(from int, seen, before string) diag.Diag {
	at := func(message, help string) diag.Diag { return r.at(from, from+len(seen), message, help) }
	opening, size := utf8.DecodeRuneInString(seen)
	switch {
	case truth[strings.ToLower(seen)] != "":
		return at(fmt.Sprintf("%s er hverken true eller false", seen),
			fmt.Sprintf("Skriv %s%s, eller sæt %s i anførselstegn, hvis det er en tekst.", before,
				truth[strings.ToLower(seen)], seen))
	case strings.ContainsRune("“”„‟«»‘’‚′″", opening):
		return r.at(from, from+size, fmt.Sprintf("%c er ikke et anførselstegn, som TOML kender", opening),
			`Brug det lige anførselstegn: "…" (tekstbehandling retter det ofte til “…”).`)
	case danishDate.MatchString(seen):
		m := danishDate.FindStringSubmatch(seen)
		return at(fmt.Sprintf("datoen %s er skrevet med dagen først", seen),
			fmt.Sprintf("Skriv år-måned-dag: %s%s-%02s-%02s.", before, m[3], m[2], m[1]))
	case isoDate.MatchString(seen):
		return at(fmt.Sprintf("%s er ikke en gyldig dato", seen), "Skriv år-måned-dag med to cifre: 2026-03-05.")
	case decimalComma.MatchString(seen):
		return at(fmt.Sprintf("tallet %s er skrevet med komma", seen),
			fmt.Sprintf("Skriv punktum: %s%s.", before, strings.Replace(seen, ",", ".", 1)))
	case leadingZero.MatchString(seen):
		return at(fmt.Sprintf("tallet %s begynder med 0", seen),
			fmt.Sprintf("Er det et nummer eller en kode, så sæt det i anførselstegn: %s%q.", before, seen))
	case bareFraction.MatchString(seen):
		return at(fmt.Sprintf("tallet %s mangler cifre ved punktummet", seen), "Skriv 0.5 eller 5.0.")
	case number.MatchString(seen):
		return at(fmt.Sprintf("tallet %s kan ikke læses", seen),
			"Det kan være for stort eller have for mange punktummer; sæt det i anførselstegn, hvis det er en tekst.")
	case nextKey.MatchString(seen):
		return at("der står to nøgler på samme linje", "Skriv hver nøgle på sin egen linje.")
	}
	return at(fmt.Sprintf("teksten %s mangler anførselstegn", shorten(seen)),
		fmt.Sprintf("Skriv %s%s.", before, shorten(quoted(seen))))
}

// quoted writes a text as a TOML string, unless it has quotes already.
func quoted(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, `"`) || strings.HasPrefix(s, "'") {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// shorten cuts a text to 60 characters.
func shorten(s string) string {
	const most = 60
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}

// slug proposes a key that needs no quotes.
func slug(s string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(strings.TrimSpace(s)) {
		switch {
		case c == 'æ':
			b.WriteString("ae")
		case c == 'ø':
			b.WriteString("oe")
		case c == 'å':
			b.WriteString("aa")
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-':
			b.WriteRune(c)
		case c == ' ' || c == '\t':
			b.WriteByte('-')
		}
	}
	return b.String()
}
