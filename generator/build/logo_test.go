package build_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"modelhaandbog/generator/build"
)

// Word shows a PNG. An SVG goes into the Word files by the PNG beside it, and a
// new picture makes new files.
func TestLogoInWord(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 30, 10))); err != nil {
		t.Fatal(err)
	}
	points, svg := b.String(), `<svg xmlns="http://www.w3.org/2000/svg"/>`
	keys := map[[32]byte]string{}
	for _, x := range []struct {
		name  string
		logo  string
		files map[string]string
		shown bool
	}{
		{"none", "", nil, false},
		{"svg", "logo.svg", map[string]string{"logo.svg": svg}, false},
		{"png", "logo.png", map[string]string{"logo.png": points}, true},
		{"svg and png", "vaaben.svg", map[string]string{"vaaben.svg": svg, "vaaben.png": points}, true},
		{"svg and a png of another name", "logo.svg", map[string]string{"logo.svg": svg, "andet.png": points}, false},
	} {
		site := starterSite()
		const folder = "content/kommuner/eksempel/"
		if x.logo != "" {
			text := strings.Replace(string(site[folder+"kommune.toml"].Data), "[kommune]", "[kommune]\nlogo = \""+x.logo+"\"", 1)
			site[folder+"kommune.toml"] = &fstest.MapFile{Data: []byte(text)}
		}
		for name, data := range x.files {
			site[folder+name] = &fstest.MapFile{Data: []byte(data)}
		}
		snap, err := build.Open(site, build.Options{Kommuner: []string{"eksempel"}}).Read()
		if err != nil {
			t.Fatal(err)
		}
		if diags := snap.QuickDiags("eksempel"); len(diags) > 0 {
			t.Errorf("%s: %v", x.name, diags)
		}
		words := 0
		for _, f := range snap.Edition("eksempel").Files() {
			if !strings.HasSuffix(f.Path, ".docx") {
				continue
			}
			words++
			c := f.Open()
			if got := bytes.Contains(c.Append(nil), []byte(points)); got != x.shown {
				t.Errorf("%s: %s shows a logo: %t, want %t", x.name, f.Path, got, x.shown)
			}
			shown := f.Path
			if x.shown {
				shown += " with a logo"
			}
			if was, ok := keys[c.Key]; ok && was != shown {
				t.Errorf("%s: %s has the key of %s", x.name, shown, was)
			}
			keys[c.Key] = shown
		}
		if words == 0 {
			t.Fatalf("%s: no Word files", x.name)
		}
	}
}
