package sheet

// ColumnName turns a 1-based column number into letters: 1 is A, 28 is AB.
func ColumnName(col int) string {
	var letters [16]byte
	at := len(letters)
	for ; col > 0; col /= 26 {
		col--
		at--
		letters[at] = byte('A' + col%26)
	}
	return string(letters[at:])
}
