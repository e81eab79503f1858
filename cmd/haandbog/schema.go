package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema [DIR]",
		Short: "Write JSON Schemas for the TOML files, for editors",
		Long: `schema writes a JSON Schema for each kind of TOML file into DIR (.skemaer in the
site's folder, if none is given) and .taplo.toml beside content/, which makes
Visual Studio Code (with "Even Better TOML") and other editors use them:
completion, descriptions in Danish and marks at mistakes while you write.`,
		Args: takesAtMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := siteDir(cmd)
			if err != nil {
				return err
			}
			folder := filepath.Join(dir, ".skemaer")
			if len(args) == 1 {
				folder = args[0]
			}
			from, err := filepath.Abs(dir)
			if err != nil {
				return err
			}
			to, err := filepath.Abs(folder)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(from, to)
			if err != nil {
				return usageError{fmt.Errorf("%s can't be reached from %s", folder, dir)}
			}
			set := kindsOf(cmd)
			settings := set.Settings(filepath.ToSlash(rel))
			files := []startFile{{filepath.Join(dir, ".taplo.toml"), string(settings)}}
			for _, f := range set.Files() {
				files = append(files, startFile{filepath.Join(folder, f.Name), string(f.Data)})
			}
			if err := os.MkdirAll(folder, 0o755); err != nil {
				return fmt.Errorf("making %s: %w", folder, err)
			}
			for _, f := range files {
				if err := os.WriteFile(f.name, []byte(f.text), 0o644); err != nil {
					return fmt.Errorf("writing %s: %w", f.name, err)
				}
				fmt.Fprintln(cmd.OutOrStdout(), f.name)
			}
			return nil
		},
	}
}
