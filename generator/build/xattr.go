//go:build linux || darwin

package build

import (
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// keepExtended gives a file or folder the extended attributes of another: what programs
// note (user.*) and access lists. The system's own are left to it.
func keepExtended(from, to string) error {
	want, err := extended(from)
	if err != nil {
		return err
	}
	now, err := extended(to)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(now)) {
		if _, wanted := want[name]; !wanted {
			err = errors.Join(err, unix.Lremovexattr(to, name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if value, there := now[name]; there && value == want[name] {
			continue
		}
		if e := unix.Lsetxattr(to, name, []byte(want[name]), 0); e != nil {
			err = errors.Join(err, fmt.Errorf("its attribute %s: %w", name, e))
		}
	}
	return err
}

// extended reads the extended attributes to keep.
func extended(name string) (map[string]string, error) {
	list, err := grown(func(b []byte) (int, error) { return unix.Llistxattr(name, b) })
	if errors.Is(err, unix.ENOTSUP) {
		return nil, nil
	}
	out := map[string]string{}
	for key := range strings.SplitSeq(list, "\x00") {
		if key == "" || runtime.GOOS == "linux" && !strings.HasPrefix(key, "user.") &&
			!strings.HasPrefix(key, "system.posix_acl_") {
			continue
		}
		value, e := grown(func(b []byte) (int, error) { return unix.Lgetxattr(name, key, b) })
		if e != nil {
			err = errors.Join(err, fmt.Errorf("its attribute %s: %w", key, e))
		}
		out[key] = value
	}
	return out, err
}

// grown calls read with a buffer that is large enough.
func grown(read func([]byte) (int, error)) (string, error) {
	for size := 1 << 10; ; size *= 8 {
		buffer := make([]byte, size)
		n, err := read(buffer)
		if errors.Is(err, unix.ERANGE) && size < 1<<20 {
			continue
		}
		return string(buffer[:max(n, 0)]), err
	}
}
