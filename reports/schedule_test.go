package reports

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func schedule(t testing.TB, line, zone string) Schedule {
	t.Helper()
	s, err := ParseSchedule(line, zone)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestScheduleFollowsTheClockOnTheWall(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ line, zone, after, want string }{
		"later today":           {"0 9 * * *", "Europe/Moscow", "2026-07-01T05:00:00Z", "2026-07-01T06:00:00Z"},
		"a due time is over":    {"0 9 * * *", "Europe/Moscow", "2026-07-01T06:00:00Z", "2026-07-02T06:00:00Z"},
		"far east":              {"30 8 * * 1", "Asia/Kamchatka", "2026-07-01T00:00:00Z", "2026-07-05T20:30:00Z"},
		"before clocks go on":   {"0 9 * * *", "Europe/Berlin", "2026-03-28T08:30:00Z", "2026-03-29T07:00:00Z"},
		"in the hour left out":  {"30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z"},
		"after the hour":        {"30 2 * * *", "Europe/Berlin", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"},
		"first of two":          {"30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z"},
		"not the second of two": {"30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"},
		"from between the two":  {"30 2 * * *", "Europe/Berlin", "2026-10-25T01:10:00Z", "2026-10-26T01:30:00Z"},
		"first of the month":    {"0 9 1 * *", "Europe/Moscow", "2026-12-31T21:30:00Z", "2027-01-01T06:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			after, _ := time.Parse(time.RFC3339, c.after)
			if got := schedule(t, c.line, c.zone).Next(after).UTC().Format(time.RFC3339); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestDailyScheduleComesOnceEveryDay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		zone := rapid.SampledFrom([]string{"Europe/Moscow", "Europe/Berlin", "America/New_York", "Asia/Almaty", "Australia/Lord_Howe", "Asia/Kolkata"}).Draw(r, "zone")
		hour, minute := rapid.IntRange(0, 23).Draw(r, "hour"), rapid.IntRange(0, 59).Draw(r, "minute")
		s := schedule(t, time.Date(0, 1, 1, hour, minute, 0, 0, time.UTC).Format("4 15")+" * * *", zone)
		at := s.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
		for range 400 {
			next := s.Next(at)
			was, is := at.In(s.zone), next.In(s.zone)
			y, m, d := was.AddDate(0, 0, 1).Date()
			if !next.After(at) || is.Year() != y || is.Month() != m || is.Day() != d {
				r.Fatalf("after %s comes %s", was, is)
			}
			at = next
		}
	})
}

func TestScheduleRefusesWhatIsNoCronLineOrZone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		line, zone string
		want       error
	}{
		"four fields": {"0 9 * *", "Europe/Moscow", ErrCron}, "every second": {"@every 1s", "Europe/Moscow", ErrCron},
		"own zone": {"CRON_TZ=UTC 9 * * *", "Europe/Moscow", ErrCron}, "out of range": {"61 9 * * *", "Europe/Moscow", ErrCron},
		"never": {"0 9 31 2 *", "Europe/Moscow", ErrCron}, "no zone": {"0 9 * * *", "", ErrZone},
		"unknown zone": {"0 9 * * *", "Mars/Olympus", ErrZone}, "path": {"0 9 * * *", "../etc/passwd", ErrZone},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := ParseSchedule(c.line, c.zone); !errors.Is(err, c.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestOfMissedTimesTheLastIsServed(t *testing.T) {
	t.Parallel()
	s := schedule(t, "0 9 * * *", "Europe/Moscow")
	first := time.Date(2026, 7, 1, 6, 0, 0, 0, time.UTC)
	for now, want := range map[string]string{"2026-07-01T06:00:00Z": "2026-07-01", "2026-07-02T05:59:00Z": "2026-07-01", "2026-07-09T07:00:00Z": "2026-07-09"} {
		at, _ := time.Parse(time.RFC3339, now)
		if got := s.Last(first, at).Format(time.DateOnly); got != want {
			t.Errorf("at %s: %s", now, got)
		}
	}
}

func TestSummarySpeaksOfTheTimeThatIsOver(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind        Kind
		at          string
		head, month string
	}{
		"daily":                     {Daily, "2026-11-23", "2026-11-22 2026-11-22", "2026-11-01 2026-11-22"},
		"daily on the first":        {Daily, "2026-11-01", "2026-10-31 2026-10-31", "2026-10-01 2026-10-31"},
		"weekly on Monday":          {Weekly, "2026-11-02", "2026-10-26 2026-11-01", "2026-11-01 2026-11-01"},
		"monthly on the first":      {Monthly, "2026-12-01", "2026-11-01 2026-11-30", "2026-11-01 2026-11-30"},
		"monthly within the month":  {Monthly, "2026-03-17", "2026-02-01 2026-02-28", "2026-02-01 2026-02-28"},
		"monthly on the last (31.)": {Monthly, "2026-03-31", "2026-02-01 2026-02-28", "2026-02-01 2026-02-28"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, err := c.kind.speaksOf(date(c.at))
			if err != nil || written(s.head) != c.head || written(s.month) != c.month {
				t.Errorf("%s, %s, %v", written(s.head), written(s.month), err)
			}
		})
	}
	if _, err := Kind("hourly").speaksOf(date("2026-01-01")); err == nil {
		t.Error("an unknown kind was taken")
	}
}

func TestSameDaysOfAnotherMonth(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		from, to string
		months   int
		want     string
	}{
		"a month ago":                 {"2026-11-01", "2026-11-22", -1, "2026-10-01 2026-10-22"},
		"a year ago":                  {"2026-11-01", "2026-11-22", -12, "2025-11-01 2025-11-22"},
		"whole month with whole":      {"2026-02-01", "2026-02-28", -1, "2026-01-01 2026-01-31"},
		"leap year":                   {"2028-02-01", "2028-02-28", -12, "2027-02-01 2027-02-28"},
		"shorter month before":        {"2026-03-01", "2026-03-30", -1, "2026-02-01 2026-02-28"},
		"last day of a leap February": {"2028-02-01", "2028-02-29", -12, "2027-02-01 2027-02-28"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := written(Span{date(c.from), date(c.to)}.sameDays(c.months)); got != c.want {
				t.Errorf("got %s", got)
			}
		})
	}
}

func written(s Span) string { return s.From.Format(time.DateOnly) + " " + s.To.Format(time.DateOnly) }

func TestCalendarSaysWhatIsDue(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ calendar, at, covered string }{
		"daily, before its time":   {"daily 10:00", "2026-11-23 09:59", "2026-11-21"},
		"daily, at its time":       {"daily 10:00", "2026-11-23 10:00", "2026-11-22"},
		"daily without a time":     {"daily", "2026-11-23 10:00", "2026-11-22"},
		"weekly, before":           {"weekly:mon 12:00", "2026-11-23 11:00", "2026-11-15"},
		"weekly, after":            {"weekly:mon 12:00", "2026-11-23 12:00", "2026-11-22"},
		"weekly in midweek":        {"weekly:wed", "2026-11-25 12:00", "2026-11-22"},
		"weekly on Sunday":         {"Weekly:Sun", "2026-11-22 12:00", "2026-11-15"},
		"monthly, before":          {"monthly:3 18:00", "2026-11-03 17:00", "2026-09-30"},
		"monthly, after":           {"monthly:3 18:00", "2026-11-03 18:00", "2026-10-31"},
		"monthly in a short month": {"monthly:31", "2026-02-28 12:00", "2026-01-31"},
		"monthly in January":       {"monthly:3", "2026-01-02 12:00", "2025-11-30"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at, _ := time.Parse("2006-01-02 15:04", c.at)
			calendar, err := ParseCalendar(c.calendar)
			if err != nil {
				t.Fatal(err)
			}
			if got := calendar.Covered(at).Format(time.DateOnly); got != c.covered {
				t.Errorf("got %s, want %s", got, c.covered)
			}
		})
	}
	for _, bad := range []string{"", "hourly", "weekly", "weekly:xyz", "monthly:0", "monthly:32", "daily 25:00", "daily:3"} {
		if _, err := ParseCalendar(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
