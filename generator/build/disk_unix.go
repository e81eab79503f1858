//go:build unix

package build

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// lockFile takes the lock, or returns ErrBusy. The kernel releases it when the
// process ends.
func lockFile(name string) (*os.File, error) {
	for {
		f, err := os.OpenFile(name, os.O_CREATE|os.O_RDONLY, 0o644)
		if err != nil {
			return nil, fmt.Errorf("locking the output folder: %w", err)
		}
		if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
			f.Close()
			if errors.Is(err, unix.EWOULDBLOCK) {
				return nil, ErrBusy
			}
			return nil, fmt.Errorf("locking the output folder: %w", &fs.PathError{Op: "flock", Path: name, Err: err})
		}
		held, err := f.Stat()
		if there, thereErr := os.Lstat(name); err == nil && thereErr == nil && os.SameFile(held, there) {
			return f, nil
		}
		f.Close() // its last holder removed it after we had opened it
	}
}

// owner gives a file's user and group.
func owner(info fs.FileInfo) (uid, gid int) {
	st := info.Sys().(*syscall.Stat_t)
	return int(st.Uid), int(st.Gid)
}
