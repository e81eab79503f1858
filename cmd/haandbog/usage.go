package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"modelhaandbog/generator/diag"
)

// usageError is a command line that makes no sense.
type usageError struct{ error }

// explain says what is wrong with a command line, and where the help is.
func explain(w io.Writer, cmd *cobra.Command, err error, args []string) {
	if at := commandWord(args); !cmd.HasParent() && at >= 0 && isNone(cmd, args[at]) {
		err = oneOf("command", cmd)(cmd, args[at:])
	}
	fmt.Fprintf(w, "%s: %v\nSee %q.\n", cmd.CommandPath(), err, cmd.CommandPath()+" --help")
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

// misuse makes wrong flags and arguments of a command and its subcommands usage
// errors.
func misuse(c *cobra.Command) {
	check := c.Args
	if check == nil {
		check = cobra.ArbitraryArgs
	}
	c.Args = func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{err}
		}
		return nil
	}
	c.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		var unknown *pflag.NotExistError
		if errors.As(err, &unknown) {
			if hint := about(cmd, unknown); hint != "" {
				err = fmt.Errorf("%w; %s", err, hint)
			}
		}
		return usageError{err}
	})
	for _, sub := range c.Commands() {
		misuse(sub)
	}
}

// takes checks that a command is given one argument for each name, and says
// which is missing: takes("municipality").
func takes(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return fmt.Errorf("names no %s; write %q", names[len(args)], form(cmd))
		case len(args) > len(names) && len(names) == 0:
			return fmt.Errorf("takes no argument, but got %q%s", args[0], whole(cmd))
		case len(args) > len(names):
			last, extra := names[len(names)-1], args[len(names)]
			return fmt.Errorf("takes one %s at a time, but got %q too; write %q", last, extra, form(cmd))
		}
		return nil
	}
}

// whole says how a command for all of a site is told of a part of it, or of another.
func whole(cmd *cobra.Command) string {
	if cmd.Flag("kommune") == nil {
		return ""
	}
	return "; --kommune asks for a municipality's edition, --dir for another site"
}

// takesAtMost checks that a command is given no more than n arguments.
func takesAtMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return fmt.Errorf("got %q too; write %q", args[n], form(cmd))
		}
		return nil
	}
}

// oneOf checks that the first argument, if any, is a subcommand of c.
func oneOf(what string, c *cobra.Command) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) > 0 && isNone(c, args[0]) {
			meant := ""
			if near := nearest(c, args[0]); near != "" {
				meant = fmt.Sprintf("; did you mean %q?", c.CommandPath()+" "+near)
			}
			return fmt.Errorf("unknown %s %q%s", what, args[0], meant)
		}
		return nil
	}
}

// nearest is the subcommand that a word means, by what others call it or by its
// spelling; "" when there is none.
func nearest(c *cobra.Command, word string) string {
	var names []string
	for _, sub := range c.Commands() {
		if slices.Contains(sub.SuggestFor, word) {
			return sub.Name()
		}
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	near, _ := diag.Suggest(word, names)
	return near
}

// form is how a command is written, "haandbog review KOMMUNE".
func form(cmd *cobra.Command) string {
	_, arguments, _ := strings.Cut(cmd.Use, " ")
	return strings.TrimSpace(cmd.CommandPath() + " " + arguments)
}

// isNone reports whether no subcommand of c is called so.
func isNone(c *cobra.Command, word string) bool {
	return !slices.ContainsFunc(c.Commands(), func(c *cobra.Command) bool { return c.Name() == word })
}
