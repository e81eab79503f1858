package host

import (
	"bytes"
	"compress/gzip"
	"errors"
	"path"
)

// Compressible reports whether a file's kind is worth compressing. Word and
// PDF files and pictures of dots are compressed already.
func Compressible(name string) bool {
	switch path.Ext(name) {
	case ".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".ics":
		return true
	}
	return false
}

// Compressor compresses files one after the other. Its zero value is ready; it
// is not for use by several goroutines at once.
type Compressor struct{ w *gzip.Writer }

// Append appends data, compressed as far as gzip can, to dst. The same data
// always gives the same bytes: they hold neither a time nor a name. When a
// compressed copy is not worth its place, because the file is of at most 1,024
// bytes or less than a tenth would be saved, worth is false and dst comes back
// as it was.
func (c *Compressor) Append(dst, data []byte) (gz []byte, worth bool) {
	if len(data) <= 1024 {
		return dst, false
	}
	out := bytes.NewBuffer(dst)
	if c.w == nil {
		var err error
		if c.w, err = gzip.NewWriterLevel(out, gzip.BestCompression); err != nil {
			panic(err) // only an unknown level is an error
		}
	} else {
		c.w.Reset(out)
	}
	_, err := c.w.Write(data)
	if err = errors.Join(err, c.w.Close()); err != nil {
		panic(err) // memory takes all that is written
	}
	if size := out.Len() - len(dst); size > len(data)/10*9 {
		return dst, false
	}
	return out.Bytes(), true
}
