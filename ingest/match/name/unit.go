package name

import "strings"

// Dimension is what a size measures.
type Dimension uint8

// The dimensions. Content is what is inside, by volume or by weight: millilitres
// or grams, since the trade writes one for the other.
const (
	Content Dimension = iota
	Count
	Length
	Ratio
	Percent
	Power
	Memory
	Voltage
	Frequency
	Dimensions // how many there are
)

// Size is a number with a unit, in the base unit of its dimension: millilitre or
// gram, piece, millimetre, part of water a part of concentrate, per cent, watt,
// megabyte, volt, hertz.
type Size struct {
	Dimension Dimension
	Weight    bool // of Content: grams
	Value     float64
}

// unit is a way of writing a unit.
type unit struct {
	dimension Dimension
	factor    float64
	weight    bool
	glued     bool // counts only where it follows the number without a blank
}

// unitOf reads a unit; written out ones are told by their beginning.
func unitOf(w string) (unit, bool) {
	switch w {
	case "мл", "ml", "миллилитров", "см3", "cc":
		return unit{dimension: Content, factor: 1}, true
	case "л", "l", "ltr", "lt", "литр", "литра", "литров", "литровый", "литровая", "литре", "liter", "liters", "litre", "litres":
		return unit{dimension: Content, factor: 1000}, true
	case "cl", "сл":
		return unit{dimension: Content, factor: 10}, true
	case "дал", "декалитр", "декалитров": // wine and spirits are counted in them
		return unit{dimension: Content, factor: 10000}, true
	case "oz", "ounce", "ounces":
		return unit{dimension: Content, factor: 28.35, weight: true}, true
	case "г", "гр", "g", "gr", "gm", "грамм", "грамма", "граммов", "грам":
		return unit{dimension: Content, factor: 1, weight: true}, true
	case "кг", "kg", "кгр", "килограмм", "килограмма":
		return unit{dimension: Content, factor: 1000, weight: true}, true
	case "мг", "mg":
		return unit{dimension: Content, factor: 0.001, weight: true}, true
	case "lb", "lbs", "pound", "pounds":
		return unit{dimension: Content, factor: 453.6, weight: true}, true
	}
	if u, ok := countUnit(w); ok {
		return u, true
	}
	return technicalUnit(w)
}

func countUnit(w string) (unit, bool) {
	switch w {
	case "шт", "штук", "штуки", "штука", "шту", "pcs", "pc", "piece", "pieces", "pk", "pack", "packs", "ct", "count",
		"таб", "табл", "таблеток", "таблетки", "капс", "капсул", "пак", "пакетиков", "салфеток", "дана", "tabs", "caps":
		return unit{dimension: Count, factor: 1}, true
	}
	return unit{}, false
}

func technicalUnit(w string) (unit, bool) {
	switch w {
	case "мм", "mm":
		return unit{dimension: Length, factor: 1}, true
	case "см", "cm":
		return unit{dimension: Length, factor: 10}, true
	case "м", "m", "метр", "метра", "метров", "meter", "meters":
		return unit{dimension: Length, factor: 1000}, true
	case "in", "inch", "inches", "дюйм", "дюймов", "дюйма":
		return unit{dimension: Length, factor: 25.4, glued: w == "in"}, true
	case "ft", "foot", "feet":
		return unit{dimension: Length, factor: 304.8}, true
	case "w", "вт", "watt", "watts", "ватт":
		return unit{dimension: Power, factor: 1, glued: w == "w"}, true
	case "квт", "kw":
		return unit{dimension: Power, factor: 1000}, true
	case "mb", "мб":
		return unit{dimension: Memory, factor: 1}, true
	case "gb", "гб":
		return unit{dimension: Memory, factor: 1024}, true
	case "tb", "тб":
		return unit{dimension: Memory, factor: 1024 * 1024}, true
	case "v", "в", "volt", "volts", "вольт":
		return unit{dimension: Voltage, factor: 1, glued: true}, true
	case "hz", "гц":
		return unit{dimension: Frequency, factor: 1}, true
	case "khz", "кгц":
		return unit{dimension: Frequency, factor: 1e3}, true
	case "mhz", "мгц":
		return unit{dimension: Frequency, factor: 1e6}, true
	case "ghz", "ггц":
		return unit{dimension: Frequency, factor: 1e9}, true
	}
	return unit{}, false
}

// inPieces tells the sign behind which a number counts pieces or tells a version: №20, #20.
func inPieces(before string) bool { return strings.HasSuffix(before, "#") }
