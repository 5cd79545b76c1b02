package outlet

// keysExpected is about how many keys an outlet is found by.
const keysExpected = 27

// keyKind parts the keys of different sorts.
type keyKind uint64

const (
	taxKey keyKind = iota + 1
	wordKey
	pairKey
	houseKey
	postcodeKey
)

// hashKey mixes a key to 32 bits (the finalizer of SplitMix64, Steele et al. 2014).
func hashKey(kind keyKind, a, b uint64) uint32 {
	h := uint64(kind)*0x9e3779b97f4a7c15 ^ a*0xbf58476d1ce4e5b9 ^ (b+1)*0x94d049bb133111eb
	h ^= h >> 30
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 27
	h *= 0x94d049bb133111eb
	return uint32(h >> 32)
}

// hashPair is the key of two stems, in whatever order.
func hashPair(a, b uint32) uint32 {
	if a > b {
		a, b = b, a
	}
	return hashKey(pairKey, uint64(a), uint64(b))
}

// How many stems of each part of an outlet go into its keys.
const (
	namesKeyed   = 6
	streetsKeyed = 3
	placesKeyed  = 2
	numbersKeyed = 2
)

// eachKey gives the keys that an outlet is found by, some perhaps twice. Keys
// of two parts are rare where each part alone is not («Магнит», Москва): a
// query that has both finds the few outlets in a million that do.
func (v *vocabulary) eachKey(d *doc, yield func(uint32)) {
	var nameRoom, streetRoom, placeRoom, numberRoom [8]uint32
	names := v.stemsOf(nameRoom[:0], namesKeyed, d.section(naming), d.section(legal), d.section(chain))
	street := v.stemsOf(streetRoom[:0], streetsKeyed, d.section(streets), d.section(loose))
	places := v.stemsOf(placeRoom[:0], placesKeyed, d.section(place))
	numbers := v.stemsOf(numberRoom[:0], numbersKeyed, d.section(numeral))
	if d.tax != 0 {
		yield(hashKey(taxKey, d.tax, 0))
	}
	for i, a := range names {
		yield(hashKey(wordKey, uint64(a), 0))
		if i < 4 {
			pairs(a, names[i+1:], yield)
			pairs(a, street[:min(2, len(street))], yield)
			if d.house.number != 0 {
				yield(hashKey(houseKey, uint64(a), uint64(d.house.number)))
			}
		}
		pairs(a, places, yield)
		pairs(a, numbers, yield)
	}
	for _, a := range street {
		pairs(a, places, yield)
		if d.house.number != 0 {
			yield(hashKey(houseKey, uint64(a), uint64(d.house.number)))
		}
		if len(names) == 0 {
			yield(hashKey(wordKey, uint64(a), 0))
		}
	}
	for _, a := range places[:min(1, len(places))] {
		if d.house.number != 0 {
			yield(hashKey(houseKey, uint64(a), uint64(d.house.number)))
		}
	}
	if d.postcode != 0 && d.house.number != 0 {
		yield(hashKey(postcodeKey, uint64(d.postcode), uint64(d.house.number)))
	}
}

func pairs(a uint32, list []uint32, yield func(uint32)) {
	for _, b := range list {
		if a != b {
			yield(hashPair(a, b))
		}
	}
}

// stemsOf adds the different stems of sections, at most limit.
func (v *vocabulary) stemsOf(out []uint32, limit int, lists ...[]uint32) []uint32 {
	for _, list := range lists {
		for _, w := range list {
			if st := v.stemOf[w]; len(out) < limit && !contains(out, st) {
				out = append(out, st)
			}
		}
	}
	return out
}
