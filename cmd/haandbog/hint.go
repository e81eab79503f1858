package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"modelhaandbog/generator/diag"
)

// hint is for users of other generators (Hugo, mdBook) and tools: flags that they
// try, and what holds here.
type hint struct {
	command string // where they are tried; "" for every command that has the flag
	flags   string // names without dashes
	say     string // the flag to write with its value, or why there is none
}

var hints = []hint{
	{"build", "d destination dest-dir dest output outdir", "write --out DIR"},
	{"build", "b baseURL url", "write --base-url https://…/"},
	{"build", "w watch p port", `"haandbog serve" follows your changes`},
	{"build", "minify", "pages are always minified"},
	{"build", "gc cleanDestinationDir clean", "build always removes what it no longer makes"},
	{"build", "D buildDrafts drafts",
		`a draft is published when its line "kladde = true" is deleted; "haandbog serve" shows drafts`},
	{"serve", "p port", "write --addr 127.0.0.1:PORT"},
	{"serve", "bind host hostname n address", "write --addr HOST:PORT"},
	{"serve", "o O openBrowser", "write --open"},
	{"serve", "w watch", "serve always watches"},
	{"serve", "D buildDrafts drafts", "serve always shows drafts"},
	{"serve", "minify disableFastRender", "serve always shows what a build would"},
	{"serve", "d destination dest-dir dest output out", "serve writes no files"},
	{"serve", "b baseURL base-url", "serve has an address of its own, --addr"},
	{"check", "D buildDrafts drafts", "drafts are always checked"},
	{"check", "d destination dest-dir dest output out o", "check writes no files"},
	{"check", "json", "write --format json"},
	{"check", "date", "write --today DATE"},
	{"", "s source root cwd", "write --dir DIR"},
	{"", "municipality edition", "write --kommune ID"},
	{"", "silent", "write --quiet"},
}

// about is what to write instead of a flag that a command lacks, or which command
// has it; "" when nothing is known.
func about(cmd *cobra.Command, unknown *pflag.NotExistError) string {
	name := unknown.GetSpecifiedName()
	if long := unknown.GetSpecifiedShortnames(); len(long) > 1 && cmd.Flag(long) != nil { // -pdf
		return "write --" + long
	}
	for _, h := range hints {
		flag, _, _ := strings.Cut(strings.TrimPrefix(h.say, "write --"), " ")
		if (h.command == cmd.Name() || h.command == "" && cmd.Flag(flag) != nil) &&
			slices.Contains(strings.Fields(h.flags), name) {
			return h.say
		}
	}
	if len(name) == 1 {
		return ""
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near, ok := diag.Suggest(name, names); ok {
		return fmt.Sprintf("did you mean --%s?", near)
	}
	for _, c := range cmd.Root().Commands() {
		if c.Flag(name) != nil {
			return fmt.Sprintf("it is a flag of %q", c.CommandPath())
		}
	}
	return ""
}
