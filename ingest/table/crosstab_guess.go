package table

import (
	"slices"
	"strings"
)

// guessValue tells what a value of a heading is by its words, "" if they say nothing.
func guessValue(value string) Role {
	if _, ok := wholePeriod(value, 2000); ok {
		return Date
	}
	w := titleWords(value)
	switch {
	case cityNames[strings.Join(w, " ")]:
		return City
	case anyOf(w, warehouseWords):
		return Warehouse
	case isPerson(value):
		return SalesRep
	case anyOf(w, outletWords):
		return Outlet
	case anyOf(w, legalForms):
		return Client
	case allOf(w, compassWords):
		return Region
	case allOf(w, channelWords):
		return Channel
	}
	return ""
}

func allOf(words []string, set map[string]bool) bool {
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !set[w] })
}

// isPerson: a name with a patronymic («Иванов Иван Иванович») or with initials («Петрова М.», «Сидоров А.В.»).
func isPerson(value string) bool {
	w := strings.Fields(value)
	if len(w) < 2 || len(w) > 3 || firstWordIn(value, firmForms) {
		return false
	}
	last := strings.ToLower(w[len(w)-1])
	if len(w) == 3 && (patronymics[last] || hasAnySuffix(last, "вич", "вна", "чна", "кызы", "улы", "ұлы", "қызы", "оглы", "оғлы")) {
		return true
	}
	letters := 0
	for _, part := range w[1:] {
		for _, r := range part {
			if r != '.' {
				letters++
			}
		}
		if !strings.HasSuffix(part, ".") {
			return false
		}
	}
	return letters <= 2 && lettersIn(w[0], 3) == 3
}

// patronymics are those that end like other words.
var patronymics = wordSet("ильич кузьмич фомич лукич никитич саввич")

func anyOf(words []string, set map[string]bool) bool {
	return slices.ContainsFunc(words, func(w string) bool { return set[w] })
}

var (
	outletWords = wordSet("магазин магазины маркет супермаркет гипермаркет минимаркет аптека тт store shop outlet")
	cityNames   = citySet(`москва, санкт петербург, новосибирск, екатеринбург, казань, нижний новгород, красноярск, челябинск, самара, уфа,
		ростов на дону, краснодар, омск, воронеж, пермь, волгоград, саратов, тюмень, тольятти, барнаул, махачкала, ижевск, хабаровск,
		ульяновск, иркутск, владивосток, ярославль, севастополь, ставрополь, томск, кемерово, набережные челны, оренбург, новокузнецк,
		балашиха, рязань, калининград, чебоксары, пенза, липецк, киров, астрахань, тула, сочи, курск, тверь, магнитогорск, брянск,
		иваново, улан удэ, сургут, владимир, белгород, чита, архангельск, калуга, смоленск, вологда, саранск, череповец, курган, орел,
		мурманск, тамбов, минск, гомель, брест, гродно, витебск, могилев, киев, київ, харьков, харків, одесса, одеса, днепр, дніпро,
		псков, великий новгород, кострома, майкоп, нальчик, элиста, абакан, якутск, петрозаводск, сыктывкар, йошкар ола, грозный, черкесск,
		владикавказ, симферополь, салехард, ханты мансийск, магадан, петропавловск камчатский, южно сахалинск, благовещенск, биробиджан,
		горно алтайск, кызыл, орск, нижневартовск, новый уренгой, нижний тагил, старый оскол, таганрог, бийск, прокопьевск, ангарск, братск,
		норильск, рыбинск, стерлитамак, энгельс, дзержинск, нижнекамск, альметьевск, подольск, новороссийск, армавир, пятигорск, волгодонск,
		новочеркасск, сызрань, балаково, каменск уральский, златоуст, миасс, комсомольск на амуре, уссурийск, бобруйск, барановичи, борисов,
		пинск, орша, мозырь, семей, усть каменогорск, тараз, кызылорда, кокшетау, талдыкорган, темиртау, экибастуз, туркестан, запорожье,
		запоріжжя, кривой рог, кривий ріг, херсон, полтава, чернигов, чернігів, черкассы, черкаси, житомир, сумы, суми, винница, вінниця,
		тернополь, тернопіль, луцк, луцьк, ужгород, самарканд, бухара, наманган, андижан, фергана, ош, душанбе, ереван, тбилиси, баку, кишинев,
		львов, львів, алматы, астана, шымкент, караганда, актобе, атырау, актау, павлодар, костанай, уральск, ташкент, бишкек`)
)

func citySet(list string) map[string]bool {
	m := map[string]bool{}
	for c := range strings.SplitSeq(list, ",") {
		m[strings.Join(strings.Fields(c), " ")] = true
	}
	return m
}
