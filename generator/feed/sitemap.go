package feed

import (
	"encoding/xml"
	"strings"

	"modelhaandbog/generator/book"
)

// maxAddresses is what one sitemap may hold, by sitemaps.org's protocol.
const maxAddresses = 50_000

type urlset struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// Sitemap lists the edition's pages by their canonical addresses, in the
// book's order, for sitemap.xml. The pages for searching and for what was not
// found are left out, and so is all after the 50,000th page. It is nil without
// an absolute baseURL, since a sitemap has no relative addresses.
func Sitemap(b *book.Book, baseURL string) []byte {
	base, err := root(baseURL)
	if err != nil || base == "" {
		return nil
	}
	var set urlset
	for _, p := range b.Pages {
		if p.Path == "404.html" || p.Path == "soeg.html" || len(set.URLs) == maxAddresses {
			continue
		}
		path := p.Path
		if path == "index.html" || strings.HasSuffix(path, "/index.html") {
			path = strings.TrimSuffix(path, "index.html")
		}
		set.URLs = append(set.URLs, sitemapURL{base + path, p.Changed.Date})
	}
	data, err := encode(set)
	if err != nil {
		return nil // structs of strings always encode
	}
	return data
}

// Robots is a robots.txt that welcomes everybody and, when the address is
// known, names the sitemap. It works at the root of a domain only.
func Robots(baseURL string) []byte {
	text := "User-agent: *\nAllow: /\n"
	if base, err := root(baseURL); err == nil && base != "" {
		text += "\nSitemap: " + base + "sitemap.xml\n"
	}
	return []byte(text)
}
