package gridtest

import (
	"context"
	"errors"
	"strings"

	"github.com/distbase/distbase/ingest/grid/sheet"
)

// T is what *testing.T, *testing.B and *rapid.T have in common.
type T interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Reader is the Read of a format.
type Reader func(b *sheet.Budget, data []byte, to sheet.Sink) error

// Read reads into a book as files are read in earnest, rows taken off the budget. Of
// an error it gives what came before.
func Read[Data []byte | string](read Reader, data Data, opt sheet.Options) (*sheet.Book, error) {
	book := &sheet.Book{}
	b := sheet.NewBudget(context.Background(), opt)
	return book, read(b, []byte(data), b.Metered(book))
}

// Book is what is read without options; an error ends the test.
func Book[Data []byte | string](t T, read Reader, data Data) *sheet.Book {
	t.Helper()
	book, err := Read(read, data, sheet.Options{})
	if err != nil {
		t.Fatalf("%v", err)
	}
	if len(book.Sheets) == 0 {
		t.Fatalf("neither sheets nor an error")
	}
	return book
}

// Reads checks what is read, written down as [Show] does.
func Reads[Data []byte | string](t T, read Reader, data Data, want string) {
	t.Helper()
	if got := Show(Book(t, read, data)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Refuses checks that data is not read, and the [Reason].
func Refuses[Data []byte | string](t T, read Reader, data Data, want string) {
	t.Helper()
	if _, err := Read(read, data, sheet.Options{}); Reason(err) != want {
		t.Errorf("%.60q: got %v, want %s", data, err, want)
	}
}

// Reason is why a file was refused: the code of a *[sheet.ReadError] and what was
// found, "too_big cells". Of another error it is the text, of none "none".
func Reason(err error) string {
	if re, ok := errors.AsType[*sheet.ReadError](err); ok {
		return strings.TrimSpace(re.Code + " " + re.Found)
	}
	if err != nil {
		return err.Error()
	}
	return "none"
}

// KeepsBudget checks a reader that holds rows back on data of more than 50 cells: it
// pays for them before anybody asks for a row, and ends when nobody waits any more.
func KeepsBudget(t T, read Reader, data []byte) {
	t.Helper()
	if err := read(sheet.NewBudget(context.Background(), sheet.Options{MaxCells: 50}), data, &sheet.Book{}); Reason(err) != "too_big cells" {
		t.Errorf("more cells than may be: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := read(sheet.NewBudget(ctx, sheet.Options{}), data, &sheet.Book{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
