package table

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestKnownTitlesNameTheirRoles reads the dictionary of titles that reports of
// several systems use. A title may name a narrower role than the dictionary says.
func TestKnownTitlesNameTheirRoles(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "corpus", "layouts", "header_synonyms.tsv"))
	if err != nil {
		t.Skip("the dictionary is not here")
	}
	fields := map[string][]Role{
		"product": {Product, ProductCode}, "product_code": {ProductCode}, "article": {ProductCode}, "barcode": {Barcode}, "unit": {Unit},
		"qty": {Quantity, ShippedQty}, "amount": {Amount}, "price": {Price}, "client": {Client, Outlet}, "date": {Date}, "doc": {DocNo},
		"outlet": {Outlet, OutletAddress}, "address": {OutletAddress, ClientAddress}, "inn": {ClientINN}, "rep": {SalesRep}, "region": {Region}, "city": {City},
		"warehouse": {Warehouse}, "opening": {OpeningQty}, "closing": {StockQty, Quantity}, "stock": {StockQty}, "incoming": {ReceivedQty}, "outgoing": {ShippedQty, Quantity},
		"brand": {Brand}, "vat": {VAT},
	}
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) < 2 || f[0] == "field" {
			continue
		}
		want, ok := fields[f[0]]
		m, found := bestMatch(f[1])
		if !ok {
			continue // words of service lines and of columns of no interest
		}
		right := false
		for _, w := range want {
			right = right || found && m.role == w
		}
		if !right {
			t.Errorf("%s: %q gives %q (%.1f)", f[0], f[1], m.role, m.score)
		}
	}
}
