package build

import (
	"io/fs"
	"path"
	"strings"

	"modelhaandbog/generator/diag"
)

// Symbolic links. content/, layouts/ and assets/ may be links, and so may
// folders of tables and guidance, which are parsed. A file that is published byte
// for byte must be in the folder itself: otherwise a link in contributed content
// could publish any file of the build machine.

// leavesSite reports whether a link on the path of a file, or the file itself, leads
// out of the top folder. Every absolute link does.
func leavesSite(fsys fs.FS, name string) bool {
	for hops := 0; hops < 40; hops++ {
		at, rest, found := firstLink(fsys, name)
		if !found {
			return false
		}
		target, err := fs.ReadLink(fsys, at)
		if err != nil || path.IsAbs(target) {
			return true
		}
		top, _, _ := strings.Cut(name, "/")
		name = path.Join(path.Dir(at), target, rest)
		if !strings.HasPrefix(name, top+"/") {
			return true
		}
	}
	return true // a cycle of links
}

// firstLink splits a path at its first symbolic link below the top folder. rest is
// the part after the link.
func firstLink(fsys fs.FS, name string) (at, rest string, found bool) {
	parts := strings.Split(name, "/")
	for i := 2; i <= len(parts); i++ {
		at = path.Join(parts[:i]...)
		if info, err := fs.Lstat(fsys, at); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return at, path.Join(parts[i:]...), true
		}
	}
	return "", "", false
}

// isParsed reports whether a file is parsed, not published as it is.
func isParsed(name string) bool { return path.Ext(name) == ".toml" || path.Ext(name) == ".md" }

func leavesSiteDiag(name string) diag.Diag {
	top, _, _ := strings.Cut(name, "/")
	return diag.Diag{Severity: diag.Error, Code: "link-ud", Pos: diag.Pos{File: name},
		Message: "det symbolske link fører ud af " + top + "/", Help: "Læg selve filen i mappen."}
}
