package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/overlay"
	"modelhaandbog/generator/source"
)

func reviewCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "review KOMMUNE",
		Short: "Record that a municipality's adaptations are reviewed",
		Long: `review writes content/kommuner/<id>/gennemgaaet.toml: the national wording under
each adaptation as it is now, and a fingerprint of the adaptation. When the national
text changes later, 'haandbog check' shows what changed, old beside new; when an
adaptation does, that it is not reviewed yet.`,
		Args: takes("municipality"),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := siteDir(cmd)
			if err != nil {
				return err
			}
			slug := args[0]
			snap, err := readSite(dir, build.Options{Kommuner: []string{slug}})
			if err != nil {
				return err
			}
			t := terminalOf(cmd)
			if diags := snap.AllDiags(cmd.Context()); diag.HasErrors(diags) {
				if err := t.show(dir, diags, "text"); err != nil {
					return err
				}
				return failure(diags)
			}
			if _, err := fs.Stat(os.DirFS(dir), "content/kommuner/"+slug); err != nil {
				return usageError{fmt.Errorf("there is no folder content/kommuner/%s", slug)}
			}
			review := snap.Review(slug)
			to := filepath.Join(dir, "content/kommuner", slug, "gennemgaaet.toml")
			if err := os.WriteFile(to, reviewed(snap.Handbook(), review), 0o644); err != nil {
				return fmt.Errorf("writing %s: %w", to, err)
			}
			fmt.Fprintf(t.out, "%s: %d nationale værdier, som kommunens tilpasninger bygger på.\n", to, len(review.National))
			return nil
		},
	}
}

// reviewed is gennemgaaet.toml: the edition, the national values and what the
// municipality's own sum up to.
func reviewed(h *model.Handbook, r overlay.Review) []byte {
	b := []byte("# Skrevet af 'haandbog review'. Den nationale tekst, som den var, da kommunen\n" +
		"# sidst gennemgik sine tilpasninger, og fingeraftryk af dem. Ret den ikke i hånden.\n")
	if len(h.Releases()) > 0 {
		b = fmt.Appendf(b, "udgave = %s\n", source.Quote(h.Releases()[0].Number))
	}
	table := func(name string, values [][2]string) {
		b = fmt.Appendf(b, "\n[%s]\n", name)
		for _, v := range values {
			b = fmt.Appendf(b, "%s = %s\n", source.Quote(v[0]), source.Quote(v[1]))
		}
	}
	table("national", r.National)
	table("lokal", r.Local)
	return b
}
