package world

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// Letter is one e-mail on its way to the manufacturer.
type Letter struct {
	Key      string // names the letter in tests: "SEVER/2026-06"
	From     string
	Name     string
	Subject  string
	Body     string
	At       time.Time
	Files    []File
	ID       string // Message-ID without brackets
	Stranger bool
}

// Letters are the mail of the last three months and of two months a year
// ago, oldest first: a report a distributor and month, besides a correction, a
// duplicate, a broken file, a stranger's letter and one without a report.
func (w *World) Letters() ([]Letter, error) {
	var out []Letter
	month := time.Date(w.Today.Year(), w.Today.Month(), 1, 0, 0, 0, 0, time.UTC)
	for _, back := range []int{13, 12, 2, 1, 0} {
		from := month.AddDate(0, -back, 0)
		to := from.AddDate(0, 1, -1)
		if last := w.Today.AddDate(0, 0, -1); to.After(last) {
			to = last
		}
		if to.Before(from) {
			continue
		}
		for d := range w.Distributors {
			l, err := w.report(d, from, to)
			if err != nil {
				return nil, err
			}
			out = append(out, l)
		}
	}
	extra, err := w.oddLetters(month)
	if err != nil {
		return nil, err
	}
	out = append(out, extra...)
	for i := range out {
		out[i].At = w.Today.Add(-time.Duration(len(out)-i) * time.Minute)
		out[i].ID = fmt.Sprintf("%s.%d@letters.example", w.Today.Format("20060102"), i+1)
	}
	return out, nil
}

func (w *World) report(d int, from, to time.Time) (Letter, error) {
	x := w.Distributors[d]
	f, err := x.layout(w, d, from, to)
	if err != nil {
		return Letter{}, fmt.Errorf("report of %s: %w", x.Code, err)
	}
	return Letter{
		Key: x.Code + "/" + from.Format("2006-01"), From: x.Email, Name: x.Contact,
		Subject: "Отчёт " + x.Name + " за " + monthName(from),
		Body:    "Добрый день.\r\n\r\nОтчёт во вложении.\r\n\r\n" + x.Contact + "\r\n" + x.Name, Files: []File{f},
	}, nil
}

// oddLetters are those that are not simply a report.
func (w *World) oddLetters(month time.Time) ([]Letter, error) {
	from, to := month.AddDate(0, -1, 0), month.AddDate(0, 0, -1)
	duplicate, err := w.report(0, from, to)
	if err != nil {
		return nil, err
	}
	duplicate.Key, duplicate.Subject = "SEVER/duplicate", "Fwd: "+duplicate.Subject
	correction, err := w.correction(4, from, to)
	if err != nil {
		return nil, err
	}
	broken, err := w.report(1, from, to)
	if err != nil {
		return nil, err
	}
	broken.Key, broken.Subject = "VOLGA/broken", "ещё раз отчёт"
	broken.Files[0].Name = "Отчёт повтор.xlsx"
	broken.Files[0].Data = broken.Files[0].Data[:len(broken.Files[0].Data)/3]
	stranger, err := w.report(7, from, from.AddDate(0, 0, 9))
	if err != nil {
		return nil, err
	}
	stranger.Key, stranger.From, stranger.Name, stranger.Stranger = "stranger", "new.manager@baikalservis.example", "Вера Пак", true
	stranger.Subject = "отчёт, я теперь вместо Романа"
	return []Letter{duplicate, correction, broken, stranger, {
		Key: "thanks", From: w.Distributors[2].Email, Name: w.Distributors[2].Contact, Subject: "Спасибо",
		Body: "Спасибо, получили. Отчёт пришлём в понедельник.",
	}}, nil
}

// correction is the same report with one document returned whole.
func (w *World) correction(d int, from, to time.Time) (Letter, error) {
	changed := *w
	changed.Sales = append([]Sale(nil), w.Sales...)
	for i, s := range changed.Sales {
		if s.Distributor == d && !s.Day.Before(from) && !s.Day.After(to) && s.Quantity > 0 {
			changed.Sales[i].Quantity, changed.Sales[i].Amount = 1, w.Products[s.Product].Price
			break
		}
	}
	l, err := changed.report(d, from, to)
	if err != nil {
		return l, err
	}
	l.Key, l.Subject = w.Distributors[d].Code+"/correction", "Исправленный отчёт за "+monthName(from)
	l.Body = "Добрый день. В прошлом отчёте была ошибка, вот верный."
	return l, nil
}

// Bytes is the letter as a mail server holds it, addressed to to.
func (l Letter) Bytes(to string) ([]byte, error) {
	m := mail.NewMsg(mail.WithNoDefaultUserAgent(), mail.WithBoundary("part."+strings.ReplaceAll(l.ID, "@", ".")))
	m.SetDateWithValue(l.At)
	m.SetMessageIDWithValue(l.ID)
	m.Subject(l.Subject)
	m.SetBodyString(mail.TypeTextPlain, l.Body)
	if err := m.FromFormat(l.Name, l.From); err != nil {
		return nil, fmt.Errorf("address letter %s: %w", l.Key, err)
	}
	if err := m.To(to); err != nil {
		return nil, fmt.Errorf("address letter %s: %w", l.Key, err)
	}
	for _, f := range l.Files {
		if err := m.AttachReader(f.Name, bytes.NewReader(f.Data), mail.WithFileContentType(mail.ContentType(f.Type))); err != nil {
			return nil, fmt.Errorf("attach to letter %s: %w", l.Key, err)
		}
	}
	var buf bytes.Buffer
	if _, err := m.WriteTo(&buf); err != nil {
		return nil, fmt.Errorf("write letter %s: %w", l.Key, err)
	}
	return buf.Bytes(), nil
}
