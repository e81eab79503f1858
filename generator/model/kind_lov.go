package model

import "modelhaandbog/generator/schema"

// Law is a legal reference as the source has it, and as it stands now.
type Law struct {
	Entity
	Act       string `toml:"lovnavn" krav:"ja" doc:"Loven, som kilden nævner den."`
	Paragraph string `toml:"paragraf" doc:"Paragraffen, som kilden nævner den."`
	InSource  Text   `toml:"i_kilden" navn:"i kilden" krav:"ja" doc:"Hvad kilden skriver."`
	Now       Text   `toml:"nu" doc:"Hvad der gælder nu."`
	Remark    Text   `toml:"bemaerkning" navn:"bemærkning" doc:"Bemærkning."`
	AsOf      string `toml:"pr" doc:"Hvornår \"nu\" er efterset."`
}

var lawsKind = register[Law](schema.Kind{
	Key: "lov", One: "lov", Many: "Love", Rank: 300,
	Doc:    "En henvisning til en lov, som kilden har den, og som den er nu.",
	Shared: true, Page: schema.Together, Path: "love/index.html", Guidance: schema.Welcome,
})

// Laws lists the handbook's laws.
func (h *Handbook) Laws() []*Law { return lawsKind.of(&h.entities) }
