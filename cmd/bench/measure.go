package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
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
	if peak := reflect.Indirect(reflect.ValueOf(state.SysUsage())).FieldByName("Maxrss"); peak.IsValid() {
		c.peak = peak.Int() << 10 // Linux counts kB, Windows doesn't count
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
		if inode := reflect.Indirect(reflect.ValueOf(info.Sys())).FieldByName("Ino"); inode.IsValid() {
			rel, _ := filepath.Rel(dir, name)
			t.stamps[rel] = stamp{inode.Uint(), info.ModTime().UnixNano()}
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
