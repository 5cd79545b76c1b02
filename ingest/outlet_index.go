package ingest

import (
	"slices"
	"strings"
	"unicode"

	"github.com/distbase/distbase/storage"
)

// outletIndex finds the outlet that a client is, where that is certain: plain
// agreement, no guessing.
type outletIndex struct {
	byCode  map[string]*storage.Outlet
	byPlace map[string][]*storage.Outlet // words of the name and of the address
	byName  map[string][]*storage.Outlet
	byINN   map[string][]*storage.Outlet
}

func newOutletIndex(list []storage.Outlet) *outletIndex {
	x := &outletIndex{
		byCode: make(map[string]*storage.Outlet), byPlace: make(map[string][]*storage.Outlet),
		byName: make(map[string][]*storage.Outlet), byINN: make(map[string][]*storage.Outlet),
	}
	for i := range list {
		o := &list[i]
		x.byCode[fold(o.Code)] = o
		for _, name := range []string{o.Name, o.LegalName} {
			if name == "" {
				continue
			}
			x.byName[words(name)] = append(x.byName[words(name)], o)
			for _, place := range []string{o.City + " " + o.Address, o.Address} {
				if strings.TrimSpace(o.Address) != "" {
					key := words(name + " " + place)
					x.byPlace[key] = append(x.byPlace[key], o)
				}
			}
		}
		if o.INN != "" {
			x.byINN[o.INN] = append(x.byINN[o.INN], o)
		}
	}
	return x
}

// find returns the outlet and why it is the one, or nil.
func (x *outletIndex) find(c storage.Client) (*storage.Outlet, string) {
	if o := x.byCode[fold(c.Code)]; o != nil && c.Code != "" {
		return o, "code"
	}
	for _, name := range []string{c.OutletName, c.Name} {
		if name == "" {
			continue
		}
		for _, place := range []string{" " + c.City + " " + c.Address, " " + c.Address, ""} {
			if o := only(x.byPlace[words(name+place)]); o != nil {
				return o, "name and address"
			}
		}
	}
	if c.INN != "" {
		return only(x.byINN[c.INN]), "inn"
	}
	if c.Address == "" {
		return only(x.byName[words(c.Name)]), "name"
	}
	return nil, ""
}

// only is the one outlet of a list, nil where there are several or none.
func only(list []*storage.Outlet) *storage.Outlet {
	list = slices.Compact(slices.Clone(list))
	if len(list) != 1 {
		return nil
	}
	return list[0]
}

// words are the different words of a text, sorted, without those that name no
// one: «Магазин «Заря», Тула, ул. Мира, 5» and «ул Мира 5 Тула Заря» are the
// same.
func words(s string) string {
	list := strings.FieldsFunc(fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	list = slices.DeleteFunc(list, func(w string) bool {
		switch w {
		case "магазин", "маг", "м", "н", "тт", "точка", "г", "город", "shop", "store":
			return true
		}
		return false
	})
	slices.Sort(list)
	return strings.Join(slices.Compact(list), " ")
}
