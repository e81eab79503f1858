package build

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// swap puts the new tree in the old one's place in one step: afterwards dir
// holds the old tree. File systems that can't exchange two names get two
// renames, and the old site is put back if the second fails.
func swap(dir, out, spare string) error {
	if _, err := os.Lstat(out); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(dir, out)
	}
	err := unix.Renameat2(unix.AT_FDCWD, dir, unix.AT_FDCWD, out, unix.RENAME_EXCHANGE)
	if err == nil {
		return nil
	}
	return swapByRenaming(dir, out, spare)
}

// lockFile takes the lock; the kernel gives it back when the process ends,
// however it ends.
func lockFile(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, fmt.Errorf("locking the output folder: %w", err)
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		return nil, ErrBusy
	}
	return f, nil
}

// writeFile makes a new file with four calls to the kernel. A build makes tens
// of thousands, and os.File makes twice as many calls for each, to be ready for
// what no plain file needs.
func writeFile(to string, data []byte, key string) (record, error) {
	fd, err := unix.Open(to, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_CLOEXEC, 0o644)
	if err != nil {
		return record{}, fmt.Errorf("writing the site: %w", &fs.PathError{Op: "open", Path: to, Err: err})
	}
	for len(data) > 0 && err == nil {
		var n int
		if n, err = unix.Write(fd, data); err == unix.EINTR {
			err = nil
			continue
		}
		data = data[max(n, 0):]
	}
	var st unix.Stat_t
	if err == nil {
		err = unix.Fstat(fd, &st)
	}
	if err = errors.Join(err, unix.Close(fd)); err != nil {
		return record{}, fmt.Errorf("writing the site: %w", &fs.PathError{Op: "write", Path: to, Err: err})
	}
	return record{key, st.Size, st.Mtim.Nano()}, nil
}
