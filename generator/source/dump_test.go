package source

import (
	"bytes"
	"testing"
)

func dumpRoot(n *Node) string {
	var b bytes.Buffer
	for _, item := range n.Items {
		dump(&b, item, "")
	}
	return b.String()
}

func parse(t testing.TB, file, text string) *Node {
	t.Helper()
	root, diags := ParseTOML(file, []byte(text))
	if len(diags) > 0 {
		t.Fatalf("%s: %v", file, diags)
	}
	return root
}
