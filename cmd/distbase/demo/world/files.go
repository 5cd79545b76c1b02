package world

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
)

// WriteImport writes one kind of master data, or primary sales, as the CSV that
// `distbase import KIND` reads.
func (w *World) WriteImport(out io.Writer, kind string) error {
	var rows [][]string
	switch kind {
	case "products":
		rows = w.productRows()
	case "distributors":
		rows = append(rows, []string{"code", "name", "inn", "region", "emails", "calendar"})
		for _, d := range w.Distributors {
			rows = append(rows, []string{d.Code, d.Name, d.INN, d.Region, d.Email, d.Calendar})
		}
	case "reps":
		rows = append(rows, []string{"code", "name", "region"})
		for _, r := range w.Reps {
			rows = append(rows, []string{r.Code, r.Name, r.Region})
		}
	case "channels":
		rows = [][]string{{"code", "name", "parent"}, {"RETAIL", "Розница", ""}, {"MINI", "Минимаркет", "RETAIL"}, {"SUPER", "Супермаркет", "RETAIL"}, {"HORECA", "Общепит", ""}}
	case "outlets":
		rows = w.outletRows()
	case "primary":
		rows = append(rows, []string{"date", "distributor", "product", "quantity", "amount", "document"})
		for _, s := range w.Shipments {
			rows = append(rows, []string{
				s.Day.Format("2006-01-02"), w.Distributors[s.Distributor].Code, w.Products[s.Product].Code,
				strconv.Itoa(s.Quantity), amount(s.Amount, "."), fmt.Sprintf("РН-%05d", s.Document),
			})
		}
	default:
		return fmt.Errorf("no sample of %q", kind)
	}
	if err := csv.NewWriter(out).WriteAll(rows); err != nil {
		return fmt.Errorf("write %s: %w", kind, err)
	}
	return nil
}

func (w *World) productRows() [][]string {
	rows := [][]string{{"code", "name", "barcode", "brand", "category", "unit", "pack", "weight", "price"}}
	for _, p := range w.Products {
		rows = append(rows, []string{
			p.Code, p.Name, p.Barcode, p.Brand, p.Category, "шт", strconv.Itoa(p.Pack),
			strconv.FormatFloat(float64(p.Grams)/1000, 'f', -1, 64), amount(p.Price, "."),
		})
	}
	return rows
}

func (w *World) outletRows() [][]string {
	rows := [][]string{{"code", "name", "legal_name", "inn", "address", "city", "region", "channel", "chain", "rep", "distributor", "from"}}
	for _, o := range w.Outlets {
		rows = append(rows, []string{
			o.Code, o.Name, o.LegalName, o.INN, o.Address, o.City, o.Region, o.Channel, o.Chain,
			w.Reps[o.Rep].Code, w.Distributors[o.Distributor].Code, w.First.Format("2006-01-02"),
		})
	}
	return rows
}

// Imports lists the kinds of WriteImport in the order they must be read.
func Imports() []string {
	return []string{"distributors", "reps", "channels", "products", "outlets", "primary"}
}
