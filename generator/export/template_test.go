package export

import (
	"bytes"
	"strings"
	"sync"
	"testing"
)

var copies = []Identity{
	{Owner: "Aarhus Kommune", Release: "Udgave 1.0", ReleaseDate: "2026-11-22", DateText: "22. november 2026", Address: "https://aarhus.example.dk/moeder/opfoelgning.html"},
	{Owner: "Faaborg & Midtfyn <Kommune>", Release: "Udgave 1.1"},
	{},
	{Owner: "Eksempel Kommune", Logo: logo(60, 20)},
	{Owner: "Eksempel Kommune", Logo: []byte("<svg/>")},
}

// One template gives every municipality its own copy, and the same as the
// sheet written for it alone.
func TestTemplate(t *testing.T) {
	tmpl, err := NewTemplate(meeting())
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for _, id := range copies {
		for range 4 {
			wait.Go(func() {
				s := meeting()
				s.Identity = id
				if !bytes.Equal(tmpl.Append([]byte("før"), id)[len("før"):], docx(t, s)) {
					t.Errorf("%q: the template's copy is not the sheet's own", id.Owner)
				}
			})
		}
	}
	wait.Wait()
	files, _ := unzip(t, tmpl.Append(nil, copies[1]))
	for name, want := range map[string]string{
		"word/header1.xml":  "Faaborg &amp; Midtfyn &lt;Kommune&gt;</w:t></w:r><w:r><w:tab/></w:r>",
		"word/footer1.xml":  ">Læringsmiljømodellen · Udgave 1.1</w:t>",
		"docProps/core.xml": "<dc:creator>Faaborg &amp; Midtfyn &lt;Kommune&gt;</dc:creator>",
	} {
		if !strings.Contains(string(files[name]), want) {
			t.Errorf("%s lacks %s:\n%s", name, want, files[name])
		}
	}
	if core := string(files["docProps/core.xml"]); strings.Contains(core, "created") {
		t.Errorf("a document without an edition's date has one: %s", core)
	}
	if n := strings.Count(string(files["word/footer1.xml"]), "<w:p>"); n != 1 {
		t.Errorf("%d lines in the footer without an address, want 1", n)
	}
	for name, data := range files {
		if bytes.ContainsAny(data, marks) {
			t.Errorf("%s holds an unfilled slot", name)
		}
	}
}

// A logo stands in both headers, as large as it may; what Word cannot show
// leaves nothing behind, not even a name.
func TestTemplateLogo(t *testing.T) {
	for _, x := range []struct {
		logo []byte
		size string // of the picture in the header, "" for none
	}{
		{logo(60, 20), `cx="756000" cy="252000"`},
		{logo(100, 10), `cx="1440000" cy="144000"`}, // 40 mm wide at most
		{[]byte("<svg/>"), ""},
		{logo(60, 20)[:10], ""},
		{nil, ""},
	} {
		s := meeting()
		s.Logo = x.logo
		files, _ := unzip(t, docx(t, s))
		for _, header := range []string{"header1.xml", "header2.xml"} {
			if got := strings.Contains(string(files["word/"+header]), "<wp:extent "+x.size+"/>"); got != (x.size != "") {
				t.Errorf("%.10q: the picture of %s is not %q:\n%s", x.logo, header, x.size, files["word/"+header])
			}
			if got := files["word/_rels/"+header+".rels"] != nil; got != (x.size != "") {
				t.Errorf("%.10q: %s has references: %t", x.logo, header, got)
			}
		}
		if got := files["word/media/logo.png"]; x.size != "" && !bytes.Equal(got, x.logo) || x.size == "" && got != nil {
			t.Errorf("%.10q: the file is %.10q", x.logo, got)
		}
	}
}

func BenchmarkNewTemplate(b *testing.B) {
	for b.Loop() {
		if _, err := NewTemplate(meeting()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTemplateAppend(b *testing.B) {
	tmpl, err := NewTemplate(meeting())
	if err != nil {
		b.Fatal(err)
	}
	var buf []byte
	for b.Loop() {
		buf = tmpl.Append(buf[:0], copies[0])
	}
	b.SetBytes(int64(len(buf)))
}
