// Package host makes what a web server and a browser need beside the pages:
// the server's configuration (strict security headers, the right page for a
// wrong address, caching, types), compressed copies of files, the page /was/
// that Danish authorities must have at a domain's root, and the service worker
// that keeps an edition for reading offline.
//
// In come facts of the editions, out go files; the package knows neither what
// the pages say nor where they are written. All of it works at a domain's root
// and under any path.
//
//   - nginx: nginx.conf.example in the published folder, a snippet to include in
//     a location of the server's own configuration.
//   - Apache: .htaccess in each edition's folder, read where it lies.
//   - IIS: web.config in each edition's folder, read where it lies.
//
// An edition's folder that is lifted out takes its configuration along.
package host

import (
	"fmt"
	"html/template"
	"path"
	"strings"
)

// Site is what the configuration depends on.
type Site struct {
	Editions      []Edition
	Redirects     []Redirect // of the national edition; they hold in every edition
	Precompressed bool       // files have a compressed copy beside them, named with .gz
}

// Edition is a folder with a handbook in it.
type Edition struct {
	Dir    string   // from the published folder: "" or "kommuner/herning"
	Domain bool     // the folder will be the root of a domain
	WAS    string   // address of the accessibility statement, or ""
	Loose  []string // files in the edition's assets/ without a fingerprint: "logo.svg"

	// Elsewhere tells that the edition's page for wrong addresses is made for an
	// address of its own, where the folder is copied to. Where it was published,
	// the national edition's page answers for it.
	Elsewhere bool
}

// Redirect sends an old address to a new one. Both are from an edition's root;
// the new one may have an anchor.
type Redirect struct{ From, To string }

// File is one file of the published folder.
type File struct {
	Path string // from the published folder
	Data []byte
}

// Names lists the servers that Files knows.
func Names() []string { return []string{"nginx", "apache", "iis"} }

// Files makes a server's configuration, in the order of the editions. With the
// name "", or one that isn't among [Names], only the pages /was/ are made.
func Files(name string, s Site) []File {
	var out []File
	if name == "nginx" {
		out = append(out, File{"nginx.conf.example", nginx(s)})
	}
	for _, e := range s.Editions {
		switch name {
		case "apache":
			out = append(out, File{path.Join(e.Dir, ".htaccess"), apache(s, e)})
		case "iis":
			out = append(out, File{path.Join(e.Dir, "web.config"), iis(e)})
		}
		if e.Domain && e.WAS != "" {
			out = append(out, File{path.Join(e.Dir, "was/index.html"), was(e.WAS)})
		}
	}
	return out
}

// header is one header of every response.
type header struct{ name, value string }

// headers are sent with every page and file, found or not. The policy allows
// what the pages use and nothing else: base-uri since the page for wrong
// addresses has a <base>, data: since the stylesheet holds small drawings.
// Workers fall back to script-src.
func headers() []header {
	return []header{
		{"Content-Security-Policy",
			"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'"},
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "strict-origin-when-cross-origin"},
		{"Permissions-Policy",
			"accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
	}
}

const (
	transport = "max-age=31536000" // of Strict-Transport-Security, when the operator wants it
	immutable = "public, max-age=31536000, immutable"
	renewed   = "no-cache" // kept, but asked for again each time

	// fingerprint matches the name of a file whose content never changes.
	fingerprint = `\.[0-9a-f]{8}\.(?:css|js|svg)`
)

// mediaType is what a file's ending says. Text has its encoding named, where
// the type has a way to.
type mediaType struct {
	ext, name string
	text      bool
}

func mediaTypes() []mediaType {
	return []mediaType{
		{"html", "text/html", true},
		{"css", "text/css", true},
		{"js", "text/javascript", true},
		{"txt", "text/plain", true},
		{"ics", "text/calendar", true},
		{"xml", "application/xml", true},
		{"atom", "application/atom+xml", true},
		{"json", "application/json", false},
		{"webmanifest", "application/manifest+json", false},
		{"svg", "image/svg+xml", false},
		{"png", "image/png", false},
		{"jpg", "image/jpeg", false},
		{"jpeg", "image/jpeg", false},
		{"gif", "image/gif", false},
		{"webp", "image/webp", false},
		{"ico", "image/x-icon", false},
		{"woff2", "font/woff2", false},
		{"pdf", "application/pdf", false},
		{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false},
	}
}

// was is the page that the authority's tool looks for at /was/: it leads to the
// statement, since the tool itself holds it.
func was(address string) []byte {
	href := template.HTMLEscapeString(address)
	return fmt.Appendf(nil, `<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=%s">
<title>Tilgængelighedserklæring</title>
</head>
<body>
<main>
<h1>Tilgængelighedserklæring</h1>
<p>Du finder erklæringen her: <a href="%s">%s</a></p>
</main>
</body>
</html>
`, href, href, href)
}

// comment puts # and a space before each line.
func comment(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight("# "+line, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}
