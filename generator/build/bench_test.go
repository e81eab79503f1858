package build_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"testing/fstest"
	"time"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/cases"
)

// root is the project's own site: the real content.
const root = "../.."

// BenchmarkSave is what an editor waits for after a save: the changed file is
// read, the national edition planned, and the page in front of them rendered.
func BenchmarkSave(b *testing.B) {
	for _, bench := range []struct{ name, file, page, comment string }{
		{"guidance", "content/modeller/laeringsmiljoe/vejledning/fase/faelles-maal.md", "laeringsmiljoe/faser/faelles-maal.html", "<!-- %d -->"},
		{"toml", "content/modeller/laeringsmiljoe/faser.toml", "laeringsmiljoe/faser/faelles-maal.html", "# %d"},
		{"tasks", "content/modeller/laeringsmiljoe/opgaver.toml", "laeringsmiljoe/roller/laeringsvejleder.html", "# %d"},
		{"shared", "content/begreber.toml", "laeringsmiljoe/faser/faelles-maal.html", "# %d"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			files := cases.Real(b, "")
			site := build.Open(files, build.Options{Preview: true})
			text := files[bench.file].Data
			save := func(i int) {
				data := append(slices.Clone(text), fmt.Sprintf("\n"+bench.comment+"\n", i)...)
				files[bench.file] = &fstest.MapFile{Data: data, ModTime: time.Unix(int64(i), 0)}
				snap, err := site.Read()
				if err != nil {
					b.Fatal(err)
				}
				snap.QuickDiags()
				if _, ok := snap.File(bench.page); !ok {
					b.Fatal("no page")
				}
			}
			save(0)
			i := 0
			for b.Loop() {
				i++
				save(i)
			}
		})
	}
}

// BenchmarkBuild plans and makes all editions, and writes them.
func BenchmarkBuild(b *testing.B) {
	dir := b.TempDir()
	for i := range b.N {
		site := build.Open(os.DirFS(root), build.Options{})
		if _, _, err := build.Run(b.Context(), site, build.Publishing{Out: filepath.Join(dir, strconv.Itoa(i))}); err != nil {
			b.Fatal(err)
		}
	}
}
