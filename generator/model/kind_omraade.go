package model

import "modelhaandbog/generator/schema"

// Area is a named field of work whose elements belong together.
type Area struct {
	Entity
	Number int    `toml:"nummer" doc:"Rækkefølge."`
	Type   string `toml:"slags" fx:"Områder" doc:"Overskriften, området vises under i menuen, fx \"Tankegang\" eller \"Områder\"."`
}

var areasKind = register[Area](schema.Kind{
	Key: "omraade", One: "område", Many: "Områder", Rank: 180,
	Doc: "Et navngivet arbejdsfelt, hvis elementer hører sammen.", Example: "Samarbejde",
	Page: schema.Described, Folder: "omraader", Group: "saadan-virker-modellen", Order: 5, Guidance: schema.Wanted,
	Renamable: true, Aside: true,
})

func (m *Model) Areas() []*Area { return areasKind.of(&m.entities) }
