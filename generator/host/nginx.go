package host

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

const nginxIntro = `
Modelhåndbog for nginx. Copy this file to /etc/nginx/snippets/haandbog.conf and
include it in a location. It needs no changes: the two lines before the include
say where the folder is on the disk, and what path it has on the web.

At the root of a domain:

    location / {
        root /srv/haandbog;
        set $haandbog "";
        include snippets/haandbog.conf;
    }

Under a path, which both locations and the variable name:

    location = /haandbog { return 301 /haandbog/; }
    location ^~ /haandbog/ {
        alias /srv/haandbog/;
        set $haandbog /haandbog;
        include snippets/haandbog.conf;
    }

Then try it: nginx -t && systemctl reload nginx
`

// nginx generates a snippet for a location. The variable $haandbog is the path of the
// published folder without a final slash; nginx refuses to start without it. The ifs
// hold rewrite directives only: others are unsafe there.
func nginx(s Site) []byte {
	var b strings.Builder
	b.WriteString(comment(nginxIntro))
	b.WriteString("\nindex index.html;\nautoindex off;\nabsolute_redirect off;\n")
	nginxTypes(&b, s.Precompressed)

	b.WriteString("\n# Files with a fingerprint in their name never change; all else is asked for again.\n")
	fmt.Fprintf(&b, "set $haandbog_cache %q;\n", renewed)
	fmt.Fprintf(&b, "if ($uri ~ \"/assets/[^/]+%s$\") { set $haandbog_cache %q; }\n", fingerprint, immutable)

	b.WriteString("\n# A wrong address is answered by the edition that it lies in.\n")
	b.WriteString("set $haandbog_404 $haandbog/404.html;\n")
	for _, dirs := range nginxEditions(s) {
		fmt.Fprintf(&b, "if ($uri ~ \"/(%s)(?:/|$)\") { set $haandbog_404 $haandbog/$1/404.html; }\n", dirs)
	}
	b.WriteString("error_page 404 $haandbog_404;\nerror_page 403 =404 $haandbog_404;\n")

	b.WriteString("\n# What only the generator and the server need is not for readers.\n")
	b.WriteString(`if ($uri ~ "/\.(?!well-known/)") { return 404; }` + "\n")
	b.WriteString(`if ($uri ~ "/(?:nginx\.conf\.example|web\.config)$") { return 404; }` + "\n")
	if len(s.Redirects) > 0 {
		b.WriteString("\n# Old addresses.\n")
		for _, r := range s.Redirects {
			fmt.Fprintf(&b, "rewrite \"^(.*/)%s$\" \"$1%s?\" permanent;\n", regexp.QuoteMeta(r.From), r.To)
		}
	}

	b.WriteString("\n# The headers of every response. A location in here that has an add_header of its\n" +
		"# own loses all of these.\n")
	for _, h := range headers() {
		fmt.Fprintf(&b, "add_header %s %q always;\n", h.name, h.value)
	}
	b.WriteString("add_header Cache-Control $haandbog_cache always;\n")
	fmt.Fprintf(&b, "# Once the whole domain is served over https, and stays so:\n"+
		"# add_header Strict-Transport-Security %q always;\n", transport)
	return []byte(b.String())
}

// nginxTypes writes media types, charset and compression.
func nginxTypes(b *strings.Builder, precompressed bool) {
	b.WriteString("\ntypes {\n")
	var text, small []string
	for _, t := range mediaTypes() {
		fmt.Fprintf(b, "    %s %s;\n", t.name, t.ext)
		if t.text && t.ext != "html" { // which nginx adds itself
			text = append(text, t.name)
		}
		if t.ext != "html" && Compressible("."+t.ext) {
			small = append(small, t.name)
		}
	}
	fmt.Fprintf(b, "}\ndefault_type application/octet-stream;\ncharset utf-8;\ncharset_types %s;\n",
		strings.Join(text, " "))
	if precompressed {
		b.WriteString("\n# Needs nginx's module gzip_static, which most distributions have built in.\n" +
			"gzip_static on;\ngzip_vary on;\n")
	} else {
		fmt.Fprintf(b, "\ngzip on;\ngzip_vary on;\ngzip_min_length 1024;\ngzip_types %s;\n", strings.Join(small, " "))
	}
}

// nginxEditions lists patterns of the folders of the editions that have a 404 page for
// this address. Each is well below nginx's limit of 4,096 bytes for a parameter.
func nginxEditions(s Site) []string {
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
