package host

import (
	"bytes"
	"compress/gzip"
	"errors"
	"path"
)

// Compressible reports whether a file's format is worth compressing. Word files, PDFs and
// raster images are compressed already.
func Compressible(name string) bool {
	switch path.Ext(name) {
	case ".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".ics":
		return true
	}
	return false
}

// Compressor compresses files. The zero value is ready; it is not safe for concurrent
// use.
type Compressor struct{ w *gzip.Writer }

// Append compresses data with gzip's best compression and appends it to dst. The same
// data always gives the same bytes, without a time or name. If data has at most 1,024
// bytes, or compression would save less than a tenth, worth is false and gz equals dst.
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
