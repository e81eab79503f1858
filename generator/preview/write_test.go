package preview

import (
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/edit"
)

// starter runs a preview of the site that haandbog init begins with.
func starter(t *testing.T, opt Options, prepare ...func(*server)) *preview {
	t.Helper()
	dir := t.TempDir()
	for _, f := range build.Starter() {
		put(t, dir, f.Name, f.Text)
	}
	opt.Root = dir
	desk := edit.Open(dir, build.Options{})
	return start(t, newFolder(dir, desk), opt, append(prepare, func(s *server) { s.desk = desk })...)
}

// read gives a file of the site.
func (p *preview) read(name string) string {
	p.t.Helper()
	data, err := os.ReadFile(filepath.Join(p.opt.Root, name))
	if err != nil {
		p.t.Fatal(err)
	}
	return string(data)
}

// files gives all files of the content with their bytes.
func (p *preview) files() string {
	p.t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(filepath.Join(p.opt.Root, "content"), func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			data, err := os.ReadFile(name)
			b.WriteString(name + "\n" + string(data) + "\n")
			return err
		}
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return b.String()
}

// form is a page with a form, as a browser without scripts has it.
type form struct {
	p      *preview
	action string
	values url.Values
	page   string
}

var (
	formTag  = regexp.MustCompile(`(?s)<form method="post" action="([^"]*)" class="fv-skema".*?</form>`)
	inputTag = regexp.MustCompile(`<input ([^>]*)>|<textarea ([^>]*)>\n([^<]*)</textarea>|<select ([^>]*)>|<option value="([^"]*)"( selected)?>`)
)

func attribute(attributes, name string) string {
	found := regexp.MustCompile(`(?:^| )` + name + `="([^"]*)"`).FindStringSubmatch(attributes)
	if found == nil {
		return ""
	}
	return unescape(found[1])
}

var unescape = strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">", "&#43;", "+", "&amp;", "&").Replace

// fill reads the form of a page.
func (p *preview) fill(page string) form {
	p.t.Helper()
	found := formTag.FindStringSubmatch(page)
	if found == nil {
		p.t.Fatalf("no form in\n%s", page)
	}
	f := form{p: p, action: found[1], values: url.Values{}, page: page}
	selected := ""
	for _, tag := range inputTag.FindAllStringSubmatch(found[0], -1) {
		switch {
		case tag[4] != "":
			selected = attribute(tag[4], "name")
			f.values[selected] = append(f.values[selected], "")
		case strings.HasPrefix(tag[0], "<option"):
			if list := f.values[selected]; tag[6] != "" {
				list[len(list)-1] = unescape(tag[5])
			}
		case tag[2] != "":
			f.values.Add(attribute(tag[2], "name"), unescape(tag[3]))
		case attribute(tag[1], "type") == "checkbox" || attribute(tag[1], "type") == "radio":
			if strings.Contains(tag[1], " checked") && !strings.Contains(tag[1], " disabled") {
				f.values.Add(attribute(tag[1], "name"), attribute(tag[1], "value"))
			}
		default:
			f.values.Add(attribute(tag[1], "name"), attribute(tag[1], "value"))
		}
	}
	return f
}

// formAt opens the form at an address.
func (p *preview) formAt(address string) form {
	p.t.Helper()
	response, page := p.get(address)
	if response.StatusCode != http.StatusOK {
		p.t.Fatalf("%s: %s\n%s", address, response.Status, page)
	}
	return p.fill(page)
}

// press sends the form with one of its buttons and gives the page that comes of it.
func (f form) press(button string) (status int, page string) {
	f.p.t.Helper()
	values := url.Values{}
	for name, list := range f.values {
		values[name] = slices.Clone(list)
	}
	values.Set("goer", button)
	status, page, _ = f.p.send(f.action, values)
	return status, page
}

// send sends values as a page of ours does, and follows where it is led.
func (p *preview) send(action string, values url.Values, headers ...string) (status int, page, led string) {
	p.t.Helper()
	request, err := http.NewRequest(http.MethodPost, strings.TrimSuffix(p.url(), "/")+action, strings.NewReader(values.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", "http://"+p.addr)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i < len(headers); i += 2 {
		request.Header.Del(headers[i])
		if headers[i+1] != "" {
			request.Header.Set(headers[i], headers[i+1])
		}
	}
	if host := request.Header.Get("Host"); host != "" {
		request.Host = host
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	if response.StatusCode == http.StatusSeeOther {
		led = response.Header.Get("Location")
		_, page := p.get(led)
		return response.StatusCode, page, led
	}
	return response.StatusCode, string(body), ""
}

const (
	meeting     = "eksempelmodel/moede:opfoelgning"
	meetingFile = "content/modeller/eksempelmodel/moeder.toml"
)

// Nobody but our own pages writes: not a page of a foreign origin, not one from another
// port or name of this machine, not without the token, not in another form, not by GET.
func TestAttacks(t *testing.T) {
	p := starter(t, Options{})
	p.get("/")
	before := p.files()
	good := p.formAt("/_/ret?maal=" + meeting).values
	good.Set("v:navn", "Ondt møde")
	good.Set("goer", "gem")
	_, port, _ := strings.Cut(p.addr, ":")
	without := func(name string) url.Values {
		values := url.Values{}
		for key, list := range good {
			if key != name {
				values[key] = list
			}
		}
		return values
	}
	with := func(name, value string) url.Values {
		values := without(name)
		values.Set(name, value)
		return values
	}
	large := with("v:navn", strings.Repeat("a", maxAnswer))
	for _, action := range []string{"ret", "ny", "slet", "omdoeb", "flyt", "aendringer", "proev"} {
		for _, c := range []struct {
			what    string
			values  url.Values
			headers []string
			want    int
		}{
			{"a foreign page", good, []string{"Origin", "https://ond.example", "Sec-Fetch-Site", "cross-site"}, 403},
			{"a foreign page in an old browser", good, []string{"Origin", "https://ond.example", "Sec-Fetch-Site", ""}, 403},
			{"a page in a sandbox", good, []string{"Origin", "null"}, 403},
			{"no origin", good, []string{"Origin", ""}, 403},
			{"another port", good, []string{"Origin", "http://127.0.0.1:1"}, 403},
			{"another name of ours", good, []string{"Origin", "http://localhost:" + port}, 403},
			{"another scheme", good, []string{"Origin", "https://" + p.addr}, 403},
			{"a lie about the origin", good, []string{"Sec-Fetch-Site", "cross-site"}, 403},
			{"the same site", good, []string{"Sec-Fetch-Site", "same-site"}, 403},
			{"typed in the address bar", good, []string{"Sec-Fetch-Site", "none"}, 403},
			{"another host", good, []string{"Host", "ond.example:" + port, "Origin", "http://ond.example:" + port}, 421},
			{"JSON as text", good, []string{"Content-Type", "text/plain"}, 415},
			{"JSON", good, []string{"Content-Type", "application/json"}, 415},
			{"files", good, []string{"Content-Type", "multipart/form-data; boundary=x"}, 415},
			{"nothing said of what it is", good, []string{"Content-Type", ""}, 415},
			{"too much", large, nil, 413},
			{"no token", without("noegle"), nil, 409},
			{"an empty token", with("noegle", ""), nil, 409},
			{"a guessed token", with("noegle", "AAAAAAAAAAAAAAAAAAAAAAAAAA"), nil, 409},
		} {
			status, page, _ := p.send("/_/"+action, c.values, c.headers...)
			missing := c.want == 409 && status == 404 // a form that there isn't asks for no token
			if status != c.want && !missing {
				t.Errorf("%s, %s: %d, want %d", action, c.what, status, c.want)
			}
			if c.want != 409 && strings.Contains(page, p.token) {
				t.Errorf("%s, %s: the answer has the token", action, c.what)
			}
		}
		for _, target := range []string{
			"", "x", "../../etc:passwd", "eksempelmodel/moede:../../../hemmelig", "..%2f..%2f/moede:x", "moede:opfoelgning",
			"../eksempelmodel/moede:opfoelgning", "eksempel/../moede:opfoelgning", meeting + "/dagsorden/..", "eksempelmodel/fil:x",
			"eksempelmodel/moede:opfoelgning/kilde/0", "eksempelmodel/rolle:..%2f..%2fx/~vejledning",
		} {
			if status, _, led := p.send("/_/"+action, with("maal", target)); status < 300 && action != "aendringer" || led != "" {
				t.Errorf("%s of %q: %d, led to %q", action, target, status, led)
			}
		}
	}
	for _, address := range []string{
		"ret?" + good.Encode(), "slet?sikker=ja&maal=" + meeting, "omdoeb?id=ond&sikker=ja&maal=" + meeting,
		"flyt?op=-&maal=" + meeting + "/dagsorden/naeste", "aendringer?goer=alle", "proev?" + good.Encode(), "ny?" + good.Encode(),
	} {
		p.get("/_/" + address + "&noegle=" + p.token)
		if response, page := p.get("/_/"+address, "Sec-Fetch-Site", "cross-site"); response.StatusCode != 403 || strings.Contains(page, p.token) {
			t.Errorf("a foreign page gets %s of %.20s", response.Status, address)
		}
	}
	if p.files() != before {
		t.Error("something was written")
	}
}

// Pages that write can't be put into a frame, are not kept, and may be read by nobody else.
func TestFormsAreNotFramed(t *testing.T) {
	p := starter(t, Options{})
	for _, address := range []string{"/_/ret?maal=" + meeting, "/_/paa?side=/", "/_/ny", "/_/aendringer", "/_/slet?maal=" + meeting} {
		response, page := p.get(address)
		header := response.Header
		if response.StatusCode != 200 || !strings.Contains(page, "<main") {
			t.Errorf("%s: %s", address, response.Status)
		}
		if csp := header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-ancestors 'none'") || !strings.Contains(csp, "form-action 'self'") {
			t.Errorf("%s: policy %s", address, csp)
		}
		if header.Get("X-Frame-Options") != "DENY" || header.Get("Cache-Control") != "no-store" || header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: headers %v", address, header)
		}
	}
}

// Nothing is written through a link out of the content.
func TestNoLinkOutOfTheContent(t *testing.T) {
	p := starter(t, Options{})
	outside := filepath.Join(t.TempDir(), "moeder.toml")
	inside := filepath.Join(p.opt.Root, meetingFile)
	do(t, os.Rename(inside, outside))
	do(t, os.Symlink(outside, inside))
	before, err := os.ReadFile(outside)
	do(t, err)
	response, page := p.get("/_/ret?maal=" + meeting)
	if formTag.MatchString(page) {
		f := p.fill(page)
		f.values.Set("v:navn", "Ude")
		if status, _ := f.press("gem"); status == http.StatusSeeOther {
			t.Error("it says that it is saved")
		}
	} else if response.StatusCode != 404 {
		t.Errorf("%s: %s", response.Status, page)
	}
	if now, err := os.ReadFile(outside); err != nil || string(now) != string(before) {
		t.Errorf("the file outside was changed: %v", err)
	}
}

// Edits are for this machine, and not for those who said no.
func TestOnlyReading(t *testing.T) {
	for _, c := range []struct {
		what string
		p    *preview
	}{
		{"--read-only", starter(t, Options{ReadOnly: true})},
		{"on the network", starter(t, Options{Addr: "0.0.0.0:0"})},
	} {
		_, page := c.p.get("/")
		if strings.Contains(page, "/_/paa") {
			t.Errorf("%s: the page leads to forms", c.what)
		}
		for _, address := range []string{"/_/ret?maal=" + meeting, "/_/paa?side=/", "/_/navne?maal=" + meeting} {
			if response, page := c.p.get(address); response.StatusCode != 403 || strings.Contains(page, c.p.token) {
				t.Errorf("%s: %s: %s", c.what, address, response.Status)
			}
		}
		values := url.Values{"noegle": {c.p.token}, "maal": {meeting}, "felt": {"navn"}, "v:navn": {"Nyt"}, "goer": {"gem"}}
		if status, _, _ := c.p.send("/_/ret", values); status != 403 {
			t.Errorf("%s: an answer gets %d", c.what, status)
		}
	}
}

// A published site has no trace of the forms.
func TestPublishedSiteHasNoForms(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "public")
	for _, f := range build.Starter() {
		put(t, dir, f.Name, f.Text)
	}
	if _, _, err := build.Run(t.Context(), build.Open(os.DirFS(dir), build.Options{}), build.Publishing{Out: out}); err != nil {
		t.Fatal(err)
	}
	read := 0
	do(t, filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		read++
		for _, trace := range []string{"/_/", "data-kilde", "fv-", `name="noegle"`, "forhaandsvisning"} {
			if strings.Contains(string(data), trace) {
				t.Errorf("%s has %q", name, trace)
			}
		}
		return err
	}))
	if read < 30 {
		t.Errorf("only %d files", read)
	}
}
