package sitetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"modelhaandbog/generator/needs"
)

// nu is the Nu HTML checker.
type nu struct{ java, jar string }

func newNu(t *testing.T) nu {
	return nu{needs.Program(t, "java"), needs.NPM(t, "vnu-jar/build/dist/vnu.jar")}
}

// check runs the checker over pages of a folder, in one Java, and returns its
// errors. It does not see style sheets: it takes light-dark() and other newer
// CSS for mistakes.
func (n nu) check(dir string, pages []string) ([]string, error) {
	// What it says goes to stderr; its exit code is 1 when it found errors.
	args := []string{"-Xss1m", "-XX:+UseSerialGC", "-jar", n.jar, "--errors-only", "--format", "json"}
	run := exec.Command(n.java, append(args, pages...)...)
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
		page := m.URL
		if _, after, ok := strings.Cut(m.URL, filepath.ToSlash(dir)+"/"); ok {
			page = after
		}
		extract := strings.Join(strings.Fields(m.Extract), " ")
		problems = append(problems, fmt.Sprintf("%s:%d: %s: %s", page, m.LastLine, m.Message, extract))
	}
	return problems, nil
}
