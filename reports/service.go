package reports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"github.com/distbase/distbase/reports/chart"
	"github.com/distbase/distbase/reports/workbook"
	"github.com/distbase/distbase/storage"
)

// Options is what a Service is made of.
type Options struct {
	Store       *storage.Store
	Now         func() time.Time // nil: time.Now
	Zone        *time.Location   // of the installation: distributors' calendars and those who chose none; nil: UTC
	Logger      *slog.Logger     // nil: slog.Default()
	MaxWorkbook int64            // bytes; a larger workbook is left out. 0: 20 MB, which mail still takes
	MaxLines    int              // lines of data of a workbook; 0: 200,000
}

// Service makes summaries and sends them.
type Service struct {
	store       *storage.Store
	now         func() time.Time
	zone        *time.Location
	log         *slog.Logger
	maxWorkbook int64
	maxLines    int
	draw        func(chart.Month) ([]byte, error)
	write       func(workbook.Workbook, io.Writer) error
}

// New makes a service. Run starts its scheduler, Register its worker.
func New(o Options) *Service {
	s := &Service{
		store: o.Store, now: o.Now, zone: o.Zone, log: o.Logger, maxWorkbook: o.MaxWorkbook, maxLines: o.MaxLines,
		draw: chart.Month.PNG, write: workbook.Workbook.Write,
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.zone == nil {
		s.zone = time.UTC
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.maxWorkbook == 0 {
		s.maxWorkbook = 20 << 20
	}
	if s.maxLines == 0 {
		s.maxLines = 200_000
	}
	return s
}

// ErrNotAllowed says that a person has no role that summaries are for.
var ErrNotAllowed = errors.New("summaries are for managers, analysts and admins")

// Subscribe stores a subscription, or changes the person's one of the same
// summary and door, and returns its id. An empty Cron is the kind's own, an
// empty TZ the person's zone or the installation's. ErrCron, ErrZone: the line or
// the zone cannot be read.
func (s *Service) Subscribe(ctx context.Context, sub storage.Subscription) (int64, error) {
	if !slices.Contains(Kinds(), Kind(sub.Summary)) {
		return 0, fmt.Errorf("there is no summary %q", sub.Summary)
	}
	person, err := storage.PersonByID(ctx, s.store.Pool(), sub.PersonID)
	if err != nil {
		return 0, err
	}
	if _, ok := cutOf(person, sub.Cut); !ok {
		return 0, ErrNotAllowed
	}
	if sub.Cron == "" {
		sub.Cron = Kind(sub.Summary).DefaultCron()
	}
	if sub.TZ == "" {
		sub.TZ = s.zoneOf(person).String()
	}
	schedule, err := ParseSchedule(sub.Cron, sub.TZ)
	if err != nil {
		return 0, err
	}
	sub.NextDue = schedule.Next(s.now())
	return storage.Subscribe(ctx, s.store.Pool(), sub)
}

// Unsubscribe ends a person's subscription. storage.ErrNotFound: it is not theirs
// or over.
func (s *Service) Unsubscribe(ctx context.Context, personID, id int64) error {
	return storage.EndSubscription(ctx, s.store.Pool(), personID, id, s.now())
}

// Subscriptions lists a person's subscriptions.
func (s *Service) Subscriptions(ctx context.Context, personID int64) ([]storage.Subscription, error) {
	return storage.SubscriptionsOf(ctx, s.store.Pool(), personID)
}

func (s *Service) zoneOf(p storage.Person) *time.Location {
	if p.TZ != "" {
		if zone, err := time.LoadLocation(p.TZ); err == nil {
			return zone
		}
	}
	return s.zone
}

// cutOf is what a person may see now of what was asked for; false: nothing. A
// role without limits wins, else the one granted last: two limited roles are not
// added up, since their sum would show more than either.
func cutOf(p storage.Person, asked storage.Cut) (storage.Cut, bool) {
	if p.RevokedAt != nil {
		return storage.Cut{}, false
	}
	var granted *storage.Cut
	for _, g := range p.Grants {
		if g.Role == storage.RoleDistributor {
			continue
		}
		cut := g.Cut
		if granted == nil || !limitless(*granted) {
			granted = &cut
		}
	}
	if granted == nil {
		return storage.Cut{}, false
	}
	var cut storage.Cut
	var ok [3]bool
	cut.Distributors, ok[0] = both(granted.Distributors, asked.Distributors)
	cut.Regions, ok[1] = both(granted.Regions, asked.Regions)
	cut.Brands, ok[2] = both(granted.Brands, asked.Brands)
	return cut, ok[0] && ok[1] && ok[2]
}

func limitless(c storage.Cut) bool {
	return len(c.Distributors) == 0 && len(c.Regions) == 0 && len(c.Brands) == 0
}

// both is what two lists allow, an empty one everything; false: nothing at all.
func both(a, b []string) ([]string, bool) {
	if len(a) == 0 {
		return b, true
	}
	if len(b) == 0 {
		return a, true
	}
	var common []string
	for _, x := range a {
		if slices.Contains(b, x) {
			common = append(common, x)
		}
	}
	return common, len(common) > 0
}
