package overlay

import (
	"slices"

	"modelhaandbog/generator/source"
)

// Merge merges a municipality's tree into the national one and returns a new tree;
// neither argument is changed. Tables merge key by key, in base's order with new keys
// last. Any other value in over replaces base's; the new node's Base is the node it
// replaced. Nodes from over are marked Local. Nodes that over does not change, and
// equal elements of lists, are shared with base, so that equal pointers mean equal
// values.
//
// Merge can be applied repeatedly: Base is still the original value. Either tree may
// be nil.
func Merge(base, over *source.Node) *source.Node {
	switch {
	case base == nil && over == nil:
		return nil
	case base == nil:
		return localCopy(over)
	case over == nil:
		return base
	case base.Kind != source.Table || over.Kind != source.Table:
		return replace(base, over)
	}
	items := mergeItems(base.Items, over.Items)
	if items == nil && base.Partial == (base.Partial || over.Partial) {
		return base
	}
	merged := *base
	merged.Partial = base.Partial || over.Partial
	if items != nil {
		merged.Items = items
	}
	return &merged
}

// mergeItems returns nil if over changes nothing.
func mergeItems(base, over []*source.Node) []*source.Node {
	if len(over) == 0 {
		return nil
	}
	index := make(map[string]int, len(base))
	for i, item := range base {
		index[item.Key] = i
	}
	merged := append(make([]*source.Node, 0, len(base)+len(over)), base...)
	changed := false
	for _, item := range over {
		if i, ok := index[item.Key]; ok {
			merged[i] = Merge(base[i], item)
			changed = changed || merged[i] != base[i]
			continue
		}
		merged = append(merged, localCopy(item))
		changed = true
	}
	if !changed {
		return nil
	}
	return merged
}

func replace(base, over *source.Node) *source.Node {
	node := localCopy(over)
	node.Base = base
	if base.Local {
		node.Base = base.Base
	}
	if base.Kind == source.Array && over.Kind == source.Array {
		for i, item := range node.Items {
			if at := slices.IndexFunc(base.Items, func(b *source.Node) bool { return source.Equal(b, item) }); at >= 0 {
				node.Items[i] = base.Items[at]
			}
		}
	}
	return node
}

func localCopy(n *source.Node) *source.Node {
	node := *n
	node.Local = true
	if n.Items != nil {
		node.Items = make([]*source.Node, len(n.Items))
		for i, item := range n.Items {
			node.Items[i] = localCopy(item)
		}
	}
	return &node
}
