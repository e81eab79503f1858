package preview

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"modelhaandbog/generator/diag"
)

const (
	stormWait = 100 * time.Millisecond // longest time that events can put off a refresh
	maxLooks  = 4                      // at a save that does not end, a quiet window between each
)

// state is what is known after a refresh. It is finished when it is published.
type state struct {
	number   int
	ok       bool // nothing forbids publishing
	fresh    bool // the pages are those of the content as it is now
	served   bool // pages were good at least once
	files    []string
	diags    []diag.Diag // sorted, errors before warnings of the same place
	views    []diagView  // of the first of diags, errors first
	errors   int
	warnings int
	goals    func() []goal // where to go to see what changed
	next     chan struct{} // closed when there is a newer state
}

// goal is a changed file and the pages that show it.
type goal struct {
	file  string
	pages []string
}

// current gives the state, or nil before the first refresh.
func (s *server) current() *state {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state
}

// settled waits until what was changed before the call is read, and gives the
// state. It gives nil when ctx ends first. A change that takes very long to
// read is not waited for.
func (s *server) settled(ctx context.Context) *state {
	select {
	case <-s.ready:
	case <-ctx.Done():
		return nil
	case <-s.stop:
		return nil
	}
	s.mu.Lock()
	pending := s.pending
	s.mu.Unlock()
	if pending != nil {
		long := time.NewTimer(2 * time.Second)
		defer long.Stop()
		select {
		case <-pending:
		case <-long.C:
		case <-ctx.Done():
			return nil
		case <-s.stop:
			return nil
		}
	}
	return s.current()
}

func (s *server) expect() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pending == nil {
		s.pending = make(chan struct{})
	}
}

func (s *server) expectNothing() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pending != nil {
		close(s.pending)
		s.pending = nil
	}
}

// keepFresh refreshes the site until ctx ends: once at the start, then whenever
// the disk says so.
func (s *server) keepFresh(ctx context.Context) {
	l := &loop{server: s}
	defer func() { l.watch.close() }()
	if s.opt.Poll {
		l.startPolling(nil)
		l.refresh(ctx)
	} else {
		made := make(chan func(), 1)
		go func() {
			w, err := s.newWatch(s.site.Dirs(), s.opt.Root)
			made <- func() { l.use(w, err) }
		}()
		l.refresh(ctx)
		(<-made)()
		l.refresh(ctx) // for what changed before it was watched
	}
	for ctx.Err() == nil {
		l.lookLater(ctx)
		l.wait(ctx)
	}
}

// loop is the one goroutine that refreshes.
type loop struct {
	*server
	watch   *watch           // nil while polling
	tick    <-chan time.Time // nil while watching
	check   <-chan time.Time // when what was read ahead and shown is compared with the disk
	started bool             // the first result is taken
	shown   map[told]bool    // diagnostics that the terminal has seen and that still stand
	broken  bool             // there were errors among them
	totals  string           // of them, as the terminal said last

	last    Result           // that was published
	owed    bool             // last.Later is still to be answered
	later   chan []diag.Diag // where the answer comes, nil while nobody looks
	hush    func()           // ends looking
	carried []diag.Diag      // from the last answer of Later, beside what Refresh said
}

// wait waits for one change, lets it come to rest and refreshes.
func (l *loop) wait(ctx context.Context) {
	var events <-chan fsnotify.Event
	var problems <-chan error
	if l.watch != nil {
		events, problems = l.watch.fs.Events, l.watch.fs.Errors
	}
	select {
	case <-ctx.Done():
	case <-l.tick:
		l.refresh(ctx)
	case <-l.check:
		l.refresh(ctx)
	case list := <-l.later:
		l.takeLater(list)
	case event := <-events:
		relevant, structural := l.watch.judge(event, l.broken)
		if !relevant {
			return
		}
		l.expect()
		l.stopLater()
		more, take := l.comeToRest(ctx)
		switch {
		case more || structural:
			l.rewatch()
			l.accept(ctx, l.askDisk(ctx))
		case take == nil:
			l.accept(ctx, l.askDisk(ctx))
		default:
			l.accept(ctx, l.ask(take))
			l.check = time.After(l.calm)
		}
	case err := <-problems: // such as more events than there was room for
		l.opt.Log.Debug("watching", "err", err)
		l.expect()
		l.rewatch()
		l.refresh(ctx)
	}
}

// comeToRest waits until no event came for the quiet window, though not for
// ever in a storm. It reports whether directories may have come or gone. The
// site is prepared meanwhile; take, if not nil, gives all that changed.
func (l *loop) comeToRest(ctx context.Context) (structural bool, take func() Result) {
	storm := time.NewTimer(stormWait)
	defer storm.Stop()
	quiet := time.NewTimer(l.opt.Quiet)
	defer quiet.Stop()
	early := time.NewTimer(l.early)
	defer early.Stop()
	var ahead chan func() Result // where the answer of Prepare comes, nil while it does not run
	fresh := false               // no event came since Prepare was called last
	for resting := true; resting; {
		select {
		case <-ctx.Done():
			return structural, nil
		case <-storm.C:
			resting = false
		case <-early.C:
			if ahead == nil {
				ahead, fresh = l.prepare(), true
			}
		case take = <-ahead:
			if ahead = nil; !fresh {
				early.Reset(0) // it did not see all
			}
		case <-quiet.C:
			resting = false
		case <-l.watch.fs.Errors:
			structural = true
		case event := <-l.watch.fs.Events:
			relevant, more := l.watch.judge(event, l.broken)
			if !relevant {
				continue
			}
			structural = structural || more
			fresh = false
			quiet.Reset(l.opt.Quiet)
			early.Reset(l.early)
		}
	}
	if ahead != nil {
		select {
		case take = <-ahead:
		case <-ctx.Done():
		}
	}
	if !fresh {
		return structural, nil
	}
	return structural, take
}

// prepare has the site read ahead, and sends what it gives.
func (l *loop) prepare() chan func() Result {
	done := make(chan func() Result, 1)
	go func() {
		var take func() Result
		defer func() { done <- take }()
		defer l.stopPanic("reading ahead")
		take = l.site.Prepare()
	}()
	return done
}

// rewatch watches the directories that there are now, or begins to poll when
// the system won't.
func (l *loop) rewatch() {
	l.watch.close()
	l.use(l.newWatch(l.site.Dirs(), l.opt.Root))
}

func (l *loop) use(w *watch, err error) {
	l.watch = w
	if err != nil {
		l.watch = nil
		l.startPolling(err)
	}
}

func (l *loop) startPolling(because error) {
	l.tick = time.NewTicker(l.poll).C
	switch {
	case because == nil:
		return
	case errors.Is(because, syscall.ENOSPC), errors.Is(because, syscall.EMFILE):
		fmt.Fprintln(l.opt.Out, "Systemet kan ikke overvåge flere mapper. Der ses efter ændringer hvert halve sekund i stedet.")
		l.opt.Log.Warn("out of file watches, polling instead; raise fs.inotify.max_user_watches and max_user_instances", "err", because)
	default:
		fmt.Fprintln(l.opt.Out, "Mapperne kan ikke overvåges. Der ses efter ændringer hvert halve sekund i stedet.")
		l.opt.Log.Warn("no file watches, polling instead", "err", because)
	}
}

// refresh looks at the disk where nothing was waited for. What it finds may be
// in the middle of being written, so that it is let come to rest.
func (l *loop) refresh(ctx context.Context) {
	result := l.askDisk(ctx)
	if l.started && result.Changed {
		result = l.again(ctx, result, l.opt.Quiet)
	}
	l.accept(ctx, result)
}

func (l *loop) askDisk(ctx context.Context) Result {
	return l.ask(func() Result { return l.site.Refresh(ctx) })
}

// again looks a second time, when nothing happened for a while, and gives what
// changed in both.
func (l *loop) again(ctx context.Context, first Result, after time.Duration) Result {
	l.expect()
	l.bePatient(ctx, after)
	second := l.askDisk(ctx)
	if !second.Changed {
		return first
	}
	second.Files = append(second.Files, first.Files...)
	second.Took += first.Took
	return second
}

// accept publishes what the site found. A save that seems to be under way is
// looked at again, and so are errors that are new, for it may be the cause.
func (l *loop) accept(ctx context.Context, result Result) {
	defer l.expectNothing()
	if ctx.Err() != nil || l.started && !result.Changed {
		return
	}
	if l.started {
		for looks := 0; result.Unsettled && looks < maxLooks; looks++ {
			result = l.again(ctx, result, l.opt.Quiet)
		}
		if l.current().fresh && !result.OK {
			result = l.again(ctx, result, l.half)
		}
	}
	if l.started && l.stillBroken(result) {
		return
	}
	l.started = true
	l.stopLater()
	l.last, l.owed = result, result.Later != nil
	if l.owed {
		l.carried = slices.DeleteFunc(l.carried, func(d diag.Diag) bool { return slices.Contains(result.Files, d.Pos.File) })
		result.Diags = slices.Concat(result.Diags, l.carried)
	} else {
		l.carried = nil
	}
	st := l.publish(result)
	l.expectNothing()
	l.tell(st, result, false)
	if l.watch != nil && !slices.Equal(l.watch.dirs, l.site.Dirs()) {
		l.rewatch()
		l.refresh(ctx)
	}
}

// lookLater begins to look for what Refresh had no time for, unless somebody
// already does.
func (l *loop) lookLater(ctx context.Context) {
	if !l.owed || l.later != nil {
		return
	}
	ctx, l.hush = context.WithCancel(ctx)
	found, find := make(chan []diag.Diag, 1), l.last.Later
	l.later = found
	go func() {
		defer l.stopPanic("looking for diagnostics")
		select {
		case <-ctx.Done():
			return
		case <-time.After(l.rest):
		}
		runtime.GC() // now, rather than while somebody waits for a save
		select {
		case <-ctx.Done():
			return
		case <-time.After(l.idle - l.rest):
		}
		if list := find(ctx); ctx.Err() == nil {
			found <- list
			runtime.GC() // it leaves much behind
		}
	}()
}

// stopPanic keeps the preview alive through a fault of the generator's that
// will be told of where its work is needed.
func (s *server) stopPanic(doing string) {
	if fault := recover(); fault != nil {
		s.opt.Log.Error(doing+" panicked", "fault", fault, "stack", string(debug.Stack()))
	}
}

func (l *loop) stopLater() {
	if l.later != nil {
		l.hush()
		l.later = nil
	}
}

// takeLater publishes what Later found, if it is news. The pages stay.
func (l *loop) takeLater(list []diag.Diag) {
	l.stopLater()
	l.owed = false
	l.carried = slices.DeleteFunc(slices.Clone(list), func(d diag.Diag) bool {
		return slices.ContainsFunc(l.last.Diags, func(known diag.Diag) bool { return reflect.DeepEqual(known, d) })
	})
	if reflect.DeepEqual(diag.Sort(list), l.current().diags) {
		return
	}
	result := l.last
	result.Diags = list
	l.tell(l.publish(result), result, true)
}

// stillBroken reports whether a result says only what is known: a folder that is
// missing is missing at every look.
func (l *loop) stillBroken(result Result) bool {
	was := l.current()
	return !was.fresh && !result.OK && len(result.Files) == 0 && reflect.DeepEqual(was.diags, diag.Sort(result.Diags))
}

// bePatient lets a file that was read too early be written to its end, and a
// change of many files come to its end: nothing happens for a while.
func (l *loop) bePatient(ctx context.Context, while time.Duration) {
	var events <-chan fsnotify.Event
	if l.watch != nil {
		events = l.watch.fs.Events
	}
	structural, more := false, true
	for rounds := 0; more && rounds < 10 && ctx.Err() == nil; rounds++ {
		more = false
		enough := time.After(while)
		for waiting := true; waiting; {
			select {
			case <-ctx.Done():
				return
			case <-enough:
				waiting = false
			case event := <-events:
				relevant, moved := l.watch.judge(event, l.broken)
				more, structural = more || relevant, structural || moved
			}
		}
	}
	if structural {
		l.rewatch()
	}
}

// ask has the site refreshed. A fault of the generator's own becomes a
// diagnostic, so that the preview goes on.
func (l *loop) ask(refresh func() Result) (result Result) {
	defer func() {
		if fault := recover(); fault != nil {
			l.opt.Log.Error("refreshing the site panicked", "fault", fault, "stack", string(debug.Stack()))
			result = Result{Changed: true, Diags: []diag.Diag{{
				Severity: diag.Error, Code: "intern-fejl",
				Message: fmt.Sprintf("generatoren fejlede: %v", fault),
				Help:    "Fejlen er generatorens; ret det, du sidst ændrede, og meld den.",
			}}}
		}
	}()
	return refresh()
}

// publish makes a result the current state and wakes all who wait.
func (l *loop) publish(result Result) *state {
	files := slices.Clone(result.Files)
	slices.Sort(files)
	st := &state{
		ok: result.OK && !diag.HasErrors(result.Diags), fresh: result.OK, files: slices.Compact(files), diags: diag.Sort(result.Diags),
		next: make(chan struct{}),
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
	st.goals = sync.OnceValue(func() []goal { return l.goalsOf(st.files) })

	l.mu.Lock()
	defer l.mu.Unlock()
	was := l.state
	st.served = st.fresh
	if was != nil {
		st.served = st.fresh || was.served
		st.number = was.number + 1
	}
	l.state = st
	if was == nil {
		close(l.ready)
	} else {
		close(was.next)
	}
	return st
}

// goalsOf looks up the pages of changed files. A bulk change has no goal.
func (s *server) goalsOf(files []string) []goal {
	if len(files) > 5 {
		return nil
	}
	var goals []goal
	for _, file := range files {
		if pages := s.site.PagesOf(file); len(pages) > 0 {
			goals = append(goals, goal{file, pages})
		}
	}
	return goals
}
