package main

import (
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
)

// table is printed when it is whole, with its notes below.
type table struct {
	title string
	head  []string
	rows  [][]string
	notes []string
}

func newTable(title string, head ...string) *table { return &table{title: title, head: head} }

func (t *table) row(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) note(format string, args ...any) {
	t.notes = append(t.notes, fmt.Sprintf(format, args...))
}

// costHead is the head of a table of builds.
var costHead = []string{"", "pages", "files", "MB", "wall s", "user s", "sys s", "CPU ms/page", "peak MB", "pages/s"}

// cost adds the row of a build.
func (t *table) cost(name string, tr tree, c cost) {
	t.row(name, fmt.Sprint(tr.pages), fmt.Sprint(tr.files), fmt.Sprintf("%.1f", float64(tr.bytes)/1e6),
		fmt.Sprintf("%.2f", c.wall), fmt.Sprintf("%.2f", c.user), fmt.Sprintf("%.2f", c.sys),
		fmt.Sprintf("%.2f", 1e3*c.cpu()/float64(tr.pages)), fmt.Sprintf("%.0f", float64(c.peak)/1e6),
		fmt.Sprintf("%.0f", float64(tr.pages)/c.wall))
}

// print shows the first column to the left and the others to the right.
func (t *table) print() {
	fmt.Printf("\n%s\n%s\n", t.title, strings.Repeat("─", len([]rune(t.title))))
	width := 0
	for _, row := range t.rows {
		width = max(width, len([]rune(row[0])))
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, row := range append([][]string{t.head}, t.rows...) {
		fmt.Fprintf(w, "%-*s\t%s\t\n", width, row[0], strings.Join(row[1:], "\t"))
	}
	w.Flush()
	for _, n := range t.notes {
		fmt.Println("- " + n)
	}
}
