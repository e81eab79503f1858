package main

import (
	"cmp"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"modelhaandbog/generator/diag"
)

// guess is a flag that users of other generators (Hugo, mdBook) or tools try,
// and what to write here.
type guess struct {
	command string // where it is tried; "" for all that know the flag to write
	flags   string // its names without dashes
	write   string // what to write instead, $ for its value; "" to leave it out
	note    string // why
	value   bool   // it has a value, though it is left out
}

// Besides flags, write can name what a correction does: "host $" and "port $"
// become one --addr, and "serve" is the command to use instead.
var guesses = []guess{
	{command: "build", flags: "d destination dest-dir dest output outdir", write: "--out $"},
	{command: "build", flags: "b baseURL url", write: "--base-url $"},
	{command: "build", flags: "w watch p port", write: "serve"},
	{command: "build", flags: "minify", note: "pages are always minified"},
	{command: "build", flags: "gc cleanDestinationDir clean", note: "build always removes what it no longer makes"},
	{command: "build", flags: "D buildDrafts drafts",
		note: `a draft is published when its line "kladde = true" is deleted; "haandbog serve" shows drafts`},
	{command: "serve", flags: "p port", write: "port $"},
	{command: "serve", flags: "bind host hostname n address", write: "host $"},
	{command: "serve", flags: "o O openBrowser", write: "--open"},
	{command: "serve", flags: "w watch", note: "serve always watches"},
	{command: "serve", flags: "D buildDrafts drafts", note: "serve always shows drafts"},
	{command: "serve", flags: "minify disableFastRender", note: "serve always shows what a build would"},
	{command: "serve", flags: "d destination dest-dir dest output out", note: "serve writes no files", value: true},
	{command: "serve", flags: "b baseURL base-url", note: "serve has an address of its own, --addr", value: true},
	{command: "check", flags: "D buildDrafts drafts", note: "drafts are always checked"},
	{command: "check", flags: "d destination dest-dir dest output out o", note: "check writes no files", value: true},
	{command: "check", flags: "json", write: "--format json"},
	{command: "check", flags: "date", write: "--today $"},
	{flags: "s source root cwd", write: "--dir $"},
	{flags: "municipality edition", write: "--kommune $"},
	{flags: "silent", write: "--quiet"},
}

// correction is a command line that a mistaken one seems to mean. args is nil
// when it can't be guessed, or when nothing needs correcting.
type correction struct {
	args, notes []string
}

// corrector reads a command line word by word.
type corrector struct {
	cmd        *cobra.Command
	rest       []string // still to be read
	dir        string   // the site's
	host, port string
	done       []string
	notes      []string
	changed    bool
	stuck      bool // on a word that can't be guessed
}

func correct(root *cobra.Command, args []string) correction {
	at := commandWord(args)
	if at < 0 {
		return correction{notes: flagsElsewhere(root, root, args)}
	}
	cmd := commandFor(root, args[at])
	if cmd == nil {
		return correction{}
	}
	c := corrector{cmd: cmd, rest: slices.Concat(args[:at], args[at+1:]), dir: ".", done: []string{cmd.Name()}}
	c.changed = cmd.Name() != args[at]
	for len(c.rest) > 0 {
		c.cmd.InheritedFlags() // they are among its flags from now on
		word := c.next()
		switch {
		case word == "--" || word == "-":
			c.stuck = true
		case strings.HasPrefix(word, "--"):
			name, value, inline := strings.Cut(word[2:], "=")
			c.flag(word, c.cmd.Flag(name), name, value, inline)
		case strings.HasPrefix(word, "-"):
			name, value := word[1:2], word[2:]
			c.flag(word, c.cmd.Flags().ShorthandLookup(name), name, strings.TrimPrefix(value, "="), value != "")
		default:
			c.argument(word)
		}
	}
	if c.host != "" || c.port != "" {
		c.write("--addr", net.JoinHostPort(cmp.Or(c.host, "127.0.0.1"), cmp.Or(c.port, "1313")))
	}
	if c.stuck {
		if c.cmd.Name() != args[at] {
			c.note("the command is %q", c.cmd.CommandPath())
		}
		return correction{notes: append(c.notes, flagsElsewhere(root, c.cmd, args)...)}
	}
	if !c.changed {
		return correction{notes: c.notes}
	}
	return correction{c.done, c.notes}
}

// commandWord finds the word that should name the command, or -1.
func commandWord(args []string) int {
	for i := 0; i < len(args); i++ {
		switch {
		case args[i] == "-C" || args[i] == "--dir":
			i++
		case !strings.HasPrefix(args[i], "-"):
			return i
		}
	}
	return -1
}

// commandFor is the command that a word means: its name, what others call it,
// or the nearest; nil when there is none.
func commandFor(root *cobra.Command, word string) *cobra.Command {
	var names []string
	for _, c := range root.Commands() {
		if c.Name() == word || slices.Contains(c.SuggestFor, word) {
			return c
		}
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	if name, ok := diag.Suggest(word, names); ok {
		return commandFor(root, name)
	}
	return nil
}

func (c *corrector) next() string {
	word := c.rest[0]
	c.rest = c.rest[1:]
	return word
}

// note says why, once.
func (c *corrector) note(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !slices.Contains(c.notes, text) {
		c.notes = append(c.notes, text)
	}
}

// write adds what is to be written instead.
func (c *corrector) write(words ...string) {
	c.done, c.changed = append(c.done, words...), true
}

// flag takes a flag, known when it is not nil, with its value if inline.
func (c *corrector) flag(word string, known *pflag.Flag, name, value string, inline bool) {
	if known != nil {
		c.done = append(c.done, word)
		if known.NoOptDefVal == "" && !inline && len(c.rest) > 0 {
			value = c.next()
			c.done = append(c.done, value)
		}
		if known.Name == "dir" {
			c.dir = value
		}
		return
	}
	g, ok := c.guess(word, name)
	if !ok {
		c.stuck = true
		return
	}
	if g.value || strings.Contains(g.write, "$") {
		if !inline && len(c.rest) > 0 && !strings.HasPrefix(c.rest[0], "-") {
			value = c.next()
		}
		c.stuck = c.stuck || value == ""
	}
	if g.note != "" {
		c.note("%s", g.note)
	}
	c.changed = true
	switch g.write {
	case "host $":
		c.host = value
		if host, port, err := net.SplitHostPort(value); err == nil {
			c.host, c.port = host, port
		}
	case "port $":
		c.port = value
	case "serve": // which takes the flag, or says why not
		c.rest = append([]string{word}, c.rest...)
		c.become("serve")
	default:
		for _, w := range strings.Fields(g.write) {
			if w == "$" {
				w = value
			}
			c.write(w)
		}
	}
}

// guess is what an unknown flag means.
func (c *corrector) guess(word, name string) (guess, bool) {
	long, _, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
	if c.cmd.Flag(long) != nil && len(name) == 1 { // -pdf for --pdf
		return c.longFlag(long), true
	}
	for _, g := range guesses {
		if g.command != "" && g.command != c.cmd.Name() {
			continue
		}
		flag, _, _ := strings.Cut(strings.TrimPrefix(g.write, "--"), " ")
		if strings.HasPrefix(g.write, "--") && c.cmd.Flag(flag) == nil {
			continue
		}
		if slices.ContainsFunc(strings.Fields(g.flags), func(f string) bool {
			return f == name || len(name) > 1 && strings.EqualFold(f, name)
		}) {
			return g, true
		}
	}
	var names []string
	c.cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	near, ok := diag.Suggest(name, names)
	if !ok || len(name) == 1 {
		return guess{}, false
	}
	return c.longFlag(near), true
}

// longFlag is the guess that a flag of the command is meant.
func (c *corrector) longFlag(name string) guess {
	if c.cmd.Flag(name).NoOptDefVal == "" {
		return guess{write: "--" + name + " $"}
	}
	return guess{write: "--" + name}
}

// flagsElsewhere says which commands have the flags that this one lacks.
func flagsElsewhere(root, cmd *cobra.Command, args []string) []string {
	var notes []string
	for _, a := range args {
		name, _, _ := strings.Cut(strings.TrimPrefix(a, "--"), "=")
		if !strings.HasPrefix(a, "--") || cmd.Flag(name) != nil {
			continue
		}
		for _, c := range root.Commands() {
			if c.Flag(name) != nil {
				notes = append(notes, fmt.Sprintf("--%s is a flag of %q", name, c.CommandPath()))
			}
		}
	}
	return notes
}

// become makes another command the one that is meant, and reads what was written
// so far again as its.
func (c *corrector) become(name string) {
	c.cmd = commandFor(c.cmd.Root(), name)
	c.rest = slices.Concat(c.done[1:], c.rest)
	c.done, c.changed = []string{name}, true
}

// argument takes a word that is no flag.
func (c *corrector) argument(word string) {
	switch {
	case c.cmd.Flag("kommune") != nil:
		c.part(word)
		return
	case c.cmd.Name() == "new" && word == "site" && len(c.done) == 1: // as Hugo starts one
		c.become("init")
		return
	case c.cmd.Name() == "help":
		if meant := commandFor(c.cmd.Root(), word); meant != nil && meant.Name() != word {
			word, c.changed = meant.Name(), true
		}
	}
	c.done = append(c.done, word)
}

// part takes what seems to ask for a part of the site, from a command for all of
// it: a municipality, a file or a folder.
func (c *corrector) part(word string) {
	if root, inside, ok := siteAround(word); ok {
		if rest, ok := strings.CutPrefix(inside, "kommuner/"); ok {
			slug, _, _ := strings.Cut(rest, "/")
			c.write("--kommune", slug)
		} else {
			c.note("%s always reads the whole site", c.cmd.Name())
		}
		if c.changed = true; root != "." {
			c.write("--dir", root)
			c.dir = root
		}
		return
	}
	slugs, ok := municipalities(c.dir, strings.Split(word, ","))
	switch {
	case ok:
		c.write("--kommune", strings.Join(slugs, ","))
	case c.cmd.Flag("out") != nil && strings.ContainsRune(word, filepath.Separator):
		c.write("--out", word)
	case strings.ContainsRune(word, filepath.Separator):
		c.stuck = true
		c.note("there is no %s", word)
	default:
		c.stuck = true
		c.note("a municipality's edition is asked for with --kommune, but %s has no %q", register, word)
	}
}

// siteAround finds the site that an existing file or folder is, or is part of
// the content of: the site's folder as seen from here, and the place in content.
func siteAround(name string) (root, inside string, ok bool) {
	abs, err := filepath.Abs(name)
	here, err2 := os.Getwd()
	if _, err3 := os.Stat(name); err != nil || err2 != nil || err3 != nil {
		return "", "", false
	}
	for at := abs; ; at = filepath.Dir(at) {
		content := filepath.Join(at, "content")
		rel, err := filepath.Rel(content, abs)
		info, err2 := os.Stat(content)
		if err == nil && err2 == nil && info.IsDir() && (at == abs || filepath.IsLocal(rel)) {
			root, err = filepath.Rel(here, at)
			return root, filepath.ToSlash(rel), err == nil
		}
		if at == filepath.Dir(at) {
			return "", "", false
		}
	}
}
