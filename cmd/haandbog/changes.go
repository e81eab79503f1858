package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"modelhaandbog/generator/release"
)

// changed is a change as the command writes it.
type changed struct {
	ID    string   `json:"id"`
	Was   string   `json:"foer_id,omitempty"`
	What  string   `json:"hvad"`
	Key   string   `json:"noegle,omitempty"`
	Name  string   `json:"navn"`
	Text  string   `json:"punkt,omitempty"`
	Old   string   `json:"foer,omitempty"`
	New   string   `json:"nu,omitempty"`
	Roles []string `json:"roller,omitempty"`
	Why   string   `json:"hvorfor,omitempty"`
	Minor bool     `json:"uvaesentlig,omitempty"`
	Local bool     `json:"lokal,omitempty"`
}

func writeChanges(w io.Writer, list []release.Change, format string) error {
	told := make([]changed, len(list))
	for i, c := range list {
		told[i] = changed{c.Path(), c.Was, string(c.What), c.Key, c.Name, c.Text, c.Old, c.New, c.Roles, c.Why,
			c.Minor, c.Local}
	}
	if format == "json" {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(told)
	}
	for i, c := range told {
		fmt.Fprintf(w, "%s  %s", c.ID, c.What)
		if label := list[i].Label; label != "" {
			fmt.Fprintf(w, " (%s)", label)
		}
		fmt.Fprintln(w)
		for _, row := range [][2]string{{"navn", c.Name}, {"punkt", c.Text}, {"før", c.Old}, {"nu", c.New},
			{"roller", strings.Join(c.Roles, ", ")}, {"hvorfor", c.Why}} {
			if row[1] != "" {
				fmt.Fprintf(w, "  %-8s %s\n", row[0], strings.ReplaceAll(row[1], "\n", "\n           "))
			}
		}
		if c.Minor {
			fmt.Fprintln(w, "  uvæsentlig")
		}
	}
	_, err := fmt.Fprintf(w, "%d ændringer\n", len(list))
	return err
}
