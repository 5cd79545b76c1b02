package pdf

import (
	"strconv"
	"strings"
)

// glyphNames are names of the Adobe Glyph List that Differences use and that are no letter of their own.
const glyphNames = " space  exclam ! quotedbl \" numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright ) asterisk * plus + comma , hyphen - period . slash / " +
	"zero 0 one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 colon : semicolon ; less < equal = greater > question ? at @ " +
	"bracketleft [ backslash \\ bracketright ] asciicircum ^ underscore _ grave ` braceleft { bar | braceright } asciitilde ~ " +
	"guillemotleft « guillemotright » endash – emdash — quotedblleft “ quotedblright ” quotedblbase „ quoteleft ‘ quoteright ’ bullet • ellipsis … " +
	"section § degree ° plusminus ± multiply × divide ÷ mu µ Euro € copyright © registered ® trademark ™ minus − fraction ⁄ periodcentered · " +
	"nbspace \u00a0 nonbreakingspace \u00a0 afii61352 № afii10145 Џ afii10193 џ afii00208 ― "

// afii10017 to afii10097 are the Russian letters in the order of their alphabet, with Ё after Е.
const (
	afiiUpper = 10017
	afiiLower = 10065
	russian   = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
)

// glyphText is what the name of a glyph stands for, "" where that is unknown.
func glyphText(n string) string {
	if i := strings.IndexByte(n, '.'); i > 0 {
		n = n[:i]
	}
	if n == "space" {
		return " "
	}
	if len(n) == 1 {
		return n
	}
	if i := strings.Index(glyphNames, " "+n+" "); i >= 0 {
		rest := glyphNames[i+len(n)+2:]
		return rest[:strings.IndexByte(rest, ' ')]
	}
	if v, err := strconv.Atoi(strings.TrimPrefix(n, "afii")); err == nil && strings.HasPrefix(n, "afii") {
		return afii(v)
	}
	for _, p := range []string{"uni", "u"} {
		if v, err := strconv.ParseUint(strings.TrimPrefix(n, p), 16, 32); err == nil && strings.HasPrefix(n, p) && len(n)-len(p) >= 4 {
			return string(rune(v))
		}
	}
	return ""
}

func afii(v int) string {
	letters := []rune(russian)
	if i := v - afiiUpper; i >= 0 && i < len(letters) {
		return string(letters[i])
	}
	if i := v - afiiLower; i >= 0 && i < len(letters) {
		return strings.ToLower(string(letters[i]))
	}
	return ""
}
