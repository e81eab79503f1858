package edit

import (
	"fmt"
	"strings"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/source"
)

// What municipalities have reviewed, under new ids.

// renameReviewed keeps what municipalities have reviewed: the record has the new id, and
// what was as it is recorded is so still.
func (v *view) renameReviewed(p *plan, t Target, id string) error {
	c, err := v.try(p.files, "")
	if err != nil {
		return err
	}
	for _, slug := range v.list(contentDir + "kommuner") {
		file := contentDir + "kommuner/" + slug + "/" + reviewFile
		if v.tree(file) == nil {
			continue
		}
		doc, err := v.open(file)
		if err != nil {
			return err
		}
		if err := keepReviewed(doc, v.snap, c.view.snap, slug, t, id); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		p.files[file] = doc.Bytes()
	}
	return nil
}

func keepReviewed(doc *source.Document, was, now *build.Snapshot, slug string, t Target, id string) error {
	before, after := was.Review(slug), now.Review(slug)
	for _, part := range []struct {
		table     string
		was, then [][2]string
	}{{"national", before.National, after.National}, {"lokal", before.Local, after.Local}} {
		table := doc.Root().Get(part.table)
		if table == nil {
			continue
		}
		old, next := valuesOf(part.was), valuesOf(part.then)
		for _, item := range table.Items {
			key := renamedPath(item.Key, t, id)
			if _, ok := next[key]; !ok {
				key = renamedKeys(key, t, id, next)
			}
			value, known := old[item.Key]
			if text, ok := next[key]; ok && known && value == item.Str && text != item.Str {
				n := &source.Node{Kind: source.String, Str: text}
				if err := doc.Set([]string{part.table, item.Key}, n); err != nil {
					return err
				}
			}
			if key != item.Key {
				if err := doc.Rename([]string{part.table, item.Key}, key); err != nil {
					return err
				}
			}
		}
		if err := addReviewed(doc, part.table, t, id, next); err != nil {
			return err
		}
	}
	return nil
}

func valuesOf(list [][2]string) map[string]string {
	out := map[string]string{}
	for _, kv := range list {
		out[kv[0]] = kv[1]
	}
	return out
}

// renamedKeys is a path with the new id for a table that is named by it, such as a
// participant's, if there is such a path.
func renamedKeys(s string, t Target, id string, next map[string]string) string {
	parts := strings.Split(s, ".")
	for i, part := range parts {
		if part == last(t) && i > 1 {
			parts[i] = id
		}
	}
	if renamed := strings.Join(parts, "."); next[renamed] != "" {
		return renamed
	}
	return s
}

// addReviewed adds the old id, which the new name brings, to what is reviewed.
func addReviewed(doc *source.Document, table string, t Target, id string, next map[string]string) error {
	prefix := t.Kind + "." + id
	if t.Model != "" {
		prefix = t.Model + "/" + prefix
	}
	text, ok := next[prefix+".tidligere"]
	recorded := doc.Root().Get(table)
	if !ok || len(t.Path) > 0 || recorded.Get(prefix+".tidligere") != nil {
		return nil
	}
	after := ""
	for _, item := range recorded.Items {
		if strings.HasPrefix(item.Key, prefix+".") {
			after = item.Key
		}
	}
	if after == "" {
		return nil // it isn't adapted
	}
	return doc.SetAfter([]string{table, prefix + ".tidligere"}, &source.Node{Kind: source.String, Str: text}, after)
}

// renamedPath is the path of a value, "model/kind.id.key", with the new id.
func renamedPath(s string, t Target, id string) string {
	prefix := t.Kind + "." + strings.Join(append([]string{t.ID}, t.Path...), ".")
	if t.Model != "" {
		prefix = t.Model + "/" + prefix
	}
	rest, ok := strings.CutPrefix(s, prefix)
	if !ok || rest != "" && rest[0] != '.' {
		return s
	}
	return strings.TrimSuffix(prefix, last(t)) + id + rest
}
