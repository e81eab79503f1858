package preview

import (
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"modelhaandbog/generator/diag"
)

// editor makes addresses that open a content file at a place. The address holds
// {fil}, {linje} and {kolonne}, with the site's root written out already, so
// that the browser can fill in the rest.
type editor struct{ address string }

var (
	schemeForm  = regexp.MustCompile(`^([a-zA-Z][a-zA-Z0-9+.-]*):`)
	unsafeThere = map[string]bool{"javascript": true, "data": true, "vbscript": true, "blob": true, "about": true}
)

// newEditor takes an address with {file}, and {line} and {column} if the editor
// knows them.
func newEditor(address, root string) (editor, error) {
	scheme := schemeForm.FindStringSubmatch(address)
	if scheme == nil || unsafeThere[strings.ToLower(scheme[1])] || !strings.Contains(address, "{file}") ||
		strings.ContainsAny(address, " \"'<>\\\r\n\t") {
		err := fmt.Errorf("--editor %q is not an address with {file} such as %s", address, DefaultEditor)
		return editor{}, OptionError{err}
	}
	root = strings.TrimSuffix(filepath.ToSlash(root), "/")
	if strings.Contains(address, "/{file}") {
		root = strings.TrimPrefix(root, "/")
	}
	return editor{strings.NewReplacer(
		"{file}", escapePath(root)+"/{fil}", "{line}", "{linje}", "{column}", "{kolonne}",
	).Replace(address)}, nil
}

// link gives the address of a place, or "" for no place.
func (e editor) link(pos diag.Pos) string {
	if pos.File == "" {
		return ""
	}
	return strings.NewReplacer(
		"{fil}", escapePath(pos.File),
		"{linje}", strconv.Itoa(max(pos.Line, 1)),
		"{kolonne}", strconv.Itoa(max(pos.Col, 1)),
	).Replace(e.address)
}

func escapePath(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return strings.Join(parts, "/")
}
