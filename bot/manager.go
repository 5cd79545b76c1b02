package bot

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"regexp"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/reports"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// subArgs is how far a person has come with a subscription.
type subArgs struct {
	Kind string `json:"k,omitempty"`
	Cron string `json:"c,omitempty"`
	Door string `json:"d,omitempty"`
	ID   int64  `json:"i,omitempty"` // of one that is to end
}

// offerSummary asks which summary.
func (t *turn) offerSummary(ctx context.Context, _ string) error {
	k := t.keys()
	for _, kind := range reports.Kinds() {
		k.row(key{t.text("summary."+string(kind), nil), "summary.send", subArgs{Kind: string(kind)}})
	}
	return t.tell(ctx, t.html("summary.ask", nil), k)
}

// sendSummary has a summary made now. The tap is what "once" means: handled
// again after a crash, it sends nothing more.
func (t *turn) sendSummary(ctx context.Context, a subArgs) error {
	t.note(ctx, t.text("summary.making", nil))
	err := t.Summaries.SendNow(ctx, reports.Request{
		PersonID: t.person.ID, Kind: reports.Kind(a.Kind), Door: storage.DoorChat, Address: strconv.FormatInt(t.chatID, 10),
		Dedup: fmt.Sprintf("now:%d:%d", t.api.botID, t.rec.ID),
	})
	if errors.Is(err, reports.ErrNotAllowed) {
		return t.tell(ctx, t.html("no_access", nil), nil)
	}
	return err
}

// showSubscriptions lists what comes to a person by itself.
func (t *turn) showSubscriptions(ctx context.Context, _ string) error {
	return t.listSubscriptions(ctx, struct{}{})
}

func (t *turn) listSubscriptions(ctx context.Context, _ struct{}) error {
	all, err := t.Summaries.Subscriptions(ctx, t.person.ID)
	if err != nil {
		return err
	}
	lines := []string{t.html("sub.title", text.Data{"Count": len(all), "Zone": t.zone().String()})}
	k := t.keys()
	for _, s := range all {
		name := t.text("summary."+s.Summary, nil)
		lines = append(lines, t.html("sub.line", text.Data{
			"Name": name, "When": t.when(s.Cron), "Zone": s.TZ, "Mail": s.Door == storage.DoorMail, "Address": s.Address,
		}))
		k.row(key{t.text("key.unsubscribe", text.Data{"Name": name}), "sub.end", subArgs{ID: s.ID}})
	}
	var kinds []key
	for _, kind := range reports.Kinds() {
		kinds = append(kinds, key{"+ " + t.text("summary."+string(kind), nil), "sub.kind", subArgs{Kind: string(kind)}})
	}
	k.row(kinds...).row(key{t.text("key.zone", nil), "sub.zone", subArgs{}})
	return t.replace(ctx, strings.Join(lines, "\n"), k)
}

// dailyForm, weeklyForm and monthlyForm are the cron lines that taps make.
var (
	cronForm = regexp.MustCompile(`^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) \* (\*|1)$`)
	timeForm = regexp.MustCompile(`^\s*(\d{1,2})[:.](\d{2})\s*$`)
)

// when says a cron line in words where it is one of ours, else shows it.
func (t *turn) when(cron string) string {
	m := cronForm.FindStringSubmatch(cron)
	if m == nil {
		return cron
	}
	clock := fmt.Sprintf("%02s:%02s", m[2], m[1])
	switch {
	case m[4] == "1" && m[3] == "*":
		return t.text("when.weekly", text.Data{"Clock": clock})
	case m[3] != "*" && m[4] == "*":
		return t.text("when.monthly", text.Data{"Clock": clock, "Day": m[3]})
	case m[3] == "*":
		return t.text("when.daily", text.Data{"Clock": clock})
	}
	return cron
}

// cronAt is the cron line of a kind of summary at a time of day.
func cronAt(kind string, hour, minute int) string {
	switch reports.Kind(kind) {
	case reports.Weekly:
		return fmt.Sprintf("%d %d * * 1", minute, hour)
	case reports.Monthly:
		return fmt.Sprintf("%d %d 1 * *", minute, hour)
	}
	return fmt.Sprintf("%d %d * * *", minute, hour)
}

// askTime asks when.
func (t *turn) askTime(ctx context.Context, a subArgs) error {
	k := t.keys()
	var row []key
	for _, hour := range []int{8, 9, 10, 18} {
		x := a
		x.Cron = cronAt(a.Kind, hour, 0)
		row = append(row, key{fmt.Sprintf("%02d:00", hour), "sub.door", x})
	}
	k.row(row...)
	if err := t.expect(ctx, expectation{Kind: expectTime, Sub: &a}); err != nil {
		return err
	}
	return t.replace(ctx, t.html("sub.ask_time", text.Data{"Name": t.text("summary."+a.Kind, nil), "Zone": t.zone().String()}), k)
}

// hearTime takes a time that was written, or a whole cron line.
func (t *turn) hearTime(ctx context.Context, e expectation, s string) error {
	if e.Sub == nil {
		return t.showSubscriptions(ctx, "")
	}
	a := *e.Sub
	if m := timeForm.FindStringSubmatch(s); m != nil {
		hour, _ := strconv.Atoi(m[1])
		minute, _ := strconv.Atoi(m[2])
		if hour < 24 && minute < 60 {
			a.Cron = cronAt(a.Kind, hour, minute)
		}
	} else if _, err := reports.ParseSchedule(s, t.zone().String()); err == nil {
		a.Cron = strings.Join(strings.Fields(s), " ")
	}
	if a.Cron == "" {
		return t.tell(ctx, t.html("sub.time_wrong", nil), nil)
	}
	return t.askDoor(ctx, a)
}

// askDoor asks where to.
func (t *turn) askDoor(ctx context.Context, a subArgs) error {
	here, letter := a, a
	here.Door, letter.Door = storage.DoorChat, storage.DoorMail
	k := t.keys().row(key{t.text("key.here", nil), "sub.make", here}, key{t.text("key.by_mail", nil), "sub.make", letter})
	return t.replace(ctx, t.html("sub.ask_door", text.Data{"Name": t.text("summary."+a.Kind, nil), "When": t.when(a.Cron)}), k)
}

// makeSubscription subscribes; by mail it first asks for an address where none is
// known.
func (t *turn) makeSubscription(ctx context.Context, a subArgs) error {
	s := storage.Subscription{PersonID: t.person.ID, Summary: a.Kind, Cron: a.Cron, TZ: t.zone().String(), Door: a.Door, Address: strconv.FormatInt(t.chatID, 10)}
	if a.Door == storage.DoorMail {
		if s.Address = t.person.Email; s.Address == "" {
			if err := t.expect(ctx, expectation{Kind: expectMail, Sub: &a}); err != nil {
				return err
			}
			return t.replace(ctx, t.html("sub.ask_mail", nil), nil)
		}
	}
	_, err := t.Summaries.Subscribe(ctx, s)
	if errors.Is(err, reports.ErrNotAllowed) {
		return t.replace(ctx, t.html("no_access", nil), nil)
	}
	if err != nil {
		return err
	}
	if err := t.expect(ctx, expectation{}); err != nil {
		return err
	}
	t.note(ctx, t.text("sub.made", nil))
	return t.listSubscriptions(ctx, struct{}{})
}

// hearMail takes the person's e-mail address.
func (t *turn) hearMail(ctx context.Context, e expectation, s string) error {
	address, err := mail.ParseAddress(strings.TrimSpace(s))
	if err != nil || e.Sub == nil || !strings.Contains(address.Address, ".") {
		return t.tell(ctx, t.html("sub.mail_wrong", nil), nil)
	}
	t.person.Email = strings.ToLower(address.Address)
	if err := storage.UpdatePerson(ctx, t.Store.Pool(), t.person); err != nil {
		return err
	}
	return t.makeSubscription(ctx, *e.Sub)
}

func (t *turn) endSubscription(ctx context.Context, a subArgs) error {
	err := t.Summaries.Unsubscribe(ctx, t.person.ID, a.ID)
	if err != nil && !errors.Is(err, storage.ErrNotFound) { // not found: a double tap
		return err
	}
	t.note(ctx, t.text("sub.ended", nil))
	return t.listSubscriptions(ctx, struct{}{})
}

// zones are those of Russia and its neighbours; any other one may be written.
func zones() []string {
	return []string{
		"Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Novosibirsk",
		"Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka",
	}
}

type zoneArgs struct {
	Zone string `json:"z"`
}

func (t *turn) askZone(ctx context.Context, _ subArgs) error {
	k := t.keys()
	all := zones()
	for i := 0; i < len(all); i += 2 {
		var row []key
		for _, z := range all[i:min(i+2, len(all))] {
			_, city, _ := strings.Cut(z, "/")
			row = append(row, key{city, "sub.set_zone", zoneArgs{z}})
		}
		k.row(row...)
	}
	if err := t.expect(ctx, expectation{Kind: expectZone}); err != nil {
		return err
	}
	return t.replace(ctx, t.html("sub.ask_zone", text.Data{"Zone": t.zone().String()}), k)
}

func (t *turn) hearZone(ctx context.Context, _ expectation, s string) error {
	return t.setZone(ctx, zoneArgs{strings.TrimSpace(s)})
}

// setZone changes the person's zone, and with it the time of what they get.
func (t *turn) setZone(ctx context.Context, a zoneArgs) error {
	if _, err := reports.ParseSchedule("0 9 * * *", a.Zone); err != nil {
		return t.tell(ctx, t.html("sub.zone_wrong", nil), nil)
	}
	t.person.TZ = a.Zone
	err := t.Store.InTx(ctx, func(tx pgx.Tx) error { return storage.UpdatePerson(ctx, tx, t.person) })
	if err != nil {
		return err
	}
	all, err := t.Summaries.Subscriptions(ctx, t.person.ID)
	if err != nil {
		return err
	}
	for _, s := range all {
		s.TZ = a.Zone
		if _, err := t.Summaries.Subscribe(ctx, s); err != nil {
			return err
		}
	}
	if err := t.expect(ctx, expectation{}); err != nil {
		return err
	}
	return t.listSubscriptions(ctx, struct{}{})
}
