// Command bench measures builds against copying the same files, the same work done by
// Hugo, and the time from a save to the changed page in a real browser. It generates its
// corpora from the project's content, works in temporary folders and removes them. It
// measures on Linux. Run it from the project's root.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

func main() {
	quick := flag.Bool("quick", false, "one round, smaller corpora, no disk")
	long := flag.Bool("long", false, "also a thousand saves in the preview")
	only := flag.String("only", "", "build, hugo, serve or corpus (writes the corpora to -out and ends)")
	out := flag.String("out", "", "folder for -only corpus")
	rounds := flag.Int("rounds", 3, "rounds of each build")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if *quick {
		*rounds = 1
	}
	exit(measure(ctx, &bench{ctx: ctx, rounds: *rounds, quick: *quick, long: *long}, *only, *out))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func measure(ctx context.Context, b *bench, only, out string) error {
	real, err := readReal(".")
	if err != nil {
		return fmt.Errorf("%w (run it in the project's root)", err)
	}
	local := real.localized()
	grown := []*corpus{real.times(10), real.municipalities(500)}
	if only == "corpus" {
		if out == "" {
			return errors.New("-only corpus needs -out")
		}
		return writeAll(out, map[string]*corpus{"real": real, "local": local, "x10": grown[0], "500": grown[1]})
	}
	if err := b.prepare(); err != nil {
		return err
	}
	defer b.clean()
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("%s, %d cores, %s; load before the start: %s\n", runtime.GOOS, runtime.NumCPU(), runtime.Version(),
		strings.Join(strings.Fields(string(load))[:min(1, len(load))], ""))
	if only == "" || only == "build" {
		if err := errors.Join(b.sizes(real), b.sizes(local)); err != nil {
			return err
		}
		if !b.quick {
			if err := b.grown(grown); err != nil {
				return err
			}
		}
	}
	if only == "" || only == "hugo" {
		if err := errors.Join(b.compareHugo(real), b.compareHugo(local)); err != nil {
			return err
		}
	}
	if only == "" || only == "serve" {
		return errors.Join(b.preview(real), b.preview(local))
	}
	return ctx.Err()
}

func writeAll(out string, corpora map[string]*corpus) error {
	for dir, c := range corpora {
		if err := c.write(filepath.Join(out, dir)); err != nil {
			return err
		}
	}
	return nil
}

// prepare creates the temporary folders and builds the command.
func (b *bench) prepare() error {
	disk, err := os.MkdirTemp("", "hb-bench-")
	if err != nil {
		return err
	}
	b.tmp = disk
	b.places = []target{{fileSystem(disk), disk}}
	if fileSystem("/dev/shm") == "tmpfs" && fileSystem(disk) != "tmpfs" {
		if b.tmp, err = os.MkdirTemp("/dev/shm", "hb-bench-"); err != nil {
			return errors.Join(err, os.RemoveAll(disk))
		}
		b.places = []target{{"tmpfs", b.tmp}, {fileSystem(disk), disk}}
		if b.quick {
			b.places = b.places[:1]
			os.RemoveAll(disk)
		}
	}
	b.haandbog = filepath.Join(b.tmp, "haandbog")
	if text, err := exec.CommandContext(b.ctx, "go", "build", "-o", b.haandbog,
		"./cmd/haandbog").CombinedOutput(); err != nil {
		b.clean()
		return fmt.Errorf("building haandbog: %w\n%s", err, text)
	}
	return nil
}

func (b *bench) clean() {
	for _, p := range b.places {
		os.RemoveAll(p.dir)
	}
}

func fileSystem(dir string) string {
	out, err := exec.Command("stat", "-f", "-c", "%T", dir).Output()
	if err != nil {
		return "disk"
	}
	return strings.TrimSpace(string(out))
}
