package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// usageError is a command line that makes no sense.
type usageError struct{ error }

// explain says what is wrong with a command line, what to write instead when
// that can be guessed, and where the help is.
func explain(w io.Writer, cmd *cobra.Command, err error, args []string) {
	if at := commandWord(args); !cmd.HasParent() && at >= 0 && isNone(cmd, args[at]) {
		err = fmt.Errorf("unknown command %q", args[at])
	}
	fmt.Fprintf(w, "%s: %v\n", cmd.CommandPath(), err)
	fix := correct(cmd.Root(), args)
	for _, note := range fix.notes {
		fmt.Fprintf(w, "Note: %s.\n", note)
	}
	if fix.args != nil {
		fmt.Fprintf(w, "Did you mean this?\n\n    haandbog %s\n\n", strings.Join(quoted(fix.args), " "))
	}
	fmt.Fprintf(w, "See %q.\n", cmd.CommandPath()+" --help")
}

// quoted writes arguments as a shell reads them.
func quoted(args []string) []string {
	out := make([]string, len(args))
	for i, a := range args {
		out[i] = a
		if a == "" || strings.ContainsAny(a, " \t\n\"'\\$&|;<>()*?[]#~`!{}") {
			out[i] = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
	}
	return out
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
	c.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return usageError{err} })
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
			return fmt.Errorf("takes no argument, but got %q", args[0])
		case len(args) > len(names):
			last, extra := names[len(names)-1], args[len(names)]
			return fmt.Errorf("takes one %s at a time, but got %q too; write %q", last, extra, form(cmd))
		}
		return nil
	}
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
			return fmt.Errorf("unknown %s %q", what, args[0])
		}
		return nil
	}
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
