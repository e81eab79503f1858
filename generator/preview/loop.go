package preview

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"modelhaandbog/generator/diag"
)

const (
	maxWait  = 100 * time.Millisecond // longest that events can put off a build beyond the quiet window
	maxTries = 4                      // builds of files that are being saved
)

// loop is the one goroutine that builds: watch, debounce, build, publish.
type loop struct {
	*server
	watch *watch           // nil while polling
	moved bool             // folders may have come or gone since watch was made
	tick  <-chan time.Time // nil while watching

	rewritten bool // no event since the last build but of files that were written to

	last      *result          // that was published
	unchecked bool             // last.check is still to be answered
	checked   chan []diag.Diag // where its answer comes; nil while none is awaited
	stopCheck func()
	elsewhere []diag.Diag // what the last answer had beyond what the build found
	pictures  int         // builds with changed pictures

	shown  map[reported]bool // diagnostics that the terminal has shown and that still hold
	broken bool              // there were errors among them
	totals string            // of them, as the terminal said last
}

// run builds the site now and whenever its files change, until ctx ends.
func (l *loop) run(ctx context.Context) {
	defer func() { l.watch.close() }()
	if l.opt.Poll {
		l.startPolling(nil)
	} else {
		l.rewatch()
	}
	l.publish(l.build())
	for ctx.Err() == nil {
		l.startCheck(ctx)
		select {
		case <-ctx.Done():
		case list := <-l.checked:
			l.publishCheck(list)
		case <-l.tick:
			if l.build() != nil {
				l.update(ctx)
			}
		case <-l.wake:
			l.updateNow(ctx)
		case event := <-l.events():
			if l.relevant(event) {
				l.update(ctx)
			}
		case err := <-l.problems(): // such as more events than there was room for
			l.opt.Log.Debug("watching", "err", err)
			l.moved = true
			l.update(ctx)
		}
	}
}

// update builds and publishes when the files have been left alone for a while.
// A file that is being saved, and an error that is new, are read again first:
// the file may be half of what it will be.
func (l *loop) update(ctx context.Context) {
	l.cancelCheck()
	l.debounce(ctx, l.quiet)
	r := l.build()
	newError := r != nil && diag.HasErrors(r.diags) && l.current().fresh
	for tries := 1; r != nil && (newError || r.saving && tries < maxTries); tries++ {
		newError = false
		l.debounce(ctx, l.doubt)
		r = l.build()
	}
	if r != nil && ctx.Err() == nil {
		l.publish(r)
	}
}

// updateNow builds and publishes what we wrote ourselves. Files of others that are being
// saved at the same moment are read again, as ever.
func (l *loop) updateNow(ctx context.Context) {
	l.cancelCheck()
	l.rewritten = false // files may have come and gone
	r := l.build()
	if r != nil && diag.HasErrors(r.diags) && l.current().fresh {
		l.update(ctx)
		return
	}
	if r != nil {
		l.publish(r)
	}
}

// debounce waits until no event has come for a while, though not for ever.
func (l *loop) debounce(ctx context.Context, window time.Duration) {
	quiet, enough := time.NewTimer(window), time.NewTimer(window+maxWait)
	for waiting := true; waiting; {
		select {
		case <-ctx.Done():
			return
		case <-quiet.C:
			waiting = false
		case <-l.wake:
			waiting, l.rewritten = false, false
		case <-enough.C:
			waiting = false
		case event := <-l.events():
			if l.relevant(event) {
				quiet.Reset(window)
			}
		case <-l.problems():
			l.moved = true
		}
	}
	if l.moved && l.watch != nil {
		l.rewatch()
	}
}

func (l *loop) events() chan fsnotify.Event {
	if l.watch == nil {
		return nil
	}
	return l.watch.fs.Events
}

func (l *loop) problems() chan error {
	if l.watch == nil {
		return nil
	}
	return l.watch.fs.Errors
}

func (l *loop) relevant(event fsnotify.Event) bool {
	relevant, structural := l.watch.judge(event, l.broken)
	l.moved = l.moved || structural
	l.rewritten = l.rewritten && (!relevant || event.Op == fsnotify.Write)
	return relevant
}

// rewatch watches the folders that there are now, or begins to poll when the
// system won't.
func (l *loop) rewatch() {
	l.watch.close()
	w, err := l.newWatch(l.site.dirs(), l.opt.Root)
	l.watch, l.moved, l.rewritten = w, false, false
	if err != nil {
		l.watch = nil
		l.startPolling(err)
	}
}

func (l *loop) startPolling(because error) {
	l.tick = time.NewTicker(l.poll).C
	why := "Mapperne kan ikke overvåges."
	switch {
	case because == nil:
		return
	case errors.Is(because, syscall.ENOSPC), errors.Is(because, syscall.EMFILE):
		why = "Systemet kan ikke overvåge flere mapper."
		l.opt.Log.Warn("out of file watches; raise fs.inotify.max_user_watches and max_user_instances", "err", because)
	default:
		l.opt.Log.Warn("no file watches", "err", because)
	}
	fmt.Fprintln(l.opt.Out, why+" Der ses efter ændringer hvert halve sekund i stedet.")
}

// build has the site built; nil when nothing changed. A fault of the
// generator's own becomes a diagnostic, so that the preview goes on.
func (l *loop) build() (r *result) {
	defer l.recoverFrom("building the site", func(fault any) {
		r = &result{accept: func() {}, diags: []diag.Diag{{
			Severity: diag.Error, Code: "intern-fejl",
			Message: fmt.Sprintf("generatoren fejlede: %v", fault),
			Help:    "Fejlen er generatorens; ret det, du sidst ændrede, og meld den.",
		}}}
	})
	rewritten := l.rewritten && !l.moved && l.watch != nil
	l.rewritten = true
	return l.site.build(rewritten)
}

// recoverFrom, deferred, keeps the preview alive through a fault of the
// generator's.
func (s *server) recoverFrom(doing string, then func(fault any)) {
	if fault := recover(); fault != nil {
		s.opt.Log.Error(doing+" panicked", "fault", fault, "stack", string(debug.Stack()))
		then(fault)
	}
}

// publish serves and reports a result, unless it only repeats what is known: a
// folder that is missing is missing in every build.
func (l *loop) publish(r *result) {
	was := l.current()
	if was != nil && !was.fresh && len(r.files) == 0 && reflect.DeepEqual(was.diags, diag.Sort(r.diags)) {
		return
	}
	l.last, l.unchecked = r, r.check != nil
	l.elsewhere = slices.DeleteFunc(l.elsewhere, func(d diag.Diag) bool {
		return slices.Contains(r.files, d.Pos.File)
	})
	if slices.ContainsFunc(r.files, isPicture) {
		l.pictures++
	}
	st := l.newState(r.files, !diag.HasErrors(r.diags), slices.Concat(r.diags, l.elsewhere))
	r.accept()
	l.setState(st)
	l.report(st, r.took, false)
}

// startCheck looks for what is wrong in all editions, once nothing has been
// saved for a while.
func (l *loop) startCheck(ctx context.Context) {
	if !l.unchecked || l.checked != nil {
		return
	}
	ctx, l.stopCheck = context.WithCancel(ctx)
	checked, check := make(chan []diag.Diag, 1), l.last.check
	l.checked = checked
	go func() {
		defer l.recoverFrom("checking all editions", func(any) {})
		select {
		case <-ctx.Done():
			return
		case <-time.After(l.idle):
		}
		if list := check(ctx); ctx.Err() == nil {
			checked <- list
			runtime.GC() // of all editions' plans, while nobody waits
		}
	}()
}

func (l *loop) cancelCheck() {
	if l.checked != nil {
		l.stopCheck()
		l.checked = nil
	}
}

// publishCheck reports what is wrong in all editions, if it is new. The pages stay.
func (l *loop) publishCheck(list []diag.Diag) {
	l.cancelCheck()
	l.unchecked = false
	l.elsewhere = slices.DeleteFunc(slices.Clone(list), func(d diag.Diag) bool {
		return slices.ContainsFunc(l.last.diags, func(known diag.Diag) bool { return reflect.DeepEqual(known, d) })
	})
	was := l.current()
	if reflect.DeepEqual(diag.Sort(list), was.diags) {
		return
	}
	st := l.newState(was.files, was.fresh, list)
	l.setState(st)
	l.report(st, 0, true)
}
