package reports

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Calendar says when a distributor's reports are due: "daily", "weekly:mon",
// "monthly:3", each with a time of day, 10:00 where there is none. A report due
// covers everything up to the day before, the week before its day, the month
// before its month.
type Calendar struct {
	every        string
	weekday      time.Weekday
	day          int
	hour, minute int
}

// ParseCalendar reads a calendar.
func ParseCalendar(s string) (Calendar, error) {
	c := Calendar{hour: 10}
	what, at, timed := strings.Cut(strings.ToLower(strings.TrimSpace(s)), " ")
	if timed {
		t, err := time.Parse("15:04", strings.TrimSpace(at))
		if err != nil {
			return c, fmt.Errorf("%q is no time of day", at)
		}
		c.hour, c.minute = t.Hour(), t.Minute()
	}
	every, on, _ := strings.Cut(what, ":")
	c.every = every
	switch every {
	case "daily":
		if on == "" {
			return c, nil
		}
	case "weekly":
		for d := time.Sunday; d <= time.Saturday; d++ {
			if strings.ToLower(d.String()[:3]) == on {
				c.weekday = d
				return c, nil
			}
		}
	case "monthly":
		if day, err := strconv.Atoi(on); err == nil && day >= 1 && day <= 31 {
			c.day = day
			return c, nil
		}
	}
	return c, fmt.Errorf("%q is no calendar: daily, weekly:mon or monthly:3", s)
}

// Covered is the last day that the reports due by a moment cover. at is in the
// zone of the calendar.
func (c Calendar) Covered(at time.Time) time.Time {
	day := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
	if at.Hour()*60+at.Minute() < c.hour*60+c.minute {
		day = day.AddDate(0, 0, -1) // today's time has not come
	}
	switch c.every {
	case "weekly":
		for day.Weekday() != c.weekday {
			day = day.AddDate(0, 0, -1)
		}
		// The week ends on the Sunday before, whatever day the report is due.
		for day = day.AddDate(0, 0, -1); day.Weekday() != time.Sunday; {
			day = day.AddDate(0, 0, -1)
		}
		return day
	case "monthly":
		// A month without that day has its report due on its last.
		if due := min(c.day, lastOf(day).Day()); day.Day() < due {
			return firstOf(firstOf(day).AddDate(0, 0, -1)).AddDate(0, 0, -1)
		}
		return firstOf(day).AddDate(0, 0, -1)
	}
	return day.AddDate(0, 0, -1)
}
