package sitetest

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
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

// readable returns the pages of an edition that a reader stays on.
func (e edition) readable() ([]string, error) {
	var pages []string
	for _, p := range e.pages {
		text, err := os.ReadFile(filepath.Join(e.dir, filepath.FromSlash(p)))
		if err != nil {
			return nil, err
		}
		if !refresh.Match(text) {
			pages = append(pages, p)
		}
	}
	return pages, nil
}

// kinds returns one page of every kind in an edition, the largest, in the order
// of their paths. Pages are of a kind when they stand in the same folder of
// whichever model; an index is of a kind of its own.
func (e edition) kinds() ([]string, error) {
	pages, err := e.readable()
	if err != nil {
		return nil, err
	}
	models := map[string]bool{} // top folders with folders in them
	for _, p := range pages {
		if parts := strings.Split(p, "/"); len(parts) > 2 {
			models[parts[0]] = true
		}
	}
	type candidate struct {
		page string
		size int64
	}
	largest := map[string]candidate{} // by kind
	for _, p := range pages {
		info, err := os.Stat(filepath.Join(e.dir, filepath.FromSlash(p)))
		if err != nil {
			return nil, err
		}
		kind := kindOf(p, models)
		if c, ok := largest[kind]; !ok || info.Size() > c.size {
			largest[kind] = candidate{p, info.Size()}
		}
	}
	var chosen []string
	for _, c := range largest {
		chosen = append(chosen, c.page)
	}
	slices.Sort(chosen)
	return chosen, nil
}

func kindOf(page string, models map[string]bool) string {
	parts := strings.Split(page, "/")
	last := len(parts) - 1
	inModel := models[parts[0]] && last > 0
	if inModel {
		parts[0] = "*"
	}
	// Loose files at the top, or at the top of a model, are singular.
	if last > 1 || last == 1 && !inModel {
		if parts[last] != "index.html" {
			parts[last] = "*"
		}
	}
	return strings.Join(parts, "/")
}

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
