package overlay

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

// wholeCadences lets how often a municipality does something take the place of how often
// the model does: of the numbers, and of the words that were made for them.
func wholeCadences(root *source.Node) *source.Node {
	return withItems(root, func(kind *source.Node) *source.Node {
		if kind.Key != "kadence" {
			return kind
		}
		return withItems(kind, model.WholeCadence)
	})
}

// cadence checks a local key of a core cadence. With the overlay laid over it, it must
// come at least as often as the national one, and its words must agree with its numbers
// and say nothing else. What is too rare is reported once, at the first of its keys.
func (p *protector) cadence(at subject, key *schema.Key, base, over, item *source.Node) *source.Node {
	refuse := func(help, format string, args ...any) *source.Node {
		p.refuse(item, either(base.Get(item.Key), base), at.path+": "+fmt.Sprintf(format, args...), help)
		return nil
	}
	words, numbers := saysOften(at.kind, over)
	national, merged := model.FrequencyOf(base), mergedFrequency(base, over)
	rarer := !merged.AsOften(national)
	help := fmt.Sprintf("I kan komme oftere end modellen, aldrig sjældnere. Skriv fx %s.", national.Oftener().TOML())
	if len(words) > 0 {
		help += " Slet " + words[0] + ", så laver håndbogen ordene af tallene."
	}
	switch {
	case !ofKind(key.Type, item):
		return refuse("Ret den, eller slet linjen.", "værdien er af en forkert slags")
	case key.Type.Values != nil && !slices.Contains(key.Type.Values, item.Str):
		return refuse("Skriv en af: "+strings.Join(key.Type.Values, ", ")+".", "\"%s\" er ikke en mulig værdi for %s%s",
			item.Str, item.Key, diag.MenteDu(item.Str, key.Type.Values))
	case !national.None() && !rarer && slices.Contains(numbers, item.Key):
		return item
	case slices.Concat(numbers, words)[0] != item.Key && (national.None() || rarer):
		return nil // reported at the first
	case national.None():
		drop := "linjen"
		if keys := slices.Concat(numbers, words); len(keys) > 1 {
			drop = strings.Join(keys, ", ")
		}
		return refuse("Slet "+drop+". Skriv jeres tal i jeres egen kadence, [kadence.<id>].",
			"modellen siger det kun i ord, så det kan ikke vises, at jeres er lige så tit")
	case merged.None():
		return refuse(help, "tallene siger ikke, hvor tit")
	case rarer && merged.AsOften(loosest(national)):
		return refuse(help, "det er mindre fast end i modellen")
	case rarer:
		return refuse(help, "det er sjældnere end i modellen")
	}
	const drop = "Slet linjen. Håndbogen laver ordene af tallene."
	said, _ := model.Spoken(item.Str)
	switch merged.Accord(item.Str) {
	case model.Contradicts:
		if said[0].AsOften(national) {
			return refuse(fmt.Sprintf("Skriv %s i stedet for ordene.", said[0].TOML()),
				"%s siger noget andet end tallene, %s", item.Key, merged.TOML())
		}
		return refuse(help, "%s siger noget andet end tallene, %s", item.Key, merged.TOML())
	case model.Hedges:
		if said[0].AsOften(national) {
			return item // more often than the model, and so as firm
		}
		return refuse(drop, "%s er mindre fast end tallene", item.Key)
	case model.SaysMore:
		return refuse(drop, "%s siger mere, end hvor tit", item.Key)
	case model.SaysNothing:
		return refuse(drop, "%s siger ikke, hvor tit", item.Key)
	}
	return item
}

// loosest is a frequency about as often.
func loosest(f model.Frequency) model.Frequency {
	f.AtLeast, f.About = false, true
	return f
}

func mergedFrequency(base, over *source.Node) model.Frequency {
	return model.FrequencyOf(model.WholeCadence(Merge(base, over)))
}

// saysOften lists the keys with which a table says how often.
func saysOften(k *schema.Kind, n *source.Node) (words, numbers []string) {
	for _, item := range n.Items {
		switch key := k.Type.Key(item.Key); {
		case key == nil || k.Policy(key) != schema.Oftener:
		case item.Key == "udtryk" || item.Key == "kort":
			words = append(words, item.Key)
		default:
			numbers = append(numbers, item.Key)
		}
	}
	return words, numbers
}

// ofKind reports whether a value is of the kind that its type wants.
func ofKind(t *schema.Type, n *source.Node) bool {
	switch t.Go.Kind() {
	case reflect.Int:
		return n.Kind == source.Int
	case reflect.Bool:
		return n.Kind == source.Bool
	}
	return n.Kind == source.String
}
