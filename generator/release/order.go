package release

// movedIn lists those that have another place among the others than before: the fewest
// whose leaving makes both orders the same.
func movedIn(before, now []string) []string {
	at := map[string]int{}
	for i, id := range now {
		at[id] = i + 1
	}
	var seq []string
	for _, id := range before {
		if at[id] > 0 {
			seq = append(seq, id)
		}
	}
	// The longest run of seq that stands in now's order keeps its place.
	best, prev, last := make([]int, len(seq)), make([]int, len(seq)), -1
	for i := range seq {
		best[i], prev[i] = 1, -1
		for j := range i {
			if at[seq[j]] < at[seq[i]] && best[j]+1 > best[i] {
				best[i], prev[i] = best[j]+1, j
			}
		}
		if last < 0 || best[i] > best[last] {
			last = i
		}
	}
	stays := map[string]bool{}
	for i := last; i >= 0; i = prev[i] {
		stays[seq[i]] = true
	}
	var out []string
	for _, id := range now {
		if !stays[id] && contains(seq, id) {
			out = append(out, id)
		}
	}
	return out
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// after is what stands before an id in a list, by its name; "" for the first.
func after(list []string, id string, name func(string) string) string {
	for i, x := range list {
		if x == id && i > 0 {
			return name(list[i-1])
		}
	}
	return ""
}
