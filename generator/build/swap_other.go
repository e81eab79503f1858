//go:build !linux

package build

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// swap puts the new tree in the old one's place with two renames.
func swap(dir, out, spare string) error {
	if _, err := os.Lstat(out); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(dir, out)
	}
	return swapByRenaming(dir, out, spare)
}

// lockFile makes a file that no other build can make at the same time.
func lockFile(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("locking the output folder: %w", err)
	}
	return f, nil
}
