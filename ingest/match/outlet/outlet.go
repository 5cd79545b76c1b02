package outlet

// Entry is an outlet of the catalogue. Only ID must be there.
type Entry struct {
	ID, Name string
	// Other are more names of the same outlet.
	Other []string
	// LegalName is the legal entity that runs the outlet; many outlets may share it.
	LegalName string
	// INN is a taxpayer number of any of the countries: see TaxID.
	INN string
	// Address may repeat City and Region.
	Address, City, Region string
	// Chain is the retail chain the outlet belongs to.
	Chain string
}

// Query is a buyer as a distributor writes it. Any field may hold what belongs
// into another one, the name above all: «ИП Сидоров А.А. г.Тула ул.Ленина,5».
type Query struct {
	ID, Name, LegalName, INN, Address, City, Region, Chain string
	// Distributor is who uses the name; mappings confirmed for the same one count most.
	Distributor string
}

// Decision is what to do with the first candidate.
type Decision string

// The decisions.
const (
	Map  Decision = "map"  // certain: may be mapped without asking
	Ask  Decision = "ask"  // a person decides
	None Decision = "none" // nobody of the catalogue
)

// Candidate is an outlet that a query may mean.
type Candidate struct {
	ID string
	// Score is comparable across queries: greater is better.
	Score float64
	// Confidence is the probability that this candidate is right.
	Confidence float64
	Decision   Decision
	// Reasons are machine words, some with an argument behind a colon, to be phrased for people; see [Reasons].
	Reasons []string
}

// Confirmed is a mapping a person has confirmed.
type Confirmed struct {
	Query Query
	ID    string
}
