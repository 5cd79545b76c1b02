package grid

import "testing"

func TestSymbolicLinksAreToldFromTextsWithAnID(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		"ID;PWXL;N;E\r\nP;PGeneral\r\n":    formatSLK,
		"ID;PQuattro Pro\rB;X4;Y4\r":       formatSLK,
		"ID;P\nC;Y1;X1;K1\nE\n":            formatSLK,
		"ID;P\nE\n":                        formatSLK,
		"ID;Product;Price\n1;Milk;5\n":     formatText,
		"ID;P\n1;2\n":                      formatText,
		"ID;Price\nC;5\nF;6\n":             formatText,
		"ID;Name;Qty\r\nP;12;5\r\nB;3;4\n": formatText,
	} {
		if got := sniff([]byte(data)); got != want {
			t.Errorf("%q: got %s, want %s", data, got, want)
		}
	}
}
