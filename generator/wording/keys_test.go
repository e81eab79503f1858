package wording

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"modelhaandbog/assets"
	"modelhaandbog/layouts"
)

// rooms are the packages whose words stand in ord.toml, and the layouts and
// scripts.
var rooms = []string{"../book", "../export", "../feed", "../render", "../table", "../wording"}

// TestKeys goes through the code of the rooms for the keys that it asks for. It
// fails for one that is not in ord.toml, and for one there that nothing asks for.
// A function that hands a key on, or makes one by putting something before or
// after, is found by what it calls.
func TestKeys(t *testing.T) {
	u := &usage{literals: map[string]bool{}, keys: map[string]string{}, positions: token.NewFileSet()}
	u.files(t, layouts.FS, "layouts/", regexp.MustCompile(`\bord "([^"]+)"`))
	u.files(t, assets.FS, "assets/", InScript)
	for _, room := range rooms {
		u.functions, u.takers = nil, map[string][]taker{}
		u.read(t, room)
		for range 5 { // until what a function hands on is known through all that call it
			for _, f := range u.functions {
				u.function(f)
			}
		}
	}
	w := Standard()
	known := slices.Sorted(maps.Keys(w.texts))
	known = append(known, slices.Sorted(maps.Keys(w.lists))...)
	for key, where := range u.keys {
		if !strings.Contains(key, anything) && !strings.HasSuffix(key, ".") && !slices.Contains(known, key) && !optional(key) {
			t.Errorf("%s: %q is not in ord.toml", where, key)
		}
	}
	for _, key := range known {
		if !u.asks(key) {
			t.Errorf("ord.toml: nothing asks for %q", key)
		}
	}
	if len(u.keys) < 300 {
		t.Errorf("found %d keys only", len(u.keys))
	}
}

// optional keys are asked after before they are asked for.
func optional(key string) bool {
	return strings.HasSuffix(key, ".over") || strings.HasSuffix(key, ".lede") || strings.HasSuffix(key, ".alias")
}

const (
	hole     = "\x00" // in a pattern, the parameter
	anything = "\x01" // in a key, what is only known when it runs
)

// taker is a parameter that becomes a key.
type taker struct {
	arg     int
	pattern string // "antal." + hole
}

type usage struct {
	functions []function
	takers    map[string][]taker // by name, with a dot before methods
	literals  map[string]bool    // all texts in the code
	keys      map[string]string  // asked for, and where
	positions *token.FileSet
}

// function is one with a name, or one that a variable holds, whose calls are known
// inside the outer function only.
type function struct {
	name   string
	params []string
	body   *ast.BlockStmt
}

func (u *usage) read(t *testing.T, room string) {
	names, err := filepath.Glob(room + "/*.go")
	if err != nil || len(names) == 0 {
		t.Fatalf("no code in %s", room)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(u.positions, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if s, err := strconv.Unquote(n.Value); err == nil {
					u.literals[s] = true
				}
			case *ast.FuncDecl:
				u.functions = append(u.functions, function{"." + n.Name.Name, params(n.Type), n.Body},
					function{n.Name.Name, params(n.Type), n.Body})
			case *ast.AssignStmt:
				lit, isFunc := n.Rhs[0].(*ast.FuncLit)
				if name, ok := n.Lhs[0].(*ast.Ident); ok && isFunc && len(n.Lhs) == 1 {
					u.functions = append(u.functions, function{name.Name, params(lit.Type), lit.Body})
				}
			}
			return true
		})
	}
}

// files finds the keys that layouts or scripts ask for.
func (u *usage) files(t *testing.T, folder fs.FS, above string, asks *regexp.Regexp) {
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, name)
		for _, m := range asks.FindAllStringSubmatch(string(data), -1) {
			u.keys[m[1]] = above + name
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func params(f *ast.FuncType) []string {
	var out []string
	for _, field := range f.Params.List {
		for _, name := range field.Names {
			out = append(out, name.Name)
		}
	}
	return out
}

// function finds the keys that a function asks for, and its parameters that become
// keys.
func (u *usage) function(f function) {
	ast.Inspect(f.body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		for _, taker := range u.takersOf(call) {
			if taker.arg >= len(call.Args) {
				continue
			}
			for _, value := range f.values(call.Args[taker.arg], 3) {
				u.note(f, strings.Replace(taker.pattern, hole, value, 1), u.positions.Position(call.Pos()).String())
			}
		}
		return true
	})
}

// takersOf are the parameters of what is called that become keys.
func (u *usage) takersOf(call *ast.CallExpr) []taker {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return u.takers[f.Name]
	case *ast.SelectorExpr:
		of := ""
		switch x := f.X.(type) {
		case *ast.Ident:
			of = x.Name
		case *ast.SelectorExpr:
			of = x.Sel.Name
		}
		if strings.EqualFold(of, "words") || of == "w" {
			switch f.Sel.Name {
			case "Text", "List", "Has":
				return []taker{{0, hole}}
			case "Count":
				return []taker{{0, hole + ".en"}, {0, hole + ".flere"}}
			}
		}
		return u.takers["."+f.Sel.Name]
	}
	return nil
}

var number = regexp.MustCompile(hole + `\d+` + hole)

func (u *usage) note(f function, key, where string) {
	if !strings.Contains(key, hole) {
		if key != anything {
			u.keys[key] = where
		}
		return
	}
	i := strings.Index(key, hole)
	end := i + strings.Index(key[i+1:], hole) + 2
	arg, err := strconv.Atoi(key[i+1 : end-1])
	if err != nil {
		return
	}
	pattern := key[:i] + hole + number.ReplaceAllString(key[end:], anything)
	if t := (taker{arg, pattern}); !slices.Contains(u.takers[f.name], t) {
		u.takers[f.name] = append(u.takers[f.name], t)
	}
}

// values are what an expression may be: texts, in which a parameter stands as its
// number between holes.
func (f function) values(e ast.Expr, deep int) []string {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, _ := strconv.Unquote(e.Value)
		return []string{s}
	case *ast.ParenExpr:
		return f.values(e.X, deep)
	case *ast.BinaryExpr:
		var out []string
		for _, a := range f.values(e.X, deep) {
			for _, b := range f.values(e.Y, deep) {
				out = append(out, a+b)
			}
		}
		return out
	case *ast.CallExpr: // a conversion, or a choice
		switch name := callee(e); {
		case name == "string" || name == "Key":
			return f.values(e.Args[0], deep)
		case name == "Or":
			return append(f.values(e.Args[0], deep), f.values(e.Args[1], deep)...)
		}
	case *ast.Ident:
		if i := slices.Index(f.params, e.Name); i >= 0 {
			return append(f.assigned(e.Name, deep), hole+strconv.Itoa(i)+hole)
		}
		if found := f.assigned(e.Name, deep); len(found) > 0 {
			return found
		}
	}
	return []string{anything}
}

func callee(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// assigned are the values that a variable is given in the function.
func (f function) assigned(name string, deep int) []string {
	var out []string
	if deep == 0 {
		return nil
	}
	ast.Inspect(f.body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				if id, ok := l.(*ast.Ident); ok && id.Name == name && len(n.Rhs) == len(n.Lhs) {
					out = append(out, f.values(n.Rhs[i], deep-1)...)
				}
			}
		case *ast.RangeStmt: // over words that stand there
			id, ok := n.Value.(*ast.Ident)
			list, is := n.X.(*ast.CompositeLit)
			if ok && is && id.Name == name {
				for _, e := range list.Elts {
					out = append(out, f.values(e, deep-1)...)
				}
			}
		}
		return true
	})
	return out
}

// asks reports whether the code asks for a key: by name, or by one that is put
// together when it runs. Of that, what stands before its ending must be a text of
// the code.
func (u *usage) asks(key string) bool {
	if _, ok := u.keys[key]; ok {
		return true
	}
	for k := range u.keys {
		before, after, made := strings.Cut(k, anything)
		if !made || !regexp.MustCompile("^"+strings.ReplaceAll(regexp.QuoteMeta(k), anything, ".+")+"$").MatchString(key) {
			continue
		}
		if before != "" || u.literals[strings.TrimSuffix(key, after)] {
			return true
		}
	}
	return false
}
