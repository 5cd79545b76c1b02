package outlet

// ReasonWords are all machine words that reasons begin with, for those who phrase them.
func ReasonWords() []string {
	return []string{
		"confirmed", "confirmed_elsewhere", "several", "same_inn", "inn_near", "inn_differs",
		"same_name", "name_similar", "name_differs", "same_person", "person_differs", "form_differs",
		"same_shop_number", "shop_number_differs", "same_street", "street_similar", "street_differs", "street_kind_differs",
		"same_house", "house_part_missing", "house_part_differs", "house_differs", "house_missing",
		"same_city", "city_differs", "region_differs", "same_postcode", "postcode_differs", "unit_differs",
	}
}
