package edit

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/needs"
)

// Only regular files in content/ are written, and nothing leads out of it.
func TestNothingElseIsWritten(t *testing.T) {
	d := small(t)
	outside := t.TempDir()
	put(t, outside+"/ude.toml", "[opgave.ude]\nnavn = \"Ude\"\n")
	in := func(name string) string { return filepath.Join(d.root, "content", name) }
	for link, to := range map[string]string{
		"modeller/eksempelmodel/link.toml":    outside + "/ude.toml",
		"modeller/eksempelmodel/roller2.toml": "roller.toml",
		"kommuner/eksempel/modeller":          outside,
	} {
		if err := os.Symlink(to, in(link)); err != nil {
			t.Skip(err)
		}
	}
	if f, err := d.Form(target(t, "eksempelmodel/opgave:ude")); err == nil {
		t.Errorf("a link led out: %+v", f)
	}
	if r, _ := save(t, d, "eksempel/eksempelmodel/rolle:laerer", map[string][]string{"lokalt_navn": {"Klasselærer"}}); r.Change != nil {
		t.Error("written through a link out")
	}
	if entries, err := os.ReadDir(outside); err != nil || len(entries) != 1 {
		t.Error("something was written outside", entries, err)
	}
	for _, name := range []string{"content/../x", "x", "/etc/passwd", "content/", "content//x", "content/a/../../x"} {
		if err := d.write(candidate{name: []byte("x")}, candidate{name: nil}); err == nil {
			t.Errorf("%q was written", name)
		}
	}
	if err := os.Chmod(in("modeller/eksempelmodel/opgaver.toml"), 0o640); err != nil {
		t.Fatal(err)
	}
	if r, _ := save(t, d, "eksempelmodel/opgave:fortael", map[string][]string{"kort": {"Kort."}}); r.Change == nil {
		t.Error(r.Message, r.Broken)
	}
	if info, err := os.Stat(in("modeller/eksempelmodel/opgaver.toml")); err != nil || info.Mode().Perm() != 0o640 {
		t.Error(info.Mode(), err)
	}
	if r, _ := save(t, d, "eksempelmodel/fase:begynd/~vejledning", map[string][]string{"vejledning": {strings.Repeat("Ord. ", maxSize)}}); r.Change != nil {
		t.Error("a file of any size was written")
	}
	if os.Geteuid() != 0 { // root may write everything
		os.Chmod(in("modeller/eksempelmodel/roller.toml"), 0o444)
		if r, _ := save(t, d, "eksempelmodel/rolle:laerer", map[string][]string{"kort": {"Kort."}}); r.Change != nil {
			t.Error("a write-protected file was written")
		}
	}
}

// Of several files all are written or none.
func TestAllOrNothing(t *testing.T) {
	d := small(t)
	first := files(t, d)
	files1, was := candidate{}, candidate{}
	for _, name := range []string{"content/begreber.toml", "content/kilder.toml"} {
		files1[name], was[name] = []byte("x = 1\n"), []byte(first[name])
	}
	if err := os.MkdirAll(filepath.Join(d.root, "content/mappe/i"), 0o755); err != nil {
		t.Fatal(err)
	}
	files1["content/mappe"], was["content/mappe"] = []byte("x"), nil // a folder is in the way
	if err := d.write(files1, was); err == nil {
		t.Error("it was written")
	}
	if now := files(t, d); !maps.Equal(first, now) {
		t.Error("half of it was written", lines(first["content/begreber.toml"], now["content/begreber.toml"]))
	}
	delete(files1, "content/mappe")
	was["content/kilder.toml"] = []byte("noget andet")
	if err := d.write(files1, was); err == nil {
		t.Error("what somebody else wrote was overwritten")
	}
}

const killedEnv = "EDIT_KILLED"

// TestMain is also the process that is killed: it renames a role to and fro.
func TestMain(m *testing.M) {
	root := os.Getenv(killedEnv)
	if root == "" {
		os.Exit(m.Run())
	}
	d := Open(root, build.Options{})
	for i := 0; ; i++ {
		ids := []string{"koordinator", "tovholder"}
		t := Target{Model: "eksempelmodel", Kind: "rolle", ID: ids[i%2]}
		f, err := d.Form(t)
		if err != nil {
			continue // it is the other's turn
		}
		fmt.Println("nu")
		if r := d.Rename(t, ids[(i+1)%2], f.Version, true); r.Change == nil {
			fmt.Fprintln(os.Stderr, r.Message)
			os.Exit(1)
		}
	}
}

// Killed at any moment, all of an edit's files are as before or as after.
func TestKilledWhileWriting(t *testing.T) {
	times := 40
	if testing.Short() {
		times = 6
	} else if needs.All {
		times = 300
	}
	d := small(t)
	seen := map[string]bool{}
	for i := range times {
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), killedEnv+"="+d.root)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		c.Stderr = os.Stderr
		in := bufio.NewReader(out)
		in.ReadString('\n')
		start := time.Now()
		for range 1 + i%3 {
			in.ReadString('\n')
		}
		took := time.Since(start) / time.Duration(1+i%3)
		time.Sleep(took * time.Duration(i*37%100) / 100)
		c.Process.Signal(syscall.SIGKILL)
		c.Wait()
		Open(d.root, build.Options{})
		now := files(t, d)
		var all bytes.Buffer
		for name, text := range now {
			if !strings.HasSuffix(name, ".tmp") {
				all.WriteString(strings.ReplaceAll(strings.ReplaceAll(text, "tidligere = [\"tovholder\"]", ""), "tidligere = [\"koordinator\"]", ""))
			}
		}
		has := func(id string) bool {
			return strings.Contains(all.String(), "[rolle."+id+"]") || strings.Contains(all.String(), "\""+id+"\"") || strings.Contains(all.String(), ":"+id+")")
		}
		old, renamed := has("koordinator"), has("tovholder")
		if old == renamed {
			t.Fatalf("%d: half of it was written\n%s", i, all.String())
		}
		seen[fmt.Sprint(old)] = true
	}
	if len(seen) < 2 && !testing.Short() {
		t.Error("it was never killed after an edit")
	}
}
