package build

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// swap exchanges the new tree and the old one atomically; afterwards dir holds the
// old tree. On file systems that can't, it renames twice.
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

// writeFile creates a file with four system calls. A build writes tens of thousands
// of files, and os.File makes twice as many calls for each.
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
