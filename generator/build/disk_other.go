//go:build !linux

package build

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// swap replaces the old tree with the new one by renaming twice.
func swap(dir, out, spare string) error {
	if _, err := os.Lstat(out); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(dir, out)
	}
	return swapByRenaming(dir, out, spare)
}

// writeFile creates a file.
func writeFile(to string, data []byte, key string) (record, error) {
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return record{}, fmt.Errorf("writing the site: %w", err)
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return record{}, fmt.Errorf("writing the site: %w", err)
	}
	info, err := f.Stat()
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return record{}, fmt.Errorf("writing the site: %w", err)
	}
	return record{key, info.Size(), info.ModTime().UnixNano()}, nil
}
