package build

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// lockFile takes the lock, or returns ErrBusy: the file can't be opened twice. Windows
// closes it when the process ends.
func lockFile(name string) (*os.File, error) {
	utf16, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return nil, fmt.Errorf("locking the output folder: %w", err)
	}
	const shared = 0
	h, err := windows.CreateFile(utf16, windows.GENERIC_READ|windows.DELETE, shared, nil, windows.OPEN_ALWAYS,
		windows.FILE_FLAG_DELETE_ON_CLOSE, 0)
	if errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_DELETE_PENDING) {
		return nil, ErrBusy
	}
	if err != nil {
		return nil, fmt.Errorf("locking the output folder: %w", &fs.PathError{Op: "open", Path: name, Err: err})
	}
	return os.NewFile(uintptr(h), name), nil
}

// owner is the same for all files: moving them within a volume keeps their owner.
func owner(fs.FileInfo) (uid, gid int) { return -1, -1 }
