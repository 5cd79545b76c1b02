package outlet

// asksFor tells whether the query names a section.
func (c *comparison) asksFor(s section) bool { return c.a.has(s) }

// street compares streets; a street that nothing labels counts like a labelled one.
func (c *comparison) street(v *vector, k, loosely cover) {
	if k.words == 0 && loosely.words > 0 {
		k = loosely
	}
	asked := c.asksFor(streets) || c.asksFor(loose)
	v[streetCover] = k.share()
	if k.matched > 0 {
		v[streetMisspelt] = 1 - k.similarity
	}
	v[streetMissing] = flag(k.words == 0 || !asked && k.share() < 0.4)
	v[streetDiffers] = flag(k.words > 0 && c.asksFor(streets) && k.share() < 0.4)
	v[streetClassDiffers] = flag(c.a.streetClass != anyStreet && c.d.streetClass != anyStreet && c.a.streetClass != c.d.streetClass)
	var lost float64
	for i, w := range c.a.words {
		if (w.section == streets || w.section == loose) && c.found[i] == 0 {
			lost += c.a.weights[i]
		}
	}
	v[addressLost] = min(1, lost/2)
}

func (c *comparison) house(v *vector) {
	h := c.a.house
	if h.number == 0 && c.d.house.number != 0 {
		if c.looseHouse() {
			v[houseLoose] = 1
			switch compareHouses(c.a.looseHouse, c.d.house) {
			case housePartMissing:
				v[housePart] = 1
			case housePartDiffers:
				v[houseOtherPart] = 1
			}
			return
		}
		v[houseUnasked] = 1
		return
	}
	switch compareHouses(h, c.d.house) {
	case houseUnknown:
		v[houseUncatalogued] = flag(h.number != 0)
		v[houseUnasked] = flag(h.number == 0)
	case houseEqual:
		v[houseSame] = 1
	case housePartMissing:
		v[housePart] = 1
	case housePartDiffers:
		v[houseOtherPart] = 1
	default:
		v[houseOther] = 1
	}
}

// looseHouse tells whether a number of the query of which nothing says what it is equals the house.
func (c *comparison) looseHouse() bool {
	if c.a.looseHouse.number == c.d.house.number {
		return true
	}
	for _, w := range c.a.words {
		if w.section == numeral && number32(w.text) == c.d.house.number {
			return true
		}
	}
	return false
}

func (c *comparison) places(v *vector, town, region cover) {
	asked := c.asksFor(place)
	switch {
	case town.words > 0 && town.share() > 0.5:
		v[placeSame] = town.share()
	case town.words > 0 && asked && !c.placeElsewhere():
		v[placeOther] = 1
	default:
		v[placeMissing] = 1
	}
	switch {
	case region.words > 0 && region.share() > 0.4:
		v[areaSame] = 1
	case region.words > 0 && c.asksFor(area) && !c.areaFound():
		v[areaOther] = 1
	}
}

// placeElsewhere tells whether the place asked for is in another part of the outlet's address.
func (c *comparison) placeElsewhere() bool {
	for i, w := range c.a.words {
		if w.section == place && c.found[i] > 0 {
			return true
		}
	}
	return false
}

func (c *comparison) areaFound() bool {
	for i, w := range c.a.words {
		if w.section == area && c.found[i] > 0 {
			return true
		}
	}
	return false
}

// rest compares what is left, and what agrees together.
func (c *comparison) rest(v *vector) {
	if p, q := c.a.postcode, c.d.postcode; p != 0 && q != 0 {
		v[postcodeSame], v[postcodeOther] = flag(p == q), flag(p != q)
	}
	if p, q := c.a.unit, c.d.unit; p != 0 && q != 0 {
		v[unitSame], v[unitOther] = flag(p == q), flag(p != q)
	}
	v[shopDiffers] = flag(c.a.shopClass != 0 && c.d.shopClass != 0 && c.a.shopClass != c.d.shopClass && c.a.shopClass < 5 && c.d.shopClass < 5)
	v[addressWhole] = flag(v[streetCover] > 0.7 && v[houseSame]+v[houseLoose] > 0 && v[housePart]+v[houseOtherPart] == 0 && v[placeOther] == 0)
	v[bothWhole] = v[addressWhole] * flag(v[nameCover] > 0.8 && v[nameAsked] > 0.6)
	v[taxAndAddress] = v[addressWhole] * v[taxEqual]
	v[chainWhole] = v[numeralEqual] * flag(v[nameCover] > 0.8)
}
