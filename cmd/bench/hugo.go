package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// hugoVersion is the version that is built from source, into the user's cache and never
// into the project.
const hugoVersion = "v0.165.0"

// hugoEntries is how many pages Hugo's navigation lists: as many as a model's.
const hugoEntries = 60

// findHugo returns Hugo's path: that on PATH, or of one that it installs.
func (b *bench) findHugo() (string, error) {
	if found, err := exec.LookPath("hugo"); err == nil {
		return found, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "haandbog-bench")
	program := filepath.Join(dir, "hugo")
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	fmt.Println("\ninstalling Hugo " + hugoVersion + " into " + dir + " (some minutes, once)")
	cmd := exec.CommandContext(b.ctx, "go", "install", "github.com/gohugoio/hugo@"+hugoVersion)
	cmd.Env = append(os.Environ(), "GOBIN="+dir, "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, bytes.TrimSpace(out))
	}
	return program, nil
}

// compareHugo measures Hugo on the pages of a corpus as Markdown.
func (b *bench) compareHugo(c *corpus) error {
	hugo, err := b.findHugo()
	if err != nil {
		fmt.Println("\nHugo can't be had, and is left out:", err)
		return b.ctx.Err()
	}
	source, err := b.source(c)
	if err != nil {
		return err
	}
	args := []string{}
	if b.quick {
		args = []string{"--kommune",
			"koebenhavn,herning,svendborg,hoersholm,slagelse,hvidovre,haderslev,aalborg,viborg,randers"}
	}
	out, _, err := b.built(source, b.tmp, args...)
	if err != nil {
		return err
	}
	defer os.RemoveAll(out)
	sites := map[string]string{}
	for _, kind := range []string{"natural", "expert"} {
		sites[kind] = b.folder(b.tmp)
		defer os.RemoveAll(sites[kind])
		if err := hugoSite(out, sites[kind], kind == "expert"); err != nil {
			return err
		}
	}
	var ours, natural, expert []cost
	var tree, hugoTree tree
	for range b.rounds {
		to, took, err := b.built(source, b.tmp, args...)
		if err != nil {
			return err
		}
		ours = append(ours, took)
		if tree, err = look(to); err != nil {
			return err
		}
		os.RemoveAll(to)
		for kind, runs := range map[string]*[]cost{"natural": &natural, "expert": &expert} {
			to := b.folder(b.tmp)
			took, err := run(b.ctx, hugo, "--source", sites[kind], "--destination", to, "--cacheDir", b.folder(b.tmp),
				"--noBuildLock", "--quiet")
			if err != nil {
				return err
			}
			*runs = append(*runs, took)
			if hugoTree, err = look(to); err != nil {
				return err
			}
			os.RemoveAll(to)
		}
	}
	if hugoTree.pages != tree.pages {
		return fmt.Errorf("Hugo made %d pages of %d", hugoTree.pages, tree.pages)
	}
	reportHugo(c.name, tree, middle(ours), hugoTree, middle(natural), middle(expert))
	return nil
}

// reportHugo prints what ours took, h, beside Hugo's with a natural template, n, and
// with an expert's, e.
func reportHugo(name string, ours tree, h cost, hugo tree, n, e cost) {
	t := newTable("Hugo "+hugoVersion+": "+name, costHead...)
	t.cost("haandbog", ours, h)
	t.cost("Hugo, natural template", hugo, n)
	t.cost("Hugo, expert's template", hugo, e)
	rate := func(t int, c cost) float64 { return float64(t) / c.wall }
	t.note("pages per second: %.1f × natural Hugo (to reach: 15), %.1f × expert's Hugo (to reach: 10)",
		rate(ours.pages, h)/rate(hugo.pages, n), rate(ours.pages, h)/rate(hugo.pages, e))
	t.note("user CPU: 1/%.1f of natural Hugo (to reach: 1/20), 1/%.1f of expert's", n.user/h.user, e.user/h.user)
	t.note("Hugo gets the same pages as Markdown and a navigation of %d entries; "+
		"it makes no search index, no Word files, no sheets", hugoEntries)
	t.print()
}

// hugoSite writes a Hugo site of a built handbook: each page's text as
// Markdown, at the same address.
func hugoSite(built, dir string, expert bool) error {
	nav, err := hugoPages(built, dir)
	if err != nil {
		return fmt.Errorf("writing a Hugo site: %w", err)
	}
	use := `{{ partial "nav.html" . }}`
	current := `{{ if eq $.RelPermalink $to }} aria-current="page"{{ end }}`
	if expert {
		use, current = `{{ partialCached "nav.html" . .Params.root }}`, ""
	}
	return errors.Join(
		put(filepath.Join(dir, "data", "nav.toml"), nav),
		put(filepath.Join(dir, "hugo.toml"),
			"baseURL = \"https://example.org/\"\ntitle = \"Korpus\"\nlanguageCode = \"da\"\nuglyURLs = true\n"+
				"disableKinds = [\"taxonomy\", \"term\", \"RSS\", \"sitemap\", "+
				"\"robotsTXT\", \"404\", \"home\", \"section\"]\n"),
		put(filepath.Join(dir, "static", "stil.css"), ":root { color: #111 }\n"),
		put(filepath.Join(dir, "layouts", "partials", "nav.html"), strings.Replace(hugoNav, "CURRENT", current, 1)),
		put(filepath.Join(dir, "layouts", "_default", "single.html"), strings.Replace(hugoPage, "NAV", use, 1)))
}

const hugoNav = `<nav aria-label="Indhold"><ul>
{{ range site.Data.nav.entries }}{{ $to := print $.Params.root .path -}}
<li><a href="{{ $to }}"CURRENT>{{ .name }}</a></li>
{{ end }}</ul></nav>
`

const hugoPage = `<!doctype html>
<html lang="da">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{{ .Title }} – {{ site.Title }}</title><link rel="stylesheet" href="/stil.css"></head>
<body>
<header><a href="{{ .Params.root }}">{{ site.Title }}</a></header>
NAV
<main><h1>{{ .Title }}</h1>
{{ .Content }}
</main>
<footer>{{ site.Title }}, {{ .Params.root }}</footer>
</body>
</html>
`

// hugoPages writes the pages, and gives the data of the navigation.
func hugoPages(built, dir string) (string, error) {
	var nav strings.Builder
	entries := 0
	err := filepath.WalkDir(built, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(name) != ".html" {
			return err
		}
		rel, err := filepath.Rel(built, name)
		if err != nil {
			return err
		}
		title, body, err := markdown(name)
		if err != nil {
			return err
		}
		if entries < hugoEntries && !strings.HasPrefix(rel, "kommuner/") {
			entries++
			fmt.Fprintf(&nav, "[[entries]]\nname = %q\npath = %q\n", title, rel)
		}
		edition := "national"
		if parts := strings.SplitN(rel, "/", 3); parts[0] == "kommuner" && len(parts) == 3 {
			edition = parts[1]
		}
		root := "/"
		if edition != "national" {
			root = "/kommuner/" + edition + "/"
		}
		flat := strings.ReplaceAll(strings.TrimPrefix("/"+rel, root), "/", "--")
		return put(filepath.Join(dir, "content", edition, "side-"+strings.TrimSuffix(flat, ".html")+".md"),
			fmt.Sprintf("+++\ntitle = %q\nurl = %q\nroot = %q\n+++\n\n%s", title, "/"+rel, root, body))
	})
	return nav.String(), err
}

func put(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o666)
}

// markdown returns a page's title, and its main part as headings, paragraphs,
// lists and links.
func markdown(name string) (title, body string, err error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return "", "", err
	}
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return "", "", err
	}
	var b strings.Builder
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.ElementNode && n.DataAtom == atom.H1 && title == "":
			title = text(n)
		case n.Type == html.ElementNode && n.DataAtom == atom.Main:
			blocks(&b, n)
		}
	}
	if title == "" {
		title = filepath.Base(name)
	}
	return title, b.String(), nil
}

func blocks(b *strings.Builder, n *html.Node) {
	for c := range n.ChildNodes() {
		switch c.DataAtom {
		case atom.H1, atom.Script, atom.Style, atom.Svg, atom.Template:
		case atom.H2, atom.H3, atom.H4, atom.Summary, atom.Caption:
			fmt.Fprintf(b, "## %s\n\n", inline(c))
		case atom.P, atom.Dt, atom.Dd, atom.Tr:
			fmt.Fprintf(b, "%s\n\n", inline(c))
		case atom.Li:
			fmt.Fprintf(b, "- %s\n", inline(c))
		case atom.Ul, atom.Ol:
			blocks(b, c)
			b.WriteString("\n")
		default:
			blocks(b, c)
		}
	}
}

// inline keeps links, and no other markup.
func inline(n *html.Node) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := range n.ChildNodes() {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(escaped.Replace(c.Data))
			case c.DataAtom == atom.A:
				href := ""
				for _, a := range c.Attr {
					if a.Key == "href" {
						href = a.Val
					}
				}
				fmt.Fprintf(&b, "[%s](%s)", escaped.Replace(text(c)), href)
			case c.Type == html.ElementNode && c.DataAtom != atom.Svg:
				b.WriteString(" ")
				walk(c)
			}
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

var escaped = strings.NewReplacer("*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", "&lt;", "{{", "{ {", "`", "\\`", "#",
	`\#`)

func text(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
