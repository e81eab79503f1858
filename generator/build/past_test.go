package build_test

import (
	"strings"
	"testing"

	"modelhaandbog/generator/build"
)

// A model can be read as it stood: the words of then, marked as no longer in force and
// kept from search engines. Only what is in force is in the sitemap.
func TestAsItStood(t *testing.T) {
	site := realContent(t)
	freeze(t, site, "1.0", "2026-12-01")
	replace(t, site, "modeller/laeringsmiljoe/opgaver.toml", "[opgave.visiter-boern]\n====\n[opgave.visiter-boern]\n"+
		"bindende = \"krav\"")
	replace(t, site, "modeller/laeringsmiljoe/opgaver.toml", "tjek = \"Afdækningen er bestilt.\"\n"+
		"====\ntjek = \"Den er bestilt.\"")
	freeze(t, site, "1.1", "2027-01-01")
	snap, err := build.Open(site, build.Options{NoKommuner: true, BaseURL: "https://x.dk/"}).Read()
	if err != nil {
		t.Fatal(err)
	}
	file := func(name string) string {
		data, _ := snap.File(name)
		return string(data)
	}
	old := file("tidligere/1.0/laeringsmiljoe.html")
	for _, want := range []string{"Afdækningen er bestilt.", "Gælder ikke længere",
		`<meta name="robots" content="noindex">`,
		"Den gjaldt fra 1. december 2026, til den næste udgave kom 1. januar 2027"} {
		if !strings.Contains(old, want) {
			t.Errorf("the page of 1.0 lacks %q", want)
		}
	}
	if strings.Contains(old, "Den er bestilt.") {
		t.Error("the page of 1.0 says what is new in 1.1")
	}
	if file("tidligere/1.1/laeringsmiljoe.html") != "" {
		t.Error("what is in force is also among the past")
	}
	if list := file("tidligere/index.html"); !strings.Contains(list, `href="1.0/laeringsmiljoe.html"`) {
		t.Error("the list of releases does not lead to 1.0")
	}
	if strings.Contains(file("sitemap.xml"), "tidligere/1.0/") {
		t.Error("the sitemap leads to the past")
	}
	see := file("laeringsmiljoe/roller/laeringskoordinator.html")
	if !strings.Contains(see, "Ændret i udgave 1.1 – se hvad") {
		t.Error("the role's page does not lead to what 1.1 changed for it")
	}
	const feed = "nyt/roller/laeringsmiljoe-laeringskoordinator.xml"
	if !strings.Contains(see, `type="application/atom+xml" title="Nyt for læringskoordinatoren – Styrket læringsmiljø" href="../../`+feed) {
		t.Error("the role's page does not lead to its feed")
	}
	if !strings.Contains(file(feed), "&lt;li&gt;Mere bindende: ") || !strings.Contains(file(feed), ": Anbefaling → Krav&lt;") &&
		!strings.Contains(file(feed), ": Del af modellen → Krav&lt;") {
		t.Errorf("the role's feed lacks the force:\n%s", file(feed))
	}
	role := file("nyt/roller/laeringsmiljoe-laeringskoordinator.html")
	if !strings.Contains(role, "1 ændring af ordlyd") ||
		!strings.Contains(role, "Mere bindende") {
		t.Error("the role's news lack the force or the wording")
	}
}
