package sitetest

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"
)

// folder is an edition on disk, and what its links were found to lead to. Its
// methods may be called from several goroutines.
type folder struct {
	dir   string
	files map[string]bool // by path; false for a folder
	mu    sync.Mutex
	pages map[string]map[string]bool // the ids of a page or picture, by its path
}

// checkFolder reads pages, given by their paths in dir, and returns what is wrong
// with their links, ids and inline code, and with those of the style sheets and
// pictures that they use. A link must stay in dir.
func checkFolder(dir string, pages []string) ([]string, error) {
	f := &folder{dir: dir, files: map[string]bool{}, pages: map[string]map[string]bool{}}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		f.files[name] = err == nil && !e.IsDir()
		return err
	})
	if err != nil {
		return nil, err
	}
	problems := make([][]string, len(pages))
	errs := make([]error, len(pages))
	used := make([][]string, len(pages))
	inParallel(2, len(pages), func(_, i int) {
		problems[i], used[i], errs[i] = f.checkPage(pages[i])
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	all := slices.Concat(problems...)
	for _, name := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(used...)))) {
		if path.Ext(name) == ".css" {
			found, err := f.checkCSS(name)
			if err != nil {
				return nil, err
			}
			all = append(all, found...)
		}
	}
	return all, nil
}

// urlAttributes hold one address. The others that a link can stand in, srcset
// and content, have syntaxes of their own.
var urlAttributes = []string{"href", "src", "xlink:href", "poster", "data", "action", "formaction", "cite", "ping", "manifest", "background"}

// idAttributes hold ids of the same page, separated by spaces.
var idAttributes = []string{"for", "headers", "list", "form", "aria-controls", "aria-labelledby", "aria-describedby",
	"aria-owns", "aria-details", "aria-activedescendant", "aria-flowto", "aria-errormessage", "popovertarget", "commandfor"}

// checkPage returns a page's problems and the paths of the files it loads.
func (f *folder) checkPage(page string) (problems, used []string, err error) {
	text, err := os.ReadFile(filepath.Join(f.dir, filepath.FromSlash(page)))
	if err != nil {
		return nil, nil, err
	}
	doc, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", page, err)
	}
	bad := func(format string, args ...any) {
		problems = append(problems, page+": "+fmt.Sprintf(format, args...))
	}
	ids := map[string]bool{}
	for n := range doc.Descendants() {
		if id, ok := attribute(n, "id"); ok {
			if ids[id] {
				bad("the id %q is used twice", id)
			}
			ids[id] = true
		}
	}
	f.mu.Lock()
	f.pages[page] = ids
	f.mu.Unlock()
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		checkInline(n, bad)
		for _, a := range n.Attr {
			if slices.Contains(idAttributes, a.Key) {
				for _, id := range strings.Fields(a.Val) {
					if !ids[id] {
						bad("%s=%q on <%s>: no such id", a.Key, id, n.Data)
					}
				}
			}
		}
		for _, l := range linksOf(n) {
			target, problem := f.follow(page, l)
			if problem != "" {
				bad("%s on <%s>: %s", l.attribute, n.Data, problem)
			}
			if l.loads && target != "" {
				used = append(used, target)
			}
		}
	}
	return problems, used, nil
}

// dataBlocks are scripts that no browser runs and no policy forbids.
var dataBlocks = []string{"application/json", "application/ld+json"}

// checkInline reports what a strict Content-Security-Policy forbids in a page.
func checkInline(n *html.Node, bad func(string, ...any)) {
	switch n.Data {
	case "style":
		bad("inline <style>")
	case "base":
		bad("<base> changes where links lead")
	case "script":
		kind, _ := attribute(n, "type")
		if _, ok := attribute(n, "src"); !ok && !slices.Contains(dataBlocks, kind) {
			bad("inline <script>")
		}
	}
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			bad("inline %s=%q on <%s>", a.Key, a.Val, n.Data)
		}
	}
}

// link is an address in a page. One that loads is fetched with the page, the
// others are followed by the reader.
type link struct {
	attribute, address string
	loads              bool
}

func linksOf(n *html.Node) []link {
	var links []link
	for _, a := range n.Attr {
		key := a.Key
		if a.Namespace != "" {
			key = a.Namespace + ":" + a.Key
		}
		switch {
		case slices.Contains(urlAttributes, key):
			links = append(links, link{key, a.Val, loads(n, key)})
		case key == "srcset" || key == "imagesrcset":
			for part := range strings.SplitSeq(a.Val, ",") {
				if fields := strings.Fields(part); len(fields) > 0 {
					links = append(links, link{key, fields[0], true})
				}
			}
		}
	}
	if kind, _ := attribute(n, "http-equiv"); n.Data == "meta" && strings.EqualFold(kind, "refresh") {
		content, _ := attribute(n, "content")
		if _, address, ok := strings.Cut(content, "="); ok {
			links = append(links, link{"refresh", strings.Trim(address, `'" `), false})
		}
	}
	return links
}

// loads tells whether the browser itself fetches what an attribute names.
func loads(n *html.Node, key string) bool {
	switch n.Data {
	case "a", "area", "form", "button", "blockquote", "q", "ins", "del":
		return key == "ping"
	case "input":
		return key == "src"
	case "link":
		rel, _ := attribute(n, "rel")
		for _, r := range strings.Fields(strings.ToLower(rel)) {
			if !slices.Contains([]string{"canonical", "alternate", "author", "help", "license", "next", "prev", "search"}, r) {
				return true
			}
		}
		return false
	}
	return true
}

func attribute(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Namespace == "" && a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// follow returns the path that a link from a file leads to, "" for one that
// leaves the handbook, and what is wrong with it.
func (f *folder) follow(from string, l link) (target, problem string) {
	u, err := url.Parse(strings.TrimSpace(l.address))
	if err != nil {
		return "", err.Error()
	}
	switch {
	case u.Scheme == "data" && l.loads:
		return "", ""
	case u.Scheme != "" || u.Host != "":
		if l.loads {
			return "", fmt.Sprintf("%.80q is loaded from elsewhere", l.address)
		}
		if u.Host == "" && !slices.Contains([]string{"mailto", "tel"}, u.Scheme) || u.Scheme == "" {
			return "", fmt.Sprintf("%.80q is not an address for readers", l.address)
		}
		return "", ""
	case l.address == "" || l.address == "#":
		return "", fmt.Sprintf("%q leads nowhere", l.address)
	case strings.HasPrefix(u.Path, "/"):
		return "", fmt.Sprintf("%q begins with /, so the folder cannot be moved", l.address)
	}
	target = from
	if u.Path != "" {
		if strings.HasSuffix(u.Path, "/") {
			return "", fmt.Sprintf("%q names a folder, not a file", l.address)
		}
		target = path.Join(path.Dir(from), u.Path)
	}
	if target == ".." || strings.HasPrefix(target, "../") {
		return "", fmt.Sprintf("%q leaves the edition's folder", l.address)
	}
	switch isFile, ok := f.files[target]; {
	case !ok:
		return "", fmt.Sprintf("%q: there is no %s", l.address, target)
	case !isFile:
		return "", fmt.Sprintf("%q names a folder, not a file", l.address)
	case u.Fragment != "" && !f.hasID(target, u.Fragment):
		return target, fmt.Sprintf("%q: %s has no id %q", l.address, target, u.Fragment)
	}
	return target, ""
}

// hasID tells whether a page or an SVG picture has an element with an id.
func (f *folder) hasID(file, id string) bool {
	f.mu.Lock()
	ids, ok := f.pages[file]
	f.mu.Unlock()
	if !ok {
		text, err := os.ReadFile(filepath.Join(f.dir, filepath.FromSlash(file)))
		if err != nil {
			return false
		}
		ids = map[string]bool{}
		if doc, err := html.Parse(bytes.NewReader(text)); err == nil {
			for n := range doc.Descendants() {
				if id, ok := attribute(n, "id"); ok {
					ids[id] = true
				}
			}
		}
		f.mu.Lock()
		f.pages[file] = ids
		f.mu.Unlock()
	}
	return ids[id]
}

var (
	cssComment = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssURL     = regexp.MustCompile(`(?i)url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*?))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')`)
)

// checkCSS returns what is wrong with the addresses in a style sheet.
func (f *folder) checkCSS(name string) ([]string, error) {
	text, err := os.ReadFile(filepath.Join(f.dir, filepath.FromSlash(name)))
	if err != nil {
		return nil, err
	}
	var problems []string
	for _, groups := range cssURL.FindAllSubmatch(cssComment.ReplaceAll(text, nil), -1) {
		address := string(bytes.Join(groups[1:], nil))
		if strings.HasPrefix(address, "#") { // a filter or mask in the page itself
			continue
		}
		if _, problem := f.follow(name, link{"url()", address, true}); problem != "" {
			problems = append(problems, name+": "+problem)
		}
	}
	return problems, nil
}
