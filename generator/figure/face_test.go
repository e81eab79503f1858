package figure

import "testing"

// A face stands beside the name that it is the sign of: it says nothing itself, and two of
// them on one page share no id.
func TestFaceIsWordless(t *testing.T) {
	for id, f := range map[string]Figure{"trin": stairs(), "faser": phases(), "omgivet": model(), "dele": Parts{3}} {
		shapes := 0
		for _, e := range parse(t, Face(f, id)) {
			if e.text != "" && e.name != "svg" && e.name != "defs" || e.name == "a" || e.name == "title" {
				t.Errorf("%s: <%s> %q", id, e.name, e.text)
			}
			if e.name == "rect" {
				shapes++
			}
			if e.name == "svg" && e.attrs["aria-hidden"] != "true" {
				t.Errorf("%s is read aloud", id)
			}
			if e.name == "marker" && e.attrs["id"] != id+"-pil" {
				t.Errorf("%s has the marker %q", id, e.attrs["id"])
			}
		}
		if shapes < 3 {
			t.Errorf("%s has %d shapes", id, shapes)
		}
	}
}
