package build

import (
	"cmp"
	"crypto/sha256"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"modelhaandbog/generator/host"
)

// Hosts lists the web servers whose configuration a build can write.
func Hosts() []string { return host.Names() }

// hostFiles lists the web server's configuration of an edition's folder, and the
// accessibility page that the law requires at a domain's root.
func (e *Edition) hostFiles(pub Publishing) []Output {
	s := host.Site{Precompressed: pub.Precompress}
	own := host.Edition{Dir: e.Dir, WAS: e.Book.WAS, Domain: atDomainRoot(e.base()), Elsewhere: e.elsewhere(e.Book.Site)}
	if _, to := e.logo(); to != "" {
		own.Loose = append(own.Loose, path.Base(to))
	}
	if e.Slug == "" && pub.Host != "" {
		s.Editions = e.snap.hosted()
	}
	for _, r := range e.snap.Edition("").Book.Redirects {
		s.Redirects = append(s.Redirects, host.Redirect{From: r.From, To: r.To})
	}
	var out []Output
	for _, f := range host.Files(pub.Host, s, own) {
		out = append(out, computed(f.Path, func() []byte { return f.Data }))
	}
	return out
}

// hosted lists the municipal editions in the published folder.
func (snap *Snapshot) hosted() []host.Edition {
	var out []host.Edition
	for _, slug := range snap.published() {
		e, site := snap.newEdition(slug), ""
		if l := snap.local.Edition(slug); l != nil {
			site = l.Handbook.Municipal.Site
		}
		out = append(out, host.Edition{Dir: e.Dir, Elsewhere: e.elsewhere(site)})
	}
	return out
}

// elsewhere reports whether site, the edition's own address or "", is another place
// than its folder below the national edition.
func (e *Edition) elsewhere(site string) bool {
	return site != "" && strings.TrimSuffix(site, "/")+"/" != e.published()
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

// serviceWorker knows files by the bytes that are written before it.
func (e *Edition) serviceWorker(files []Output) []byte {
	var list []host.Entry
	for _, f := range files {
		name := strings.TrimPrefix(strings.TrimPrefix(f.Path, e.Dir), "/")
		if f.From == "" && host.Kept(name) {
			data, err := os.ReadFile(filepath.Join(e.into, filepath.FromSlash(f.Path)))
			if err != nil || e.into == "" { // it isn't published
				data = f.Open().Append(nil)
			}
			list = append(list, host.Entry{Path: name, Sum: sha256.Sum256(data)})
		}
	}
	slices.SortFunc(list, func(a, b host.Entry) int { return strings.Compare(a.Path, b.Path) })
	return host.ServiceWorker(list, cmp.Or(e.Slug, "national"))
}
