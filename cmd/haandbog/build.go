package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
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
when it is whole; if the content has errors, the old site stays.

With --kommune or --national the other editions stay as they are; give the flags
that they were built with. The first build of an edition also makes the national
one, which then leads to it. An edition whose municipality has left the register
is removed by a build of everything.`,
		Example: `  haandbog build
  haandbog build --kommune herning,svendborg
  haandbog build --base-url https://haandbog.example.dk/ --host nginx
  haandbog build --pdf`,
		SuggestFor: []string{"byg", "generate", "publish", "render", "make"},
		Args:       takes(),
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
				t.say(t.err, "haandbog: --host without --base-url: 404 pages below a folder will have no style")
			}
			return runBuild(cmd, t, opt, build.Publishing{Out: out, Host: host, Precompress: precompress})
		},
	}
	quietFlag(c)
	f := c.Flags()
	f.StringVarP(&out, "out", "o", "public", "where the site is written, relative to --dir")
	f.VarP((*slugs)(&opt.Kommuner), "kommune", "k", "build only these municipalities' editions (comma-separated)")
	f.BoolVar(&opt.NoKommuner, "national", false, "build only the national edition")
	f.StringVar(&opt.BaseURL, "base-url", "",
		"where public/ will be served; adds canonical addresses, sitemap, QR codes")
	f.BoolVar(&opt.PDF, "pdf", false, "print every sheet and pack as PDF with Chromium")
	f.BoolVar(&opt.Offline, "offline", false,
		"add a service worker that keeps an edition for reading offline (https only)")
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
	debug.SetMemoryLimit(330 << 20)
	dir, err := siteDir(cmd)
	if err != nil {
		return err
	}
	if !filepath.IsAbs(pub.Out) {
		pub.Out = filepath.Join(dir, pub.Out)
	}
	if err := checkOut(dir, pub.Out); err != nil {
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
		t.say(t.err, "Intet er bygget. Den forrige udgave står, som den var.")
		return failure(diags)
	}
	for _, dir := range report.Leftovers {
		t.say(t.err, "haandbog: "+dir+" is left by a build and could not be removed; remove it as its owner or as root")
	}
	t.say(t.out, summary(report, pub.Out, time.Since(start)))
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
	return fmt.Sprintf("Bygget: %d filer (%.1f MB) i %s, heraf %d nye eller ændrede og %d fjernet (%s).",
		r.Files, float64(r.Bytes)/1e6, out, r.Written, r.Removed, ms)
}
