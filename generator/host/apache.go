package host

import (
	"fmt"
	"regexp"
	"strings"
)

const apacheIntro = `
Modelhåndbog for Apache 2.4.13 or later. Apache reads this file where it lies;
no path in it needs to be changed. The folder must be allowed to have one:

    <Directory /srv/haandbog>
        Require all granted
        AllowOverride FileInfo
    </Directory>

It uses mod_rewrite and mod_headers (a2enmod rewrite headers), and mod_deflate
unless the files are compressed beforehand. Over a few thousand requests a
second it is faster to move all this into <Directory> and to turn AllowOverride
off.
`

// ErrorDocument takes a path from the domain's root, which the file doesn't know. The
// first rule computes it: the address without the part below this folder.
// FallbackResource needs no path, but answers with status 200.
const apacheFinder = `
<IfModule mod_rewrite.c>
RewriteEngine On
# HAANDBOG becomes where this folder is on the web, without its first slash:
# "haandbog/", or nothing at a domain's root.
RewriteCond $0#%{REQUEST_URI} ^([^#]*)#/(.*)\1$
RewriteRule ^.*$ - [E=HAANDBOG:%2,E=HAANDBOG_404:%2]
`

const apacheAnswers = `
# The page for wrong addresses. An edition's own folder has a file like this one,
# so its readers get its own page.
ErrorDocument 404 /%{reqenv:HAANDBOG_404}404.html

# What only the generator and the server need is not for readers, and neither are
# lists of what is in a folder.
RewriteRule (^|/)\.(?!well-known/) - [R=404,L]
RewriteRule (^|/)(nginx\.conf\.example|web\.config)$ - [R=404,L]
RewriteCond %{REQUEST_FILENAME} -d
RewriteCond %{REQUEST_FILENAME}/index.html !-f
RewriteRule ^ - [R=404,L]
`

// apacheElsewhere is for an edition whose 404 page is made for another address.
const apacheElsewhere = `
# The page is made for this edition's own address. Below the national edition,
# that edition's page answers.
RewriteCond %%{ENV:HAANDBOG} ^(.*)%s/$
RewriteRule ^ - [E=HAANDBOG_404:%%1]
`

// apache generates an edition's .htaccess. One in a subfolder replaces its rules.
func apache(s Site, e Edition) []byte {
	var b strings.Builder
	b.WriteString(comment(apacheIntro))
	b.WriteString(apacheFinder)
	if e.Elsewhere {
		fmt.Fprintf(&b, apacheElsewhere, regexp.QuoteMeta(e.Dir))
	}
	b.WriteString(apacheAnswers)
	if len(s.Redirects) > 0 {
		b.WriteString("\n# Old addresses.\n")
		for _, r := range s.Redirects {
			fmt.Fprintf(&b, "RewriteRule \"^((?:.*/)?)%s$\" \"/%%{ENV:HAANDBOG}$1%s\" [R=301,L,NE]\n",
				regexp.QuoteMeta(r.From), r.To)
		}
	}
	if s.Precompressed {
		b.WriteString(`
# A file's compressed copy, for those who accept it.
RewriteCond %{HTTP:Accept-Encoding} \bgzip\b
RewriteCond %{REQUEST_FILENAME}.gz -f
RewriteRule ^(.+)$ $1.gz [L]
`)
	}
	b.WriteString("</IfModule>\n\n")
	apacheTypes(&b, s.Precompressed)
	b.WriteString("\n<IfModule mod_headers.c>\n# The headers of every response.\n")
	for _, h := range headers() {
		fmt.Fprintf(&b, "Header always set %s %q\n", h.name, h.value)
	}
	fmt.Fprintf(&b, "# Once the whole domain is served over https, and stays so:\n"+
		"# Header always set Strict-Transport-Security %q\n", transport)
	fmt.Fprintf(&b, "\n# Files with a fingerprint in their name never change; all else is asked for again.\n"+
		"Header always set Cache-Control %q\n", renewed)
	fmt.Fprintf(&b, "<FilesMatch \"%s(\\.gz)?$\">\n    Header always set Cache-Control %q\n</FilesMatch>\n",
		fingerprint, immutable)
	if s.Precompressed {
		b.WriteString("Header merge Vary Accept-Encoding\n")
	}
	b.WriteString("</IfModule>\n")
	return []byte(b.String())
}

// apacheTypes writes media types, charset and compression. A compressed copy has the type
// of its first extension.
func apacheTypes(b *strings.Builder, precompressed bool) {
	b.WriteString("AddDefaultCharset utf-8\n")
	var text, small []string
	for _, t := range mediaTypes() {
		fmt.Fprintf(b, "AddType %s .%s\n", t.name, t.ext)
		if t.text {
			text = append(text, "."+t.ext)
		}
		if Compressible("." + t.ext) {
			small = append(small, t.name)
		}
	}
	fmt.Fprintf(b, "AddCharset utf-8 %s\n", strings.Join(text, " "))
	b.WriteString("<FilesMatch \"^nyt\\.xml(\\.gz)?$\">\n    ForceType application/atom+xml\n</FilesMatch>\n")
	if precompressed {
		b.WriteString("RemoveType .gz\nAddEncoding gzip .gz\n")
		return
	}
	fmt.Fprintf(b, "<IfModule mod_deflate.c>\n<IfModule mod_filter.c>\nAddOutputFilterByType DEFLATE %s\n"+
		"</IfModule>\n</IfModule>\n", strings.Join(small, " "))
}
