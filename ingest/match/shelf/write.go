package shelf

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode"

	"github.com/distbase/distbase/ingest/match"
)

// product is a product in parts.
type product struct {
	id         string
	line       *line
	properties []string
	size       string
	inCase     string
	code       string
	barcode    string // of the piece
	caseCode   string // GTIN-14 of the case
	price      int
}

// part is a part of a name.
type part int

const (
	head part = iota
	brand
	property      // the first one; property+i the others
	size     part = property + 4
	note     part = size + 1
)

type piece struct {
	part part
	text string
}

// products are all products of lines.
func products(r *rand.Rand, lines []line, prefix string) []*product {
	var out []*product
	for k := range lines {
		l := &lines[k]
		combinations := [][]string{nil}
		for _, choice := range l.properties {
			var next [][]string
			for _, c := range combinations {
				for _, p := range choice {
					next = append(next, append(c[:len(c):len(c)], p))
				}
			}
			combinations = next
		}
		for _, c := range combinations {
			for i, s := range l.sizes {
				n := len(out)
				p := &product{id: fmt.Sprintf("%s%04d", prefix, n), line: l, properties: c, size: s, inCase: l.inCase[i%len(l.inCase)], price: l.price * (1 + 2*i)}
				p.code = fmt.Sprintf("%02d%s-%03d", k, string(rune('A'+k%26)), n)
				digits := fmt.Sprintf("46%05d%05d", 7000+k, n)
				p.barcode, p.caseCode = digits+checkDigit(digits), "1"+digits+checkDigit("1"+digits)
				p.price += r.IntN(20)
				out = append(out, p)
			}
		}
	}
	return out
}

// checkDigit of a GTIN (GS1 General Specifications 7.9).
func checkDigit(digits string) string {
	sum := 0
	for i := range len(digits) {
		d := int(digits[i] - '0')
		if (len(digits)-i)%2 == 1 {
			d *= 3
		}
		sum += d
	}
	return strconv.Itoa((10 - sum%10) % 10)
}

// name is how the catalogue calls a product.
func (p *product) name() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s «%s»", p.line.head, p.line.brand)
	for _, x := range p.properties {
		b.WriteString(" " + x)
	}
	return b.String() + ", " + p.size
}

func (p *product) entry() match.Entry {
	return match.Entry{ID: p.id, Name: p.name(), Code: p.code, Barcode: p.barcode, Brand: p.line.brand, Price: strconv.Itoa(p.price), Unit: "шт"}
}

// query is a name in the making.
type query struct {
	*rand.Rand
	p      *product
	pieces []piece
	match.Query
	text func(string) string
	lost map[part]bool // parts that tell nothing any more
	cut  int           // letters that the field has room for, 0 for all
}

func (q *query) drop(x part) {
	for i, p := range q.pieces {
		if p.part == x {
			q.pieces = append(q.pieces[:i:i], q.pieces[i+1:]...)
			q.lost[x] = true
			return
		}
	}
}

func (q *query) rewrite(x part, f func(string) string) {
	for i := range q.pieces {
		if q.pieces[i].part == x {
			q.pieces[i].text = f(q.pieces[i].text)
		}
	}
}

func (q *query) properties(f func(string) string) {
	for x := property; x < size; x++ {
		q.rewrite(x, f)
	}
}

func (q *query) then(f func(string) string) {
	old := q.text
	q.text = func(s string) string { return f(old(s)) }
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// shortHeads are abbreviations as the trade writes them.
var shortHeads = strings.NewReplacer("Средство чистящее для", "Ср-во чист. д/", "Средство для мытья", "Ср-во д/мытья", "Средство для", "Ср-во д/", "Стиральный порошок", "СМС", "Мыло туалетное", "Мыло туал.", "Мыло хозяйственное", "Мыло хоз.",
	"Туалетная бумага", "Туал. бумага", "Шампунь", "Шамп.", "Кондиционер для белья", "Конд-р д/белья", "Чай чёрный байховый", "Чай черн.", "Кофе растворимый", "Кофе раств.", "Напиток газированный", "Нап. газ.", "Вода минеральная", "Вода мин.",
	"Масло подсолнечное", "Масло подс.", "Молоко ультрапастеризованное", "Молоко у/п", "Пиво светлое", "Пиво св.", "Пиво тёмное", "Пиво тем.", "Краска водоэмульсионная", "Краска в/э", "Герметик силиконовый", "Герметик силик.", "Зубная паста", "З/паста", "Салфетки влажные", "Салф. влаж.",
	"Лампа светодиодная", "Лампа LED", "Пена монтажная", "Пена монт.", "Крем для", "Крем д/", "Корм для", "Корм д/", "Гель для", "Гель д/", "Бальзам для", "Бальзам д/", "Губки для", "Губки д/", "Полотенца бумажные", "Полотенца бум.")

// otherUnit writes a size in another unit: 0,45 л as 450 мл and back.
func otherUnit(s string) string {
	f := strings.SplitN(s, " ", 3)
	if len(f) < 2 {
		return s
	}
	v, err := strconv.ParseFloat(strings.ReplaceAll(f[0], ",", "."), 64)
	if err != nil {
		return s
	}
	to, factor := "", 0.0
	switch f[1] {
	case "мл":
		to, factor = "л", 0.001
	case "л":
		to, factor = "мл", 1000
	case "г":
		to, factor = "кг", 0.001
	case "кг":
		to, factor = "гр", 1000
	default:
		return s
	}
	f[0], f[1] = strings.ReplaceAll(strconv.FormatFloat(v*factor, 'f', -1, 64), ".", ","), to
	return strings.Join(f, " ")
}

func withoutUnit(s string) string {
	if f := strings.Fields(s); len(f) > 1 {
		return f[0]
	}
	return s
}

// shorten cuts long words of a property: Лим., Альпийск.
func shorten(s string) string {
	w := strings.Fields(s)
	for i, x := range w {
		if r := []rune(x); len(r) > 5 && unicode.IsLetter(r[0]) {
			w[i] = string(r[:(len(r)+1)/2+1]) + "."
		}
	}
	return strings.Join(w, " ")
}
