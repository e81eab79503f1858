package main

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The same content gives the same bytes, wherever it stands and however many
// cores there are.
func TestSameBytes(t *testing.T) {
	var first map[string][sha256.Size]byte
	for _, procs := range []string{"1", "4"} {
		dir := site(t, 4)
		c := command("build", "-C", dir, "--base-url", "https://haandbog.example.dk/", "--host", "nginx", "--precompress", "--offline")
		c.Env = append(c.Env, "GOMAXPROCS="+procs)
		mustBuild(t, c)
		got := content(t, filepath.Join(dir, "public"))
		if first == nil {
			first = got
		}
		for name := range first {
			if got[name] != first[name] {
				t.Errorf("%s differs", name)
			}
		}
		if len(got) != len(first) {
			t.Errorf("%d files, then %d", len(first), len(got))
		}
	}
}

// A build that is killed, at whatever moment, leaves the old site or the new
// one, whole; the next build finishes and leaves nothing else behind.
func TestKilled(t *testing.T) { cutOff(t, syscall.SIGKILL, 12) }

// Ctrl-C does so too, and cleans up after itself.
func TestInterrupted(t *testing.T) { cutOff(t, os.Interrupt.(syscall.Signal), 8) }

// A terminal that is closed is as Ctrl-C.
func TestHungUp(t *testing.T) {
	if signal.Ignored(syscall.SIGHUP) {
		t.Skip("run under nohup, which the build heeds")
	}
	cutOff(t, syscall.SIGHUP, 4)
}

// One of some editions does so too; the others are there all along.
func TestKilledPartial(t *testing.T) {
	if testing.Short() {
		t.Skip("needs time to build again and again: make test")
	}
	cutOff(t, syscall.SIGKILL, 8, "--kommune", "k01,k02")
}

func cutOff(t *testing.T, sent syscall.Signal, times int, flags ...string) {
	municipalities := 30
	if testing.Short() {
		times, municipalities = times/2, 8
	}
	dir := site(t, municipalities)
	public := filepath.Join(dir, "public")
	mustBuild(t, command("build", "-C", dir))
	change(t, dir, "Den første ændring.")
	start := time.Now()
	mustBuild(t, command(append([]string{"build", "-C", dir}, flags...)...))
	whole := time.Since(start)
	old := content(t, public)
	hit, told := 0, 0
	for i := range times {
		change(t, dir, fmt.Sprintf("Ændring nummer %d.", i))
		c := command(append([]string{"build", "-C", dir}, flags...)...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		// Spread over the build; the exact moments don't matter.
		time.Sleep(whole * time.Duration(i+1) / time.Duration(times+1))
		c.Process.Signal(sent)
		if err := c.Wait(); err != nil {
			hit++
			switch code := c.ProcessState.ExitCode(); {
			case sent == syscall.SIGKILL || code == -1: // -1: it hadn't begun to listen for the signal
			case code == exitInterrupted:
				told++
			default:
				t.Errorf("interrupted, exit code %d", code)
			}
		} else {
			whole = whole * 2 / 3 // the machine has become less busy
		}
		left := content(t, public)
		if sent != syscall.SIGKILL {
			onlySite(t, dir)
		}
		isOld := maps.Equal(left, old)
		out := mustBuild(t, command(append([]string{"build", "-C", dir}, flags...)...))
		old = content(t, public)
		if !isOld && !maps.Equal(left, old) {
			t.Errorf("cut off at %d of %d: neither the old nor the new site (then: %s)", i+1, times+1, out)
		}
		onlySite(t, dir)
	}
	if hit == 0 {
		t.Error("every build was done before it was cut off")
	}
	if hit > 0 && told == 0 && sent != syscall.SIGKILL {
		t.Error("no build said that it was interrupted")
	}
}

// onlySite reports what a build left beside the site.
func onlySite(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got := strings.Join(names, " "); got != "content public" {
		t.Errorf("left behind: %s", got)
	}
}
