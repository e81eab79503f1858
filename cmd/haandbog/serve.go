package main

import (
	"log/slog"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"

	"modelhaandbog/generator/preview"
)

func serveCommand() *cobra.Command {
	var opt preview.Options
	c := &cobra.Command{
		Use:   "serve",
		Short: "Preview the handbook in a browser while you write",
		Long: `serve shows the handbook on this machine, watches the files and brings a saved
change to the browser at once. Mistakes are shown on the page and here. Whatever is
on a page can be edited there, and is written to the files; not with --read-only.
It listens on this machine only unless --addr says otherwise, and then nothing can
be edited. Ctrl-C ends it.`,
		SuggestFor: []string{"server", "watch", "preview", "dev", "vis", "start", "run"},
		Args:       takes(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := siteDir(cmd)
			if err != nil {
				return err
			}
			root, err := filepath.Abs(dir)
			if err != nil {
				return err
			}
			if err := knows(root, opt.Build.Kommuner); err != nil {
				return err
			}
			debug.SetGCPercent(400) // an answer now, a collection when nobody waits
			debug.SetMemoryLimit(256 << 20)
			t := terminalOf(cmd)
			opt.Root, opt.Out, opt.Color = root, t.out, t.color
			opt.Log = slog.New(slog.NewTextHandler(t.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
			return preview.Run(cmd.Context(), opt)
		},
	}
	f := c.Flags()
	f.StringVar(&opt.Addr, "addr", "127.0.0.1:1313", "address to listen on")
	f.BoolVar(&opt.PortAuto, "port-auto", false, "take the next free port when the port is taken")
	f.BoolVar(&opt.Poll, "poll", false, "look for changes every half second, for network shares")
	f.BoolVar(&opt.ReadOnly, "read-only", false, "show pages only; nothing can be edited in the browser")
	f.BoolVar(&opt.Open, "open", false, "open a browser")
	f.StringVar(&opt.Editor, "editor", preview.DefaultEditor,
		"address that opens an editor at {file}, {line} and {column}")
	f.VarP((*slugs)(&opt.Build.Kommuner), "kommune", "k", "only these municipalities' editions; begin at the first")
	return c
}
