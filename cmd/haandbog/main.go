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
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/preview"
	"modelhaandbog/generator/schema"
)

// Exit codes.
const (
	exitDone        = 0
	exitContent     = 1   // the content has errors
	exitUsage       = 2   // the command was misused
	exitFault       = 3   // a fault of ours or the machine's
	exitInterrupted = 130 // by Ctrl-C, or told to end
)

// Diagnostics have been shown and nothing was built: because of the content, or
// because of what was asked for.
var (
	errContent = errors.New("the content has errors")
	errAsked   = errors.New("there is no such thing to build")
)

func main() { os.Exit(run()) }

// run is main, with its exit code given back so that deferred calls happen.
func run() (code int) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(os.Stderr, "haandbog: internal fault: %v\n%s\n", r, debug.Stack())
			fmt.Fprintln(os.Stderr, "Please report this with the command you ran, and what \"haandbog version\" says.")
			code = exitFault
		}
	}()
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) { // as nohup has it
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	defer stop()
	context.AfterFunc(ctx, stop) // the second Ctrl-C does not wait
	cmd, err := newRoot().ExecuteContextC(ctx)
	var usage usageError
	var option preview.OptionError
	var refusal *build.Refusal
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errContent):
		return exitContent
	case errors.Is(err, errAsked):
		return exitUsage
	case ctx.Err() != nil: // whatever broke because of it
		fmt.Fprintln(os.Stderr, "haandbog: interrupted; the site is as it was")
		return exitInterrupted
	case errors.As(err, &usage), errors.As(err, &option):
		explain(os.Stderr, cmd, err, os.Args[1:])
		return exitUsage
	case errors.As(err, &refusal):
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
3 a fault of the program or the machine, 130 interrupted.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       readStamp().String(),
		Args:          takes(),
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetVersionTemplate("haandbog {{.Version}}\n")
	root.PersistentFlags().StringP("dir", "C", ".", "the site's folder: the one that holds content/")
	root.AddCommand(buildCommand(), checkCommand(), serveCommand(), newCommand(), initCommand(),
		explainCommand(), schemaCommand(), reviewCommand(), releaseCommand(), changesCommand(), statementsCommand(), versionCommand())
	root.InitDefaultCompletionCmd()
	root.InitDefaultHelpCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "completion": // by itself cobra lets anything pass
			c.Args, c.RunE = oneOf("shell", c), root.RunE
		case "help":
			c.Args = oneOf("command", root)
		}
	}
	misuse(root)
	return root
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

// kindsOf are the kinds of the handbook in the command's folder, or the built-in ones.
func kindsOf(cmd *cobra.Command) *schema.Set {
	dir, err := siteDir(cmd)
	if err != nil {
		return model.Schema()
	}
	return build.Kinds(os.DirFS(dir))
}

func readSite(dir string, opt build.Options) (*build.Snapshot, error) {
	snap, err := build.Open(os.DirFS(dir), opt).Read()
	if errors.Is(err, build.ErrNoContent) {
		return nil, noContent(dir)
	}
	return snap, err
}

func noContent(dir string) error {
	return usageError{fmt.Errorf("%s holds no content/ folder; run haandbog where it is, use --dir, "+
		"or make a new site with \"haandbog init DIR\"", dir)}
}
