package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/build"
	"modelhaandbog/generator/model"
)

// told is a statement as the command writes it.
type told struct {
	ID       string   `json:"id"`
	File     string   `json:"fil"`
	Line     int      `json:"linje"`
	Name     string   `json:"navn,omitempty"`
	Text     string   `json:"tekst"`
	Who      string   `json:"hvem,omitempty"`
	When     string   `json:"hvornaar,omitempty"`
	HowOften string   `json:"hvor_tit,omitempty"`
	Force    string   `json:"bindende"`
	Whose    string   `json:"eksempel_fra,omitempty"`
	Basis    string   `json:"grundlag"`
	Derived  []string `json:"udledt,omitempty"`
	Sources  []string `json:"kilde,omitempty"`
	Settled  string   `json:"afgjort,omitempty"`
	Local    bool     `json:"lokal,omitempty"`
	Views    []view   `json:"visninger"`
}

// view is one place where readers meet it.
type view struct {
	Page  string   `json:"side"`
	Words string   `json:"ord"`
	Marks []string `json:"maerker,omitempty"`
}

func statementsCommand() *cobra.Command {
	var models, kommune, format string
	c := &cobra.Command{
		Use:   "statements",
		Short: "List every statement with its marks and where it is shown",
		Long: `statements lists what the models say, one statement a line: its words, who, when
and how often, how binding it is, which of its facets are the editors' reading,
its sources, and the pages and sheets that show it with the words that stand
there. It is what a field editor reads to approve a model.`,
		Example:    "  haandbog statements --model laeringsmiljoe --format csv > udsagn.csv",
		SuggestFor: []string{"udsagn", "claims"},
		Args:       takes(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !slices.Contains([]string{"table", "csv", "json"}, format) {
				return usageError{fmt.Errorf("unknown --format %q: use table, csv or json", format)}
			}
			dir, err := siteDir(cmd)
			if err != nil {
				return err
			}
			opt := build.Options{NoKommuner: kommune == ""}
			if kommune != "" {
				opt.Kommuner = []string{kommune}
			}
			snap, err := readSite(dir, opt)
			if err != nil {
				return err
			}
			edition := snap.Edition(kommune)
			if edition == nil {
				return usageError{fmt.Errorf("the register, content/kommuner.toml, has no municipality %q", kommune)}
			}
			var ids []string
			for _, m := range edition.Book.Handbook.Models {
				ids = append(ids, m.ID)
			}
			if models != "" && !slices.Contains(ids, models) {
				meant := didYouMean(models, ids)
				return usageError{fmt.Errorf("there is no model %q%s; the models are %s",
					models, meant, strings.Join(ids, ", "))}
			}
			return writeStatements(cmd.OutOrStdout(), statementsOf(edition.Book, models), format)
		},
	}
	c.Flags().StringVar(&models, "model", "", "only this model")
	c.Flags().StringVarP(&kommune, "kommune", "k", "", "of this municipality's edition")
	c.Flags().StringVar(&format, "format", "table", "table, csv or json")
	return c
}

func statementsOf(b *book.Book, only string) []told {
	var out []told
	for _, s := range book.Statements(b) {
		if only != "" && !strings.HasPrefix(s.ID, only+"/") {
			continue
		}
		pos := s.At.Pos()
		t := told{ID: s.ID, File: pos.File, Line: pos.Line, Name: s.Name, Text: s.Text, Who: s.Who, When: s.When,
			HowOften: s.HowOften, Force: string(s.Marks.Force), Whose: s.Marks.Whose, Basis: string(s.Marks.Basis),
			Derived: s.Marks.Derived, Settled: s.Marks.Settled.Value, Local: s.At.Local()}
		if t.Force == "" {
			t.Force = string(model.Described)
		}
		if t.Basis == "" {
			t.Basis = string(model.Stated)
		}
		for _, c := range s.Marks.Cites {
			t.Sources = append(t.Sources, strings.TrimSuffix(c.ID+": "+c.Place, ": "))
		}
		for _, v := range s.Views {
			page := v.Page
			if v.Anchor != "" {
				page += "#" + v.Anchor
			}
			t.Views = append(t.Views, view{Page: page, Words: v.Words, Marks: v.Marks})
		}
		out = append(out, t)
	}
	return out
}

func writeStatements(w io.Writer, list []told, format string) error {
	switch format {
	case "json":
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(list)
	case "csv":
		return writeCSV(w, list)
	}
	for _, t := range list {
		fmt.Fprintf(w, "%s\n  %s\n", t.ID, strings.Join(filled(t.Name, t.Text), ": "))
		for _, row := range t.rows()[2:] {
			if row[1] != "" {
				fmt.Fprintf(w, "  %-12s %s\n", row[0], row[1])
			}
		}
		for _, v := range t.Views {
			fmt.Fprintf(w, "  %-12s %s\n", "vises", v.Page)
		}
		fmt.Fprintln(w)
	}
	_, err := fmt.Fprintf(w, "%d udsagn\n", len(list))
	return err
}

// rows are a statement's columns with their names.
func (t told) rows() [][2]string {
	local := ""
	if t.Local {
		local = "ja"
	}
	return [][2]string{{"navn", t.Name}, {"tekst", t.Text}, {"bindende", t.Force}, {"eksempel fra", t.Whose}, {"hvem", t.Who},
		{"hvornår", t.When}, {"hvor tit", t.HowOften}, {"grundlag", t.Basis}, {"udledt", strings.Join(t.Derived, ", ")},
		{"kilde", strings.Join(t.Sources, "; ")}, {"afgjort", t.Settled}, {"lokal", local},
		{"står i", fmt.Sprintf("%s:%d", t.File, t.Line)}}
}

// writeCSV writes a line for each statement and each place that shows it. It
// begins with a byte order mark, without which Excel takes æ, ø and å for others.
func writeCSV(w io.Writer, list []told) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma = ';'
	head := []string{"id"}
	for _, row := range (told{}).rows() {
		head = append(head, row[0])
	}
	if err := out.Write(append(head, "vises på", "med ordene", "med mærkerne")); err != nil {
		return err
	}
	for _, t := range list {
		line := []string{t.ID}
		for _, row := range t.rows() {
			line = append(line, row[1])
		}
		if len(t.Views) == 0 {
			t.Views = []view{{}}
		}
		for _, v := range t.Views {
			if err := out.Write(append(slices.Clip(line), v.Page, v.Words, strings.Join(v.Marks, ", "))); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func filled(words ...string) []string {
	return slices.DeleteFunc(words, func(s string) bool { return s == "" })
}
