package sitetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// npm is where make test installs the packages of .ci/package-lock.json.
const npm = "../../../.ci/node_modules"

// newerCSS are rules that browsers know and the checker does not, yet.
var newerCSS = regexp.MustCompile(`Unrecognized at-rule “@(container|view-transition|starting-style|property|scope)”`)

// checkNu runs the Nu HTML checker over pages and style sheets of a folder and
// returns its errors. It is run once for each of the two: asked to check style
// sheets as well, it gives wrong lines for pages.
func checkNu(dir string, files []string) ([]string, error) {
	var pages, sheets []string
	for _, name := range files {
		if filepath.Ext(name) == ".css" {
			sheets = append(sheets, name)
		} else {
			pages = append(pages, name)
		}
	}
	problems, err := runNu(dir, pages)
	if err != nil || len(sheets) == 0 {
		return problems, err
	}
	inSheets, err := runNu(dir, append([]string{"--css"}, sheets...))
	return append(problems, inSheets...), err
}

// runNu runs one Java over files, which options may stand before.
func runNu(dir string, files []string) ([]string, error) {
	java, err := exec.LookPath("java")
	if err != nil {
		return nil, fmt.Errorf("%w: run make test, which installs it", err)
	}
	jar, err := filepath.Abs(filepath.Join(npm, "vnu-jar/build/dist/vnu.jar"))
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(jar); err != nil {
		return nil, fmt.Errorf("the Nu HTML checker: %w: run make test, which installs it", err)
	}
	// What it says goes to stderr; its exit code is 1 when it found errors.
	args := []string{"-Xss1m", "-XX:+UseSerialGC", "-jar", jar, "--errors-only", "--format", "json"}
	run := exec.Command(java, append(args, files...)...)
	run.Dir = dir
	var said strings.Builder
	run.Stderr = &said
	var exit *exec.ExitError
	if err := run.Run(); err != nil && !errors.As(err, &exit) {
		return nil, fmt.Errorf("running the Nu HTML checker: %w", err)
	}
	var report struct {
		Messages []struct {
			Type, URL, Message, Extract string
			LastLine                    int
		}
	}
	if err := json.Unmarshal([]byte(said.String()), &report); err != nil {
		return nil, fmt.Errorf("the Nu HTML checker said %.500q: %w", said.String(), err)
	}
	if run.ProcessState.ExitCode() > 1 || run.ProcessState.ExitCode() == 1 && len(report.Messages) == 0 {
		return nil, fmt.Errorf("the Nu HTML checker failed: %.500q", said.String())
	}
	var problems []string
	for _, m := range report.Messages {
		if newerCSS.MatchString(m.Message) {
			continue
		}
		page := m.URL
		if _, after, ok := strings.Cut(m.URL, filepath.ToSlash(dir)+"/"); ok {
			page = after
		}
		problems = append(problems, fmt.Sprintf("%s:%d: %s: %s", page, m.LastLine, m.Message, strings.Join(strings.Fields(m.Extract), " ")))
	}
	return problems, nil
}
