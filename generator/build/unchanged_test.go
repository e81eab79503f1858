package build_test

import (
	"context"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"modelhaandbog/assets"
	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/needs"
	"modelhaandbog/layouts"
)

const threeMore = `
[kommune.herning]
navn = "Herning"
[kommune.odense]
navn = "Odense"
[kommune.viborg]
navn = "Viborg"
`

// A folder that is built again and again while its content changes holds what a build
// into an empty folder gives, and of the editions only those are made that changed.
func TestOnlyChangedEditionsAreMade(t *testing.T) {
	t.Parallel()
	ways := map[string]build.Options{"plain": {}, "offline": {Offline: true}}
	if testing.Short() {
		delete(ways, "plain")
	}
	for name, opt := range ways {
		t.Run(name, func(t *testing.T) { onlyChangedEditionsAreMade(t, opt) })
	}
}

func onlyChangedEditionsAreMade(t *testing.T, opt build.Options) {
	root, out := starterOnDisk(t), t.TempDir()
	write := func(name, text string) func() {
		return func() {
			name := filepath.Join(root, "content", filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	run := func(out string) (made int, r build.Report, diags []diag.Diag) {
		pub := build.Publishing{Out: out, Progress: func(_ string, _, total int) { made = total }}
		r, diags, err := build.Run(context.Background(), build.Open(os.DirFS(root), opt), pub)
		if err != nil || len(diags) > 1 {
			t.Fatal(diags, err)
		}
		return made, r, diags
	}
	const roles = "kommuner/herning/modeller/eksempelmodel/roller.toml"
	edits := []struct {
		name string
		make func()
		made int // editions that are made, with the national one; 0 for any
	}{
		{"all", write("kommuner.toml", "[kommune.eksempel]\nnavn = \"Eksempel\"\n"+threeMore), 5},
		{"an adaptation that nobody has reviewed", write(roles,
			"[rolle.koordinator]\nlokalt_navn = \"Tovholder\"\nlokal_begrundelse = \"Sådan hedder det.\"\n"), 2},
		{"a colour elsewhere", write("kommuner/odense/kommune.toml", "[kommune]\nfarve = \"#1d5c63\"\n"), 2},
		{"the adaptation gone", func() { os.RemoveAll(filepath.Join(root, "content", "kommuner", "herning")) }, 2},
		{"a national text", write("modeller/eksempelmodel/vejledning/fase/begynd.md", "Begynd i dag.\n"), 5},
		{"a layout, though no page says anything else", write("../layouts/krop/fase.html", "<h1>{{.Title}}</h1>\n"), 5},
		{"the standard layout again", func() { os.RemoveAll(filepath.Join(root, "layouts")) }, 5},
		{"a word that pages show", write("../layouts/ord.toml", "[maerke]\nkrav = \"Skal\"\n"), 5},
		{"a file that somebody changed", func() {
			os.WriteFile(filepath.Join(out, "kommuner", "viborg", "om.html"), []byte("x"), 0o644)
			write("kommuner/odense/kommune.toml", "[kommune]\nfarve = \"#1d5c64\"\n")()
		}, 3},
	}
	builds := 0
	check := func(name string, want int) {
		made, _, told := run(out)
		if want > 0 && made != want {
			t.Errorf("%s: %d editions made, want %d", name, made, want)
		}
		if builds++; testing.Short() && builds%3 != 0 {
			return // what went wrong then is there still at the next comparison
		}
		fresh := t.TempDir()
		_, _, wanted := run(fresh)
		if diff := cmp.Diff(wanted, told); diff != "" {
			t.Errorf("%s: not what a fresh build tells\n%s", name, diff)
		}
		if diff := cmp.Diff(content(t, fresh), content(t, out)); diff != "" {
			t.Fatalf("%s: not what a fresh build gives\n%s", name, diff)
		}
	}
	for _, e := range edits {
		e.make()
		check(e.name, e.made)
	}
	const phases = "modeller/eksempelmodel/faser.toml"
	data, err := os.ReadFile(filepath.Join(root, "content", phases))
	if err != nil {
		t.Fatal(err)
	}
	write(phases, "# En linje mere.\n\n"+string(data))()
	if _, r, _ := run(out); r.UpToDate || r.Written > 0 {
		t.Errorf("a comment above all phases: %+v, want no file written", r)
	}
	r, again := rand.New(rand.NewPCG(1, 2)), 8
	if testing.Short() {
		again = 2
	}
	for range again {
		e := edits[r.IntN(len(edits))]
		e.make()
		check("again "+e.name, 0)
	}
}

// content is the files of a site.
func content(t *testing.T, dir string) map[string]string {
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == ".haandbog-filer" {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Whatever an editor changes, the real handbook built over the last build is what a build
// into an empty folder gives: no page is kept that would have got other bytes.
func TestEditedSiteIsPublishedAsAFreshOne(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("needs time to build the handbook again and again: make test")
	}
	site := fstest.MapFS{}
	for file, fsys := range map[string]fs.FS{"content": os.DirFS(root), "krop.html": layouts.FS, "haandbog.css": assets.FS} {
		err := fs.WalkDir(fsys, file, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(fsys, name)
			if dir := map[string]string{".html": "layouts/", ".css": "assets/"}[path.Ext(name)]; file != "content" {
				name = dir + name
			}
			site[name] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	site["layouts/ord.toml"] = &fstest.MapFile{Data: []byte("[maerke]\nkrav = \"Krav\"\n")}
	register := "[kommune.eksempel]\nnavn = \"Eksempel\"\nfiktiv = true\n"
	for i, slug := range []string{"slagelse", "viborg", "haderslev", "herning", "hoersholm", "hvidovre", "svendborg"} {
		if i > 1 && !needs.All {
			maps.DeleteFunc(site, func(name string, _ *fstest.MapFile) bool {
				return strings.HasPrefix(name, "content/kommuner/"+slug+"/")
			})
			continue
		}
		register += "[kommune." + slug + "]\nnavn = \"" + slug + "\"\n"
	}
	site["content/kommuner.toml"] = &fstest.MapFile{Data: []byte(register)}
	run := func(out string) build.Report {
		r, diags, err := build.Run(context.Background(),
			build.Open(site, build.Options{BaseURL: "https://x.example/"}), build.Publishing{Out: out})
		if err != nil || diag.HasErrors(diags) {
			t.Fatal(diags, err)
		}
		return r
	}
	const model, local = "content/modeller/laeringsmiljoe/", "content/kommuner/eksempel/"
	out := t.TempDir()
	all := run(out).Files
	edits := []struct{ name, file, old, new string }{
		{"a term", "content/begreber.toml", `definition = "`, `definition = "Ny: `},
		{"a source", "content/kilder.toml", `titel = "`, `titel = "Ny: `},
		{"a law", "content/love.toml", `navn = "`, `navn = "Ny: `},
		{"a national name", model + "faser.toml", `navn = "Indledende`, `navn = "Ny indledende`},
		{"a principle", model + "principper.toml", `kort = "`, `kort = "Ny: `},
		{"guidance", model + "vejledning/fase/faelles-maal.md", "\n\n", "\n\nNy sætning.\n\n"},
		{"a role renamed", local + "modeller/laeringsmiljoe/roller.toml", `"Skolekoordinator"`, `"Koordinator i skolen"`},
		{"a municipality's logo", local + "logo.svg", "#1d5c63", "#1d5c64"},
		{"a municipality's colour", local + "kommune.toml", "#1d5c63", "#1d5c64"},
		{"words", "layouts/ord.toml", `"Krav"`, `"Skal"`},
		{"a layout", "layouts/krop.html", "<h1>", `<h1 class="ny">`},
		{"an asset", "assets/haandbog.css", "\n", "\n:root{--ny:1}\n"},
	}
	for i, e := range edits {
		was := string(site[e.file].Data)
		now := strings.Replace(was, e.old, e.new, 1)
		if now == was {
			t.Fatalf("%s: %s has no %q", e.name, e.file, e.old)
		}
		site[e.file] = &fstest.MapFile{Data: []byte(now)}
		if r := run(out); r.Written == 0 || i < 6 && r.Written > all/2 {
			t.Errorf("%s: %d of %d files written", e.name, r.Written, all)
		}
		if !needs.All && i < len(edits)-1 && i != 6 {
			continue
		}
		fresh := t.TempDir()
		run(fresh)
		if diff := cmp.Diff(content(t, fresh), content(t, out)); diff != "" {
			t.Fatalf("%s: not what a fresh build gives\n%.3000s", e.name, diff)
		}
	}
}
