package outlet

import (
	"strings"
	"testing"
)

// describe writes what was parsed in a line: sections, house, postcode.
func describe(p parsed) string {
	names := [sections]string{"name", "legal", "chain", "given", "number", "street", "place", "area", "loose"}
	var out []string
	for s := section(0); s < sections; s++ {
		var words []string
		for _, w := range p.words {
			if w.section == s {
				words = append(words, w.text)
			}
		}
		if len(words) > 0 {
			out = append(out, names[s]+"="+strings.Join(words, "+"))
		}
	}
	if h := p.house; h.number != 0 {
		out = append(out, "house="+h.String())
	}
	return strings.Join(out, " ")
}

func TestAddressIsTakenApart(t *testing.T) {
	t.Parallel()
	const plain = "street=lenina place=tula house=5"
	for _, c := range []struct{ address, want string }{
		{"г. Тула, ул. Ленина, д. 5", plain},
		{"г.Тула ул.Ленина,5", plain},
		{"Тула г, Ленина ул, дом № 5", plain},
		{"Тула, Ленина, 5", plain},
		{"Тула, Ленина 5", plain},
		{"ТУЛА УЛ ЛЕНИНА 5", plain},
		{"Тула г Ленина ул 5", plain},
		{"Tula, ulitsa Lenina, 5", plain},
		{"Tula, Lenina st., 5", plain},
		{"Ленина улица 5А", "street=lenina house=5a"},
		{"ул. Ленина 5а", "street=lenina house=5a"},
		{`ул. Ленина, д. 5 "А"`, "street=lenina house=5a"},
		{"ул. Ленина, 5-а", "street=lenina house=5a"},
		{"ул. Ленина, 5, лит. А", "street=lenina house=5a"},
		{"300041, Тульская обл, Тула г, Ленина ул, дом № 5, корпус 2", "street=lenina place=tula area=tulskaia house=5k2"},
		{"ул. Ленина, 5к2", "street=lenina house=5k2"},
		{"ул. Ленина, 5/2", "street=lenina house=5/2"},
		{"ул. Ленина, 5с1", "street=lenina house=5s1"},
		{"ул. Ленина, 5 корп. 2 стр. 1", "street=lenina house=5k2s1"},
		{"шоссе Энтузиастов, 12/5 строение 3", "street=entuziastov house=12s3/5"},
		{"1-я Парковая ул., д. 7", "street=1+parkovaia house=7"},
		{"ул. 8 Марта, 5", "street=8+marta house=5"},
		{"ул. 50 лет Октября 12", "street=50+let+oktiabria house=12"},
		{"мкр. 5, д. 12", "street=5 house=12"},
		{"5-й мкр, д.12", "street=5 house=12"},
		{"мкр Северный, 12", "street=severni house=12"},
		{"д. Ивановка, д. 5", "place=ivanovka house=5"},
		{"г Нижний Новгород, ул Б. Покровская, 5", "street=b+pokrovskaia place=nizhni+novgorod house=5"},
		{"Респ. Татарстан, г Казань, ул Баумана, влд. 5", "street=baumana place=kazan area=tatarstan house=5"},
		{"г. Тула, ул. Набережная, 5", "street=naberezhnaia place=tula house=5"},
		{"Тула, Набережная ул. 5", "street=naberezhnaia place=tula house=5"},
		{"Тула, наб. Дрейера 5", "street=dreiera place=tula house=5"},
		{"М.Жукова, д.52", "street=m+zhukova house=52"},
		{"г.Тула, ул.Г.Тукая, 5", "street=g+tukaia place=tula house=5"},
		{"ул. 50 ле Октября, д. 5", "street=50+le+oktiabria house=5"},
		{"ул Строителей, 16Гк4", "street=stroitelei house=16gk4"},
		{"Садовая ул., д. 54 г", "street=sadovaia house=54g"},
		{"улица Набережная, 118", "street=naberezhnaia house=118"},
		{"К.Маркса улица 102 корп. 1", "street=k+marksa house=102k1"},
		{"ул. Мира, 36В/4", "street=mira house=36v/4"},
		{"ул. Мира, 5A", "street=mira house=5a"},
		{"г. Астана, мкр. Самал-4, 39", "street=samal+4 place=astana house=39"},
		{"Астана, Самал-4, д. 39", "street=samal+4 place=astana house=39"},
		{"Тула, 3-й, 39", "street=3 place=tula house=39"},
		{"г. Ту\ufffdа, ул. Л?нина, 5", "street=lnina place=tua house=5"},
		{"СПб, Невский пр., 5", "street=nevski place=sankt+peterburg house=5"},
		{"г. С-Пб, Невский пр., 5", "street=nevski place=sankt+peterburg house=5"},
		{"м. Київ, вул. Шевченка, буд. 5", "street=shevchenka place=kiv house=5"},
		{"Алматы қ., Абай даңғылы, 5 үй", "street=abai place=almati house=5"},
	} {
		if got := describe(parse("", "", "", "", c.address, "", "")); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.address, got, c.want)
		}
	}
}

func TestNameIsTakenApart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, want string
		form       form
	}{
		{"ИП Иванов И.И.", "name=ivanov given=i+i", person},
		{"Иванов И. И., ИП", "name=ivanov given=i+i", person},
		{"ИПИванов ИИ", "name=ivanov given=i+i", person},
		{"ип иванов и.и.", "name=ivanov given=i+i", person},
		{"И.И. Иванов", "name=ivanov given=i+i", noForm},
		{"Иванов Иван Иванович ИП", "name=ivanov given=ivan+ivanovich", person},
		{"Индивидуальный предприниматель Иванов Иван Иванович", "name=ivanov given=ivan+ivanovich", person},
		{"Карасёва М.Н. ИП", "name=karaseva given=m+n", person},
		{"ДЬЯКОВ P P", "name=diakov given=r+r", noForm}, // Latin letters
		{"ИП МЕЛЬНИКОВА, РЯЗАНЬ, УЛ.ЮЖНАЯ Д.102-В", "name=melnikova+riazan street=iuzhnaia house=102v", person},
		{"ИП Зуев В.А. М.Горького, 58", "name=zuev+m+gorkogo given=v+a number=58", person},
		{"ФОП Шевченко Т.Г.", "name=shevchenko given=t+g", person},
		{`ООО "Ромашка"`, "name=romashka", limited},
		{"Ромашка ООО", "name=romashka", limited},
		{"LLC Romashka", "name=romashka", limited},
		{"TOV Romashka", "name=romashka", limited},
		{"ТОО «Ромашка»", "name=romashka", limited},
		{"«Ромашка» ЖШС", "name=romashka", limited},
		{"Общество с ограниченной ответственностью «Ромашка»", "name=romashka", limited},
		{"ПрАТ «Ромашка»", "name=romashka", stock},
		{"ПП Ромашка", "name=romashka", private},
		{"Ромашкa", "name=romashka", noForm}, // a Latin letter
		{"Р0машка", "name=romashka", noForm}, // a digit
		{"Магнит №1234", "name=magnit number=1234", noForm},
		{"МАГНИТ-1234", "name=magnit number=1234", noForm},
		{"Аллея #15", "name=aleia number=15", noForm},
		{`ИП Сидоров А.А. магазин "Продукты" г.Тула ул.Ленина,5`, "name=sidorov+produkti given=a+a street=lenina place=tula house=5", person},
		{"Магазин Продукты, ул. 8 Марта, 5а", "name=produkti street=8+marta house=5a", noForm},
	} {
		p := parse(c.name, "", "", "", "", "", "")
		if got := describe(p); got != c.want || p.form != c.form {
			t.Errorf("%s\n got %s form %d\nwant %s form %d", c.name, got, p.form, c.want, c.form)
		}
	}
}

func TestHousesCompare(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want houseAgreement
	}{
		{"5", "5", houseEqual},
		{"5а", "5 «А»", houseEqual},
		{"5 корп. 2", "5к2", houseEqual},
		{"5/2", "5 корпус 2", houseEqual},
		{"5/2", "5 стр. 2", houseEqual},
		{"5", "5а", housePartMissing},
		{"5 корп. 2", "5", housePartMissing},
		{"5а", "5б", housePartDiffers},
		{"5 корп. 1", "5 корп. 2", housePartDiffers},
		{"5", "6", houseDiffers},
		{"5а", "15а", houseDiffers},
		{"5", "", houseUnknown},
	} {
		read := func(s string) house {
			if s == "" {
				return house{}
			}
			return parse("", "", "", "", "ул. Мира, "+s, "", "").house
		}
		if got := compareHouses(read(c.a), read(c.b)); got != c.want {
			t.Errorf("%s and %s: got %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestTaxIDIsToldByItsCheckDigits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, digits string
		kind         TaxKind
	}{
		{"7707083893", "7707083893", INN10},
		{"7707083893/773601001", "7707083893", INN10},
		{"7707083894", "7707083894", NoTaxID},
		{"500100732259", "500100732259", INN12},
		{"ИНН 500100732259", "500100732259", INN12},
		{"00032129", "00032129", EDRPOU},
		{"14360570", "14360570", EDRPOU},
		{"14360571", "14360571", NoTaxID},
		{"0000000000", "0000000000", NoTaxID},
		{"", "", NoTaxID},
		{"нет", "", NoTaxID},
	} {
		if digits, kind := TaxID(c.text); digits != c.digits || kind != c.kind {
			t.Errorf("%q: got %q kind %d, want %q kind %d", c.text, digits, kind, c.digits, c.kind)
		}
	}
}

func TestFoldBringsAlphabetsTogether(t *testing.T) {
	t.Parallel()
	for _, group := range [][]string{
		{"ромашка", "romashka"},
		{"щукин", "shchukin", "schukin"},
		{"хохлова", "khokhlova", "hohlova"},
		{"юлия", "yuliya", "julija", "iuliia"},
		{"цветной", "tsvetnoy", "tsvetnoi"},
		{"королёв", "королев", "korolev"},
		{"жанна", "zhanna", "жана"},
	} {
		for _, w := range group[1:] {
			if fold(w) != fold(group[0]) {
				t.Errorf("%s folds to %s, %s to %s", group[0], fold(group[0]), w, fold(w))
			}
		}
	}
}
