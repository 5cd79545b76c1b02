package outlet

// TaxKind is which register a taxpayer number belongs to.
type TaxKind uint8

// The kinds of a taxpayer number. NoTaxID is for what fails every check.
const (
	NoTaxID TaxKind = iota
	INN10           // Russian legal entity
	INN12           // Russian person
	BIN             // Kazakh БИН of a legal entity or ИИН of a person, 12 digits
	EDRPOU          // Ukrainian legal entity, 8 digits
	RNOKPP          // Ukrainian person, 10 digits
)

// TaxID gives the digits of a taxpayer number and its register, told by its
// check digits. A number that two registers would take belongs to the first of
// the constants. Blanks, dashes and words around it are passed over; a leading
// zero that a spreadsheet lost is put back. Where no check holds, the digits
// come with NoTaxID.
func TaxID(s string) (string, TaxKind) {
	digits := make([]byte, 0, 12)
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			digits = append(digits, s[i])
		} else if len(digits) >= 8 && s[i] != ' ' && s[i] != '-' {
			break // КПП behind a slash
		}
	}
	if len(digits) > 14 {
		return "", NoTaxID
	}
	if kind := taxKind(digits); kind != NoTaxID {
		return string(digits), kind
	}
	if n := len(digits); n == 9 || n == 11 || n == 7 {
		padded := append([]byte{'0'}, digits...)
		if kind := taxKind(padded); kind != NoTaxID {
			return string(padded), kind
		}
	}
	return string(digits), NoTaxID
}

func taxKind(d []byte) TaxKind {
	if uniform(d) {
		return NoTaxID
	}
	switch len(d) {
	case 10:
		if weighted(d, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == digit(d[9]) {
			return INN10
		}
		if weighted(d, -1, 5, 7, 9, 4, 6, 10, 5, 7) >= 0 && weighted(d, -1, 5, 7, 9, 4, 6, 10, 5, 7)%11%10 == digit(d[9]) {
			return RNOKPP
		}
	case 12:
		if weighted(d, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == digit(d[10]) &&
			weighted(d, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == digit(d[11]) {
			return INN12
		}
		if isBIN(d) {
			return BIN
		}
	case 8:
		if isEDRPOU(d) {
			return EDRPOU
		}
	}
	return NoTaxID
}

// uniform tells placeholders: 0000000000.
func uniform(d []byte) bool {
	for _, c := range d {
		if c != d[0] {
			return false
		}
	}
	return true
}

func digit(c byte) int { return int(c - '0') }

// weighted is the sum of the leading digits by their weights.
func weighted(d []byte, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += w * digit(d[i])
	}
	return sum
}

// isBIN checks the twelfth digit: weights 1..11, and where that gives 10, weights 3..11, 1, 2.
func isBIN(d []byte) bool {
	sum := weighted(d, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) % 11
	if sum == 10 {
		sum = weighted(d, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2) % 11
	}
	return sum < 10 && sum == digit(d[11])
}

// isEDRPOU checks the eighth digit: weights 1..7, or 7, 1..6 between 30 and 60
// million; where that gives 10, the weights are two greater.
func isEDRPOU(d []byte) bool {
	middle := d[0] >= '3' && d[0] < '6'
	sum := weighted(d, 1, 2, 3, 4, 5, 6, 7) % 11
	if middle {
		sum = weighted(d, 7, 1, 2, 3, 4, 5, 6) % 11
	}
	if sum == 10 {
		if sum = weighted(d, 3, 4, 5, 6, 7, 8, 9) % 11; middle {
			sum = weighted(d, 9, 3, 4, 5, 6, 7, 8) % 11
		}
	}
	return sum%10 == digit(d[7])
}
