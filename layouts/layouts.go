// Package layouts holds the HTML templates that pages are made with. A site's
// own layouts/ folder replaces them one by one, by name. What each template is
// given is told in Danish at its top, and in package render's comment.
package layouts

import "embed"

// FS holds side.html, krop.html, krop/, blok/ and del/, and ord.toml, the words.
//
//go:embed *.html blok del ord.toml
var FS embed.FS
