package sitetest

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
)

// edition is a folder of a built site that must stand alone: the site itself, or
// a municipality's. The pages of a municipality are not the national edition's.
type edition struct {
	name, dir string
	pages     []string // paths in dir, sorted
}

// national returns the national edition of a site.
func national(site string) (edition, error) {
	pages, err := htmlFiles(site, "kommuner/*")
	return edition{"national", site, pages}, err
}

// municipality returns one municipality's edition of a site.
func municipality(site, slug string) (edition, error) {
	dir := filepath.Join(site, "kommuner", slug)
	pages, err := htmlFiles(dir, "")
	return edition{slug, dir, pages}, err
}

// htmlFiles returns the paths of the HTML files below dir, sorted, without those
// in folders that match except.
func htmlFiles(dir, except string) ([]string, error) {
	var files []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if matched, _ := path.Match(except, name); matched && e.IsDir() {
			return fs.SkipDir
		}
		if !e.IsDir() && path.Ext(name) == ".html" {
			files = append(files, name)
		}
		return nil
	})
	return files, err
}

// refresh marks a page that only sends its readers on.
var refresh = regexp.MustCompile(`(?i)http-equiv=["']?refresh`)

// municipalities returns the slugs of a site's municipalities, sorted.
func municipalities(site string) ([]string, error) {
	entries, err := os.ReadDir(filepath.Join(site, "kommuner"))
	if err != nil {
		return nil, err
	}
	var slugs []string
	for _, e := range entries { // sorted by name
		if e.IsDir() {
			slugs = append(slugs, e.Name())
		}
	}
	return slugs, nil
}
