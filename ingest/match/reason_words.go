package match

// ReasonWords are all machine words that reasons begin with, for those who phrase them.
func ReasonWords() []string {
	return []string{
		"confirmed", "same_barcode", "same_name", "confirmed_elsewhere", "same_code", "several",
		"size_equal", "size_differs", "size_missing", "brand_equal", "version_differs", "number_differs",
		"colour_equal", "colour_differs", "strength_equal", "strength_differs", "form_equal", "form_differs",
		"dilution_equal", "dilution_differs", "technical_equal", "technical_differs",
		"code_in_name", "code_differs", "price_far", "taken", "words", "words_missing",
	}
}

// FactorWords are all machine words of the reasons of a [Factor].
func FactorWords() []string { return []string{"unit", "weight", "pack", "price"} }
