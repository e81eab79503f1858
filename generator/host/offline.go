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

// Entry is a file of an edition. Path is from the edition's root. Equal hashes
// mean equal bytes; what they are hashes of doesn't matter.
type Entry struct{ Path, Hash string }

// Kept reports whether a file is kept for reading offline: pages, and what
// pages load. Files to download are not, nor is the worker itself.
func Kept(name string) bool {
	switch path.Ext(name) {
	case ".html", ".css", ".js", ".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".woff2":
		return name != "sw.js" && name != "404.html"
	}
	return false
}

// ServiceWorker is the script sw.js for an edition's root. It keeps the files
// of the list that are [Kept], gives pages from the network while there is one
// and fingerprinted files from what it keeps, and replaces all that it keeps
// when the list has changed. Its folder is its scope: it leaves alone whatever
// lies elsewhere on the domain, in the folder but not in the list, or in
// another edition's store. The order of the list doesn't matter.
func ServiceWorker(files []Entry, edition string) []byte {
	list := map[string]string{}
	for _, f := range files {
		if Kept(f.Path) {
			list[(&url.URL{Path: f.Path}).EscapedPath()] = short(f.Hash)
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

// short is enough of a hash to tell versions of one file apart.
func short(hash string) string {
	sum := sha256.Sum256([]byte(hash))
	return hex.EncodeToString(sum[:6])
}

// Register is the script offline.js for an edition's root, which the pages load
// with <script src="offline.js" defer>. It starts sw.js beside it over https
// and on the machine itself, and does nothing elsewhere, in old browsers and
// for readers who save data.
func Register() []byte { return []byte(registerScript) }
