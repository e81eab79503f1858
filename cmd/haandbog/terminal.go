package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"modelhaandbog/generator/diag"
)

// terminal is where a command speaks: colour and progress only for people.
type terminal struct {
	out, err io.Writer
	color    bool
	live     bool
	quiet    bool // errors only
	shown    *bool
}

func quietFlag(c *cobra.Command) {
	c.Flags().BoolP("quiet", "q", false, "print errors only; the exit code tells the rest")
}

func terminalOf(cmd *cobra.Command) terminal {
	t := terminal{out: cmd.OutOrStdout(), err: cmd.ErrOrStderr(), shown: new(bool)}
	isTerminal := func(w io.Writer) bool {
		f, ok := w.(*os.File)
		return ok && term.IsTerminal(int(f.Fd()))
	}
	_, none := os.LookupEnv("NO_COLOR")
	t.quiet, _ = cmd.Flags().GetBool("quiet")
	t.live = isTerminal(t.err) && os.Getenv("TERM") != "dumb" && !t.quiet
	t.color = isTerminal(t.err) && os.Getenv("TERM") != "dumb" && !(none && os.Getenv("NO_COLOR") != "")
	return t
}

func (t terminal) progress(what string, done, total int) {
	if t.live {
		*t.shown = true
		fmt.Fprintf(t.err, "\r\x1b[K%s %d af %d", what, done, total)
	}
}

func (t terminal) clear() {
	if t.live && *t.shown {
		fmt.Fprint(t.err, "\r\x1b[K")
		*t.shown = false
	}
}

// say tells how it went, unless that is unwanted.
func (t terminal) say(w io.Writer, text string) {
	if !t.quiet {
		fmt.Fprintln(w, text)
	}
}

// show writes diagnostics: as text to stderr, for tools to stdout.
func (t terminal) show(dir string, diags []diag.Diag, format string) error {
	if t.quiet {
		diags = slices.DeleteFunc(slices.Clone(diags), func(d diag.Diag) bool { return d.Severity != diag.Error })
	}
	switch {
	case format == "json":
		return diag.WriteJSON(t.out, diags)
	case format == "github":
		return diag.WriteGitHub(t.out, diags)
	case len(diags) == 0:
		return nil
	}
	read := func(file string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, filepath.FromSlash(file))) }
	return diag.WriteText(t.err, diags, read, t.color)
}
