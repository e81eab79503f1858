package model

import "modelhaandbog/generator/schema"

// Law is a legal reference as in the source, and the law in force today.
type Law struct {
	Entity
	Act       string `toml:"lovnavn" krav:"ja" fx:"Serviceloven" doc:"Loven, som kilden nævner den."`
	Paragraph string `toml:"paragraf" fx:"§ 50" doc:"Paragraffen, som kilden nævner den."`
	InSource  Text   `toml:"i_kilden" navn:"i kilden" krav:"ja" fx:"Børnefaglig undersøgelse efter § 50." doc:"Hvad kilden skriver."`
	Now       Text   `toml:"nu" fx:"Barnets lov § 20." doc:"Hvad der gælder nu."`
	Remark    Text   `toml:"bemaerkning" navn:"bemærkning" doc:"Bemærkning."`
	AsOf      string `toml:"pr" fx:"2026-01-01" doc:"Hvornår \"nu\" er efterset."`
}

var lawsKind = register[Law](schema.Kind{
	Key: "lov", One: "lov", Many: "Love", Rank: 300,
	Doc: "En henvisning til en lov, som kilden har den, og som den er nu.", Example: "Serviceloven § 50",
	Shared: true, Page: schema.Together, Path: "love/index.html", Guidance: schema.Welcome, Aside: true,
})

func (h *Handbook) Laws() []*Law { return lawsKind.of(&h.entities) }
