package source

// Equal reports whether two values are equal, whatever their positions.
func Equal(a, b *Node) bool {
	if a.Kind != b.Kind || a.Str != b.Str || a.Int != b.Int || a.Float != b.Float || a.Bool != b.Bool ||
		!a.Time.Equal(b.Time) || len(a.Items) != len(b.Items) {
		return false
	}
	for i := range a.Items {
		if a.Items[i].Key != b.Items[i].Key || !Equal(a.Items[i], b.Items[i]) {
			return false
		}
	}
	return true
}
