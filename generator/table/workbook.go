package table

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/xml"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"modelhaandbog/generator/book"
	"modelhaandbog/generator/wording"
)

// Template is a workbook without the name of the edition: what editions share is made and
// compressed once. It may be used by several goroutines.
type Template struct{ files []file }

// file is a file of the archive. That of the first sheet has slots and is compressed later.
type file struct {
	name string
	data []byte
	head *zip.FileHeader // nil for the one with slots
}

// slotOwner and slotRelease stand for them on the first sheet; content has no such letters.
const slotOwner, slotRelease = "\ue000", "\ue001"

// NewTemplate writes a page's tables.
func NewTemplate(page *book.Page, words *wording.Words) *Template {
	w := newWriter(page, words)
	defer w.Close()
	about := tabName(words.Text("projektplan.om"))
	must(w.SetSheetName("Sheet1", about))
	for _, t := range page.Tabs() {
		w.sheet(t)
	}
	w.paper(about)
	w.about(about, page)
	into := &archive{}
	w.SetZipWriter(func(io.Writer) excelize.ZipWriter { return into })
	_, err := w.WriteToBuffer()
	must(err)
	return into.template()
}

// about writes the first sheet: what the workbook is, the day of the start, what is
// counted, and what the marks mean.
func (w *writer) about(name string, page *book.Page) {
	s, err := w.NewStreamWriter(name)
	must(err)
	must(s.SetColWidth(1, 1, 44))
	must(s.SetColWidth(2, 2, 22))
	must(s.SetColWidth(3, 3, 70))
	row := 0
	put := func(values ...any) {
		row++
		must(s.SetRow(at(1, row), values))
	}
	text := func(v string) excelize.Cell { return excelize.Cell{StyleID: w.bold, Value: v} }
	put(text(page.Title))
	put(slotOwner)
	put(slotRelease)
	tabs := page.Tabs()
	if i := slices.IndexFunc(tabs, planned); i >= 0 {
		put(text(w.words.Text("projektplan.begynder")), excelize.Cell{StyleID: w.input, Value: serial(w.start)},
			w.words.Text("projektplan.begynder-note", "ark", tabs[i].Tab))
	}
	for _, t := range tabs {
		for i, f := range t.Fill {
			if len(f.Choices) > 0 {
				put()
				put(text(w.words.Text("projektplan.optalt", "ark", t.Tab, "felt", f.Title)))
				w.counts(put, t, f, i)
			}
		}
	}
	put()
	for _, sec := range page.Sections {
		for _, b := range sec.Blocks {
			if box, ok := b.(book.Box); ok && box.Plain != "" {
				put(text(box.Title), nil, box.Plain)
			}
		}
	}
	must(s.Flush())
}

func planned(t book.Table) bool {
	return slices.ContainsFunc(t.Fill, func(f book.Fill) bool { return f.Planned })
}

// counts says how many rows have each choice of a column.
func (w *writer) counts(put func(...any), t book.Table, f book.Fill, i int) {
	all := rows(t, w.words)
	col, err := excelize.ColumnNumberToName(len(all[0]) - len(t.Fill) + i + 1)
	must(err)
	where := fmt.Sprintf("%s!$%s$2:$%s$%d", quoted(tabName(t.Tab)), col, col, len(all))
	for _, choice := range f.Choices {
		count := fmt.Sprintf(`COUNTIF(%s,"%s")`, where, strings.ReplaceAll(choice, `"`, `""`))
		put(choice, excelize.Cell{Formula: count, Value: 0})
	}
	put(w.words.Text("projektplan.i-alt"), len(all)-1)
}

// archive gathers the files that the library writes in no certain order.
type archive struct{ files []file }

func (a *archive) Create(name string) (io.Writer, error) {
	a.files = append(a.files, file{name: name})
	return &part{a, len(a.files) - 1}, nil
}

func (a *archive) AddFS(fs.FS) error { return nil }
func (a *archive) Close() error      { return nil }

type part struct {
	in *archive
	i  int
}

func (p *part) Write(data []byte) (int, error) {
	p.in.files[p.i].data = append(p.in.files[p.i].data, data...)
	return len(data), nil
}

// template compresses the files that have no slots; the list of contents is the first.
func (a *archive) template() *Template {
	slices.SortFunc(a.files, func(x, y file) int { return cmp.Compare(x.name, y.name) })
	for i, f := range a.files {
		// The library marks the result of a formula as text; all of ours are numbers.
		f.data = bytes.ReplaceAll(f.data, []byte(` t="str"><f>`), []byte("><f>"))
		if bytes.Contains(f.data, []byte(slotOwner)) {
			continue
		}
		var small bytes.Buffer
		press, err := flate.NewWriter(&small, flate.DefaultCompression)
		must(err)
		press.Write(f.data) // a bytes.Buffer does not fail
		must(press.Close())
		a.files[i].head = &zip.FileHeader{Name: f.name, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(f.data),
			CompressedSize64: uint64(small.Len()), UncompressedSize64: uint64(len(f.data))}
		a.files[i].data = small.Bytes()
	}
	return &Template{a.files}
}

// Append appends the workbook of an edition to dst.
func (t *Template) Append(dst []byte, owner, release string) []byte {
	out := bytes.NewBuffer(dst)
	z := zip.NewWriter(out)
	for _, f := range t.files {
		var w io.Writer
		var err error
		data := f.data
		if f.head != nil {
			w, err = z.CreateRaw(f.head)
		} else {
			w, err = z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate})
			data = []byte(strings.NewReplacer(slotOwner, escaped(owner), slotRelease, escaped(release)).Replace(string(data)))
		}
		must(err)
		w.Write(data) // a bytes.Buffer does not fail
	}
	must(z.Close())
	return out.Bytes()
}

func escaped(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a strings.Builder does not fail
	return b.String()
}
