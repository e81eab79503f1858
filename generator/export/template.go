package export

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"sync"
	"time"
)

// Template is a sheet as a Word document without an identity. What every
// municipality shares is compressed once; the parts that name the municipality
// are filled in for each. It may be used by several goroutines.
type Template struct {
	model string

	files   []byte // the shared files as they lie in the archive, from its start
	index   []byte // their entries in the archive's directory
	shared  int    // how many they are
	later   []form // the files that carry the identity, after the shared ones
	typical int    // bytes of a finished document, about
}

// form is a file with slots.
type form struct {
	name   string
	pieces []piece
}

// piece is bytes as they are, or a mark for a slot.
type piece struct {
	bytes []byte
	mark  byte // 0 for bytes, else markText, markGiven or markEnd
	slot  slot
}

// slot is a place that the identity fills.
type slot byte

const (
	slotOwner   slot = 1 + iota
	slotFooter       // model, edition and date
	slotAddress      // the page's address
	slotDate         // the edition's date with time, "2026-08-01T00:00:00Z"
	slotLogo         // a run with the logo
	slots
)

// Marks stand before a slot's number in a form's bytes. XML cannot hold them,
// so nothing that an author writes looks like one.
const (
	markText  = 0x01 // the slot's text
	markGiven = 0x02 // what follows is left out when the slot is empty
	markEnd   = 0x03 // until here
	marks     = "\x01\x02\x03"
)

// pressing is how hard a document's text is compressed. Most texts are a municipality's
// own: the default level makes a document 5 % smaller and takes twice as long.
const pressing = 3

// presses keeps compressors, whose tables take longer to make than a sheet.
var presses = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, pressing)
	if err != nil {
		panic(err) // only an unknown level is an error
	}
	return w
}}

// NewTemplate writes what is the same in all copies of s. The identity of s is
// not used. The error is the compressor's, and is not to be expected.
func NewTemplate(s Sheet) (*Template, error) {
	t := &Template{model: s.Model}
	for _, p := range newBody(s).parts() {
		data := p.data
		if bytes.ContainsAny(data, marks) {
			t.later = append(t.later, form{p.name, cut(data)})
			t.typical += 2*len(data) + 200
			continue
		}
		small, err := p.press()
		if err != nil {
			return nil, err
		}
		e := zipEntry{name: p.name, at: len(t.files), method: 8, crc: crc32.ChecksumIEEE(data), stored: len(small),
			size: len(data)}
		t.files = append(e.local(t.files), small...)
		t.index = e.central(t.index)
		t.shared++
	}
	t.typical += len(t.files) + len(t.index)
	return t, nil
}

var pressed sync.Map // bytes → compressed; a memo of the parts that documents have alike

// press compresses the part's bytes. Only the text differs from document to document;
// the rest is compressed once.
func (p packagePart) press() ([]byte, error) {
	alike := p.name != "word/document.xml"
	if small, ok := pressed.Load(string(p.data)); alike && ok {
		return small.([]byte), nil
	}
	press := presses.Get().(*flate.Writer)
	defer presses.Put(press)
	var small bytes.Buffer
	press.Reset(&small)
	if _, err := press.Write(p.data); err != nil {
		return nil, fmt.Errorf("compressing %s of a DOCX: %w", p.name, err)
	}
	if err := press.Close(); err != nil {
		return nil, fmt.Errorf("compressing %s of a DOCX: %w", p.name, err)
	}
	if alike {
		pressed.Store(string(p.data), small.Bytes())
	}
	return small.Bytes(), nil
}

// cut divides a form's bytes at its marks.
func cut(data []byte) []piece {
	var out []piece
	for len(data) > 0 {
		i := bytes.IndexAny(data, marks)
		if i < 0 {
			return append(out, piece{bytes: data})
		}
		out = append(out, piece{bytes: data[:i]}, piece{mark: data[i], slot: slot(data[i+1])})
		data = data[i+2:]
	}
	return out
}

// Append appends the Word document with an identity to dst.
func (t *Template) Append(dst []byte, id Identity) []byte {
	logo := newPicture(id.Logo)
	values := t.values(id)
	values[slotLogo] = logo.run()
	start := len(dst)
	dst = slices.Grow(dst, t.typical)
	dst = append(dst, t.files...)
	var entries []zipEntry
	for _, f := range append(t.later[:len(t.later):len(t.later)], logo.files()...) {
		// The header holds sum and size, which are known when the file is written.
		e := zipEntry{name: f.name, at: len(dst) - start}
		dst = e.local(dst)
		from := len(dst)
		dst = f.fill(dst, &values)
		e.size, e.stored, e.crc = len(dst)-from, len(dst)-from, crc32.ChecksumIEEE(dst[from:])
		e.local(dst[:start+e.at])
		entries = append(entries, e)
	}
	directory := len(dst) - start
	dst = append(dst, t.index...)
	for _, e := range entries {
		dst = e.central(dst)
	}
	return zipEnd(dst, t.shared+len(entries), directory, len(dst)-start-directory)
}

func (f form) fill(dst []byte, values *[slots]string) []byte {
	skip := false
	for _, p := range f.pieces {
		switch {
		case p.mark == markGiven:
			skip = values[p.slot] == ""
		case p.mark == markEnd:
			skip = false
		case skip:
		case p.mark == markText:
			dst = append(dst, values[p.slot]...)
		default:
			dst = append(dst, p.bytes...)
		}
	}
	return dst
}

// values are what the slots hold, as XML.
func (t *Template) values(id Identity) [slots]string {
	out := [slots]string{slotOwner: id.Owner, slotAddress: id.Address,
		slotFooter: strings.Join(filled(t.model, id.Release, id.DateText), " · ")}
	for i, s := range out {
		out[i] = escaped(s)
	}
	if _, err := time.Parse(time.DateOnly, id.ReleaseDate); err == nil {
		out[slotDate] = id.ReleaseDate + "T00:00:00Z"
	}
	return out
}

func escaped(s string) string {
	plain := func(r rune) bool {
		return r >= ' ' && r < 0x7f && !strings.ContainsRune(`&<>"'`, r) || r >= 0xa0 && r < 0xd800
	}
	if !strings.ContainsFunc(s, func(r rune) bool { return !plain(r) }) {
		return s
	}
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a strings.Builder does not fail
	return b.String()
}

// zipEntry is a file of a ZIP archive, dated 1 January 1980, the earliest that
// ZIP can say. at is where it begins, counted from the archive's start.
type zipEntry struct {
	name             string
	method           uint16 // 0 stored, 8 deflated
	crc              uint32
	at, stored, size int
}

const zipDate = 1<<5 | 1 // MS-DOS: year since 1980 <<9, month <<5, day

var le = binary.LittleEndian

// local appends the header that stands before the file's bytes.
func (e *zipEntry) local(dst []byte) []byte {
	dst = append(dst, "PK\x03\x04"...)
	dst = e.common(dst)
	return append(dst, e.name...)
}

// central appends the file's entry in the archive's directory.
func (e *zipEntry) central(dst []byte) []byte {
	dst = append(dst, "PK\x01\x02"...)
	dst = le.AppendUint16(dst, 20) // made by version 2.0
	dst = e.common(dst)
	dst = append(dst, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0) // no comment, first disk, no attributes
	dst = le.AppendUint32(dst, uint32(e.at))
	return append(dst, e.name...)
}

// common is what both headers say, in the same order.
func (e *zipEntry) common(dst []byte) []byte {
	dst = le.AppendUint16(dst, 20) // needs version 2.0
	dst = le.AppendUint16(dst, 0)  // no flags
	dst = le.AppendUint16(dst, e.method)
	dst = le.AppendUint16(dst, 0) // midnight
	dst = le.AppendUint16(dst, zipDate)
	dst = le.AppendUint32(dst, e.crc)
	dst = le.AppendUint32(dst, uint32(e.stored))
	dst = le.AppendUint32(dst, uint32(e.size))
	dst = le.AppendUint16(dst, uint16(len(e.name)))
	return le.AppendUint16(dst, 0) // no extra field
}

// zipEnd appends the end of the archive's directory, which lies at an offset
// and has a size.
func zipEnd(dst []byte, files, at, size int) []byte {
	dst = append(dst, "PK\x05\x06\x00\x00\x00\x00"...)
	dst = le.AppendUint16(dst, uint16(files))
	dst = le.AppendUint16(dst, uint16(files))
	dst = le.AppendUint32(dst, uint32(size))
	dst = le.AppendUint32(dst, uint32(at))
	return le.AppendUint16(dst, 0)
}
