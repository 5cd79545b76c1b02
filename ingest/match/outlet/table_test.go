package outlet_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/distbase/distbase/ingest/match/outlet"
)

func TestColumnsAreToldByTitles(t *testing.T) {
	t.Parallel()
	want := []outlet.Entry{{ID: "1", Name: "Заря", Other: []string{"Заря-2"}, LegalName: "ООО Заря", INN: "7707083893", Address: "Мира, 5", City: "Тула", Region: "Тульская", Chain: "Заря"}}
	for name, rows := range map[string][][]string{
		"english": {{"id", "name", "short_name", "legal_name", "inn", "address", "city", "region", "chain"}, {"1", "Заря", "Заря-2", "ООО Заря", "7707083893", "Мира, 5", "Тула", "Тульская", "Заря"}},
		"russian, other order": {{"Сеть", "Регион", "Город", "Адрес", "ИНН", "Юр. лицо", "Краткое название", "Наименование", "ИД", "Прочее"},
			{"Заря", "Тульская", "Тула", "Мира, 5", "7707083893", "ООО Заря", "Заря-2", "Заря", "1", "?"}},
	} {
		got, err := outlet.ParseEntries(rows)
		if err != nil || !reflect.DeepEqual(got, want) || !outlet.AreOutlets(rows) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	if outlet.AreOutlets([][]string{{"id", "name", "barcode", "brand"}}) {
		t.Error("products taken for outlets")
	}
}

func TestBadTablesAreNamedByRowAndColumn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		rows [][]string
		is   error
		says string
	}{
		{"empty", nil, outlet.ErrNoColumn, `row 1: "id"`},
		{"no name", [][]string{{"id", "address"}}, outlet.ErrNoColumn, `row 1: "name"`},
		{"no id in a row", [][]string{{"name", "id"}, {"Заря", "1"}, {"", ""}, {"Восход", ""}}, outlet.ErrNoID, "row 4, column 2"},
	} {
		_, err := outlet.ParseEntries(c.rows)
		_, err2 := outlet.ParseQueries(c.rows)
		if !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.says) || err2 == nil || err2.Error() != err.Error() {
			t.Errorf("%s: %v, %v", c.name, err, err2)
		}
	}
}

func TestHistoryNeedsNoTitles(t *testing.T) {
	t.Parallel()
	want := []outlet.Confirmed{{Query: outlet.Query{Name: "Заря", Distributor: "D"}, ID: "1"}}
	for _, rows := range [][][]string{{{"Заря", "1", "D"}}, {{"distributor", "name", "id"}, {"D", "Заря", "1"}, {"", "", ""}}} {
		if got, err := outlet.ParseHistory(rows); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, %v", got, err)
		}
	}
}

func TestRankedIsTabSeparated(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	err := outlet.WriteRanked(&b, "q\t1", []outlet.Candidate{{ID: "7", Score: 1.5, Confidence: 0.25, Decision: outlet.Ask, Reasons: []string{"same_inn", "same_name"}}}, true)
	if want := "q 1\t7\t1.500000\t0.250000\task\tsame_inn same_name\n"; err != nil || b.String() != want {
		t.Errorf("%q, %v", b.String(), err)
	}
}
