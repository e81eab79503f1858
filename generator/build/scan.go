package build

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync/atomic"

	"golang.org/x/text/unicode/norm"

	"modelhaandbog/generator/diag"
)

// file is one file of the site as it was read.
type file struct {
	path  string
	stamp stamp
	data  []byte
	sum   [sha256.Size]byte
	*parsed
}

// stamp is a file's size and modification time in nanoseconds: a cheap test for
// changes. It is zero for a missing file and for one that can't be read.
type stamp struct{ size, time int64 }

func stampOf(info fs.FileInfo) stamp { return stamp{info.Size(), info.ModTime().UnixNano()} }

// Scan is the bytes of a site, not yet parsed.
type Scan struct {
	Sum [sha256.Size]byte // of everything that the output depends on

	national [sha256.Size]byte // of all but the municipalities' folders
	names    []string
	files    map[string]*file
	diags    []diag.Diag
	past     *past
}

// Scan reads the files that changed since the last scan. Two scans with the same
// Sum give the same site.
func (s *Site) Scan() (*Scan, error) {
	s.listed = nil
	return s.Rescan()
}

// Rescan is Scan when no file has come, gone or got another name since the last scan: it
// lists no folders, which takes longer than to look at the files.
func (s *Site) Rescan() (*Scan, error) {
	if s.listed == nil {
		names, diags, err := s.walk()
		if err != nil {
			return nil, err
		}
		s.listed = &listing{names: names, diags: diags}
		s.frozen = s.history()
	}
	names, diags := s.listed.names, s.listed.diags
	scan := &Scan{files: map[string]*file{}, diags: diags, past: s.frozen}
	read, errs := make([]*file, len(names)), make([]error, len(names))
	inParallel(names, func(i int, name string) { read[i], errs[i] = s.read(name, s.files[norm.NFC.String(name)]) })
	sum, national := sha256.New(), sha256.New()
	both := io.MultiWriter(sum, national)
	fmt.Fprintf(both, "%q\n", fmt.Sprintf("%+v", s.opt))
	for i, name := range names {
		switch {
		case errors.Is(errs[i], fs.ErrNotExist):
			continue // deleted since it was listed
		case errs[i] != nil:
			return nil, errs[i]
		}
		name = norm.NFC.String(name) // as links write it
		scan.names = append(scan.names, name)
		scan.files[name] = read[i]
		to := both
		if locate(name).kommune != "" {
			to = sum
		}
		to.Write([]byte(name))
		to.Write(read[i].sum[:])
	}
	both.Write(scan.past.sum[:])
	for _, d := range diags {
		fmt.Fprintf(both, "%v %s\n", d.Pos, d.Message)
	}
	scan.Sum, scan.national = [sha256.Size]byte(sum.Sum(nil)), [sha256.Size]byte(national.Sum(nil))
	s.files = scan.files
	return scan, nil
}

// Changed lists the files, sorted, whose bytes differ from an earlier scan.
func (s *Scan) Changed(earlier *Scan) []string {
	var out []string
	for name, f := range s.files {
		if was := earlier.files[name]; was == nil || was.sum != f.sum {
			out = append(out, name)
		}
	}
	for name := range earlier.files {
		if s.files[name] == nil {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// BeingSaved reports whether one of the files is empty or has changed since it
// was scanned: an editor may be in the middle of saving it.
func (s *Site) BeingSaved(scan *Scan, names []string) bool {
	var saving atomic.Bool
	inParallel(names, func(_ int, name string) {
		var was, now stamp
		f := scan.files[name]
		if f != nil {
			was = f.stamp
		}
		if f != nil {
			name = f.path
		}
		if info, err := fs.Stat(s.fsys, name); err == nil {
			now = stampOf(info)
		}
		if was != now || f != nil && f.sum == sha256.Sum256(nil) {
			saving.Store(true)
		}
	})
	return saving.Load()
}

// read returns the file as it was read before, nil for never, while its stamp is the same,
// or reads it.
func (s *Site) read(name string, old *file) (*file, error) {
	info, err := fs.Stat(s.fsys, name)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return unreadable(name), nil
	case err != nil:
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	now := stampOf(info)
	if old != nil && old.stamp == now && !recent(info) {
		return old, nil
	}
	if info.Size() > maxFile {
		return &file{path: name, stamp: now, sum: sha256.Sum256(fmt.Append(nil, now)),
			parsed: failedParse(name,
				diag.Diag{Severity: diag.Error, Code: "for-stor-fil", Pos: diag.Pos{File: name},
					Message: fmt.Sprintf("filen fylder %d MB, og grænsen er %d MB", info.Size()>>20,
						maxFile>>20), Help: "Del filen op, eller gør billedet mindre."})}, nil
	}
	data, err := fs.ReadFile(s.fsys, name)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return unreadable(name), nil
	case err != nil:
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	sum := sha256.Sum256(data)
	if old != nil && old.sum == sum {
		kept := *old
		kept.stamp = now
		return &kept, nil
	}
	return &file{path: name, stamp: now, data: data, sum: sum, parsed: &parsed{}}, nil
}

// unreadable is the file that stands in for one without read permission.
func unreadable(name string) *file {
	return &file{path: name,
		parsed: failedParse(name,
			diag.Diag{Severity: diag.Error, Code: "ingen-adgang", Pos: diag.Pos{File: name},
				Message: "filen kan ikke læses, fordi der ikke er adgang til den",
				Help:    "Giv læseadgang til den, der bygger."})}
}

// maxFile is the largest file that is read into memory, in bytes.
const maxFile = 8 << 20
