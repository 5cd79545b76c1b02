package outlet

// feature is one thing that comparing a query with an outlet tells. All are 0 to 1.
type feature uint8

// The features. Names of the learned numbers are made of featureNames, in this order.
const (
	nameCover    feature = iota // how much of the outlet's best name the query has
	nameSecond                  // the same of its other names
	nameAsked                   // how much of the query's name the outlet has
	nameMass                    // how rare the names that agree are
	nameLost                    // how rare the names of the query are that the outlet lacks
	nameMisspelt                // how far the names that agree are from equal
	nameAbsent                  // the query has no name
	givenEqual
	givenDiffers
	givenMissing // one side has initials only the other lacks
	numeralEqual
	numeralDiffers
	numeralMissing
	formDiffers
	taxEqual
	taxDiffers
	taxNear // a digit apart
	streetCover
	streetMisspelt
	streetMissing
	streetDiffers
	streetClassDiffers
	houseSame
	housePart
	houseOtherPart
	houseOther
	houseUnasked
	houseUncatalogued
	houseLoose // equal to a number that nothing says is the house
	placeSame
	placeOther
	placeMissing
	areaSame
	areaOther
	postcodeSame
	postcodeOther
	unitSame
	unitOther
	addressLost // how rare the words of the query's address are that the outlet lacks
	shopDiffers
	nameWhole    // all names of the query and one of the outlet agree
	addressWhole // street and house agree, the place does not contradict
	bothWhole
	taxAndAddress
	chainWhole // name and number agree
	features
)

// featureNames are the names of the features in the file of learned numbers.
var featureNames = [features]string{
	"name_cover", "name_second", "name_asked", "name_mass", "name_lost", "name_misspelt", "name_absent",
	"given_equal", "given_differs", "given_missing", "numeral_equal", "numeral_differs", "numeral_missing", "form_differs",
	"tax_equal", "tax_differs", "tax_near", "street_cover", "street_misspelt", "street_missing", "street_differs", "street_class_differs",
	"house_same", "house_part", "house_other_part", "house_other", "house_unasked", "house_uncatalogued", "house_loose",
	"place_same", "place_other", "place_missing", "area_same", "area_other", "postcode_same", "postcode_other", "unit_same", "unit_other",
	"address_lost", "shop_differs", "name_whole", "address_whole", "both_whole", "tax_and_address", "chain_whole",
}

// vector are the features of a query and an outlet.
type vector [features]float64

func flag(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
