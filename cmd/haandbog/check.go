package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
)

func checkCommand() *cobra.Command {
	var format, today string
	var opt build.Options
	c := &cobra.Command{
		Use:   "check",
		Short: "Say what is wrong with the content",
		Long: `check reads everything, plans every edition and lists all errors and warnings
in one run. It writes nothing.`,
		SuggestFor: []string{"tjek", "lint", "validate", "test"},
		Args:       takes(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !slices.Contains([]string{"text", "json", "github"}, format) {
				return usageError{fmt.Errorf("unknown --format %q: use text, json or github", format)}
			}
			if _, err := time.Parse("2006-01-02", today); today != "" && err != nil {
				return usageError{fmt.Errorf("--today %q is not a date (YYYY-MM-DD)", today)}
			}
			t := terminalOf(cmd)
			dir, err := siteDir(cmd)
			if err != nil {
				return err
			}
			snap, err := readSite(dir, opt)
			if err != nil {
				return err
			}
			diags := diag.Sort(append(snap.AllDiags(cmd.Context()), snap.CheckFrozen()...))
			if !diag.HasErrors(diags) {
				diags = diag.Sort(append(diags, snap.RenderDiags()...))
			}
			if today != "" {
				diags = diag.Sort(append(diags, snap.Overdue(today)...))
			}
			if err := t.show(dir, diags, format); err != nil {
				return err
			}
			if diag.HasErrors(diags) {
				return failure(diags)
			}
			if len(diags) == 0 && format == "text" {
				t.say(t.out, "Ingen fejl.")
			}
			return nil
		},
	}
	quietFlag(c)
	c.Flags().StringVar(&format, "format", "text", "text, json or github")
	c.Flags().StringVar(&today, "today", "", "also warn of reviews that are overdue on this date (YYYY-MM-DD)")
	c.Flags().VarP((*slugs)(&opt.Kommuner), "kommune", "k", "check only these municipalities' editions")
	return c
}
