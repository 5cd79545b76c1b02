package numfmt

import (
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The house writes dates as the standard library does, only faster.
func TestDatesAreWrittenAsByTheStandardLibrary(t *testing.T) {
	t.Parallel()
	f := Parse("yyyy yy m mm mmm mmmm d dd ddd dddd h hh \"|\" h:m:s hh:mm:ss.000")
	rapid.Check(t, func(t *rapid.T) {
		at := time.UnixMilli(rapid.Int64Range(-2203891200000, 253402300799000).Draw(t, "moment")).UTC()
		want := at.Format("2006 06 1 01 Jan January 2 02 Mon Monday ") + strconv.Itoa(at.Hour()) + at.Format(" 15 | ") + strconv.Itoa(at.Hour()) + at.Format(":4:5 15:04:05.000")
		if got := f.DateText(at); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if got, want := ISOTime(at, true, true), at.Format("2006-01-02T15:04:05.999"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}
