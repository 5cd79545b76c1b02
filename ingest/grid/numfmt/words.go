package numfmt

import (
	"strconv"
	"strings"
)

// dateWords are the names of months and days in a language.
type dateWords struct {
	months, shortMonths [12]string
	days, shortDays     [7]string // from Sunday
}

var english = dateWords{
	months:      [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	shortMonths: [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	days:        [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	shortDays:   [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
}

var russian = dateWords{
	months:      [12]string{"Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь"},
	shortMonths: [12]string{"янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"},
	days:        [7]string{"воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"},
	shortDays:   [7]string{"Вс", "Пн", "Вт", "Ср", "Чт", "Пт", "Сб"},
}

// russianOf is the language of dates with a day in them: 1 июля.
var russianOf = dateWords{
	months:      [12]string{"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	shortMonths: russian.shortMonths,
	days:        russian.days,
	shortDays:   russian.shortDays,
}

// wordsOf gives the words of a locale as it stands in a section (ECMA-376 part 1,
// 18.8.31): hexadecimal, the language in the lower 16 bits. Russian Excel marks
// months in the genitive by FC in place of 04. Nil is English.
func wordsOf(locale string) *dateWords {
	if strings.EqualFold(locale, "ru-RU") {
		return &russian
	}
	id, err := strconv.ParseUint(locale, 16, 32)
	switch {
	case err != nil:
		return nil
	case id&0xFFFF == 0x0419:
		return &russian
	case id&0xFFFF == 0xFC19:
		return &russianOf
	}
	return nil
}
