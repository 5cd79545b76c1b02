package bot

import (
	"slices"
	"strings"

	"github.com/distbase/distbase/text"
)

// maxReasons is how many reasons a candidate shows: they have to fit two lines of a phone.
const maxReasons = 4

// reasons phrases what spoke for a candidate and against it: machine words of the
// matchers with an argument behind a colon. What settles it comes first, then what
// speaks against it.
func (t *turn) reasons(words []string) string {
	words = slices.Clone(words)
	slices.SortStableFunc(words, func(a, b string) int { return reasonRank(a) - reasonRank(b) })
	var out []string
	for _, w := range words {
		word, arg, _ := strings.Cut(w, ":")
		if key := "bot.reason." + word; t.p.Has(key) && len(out) < maxReasons {
			out = append(out, t.p.Text(key, text.Data{"Arg": t.argument(word, arg)}))
		}
	}
	return strings.Join(out, ", ")
}

func reasonRank(w string) int {
	word, _, _ := strings.Cut(w, ":")
	switch {
	case strings.HasPrefix(word, "confirmed"), word == "same_barcode", word == "same_code", word == "same_name", word == "several":
		return 0
	case strings.HasSuffix(word, "_differs"), strings.HasSuffix(word, "_missing"), word == "price_far", word == "taken":
		return 1
	}
	return 2
}

// argument is an argument as a person reads it: units of the language, signs with blanks.
func (t *turn) argument(word, arg string) string {
	if strings.HasPrefix(word, "size_") && t.p.Lang() == "ru" {
		arg = strings.NewReplacer("ml", " мл", "pcs", " шт", "mm", " мм", "parts", " ч.", "mb", " Мб", "hz", " Гц", "w", " Вт", "v", " В", "g", " г").Replace(arg)
	}
	switch {
	case strings.HasPrefix(word, "words"):
		return strings.ReplaceAll(arg, "+", ", ")
	case word == "size_differs":
		return strings.Replace(strings.ReplaceAll(arg, "+", " + "), "/", " ≠ ", 1)
	}
	return arg
}
