package reports

import (
	"errors"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // the zones of subscribers, wherever distbase runs

	"github.com/robfig/cron/v3"
)

// Schedule is a cron line of five fields in a zone.
//
// It follows the clock on the wall: a time that a change of the clock leaves out
// comes as much later as the clock was moved, one that comes twice counts the
// first time only (RFC 5545, 3.3.10). The library's own Next would leave out the
// day and send twice.
type Schedule struct {
	lines cron.Schedule
	zone  *time.Location
}

// ErrCron says that a line is not five fields of cron.
var ErrCron = errors.New("a schedule is five fields: minute hour day month weekday")

// ErrZone says that there is no such time zone.
var ErrZone = errors.New("there is no such time zone")

// ParseSchedule reads a cron line and the name of a zone, "Europe/Moscow".
func ParseSchedule(line, zone string) (Schedule, error) {
	if len(strings.Fields(line)) != 5 || strings.ContainsAny(line, "=@") {
		return Schedule{}, fmt.Errorf("%w, not %q", ErrCron, line)
	}
	lines, err := cron.ParseStandard(line)
	if err != nil {
		return Schedule{}, fmt.Errorf("%w: %w", ErrCron, err)
	}
	loc, err := time.LoadLocation(zone)
	if err != nil || zone == "" || zone == "Local" {
		return Schedule{}, fmt.Errorf("%w: %q", ErrZone, zone)
	}
	s := Schedule{lines: lines, zone: loc}
	if s.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return Schedule{}, fmt.Errorf("%w; %q never comes", ErrCron, line)
	}
	return s, nil
}

// Next is the first moment of the schedule after t, in its zone; zero where there
// is none in five years.
func (s Schedule) Next(t time.Time) time.Time {
	local := t.In(s.zone)
	wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), local.Nanosecond(), time.UTC)
	for {
		// On the wall of a zone without changes.
		wall = s.lines.Next(wall)
		if wall.IsZero() {
			return wall
		}
		if at := moment(wall, s.zone); at.After(t) {
			return at
		}
	}
}

// Last is the latest moment of the schedule in [first, now]; first must be one.
func (s Schedule) Last(first, now time.Time) time.Time {
	last := first
	for next := s.Next(last); !next.IsZero() && !next.After(now); next = s.Next(last) {
		last = next
	}
	return last
}

// moment is when the clock on the wall of a zone shows a time for the first
// time; for a time that a change leaves out, as much after the change as it is
// into the gap.
func moment(wall time.Time, zone *time.Location) time.Time {
	_, before := wall.Add(-36 * time.Hour).In(zone).Zone()
	_, after := wall.Add(36 * time.Hour).In(zone).Zone()
	first := wall.Add(-time.Duration(before) * time.Second).In(zone)
	second := wall.Add(-time.Duration(after) * time.Second).In(zone)
	if !shows(first, wall) && shows(second, wall) {
		return second
	}
	return first
}

func shows(t, wall time.Time) bool {
	return t.Format(time.DateTime) == wall.Format(time.DateTime)
}
