package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func versionCommand() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Print the version", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error {
		fmt.Fprintln(cmd.OutOrStdout(), "haandbog "+version())
		return nil
	}}
}

// version is the module's version, or the commit that it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return "devel-" + s.Value[:min(12, len(s.Value))]
		}
	}
	return "devel"
}

// versionSum is the version, and what the binary itself hashes to when it has
// no version: a changed generator makes a changed site.
func versionSum() string {
	exe, err := os.Executable()
	if err != nil {
		return version()
	}
	f, err := os.Open(exe)
	if err != nil {
		return version()
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return version()
	}
	h := sha256.New()
	fmt.Fprint(h, version(), info.Size(), info.ModTime().UnixNano())
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}
