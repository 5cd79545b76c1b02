package match

// Entry is a product of the catalogue.
type Entry struct {
	ID, Name string
	// Other are more names of the same entry.
	Other                                []string
	Code, Barcode, Brand, Unit, Category string
	// Price is a decimal text.
	Price string
	// Prices are further ones, as of purchase and of retail.
	Prices []string
}

// Query is a name to be found in the catalogue.
type Query struct {
	ID, Name                   string
	Code, Barcode, Brand, Unit string
	// Distributor is who uses the name; mappings confirmed for the same one count most.
	Distributor, Price string
}

// Confirmed is a mapping a person has confirmed.
type Confirmed struct{ Name, ID, Distributor string }

// Decision is what to do with the first candidate.
type Decision string

// The decisions.
const (
	Map  Decision = "map"  // certain: may be mapped without asking
	Ask  Decision = "ask"  // a person decides
	None Decision = "none" // nothing in the catalogue is near
)

// Candidate is an entry that a name may mean.
type Candidate struct {
	ID    string
	Score float64
	// Confidence is the probability that this candidate is right.
	Confidence float64
	Decision   Decision
	// Reasons are machine words with an argument behind a colon, to be phrased for people:
	// same_name, same_barcode, same_code, confirmed, confirmed_elsewhere, several, code_in_name,
	// code_differs, brand_equal, size_equal, size_differs, size_missing, number_differs, version_differs,
	// price_far, taken, words, words_missing; colour, strength, form, dilution and technical each with
	// _equal or _differs.
	Reasons []string
}

// Options says how a catalogue is to be searched. The zero value is for one without history.
type Options struct {
	History []Confirmed
	// Model is what scores; DefaultModel where it is nil.
	Model *Model
	// Zones part the decisions, by distributor; DefaultZones for those that are not there.
	Zones map[string]Zones
}
