package build

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/release"
	"modelhaandbog/generator/source"
)

// ReleasesFile is where releases are told of, in content/.
const ReleasesFile = "udgaver.toml"

// Drafts reports what is a draft in the tables. A release that is one is left out: it
// tells of what is to come.
func (snap *Snapshot) Drafts() []diag.Diag {
	var out []diag.Diag
	look := func(root *source.Node) {
		for _, kind := range root.Items {
			list := kind.Items
			if kind.Key == "model" {
				list = []*source.Node{kind}
			}
			for _, n := range list {
				if draft := n.Get("kladde"); kind.Key != "udgave" && draft != nil && draft.Bool {
					out = append(out, diag.Diag{Severity: diag.Error, Code: "kladde", Pos: draft.Pos, Width: draft.Width,
						Message: fmt.Sprintf("%s \"%s\" er en kladde, og en udgave har ingen kladder", kind.Key, n.Key),
						Help:    "Gør den færdig, og slet kladde = true, eller tag den ud, til den er færdig."})
				}
			}
		}
	}
	look(snap.national.Tables.Shared)
	for _, m := range snap.national.Tables.Models {
		look(m)
	}
	return out
}

// Head is what content/udgaver.toml says of a release, and the file when it says so.
type Head struct {
	Date, Note string
	Data       []byte
}

// ReleaseHead gives content/udgaver.toml a release. date is the one that was asked for,
// or ""; day is the one to use where neither the file nor anybody says one.
func (snap *Snapshot) ReleaseHead(number, date, day, note string) (Head, error) {
	file := snap.files["content/"+ReleasesFile]
	var data []byte
	if file != nil {
		data = slices.Clone(file.data)
	}
	for _, u := range itemsOf(snap.national.Tables.Shared.Get("udgave")) {
		if n := u.Get("nummer"); n == nil || n.Str != number {
			continue
		}
		return told(u, data, number, date, day, note)
	}
	if len(data) > 0 && data[len(data)-1] != '\n' {
		data = append(data, '\n')
	}
	name := note
	if name == "" {
		name = "Udgave " + number
	}
	data = fmt.Appendf(data, "\n[udgave.u%s]\nnummer = %s\ndato = %s\nnavn = %s\n", strings.ReplaceAll(number, ".", "-"),
		source.Quote(number), source.Quote(day), source.Quote(name))
	return Head{day, name, data}, nil
}

// told is the file when it has the release already. A draft is none any more, and a draft's
// day is the one asked for.
func told(u *source.Node, data []byte, number, date, day, note string) (Head, error) {
	head := Head{Note: note, Data: data}
	if n := u.Get("dato"); n != nil {
		head.Date = n.Str
	}
	if n := u.Get("navn"); n != nil && note == "" {
		head.Note = n.Str
	}
	draft := u.Get("kladde")
	if draft == nil || !draft.Bool {
		if date != "" && date != head.Date {
			return head, &release.Refusal{Why: fmt.Sprintf("%s says that release %s is of %s, and --date says %s", u.Pos.File,
				number, head.Date, date)}
		}
		return head, nil
	}
	if u.Pos.File != "content/"+ReleasesFile {
		return head, &release.Refusal{Why: fmt.Sprintf("release %s is a draft in %s; move it to content/%s", number,
			u.Pos.File, ReleasesFile)}
	}
	lines := strings.SplitAfter(string(data), "\n")
	lines[draft.Pos.Line-1] = ""
	if n := u.Get("dato"); n != nil {
		head.Date = day
		lines[n.Pos.Line-1] = dateLine.ReplaceAllString(lines[n.Pos.Line-1], "${1}"+source.Quote(day))
	}
	head.Data = []byte(strings.Join(lines, ""))
	return head, nil
}

var dateLine = regexp.MustCompile(`^(\s*dato\s*=\s*)"[^"]*"`)

func itemsOf(n *source.Node) []*source.Node {
	if n == nil {
		return nil
	}
	return n.Items
}
