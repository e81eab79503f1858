package preview

import (
	"bytes"
	"fmt"
	"path"
	"strings"
	"time"

	"modelhaandbog/generator/diag"
)

// reported is what makes a diagnostic the same as one that was shown before: it may
// have moved within its file, since lines came or went above it.
type reported struct {
	file     string
	severity diag.Severity
	message  string
}

// report writes one line about a build, and below it the diagnostics that were not
// there before. A check of all editions gets a line when it says something else
// than the last one did.
func (l *loop) report(st *state, took time.Duration, check bool) {
	fresh, now := l.unreported(st.diags)
	first := st.number == 0
	mended := st.ok && l.broken
	totals := diag.Totals(st.diags)
	same := totals == l.totals && len(fresh) == 0
	l.shown, l.broken, l.totals = now, !st.ok, totals
	if check && same && !mended {
		return
	}
	text := line(st, took, first, mended)
	if check {
		text = "alle udgaver er set efter: " + totals
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s  %s\n", time.Now().Format("15:04:05"), text)
	if len(fresh) > 0 {
		b.WriteByte('\n')
		var text bytes.Buffer
		if diag.WriteText(&text, fresh, l.site.source, l.opt.Color) == nil {
			b.Write(bytes.TrimSuffix(text.Bytes(), []byte(diag.Totals(fresh)+"\n")))
		}
	}
	l.opt.Out.Write(b.Bytes())
}

// unreported gives the diagnostics that the terminal has not shown, and all of
// them as they will be known.
func (l *loop) unreported(list []diag.Diag) (fresh []diag.Diag, now map[reported]bool) {
	now = map[reported]bool{}
	for _, d := range list {
		key := reported{d.Pos.File, d.Severity, d.Message}
		now[key] = true
		if !l.shown[key] {
			fresh = append(fresh, d)
		}
	}
	return fresh, now
}

// line is what happened, in one line: "faser.toml, roller.toml → ændret på 12 ms".
func line(st *state, took time.Duration, first, mended bool) string {
	var happened []string
	switch {
	case !st.fresh && st.served:
		happened = append(happened, diag.Totals(st.diags), "de sidste gode sider vises")
	case !st.fresh:
		happened = append(happened, diag.Totals(st.diags), "der er ingen sider at vise endnu")
	default:
		if mended {
			happened = append(happened, "i orden igen")
		}
		done := "ændret"
		if first {
			done = "klar"
		}
		happened = append(happened, done+" på "+duration(took))
		if len(st.diags) > 0 {
			happened = append(happened, diag.Totals(st.diags))
		}
	}
	text := strings.Join(happened, ", ")
	if first || len(st.files) == 0 {
		return text
	}
	return names(st.files) + " → " + text
}

func duration(d time.Duration) string {
	switch {
	case d >= time.Second:
		return strings.Replace(fmt.Sprintf("%.1f s", d.Seconds()), ".", ",", 1)
	case d < time.Millisecond:
		return "under 1 ms"
	}
	return fmt.Sprintf("%d ms", d.Milliseconds())
}

// names lists files by their last name, the first three of many.
func names(files []string) string {
	const most = 3
	var short []string
	for _, file := range files[:min(most, len(files))] {
		short = append(short, path.Base(file))
	}
	text := strings.Join(short, ", ")
	switch rest := len(files) - most; {
	case rest == 1:
		text += " og 1 anden"
	case rest > 1:
		text += fmt.Sprintf(" og %d andre", rest)
	}
	return text
}
