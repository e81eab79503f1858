// Command testreport reads what "go test -json" says and tells it as go test
// does: a line for each package, and all that a failing test said. At the end
// stands how many tests passed, and which were skipped because something that
// they need is missing. It exits with 1 when anything failed.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
)

// event is a line of go test -json; see "go doc test2json".
type event struct {
	Action, Package, Test, Output string
}

// need is what package needs says when it skips a test.
var need = regexp.MustCompile(`\bneeds (.+): (.+)\n`)

func main() {
	said := map[string]*strings.Builder{} // what has been said, by package and test
	count := map[string]int{}             // tests, by how they ended
	skipped := map[string]int{}           // tests, by what they need
	broken := false
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			fmt.Println(lines.Text()) // not from a test
			continue
		}
		id := e.Package + " " + e.Test
		if said[id] == nil {
			said[id] = &strings.Builder{}
		}
		switch {
		case e.Action == "output" || e.Action == "build-output":
			said[id].WriteString(e.Output)
			continue
		case e.Action != "pass" && e.Action != "fail" && e.Action != "skip" && e.Action != "build-fail":
			continue
		case e.Action == "skip":
			if m := need.FindStringSubmatch(said[id].String()); m != nil {
				skipped[fmt.Sprintf("need %s: %s", m[1], m[2])]++
			}
		case strings.HasSuffix(e.Action, "fail"):
			fmt.Print(said[id])
		}
		if e.Test != "" {
			count[e.Action]++
		} else if e.Action == "pass" {
			fmt.Print(closing(said[id].String()))
		} else if e.Action != "skip" { // there are no tests
			broken = true
		}
		delete(said, id)
	}
	for _, what := range slices.Sorted(maps.Keys(skipped)) {
		fmt.Printf("skipped: %d tests that %s\n", skipped[what], what)
	}
	fmt.Printf("%d passed, %d failed\n", count["pass"], count["fail"])
	if err := lines.Err(); err != nil {
		fmt.Fprintln(os.Stderr, "reading what go test says:", err)
		os.Exit(1)
	}
	if broken || count["fail"] > 0 || count["pass"] == 0 {
		os.Exit(1)
	}
}

// closing is the last line that a package that passed says.
func closing(said string) string {
	lines := slices.Collect(strings.Lines(said))
	if len(lines) == 0 {
		return ""
	}
	return lines[len(lines)-1]
}
