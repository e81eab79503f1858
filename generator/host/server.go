package host

import (
	"bytes"
	"embed"
	"path"
	"regexp"
	"slices"
	"strings"
	"text/template"
)

//go:embed templates/*
var templateFiles embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"quote": regexp.QuoteMeta,
	"attr":  strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;").Replace,
}).ParseFS(templateFiles, "templates/*"))

const renewed = "no-cache" // cached, but revalidated each time

// settings are what a server's template is given.
type settings struct {
	Site
	Edition
	Headers            []header
	Types              []mediaType
	Below              []string // patterns of the folders of the editions with a 404 page of their own
	Transport          string   // of Strict-Transport-Security, if the operator enables it
	Immutable, Renewed string   // of Cache-Control
	Fingerprint        string   // matches the name of a file whose content never changes
}

func configure(name string, s Site, e Edition) []byte {
	var out bytes.Buffer
	err := templates.ExecuteTemplate(&out, name, settings{Site: s, Edition: e, Headers: headers(), Types: mediaTypes(),
		Below: below(s), Transport: "max-age=31536000", Immutable: "public, max-age=31536000, immutable",
		Renewed: renewed, Fingerprint: `\.[0-9a-f]{8}\.(?:css|js|svg)`})
	if err != nil {
		panic(err) // the templates are embedded
	}
	return out.Bytes()
}

// nginx generates a snippet for a location. The variable $haandbog is the path of the
// published folder without a final slash; nginx refuses to start without it. The ifs
// hold rewrite directives only: others are unsafe there.
func nginx(s Site) []byte { return configure("nginx.conf.example", s, Edition{}) }

// apache generates an edition's .htaccess. One in a subfolder replaces its rules.
//
// ErrorDocument takes a path from the domain's root, which the file doesn't know. The
// first rule computes it: the address without the part below this folder.
// FallbackResource needs no path, but answers with status 200.
func apache(s Site, e Edition) []byte { return configure("htaccess", s, e) }

// iis generates a web.config. Every add is preceded by a remove, since IIS fails on a
// setting that the server or a parent folder has already.
func iis(e Edition) []byte { return configure("web.config", Site{}, e) }

// below lists patterns of the folders of the editions that have a 404 page for this
// address. Each is well below nginx's limit of 4,096 bytes for a parameter.
func below(s Site) []string {
	var names []string
	for _, e := range s.Editions {
		if e.Dir != "" && !e.Elsewhere {
			names = append(names, regexp.QuoteMeta(path.Base(e.Dir)))
		}
	}
	var out []string
	for part := range slices.Chunk(names, 50) {
		out = append(out, "kommuner/(?:"+strings.Join(part, "|")+")")
	}
	return out
}
