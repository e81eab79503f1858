// Package assets holds the handbook's stylesheet, scripts and icons. A site's
// own assets/ folder replaces them one by one, by name.
package assets

import "embed"

// FS holds the files as they were written, neither minified nor fingerprinted.
//
//go:embed *.css *.js *.svg
var FS embed.FS
