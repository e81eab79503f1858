package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// cost is what a run took: seconds, and the highest resident memory in bytes.
type cost struct {
	wall, user, sys float64
	peak            int64
}

// cpu is in seconds. Unlike wall time, it tells something on a machine that others use.
func (c cost) cpu() float64 { return c.user + c.sys }

// run runs and measures a program. An error includes its output.
func run(ctx context.Context, program string, args ...string) (cost, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start).Seconds()
	if err != nil {
		text := out.String()
		return cost{}, fmt.Errorf("%s %s: %w\n%s", filepath.Base(program), strings.Join(args, " "), err,
			text[max(0, len(text)-2000):])
	}
	state := cmd.ProcessState
	c := cost{wall: wall, user: state.UserTime().Seconds(), sys: state.SystemTime().Seconds()}
	if usage, ok := state.SysUsage().(*syscall.Rusage); ok {
		c.peak = usage.Maxrss << 10 // Linux counts kB
	}
	return c, nil
}

// middle is the run whose CPU time is the median.
func middle(runs []cost) cost {
	runs = slices.Clone(runs)
	slices.SortFunc(runs, func(a, b cost) int { return cmp.Compare(a.cpu(), b.cpu()) })
	return runs[len(runs)/2]
}

// tree describes the files in a folder.
type tree struct {
	pages, files int
	bytes        int64
	stamps       map[string]stamp // by path
}

// stamp identifies a written file; it changes when the file is written again.
type stamp struct {
	inode uint64
	time  int64
}

func look(dir string) (tree, error) {
	t := tree{stamps: map[string]stamp{}}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		t.files++
		t.bytes += info.Size()
		if filepath.Ext(name) == ".html" {
			t.pages++
		}
		if s, ok := info.Sys().(*syscall.Stat_t); ok {
			rel, _ := filepath.Rel(dir, name)
			t.stamps[rel] = stamp{s.Ino, info.ModTime().UnixNano()}
		}
		return nil
	})
	return t, err
}

// written counts the files that are new or written again since before.
func (t tree) written(before tree) int {
	n := 0
	for name, s := range t.stamps {
		if before.stamps[name] != s {
			n++
		}
	}
	return n
}

// writeFloor runs in a child process: it reads a tree into memory, and then measures
// writing it elsewhere with one writer per core. It prints wall, user and system
// seconds.
func writeFloor(from, to string) error {
	type file struct {
		name string
		data []byte
	}
	var files []file
	err := filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		files = append(files, file{filepath.Join(to, rel), data})
		return err
	})
	if err != nil {
		return err
	}
	var before, after syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &before)
	start := time.Now()
	const writers = 2
	faults := make(chan error, writers)
	for w := range writers {
		go func() {
			made := map[string]bool{}
			var fault error
			for _, f := range files[w*len(files)/writers : (w+1)*len(files)/writers] {
				if dir := filepath.Dir(f.name); !made[dir] {
					made[dir] = true
					fault = errors.Join(fault, os.MkdirAll(dir, 0o777))
				}
				fault = errors.Join(fault, os.WriteFile(f.name, f.data, 0o666))
			}
			faults <- fault
		}()
	}
	for range writers {
		err = errors.Join(err, <-faults)
	}
	wall := time.Since(start).Seconds()
	syscall.Getrusage(syscall.RUSAGE_SELF, &after)
	fmt.Println(wall, seconds(after.Utime)-seconds(before.Utime), seconds(after.Stime)-seconds(before.Stime))
	return err
}

func seconds(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }

// writeFromMemory runs writeFloor in a child process, so that the tree's bytes don't
// count as this process's memory.
func writeFromMemory(ctx context.Context, from, to string) (cost, error) {
	self, err := os.Executable()
	if err != nil {
		return cost{}, err
	}
	out, err := exec.CommandContext(ctx, self, "write-floor", from, to).Output()
	if err != nil {
		return cost{}, fmt.Errorf("writing from memory: %w", err)
	}
	var c cost
	_, err = fmt.Sscan(string(out), &c.wall, &c.user, &c.sys)
	return c, err
}
