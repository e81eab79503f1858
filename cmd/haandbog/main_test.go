package main

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// asCommand makes the test binary be the command, for tests that start, kill
// and interrupt it.
const asCommand = "HAANDBOG_TEST_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		os.Exit(run())
	}
	testscript.Main(m, map[string]func(){"haandbog": func() { os.Exit(run()) }})
}

// The scripts say what a person types and what the command answers. Besides
// testscript's own commands there are
//
//	exits CODE haandbog …   the command ends with this exit code
//	remember DIR            the files of DIR, as they are
//	untouched DIR           every file is the same file, and no other is there
//	rewritten DIR GLOB…     only files that match were written again, and each
//	                        pattern matches one
//	same DIR DIR            both have the same files with the same bytes, but for
//	                        the generator's list of them
//	json FILE               FILE is JSON
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Values["trees"] = map[string]tree{}
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" {
				return os.Getuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "remember": remember, "untouched": untouched, "rewritten": rewritten, "same": same,
			"json": func(ts *testscript.TestScript, _ bool, args []string) {
				if !json.Valid([]byte(ts.ReadFile(args[0]))) {
					ts.Fatalf("%s is no JSON", args[0])
				}
			},
		},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	if err != nil || neg {
		ts.Fatalf("usage: exits CODE COMMAND")
	}
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	got := 0
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// tree is the files of a folder.
type tree map[string]fileState

type fileState struct {
	inode uint64
	time  int64
	sum   [sha256.Size]byte
}

func treeOf(dir string) (tree, error) {
	out := tree{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := os.Lstat(name)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		var inode uint64
		if ino := reflect.Indirect(reflect.ValueOf(info.Sys())).FieldByName("Ino"); ino.IsValid() { // not on Windows
			inode = ino.Uint()
		}
		out[filepath.ToSlash(rel)] = fileState{inode, info.ModTime().UnixNano(), sha256.Sum256(data)}
		return nil
	})
	return out, err
}

func (t tree) names() []string {
	var out []string
	for name := range t {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func mustTree(ts *testscript.TestScript, dir string) tree {
	t, err := treeOf(ts.MkAbs(dir))
	ts.Check(err)
	return t
}

func remember(ts *testscript.TestScript, _ bool, args []string) {
	ts.Value("trees").(map[string]tree)[args[0]] = mustTree(ts, args[0])
}

func untouched(ts *testscript.TestScript, _ bool, args []string) {
	before, now := ts.Value("trees").(map[string]tree)[args[0]], mustTree(ts, args[0])
	for _, name := range slices.Concat(before.names(), now.names()) {
		if before[name] != now[name] {
			ts.Fatalf("%s was touched", name)
		}
	}
}

func same(ts *testscript.TestScript, neg bool, args []string) {
	one, other := mustTree(ts, args[0]), mustTree(ts, args[1])
	differs := ""
	for _, name := range slices.Concat(one.names(), other.names()) {
		if name != manifest && one[name].sum != other[name].sum {
			differs = name
		}
	}
	if differs != "" && !neg {
		ts.Fatalf("%s differs", differs)
	}
	if differs == "" && neg {
		ts.Fatalf("the files are the same")
	}
}

// manifest lists what the generator wrote, with times, so it is always new.
const manifest = ".haandbog-filer"

func rewritten(ts *testscript.TestScript, _ bool, args []string) {
	before, now := ts.Value("trees").(map[string]tree)[args[0]], mustTree(ts, args[0])
	used := map[string]bool{manifest: true}
	for _, name := range now.names() {
		if before[name] == now[name] || name == manifest {
			continue
		}
		if before[name].sum == now[name].sum {
			ts.Fatalf("%s was written again with the same bytes", name)
		}
		i := slices.IndexFunc(args[1:], func(pattern string) bool { ok, _ := path.Match(pattern, name); return ok })
		if i < 0 {
			ts.Fatalf("%s was written again", name)
		}
		used[args[1+i]] = true
	}
	for _, pattern := range args[1:] {
		if !used[pattern] {
			ts.Fatalf("nothing like %s was written", pattern)
		}
	}
}

// site makes a new site with some municipalities, and gives its folder.
func site(t *testing.T, municipalities int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	if out, err := command("init", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	register := filepath.Join(dir, "content/kommuner.toml")
	text, err := os.ReadFile(register)
	if err != nil {
		t.Fatal(err)
	}
	for i := range municipalities {
		text = fmt.Appendf(text, "\n[kommune.k%02d]\nnavn = \"Kommune %02d\"\n", i, i)
	}
	if err := os.WriteFile(register, text, 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// command is the command, ready to start.
func command(args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), asCommand+"=1")
	return c
}

// content is what readers see of a published site: everything but the list of
// files, which holds times.
func content(t *testing.T, dir string) map[string][sha256.Size]byte {
	t.Helper()
	all, err := treeOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][sha256.Size]byte{}
	for name, f := range all {
		if name != manifest {
			out[name] = f.sum
		}
	}
	if len(out) < 50 {
		t.Fatalf("only %d files in %s", len(out), dir)
	}
	return out
}

// change writes the guidance of a phase anew, which changes pages of every
// edition.
func change(t *testing.T, dir, text string) {
	t.Helper()
	name := filepath.Join(dir, "content/modeller/eksempelmodel/vejledning/fase/begynd.md")
	if err := os.WriteFile(name, []byte(text+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

func mustBuild(t *testing.T, c *exec.Cmd) string {
	t.Helper()
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}
