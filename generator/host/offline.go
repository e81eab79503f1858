package host

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"path"
	"strings"
)

//go:embed sw.js
var workerScript string

//go:embed offline.js
var registerScript string

//go:embed retire.js
var retireScript string

// Entry is a file of an edition. Path is relative to the edition's root.
type Entry struct {
	Path string
	Sum  [sha256.Size]byte // of its bytes, which the worker checks
}

// Kept reports whether a file is cached for reading offline: pages, and what pages load,
// but not downloads and the worker itself.
func Kept(name string) bool {
	switch path.Ext(name) {
	case ".html", ".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff2":
		return name != "sw.js" && name != "404.html"
	}
	return false
}

// ServiceWorker is the script sw.js for an edition's root. It caches the [Kept] files of
// the list. It serves pages network-first and fingerprinted files cache-first, and
// replaces the cache when the list has changed. Its scope is its folder; it ignores files
// that are not in the list, and other editions' caches. The order of the list doesn't
// matter.
func ServiceWorker(files []Entry, edition string) []byte {
	list := map[string]string{}
	for _, f := range files {
		if Kept(f.Path) {
			list[(&url.URL{Path: f.Path}).EscapedPath()] = hex.EncodeToString(f.Sum[:8])
		}
	}
	table, err := json.Marshal(list) // sorted by path
	if err != nil {
		panic(err) // strings always encode
	}
	script := strings.Replace(workerScript, "{}; // the files", strings.ReplaceAll(string(table), `","`, "\",\n\"")+";",
		1)
	name, _ := json.Marshal(edition)
	sum := sha256.Sum256([]byte(script))
	return []byte("// " + string(name) + "\nconst version = '" + hex.EncodeToString(sum[:8]) + "';\n" + script)
}

// Retired is the script sw.js of an edition that isn't kept for reading offline: it
// clears and removes the worker of a build that was.
func Retired() []byte { return []byte(retireScript) }

// Register is the script offline.js for an edition's root, which the pages load
// with <script src="offline.js" defer>. It registers sw.js over https and on
// localhost. It does nothing elsewhere, in old browsers and for readers who save data.
func Register() []byte { return []byte(registerScript) }
