package mailer

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/xuri/excelize/v2"
)

// mass is a mailbox as distributors fill it: every 33rd letter carries a workbook
// until reports of them do, the others are thanks and short notes, one in ten with
// a long quotation under it. The workbooks have step rows, twice as many and so on up
// to twelve times; a thousand rows are about 40 kB.
func mass(t testing.TB, letters, reports, step int) [][]byte {
	t.Helper()
	workbooks := make([][]byte, 0, 12)
	for i := range min(cap(workbooks), reports) {
		workbooks = append(workbooks, attached(workbook(t, step*(i+1), uint64(i))))
	}
	all := make([][]byte, letters)
	for i := range all {
		n := i / 33
		if i%33 == 0 && n < reports {
			all[i] = withWorkbook(i, workbooks[n%len(workbooks)])
			continue
		}
		body := "Спасибо, получили. Хорошего дня\r\n"
		if i%10 == 0 {
			body += string(bytes.Repeat([]byte("> Добрый день, высылаю отчёт за месяц, остатки на втором листе\r\n"), 150))
		}
		all[i] = fmt.Appendf(nil, "From: Client %d <c%d@client.example>\r\nTo: reports@localhost\r\nSubject: note %d\r\nMessage-ID: <note%d@client.example>\r\n"+
			"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s", i, i%50, i, i, body)
	}
	return all
}

func withWorkbook(i int, attachment []byte) []byte {
	head := fmt.Appendf(nil, "From: Client %d <c%d@client.example>\r\nTo: reports@localhost\r\nSubject: sales %d\r\nMessage-ID: <report%d@client.example>\r\nMIME-Version: 1.0\r\n"+
		"Content-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\nContent-Type: text/plain\r\n\r\nsee the file\r\n--part\r\n", i, i%50, i, i)
	return append(append(head, attachment...), "--part--\r\n"...)
}

// attached is a workbook as a part of a letter.
func attached(file []byte) []byte {
	var b bytes.Buffer
	b.WriteString("Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet; name=sales.xlsx\r\n" +
		"Content-Disposition: attachment; filename=sales.xlsx\r\nContent-Transfer-Encoding: base64\r\n\r\n")
	for line := range slicesOf(base64.StdEncoding.EncodeToString(file), 76) {
		b.WriteString(line + "\r\n")
	}
	return b.Bytes()
}

// slicesOf parts a string into pieces of n bytes.
func slicesOf(s string, n int) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for ; len(s) > n; s = s[n:] {
			if !yield(s[:n]) {
				return
			}
		}
		yield(s)
	}
}

// workbook is a sales report of so many rows, about 45 bytes each when packed.
func workbook(t testing.TB, rows int, seed uint64) []byte {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // made to be the same every time
	f := excelize.NewFile()
	defer func() { _ = f.Close() }()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		row := []any{
			"01.07.2026", fmt.Sprintf("ТТ %05d ул. Ленина, %d", random.IntN(400), random.IntN(200)),
			fmt.Sprintf("Шампунь %d мл арт. %08d", 100+50*random.IntN(8), random.IntN(1e8)), random.IntN(500), float64(random.IntN(1e6)) / 100,
		}
		if i == 0 {
			row = []any{"Дата", "Точка", "Товар", "Кол-во", "Сумма"}
		}
		if err := w.SetRow(fmt.Sprint("A", i+1), row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
