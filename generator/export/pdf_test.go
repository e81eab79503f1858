package export

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"modelhaandbog/generator/needs"
)

const sheetPage = `<!doctype html><html lang="da"><head><meta charset="utf-8"><title>Tjekliste: Før mødet</title>
<meta name="dcterms.modified" content="2026-08-01">
<style>@page{size:A5;margin:20mm;@bottom-right{content:"Side " counter(page) " af " counter(pages)}}section+section{break-before:page}</style></head>
<body><h1>Før mødet</h1><section><h2>Læringsmiljø</h2><ul><li>Spørg barnet</li></ul>
<table><thead><tr><th scope="col">Hvad</th><th scope="col">Hvem</th></tr></thead><tbody><tr><td>Aftale</td><td>Lærer</td></tr></tbody></table></section>
<section><h2>Efter mødet</h2><p id="p">Tekst</p></section><script>document.getElementById("p").textContent = "Et script har kørt"</script></body></html>`

// printer starts a printer whose temporary files lie in a folder of the test's
// own, and checks when the test ends that none is left.
func printer(t *testing.T, ctx context.Context, o Options) *Printer {
	t.Helper()
	needs.Program(t, "chromium")
	temp, err := os.MkdirTemp("", "print") // short: Chromium puts a socket in it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(temp) })
	t.Setenv("TMPDIR", temp)
	p, err := NewPrinter(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
		left, _ := os.ReadDir(temp)
		if len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
		for _, line := range processes(t) {
			if strings.Contains(line, temp) {
				t.Errorf("still running: %.200s", line)
			}
		}
	})
	return p
}

// processes are the command lines of all that run.
func processes(t *testing.T) (lines []string) {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		line, _ := os.ReadFile(f) // the process may have ended
		lines = append(lines, strings.ReplaceAll(string(line), "\x00", " "))
	}
	return lines
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), needs.Program(t, name), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func TestPrint(t *testing.T) {
	p := printer(t, t.Context(), Options{Tabs: 1})
	page := write(t, "Før mødet #1.html", sheetPage) // a name that a URL must escape
	pdf, err := p.Print(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	again, err := p.Print(t.Context(), page)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(pdf, again) {
		t.Error("the same page gave other bytes")
	}
	file := write(t, "side.pdf", string(pdf))
	tool(t, "qpdf", "--check", file)
	info := strings.Join(strings.Fields(tool(t, "pdfinfo", "-isodates", file)), " ")
	for _, want := range []string{"Title: Tjekliste: Før mødet", "Tagged: yes", "Pages: 2", "CreationDate: 2026-08-01T00:00:00Z", "ModDate: 2026-08-01T00:00:00Z", "pts (A5)"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo lacks %q: %s", want, info)
		}
	}
	text := strings.Join(strings.Fields(tool(t, "pdftotext", file, "-")), " ")
	for _, want := range []string{"Læringsmiljø", "Side 1 af 2", "Efter mødet Tekst"} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q: %s", want, text)
		}
	}
	for _, want := range []string{"/Lang (da)", "/Outlines "} {
		if !bytes.Contains(pdf, []byte(want)) {
			t.Errorf("the PDF lacks %q", want)
		}
	}
}

// Two printers, and tabs that have printed something else before, agree.
func TestPrintAll(t *testing.T) {
	p := printer(t, t.Context(), Options{Tabs: 2})
	page := write(t, "a.html", sheetPage)
	dir := t.TempDir()
	var jobs []Job
	for _, n := range []string{"1", "2", "3", "4", "5"} {
		jobs = append(jobs, Job{page, filepath.Join(dir, n+".pdf")})
	}
	jobs = slices.Insert(jobs, 2, Job{filepath.Join(dir, "mangler.html"), filepath.Join(dir, "mangler.pdf")})
	var seen []int
	err := PrintAll(t.Context(), p, jobs, func(done, total int) {
		if total != 6 {
			t.Errorf("total %d", total)
		}
		seen = append(seen, done)
	})
	if err == nil || !strings.Contains(err.Error(), "mangler.html") {
		t.Errorf("a missing page gave the error %v", err)
	}
	if !slices.Equal(seen, []int{1, 2, 3, 4, 5, 6}) {
		t.Errorf("progress %v", seen)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(files) != 5 {
		t.Errorf("files %v", files)
	}
	first, _ := os.ReadFile(files[0])
	for _, f := range files {
		if b, _ := os.ReadFile(f); len(b) == 0 || !bytes.Equal(b, first) {
			t.Errorf("%s differs", f)
		}
	}
}

// A reader's machine does not have our files: links go to the page's address when
// it is known, and within the page they stay.
func TestPrintLinks(t *testing.T) {
	p := printer(t, t.Context(), Options{Tabs: 1})
	const body = `<title>x</title><p><a href="../roller/l%C3%A6rer.html#opgave">Lærer</a> <a href="#her">Her</a> <a href="https://www.sbst.dk/">Styrelsen</a></p><h1 id="her">x</h1>`
	for head, want := range map[string][]string{
		"": {"https://www.sbst.dk/"},
		`<link rel="canonical" href="https://haandbog.example.dk/m/ark/a.html">`: {"https://haandbog.example.dk/m/roller/l%C3%A6rer.html#opgave", "https://www.sbst.dk/"},
	} {
		pdf, err := p.Print(t.Context(), write(t, "a.html", head+body))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range regexp.MustCompile(`/URI \((.*?)\)`).FindAllSubmatch(pdf, -1) {
			got = append(got, string(m[1]))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: links to %q", head, got)
		}
		if !bytes.Contains(pdf, []byte("/Dest")) {
			t.Errorf("%s: the link within the page is gone", head)
		}
	}
}

// A page that takes too long costs its time and no more: the printer goes on
// with the next.
func TestPrintTimeout(t *testing.T) {
	p := printer(t, t.Context(), Options{Tabs: 1})
	page := write(t, "a.html", sheetPage)
	p.timeout = time.Nanosecond
	if _, err := p.Print(t.Context(), page); err == nil || !strings.Contains(err.Error(), "a.html: gave up after 1ns") {
		t.Errorf("a page that takes too long gave %v", err)
	}
	p.timeout = time.Minute
	if _, err := p.Print(t.Context(), page); err != nil {
		t.Error(err)
	}
}

// A page that asks for something on the web is printed without it, and nobody
// hears of it.
func TestPrintReachesNoNetwork(t *testing.T) {
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer server.Close()
	p := printer(t, t.Context(), Options{Tabs: 1})
	if _, err := p.Print(t.Context(), write(t, "a.html", `<title>x</title><img alt="" src="`+server.URL+`/a.png">`)); err != nil {
		t.Error(err)
	}
	if asked {
		t.Error("the page reached a server")
	}
}

func TestPrinterEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p := printer(t, ctx, Options{Tabs: 2})
	page := write(t, "a.html", sheetPage)
	jobs := make([]Job, 50)
	for i := range jobs {
		jobs[i] = Job{page, filepath.Join(t.TempDir(), "a.pdf")}
	}
	err := PrintAll(ctx, p, jobs, func(done, _ int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled in the middle: %v", err)
	}
}

func TestNewPrinterWithoutChromium(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for _, name := range []string{"", "/no/such/chromium"} {
		_, err := NewPrinter(t.Context(), Options{Chromium: name})
		if err == nil || !strings.Contains(err.Error(), "apt-get install chromium") || !strings.Contains(err.Error(), name) {
			t.Errorf("chromium %q: %v", name, err)
		}
	}
}

func TestStable(t *testing.T) {
	in := "/CreationDate (D:20261122064637+00'00')\n/ModDate (D:20261122064638+01'00')>>/ID (node00000120)(node00000065)(node00000120)"
	want := "/CreationDate (D:20260801000000+00'00')\n/ModDate (D:20260801000000+00'00')>>/ID (node00000002)(node00000001)(node00000002)"
	if got := string(stable([]byte(in), "2026-08-01")); got != want {
		t.Errorf("got %s", got)
	}
	if got := stable([]byte(in), "i går"); len(got) != len(in) || !bytes.Contains(got, []byte("D:20000101000000")) {
		t.Errorf("got %s", got)
	}
}
