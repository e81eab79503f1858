// Package host generates the files for web servers and browsers besides the pages:
// configuration (strict security headers, the 404 page of each edition, caching, media
// types), compressed copies of files, the page /was/ that Danish authorities must have
// at a domain's root, and the service worker for reading offline.
//
// Facts about the editions come in, files go out. The package refuses to know the pages
// and where files are written. Everything works at a domain's root and under any path.
//
//   - nginx: nginx.conf.example, a snippet to include in a location of the server's
//     own configuration.
//   - Apache: .htaccess.
//   - IIS: web.config.
//
// The published folder has one of them. A municipality's folder has all three, since it
// can be copied to another server; each keeps the other two from readers.
package host

import (
	"fmt"
	"html/template"
	"path"
)

// Site is what the configuration depends on.
type Site struct {
	Editions      []Edition  // below the national one, when its folder is configured
	Redirects     []Redirect // from the national edition's root; they apply to every edition
	Precompressed bool       // files have a compressed copy with the suffix .gz
}

// Edition is a folder with a handbook in it.
type Edition struct {
	Dir    string   // from the published folder: "" or "kommuner/herning"
	Domain bool     // the folder will be the root of a domain
	WAS    string   // address of the accessibility statement, or ""
	Loose  []string // files in the edition's assets/ without a fingerprint: "logo.svg"

	// Elsewhere means that the edition has an address of its own, which its 404 page is
	// made for. Below the national edition, the national 404 page is used instead.
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

// Names lists the servers that Files supports.
func Names() []string { return []string{"nginx", "apache", "iis"} }

// Files generates the files of an edition's folder for the server with this name, and a
// municipality's for all servers. With the name "", only the page /was/ is made.
func Files(name string, s Site, e Edition) []File {
	var out []File
	if e.Dir != "" {
		s.Editions = nil
	}
	for _, server := range Names() {
		if name == "" || server != name && e.Dir == "" {
			continue
		}
		switch server {
		case "nginx":
			out = append(out, File{path.Join(e.Dir, "nginx.conf.example"), nginx(s)})
		case "apache":
			out = append(out, File{path.Join(e.Dir, ".htaccess"), apache(s, e)})
		case "iis":
			out = append(out, File{path.Join(e.Dir, "web.config"), iis(e)})
		}
	}
	if e.Domain && e.WAS != "" {
		out = append(out, File{path.Join(e.Dir, "was/index.html"), was(e.WAS)})
	}
	return out
}

// header is one header of every response.
type header struct{ Name, Value string }

// headers are sent with every response, also errors. The policy allows only what the
// pages use: base-uri since the 404 page has a <base>, data: since the stylesheet embeds
// small drawings. worker-src falls back to script-src.
func headers() []header {
	return []header{
		{"Content-Security-Policy",
			"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
				"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'"},
		{"X-Content-Type-Options", "nosniff"},
		{"Referrer-Policy", "strict-origin-when-cross-origin"},
		{"Permissions-Policy",
			"accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), " +
				"payment=(), usb=()"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
	}
}

// mediaType is the media type of a file name extension. Text types have a charset where
// the type allows it.
type mediaType struct {
	Ext, Name string
	Text      bool
}

// Small reports whether files of the type are sent compressed.
func (t mediaType) Small() bool { return Compressible("." + t.Ext) }

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
		{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false},
		{"csv", "text/csv", true},
	}
}

// was is the page at /was/, which the authority's tool looks for. It redirects to the
// accessibility statement, which is hosted there.
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
