package preview

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
)

// state is what is known after a build. It is finished when it is published.
type state struct {
	number   int
	pictures int      // how many builds had changed pictures
	ok       bool     // nothing forbids publishing
	fresh    bool     // the pages are those of the content as it is now
	served   bool     // pages were good at least once
	files    []string // that changed, sorted
	diags    []diag.Diag
	views    []diagView // of the first of diags, errors first
	errors   int
	warnings int
	next     chan struct{} // closed when there is a newer state
}

func (l *loop) newState(files []string, fresh bool, diags []diag.Diag) *state {
	st := &state{
		ok: fresh && !diag.HasErrors(diags), fresh: fresh, served: fresh, files: files, diags: diag.Sort(diags),
		pictures: l.pictures, next: make(chan struct{}),
	}
	for _, d := range st.diags {
		if d.Severity == diag.Error {
			st.errors++
		} else {
			st.warnings++
		}
	}
	worst := slices.Clone(st.diags)
	slices.SortStableFunc(worst, func(a, b diag.Diag) int { return cmp.Compare(b.Severity, a.Severity) })
	st.views = l.views(worst[:min(len(worst), maxViews)])
	return st
}

// setState makes a state the current one and wakes all who wait.
func (s *server) setState(st *state) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if was := s.state; was == nil {
		close(s.ready)
	} else {
		st.number, st.served = was.number+1, st.fresh || was.served
		close(was.next)
	}
	s.state = st
}

// isPicture reports a file whose address stays when its bytes change. Text is in
// pages, and the address of a style sheet or a script holds its hash.
func isPicture(file string) bool { return strings.HasPrefix(typeOf(file), "image/") }

// current gives the state, or nil before the first build.
func (s *server) current() *state {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// latest gives the state, after the first build. It gives nil when ctx ends first.
func (s *server) latest(ctx context.Context) *state {
	select {
	case <-s.ready:
	case <-ctx.Done():
	case <-s.stop:
	}
	return s.current()
}
