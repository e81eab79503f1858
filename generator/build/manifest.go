package build

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

// manifest lists the files that a build wrote.
type manifest struct {
	sum      string // of the input
	warnings int
	files    map[string]record
	editions map[string]string // the sum of what each edition without diagnostics was made from
}

type record struct {
	key  string
	size int64
	time int64 // modification time in nanoseconds: a file changed by others is written again
}

func readManifest(name string) manifest {
	m := manifest{files: map[string]record{}, editions: map[string]string{}}
	data, err := os.ReadFile(name)
	if err != nil {
		return m
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for first := true; lines.Scan(); first = false {
		line := lines.Text()
		if first {
			sum, warnings, _ := strings.Cut(line, " ")
			m.sum = sum
			m.warnings, _ = strconv.Atoi(warnings)
			continue
		}
		key, rest, _ := strings.Cut(line, " ")
		size, rest, isFile := strings.Cut(rest, " ")
		if !isFile {
			m.editions[size] = key
			continue
		}
		stamp, path, ok := strings.Cut(rest, " ")
		if !ok {
			return manifest{files: map[string]record{}} // not a manifest of ours
		}
		r := record{key: key}
		r.size, _ = strconv.ParseInt(size, 10, 64)
		r.time, _ = strconv.ParseInt(stamp, 10, 64)
		m.files[path] = r
	}
	return m
}

// write writes the manifest: a line with the input's sum and the number of warnings,
// then "sum slug" for each edition and "key size time path" for each file.
func (m manifest) write(name string) error {
	paths := make([]string, 0, len(m.files))
	for p := range m.files {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	buf := fmt.Appendf(nil, "%s %d\n", m.sum, m.warnings)
	for _, slug := range slices.Sorted(maps.Keys(m.editions)) {
		buf = fmt.Appendf(buf, "%s %s\n", m.editions[slug], slug)
	}
	for _, p := range paths {
		r := m.files[p]
		buf = append(buf, r.key...)
		buf = append(buf, ' ')
		buf = strconv.AppendInt(buf, r.size, 10)
		buf = append(buf, ' ')
		buf = strconv.AppendInt(buf, r.time, 10)
		buf = append(buf, ' ')
		buf = append(append(buf, p...), '\n')
	}
	if err := os.WriteFile(name, buf, 0o644); err != nil {
		return fmt.Errorf("writing the list of files: %w", err)
	}
	return nil
}
