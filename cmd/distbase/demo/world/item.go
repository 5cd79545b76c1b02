package world

import (
	"fmt"
	"strings"
)

// itemName is how distributor d calls product p. Some copy the manufacturer's
// name, most have a way of their own.
func (w *World) itemName(d, p int) string {
	x := w.Products[p]
	glued := strings.ReplaceAll(x.size, " ", "")
	switch d {
	case 1:
		return fmt.Sprintf("%s %s %s %s", x.noun, x.flavour, x.Brand, glued)
	case 2:
		name := strings.ToUpper(fmt.Sprintf("%s %s %s %s", x.noun, x.Brand, x.flavour, glued))
		return strings.NewReplacer("Ё", "Е", "×", "Х").Replace(name) // windows-1251 has no ×
	case 4:
		return fmt.Sprintf("%s %s %s, %s", x.Brand, strings.ToLower(x.noun), short(x.flavour), x.size)
	case 6:
		return fmt.Sprintf("%s %s \"%s\" %s*%d", x.noun, x.flavour, x.Brand, glued, x.Pack)
	case 7:
		return fmt.Sprintf("%s \"%s\" %s %s", x.noun, x.Brand, short(x.flavour), glued)
	}
	return x.Name
}

// short cuts the long words of a flavour as cashiers do: «черн. лист.».
func short(flavour string) string {
	words := strings.Fields(flavour)
	for i, word := range words {
		if letters := []rune(word); len(letters) > 7 {
			words[i] = string(letters[:4]) + "."
		}
	}
	return strings.Join(words, " ")
}

// itemCode is the distributor's own code of a product.
func itemCode(d, p int) string { return fmt.Sprintf("%d%05d", d+1, 4001+p*7) }

// clientName is how distributor d calls an outlet.
func (w *World) clientName(d, o int) string {
	x := w.Outlets[o]
	switch d {
	case 1:
		return fmt.Sprintf("%s (%s, %s)", x.LegalName, strings.Trim(strings.TrimPrefix(x.Name, "Магазин "), "«»"), x.City)
	case 2, 7:
		return fmt.Sprintf("%s, %s, %s", x.Name, x.City, x.Address)
	}
	return x.Name
}

// Meant is the code of the product that a distributor means by a name of its own;
// false: of none of ours.
func (w *World) Meant(distributor, name string) (code string, ok bool) {
	for d, x := range w.Distributors {
		if x.Code != distributor {
			continue
		}
		for p, product := range w.Products {
			if w.itemName(d, p) == name {
				return product.Code, true
			}
		}
	}
	return "", false
}
