package build

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/export"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/render"
)

// maxLogo is the largest logo, in bytes: every page of the edition loads it.
const maxLogo = 200 << 10

// brand checks a municipality's colour, logo and addresses.
func (snap *Snapshot) brand(m *model.Municipality) []diag.Diag {
	var diags []diag.Diag
	add := func(key, code, message, help string) {
		at := m.At.Key(key)
		diags = append(diags,
			diag.Diag{Severity: diag.Error, Code: code, Pos: at.Pos(), Width: at.Width(), Message: message, Help: help})
	}
	if m.Colour != "" {
		ratio, better, err := render.Contrast(m.Colour)
		switch {
		case err != nil:
			add("farve", "ugyldig-farve", fmt.Sprintf("\"%s\" er ikke en farve", m.Colour),
				"Skriv # og seks cifre, fx #005a3c.")
		case ratio < 4.5:
			add("farve", "for-lav-kontrast",
				fmt.Sprintf("farven %s har kontrasten %s:1 mod hvid, og kravet er 4,5:1", m.Colour,
					strings.Replace(fmt.Sprintf("%.1f", ratio), ".", ",",
						1)), fmt.Sprintf("Den nærmeste, der består, er %s.", better))
		}
	}
	if m.WAS != "" && !strings.HasPrefix(m.WAS, "https://was.digst.dk/") {
		add("was_url", "ugyldig-adresse", "was_url skal begynde med https://was.digst.dk/",
			"Kopiér adressen fra WAS-Tool.")
	}
	if u, err := url.Parse(m.Site); m.Site != "" &&
		(err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || u.RawQuery != "" ||
			u.Fragment != "") {
		add("hjemmeside", "ugyldig-adresse", fmt.Sprintf("\"%s\" er ikke en adresse, en udgave kan ligge på", m.Site),
			"Skriv hele adressen med https:// og uden ? og #.")
	}
	if m.Logo != "" {
		if message, help := snap.logoFault(m); message != "" {
			add("logo", "logo", message, help)
		}
	}
	return append(diags, snap.templateFaults(m)...)
}

// ownTemplate is a municipality's Word template, which its minutes and invitations are made
// on.
const ownTemplate = "skabelon.dotx"

// templateOf is a municipality's Word template, or nil when it has none that can be used.
func (snap *Snapshot) templateOf(m *model.Municipality) (*export.Base, error) {
	f := snap.files[path.Join("content/kommuner", m.ID, ownTemplate)]
	if f == nil {
		return nil, nil
	}
	return export.ReadBase(f.data)
}

func (snap *Snapshot) templateFaults(m *model.Municipality) []diag.Diag {
	base, err := snap.templateOf(m)
	d := diag.Diag{Severity: diag.Error, Code: "skabelon", Pos: diag.Pos{File: path.Join("content/kommuner", m.ID, ownTemplate)}}
	switch {
	case errors.Is(err, export.ErrMacros):
		d.Message, d.Help = "skabelonen har makroer", "Gem den i Word som skabelon uden makroer (.dotx)."
	case err != nil:
		d.Message, d.Help = "filen er ikke en Word-skabelon", "Gem den i Word som Word-skabelon (.dotx)."
	case base != nil && len(base.Missing) > 0:
		d.Severity = diag.Warning
		d.Message = "skabelonen mangler typografier: " + strings.Join(base.Missing, ", ")
		d.Help = "Håndbogens egne bruges i stedet. Brug typografierne i skabelonen, så de kommer med i filen."
	default:
		return nil
	}
	return []diag.Diag{d}
}

func (snap *Snapshot) logoFault(m *model.Municipality) (message, help string) {
	name := snap.logoPath(m)
	f := snap.files[name]
	switch {
	case strings.Contains(m.Logo, "..") || strings.HasPrefix(m.Logo, "/"):
		return "logoet skal ligge i kommunens egen mappe", "Skriv kun filens navn, fx logo.svg."
	case f == nil:
		return fmt.Sprintf("logoet \"%s\" findes ikke i content/kommuner/%s/", m.Logo, m.ID) +
			diag.MenteDu(m.Logo, snap.siblings(name)), "Læg filen i mappen, eller slet linjen."
	case len(f.data) > maxLogo:
		return fmt.Sprintf("logoet fylder %d kB, og grænsen er %d kB", len(f.data)>>10,
			maxLogo>>10), "Gem det mindre, helst som SVG."
	case path.Ext(name) != ".svg" && path.Ext(name) != ".png":
		return "logoet er ikke et billede, håndbogen kan bruge", "Brug en SVG- eller PNG-fil."
	}
	return "", ""
}

func (snap *Snapshot) logoPath(m *model.Municipality) string {
	return path.Join("content/kommuner", m.ID, m.Logo)
}

func (snap *Snapshot) siblings(name string) []string {
	var out []string
	for file := range snap.files {
		if path.Dir(file) == path.Dir(name) {
			out = append(out, path.Base(file))
		}
	}
	slices.Sort(out)
	return out
}

// logo returns the logo's path in content/ and its published path, or "" and "".
func (e *Edition) logo() (from, to string) {
	if e.Book.Logo == "" {
		return "", ""
	}
	return e.snap.logoPath(e.Book.Handbook.Municipal), "assets/" + path.Base(e.Book.Logo)
}

// wordLogo returns the logo as a PNG, which Word can show: the logo itself, or the
// file of the same name next to an SVG. It is nil when there is none.
func (e *Edition) wordLogo() []byte {
	from, _ := e.logo()
	f := e.snap.files[strings.TrimSuffix(from, path.Ext(from))+".png"]
	if from == "" || f == nil || len(f.data) > maxLogo {
		return nil
	}
	return f.data
}
