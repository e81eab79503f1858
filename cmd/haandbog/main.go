// Command haandbog turns a folder of TOML and Markdown into a Danish handbook:
// it builds, checks and previews it. Help and flags are English, for those who
// run it; what is said about the content is Danish, for those who write it.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/preview"
)

// Exit codes.
const (
	exitDone    = 0
	exitContent = 1 // the content has errors
	exitUsage   = 2 // the command was misused
	exitFault   = 3 // a fault of ours or the machine's
)

// Diagnostics have been shown and nothing was built: because of the content, or
// because of what was asked for.
var (
	errContent = errors.New("the content has errors")
	errAsked   = errors.New("there is no such thing to build")
)

// usageError is a command line that makes no sense.
type usageError struct{ error }

func main() { os.Exit(run()) }

// run is main, with its exit code given back so that deferred calls happen.
func run() (code int) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(os.Stderr, "haandbog: internal fault: %v\n%s\nPlease report this with the command you ran.\n", r, debug.Stack())
			code = exitFault
		}
	}()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRoot()
	err := root.ExecuteContext(ctx)
	var usage usageError
	var option preview.OptionError
	var foreign *build.ForeignError
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errContent):
		return exitContent
	case errors.Is(err, errAsked):
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "haandbog: interrupted; the site is as it was")
		return exitFault
	case errors.As(err, &usage):
		fmt.Fprintf(os.Stderr, "haandbog: %v\nRun 'haandbog --help' for the commands.\n", usage.error)
		return exitUsage
	case errors.As(err, &option):
		fmt.Fprintf(os.Stderr, "haandbog: %v\n", err)
		return exitUsage
	case errors.As(err, &foreign):
		fmt.Fprintf(os.Stderr, "haandbog: %v\n", err)
		return exitUsage
	}
	fmt.Fprintf(os.Stderr, "haandbog: %v\n", err)
	return exitFault
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "haandbog",
		Short: "Build a Danish handbook of intervention models from TOML and Markdown",
		Long: `haandbog turns the folder content/ into a handbook: a national edition in
public/ and one for each municipality in public/kommuner/.

  haandbog build      build the whole handbook into public/
  haandbog serve      preview it in a browser while you write
  haandbog check      say what is wrong with the content, and build nothing

It is run in the folder that holds content/, or told where that is with --dir.

Exit codes: 0 done, 1 the content has errors, 2 the command was misused,
3 a fault of the program or the machine.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.PersistentFlags().StringP("dir", "C", ".", "the site's folder: the one that holds content/")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	for _, c := range []*cobra.Command{buildCommand(), checkCommand(), serveCommand(), newCommand(), initCommand(), schemaCommand(), reviewCommand(), versionCommand()} {
		misuse(c)
		root.AddCommand(c)
	}
	misuse(root)
	return root
}

// misuse makes wrong arguments a usage error.
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
	for _, sub := range c.Commands() {
		misuse(sub)
	}
}

func siteDir(cmd *cobra.Command) (string, error) {
	dir, err := cmd.Flags().GetString("dir")
	if err != nil {
		return "", err
	}
	info, err := os.Stat(dir)
	if err != nil || !info.IsDir() {
		return "", usageError{fmt.Errorf("--dir %s is not a folder", dir)}
	}
	return dir, nil
}

func noContent(dir string) error {
	return usageError{fmt.Errorf("%s holds no content/ folder; run haandbog where it is, use --dir, or make a new site with 'haandbog init'", dir)}
}
