package guide

import (
	"fmt"
	"strings"
	"unicode"
)

// Ref names an entity: [model/]kind:id[#anchor].
type Ref struct {
	Model  string // "" for the model that the text belongs to
	Kind   string
	ID     string
	Anchor string // on the entity's page; may be ""
}

// String returns the reference as it is written.
func (r Ref) String() string {
	s := r.Kind + ":" + r.ID
	if r.Model != "" {
		s = r.Model + "/" + s
	}
	if r.Anchor != "" {
		s += "#" + r.Anchor
	}
	return s
}

// splitRef splits dest at its punctuation without checking it. It reports false when
// there is no scheme.
func splitRef(dest string) (Ref, bool) {
	scheme, rest, ok := strings.Cut(dest, ":")
	if !ok || scheme == "" || strings.ContainsAny(scheme, "?#") {
		return Ref{}, false
	}
	var ref Ref
	if i := strings.LastIndexByte(scheme, '/'); i >= 0 {
		ref.Model, scheme = scheme[:i], scheme[i+1:]
	}
	ref.Kind = scheme
	ref.ID, ref.Anchor, _ = strings.Cut(rest, "#")
	return ref, true
}

// problem says in Danish what is wrong with a reference that was written as
// dest, or "".
func (r Ref) problem(dest string) string {
	switch {
	case r.ID == "":
		return fmt.Sprintf("referencen %q mangler et id efter kolon", dest)
	case !isID(r.ID):
		return fmt.Sprintf("referencen %q har et ugyldigt id", dest)
	case strings.HasSuffix(dest, "#"):
		return fmt.Sprintf("referencen %q mangler et sted efter #", dest)
	case r.Anchor != "" && !isID(r.Anchor):
		return fmt.Sprintf("referencen %q har et ugyldigt sted efter #", dest)
	case strings.HasPrefix(dest, "/") || r.Model != "" && !isID(r.Model):
		return fmt.Sprintf("referencen %q har en ugyldig model før /", dest)
	}
	return ""
}

// isID reports whether s consists of letters and digits, separated by hyphens, full
// stops and underscores.
func isID(s string) bool {
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			continue
		}
		if i == 0 || r != '-' && r != '.' && r != '_' {
			return false
		}
	}
	return s != ""
}
