package build_test

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/cases"
	"modelhaandbog/generator/diag"
)

// starterOnDisk is a new site in a folder.
func starterOnDisk(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for _, f := range build.Starter() {
		name := filepath.Join(root, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(f.Text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// A name that is no UTF-8 is told in every format, and nothing else stops.
func TestNameThatIsNoText(t *testing.T) {
	root := starterOnDisk(t)
	dir := filepath.Join(root, "content", "modeller", "eksempelmodel", "vejledning")
	for _, name := range []string{"fase/b\xf8rn.md", "m\xf8de/x.md"} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Skip(err)
		}
		if err := os.WriteFile(name, []byte("Tekst."), 0o644); err != nil {
			t.Skip(err)
		}
	}
	diags, err := check(os.DirFS(root))
	if err != nil || len(diags) != 2 {
		t.Fatal(diags, err)
	}
	for _, write := range []func(io.Writer, []diag.Diag) error{diag.WriteJSON, diag.WriteGitHub,
		func(w io.Writer, list []diag.Diag) error {
			return diag.WriteText(w, list, func(file string) ([]byte, error) { return fs.ReadFile(os.DirFS(root), file) }, false)
		}} {
		var b bytes.Buffer
		if err := write(&b, diags); err != nil || !utf8.Valid(b.Bytes()) || !strings.Contains(b.String(), "fase/b\ufffdrn.md") {
			t.Errorf("%v %q", err, b.String())
		}
	}
}

// A link to the whole machine is told, and not followed to its end.
func TestLinkToEverything(t *testing.T) {
	root := starterOnDisk(t)
	if err := os.Symlink("/", filepath.Join(root, "content", "rod")); err != nil {
		t.Skip(err)
	}
	diags, err := check(os.DirFS(root))
	if err != nil || len(diags) != 1 || diags[0].Code != "link-til-for-meget" || diags[0].Pos.File != "content/rod" {
		t.Error(diags, err)
	}
}

// A link to a folder above itself is not walked round and round, and one that
// leads to itself is told; neither is a fault of the machine.
func TestLinksThatLeadNowhere(t *testing.T) {
	root := starterOnDisk(t)
	site := build.Open(os.DirFS(root), build.Options{})
	before, err := site.Scan()
	if err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"content/modeller/rundt": ".", "content/modeller/op": "../..", "content/kommuner/væk": "findes-ikke", "content/ring.toml": "ring.toml"} {
		if err := os.Symlink(to, filepath.Join(root, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
	scan, err := site.Scan()
	if err != nil {
		t.Fatal(err)
	}
	if scan.Sum == before.Sum {
		t.Error("what is wrong with a link does not count as a change")
	}
	var got []string
	for _, d := range site.Link(scan).Diags {
		got = append(got, d.Pos.File+": "+d.Message)
	}
	slices.Sort(got)
	if want := "content/kommuner/væk: det symbolske link kan ikke følges\n" +
		"content/ring.toml: det symbolske link kan ikke følges"; strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// shut is a site with a folder that may not be read.
type shut struct {
	fs.FS
	dir string
}

func (l shut) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == l.dir {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return fs.ReadDir(l.FS, name)
}

func TestLockedFolderIsToldWithItsPlace(t *testing.T) {
	site := build.Open(shut{os.DirFS(starterOnDisk(t)), "content/modeller/eksempelmodel/vejledning"}, build.Options{})
	scan, err := site.Scan()
	if err != nil {
		t.Fatal(err)
	}
	diags := site.Link(scan).Diags
	if len(diags) == 0 || diags[0].Code != "ingen-adgang" || diags[0].Pos.File != "content/modeller/eksempelmodel/vejledning" {
		t.Errorf("got %v", diags)
	}
}

// What editors leave beside a file while they save it is no content; the
// preview doesn't wake when it goes, so a word about it would stay.
func TestEditorsFilesAreNoContent(t *testing.T) {
	root := starterOnDisk(t)
	for _, name := range []string{".roller.toml.swp", "roller.toml~", "4913", ".#roller.toml", "#roller.toml#", "roller.toml___jb_tmp___", "roller.toml___jb_old___",
		"roller.tomlAbC123.bck", "roller.toml.part", "roller.toml.crdownload", "roller.swo", "roller.SWX", "roller.tmp"} {
		if err := os.WriteFile(filepath.Join(root, "content", "modeller", "eksempelmodel", name), []byte("= [[["), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	snap, err := build.Open(os.DirFS(root), build.Options{}).Read()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range snap.Diags {
		t.Errorf("%v: %s", d.Pos, d.Message)
	}
}

// Folders of content may lie elsewhere, but no link publishes the bytes of a
// file outside the site.
func TestLinksThatLeadOut(t *testing.T) {
	root, elsewhere := starterOnDisk(t), t.TempDir()
	const guidance = "content/modeller/eksempelmodel/vejledning/fase/"
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(elsewhere, "hemmelig.txt"), "hemmelig")
	write(filepath.Join(elsewhere, "ord.toml"), "[begreb.fjernt]\nnavn = \"Fjernt\"\ndefinition = \"Langt væk.\"\n")
	write(filepath.Join(root, "aaben.txt"), "hemmelig")
	write(filepath.Join(root, guidance, "aaben.txt"), "åben")
	for name, to := range map[string]string{
		guidance + "ude.txt":              filepath.Join(elsewhere, "hemmelig.txt"),
		guidance + "op.txt":               "../../../../../aaben.txt",
		guidance + "mappe":                elsewhere,
		guidance + "inde.txt":             "aaben.txt",
		"assets":                          elsewhere,
		"content/begreber-fra-andre.toml": filepath.Join(elsewhere, "ord.toml"),
	} {
		if err := os.Symlink(to, filepath.Join(root, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
	snap, err := build.Open(os.DirFS(root), build.Options{}).Read()
	if err != nil {
		t.Fatal(err)
	}
	var refused []string
	for _, d := range snap.Diags {
		if d.Code == "link-ud" {
			refused = append(refused, strings.TrimPrefix(d.Pos.File, guidance))
		}
	}
	slices.Sort(refused)
	if got := strings.Join(refused, " "); got != "mappe/hemmelig.txt op.txt ude.txt" {
		t.Errorf("refused: %s; %v", got, snap.Diags)
	}
	for _, f := range snap.Edition("").Files() {
		if f.From == "" && string(f.Open().Append(nil)) == "hemmelig" && !strings.HasPrefix(f.Path, "assets/") {
			t.Errorf("%s is published", f.Path)
		}
	}
	if _, ok := snap.File("modeller/eksempelmodel/vejledning/fase/inde.txt"); !ok {
		t.Error("a link inside the folder is not followed")
	}
}

// A file that goes while the site is read is as one that was never there.
func TestFileThatGoesWhileTheSiteIsRead(t *testing.T) {
	const name = "content/modeller/skolegang/vejledning/omraade/kultur-og-praksis.md"
	site := cases.Real(t, "")
	snap, err := build.Open(unopened{site, name, fs.ErrNotExist}, build.Options{}).Read()
	if err != nil {
		t.Fatal(err)
	}
	delete(site, name)
	want, err := build.Open(site, build.Options{}).Read()
	if err != nil {
		t.Fatal(err)
	}
	if snap.Sum != want.Sum {
		t.Error("the site is another than one without the file")
	}
}
