package numfmt

import (
	"testing"
	"time"
)

// BenchmarkAppendNumber tells what a number under a format takes, against the time
// package's way with a date.
func BenchmarkAppendNumber(b *testing.B) {
	money, day := Parse("#,##0.00"), Parse("dd.mm.yyyy")
	var buf []byte
	for b.Loop() {
		from := time.Now()
		for range 1000 {
			buf = money.AppendNumber(buf[:0], "-1234567.5", -1234567.5)
		}
		number := time.Since(from)
		from = time.Now()
		for range 1000 {
			buf = System{}.AppendShow(buf[:0], 46204, day)
		}
		date := time.Since(from)
		from = time.Now()
		for range 1000 {
			when, _ := System{}.Time(46204)
			buf = when.AppendFormat(buf[:0], "02.01.2006")
		}
		peer := time.Since(from)
		b.ReportMetric(number.Seconds()/peer.Seconds(), "number/time")
		b.ReportMetric(date.Seconds()/peer.Seconds(), "date/time")
	}
}
