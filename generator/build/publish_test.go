//go:build linux || darwin

package build

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// site is one edition with one page.
type site struct{ path, text string }

func (s site) slugs() []string    { return []string{""} }
func (s site) leaves(string) bool { return false }
func (s site) failed() bool       { return false }
func (s site) warnings() int      { return 0 }
func (s site) made(string) made   { return made{sum: ""} }
func (s site) files(string) []Output {
	return []Output{computed(s.path, func() []byte { return []byte(s.text) })}
}

func publish(t *testing.T, out string, s site) (Report, error) {
	t.Helper()
	p, err := NewPublisher(out)
	if err != nil {
		return Report{}, err
	}
	defer p.Close()
	return p.Publish(context.Background(), sha256.Sum256([]byte(s.text)), s, nil)
}

// An upload folder, an empty one, a private one and one that may not be written stay as
// they are, however often the site is built.
func TestFoldersOfOthersStay(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	then := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	modes := map[string]fs.FileMode{"upload": 0o777 | fs.ModeSticky, "tom/tom": 0o755, "tom": 0o700, "privat": 0o750 | fs.ModeSetgid,
		"laast/skilt.txt": 0o600, "laast": 0o555, ".": 0o775, "assets/mit": 0o711}
	for name, mode := range modes {
		full := filepath.Join(out, filepath.FromSlash(name))
		if strings.HasSuffix(name, ".txt") {
			must(t, os.MkdirAll(filepath.Dir(full), 0o755))
			must(t, os.WriteFile(full, []byte("Mit."), mode))
		} else {
			must(t, os.MkdirAll(full, 0o755))
		}
	}
	must(t, os.Symlink("nirgends", filepath.Join(out, "link")))
	if os.Getuid() == 0 {
		must(t, os.Lchown(filepath.Join(out, "link"), 33, 33))
		must(t, os.Chown(filepath.Join(out, "upload"), 33, 34))
		must(t, os.Chown(out, 35, 36))
	}
	for _, name := range []string{"upload", "tom/tom", "tom", "privat", "laast/skilt.txt", "laast", "assets/mit", "."} {
		full := filepath.Join(out, filepath.FromSlash(name))
		must(t, os.Chmod(full, modes[name]))
		must(t, os.Chtimes(full, then, then))
	}
	for _, name := range []string{"upload", "tom", "privat", "laast/skilt.txt", "."} {
		if err := unix.Lsetxattr(filepath.Join(out, name), "user.note", []byte("Min."), 0); errors.Is(err, unix.ENOTSUP) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		// An access list, as setfacl -m u:33:rx makes it: owner, user 33, group, mask, others.
		const list = "\x02\x00\x00\x00" + "\x01\x00\x07\x00\xff\xff\xff\xff" + "\x02\x00\x05\x00\x21\x00\x00\x00" +
			"\x04\x00\x05\x00\xff\xff\xff\xff" + "\x10\x00\x05\x00\xff\xff\xff\xff" + "\x20\x00\x00\x00\xff\xff\xff\xff"
		if name == "privat" || name == "." {
			must(t, ignoring(unix.ENOTSUP, unix.Lsetxattr(filepath.Join(out, name), "system.posix_acl_access", []byte(list), 0)))
			must(t, ignoring(unix.ENOTSUP, unix.Lsetxattr(filepath.Join(out, name), "system.posix_acl_default", []byte(list), 0)))
		}
	}
	look := func() map[string]string {
		seen := map[string]string{}
		for _, name := range []string{"upload", "tom/tom", "tom", "privat", "laast/skilt.txt", "laast", "assets/mit", ".", "link"} {
			info, err := os.Lstat(filepath.Join(out, filepath.FromSlash(name)))
			if err != nil {
				seen[name] = err.Error()
				continue
			}
			st := info.Sys().(*syscall.Stat_t)
			attributes, err := extended(filepath.Join(out, filepath.FromSlash(name)))
			must(t, err)
			seen[name] = fmt.Sprintf("%v %d %d %q ", info.Mode(), st.Uid, st.Gid, attributes)
			if name != "." {
				seen[name] += info.ModTime().String()
			}
		}
		return seen
	}
	before := look()
	for _, text := range []string{"Første", "Anden", "Tredje"} {
		if _, err := publish(t, out, site{"assets/side.html", text}); err != nil {
			t.Fatal(err)
		}
		for name, now := range look() {
			if now != before[name] {
				t.Errorf("%s: %s is %s, was %s", text, name, now, before[name])
			}
		}
	}
	if got, err := os.ReadDir(filepath.Dir(out)); err != nil || len(got) != 1 {
		t.Error("left behind:", got, err)
	}
}

// What can't be kept stops the build before anything is published.
func TestAttributesThatCannotBeKept(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "fra"), filepath.Join(dir, "til")
	must(t, os.Mkdir(from, 0o755))
	if err := unix.Lsetxattr(from, "user.note", []byte("Min."), 0); errors.Is(err, unix.ENOTSUP) {
		t.Skip(err)
	}
	must(t, os.Symlink("fra", to)) // has none
	if err := keepExtended(from, to); err == nil || !strings.Contains(lost(from, err).Error(), from+" cannot be kept as it is (its attribute user.note: ") {
		t.Error(err)
	}
}

func ignoring(one, err error) error {
	if errors.Is(err, one) {
		return nil
	}
	return err
}

// Where a page or its folder should be, others' things are told before anything is
// published.
func TestThingsOfOthersInTheWay(t *testing.T) {
	for _, there := range []string{"assets/", "assets/side.html/", "assets"} {
		out := filepath.Join(t.TempDir(), "public")
		full := filepath.Join(out, filepath.FromSlash(there))
		must(t, os.MkdirAll(filepath.Dir(full), 0o755))
		if strings.HasSuffix(there, "/") {
			must(t, os.MkdirAll(full, 0o755))
		} else {
			must(t, os.WriteFile(full, nil, 0o644))
		}
		_, err := publish(t, out, site{"assets/side.html", "Side"})
		var refused *Refusal
		if there == "assets/" {
			must(t, err)
		} else if !errors.As(err, &refused) || refused.Path != filepath.Clean(full) {
			t.Errorf("%s: %v", there, err)
		}
	}
}

// Of builds that start at the same time one writes; the others say so.
func TestOneBuildAtATime(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	var inside, done atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				p, err := NewPublisher(out)
				if errors.Is(err, ErrBusy) {
					continue
				}
				if err != nil {
					t.Error(err)
					return
				}
				if inside.Add(1) > 1 {
					t.Error("two builds at once")
				}
				done.Add(1)
				time.Sleep(time.Millisecond)
				inside.Add(-1)
				p.Close()
			}
		})
	}
	wg.Wait()
	if done.Load() == 0 {
		t.Error("nobody got the lock")
	}
}

// A link as target stays a link, also when nothing is there yet.
func TestLinkAsTarget(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "public")
	must(t, os.Symlink("www/site", link))
	for _, text := range []string{"Første", "Anden"} {
		if _, err := publish(t, link, site{"index.html", text}); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(dir, "www", "site", "index.html"))
		if info, linkErr := os.Lstat(link); err != nil || string(got) != text || linkErr != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("%q %v %v", got, err, linkErr)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
