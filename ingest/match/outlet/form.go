package outlet

import "strings"

// form is a class of legal forms: those that are one in the four legislations.
type form uint8

const (
	noForm  form = iota
	person       // ИП, ФОП, ЖК: a person in business
	limited      // ООО, ТОВ, ТОО, ЖШС, LLC
	stock        // АО, ПАО, ПАТ, АҚ, JSC
	state        // МУП, ГУП, КП
	farm         // КФХ, СПК
	private      // ПП, ЧУП, ЧП

)

// formPhrase is a legal form as folded words.
type formPhrase struct {
	words []string
	form  form
}

// forms are the legal forms by their first folded word, longest first.
var forms = compileForms()

// isForm tells whether a folded word is a whole legal form.
func isForm(w string) bool {
	for _, p := range forms[w] {
		if len(p.words) == 1 {
			return true
		}
	}
	return false
}

func compileForms() map[string][]formPhrase {
	m := map[string][]formPhrase{}
	for _, f := range []struct {
		form    form
		phrases string // parted by bars, longest first within a first word
	}{
		{person, "индивидуальный предприниматель|индивид предприниматель|инд предприниматель|ип|чп|пбоюл|предприниматель|фоп|фізична особа підприємець|фізична особа - підприємець|физическое лицо предприниматель|фл п|флп|ф о п|спд|спдфл|спд фо|фо-п|жеке кәсіпкер|жк|i p|ip|fop|individual entrepreneur|самозанятый|и п|ч п|частный предприниматель|глава кфх"},
		{limited, "общество с ограниченной ответственностью|общество с огр отв|общество ограниченной ответственности|ооо|о о о|товариство з обмеженою відповідальністю|тов|товарищество с ограниченной ответственностью|тоо|т о о|жауапкершілігі шектеулі серіктестігі|серіктестігі|жшс|llc|l l c|ltd|limited liability company|limited|too|tov|одо|общество с дополнительной ответственностью|gmbh|тдв|zhshs|co ltd"},
		{stock, "публичное акционерное общество|открытое акционерное общество|закрытое акционерное общество|непубличное акционерное общество|акционерное общество|приватне акціонерне товариство|публічне акціонерне товариство|акціонерне товариство|акционерлік қоғамы|ао|оао|зао|пао|нао|ат|пат|прат|ват|зат|ақ|jsc|pjsc|ojsc|cjsc|ao|zao|oao|pao|inc|plc|corp"},
		{state, "муниципальное унитарное предприятие|государственное унитарное предприятие|федеральное государственное унитарное предприятие|муп|гуп|фгуп|комунальне підприємство|гп|дп|мп|гкп|кгп|ргп|огуп|мбу|гбуз|мбоу|гбу|фку"},
		{farm, "крестьянское фермерское хозяйство|кфх|спк|схпк|фермерське господарство|фг|фх|пк|потребительский кооператив"},
		{private, "приватне підприємство|частное предприятие|частное унитарное предприятие|торговое унитарное предприятие|пп|чуп|чтуп|уп|pp"},
	} {
		for _, phrase := range strings.Split(f.phrases, "|") {
			var words []string
			for _, w := range strings.Fields(phrase) {
				if w := foldJoined(w); w != "" && w != "-" {
					words = append(words, w)
				}
			}
			m[words[0]] = append(m[words[0]], formPhrase{words, f.form})
		}
	}
	for _, list := range m {
		for i := 1; i < len(list); i++ { // insertion sort, longest first, otherwise as listed
			for j := i; j > 0 && len(list[j].words) > len(list[j-1].words); j-- {
				list[j], list[j-1] = list[j-1], list[j]
			}
		}
	}
	return m
}

// formAt is the legal form that starts at the first token, and how many tokens it takes; 0 where none does.
func formAt(ts []token) (form, int) {
	if len(ts) == 0 || ts[0].number {
		return noForm, 0
	}
	for _, w := range [...]string{ts[0].text, ts[0].alternative} {
	next:
		for _, p := range forms[w] {
			if len(p.words) > len(ts) {
				continue
			}
			for i, want := range p.words[1:] {
				if ts[i+1].text != want && stem(ts[i+1].text) != stem(want) {
					continue next
				}
			}
			return p.form, len(p.words)
		}
	}
	return noForm, 0
}
