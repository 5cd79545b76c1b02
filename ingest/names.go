package ingest

import (
	"strings"

	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
)

func tableKind(s string) table.Kind { return table.Kind(s) }

// fold brings a name to the form in which two spellings are one: lower case, ё
// as е, single blanks.
func fold(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToLower(s), "ё", "е")), " ")
}

// itemOf is the item that a record names. Its identity is the distributor's own
// code where there is one, with the name, since codes are reused; the unit is a
// part of it, for a case and a piece are counted apart.
func itemOf(r table.Record) (storage.Item, bool) {
	x := storage.Item{
		Code: r.Text(table.ProductCode), Name: strings.TrimSpace(r.Text(table.Product)), Barcode: r.Text(table.Barcode),
		Unit: r.Text(table.Unit), Brand: r.Text(table.Brand),
	}
	if x.Name == "" {
		x.Name = firstOf(x.Code, x.Barcode)
	}
	if x.Name == "" {
		return x, false
	}
	x.Key = strings.Join([]string{fold(x.Code), fold(x.Name), fold(x.Unit)}, "\x1f")
	if x.Code == "" && x.Barcode != "" {
		x.Key += "\x1f" + x.Barcode
	}
	return x, true
}

// clientOf is the buyer with its place of delivery that a record names.
func clientOf(r table.Record) (storage.Client, bool) {
	c := storage.Client{
		Code: firstOf(r.Text(table.OutletCode), r.Text(table.ClientCode)), Name: r.Text(table.Client), INN: r.Text(table.ClientINN),
		OutletName: r.Text(table.Outlet), Address: firstOf(r.Text(table.OutletAddress), r.Text(table.ClientAddress)),
		City: r.Text(table.City), Region: r.Text(table.Region), Channel: r.Text(table.Channel),
	}
	c.Name = firstOf(c.Name, c.OutletName, c.Code, c.INN, c.Address)
	if c.Name == "" {
		return c, false
	}
	c.Key = strings.Join([]string{fold(c.Code), fold(c.Name), fold(c.INN), fold(c.OutletName), fold(c.Address)}, "\x1f")
	return c, true
}

func agentOf(r table.Record) (storage.Agent, bool) {
	name := strings.TrimSpace(r.Text(table.SalesRep))
	return storage.Agent{Key: fold(name), Name: name}, name != ""
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}
