package table

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// documentDay reads the day out of the name of a document, «Реализация товаров и
// услуг 99 от 29.05.2026 14:21:32».
func documentDay(text string) (time.Time, bool) {
	toks := scanTokens(text)
	for i, t := range toks {
		if t.kind != wordToken || t.text != "от" && t.text != "від" && t.text != "dated" && t.text != "from" {
			continue
		}
		k := i + 1
		for k < len(toks) && toks[k].kind == blankToken {
			k++
		}
		for _, form := range [...]func([]token, int) (datePart, bool, int){numericDay, dayMonthName} {
			if d, _, n := form(toks, k); n > 0 && d.year != 0 {
				return d.start()
			}
		}
	}
	return time.Time{}, false
}

// documentKinds begin the names of documents.
var documentKinds = []string{"реализ", "продаж", "отгруз", "поступл", "приходн", "расходн", "накладн", "корректировк", "возврат", "перемещ",
	"списан", "оприход", "инвентар", "комплект", "пересорт", "счет", "заказ", "отчет о розн", "чек", "упд", "тн ", "ттн", "видатков", "invoice"}

// documentLetters begin documentKinds: most names are told from documents by their first.
var documentLetters = initials(documentKinds)

func initials(words []string) string {
	var out []rune
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return string(out)
}

// namesDocument: the name of a document with its day.
func namesDocument(s string) bool {
	if r, _ := utf8.DecodeRuneInString(s); !strings.ContainsRune(documentLetters, unicode.ToLower(r)) {
		return false
	}
	head := s
	for i := range s { // none of the kinds is longer
		if i >= maxLower {
			head = s[:i]
			break
		}
	}
	var b [maxLower + utf8.UTFMax]byte
	if !hasAnyPrefix(string(appendLower(b[:0], head)), documentKinds...) {
		return false
	}
	_, ok := documentDay(s)
	return ok
}

// contractWords begin the names of contracts, which say nothing about a sale.
var contractWords = wordSet("договор договір контракт соглашение contract agreement")

// dateFromDocuments: no column holds the day of the sale, but the names of the
// documents do. A day of payment is none.
func (rd *reading) dateFromDocuments() bool {
	if c := columnOf(rd.cols, Date); c != nil && c.score > 8 || rd.cross != nil && rd.cross.what == Date {
		return false
	}
	dated, documents := 0, 0
	look := func(text string) {
		if documents++; namesDocument(text) {
			dated++
		}
	}
	doc := columnOf(rd.cols, DocNo)
	for i := range rd.lines {
		l := &rd.lines[i]
		switch {
		case l.class == "" && doc != nil:
			if x := rd.v.cell(l.ri, doc.col); x != nil {
				look(x.text)
			}
		case l.class == SkipGroup && l.level > 0 && int(l.level) <= len(rd.levels) && rd.levels[l.level-1] == DocNo:
			look(l.name)
		}
	}
	return documents > 0 && dated*10 >= documents*9
}
