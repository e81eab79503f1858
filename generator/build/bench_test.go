package build_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"modelhaandbog/generator/build"
)

// root is the project's own site: the real content.
const root = "../.."

// BenchmarkRefresh reads the site again after one file was saved, plans the
// national edition and renders one page: what an editor waits for.
func BenchmarkRefresh(b *testing.B) {
	site := build.Open(os.DirFS(root), build.Options{Preview: true})
	for b.Loop() {
		snap, err := site.Read()
		if err != nil {
			b.Fatal(err)
		}
		if _, _, ok := snap.File("laeringsmiljoe/faser/faelles-maal.html"); !ok {
			b.Fatal("no page")
		}
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
