package preview

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

const openQuestion = `
[aftale.kanal]
navn = "Fælles kanal"
spoergsmaal = "Hvilken kanal skriver I på?"
kilde = ["modelbeskrivelse: kap. 1"]
`

// A municipality goes from step to step, also without scripts: it may skip, it ends at the
// list of all steps, and what is open stands on the agenda.
func TestFirstHour(t *testing.T) {
	p := starter(t, Options{})
	put(t, p.opt.Root, "content/modeller/eksempelmodel/aftaler.toml", openQuestion)
	p.shows("/eksempelmodel/aftaler/index.html", "Hvilken kanal skriver I på?")

	_, page := p.get("/_/kommune?udgave=eksempel")
	for _, want := range []string{"Kom i gang: Eksempel Kommune", "0 af 1 spørgsmål er besvaret", "Jeres farve", "Fælles kanal"} {
		if !strings.Contains(page, want) {
			t.Errorf("the list lacks %q:\n%s", want, page)
		}
	}
	_, page = p.get("/_/dagsorden?udgave=eksempel")
	if !strings.Contains(page, "Kilden siger ikke, hvem der svarer") || !strings.Contains(page, "Hvilken kanal skriver I på?") {
		t.Errorf("the agenda is\n%s", page)
	}
	contactLeadsBack(p)
	f := p.formAt("/_/kommune?udgave=eksempel&trin=farve")
	if strings.Contains(f.page, `name="v:logo"`) || !strings.Contains(f.page, "Spring over") {
		t.Errorf("the step is\n%s", f.page)
	}
	f.values.Set("v:farve", "#ffee00")
	if status, page := f.press("gem"); status != http.StatusUnprocessableEntity || !strings.Contains(page, "4,5:1") ||
		strings.Contains(page, `name="v:logo"`) {
		t.Errorf("%d\n%s", status, page)
	}
	f.values.Set("v:farve", "#005a3c")
	if status, page := f.press("gem"); status != http.StatusSeeOther || !strings.Contains(page, "Hvor ligger jeres håndbog?") {
		t.Errorf("%d: not led to the next step\n%s", status, page)
	}
	f = p.formAt("/_/kommune?udgave=eksempel&trin=eksempelmodel/kanal")
	f.values.Set("v:svar", "Aula")
	if status, page := f.press("gem"); status != http.StatusSeeOther || !strings.Contains(page, "1 af 1 spørgsmål er besvaret") {
		t.Errorf("%d: not led to the list\n%s", status, page)
	}
	if text := p.read("content/kommuner/eksempel/modeller/eksempelmodel/aftaler.toml"); !strings.Contains(text, `svar = "Aula"`) {
		t.Errorf("the overlay has\n%s", text)
	}
	for _, address := range []string{"/_/kommune", "/_/kommune?udgave=andeby", "/_/kommune?udgave=eksempel&trin=intet", "/_/dagsorden"} {
		if response, _ := p.get(address); response.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", address, response.Status)
		}
	}
}

// contactLeadsBack: a contact has a form of its own, which leads back to the step.
func contactLeadsBack(p *preview) {
	p.t.Helper()
	_, page := p.get("/_/kommune?udgave=eksempel&trin=kontakter")
	link := regexp.MustCompile(`href="(/_/ny[^"]*fra=kontakter[^"]*)"`).FindStringSubmatch(page)
	if link == nil {
		p.t.Fatalf("nothing to add in\n%s", page)
	}
	f := p.formAt(unescape(link[1]))
	if !strings.Contains(f.page, "Tilbage til »Hvem kan man kontakte?«") {
		p.t.Errorf("no way back from\n%s", f.page)
	}
	f.values.Set("v:mail", "hverken@eller")
	f.values.Set("v:funktion", "")
	status, page := f.press("gem")
	if status != http.StatusUnprocessableEntity {
		p.t.Errorf("%d without a function", status)
	}
	f = p.fill(page) // and still leads back
	f.values.Set("v:funktion", "Familiehuset")
	f.values.Set("v:mail", "")
	status, page = f.press("gem")
	for _, want := range []string{"Hvem kan man kontakte?", "Familiehuset", "Gemt.", "Fortryd"} {
		if status != http.StatusSeeOther || !strings.Contains(page, want) {
			p.t.Errorf("%d: not led back to %q:\n%s", status, want, page)
		}
	}
}

// A picture comes as a form with a file, with the same token, and is called after its field
// whatever the browser calls it.
func TestSendPicture(t *testing.T) {
	p := starter(t, Options{})
	f := p.formAt("/_/kommune?udgave=eksempel&trin=logo")
	send := func(token, origin string) (*http.Response, error) {
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		for name, value := range map[string]string{"noegle": token, "maal": "eksempel/kommune:", "udgave": "eksempel",
			"trin": "logo", "version": f.values.Get("version")} {
			w.WriteField(name, value)
		}
		file, err := w.CreateFormFile("fil", "../../../x.svg")
		if err != nil {
			t.Fatal(err)
		}
		file.Write([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>`))
		w.Close()
		request, err := http.NewRequest(http.MethodPost, p.url()+"_/billede", &body)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", w.FormDataContentType())
		request.Header.Set("Origin", origin)
		return http.DefaultTransport.RoundTrip(request)
	}
	was := p.files()
	for _, attack := range []struct {
		token, origin string
		status        int
	}{{f.values.Get("noegle"), "http://ond.example", 403}, {"gaet", "http://" + p.addr, 409}} {
		response, err := send(attack.token, attack.origin)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != attack.status || p.files() != was {
			t.Errorf("%+v: %s", attack, response.Status)
		}
	}
	response, err := send(f.values.Get("noegle"), "http://"+p.addr)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusSeeOther || !strings.Contains(p.read("content/kommuner/eksempel/logo.svg"), "<svg") ||
		!strings.Contains(p.read("content/kommuner/eksempel/kommune.toml"), `logo = "logo.svg"`) {
		t.Errorf("%s\n%s", response.Status, p.files())
	}
}
