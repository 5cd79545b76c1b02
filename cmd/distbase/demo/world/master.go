package world

import (
	"fmt"
	"math/rand/v2"
)

// line is one family of products: names by flavour and size.
type line struct {
	brand, category, noun string
	flavours              [4]string
	sizes                 [3]struct {
		size  string
		grams int
		pack  int
		price Money
	}
}

func lines() []line {
	type size = struct {
		size  string
		grams int
		pack  int
		price Money
	}
	return []line{
		{"Луговой", "Чай", "Чай", [4]string{"чёрный листовой", "зелёный с жасмином", "чёрный с бергамотом", "травяной с чабрецом"},
			[3]size{{"50 г", 50, 40, 6250}, {"100 г", 100, 24, 11490}, {"25 пак.", 45, 30, 8990}}},
		{"Бодрая гора", "Кофе", "Кофе", [4]string{"молотый", "в зёрнах", "растворимый", "молотый без кофеина"},
			[3]size{{"95 г", 95, 12, 21900}, {"250 г", 250, 12, 41900}, {"1 кг", 1000, 6, 149000}}},
		{"Зерница", "Крупа", "Крупа", [4]string{"гречневая", "рис длиннозёрный", "пшено шлифованное", "перловая"},
			[3]size{{"400 г", 400, 20, 5490}, {"800 г", 800, 12, 9990}, {"5×80 г", 400, 16, 7350}}},
		{"Сладкий берег", "Печенье", "Печенье", [4]string{"овсяное", "сахарное топлёное молоко", "с какао", "затяжное постное"},
			[3]size{{"180 г", 180, 24, 5890}, {"350 г", 350, 14, 10290}, {"2 кг", 2000, 4, 48900}}},
		{"Чистый двор", "Бытовая химия", "Средство", [4]string{"для посуды лимон", "для посуды алоэ", "для стёкол", "для пола хвоя"},
			[3]size{{"500 мл", 520, 20, 8490}, {"1 л", 1050, 12, 14990}, {"5 л", 5200, 4, 56900}}},
	}
}

func products(random *rand.Rand) []Product {
	var out []Product
	for i, l := range lines() {
		for j, flavour := range l.flavours {
			for k, s := range l.sizes {
				n := i*12 + j*3 + k + 1
				out = append(out, Product{
					Code: fmt.Sprintf("P%03d", n), Brand: l.brand, Category: l.category,
					Name:    fmt.Sprintf("%s %s «%s» %s", l.noun, flavour, l.brand, s.size),
					Barcode: ean13(fmt.Sprintf("46070%07d", n*137+11)),
					noun:    l.noun, flavour: flavour, size: s.size,
					Pack: s.pack, Grams: s.grams, Price: s.price + Money(random.IntN(8))*50,
				})
			}
		}
	}
	return out
}

// ean13 appends the check digit to twelve digits. Source: GS1 General
// Specifications 7.9.
func ean13(twelve string) string {
	sum := 0
	for i, c := range twelve {
		weight := 1 + 2*(i%2)
		sum += int(c-'0') * weight
	}
	return twelve + string(rune('0'+(10-sum%10)%10))
}

// inn makes a ten-digit taxpayer number with its check digit. Source: order of
// the Federal Tax Service on the structure of the INN.
func inn(nine int) string {
	digits := fmt.Sprintf("%09d", nine)
	sum := 0
	for i, weight := range [...]int{2, 4, 10, 3, 5, 9, 4, 6, 8} {
		sum += int(digits[i]-'0') * weight
	}
	return digits + string(rune('0'+sum%11%10))
}

func distributors(random *rand.Rand) []Distributor {
	list := []Distributor{
		{Code: "SEVER", Name: "ООО «Северторг»", Region: "Север", Email: "otchet@severtorg.example", Contact: "Ирина Лебедева", Calendar: "monthly:3 18:00", layout: flatWorkbook},
		{Code: "VOLGA", Name: "ТД «Волжанин»", Region: "Поволжье", Email: "analitika@volzhanin.example", Contact: "Олег Громов", Calendar: "monthly:3 18:00", layout: groupedByClient},
		{Code: "URAL", Name: "ООО «Уралопт»", Region: "Урал", Email: "sales@uralopt.example", Contact: "Марина Юсупова", Calendar: "weekly:mon 12:00", layout: cyrillicCSV},
		{Code: "SIBIR", Name: "АО «Сибпродукт»", Region: "Сибирь", Email: "report@sibprod.example", Contact: "Денис Коваль", Calendar: "monthly:5 18:00", layout: asHTML(outletsAcross)},
		{Code: "YUG", Name: "ИП Мельник", Region: "Юг", Email: "melnik@yug.example", Contact: "Светлана Мельник", Calendar: "monthly:3 18:00", layout: foldersPrintout},
		{Code: "CENTR", Name: "ООО «Центрдистрибуция»", Region: "Центр", Email: "edi@centrdist.example", Contact: "Павел Орлов", Calendar: "daily 10:00", layout: salesAndStock},
		{Code: "KAMA", Name: "ООО «Кама-Трейд»", Region: "Поволжье", Email: "1c@kamatrade.example", Contact: "Алия Сафина", Calendar: "monthly:3 18:00", layout: zipped(casesCSV)},
		{Code: "BAIKAL", Name: "ООО «Байкалсервис»", Region: "Сибирь", Email: "buh@baikalservis.example", Contact: "Роман Цой", Calendar: "weekly:mon 12:00", layout: asOldExcel(clientOnce)},
	}
	for i := range list {
		list[i].INN = inn(770100000 + random.IntN(1000)*10 + i)
	}
	return list
}

func reps() []Rep {
	return []Rep{
		{"R1", "Анна Крылова", "Север"}, {"R2", "Игорь Шатов", "Поволжье"}, {"R3", "Лидия Басова", "Урал"},
		{"R4", "Тимур Ахметов", "Сибирь"}, {"R5", "Нина Гуляева", "Юг"}, {"R6", "Артём Седов", "Центр"},
	}
}

func outlets(random *rand.Rand, list []Distributor) []Outlet {
	cities := map[string][]string{
		"Север": {"Вологда", "Архангельск", "Петрозаводск"}, "Поволжье": {"Казань", "Самара", "Пермь", "Ижевск"},
		"Урал": {"Екатеринбург", "Челябинск", "Тюмень"}, "Сибирь": {"Новосибирск", "Иркутск", "Томск", "Чита"},
		"Юг": {"Ростов-на-Дону", "Краснодар", "Ставрополь"}, "Центр": {"Тула", "Рязань", "Калуга"},
	}
	names := [...]string{
		"Берёзка", "Родник", "У дома", "Весна", "Колосок", "Перекрёсток вкуса", "Ромашка", "Мечта", "Заря", "Уют", "Восторг",
		"Каравай", "Соседи", "Лукошко", "Радуга", "Кедр", "Надежда", "Южный", "Дружба", "Минутка",
	}
	streets := [...]string{"Ленина", "Мира", "Садовая", "Гагарина", "Советская", "Полевая", "Лесная", "Школьная", "Победы", "Чехова"}
	owners := [...]string{"Иванов", "Петрова", "Сидоренко", "Кузнецова", "Абдуллин", "Морозов", "Ким", "Фёдорова", "Попов", "Зайцева"}
	repOf := map[string]int{"Север": 0, "Поволжье": 1, "Урал": 2, "Сибирь": 3, "Юг": 4, "Центр": 5}
	channels := [...]string{"MINI", "MINI", "SUPER", "HORECA"}
	var out []Outlet
	for i := range 300 {
		d := i % len(list)
		region := list[d].Region
		city := cities[region][random.IntN(len(cities[region]))]
		o := Outlet{
			Code: fmt.Sprintf("T%04d", i+1), Name: fmt.Sprintf("Магазин «%s»", names[(i/len(list)+d*3)%len(names)]),
			LegalName: "ИП " + owners[random.IntN(len(owners))], INN: inn(500000000 + i*3571),
			Address: fmt.Sprintf("ул. %s, %d", streets[random.IntN(len(streets))], 1+i%97), City: city, Region: region,
			Channel: channels[random.IntN(len(channels))], Distributor: d, Rep: repOf[region],
		}
		if o.Channel == "SUPER" {
			o.Chain = "Каравай-сеть"
		}
		out = append(out, o)
	}
	return out
}
