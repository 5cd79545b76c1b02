package ingest

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/storage"
)

// formats make one report in every format that can be written here.
func formats() []struct {
	name string
	make func(t *testing.T, rows [][]string) []byte
} {
	cells := func(before, after string) func(int, int, string) string {
		return func(_, _ int, text string) string { return before + text + after }
	}
	html := func(rows [][]string) string {
		return "<html><body><table>" + joined(rows, plainRow("<tr>", "</tr>"), cells("<td>", "</td>")) + "</table></body></html>"
	}
	csv := func(rows [][]string) string {
		return joined(rows, func(_ int, s string) string { return strings.TrimSuffix(s, ";") + "\r\n" }, cells("", ";"))
	}
	content := func(rows [][]string) string {
		return joined(rows, plainRow("<table:table-row>", "</table:table-row>"), func(r, c int, text string) string {
			kind := `office:value-type="string"`
			if isFigure(r, c) {
				kind = `office:value-type="float" office:value="` + text + `"`
			}
			return "<table:table-cell " + kind + "><text:p>" + text + "</text:p></table:table-cell>"
		})
	}
	const odf = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"`
	body := func(rows [][]string) string {
		return `<office:body><office:spreadsheet><table:table table:name="Sales">` + content(rows) + `</table:table></office:spreadsheet></office:body>`
	}
	plain := func(write func([][]string) string) func(*testing.T, [][]string) []byte {
		return func(_ *testing.T, rows [][]string) []byte { return []byte(write(rows)) }
	}
	return []struct {
		name string
		make func(t *testing.T, rows [][]string) []byte
	}{
		{"sales.xlsx", xlsxOf},
		{"sales old.xls", func(_ *testing.T, rows [][]string) []byte { return xlsOf(rows) }},
		{"sales.csv", plain(csv)},
		{"sales.tsv", plain(func(rows [][]string) string {
			return joined(rows, func(_ int, s string) string { return strings.TrimSuffix(s, "\t") + "\n" }, cells("", "\t"))
		})},
		{"print-out.txt", plain(func(rows [][]string) string {
			return joined(rows, plainRow("", "\n"), func(_, _ int, text string) string { return fmt.Sprintf("%-22s", text) })
		})},
		{"page.xls", plain(html)},
		{"page.mht", plain(func(rows [][]string) string {
			return "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"; type=\"text/html\"\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: file:///a.htm\r\n\r\n" + html(rows) + "\r\n--b--\r\n"
		})},
		{"xml.xls", plain(func(rows [][]string) string {
			return `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Sales"><Table>` +
				joined(rows, plainRow("<Row>", "</Row>"), func(r, c int, text string) string {
					kind := "String"
					if isFigure(r, c) {
						kind = "Number"
					}
					return `<Cell><Data ss:Type="` + kind + `">` + text + "</Data></Cell>"
				}) + "</Table></Worksheet></Workbook>"
		})},
		{"sales.slk", plain(func(rows [][]string) string {
			return "ID;PWXL;N;E\r\n" + joined(rows, plainRow("", ""), func(r, c int, text string) string {
				if !isFigure(r, c) {
					text = `"` + text + `"`
				}
				return fmt.Sprintf("C;Y%d;X%d;K%s\r\n", r+1, c+1, text)
			}) + "E\r\n"
		})},
		{"sales.dif", plain(func(rows [][]string) string {
			return fmt.Sprintf("TABLE\r\n0,1\r\n\"\"\r\nVECTORS\r\n0,5\r\n\"\"\r\nTUPLES\r\n0,%d\r\n\"\"\r\nDATA\r\n0,0\r\n\"\"\r\n", len(rows)) +
				joined(rows, plainRow("-1,0\r\nBOT\r\n", ""), func(r, c int, text string) string {
					if isFigure(r, c) {
						return "0," + text + "\r\nV\r\n"
					}
					return "1,0\r\n\"" + text + "\"\r\n"
				}) + "-1,0\r\nEOD\r\n"
		})},
		{"sales.dbf", func(_ *testing.T, rows [][]string) []byte { return dbfOf(rows) }},
		{"sales.fods", plain(func(rows [][]string) string {
			return `<?xml version="1.0" encoding="UTF-8"?><office:document` + odf + ` office:mimetype="application/vnd.oasis.opendocument.spreadsheet">` + body(rows) + "</office:document>"
		})},
		{"sales.ods", func(t *testing.T, rows [][]string) []byte {
			return zipped(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", `<?xml version="1.0" encoding="UTF-8"?><office:document-content`+odf+">"+body(rows)+"</office:document-content>")
		}},
		{"sales.docx", func(t *testing.T, rows [][]string) []byte {
			return zipped(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", `<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>`,
				"word/document.xml", `<w:document xmlns:w="w"><w:body><w:tbl>`+joined(rows, plainRow("<w:tr>", "</w:tr>"), cells("<w:tc><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:tc>"))+"</w:tbl></w:body></w:document>")
		}},
		{"sales.rtf", plain(func(rows [][]string) string {
			return `{\rtf1\ansi ` + joined(rows, func(_ int, s string) string {
				return `\trowd\cellx2000\cellx4000\cellx6000\cellx8000\cellx10000 ` + s + `\row `
			}, cells(`\intbl `, `\cell `)) + `\pard\par}`
		})},
		{"sales.pdf", func(_ *testing.T, rows [][]string) []byte { return pdfOf(rows) }},
		{"sales.zip", func(t *testing.T, rows [][]string) []byte {
			return zipped(t, "inner/sales.xlsx", string(xlsxOf(t, rows)))
		}},
		{"sales.csv.gz", func(t *testing.T, rows [][]string) []byte { return gzipped(t, []byte(csv(rows))) }},
		{"sales.tar", func(t *testing.T, rows [][]string) []byte { return tarred(t, "sales.csv", []byte(csv(rows))) }},
		{"sales.rar", func(_ *testing.T, rows [][]string) []byte { return rarred("sales.csv", []byte(csv(rows))) }},
		{"forwarded.eml", plain(func(rows [][]string) string {
			return "From: a@b.example\r\nTo: c@d.example\r\nSubject: sales\r\nMIME-Version: 1.0\r\nContent-Type: text/csv; name=\"sales.csv\"\r\nContent-Disposition: attachment; filename=\"sales.csv\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
				base64.StdEncoding.EncodeToString([]byte(csv(rows))) + "\r\n"
		})},
	}
}

// TestEveryFormatGoesTheWholeWay from a letter and from a chat into facts, with the
// figures that were sent. Each report is of a month of its own.
func TestEveryFormatGoesTheWholeWay(t *testing.T) {
	t.Parallel()
	x := newTown(t)
	ctx := context.Background()
	mail, chat := x.w.Distributors[0], x.w.Distributors[2]
	d, err := storage.DistributorByCode(ctx, x.store.Pool(), chat.Code)
	if err == nil {
		err = storage.AddContact(ctx, x.store.Pool(), d.ID, storage.DoorChat, "555", nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range formats() {
		month := time.Date(2022, time.Month(1+i), 5, 0, 0, 0, 0, time.UTC)
		data := f.make(t, salesRows(month.Format("02.01.2006")))
		letter := "From: <" + mail.Email + ">\r\nTo: <reports@maker.example>\r\nSubject: report\r\nMessage-ID: <" + fmt.Sprint(i) + "@x.example>\r\nMIME-Version: 1.0\r\n" +
			"Content-Type: multipart/mixed; boundary=\"zz\"\r\n\r\n--zz\r\nContent-Type: application/octet-stream; name=\"" + f.name + "\"\r\nContent-Disposition: attachment; filename=\"" + f.name + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
			base64.StdEncoding.EncodeToString(data) + "\r\n--zz--\r\n"
		for code, in := range map[string]Incoming{
			mail.Code: {Door: storage.DoorMail, ReceivedAt: x.w.Today, Raw: []byte(letter)},
			chat.Code: {Door: storage.DoorChat, ReceivedAt: x.w.Today, Sender: "555", Files: []IncomingFile{{Name: f.name, Data: data}}},
		} {
			x.takes(t, in)
			quantity, amount := x.loaded(t, code, month, month)
			if !quantity.Equal(decimal.NewFromInt(23)) || !amount.Equal(decimal.NewFromInt(2300)) {
				var problem, states string
				_ = x.store.Pool().QueryRow(ctx, `select coalesce(a.error::text, ''), coalesce((select string_agg(state || ' ' || summary::text, ';') from submission s where s.attachment_id = a.id), '') from attachment a order by id desc limit 1`).Scan(&problem, &states)
				t.Errorf("%s by %s: %s pieces for %s; %s %.600s", f.name, in.Door, quantity, amount, problem, states)
			}
		}
	}
}

// takes receives a message and runs its steps.
func (x *town) takes(t *testing.T, in Incoming) int64 {
	t.Helper()
	ctx := context.Background()
	var id int64
	err := x.store.InTx(ctx, func(tx pgx.Tx) (err error) {
		id, err = Receive(ctx, x.store, tx, in)
		return err
	})
	if err == nil {
		err = x.settle(ctx, id)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}
