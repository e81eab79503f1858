package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
)

func buildCommand() *cobra.Command {
	var opt build.Options
	var out, host string
	var precompress bool
	c := &cobra.Command{
		Use:   "build",
		Short: "Build the handbook into public/",
		Long: `build makes the national edition in public/ and each municipality's in
public/kommuner/<id>/. The new site is made beside the old one and swapped in
when it is whole; if the content has errors, the old site stays.`,
		Example: `  haandbog build
  haandbog build --kommune herning,svendborg
  haandbog build --base-url https://haandbog.example.dk/ --host nginx
  haandbog build --pdf`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			t := terminalOf(cmd)
			opt.Version = versionSum()
			if opt.NoKommuner && len(opt.Kommuner) > 0 {
				return usageError{errors.New("--national builds no municipality; leave out --kommune or --national")}
			}
			if err := checkBaseURL(opt.BaseURL); err != nil {
				return usageError{err}
			}
			if host != "" && !slices.Contains(build.Hosts(), host) {
				return usageError{fmt.Errorf("unknown --host %q: use %s", host, strings.Join(build.Hosts(), ", "))}
			}
			if host != "" && opt.BaseURL == "" {
				fmt.Fprintln(t.err, "haandbog: --host without --base-url: 404 pages below a folder will have no style")
			}
			return runBuild(cmd, t, opt, build.Publishing{Out: out, Host: host, Precompress: precompress})
		},
	}
	f := c.Flags()
	f.StringVarP(&out, "out", "o", "public", "where the site is written, relative to --dir")
	f.StringSliceVarP(&opt.Kommuner, "kommune", "k", nil, "build only these municipalities' editions (ids, comma-separated)")
	f.BoolVar(&opt.NoKommuner, "national", false, "build only the national edition")
	f.StringVar(&opt.BaseURL, "base-url", "", "where public/ will be served; adds canonical addresses, sitemap, QR codes")
	f.BoolVar(&opt.PDF, "pdf", false, "print every sheet and pack as PDF with Chromium")
	f.BoolVar(&opt.Offline, "offline", false, "add a service worker that keeps an edition for reading offline (https only)")
	f.StringVar(&host, "host", "", "write the web server's configuration too: "+strings.Join(build.Hosts(), ", "))
	f.BoolVar(&precompress, "precompress", false, "write .gz files beside the pages, for servers that can send them")
	return c
}

func checkBaseURL(s string) error {
	if s == "" || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return nil
	}
	return fmt.Errorf("--base-url %q must begin with https:// or http://", s)
}

func runBuild(cmd *cobra.Command, t terminal, opt build.Options, pub build.Publishing) error {
	start := time.Now()
	// A build is short and allocates much: collect seldom, but stay small.
	debug.SetGCPercent(600)
	debug.SetMemoryLimit(300 << 20)
	dir, err := siteDir(cmd)
	if err != nil {
		return err
	}
	if !filepath.IsAbs(pub.Out) {
		pub.Out = filepath.Join(dir, pub.Out)
	}
	if err := outsideContent(dir, pub.Out); err != nil {
		return usageError{err}
	}
	pub.Progress = t.progress
	site := build.Open(os.DirFS(dir), opt)
	report, diags, err := build.Run(cmd.Context(), site, pub)
	t.clear()
	if errors.Is(err, build.ErrNoContent) {
		return noContent(dir)
	}
	if showErr := t.show(dir, diags, "text"); showErr != nil {
		return showErr
	}
	if err != nil {
		return err
	}
	if diag.HasErrors(diags) {
		fmt.Fprintln(t.err, "Intet er bygget. Den forrige udgave står, som den var.")
		return failure(diags)
	}
	fmt.Fprintln(t.out, summary(report, pub.Out, time.Since(start)))
	return nil
}

// failure tells misuse from errors in the content: what stands in no file is
// what the command was asked for.
func failure(diags []diag.Diag) error {
	for _, d := range diags {
		if d.Severity == diag.Error && !d.Pos.IsZero() {
			return errContent
		}
	}
	return errAsked
}

func summary(r build.Report, out string, took time.Duration) string {
	ms := took.Round(time.Millisecond)
	if r.UpToDate {
		s := fmt.Sprintf("Intet er ændret: %d filer i %s står, som de skal (%s).", r.Files, out, ms)
		if r.Warnings > 0 {
			warnings := "1 advarsel"
			if r.Warnings > 1 {
				warnings = fmt.Sprintf("%d advarsler", r.Warnings)
			}
			s += fmt.Sprintf(" Der er %s: kør haandbog check.", warnings)
		}
		return s
	}
	return fmt.Sprintf("Bygget: %d filer (%.1f MB) i %s, heraf %d nye eller ændrede og %d fjernet (%s).", r.Files, float64(r.Bytes)/1e6, out, r.Written, r.Removed, ms)
}

// outsideContent refuses to publish over what the site is made from.
func outsideContent(dir, out string) error {
	abs, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	root, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if info, err := os.Stat(abs); err == nil && !info.IsDir() {
		return fmt.Errorf("--out %s is a file", out)
	}
	if abs == root || strings.HasPrefix(root+string(filepath.Separator), abs+string(filepath.Separator)) {
		return fmt.Errorf("--out %s would replace the site's own folder", out)
	}
	for _, own := range []string{"content", "layouts", "assets"} {
		if abs == filepath.Join(root, own) || strings.HasPrefix(abs, filepath.Join(root, own)+string(filepath.Separator)) {
			return fmt.Errorf("--out %s lies inside %s/, which the site is made from", out, own)
		}
	}
	return nil
}

func checkCommand() *cobra.Command {
	var format, today string
	var opt build.Options
	c := &cobra.Command{
		Use:   "check",
		Short: "Say what is wrong with the content",
		Long: `check reads everything, plans every edition and lists all errors and warnings
in one run. It writes nothing.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !slices.Contains([]string{"text", "json", "github"}, format) {
				return usageError{fmt.Errorf("unknown --format %q: use text, json or github", format)}
			}
			if _, err := time.Parse("2006-01-02", today); today != "" && err != nil {
				return usageError{fmt.Errorf("--today %q is not a date (YYYY-MM-DD)", today)}
			}
			t := terminalOf(cmd)
			dir, err := siteDir(cmd)
			if err != nil {
				return err
			}
			snap, err := build.Open(os.DirFS(dir), opt).Read()
			if errors.Is(err, build.ErrNoContent) {
				return noContent(dir)
			}
			if err != nil {
				return err
			}
			diags := snap.AllDiags(cmd.Context())
			if !diag.HasErrors(diags) {
				diags = diag.Sort(append(diags, snap.RenderDiags()...))
			}
			if today != "" {
				diags = diag.Sort(append(diags, model.Overdue(snap.Handbook(), today)...))
			}
			if err := t.show(dir, diags, format); err != nil {
				return err
			}
			if diag.HasErrors(diags) {
				return failure(diags)
			}
			if len(diags) == 0 && format == "text" {
				fmt.Fprintln(t.out, "Ingen fejl.")
			}
			return nil
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text, json or github")
	c.Flags().StringVar(&today, "today", "", "also warn of reviews that are overdue on this date (YYYY-MM-DD)")
	c.Flags().StringSliceVarP(&opt.Kommuner, "kommune", "k", nil, "check only these municipalities' editions")
	return c
}

func siteDir(cmd *cobra.Command) (string, error) {
	dir, err := cmd.Flags().GetString("dir")
	if err != nil {
		return "", err
	}
	info, err := os.Stat(dir)
	if err != nil || !info.IsDir() {
		return "", usageError{fmt.Errorf("--dir %s is not a folder", dir)}
	}
	return dir, nil
}

func noContent(dir string) error {
	return usageError{fmt.Errorf("%s holds no content/ folder; run haandbog where it is, use --dir, or make a new site with 'haandbog init'", dir)}
}

// versionSum is the version, and what the binary itself hashes to when it has
// no version: a changed generator makes a changed site.
func versionSum() string {
	exe, err := os.Executable()
	if err != nil {
		return version()
	}
	f, err := os.Open(exe)
	if err != nil {
		return version()
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return version()
	}
	h := sha256.New()
	fmt.Fprint(h, version(), info.Size(), info.ModTime().UnixNano())
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// terminal is where a command speaks: colour and progress only for people.
type terminal struct {
	out, err io.Writer
	color    bool
	live     bool
	shown    *bool
}

func terminalOf(cmd *cobra.Command) terminal {
	t := terminal{out: cmd.OutOrStdout(), err: cmd.ErrOrStderr(), shown: new(bool)}
	isTerminal := func(w io.Writer) bool {
		f, ok := w.(*os.File)
		return ok && term.IsTerminal(int(f.Fd()))
	}
	_, none := os.LookupEnv("NO_COLOR")
	t.live = isTerminal(t.err) && os.Getenv("TERM") != "dumb"
	t.color = isTerminal(t.err) && os.Getenv("TERM") != "dumb" && !(none && os.Getenv("NO_COLOR") != "")
	return t
}

func (t terminal) progress(what string, done, total int) {
	if t.live {
		*t.shown = true
		fmt.Fprintf(t.err, "\r\x1b[K%s %d af %d", what, done, total)
	}
}

func (t terminal) clear() {
	if t.live && *t.shown {
		fmt.Fprint(t.err, "\r\x1b[K")
		*t.shown = false
	}
}

// show writes diagnostics: as text to stderr, for tools to stdout.
func (t terminal) show(dir string, diags []diag.Diag, format string) error {
	switch {
	case format == "json":
		return diag.WriteJSON(t.out, diags)
	case format == "github":
		return diag.WriteGitHub(t.out, diags)
	case len(diags) == 0:
		return nil
	}
	read := func(file string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, filepath.FromSlash(file))) }
	return diag.WriteText(t.err, diags, read, t.color)
}
