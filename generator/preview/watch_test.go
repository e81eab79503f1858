package preview

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"modelhaandbog/generator/diag"
)

func pos(file string, line int) diag.Pos { return diag.Pos{File: file, Line: line} }

// shows waits until an address shows a text.
func (p *preview) shows(address, text string) {
	p.t.Helper()
	p.wait(address+" shows "+text, func() bool {
		_, body := p.get(address)
		return strings.Contains(body, text)
	})
}

// do runs steps on the disk, the first that fails ends the test.
func do(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// How editors save, as strace shows it: file is saved with text, other is a
// name beside it.
var saves = []struct {
	name string
	save func(t *testing.T, file, text string)
}{
	{"Vim, backup by renaming", func(t *testing.T, file, text string) {
		probe := filepath.Join(filepath.Dir(file), "4913")
		do(t, os.WriteFile(probe, nil, 0o644), os.Remove(probe),
			os.Rename(file, file+"~"), os.WriteFile(file, []byte(text), 0o644), os.Chmod(file, 0o644), os.Remove(file+"~"))
	}},
	{"VS Code, truncated and written", func(t *testing.T, file, text string) {
		f, err := os.OpenFile(file, os.O_WRONLY|os.O_TRUNC, 0)
		do(t, err)
		_, err = f.WriteString(text[:len(text)/2])
		do(t, err)
		_, err = f.WriteString(text[len(text)/2:])
		do(t, err, f.Sync(), f.Close())
	}},
	{"JetBrains, safe write", func(t *testing.T, file, text string) {
		do(t, os.WriteFile(file+"___jb_tmp___", []byte(text), 0o644), os.Rename(file, file+"___jb_old___"),
			os.Rename(file+"___jb_tmp___", file), os.Remove(file+"___jb_old___"))
	}},
	{"Emacs, lock, auto-save and backup", func(t *testing.T, file, text string) {
		dir, base := filepath.Split(file)
		lock, auto := filepath.Join(dir, ".#"+base), filepath.Join(dir, "#"+base+"#")
		do(t, os.Symlink("ane@pc.4711:1", lock), os.WriteFile(auto, []byte("halvt"), 0o644),
			os.Rename(file, file+"~"), os.WriteFile(file, []byte(text), 0o644), os.Remove(auto), os.Remove(lock))
	}},
	{"Kate, temporary file renamed", func(t *testing.T, file, text string) {
		dir, base := filepath.Split(file)
		swap := filepath.Join(dir, "."+base+".kate-swp")
		do(t, os.WriteFile(swap, []byte("x"), 0o644), os.WriteFile(file+".fnHxqZ", []byte(text), 0o600),
			os.Rename(file+".fnHxqZ", file), os.Remove(swap))
	}},
	{"Helix, backup and write", func(t *testing.T, file, text string) {
		dir, base := filepath.Split(file)
		backup := filepath.Join(dir, base+"a1B2c3.bck")
		do(t, os.Rename(file, backup), os.WriteFile(file, []byte(text), 0o644), os.Remove(backup))
	}},
	{"GNOME, hidden file renamed", func(t *testing.T, file, text string) {
		temp := filepath.Join(filepath.Dir(file), ".goutputstream-X1Y2Z3")
		do(t, os.WriteFile(temp, []byte(text), 0o644), os.Rename(temp, file))
	}},
	{"twice within the window", func(t *testing.T, file, text string) {
		do(t, os.WriteFile(file, []byte("Halvt\n<p>ikke dette</p>\n"), 0o644), os.WriteFile(file, []byte(text), 0o644))
	}},
}

func TestEveryEditorsSaveIsSeen(t *testing.T) {
	site := newFiles(t, "index.side", "Forside\n", "rolle.side", "Rolle\n<p>nul</p>\n")
	p := start(t, site, Options{})
	p.shows("/rolle.html", "nul")
	states, _, _ := p.listens("/")
	p.next(states)
	for i, c := range saves {
		// Twice: a file watch would be lost after the first.
		for round := range 2 {
			text := fmt.Sprintf("gemt %d-%d", i, round)
			c.save(t, site.path("rolle.side"), "Rolle\n<p>"+text+"</p>\n")
			t.Log(c.name)
			p.shows("/rolle.html", text)
		}
	}
	for range len(states) {
		if state := <-states; !state.OK {
			t.Errorf("a save was complained of: %v", state.Diags)
		}
	}
}

func TestDirectoriesComeAndGo(t *testing.T) {
	site := newFiles(t, "index.side", "Forside\n")
	p := start(t, site, Options{})
	p.shows("/", "Forside")

	// A folder with folders and files in it, all at once.
	site.save(t, "a/b/c/dyb.side", "Dyb\n<p>et</p>\n")
	p.shows("/a/b/c/dyb.html", "et")
	site.save(t, "a/b/c/dyb.side", "Dyb\n<p>to</p>\n")
	p.shows("/a/b/c/dyb.html", "to")

	// Renamed: what is below keeps being seen, under the new name.
	do(t, os.Rename(site.path("a"), site.path("nyt")))
	p.shows("/nyt/b/c/dyb.html", "to")
	site.save(t, "nyt/b/c/dyb.side", "Dyb\n<p>tre</p>\n")
	p.shows("/nyt/b/c/dyb.html", "tre")
	if response, _ := p.get("/a/b/c/dyb.html"); response.StatusCode != 404 {
		t.Errorf("the old name is answered with %s", response.Status)
	}

	// The old name comes again, beside the new one.
	site.save(t, "a/b/c/dyb.side", "Dyb\n<p>fire</p>\n")
	p.shows("/a/b/c/dyb.html", "fire")
	site.save(t, "nyt/b/c/dyb.side", "Dyb\n<p>fem</p>\n")
	p.shows("/nyt/b/c/dyb.html", "fem")

	do(t, os.RemoveAll(site.path("nyt")))
	p.wait("a deleted folder's pages are gone", func() bool {
		response, _ := p.get("/nyt/b/c/dyb.html")
		return response.StatusCode == 404
	})
}

func TestContentFolderIsDeletedAndReturns(t *testing.T) {
	site := newFiles(t, "index.side", "Forside\n<p>et</p>\n")
	p := start(t, site, Options{})
	p.shows("/", "et")
	do(t, os.RemoveAll(site.path("")))
	p.wait("the folder is missed", func() bool { return !p.current().ok })
	if response, body := p.get("/"); response.StatusCode != 200 || !strings.Contains(body, "et") {
		t.Errorf("the last good page is %s %q", response.Status, body)
	}
	site.save(t, "index.side", "Forside\n<p>to</p>\n")
	p.shows("/", "to")
	site.save(t, "under/ny.side", "Ny\n<p>tre</p>\n")
	p.shows("/under/ny.html", "tre")
}

func TestSymbolicLinks(t *testing.T) {
	site := newFiles(t, "index.side", "Forside\n")
	elsewhere := t.TempDir()
	do(t, os.MkdirAll(filepath.Join(elsewhere, "under"), 0o755),
		os.WriteFile(filepath.Join(elsewhere, "under", "fjern.side"), []byte("Fjern\n<p>et</p>\n"), 0o644),
		os.WriteFile(filepath.Join(elsewhere, "fil.txt"), []byte("Fil\n<p>et</p>\n"), 0o644),
		os.Symlink(elsewhere, site.path("link")),
		os.Symlink(filepath.Join(elsewhere, "fil.txt"), site.path("fil.side")))
	p := start(t, site, Options{})
	p.shows("/link/under/fjern.html", "et")
	do(t, os.WriteFile(filepath.Join(elsewhere, "under", "fjern.side"), []byte("Fjern\n<p>to</p>\n"), 0o644))
	p.shows("/link/under/fjern.html", "to")
	do(t, os.WriteFile(filepath.Join(elsewhere, "fil.txt"), []byte("Fil\n<p>to</p>\n"), 0o644))
	p.shows("/fil.html", "to")

	// A link that is turned to another folder.
	other := t.TempDir()
	do(t, os.MkdirAll(filepath.Join(other, "under"), 0o755),
		os.WriteFile(filepath.Join(other, "under", "fjern.side"), []byte("Fjern\n<p>tre</p>\n"), 0o644),
		os.Remove(site.path("link")), os.Symlink(other, site.path("link")))
	p.shows("/link/under/fjern.html", "tre")
	do(t, os.WriteFile(filepath.Join(other, "under", "fjern.side"), []byte("Fjern\n<p>fire</p>\n"), 0o644))
	p.shows("/link/under/fjern.html", "fire")
}

func TestOutOfWatches(t *testing.T) {
	for _, c := range []error{syscall.ENOSPC, syscall.EMFILE} {
		site := newFiles(t, "index.side", "Forside\n<p>et</p>\n")
		p := start(t, site, Options{}, func(s *server) {
			s.poll = 5 * time.Millisecond
			s.newWatch = func([]string, string) (*watch, error) { return nil, fmt.Errorf("watching: %w", c) }
		})
		p.shows("/", "et")
		site.save(t, "ny/side.side", "Ny\n<p>to</p>\n")
		p.shows("/ny/side.html", "to")
		if !strings.Contains(p.out.String(), "Systemet kan ikke overvåge flere mapper. Der ses efter ændringer hvert halve sekund i stedet.") {
			t.Errorf("the terminal says:\n%s", p.out)
		}
	}
}

func TestPolling(t *testing.T) {
	site := newFiles(t, "index.side", "Forside\n<p>et</p>\n")
	p := start(t, site, Options{Poll: true}, func(s *server) {
		s.poll = 5 * time.Millisecond
		s.newWatch = func([]string, string) (*watch, error) { panic("watches are not to be used") }
	})
	p.shows("/", "et")
	site.save(t, "index.side", "Forside\n<p>to</p>\n")
	p.shows("/", "to")
}
