package model

// Term is a word of the field, with one definition or one per model.
type Term struct {
	Entity
	Definition Text           `toml:"definition" doc:"Hvad ordet betyder."`
	Forms      []string       `toml:"boejninger" doc:"Bøjninger, der også skal genkendes i tekster."`
	PerModel   Keyed[Meaning] `toml:"model" doc:"Betydning i en model: [begreb.<id>.model.<model-id>]."`
	See        []Ref[Term]    `toml:"se" doc:"Beslægtede begreber."`
}

// Meaning is what a term, or a shared theme, means in one model.
type Meaning struct {
	ID    string   `toml:"-"` // the model's id
	Text  Text     `toml:"tekst" krav:"ja" doc:"Betydningen i modellen."`
	Cites []Cite   `toml:"kilde" doc:"Hvor det står."`
	Basis Basis    `toml:"grundlag" doc:"Kilde eller udledt."`
	Refs  []AnyRef `toml:"se" doc:"Hvor i modellen det viser sig, som \"slags:id\"."`
	Model *Model   `toml:"-"`
	At    At       `toml:"-"`
}

// ActorType sorts actors.
type ActorType string

// Values lists what an author may write.
func (ActorType) Values() []string {
	return []string{"kommune", "styrelse", "konsulent", "forskning", "hoejskole", "forening", "person", "tilsyn"}
}

// Actor is an organisation or a researcher with a role in one or more models.
type Actor struct {
	Entity
	Type         ActorType          `toml:"type" krav:"ja" doc:"Slags aktør."`
	Earlier      Keyed[EarlierName] `toml:"navn_over_tid" doc:"Tidligere navne: [aktoer.<id>.navn_over_tid.<id>]."`
	PerModel     Keyed[Involvement] `toml:"model" doc:"Rolle i en model: [aktoer.<id>.model.<model-id>]."`
	Municipality string             `toml:"kommune" doc:"Kommunens id i registret, når aktøren er en kommune."`
}

// EarlierName is a name that an actor had.
type EarlierName struct {
	ID   string `toml:"-"`
	Name string `toml:"navn" krav:"ja" doc:"Navnet dengang."`
	Note Text   `toml:"note" doc:"Hvornår, eller hvor det står."`
	At   At     `toml:"-"`
}

// Involvement is an actor's part in one model.
type Involvement struct {
	ID    string `toml:"-"` // the model's id
	Role  Text   `toml:"rolle" krav:"ja" doc:"Hvad aktøren gjorde eller gør."`
	From  int    `toml:"fra" doc:"Fra år."`
	To    int    `toml:"til" doc:"Til år."`
	Cites []Cite `toml:"kilde" doc:"Hvor det står."`
	Model *Model `toml:"-"`
	At    At     `toml:"-"`
}

// Source is something that statements rest on.
type Source struct {
	Entity
	Author    string   `toml:"forfatter" doc:"Forfatter(e), som trykt."`
	Year      string   `toml:"aar" doc:"År, som trykt."`
	Title     string   `toml:"titel" krav:"ja" doc:"Titel."`
	Publisher string   `toml:"udgiver" doc:"Udgiver."`
	ISBN      string   `toml:"isbn" doc:"ISBN."`
	URL       string   `toml:"url" doc:"Adresse, kun når den er efterprøvet."`
	Language  string   `toml:"sprog" doc:"Sprogkode, når titlen ikke er dansk, fx sv, en, no."`
	Primary   bool     `toml:"hovedkilde" doc:"Om en model er skrevet efter denne kilde."`
	UsedBy    []string `toml:"modeller" doc:"Modeller, hvis kilde henviser til den."`
}

// Law is a legal reference as the source has it, and as it stands now.
type Law struct {
	Entity
	Act       string `toml:"lovnavn" krav:"ja" doc:"Loven, som kilden nævner den."`
	Paragraph string `toml:"paragraf" doc:"Paragraffen, som kilden nævner den."`
	InSource  Text   `toml:"i_kilden" krav:"ja" doc:"Hvad kilden skriver."`
	Now       Text   `toml:"nu" doc:"Hvad der gælder nu."`
	Remark    Text   `toml:"bemaerkning" doc:"Bemærkning."`
	AsOf      string `toml:"pr" doc:"Hvornår \"nu\" er efterset."`
}

// Edition is a dated state of the handbook's content.
type Edition struct {
	Entity
	Number  string        `toml:"nummer" krav:"ja" doc:"Udgavens nummer, fx 1.0."`
	Date    string        `toml:"dato" krav:"ja" doc:"Udgivet (ÅÅÅÅ-MM-DD)."`
	Changes Keyed[Change] `toml:"aendring" doc:"Hvad der er ændret: [udgave.<id>.aendring.<id>]."`
}

// Change is one thing that an edition changed.
type Change struct {
	ID    string   `toml:"-"`
	Model string   `toml:"model" doc:"Modellens id; tom, når det gælder hele håndbogen."`
	Text  Text     `toml:"tekst" krav:"ja" doc:"Hvad der er ændret."`
	Refs  []AnyRef `toml:"se" doc:"Det ændrede, som \"model/slags:id\"."`
	At    At       `toml:"-"`
}

// Shared is a theme that several models have in common.
type Shared struct {
	Entity
	Number   int            `toml:"nummer" doc:"Rækkefølge."`
	PerModel Keyed[Meaning] `toml:"model" doc:"Temaet i en model: [faelles.<id>.model.<model-id>]."`
}

// Pack is several sheets in order, with a cover and contents.
type Pack struct {
	Entity
	Number int      `toml:"nummer" doc:"Rækkefølge."`
	Sheets []AnyRef `toml:"ark" krav:"ja" doc:"Ark i rækkefølge, som \"model/tjekliste:id\", \"model/moede:id\" eller \"model/rolle:id\"."`
	For    Text     `toml:"til" doc:"Hvem pakken er til."`
}

// Municipality is one of the 98, with what its own folder says.
type Municipality struct {
	Entity
	Code     string            `toml:"kode" doc:"Kommunekode."`
	FullName string            `toml:"fulde_navn" doc:"Fulde navn, når det ikke er navn + Kommune."`
	Genitive string            `toml:"genitiv" doc:"Fulde navn i ejefald, når det ikke følger reglen."`
	Regions  Keyed[RegionSpan] `toml:"region" doc:"Region og fra hvornår."`

	Site      string         `toml:"hjemmeside" doc:"Adressen, hvor kommunens udgave ligger."`
	WAS       string         `toml:"was_url" doc:"Tilgængelighedserklæringens adresse på was.digst.dk."`
	Colour    string         `toml:"farve" doc:"Kommunens farve, fx #005a3c."`
	Logo      string         `toml:"logo" doc:"Logofil i kommunens mappe (svg eller png)."`
	Uses      []string       `toml:"modeller" doc:"Modeller, kommunen arbejder med. Ingen: alle vises."`
	Reviewed  string         `toml:"gennemgaaet" doc:"Udgaven, kommunen sidst har gennemgået sine tilpasninger mod."`
	Fictional bool           `toml:"fiktiv" doc:"Kommunen findes ikke; den er et eksempel."`
	Contacts  Keyed[Contact] `toml:"kontakt" doc:"Kontakter efter funktion: [kommune.kontakt.<id>]."`
}

// RegionSpan is a region and the date from which a municipality belongs to it.
type RegionSpan struct {
	ID   string `toml:"-"`
	Name string `toml:"navn" krav:"ja" doc:"Regionens navn."`
	From string `toml:"fra" doc:"Gælder fra (ÅÅÅÅ-MM-DD)."`
	At   At     `toml:"-"`
}

// Contact is a function in a municipality and how to reach it. Never a person.
type Contact struct {
	ID    string `toml:"-"`
	Name  string `toml:"funktion" krav:"ja" doc:"Funktionen, fx PPR."`
	Phone string `toml:"telefon" doc:"Telefon."`
	Mail  string `toml:"mail" doc:"Fælles mailadresse."`
	URL   string `toml:"url" doc:"Side hos kommunen."`
	Note  Text   `toml:"note" doc:"Fx træffetid."`
	At    At     `toml:"-"`
}
