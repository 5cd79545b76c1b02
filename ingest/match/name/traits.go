package name

import "strings"

// Traits are attributes that names tell by words. Zero means not told.
type Traits struct {
	// Colours is a bit a colour.
	Colours uint32
	// Strength is ready for use or a concentrate.
	Strength Strength
	// Form is a bit a form of the goods: powder, liquid, gel and so on.
	Form uint32
	// Set tells that several things are sold as one.
	Set bool
}

// Strength tells ready mixes from concentrates.
type Strength uint8

// The strengths.
const (
	Untold Strength = iota
	Ready
	Concentrate
	Both
)

func traitsOf(n Name) Traits {
	var t Traits
	for i, x := range n.Tokens {
		if x.Kind != Word || len(x.Key) < 2 {
			continue
		}
		if b, ok := colourOf(x); ok {
			t.Colours |= 1 << b
		}
		if b, ok := formOf(x.Key); ok {
			t.Form |= 1 << b
		}
		switch {
		case strings.HasPrefix(x.Key, "kontsentr"), strings.HasPrefix(x.Key, "konsentr"), x.Key == "kontsen", x.Key == "konts" && x.Short,
			x.Key == "kont" && x.Short, strings.HasPrefix(x.Key, "superkont"), strings.HasPrefix(x.Key, "superkons"):
			t.Strength |= Concentrate
		case strings.HasPrefix(x.Key, "gotov"), x.Key == "rtu", x.Key == "readi" && i+2 < len(n.Tokens) && n.Tokens[i+2].Text == "use":
			t.Strength |= Ready
		case x.Key == "nabor", x.Key == "komplekt", x.Key == "kit", x.Key == "set", x.Key == "bundl", x.Key == "bundle", x.Key == "multipak":
			t.Set = true
		}
	}
	for _, s := range n.Sizes {
		if s.Dimension == Ratio {
			t.Strength |= Concentrate
		}
	}
	return t
}

// colours by the beginning of their keys, Russian, Ukrainian and English, in one
// order: those of the rainbow, the shades between them, metals.
var colours = [...][]string{
	{"bel", "bil", "vhite"}, {"chern", "cern", "corn", "black", "blak"}, {"krasn", "cervon", "red"}, {"sin", "blue"}, {"golub", "svetlosin"},
	{"zelen", "gren", "grin"}, {"zhelt", "zhovt", "ielov"}, {"oranzhev", "orange"}, {"korichn", "koricnev", "brovn"}, {"ser", "sir", "grai", "grei"},
	{"rozov", "pink"}, {"fiolet", "purple", "violet"}, {"bezhev", "beige"}, {"serebr", "silver"}, {"zolot", "gold"}, {"prozrachn", "prozracn", "clear", "klear", "beztsvetn", "bestsvetn"},
	{"bordov", "burgund"}, {"biriuz", "turkuoise", "turkuois"}, {"titan"}, {"kremov", "kream"},
}

// colourOf reads a colour. Short beginnings count only where nothing but an ending follows.
func colourOf(t Token) (int, bool) {
	for i, list := range colours {
		for _, c := range list {
			if strings.HasPrefix(t.Key, c) && (len(c) > 4 || len(t.Key)-len(c) <= 1) {
				return i, true
			}
		}
	}
	return 0, false
}

// forms of goods by the beginning of their keys.
var forms = [...][]string{
	{"poroshok", "poroshk", "povder"}, {"gel", "gele"}, {"sprei", "sprai", "sprai"}, {"aerozol", "aerosol"}, {"pena", "pen", "foam"}, {"krem", "kream"},
	{"tabletk", "tablet"}, {"kapsul", "kapsule"}, {"granul"}, {"zhidk", "likuid"}, {"pasta", "past"}, {"salfetk", "vipe"}, {"maslo", "masl"}, {"milo", "mil", "soap"},
	{"shampun", "shampo", "shampu"},
}

func formOf(key string) (int, bool) {
	for i, list := range forms {
		for _, f := range list {
			if key == f || len(f) > 3 && strings.HasPrefix(key, f) {
				return i, true
			}
		}
	}
	return 0, false
}
