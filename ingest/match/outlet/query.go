package outlet

// asked is a query as it is compared: its words tied to those of the catalogue.
type asked struct {
	parsed
	variants [][]variant
	weights  []float64           // of each word
	like     map[uint32]likeness // word of the catalogue -> word of the query
}

// likeness says which word of the query a word of the catalogue is like, and how much.
type likeness struct {
	word       int
	similarity float64
}

// maxVariants is how many stems a word that the catalogue lacks may stand for.
const maxVariants = 6

// ask ties a query to the vocabulary.
func (x *Index) ask(q Query) *asked {
	a := &asked{parsed: parseQuery(q), like: map[uint32]likeness{}}
	x.unglue(a)
	x.relabel(a)
	n := len(x.byID)
	a.variants = make([][]variant, len(a.words))
	a.weights = make([]float64, len(a.words))
	for i, w := range a.words {
		a.variants[i] = x.vocabulary.variants(w.text, maxVariants)
		if w.alternative != "" && w.alternative != w.text {
			a.variants[i] = append(a.variants[i], x.vocabulary.variants(w.alternative, 2)...)
		}
		a.weights[i] = 1
		if id, ok := x.vocabulary.ids[w.text]; ok {
			a.weights[i] = x.vocabulary.weight(id, n)
		} else if v := a.variants[i]; len(v) > 0 {
			a.weights[i] = x.vocabulary.weight(x.vocabulary.members[v[0].stem][0], n)
		}
		for _, v := range a.variants[i] {
			for _, id := range x.vocabulary.members[v.stem] {
				a.tie(id, i, x.likenessOf(w, id))
			}
		}
	}
	return a
}

func (x *Index) likenessOf(w word, id uint32) float64 {
	text := x.vocabulary.texts[id]
	if text == w.text || text == w.alternative {
		return 1
	}
	if stem(text) == stem(w.text) {
		return 0.96
	}
	return max(similarity(w.text, text), similarity(stem(w.text), stem(text))-0.04)
}

func (a *asked) tie(id uint32, i int, s float64) {
	if old, ok := a.like[id]; s > 0 && (!ok || s > old.similarity) {
		a.like[id] = likeness{i, s}
	}
}

// relabel reads unlabelled words of a name as the place or street that they name everywhere in the catalogue.
func (x *Index) relabel(a *asked) {
	noPlace, noStreet := !a.has(place), !a.has(streets)
	for i := range a.words {
		w := &a.words[i]
		if w.section != naming && w.section != loose {
			continue
		}
		id, ok := x.vocabulary.ids[w.text]
		if !ok {
			continue
		}
		of := 9 * x.vocabulary.count[id]
		switch {
		case noPlace && x.vocabulary.places[id] > 2 && 10*x.vocabulary.places[id] > of:
			w.section = place
		case noStreet && x.vocabulary.streets[id] > 2 && 10*x.vocabulary.streets[id] > of:
			w.section = streets
			a.promoteHouse(w.text)
		}
	}
}

// promoteHouse takes the number behind a word that proved to be a street for the house.
func (a *asked) promoteHouse(street string) {
	if a.house.number != 0 || a.looseHouse.number == 0 || a.looseBehind != street {
		return
	}
	a.house, a.looseHouse = a.looseHouse, house{}
	for i, w := range a.words {
		if w.section == numeral && number32(w.text) == a.house.number {
			a.words[i].text = "" // equal to nothing
			a.words[i].section = area
			return
		}
	}
}

// unglue parts words that the catalogue lacks into two that it has, and joins
// neighbours that it has as one.
func (x *Index) unglue(a *asked) {
	v := x.vocabulary
	for i := 0; i < len(a.words); i++ {
		w := a.words[i]
		if v.known(w.text) || w.section == given || w.section == numeral {
			continue
		}
		if i+1 < len(a.words) && a.words[i+1].section == w.section && !v.known(a.words[i+1].text) && v.known(w.text+a.words[i+1].text) {
			a.words[i].text += a.words[i+1].text
			a.words[i+1].text = a.words[i].text
			i++
			continue
		}
		if left, right := v.split(w.text); right != "" && len(a.words) < maxWords {
			a.words[i].text = right
			if left != "" {
				a.words = append(a.words, word{text: left, section: w.section})
			}
		}
	}
}

func (v *vocabulary) known(text string) bool {
	id, ok := v.ids[text]
	return ok && v.count[id] > 0
}

// split parts a word into two known ones, the commonest pair; legal forms and markers (ООО, магазин) in front are dropped.
func (v *vocabulary) split(text string) (left, right string) {
	if len(text) < 6 || len(text) > 40 {
		return "", ""
	}
	var best uint32
	for i := 2; i <= len(text)-3; i++ {
		a, b := text[:i], text[i:]
		id, ok := v.ids[b]
		if !ok || v.count[id] <= best {
			continue
		}
		if isForm(a) || markers[a].kind == shopMarker && i >= 3 {
			left, right, best = "", b, v.count[id]
			continue
		}
		if i < 3 || len(text) < 8 {
			continue
		}
		if ida, ok := v.ids[a]; ok && min(v.count[ida], v.count[id]) > best {
			left, right, best = a, b, min(v.count[ida], v.count[id])
		}
	}
	return left, right
}

// houseNumbers are the numbers that may be the house.
func (a *asked) houseNumbers() []uint32 {
	var out []uint32
	for _, h := range [...]house{a.house, a.looseHouse} {
		if h.number != 0 && !contains(out, h.number) {
			out = append(out, h.number)
		}
	}
	for _, w := range a.words {
		if n := number32(w.text); w.section == numeral && n != 0 && len(out) < 4 && !contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}
