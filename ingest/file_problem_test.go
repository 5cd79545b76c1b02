package ingest

import (
	"testing"

	"github.com/distbase/distbase/ingest/grid"
	"github.com/distbase/distbase/ingest/grid/sheet"
	"github.com/distbase/distbase/text"
)

// TestRefusalSaysWhatToSend for every word by which a reader names what it refuses.
func TestRefusalSaysWhatToSend(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		err  *grid.ReadError
		want string
	}{
		{"print-out of 1C", &grid.ReadError{Code: grid.CodeUnsupported, Path: "отчёт.mxl", Found: "mxl"}, "Файл «отчёт.mxl» — печатная форма 1С (mxl). Откройте её в 1С, сохраните как xlsx и пришлите."},
		{"in an archive", &grid.ReadError{Code: grid.CodeEncrypted, Path: "Июль.xlsx"}, "Файл «отчёт.mxl/Июль.xlsx» защищён паролем. Сохраните его без пароля и пришлите ещё раз."},
		{"place", &grid.ReadError{Code: grid.CodeBroken, Sheet: "Июль", Row: 14, Col: 4}, "Файл «отчёт.mxl» повреждён: лист «Июль», строка 14, столбец D. Сохраните отчёт заново и пришлите ещё раз."},
		{"unheard of", &grid.ReadError{Code: grid.CodeUnsupported, Found: "cad"}, "Файл «отчёт.mxl» не похож на таблицу. Сохраните отчёт как xlsx или csv и пришлите ещё раз."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := problemOf("отчёт.mxl", c.err).Text(text.For("ru")); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestNotesSurviveStorageAndAreCounted(t *testing.T) {
	t.Parallel()
	f := &grid.File{Name: "июль.zip", Warnings: []grid.Warning{
		{Code: "truncated", Row: 1_000_000}, {Code: "row_mismatch", Row: 3}, {Code: grid.CodeUnsupported, Sheet: "фото.jpg", Text: "picture"},
	}}
	for range maxFileNotes {
		f.Sheets = append(f.Sheets, &sheet.Sheet{Name: "Лист1", Warnings: []grid.Warning{{Code: "pdf_font"}}})
	}
	notes := parseSentences(rawSentences(notesOf(f)))
	var got []string
	for _, n := range notes {
		got = append(got, n.Text(text.For("ru")))
	}
	if len(got) != maxFileNotes+1 {
		t.Fatalf("%d notes: %q", len(got), got)
	}
	for i, want := range map[int]string{
		0:            "Файл «июль.zip» обрывается после строки 1000000: прочитано не всё. Пришлите его заново.",
		1:            "Файл «июль.zip/фото.jpg» — картинка. Из неё цифры не читаются: пришлите сам отчёт, xlsx или csv.",
		maxFileNotes: "…и ещё 2 замечания",
	} {
		if got[i] != want {
			t.Errorf("note %d: %s, want %s", i, got[i], want)
		}
	}
}
