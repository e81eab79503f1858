package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"modelhaandbog/generator/build"
)

func initCommand() *cobra.Command {
	return &cobra.Command{
		Use:        "init DIR",
		Short:      "Start a new site in a folder",
		Long:       "init writes a small handbook with one model to begin from. The folder must be empty or not there.",
		SuggestFor: []string{"site", "create"},
		Args:       takes("folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			entries, err := os.ReadDir(args[0])
			if err == nil && len(entries) > 0 {
				return usageError{fmt.Errorf("%s is not empty", args[0])}
			}
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return fmt.Errorf("making %s: %w", args[0], err)
			}
			return writeNew(cmd, args[0], build.Starter())
		},
	}
}
