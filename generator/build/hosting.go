package build

import (
	"cmp"
	"encoding/hex"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"modelhaandbog/generator/host"
)

// Hosts lists the web servers whose configuration a build can write.
func Hosts() []string { return host.Names() }

// hostFiles lists a web server's configuration for the published folder, and the
// accessibility pages that the law requires at a domain's root.
func (snap *Snapshot) hostFiles(pub Publishing) []Output {
	var s host.Site
	s.Precompressed = pub.Precompress
	for _, slug := range append([]string{""}, snap.Slugs()...) {
		e := snap.uncached(slug)
		h := host.Edition{Dir: e.Dir, WAS: e.Book.WAS, Domain: atDomainRoot(e.base())}
		h.Elsewhere = e.Book.Site != "" && e.base() != e.published()
		if _, to := e.logo(); to != "" {
			h.Loose = append(h.Loose, path.Base(to))
		}
		s.Editions = append(s.Editions, h)
	}
	for _, r := range snap.Edition("").Book.Redirects {
		s.Redirects = append(s.Redirects, host.Redirect{From: r.From, To: r.To})
	}
	var out []Output
	for _, f := range host.Files(pub.Host, s) {
		out = append(out, computed(f.Path, func() []byte { return f.Data }))
	}
	return out
}

// atDomainRoot reports whether an edition with this address is a domain's root.
func atDomainRoot(base string) bool {
	u, err := url.Parse(base)
	return err == nil && u.Host != "" && strings.Trim(u.Path, "/") == ""
}

var compressors = sync.Pool{New: func() any { return &host.Compressor{} }}

// compressed lists the compressed copies of an edition's files.
func compressed(files []Output) []Output {
	var out []Output
	for _, f := range files {
		if f.From != "" || !host.Compressible(f.Path) {
			continue
		}
		out = append(out, Output{Path: f.Path + ".gz", Optional: true, Open: func() Contents {
			full := f.Open()
			key := full.Key
			key[0] ^= 'z' // a copy's key differs from the file's own
			return Contents{Key: key, Append: func(dst []byte) []byte {
				c := compressors.Get().(*host.Compressor)
				defer compressors.Put(c)
				gz, _ := c.Append(dst, full.Append(nil))
				return gz
			}}
		}})
	}
	return out
}

// offline lists an edition's service worker, which caches files, and its registration.
func (e *Edition) offline(files []Output) []Output {
	return []Output{
		computed(path.Join(e.Dir, "sw.js"), func() []byte { return e.serviceWorker(files) }),
		computed(path.Join(e.Dir, "offline.js"), host.Register),
	}
}

func (e *Edition) serviceWorker(files []Output) []byte {
	var list []host.Entry
	for _, f := range files {
		name := strings.TrimPrefix(strings.TrimPrefix(f.Path, e.Dir), "/")
		if f.From == "" && host.Kept(name) {
			key := f.Open().Key
			list = append(list, host.Entry{Path: name, Hash: hex.EncodeToString(key[:8])})
		}
	}
	slices.SortFunc(list, func(a, b host.Entry) int { return strings.Compare(a.Path, b.Path) })
	return host.ServiceWorker(list, cmp.Or(e.Slug, "national"))
}
