package render

import (
	"fmt"
	"regexp"
	"strconv"
)

// slot is a place in a frame or a body that each page fills.
type slot uint8

const (
	noSlot slot = iota
	titleSlot
	fullTitleSlot
	bodySlot
	summarySlot
	addressSlot
	canonicalSlot
	kindSlot
	qrSlot
	scriptsSlot
	baseSlot
	hereSlot
	editionSlot
	genitiveSlot
	stylesheetSlot
	markSlot   // aria-current of the navigation's entry item
	unfoldSlot // open of a <details> around item's children
	openSlot   // begins what only pages inside item have
	closeSlot  // ends it
)

var slotNames = map[string]slot{
	"titel": titleSlot, "sidetitel": fullTitleSlot, "krop": bodySlot, "beskrivelse": summarySlot, "adresse": addressSlot,
	"kanonisk": canonicalSlot, "slags": kindSlot, "qr": qrSlot, "scripts": scriptsSlot, "base": baseSlot, "her": hereSlot,
	"udgave": editionSlot, "genitiv": genitiveSlot, "typografi": stylesheetSlot,
}

// A mark is letters and digits only, so that no escaping changes it, and it is
// not a word anybody writes.
const (
	markStart = "xplads9c41e7"
	markEnd   = "x7e14c9z"
)

var marks = regexp.MustCompile(markStart + `([a-z]+)(\d*)` + markEnd)

// piece is text, and the slot that follows it.
type piece struct {
	text []byte
	slot slot
	item int // of markSlot, openSlot, closeSlot
	skip int // of openSlot: the piece that closes it
}

func mark(name string) string { return markStart + name + markEnd }

// cut divides a rendered frame at its slots.
func cut(text []byte) (out []piece) {
	var open []int
	at := 0
	for _, m := range marks.FindAllSubmatchIndex(text, -1) {
		p := piece{text: text[at:m[0]]}
		p.item, _ = strconv.Atoi(string(text[m[4]:m[5]]))
		switch name := string(text[m[2]:m[3]]); name {
		case "mark":
			p.slot = markSlot
		case "unfold":
			p.slot = unfoldSlot
		case "open":
			p.slot = openSlot
			open = append(open, len(out))
		case "close":
			p.slot = closeSlot
			if n := len(open); n > 0 {
				out[open[n-1]].skip = len(out)
				open = open[:n-1]
			}
		default:
			p.slot = slotNames[name]
		}
		out = append(out, p)
		at = m[1]
	}
	return append(out, piece{text: text[at:]})
}

// slotMark marks the place of a slot, to be found when the template has run.
func slotMark(name string) (string, error) {
	if _, ok := slotNames[name]; !ok {
		return "", fmt.Errorf("no slot %q", name)
	}
	return markStart + name + markEnd, nil
}
