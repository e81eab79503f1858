package build

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"modelhaandbog/generator/diag"
)

// manifest lists the files that a build wrote.
type manifest struct {
	sum      string // of the input
	warnings int
	files    map[string]record
	editions map[string]made
}

// made is what an edition was made from, and what is told of it as long as that is so.
type made struct {
	sum   string
	diags []diag.Diag
}

type record struct {
	key  string
	size int64
	time int64 // modification time in nanoseconds: a file changed by others is written again
}

func readManifest(name string) manifest {
	data, err := os.ReadFile(name)
	m := manifest{files: make(map[string]record, bytes.Count(data, []byte("\n"))), editions: map[string]made{}}
	if err != nil {
		return m
	}
	first, rest, _ := strings.Cut(string(data), "\n")
	m.sum, first, _ = strings.Cut(first, " ")
	m.warnings, _ = strconv.Atoi(first)
	for line := range strings.Lines(rest) {
		key, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if sum, ok := strings.CutPrefix(key, "@"); ok {
			slug, told, _ := strings.Cut(rest, " ")
			e := made{sum: sum}
			if json.Unmarshal([]byte(told), &e.diags) == nil {
				m.editions[slug] = e
			}
			continue
		}
		size, rest, _ := strings.Cut(rest, " ")
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
// then "@sum slug diagnostics" for each edition, the last as JSON, and "key size time path"
// for each file.
func (m manifest) write(name string) error {
	paths := make([]string, 0, len(m.files))
	for p := range m.files {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	const typical = 150 // bytes of a line
	buf := fmt.Appendf(make([]byte, 0, typical*len(m.files)), "%s %d\n", m.sum, m.warnings)
	for _, slug := range slices.Sorted(maps.Keys(m.editions)) {
		e := m.editions[slug]
		told, err := json.Marshal(e.diags)
		if err != nil {
			return fmt.Errorf("writing the list of files: %w", err)
		}
		buf = fmt.Appendf(buf, "@%s %s %s\n", e.sum, slug, told)
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
