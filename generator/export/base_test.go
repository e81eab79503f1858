package export

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

// Minutes on a municipality's own template, which LibreOffice wrote, have its header, its
// styles and its margins; what it lacks is told, and ours.
func TestBase(t *testing.T) {
	data, err := os.ReadFile("testdata/brev.dotx")
	if err != nil {
		t.Fatal(err)
	}
	base, err := ReadBase(data)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"heading 2"}; !slices.Equal(base.Missing, want) {
		t.Errorf("lacks %q, not %q", base.Missing, want)
	}
	sheet := meeting()
	made, err := base.Document(sheet, sheet.Identity)
	if err != nil {
		t.Fatal(err)
	}
	files, names := unzip(t, made)
	for _, name := range names {
		if all := elements(t, files[name]); name == mainPart {
			for _, w := range checkOrder(all) {
				t.Errorf("%s: %s", name, w)
			}
		}
	}
	for name, want := range map[string]string{"word/header1.xml": "Eksempel Kommunes eget brevhoved", mainPart: "headerReference",
		typesPart: "wordprocessingml.document.main+xml", stylesPart: `w:styleId="Tjekpunkt"`} {
		if !strings.Contains(string(files[name]), want) {
			t.Errorf("%s lacks %q", name, want)
		}
	}
	if strings.Contains(string(files[mainPart]), `"Overskrift1"`) {
		t.Error("headings don't have the template's style")
	}
	if _, err := ReadBase([]byte("ingen fil fra Word")); !errors.Is(err, ErrNoWord) {
		t.Errorf("what is no Word file gives %v", err)
	}
	files["word/vbaProject.bin"] = nil
	macros, err := pack(files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ReadBase(macros); !errors.Is(err, ErrMacros) {
		t.Errorf("macros give %v", err)
	}
}
