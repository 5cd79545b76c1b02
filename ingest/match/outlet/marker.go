package outlet

import "strings"

// markerKind says what part of an address a marker announces.
type markerKind uint8

const (
	noMarker markerKind = iota
	cityMarker
	areaMarker // region, district
	streetMarker
	houseMarker
	corpusMarker
	buildingMarker
	letterMarker
	unitMarker    // flat, office, pavilion: told apart only within a house
	countryMarker // the country and other words that say nothing
	shopMarker    // what sort of place it is: магазин, аптека
)

// marker is a word that says what stands beside it.
type marker struct {
	kind markerKind
	// class tells kinds of streets and of places of sale apart; 0 is any.
	class uint8
	// long markers are no abbreviation and may be a name themselves.
	long bool
}

// Classes of streets. Ways of writing that stand for several have 0.
const (
	anyStreet uint8 = iota
	street
	avenue
	lane
	square
	boulevard
	highway
	embankment
	driveway
	quarter
	deadEnd
	alley
	line
)

// markers are the words of Russian, Ukrainian, Kazakh and English addresses,
// folded. Sources of the Russian ones: the abbreviations of the state address
// register (ФИАС, order 171н of the Ministry of Finance) and what stands in practice beside them.
var markers = compileMarkers()

func isMarker(w string) bool { _, ok := markers[w]; return ok }

func compileMarkers() map[string]marker {
	m := make(map[string]marker, 400)
	add := func(kind markerKind, class uint8, words string) {
		for _, w := range strings.Fields(words) {
			key := foldJoined(w)
			m[key] = marker{kind: kind, class: class, long: len([]rune(w)) > 4 || m[key].long}
		}
	}
	add(cityMarker, 0, "г гор город города місто м қ қаласы қала city misto gorod")
	add(cityMarker, 0, "с село сел п пос поселок посёлок пгт рп р-п дер деревня ст-ца станица стца х хутор аул ауыл ауылы смт с-ще селище кп дп selo posyolok village town ст станция нп снт днп")
	add(areaMarker, 0, "обл область края край респ республика р-н район рн области района облысы ауданы аудан ао автономный округ окр oblast region district raion rayon обл-ть уезд с-с с-о сельсовет поселение")
	add(streetMarker, street, "ул улица улицы вул вулиця вулиці көшесі көш көше к-сі street str st ulitsa ulica vul vulytsia ul u-l")
	add(streetMarker, avenue, "пр-т пр-кт просп проспект проспекта даңғылы даңғыл дан-лы пр-кт avenue ave av prospekt prosp")
	add(streetMarker, anyStreet, "пр пр-д")
	add(streetMarker, driveway, "проезд проїзд пр-зд drive driveway proezd")
	add(streetMarker, lane, "пер переулок пров провулок пер-к lane pereulok тұйық")
	add(streetMarker, square, "пл площадь площа пл-дь square sq алаңы maidan майдан")
	add(streetMarker, boulevard, "б-р бул бульв бульвар blvd boulevard бул-р бульвары")
	add(streetMarker, highway, "ш шоссе шосе ш-се highway тасжолы трасса траса тракт тр-т")
	add(streetMarker, embankment, "наб набережная набережна наб-я embankment жағалауы")
	add(streetMarker, quarter, "мкр мкрн мкр-н микр микрорайон мікрорайон м-рн шағын ш-а ықшамауданы квартал кв-л квл microdistrict mkr")
	add(streetMarker, deadEnd, "туп тупик тупік")
	add(streetMarker, alley, "ал аллея алея alley")
	add(streetMarker, line, "лин линия лінія line")
	add(streetMarker, anyStreet, "спуск узвіз узвоз въезд заезд просек")
	add(houseMarker, 0, "д дом дома буд будинок үй house владение влад влд вл домовл домовладение dom bud зд здание")
	add(corpusMarker, 0, "к кор корп корпус корпуса korpus korp блок block")
	add(buildingMarker, 0, "стр строение соор сооружение building bldg bld")
	add(letterMarker, 0, "лит литер литера літера liter")
	add(unitMarker, 0, "кв оф офис пом помещение приміщення прим помещ эт этаж каб кабинет комн комната пав павильон пав-н бутик место секция ряд отдел apt office suite kv flat под подъезд нежилое н-п")
	add(countryMarker, 0, "россия рф украина україна казахстан қазақстан рк беларусь russia ukraine kazakhstan им имени ім індекс индекс адрес адреса тел телефон тц-н")
	for class, words := range [...]string{
		1: "магазин маг м-н м-зин маг-н shop store магаз крамниця дүкен дүкені magazin супермаркет минимаркет мини-маркет гипермаркет универсам гастроном універсам market маркет супер-маркет с-м м-т minimarket supermarket продмаг",
		2: "аптека апт аптечный аптеки pharmacy дәріхана apteka пункт",
		3: "кафе ресторан бар столовая кофейня cafe restaurant буфет закусочная пекарня пиццерия їдальня kafe",
		4: "киоск павильон-к ларек ларёк палатка кіоск лоток",
		5: "тт т-т точка торговая торг розничная outlet филиал фил склад объект обособленное подразделение представительство",
		6: "азс азк заправка",
		7: "тц трц тк т-ц т-к трк т-р-ц рынок ринок базар базары mall тд т-д",
	} {
		add(shopMarker, uint8(class), words)
	}
	return m
}

// foldJoined folds the parts of a word with hyphens.
func foldJoined(w string) string {
	parts := strings.Split(strings.ReplaceAll(strings.ToLower(w), "ё", "е"), "-")
	for i := range parts {
		parts[i] = fold(parts[i])
	}
	return strings.Join(parts, "-")
}
