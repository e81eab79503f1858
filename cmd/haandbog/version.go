package main

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// notices are the licences of what the binary holds of others' software.
//
//go:generate go test -run TestNotices -update
//go:embed notices.txt
var notices string

func versionCommand() *cobra.Command {
	var licences bool
	c := &cobra.Command{
		Use:        "version",
		Short:      "Print the version, or the licences of what the binary holds",
		SuggestFor: []string{"env", "about", "licenses"},
		Args:       takes(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			text := "haandbog " + readStamp().String() + "\n"
			if licences {
				text = notices
			}
			_, err := fmt.Fprint(cmd.OutOrStdout(), text)
			return err
		},
	}
	c.Flags().BoolVar(&licences, "notices", false, "print the notices of the software of others in the binary")
	return c
}

// stamp is what the binary knows of its making; the zero stamp knows nothing.
type stamp struct {
	release  string // "v1.2.0", or "" for a commit that is no release
	commit   string // twelve characters
	date     time.Time
	modified bool // files differed from the commit
}

func readStamp() stamp {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return stamp{}
	}
	return stampOf(info)
}

func stampOf(info *debug.BuildInfo) stamp {
	var s stamp
	for _, set := range info.Settings {
		switch set.Key {
		case "vcs.revision":
			s.commit = set.Value[:min(12, len(set.Value))]
		case "vcs.time":
			s.date, _ = time.Parse(time.RFC3339, set.Value)
		case "vcs.modified":
			s.modified = set.Value == "true"
		}
	}
	// A commit that is no release has a version that repeats it.
	v := info.Main.Version
	if v != "(devel)" && (s.commit == "" || !strings.Contains(v, s.commit)) {
		s.release, _, _ = strings.Cut(v, "+")
	}
	return s
}

// String is as `v1.2.0 (commit 0123456789ab, 2026-12-01)`.
func (s stamp) String() string {
	made := "commit and date unknown: not built in a Git checkout, or with -buildvcs=false"
	if s.commit != "" {
		made = "commit " + s.commit + ", " + s.date.Format(time.DateOnly)
	}
	if s.modified {
		made += ", with uncommitted changes"
	}
	release := cmp.Or(s.release, "devel")
	return fmt.Sprintf("%s (%s) %s %s/%s", release, made, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// versionSum tells this binary from others: a changed generator makes a changed
// site.
func versionSum() string {
	version := readStamp().String()
	exe, err := os.Executable()
	if err != nil {
		return version
	}
	info, err := os.Stat(exe)
	if err != nil {
		return version
	}
	h := sha256.New()
	fmt.Fprint(h, version, info.Size(), info.ModTime().UnixNano())
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}
