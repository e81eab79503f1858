package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"modelhaandbog/generator/build"
	"modelhaandbog/generator/diag"
	"modelhaandbog/generator/model"
	"modelhaandbog/generator/schema"
	"modelhaandbog/generator/source"
)

func newCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "new KIND ID",
		Short: "Start a model, a municipality's overlay, or an entity",
		Long: `new writes files to begin from. It never writes over a file.

  haandbog new model ID              content/modeller/ID/model.toml
  haandbog new kommune ID            content/kommuner/ID/kommune.toml, and the
                                     municipality in content/kommuner.toml
  haandbog new KIND MODEL/ID         an entity of a model, with its guidance
                                     (fase, rolle, moede, opgave, …)
  haandbog new KIND ID               a shared entity (begreb, kilde, lov, pakke, …)`,
		Example: "  haandbog new model vores-model\n  haandbog new fase vores-model/opstart\n" +
			"  haandbog new kommune herning",
		Args: kindAndID,
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := siteDir(cmd)
			if err != nil {
				return err
			}
			files, err := startOf(dir, kindsOf(cmd), args[0], args[1])
			if err != nil {
				return usageError{err}
			}
			if err := writeNew(cmd, dir, files); err != nil || args[0] != "kommune" {
				return err
			}
			if err := enterMunicipality(cmd, dir, args[1]); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "next: haandbog serve --kommune %s, and follow \"Kom i gang\" in the browser\n",
				args[1])
			return err
		},
	}
	c.ValidArgsFunction = func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return append([]string{"model"}, entityKinds(kindsOf(cmd))...), cobra.ShellCompDirectiveNoFileComp
	}
	return c
}

// kindAndID checks what new is given.
func kindAndID(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return takes("kind", "id")(cmd, args)
	}
	k := kindsOf(cmd).Kind(args[0])
	inModel := args[0] != "model" && (k == nil || !k.Shared)
	switch {
	case args[0] == "site":
		return errors.New("starts no site; write \"haandbog init DIR\"")
	case len(args) == 1 && inModel:
		return fmt.Errorf("names no id; write \"haandbog new %s MODEL/ID\"", args[0])
	case len(args) == 1:
		return fmt.Errorf("names no id; write \"haandbog new %s ID\"", args[0])
	case len(args) == 3 && inModel:
		return fmt.Errorf("takes the model and the id as one; write \"haandbog new %s %s/%s\"",
			args[0], args[1], args[2])
	}
	return takes("kind", "id")(cmd, args)
}

// entityKinds are the kinds that can be started one by one.
func entityKinds(set *schema.Set) []string {
	return set.Keys(func(*schema.Kind) bool { return true })
}

// startFile is a file that a command writes.
type startFile struct{ name, text string }

func startOf(dir string, set *schema.Set, kind, id string) ([]startFile, error) {
	modelID, entity, inModel := strings.Cut(id, "/")
	for _, s := range []string{modelID, entity} {
		if s != "" && source.Slug(s) != s {
			return nil, fmt.Errorf("%q cannot be an id: use a-z, 0-9 and hyphens, e.g. %q", s, source.Slug(s))
		}
	}
	switch {
	case kind == "model" && !inModel:
		return []startFile{
			{"content/modeller/" + id + "/model.toml", fmt.Sprintf(modelStart, id)},
			{"content/modeller/" + id + "/vejledning/model/" + id + ".md",
				"## Om modellen\n\nSkriv her, hvorfor modellen findes, og hvordan den bruges.\n"},
		}, nil
	case kind == "kommune" && !inModel:
		if err := looksRight(dir, id); err != nil {
			return nil, err
		}
		return []startFile{{"content/kommuner/" + id + "/kommune.toml", kommuneStart()}}, nil
	}
	k := set.Kind(kind)
	if kind == "model" {
		return nil, fmt.Errorf("a model lies in no other; write \"haandbog new model %s\"", entity)
	}
	if k == nil {
		kinds := append([]string{"model"}, entityKinds(set)...)
		return nil, fmt.Errorf("unknown kind %q%s; kinds are %s",
			kind, didYouMean(kind, kinds), strings.Join(kinds, ", "))
	}
	if k.Shared {
		if inModel {
			return nil, fmt.Errorf("%s belongs to all models; write \"haandbog new %s %s\"", kind, kind, entity)
		}
		return entityFiles("content/", k, id, 1), nil
	}
	if !inModel || entity == "" {
		return nil, fmt.Errorf("write MODEL/ID, e.g. %s vores-model/%s", kind, id)
	}
	if _, err := os.Stat(filepath.Join(dir, "content/modeller", modelID)); err != nil {
		return nil, fmt.Errorf("there is no model %q%s; make it with \"haandbog new model %s\"", modelID,
			didYouMean(modelID, modelsIn(dir)), modelID)
	}
	return entityFiles("content/modeller/"+modelID+"/", k, entity, nextNumber(dir, modelID, k)), nil
}

func modelsIn(dir string) []string {
	entries, _ := os.ReadDir(filepath.Join(dir, "content/modeller"))
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// nextNumber is the first number that no entity of the kind has, in a model that can be read.
func nextNumber(dir, modelID string, k *schema.Kind) int {
	snap, err := build.Open(os.DirFS(dir), build.Options{NoKommuner: true}).Read()
	if err != nil {
		return 1
	}
	if m := snap.Handbook().ModelByID(modelID); m != nil {
		return len(m.List(k)) + 1
	}
	return 1
}

// entityFiles are the table of a new entity and, for kinds with pages that show
// it, its guidance.
func entityFiles(base string, k *schema.Kind, id string, number int) []startFile {
	files := []startFile{{base + k.Key + "-" + id + ".toml", k.Start(id, number)}}
	if (k.Page == schema.Own || k.Page == schema.Described) && k.Guidance != schema.NoGuidance {
		files = append(files, startFile{base + "vejledning/" + k.Key + "/" + id + ".md",
			"Skriv her, hvorfor og hvordan. Lister og opgaver kommer af sig selv fra TOML-filerne.\n"})
	}
	return files
}

func didYouMean(word string, list []string) string {
	if best, ok := diag.Suggest(word, list); ok {
		return fmt.Sprintf(" (did you mean %q?)", best)
	}
	return ""
}

const modelStart = `# Modellen som helhed. Faser, roller, møder og resten står i filer ved siden af,
# som tabeller: [fase.<id>], [rolle.<id>], [moede.<id>] …
[model]
titel = "%s"
kortnavn = ""
kort = "Én linje om modellen."
slags = "indsatsmodel"   # indsatsmodel, projekt, omlaegningskoncept, samarbejdsmodel
status = "koncept"       # afsluttet, igangvaerende, koncept
formaal = ["Hvad modellen skal føre til."]
kladde = true            # vises kun i forhåndsvisningen, til du sletter linjen
`

// kommuneStart is a municipality's own table, in which everything is still a comment.
func kommuneStart() string {
	table := model.Schema().MunicipalExample(func(name, value, doc string) string {
		return "# " + strings.TrimSuffix(schema.TOMLLine(name, value, doc), "\n") + " # " + doc + "\n"
	})
	return "# Kommunens egne oplysninger. Alt er frivilligt. Skriv funktioner, aldrig personer.\n" + table
}

func writeNew[F interface{ Parts() (string, string) }](cmd *cobra.Command, dir string, files []F) error {
	for _, f := range files {
		name, text := f.Parts()
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return fmt.Errorf("making %s: %w", filepath.Dir(to), err)
		}
		w, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			if os.IsExist(err) {
				return usageError{fmt.Errorf("%s exists already and is left as it is", to)}
			}
			return fmt.Errorf("writing %s: %w", to, err)
		}
		if _, err := w.WriteString(text); err != nil {
			w.Close()
			return fmt.Errorf("writing %s: %w", to, err)
		}
		if err := w.Close(); err != nil {
			return fmt.Errorf("writing %s: %w", to, err)
		}
		fmt.Fprintln(cmd.OutOrStdout(), to)
	}
	return nil
}

func (f startFile) Parts() (name, text string) { return f.name, f.text }
