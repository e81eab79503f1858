// Package searchtest runs the browser's search engine, assets/soeg.js, for
// tests: it is given an index and gives back what a reader would see. All tests
// of a run share one Node process, which ends with them.
package searchtest

import (
	_ "embed"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"sync"
	"testing"

	"modelhaandbog/assets"
	"modelhaandbog/generator/needs"
)

// Engine answers from one index.
type Engine struct {
	tb testing.TB
	id int
}

// Result is one answer: a page, or a thing on one. Anchor is empty when the
// result is the page itself.
type Result struct {
	Path    string
	Anchor  string
	Title   string // of the page, or the name of the thing
	Page    string // title of the page that a thing stands on, else ""
	Kind    struct{ ID string }
	Snippet string // one sentence, plain text
	Score   float64
	More    []Place // other places of the page that answer
}

// Place is a heading of a page.
type Place struct{ Anchor, Heading string }

// Open gives the engine over an index as search.Index writes it. It needs Node.
func Open(tb testing.TB, index []byte) *Engine {
	tb.Helper()
	needs.Program(tb, "node")
	e := &Engine{tb: tb}
	e.call(&e.id, "open", string(index))
	tb.Cleanup(func() { e.call(nil, "close", e.id) })
	return e
}

// Search gives the best results of a query, at most limit of them.
func (e *Engine) Search(query string, limit int) []Result {
	e.tb.Helper()
	var results []Result
	e.call(&results, "search", e.id, query, limit)
	return results
}

// Guessed gives each word of a query that no page has, with the word that it was taken
// for: "mobning modning".
func (e *Engine) Guessed(query string) []string {
	e.tb.Helper()
	var guessed []string
	e.call(&guessed, "guessed", e.id, query)
	return guessed
}

// Stems gives the stem of each word.
func (e *Engine) Stems(words []string) []string {
	e.tb.Helper()
	var stems []string
	e.call(&stems, "stems", e.id, words)
	return stems
}

func (e *Engine) call(value any, name string, args ...any) {
	e.tb.Helper()
	node, err := start()
	if err == nil {
		err = node.call(value, name, args...)
	}
	if err != nil {
		e.tb.Fatalf("%s in soeg.js: %v", name, err)
	}
}

//go:embed engine.js
var program string

// process is Node with engine.js, which answers one call at a time.
type process struct {
	mu  sync.Mutex
	in  *json.Encoder
	out *json.Decoder
}

// start starts Node at the first call. It ends when its input is closed, which
// is when this process ends.
var start = sync.OnceValues(func() (*process, error) {
	script, err := assets.FS.ReadFile("soeg.js")
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("node", "--eval", program)
	cmd.Stderr = os.Stderr
	in, inErr := cmd.StdinPipe()
	out, outErr := cmd.StdoutPipe()
	if err := errors.Join(inErr, outErr, cmd.Start()); err != nil {
		return nil, err
	}
	p := &process{in: json.NewEncoder(in), out: json.NewDecoder(out)}
	return p, p.call(nil, "run", string(script))
})

// call calls a function of engine.js and decodes its value, if it is wanted.
func (p *process) call(value any, name string, args ...any) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.in.Encode(append([]any{name}, args...)); err != nil {
		return err
	}
	var answer struct {
		Value json.RawMessage
		Error string
	}
	if err := p.out.Decode(&answer); err != nil {
		return err
	}
	if answer.Error != "" {
		return errors.New(answer.Error)
	}
	if value == nil {
		return nil
	}
	return json.Unmarshal(answer.Value, value)
}
