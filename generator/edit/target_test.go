package edit

import "testing"

func TestTargetsHaveAnAddress(t *testing.T) {
	for _, s := range []string{
		"laeringsmiljoe/opgave:visiter-boern", "eksempel/laeringsmiljoe/moede:opfoelgningsmoede/dagsorden/maal",
		"begreb:progression/model/skolegang", "eksempel/begreb:lektiecafe", "haandbog:", "eksempel/kommune:/kontakt/ppr",
		"kommune:eksempel", "laeringsmiljoe/model:laeringsmiljoe", "laeringsmiljoe/fase:faelles-maal/~vejledning",
		"laeringsmiljoe/moede:", "laeringsmiljoe/moede:x/dagsorden",
	} {
		if got, err := ParseTarget(s); err != nil || got.String() != s {
			t.Errorf("%s: %+v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "/", "moede:x", "a/b/c/moede:x", "a/moede:x/dagsorden//y", "a/ukendt:x", "a/moede:x/../y",
		"a/b/begreb:x", "%zz/moede:x"} {
		if got, err := ParseTarget(s); err == nil {
			t.Errorf("%q is %+v", s, got)
		}
	}
}
