package build

import (
	"io/fs"
	"path"
	"strings"

	"modelhaandbog/generator/diag"
)

// Symbolic links. content/, layouts/ and assets/ may be links, and so may
// folders of tables and guidance, which are read and understood. What is
// published byte for byte must lie in the folder itself: a link in contributed
// content would otherwise publish any file of the machine that builds.

// leadsOut reports whether a link on the way to a file, or the file itself,
// leads out of the top folder. A link that names its goal from the root of the
// file system does.
func leadsOut(fsys fs.FS, name string) bool {
	for hops := 0; hops < 40; hops++ {
		at, rest, found := firstLink(fsys, name)
		if !found {
			return false
		}
		goal, err := fs.ReadLink(fsys, at)
		if err != nil || path.IsAbs(goal) {
			return true
		}
		top, _, _ := strings.Cut(name, "/")
		name = path.Join(path.Dir(at), goal, rest)
		if !strings.HasPrefix(name, top+"/") {
			return true
		}
	}
	return true // the links go round
}

// firstLink finds the first symbolic link on the way to a file, below the top
// folder, and what comes after it.
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

// understood reports files whose bytes are not published as they are.
func understood(name string) bool { return path.Ext(name) == ".toml" || path.Ext(name) == ".md" }

func leadingOut(name string) diag.Diag {
	top, _, _ := strings.Cut(name, "/")
	return diag.Diag{Severity: diag.Error, Code: "link-ud", Pos: diag.Pos{File: name}, Message: "det symbolske link fører ud af " + top + "/", Help: "Læg selve filen i mappen."}
}
