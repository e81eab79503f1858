package build

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
)

// copies match the names, without extension, of copies that programs make beside a
// file: Windows, OneDrive, Dropbox, Syncthing, browsers, macOS and git. The first group
// is the name of the file itself. A doubtful one counts only beside that file.
var copies = []struct {
	pattern  *regexp.Regexp
	doubtful bool
}{
	{pattern: regexp.MustCompile(`(?i)^(.+) - (?:kopi|copy)(?: ?\(\d+\))?$`)},
	{pattern: regexp.MustCompile(`(?i)^(?:kopi af|copy of) (.+)$`)},
	{pattern: regexp.MustCompile(`(?i)^(.+?)[ _-]*\([^)]*(?:konflikt|conflict|kopi|copy)[^)]*\)$`)},
	{pattern: regexp.MustCompile(`(?i)^(.+?)[ _.-]*(?:sync-conflict|conflict|konflikt)-\w*[\w-]*$`)},
	{pattern: regexp.MustCompile(`^(.+)-(?:DESKTOP|LAPTOP|PC|WIN|MacBook|iMac)(?:-?[A-Za-z0-9]+)*$`)},
	{pattern: regexp.MustCompile(`(?i)^(.+?) ?\(\d+\)$`)},
	{pattern: regexp.MustCompile(`^(.+)_(?:BASE|LOCAL|REMOTE|BACKUP)_\d+$`)},
	{pattern: regexp.MustCompile(`(?i)^(.+) (?:kopi|copy)(?: \d+)?$`)},
	{pattern: regexp.MustCompile(`^(.+) \d$`), doubtful: true},
	{pattern: regexp.MustCompile(`^(.+)-[A-Z][A-Z0-9-]{3,}$`), doubtful: true},
}

// copyOf returns the name of the file that a program made a copy of, or "".
func copyOf(name string, siblings map[string]string) string {
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	if ext == ".orig" || ext == ".rej" {
		return stem
	}
	if rest, ok := strings.CutPrefix(name, "~$"); ok {
		return rest
	}
	if strings.Trim(stem, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" && !strings.Contains(stem, "onfli") {
		return "" // as nearly all are; none of the patterns fits
	}
	for _, c := range copies {
		m := c.pattern.FindStringSubmatch(stem)
		if m == nil {
			continue
		}
		original := m[1] + ext
		if !c.doubtful || siblings[folded(original)] != "" {
			return original
		}
	}
	for i, c := range stem { // no id has such a sign: "begynd ny.md", "begynd_v2.md"
		original := stem[:i] + ext
		if ext == ".md" && strings.ContainsRune(" _", c) && siblings[folded(original)] != "" {
			return original
		}
	}
	return ""
}

// checkName reports a file or folder whose name can't be used. read is false when it
// is left out. siblings has, for each folded name in its folder, the first with that name.
func checkName(dir, name string, siblings map[string]string) (diags []diag.Diag, read bool) {
	at := path.Join(dir, strings.ToValidUTF8(name, "\ufffd"))
	report := func(severity diag.Severity, code, help, format string, args ...any) {
		diags = append(diags, diag.Diag{Severity: severity, Code: code, Pos: diag.Pos{File: at},
			Message: fmt.Sprintf(format, args...), Help: help})
	}
	if !utf8.ValidString(name) {
		report(diag.Error, "filnavn", "Giv den et nyt navn på en nyere computer.",
			"navnet er ikke skrevet i UTF-8 og kan ikke læses")
		return diags, false
	}
	if original := copyOf(name, siblings); original != "" {
		severity := diag.Warning
		if ext := path.Ext(original); ext == "" || isParsed(original) && path.Ext(name) == ext {
			severity = diag.Error // likely somebody's newest text
		}
		report(severity, "kopi", fmt.Sprintf("Flyt det nye over i \"%s\", og slet kopien.", original),
			"det ligner en kopi af \"%s\", som et program har lavet", original)
		return diags, severity == diag.Warning && path.Ext(original) != "" && !isParsed(original)
	}
	if bad := strings.IndexAny(name, `<>:"|?*\`); bad >= 0 {
		report(diag.Error, "filnavn", "Giv den et navn uden tegnet.",
			"navnet har tegnet %c, som Windows ikke kan gemme", name[bad])
	} else if strings.HasSuffix(name, ".") || strings.TrimSpace(name) != name {
		report(diag.Error, "filnavn", "Giv den et navn, der hverken begynder eller slutter sådan.",
			"navnet begynder med mellemrum eller slutter med mellemrum eller punktum, og det kan Windows ikke gemme")
	} else if model.ReservedByWindows(name) {
		report(diag.Error, "filnavn", "Giv den et andet navn.", "navnet \"%s\" bruger Windows selv", name)
	}
	if other := siblings[folded(name)]; other != name {
		report(diag.Error, "filnavn", "Giv den ene et andet navn.",
			"navnet er det samme som \"%s\" på Windows og macOS", other)
		return diags, norm.NFC.String(other) != norm.NFC.String(name)
	}
	return diags, len(diags) == 0 || path.Ext(name) == ".toml" // others may need what a table has
}

// folded is a name as systems compare it that ignore case and how letters are composed.
func folded(name string) string { return strings.ToLower(norm.NFC.String(name)) }

// textEndings are the endings of text that other programs write.
var textEndings = map[string]string{".markdown": ".md", ".mdown": ".md", ".mkd": ".md", ".mdx": ".md", ".md": ".md",
	".toml": ".toml", ".tml": ".toml"}

// published reports whether a file is published as it is: a picture or download beside
// guidance.
func published(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return strings.HasPrefix(name, "content/") && strings.Contains(name, "/vejledning/") &&
		(slices.Contains(pictures, ext) || slices.Contains(downloads, ext))
}
