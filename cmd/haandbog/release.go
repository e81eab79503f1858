package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/release"
)

func releaseCommand() *cobra.Command {
	var date, note, kommune string
	c := &cobra.Command{
		Use:   "release [NUMBER]",
		Short: "Freeze the content as a release",
		Long: `release writes what the handbook says now to content/udgaver/NUMBER/: the national
content, and each municipality's own where it has changed since it was frozen last.
Files that are as they were in an earlier release are named, not copied. What is frozen
is never written again; 'haandbog check' tells when somebody has.

It adds [udgave.…] to content/udgaver.toml, unless that has the release already. One that
is a draft there, with its changes, is no draft any more.

With --kommune it freezes one municipality's own, between the releases.`,
		Example:    "  haandbog release 1.2 --date 2027-03-01 --note \"Nye møder\"\n  haandbog release --kommune odense",
		SuggestFor: []string{"freeze", "udgave", "publish"},
		Args:       cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 0) == (kommune == "") {
				return usageError{errors.New("say either the number of the release, or --kommune")}
			}
			dir, err := siteDir(cmd)
			if err != nil {
				return err
			}
			f := freezer{dir: dir, t: terminalOf(cmd)}
			if kommune != "" {
				return f.municipality(cmd.Context(), kommune, date)
			}
			return f.national(cmd.Context(), args[0], date, note)
		},
	}
	c.Flags().StringVar(&date, "date", "", "the day it is published (YYYY-MM-DD); today when it is not given")
	c.Flags().StringVar(&note, "note", "", "what the release is, in a few words of Danish")
	c.Flags().StringVarP(&kommune, "kommune", "k", "", "freeze this municipality's own")
	return c
}

// freezer freezes the content of a site.
type freezer struct {
	dir string
	t   terminal
}

// read reads the site. It shows what is wrong with it and gives an error when that keeps
// it from being frozen.
func (f freezer) read(ctx context.Context, opt build.Options) (*build.Snapshot, error) {
	snap, err := readSite(f.dir, opt)
	if err != nil {
		return nil, err
	}
	diags := diag.Sort(slices.Concat(snap.AllDiags(ctx), snap.CheckFrozen(), snap.Drafts()))
	diags = slices.DeleteFunc(diags, func(d diag.Diag) bool { return d.Severity != diag.Error })
	if len(diags) == 0 {
		return snap, nil
	}
	if err := f.t.show(f.dir, diags, "text"); err != nil {
		return nil, err
	}
	return nil, failure(diags)
}

func (f freezer) municipality(ctx context.Context, slug, date string) error {
	snap, err := f.read(ctx, build.Options{Kommuner: []string{slug}})
	if err != nil {
		return err
	}
	if snap.Edition(slug) == nil {
		return usageError{fmt.Errorf("the register, content/kommuner.toml, has no municipality %q", slug)}
	}
	writes, err := snap.History().FreezeLocal(slug, cmp.Or(date, today()), snap.Frozen())
	if err != nil {
		return usageError{err}
	}
	if len(writes) == 0 {
		f.t.say(f.t.out, slug+": intet er ændret, siden kommunens eget sidst blev frosset.")
		return nil
	}
	if err := f.write("", writes); err != nil {
		return err
	}
	f.t.say(f.t.out, fmt.Sprintf("%s: frosset i %s, %d nye filer.", slug,
		strings.TrimSuffix(writes[len(writes)-1].Path, ".sha256"), len(writes)-1))
	return nil
}

func (f freezer) national(ctx context.Context, number, date, note string) error {
	snap, err := f.read(ctx, build.Options{})
	if err != nil {
		return err
	}
	if snap.History().Find(number) != nil {
		_, err := snap.History().Freeze(number, date, note, nil) // says that it is there
		return usageError{err}
	}
	head, err := snap.ReleaseHead(number, date, cmp.Or(date, today()), note)
	if err != nil {
		return usageError{err}
	}
	content := snap.Frozen()
	at := slices.IndexFunc(content, func(c release.Content) bool { return c.Name == build.ReleasesFile })
	if at < 0 {
		content = append(content, release.Content{Name: build.ReleasesFile})
		at = len(content) - 1
	}
	content[at].Data = head.Data
	writes, err := snap.History().Freeze(number, head.Date, head.Note, content)
	if err != nil {
		return usageError{err}
	}
	name := filepath.Join(f.dir, "content", build.ReleasesFile)
	if err := os.WriteFile(name, head.Data, 0o644); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	if err := f.write(number, writes); err != nil {
		return err
	}
	f.t.say(f.t.out, fmt.Sprintf("Udgave %s af %s er frosset i %s/%s: %d nye filer, resten som før.", number, head.Date,
		release.Dir, number, len(writes)))
	return nil
}

// write writes frozen files. Those of a release come into place together, when all are
// written; those of a municipality have their list last, without which they aren't read.
func (f freezer) write(number string, writes []release.Write) error {
	final := filepath.Join(f.dir, filepath.FromSlash(release.Dir), number)
	beside := filepath.Join(f.dir, filepath.FromSlash(release.Dir), "."+number+".tmp")
	for _, w := range writes {
		name := filepath.Join(f.dir, filepath.FromSlash(w.Path))
		if number != "" {
			name = filepath.Join(beside, strings.TrimPrefix(name, final))
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return fmt.Errorf("freezing: %w", err)
		}
		if err := os.WriteFile(name, w.Data, 0o644); err != nil {
			return fmt.Errorf("freezing: %w", err)
		}
	}
	if number == "" {
		return nil
	}
	if err := os.Rename(beside, final); err != nil {
		return fmt.Errorf("freezing: %w", err)
	}
	return nil
}

func today() string { return time.Now().Format(time.DateOnly) }

func changesCommand() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "changes [FROM [TO]]",
		Short: "List what has changed since a release, statement by statement",
		Long: `changes compares two frozen releases, or one with the content as it is now, and lists
each difference with the roles that it concerns. Without FROM it begins with the last
release; without TO it ends with the content as it is now.`,
		Example: "  haandbog changes 1.0 1.1\n  haandbog changes --format json",
		Args:    cobra.MaximumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains([]string{"text", "json"}, format) {
				return usageError{fmt.Errorf("unknown --format %q: use text or json", format)}
			}
			dir, err := siteDir(cmd)
			if err != nil {
				return err
			}
			snap, err := readSite(dir, build.Options{NoKommuner: true})
			if err != nil {
				return err
			}
			ends := [2]*release.Release{snap.History().Last()}
			for i, number := range args {
				if ends[i] = snap.History().Find(number); ends[i] == nil {
					return usageError{fmt.Errorf("release %q is not frozen", number)}
				}
			}
			if ends[0] == nil {
				return usageError{errors.New("no release is frozen yet; run \"haandbog release NUMBER\" first")}
			}
			return writeChanges(cmd.OutOrStdout(), snap.Changes(ends[0], ends[1]), format)
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text or json")
	return c
}
