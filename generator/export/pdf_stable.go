package export

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

var (
	pdfDate = regexp.MustCompile(`/(?:CreationDate|ModDate) \(D:\d{14}[+-]\d\d'\d\d'\)`)
	pdfNode = regexp.MustCompile(`\(node\d{8}\)`)
)

// stable replaces what differs between two prints of the same page by values of
// equal length, so that the offsets in the file stay true: the clock by date
// (2026-08-01; 1 January 2000 when it is no such date), and the names of table
// headings, which Chromium counts on from page to page, by 1, 2, 3 in the same
// order, in which the file's index of names is sorted.
func stable(pdf []byte, date string) []byte {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		at = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	clock := at.Format("20060102150405") + "+00'00'"
	pdf = pdfDate.ReplaceAllFunc(pdf, func(old []byte) []byte {
		key, _, _ := bytes.Cut(old, []byte("(D:"))
		return append(bytes.Clone(key), "(D:"+clock+")"...)
	})
	var names []string
	for _, n := range pdfNode.FindAll(pdf, -1) {
		names = append(names, string(n))
	}
	slices.SortFunc(names, strings.Compare)
	names = slices.Compact(names)
	return pdfNode.ReplaceAllFunc(pdf, func(old []byte) []byte {
		i, _ := slices.BinarySearch(names, string(old))
		return fmt.Appendf(nil, "(node%08d)", i+1)
	})
}
