package demo

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/distbase/distbase/bot"
	"github.com/distbase/distbase/bot/tgemu"
	"github.com/distbase/distbase/cmd/distbase/demo/mailroom"
	"github.com/distbase/distbase/cmd/distbase/demo/world"
	"github.com/distbase/distbase/reports"
	"github.com/distbase/distbase/storage"
)

// The page's people, left to right.
const (
	distributorID = 1001
	analystID     = 1002
	managerID     = 1003

	// played is the distributor of the page.
	played = "YUG"
)

func personas(w *world.World) []tgemu.Persona {
	first, last := "Светлана", "Мельник"
	return []tgemu.Persona{
		{User: tgemu.User{ID: distributorID, FirstName: first, LastName: last, LanguageCode: "ru"}, Role: both("demo.role.distributor")},
		{User: tgemu.User{ID: analystID, FirstName: "Ольга", LastName: "Ветрова", LanguageCode: "ru"}, Role: both("demo.role.analyst")},
		{User: tgemu.User{ID: managerID, FirstName: "Пётр", LastName: "Северин", LanguageCode: "ru"}, Role: both("demo.role.manager")},
	}
}

// senders are those whose letters the page can write.
func (d *demo) senders() []mailroom.Sender {
	var out []mailroom.Sender
	for _, x := range d.world.Distributors {
		out = append(out, mailroom.Sender{Name: x.Contact + ", " + x.Name, Address: x.Email})
	}
	return append(out, mailroom.Sender{Name: d.say.Text("demo.stranger", nil), Address: "novy@neznakomy.example"})
}

// samples are files ready to be sent.
func (d *demo) samples() ([]mailroom.Sample, error) {
	letters, err := d.world.Letters()
	if err != nil {
		return nil, err
	}
	var out []mailroom.Sample
	for key, name := range map[string]string{"SEVER/" + d.lastMonth(): "good", played + "/correction": "correction", "VOLGA/broken": "broken"} {
		i := slices.IndexFunc(letters, func(l world.Letter) bool { return l.Key == key })
		if i < 0 {
			continue
		}
		f := letters[i].Files[0]
		out = append(out, mailroom.Sample{Name: both("demo.sample." + name), FileName: f.Name, Data: func() ([]byte, error) { return f.Data, nil }})
	}
	slices.SortFunc(out, func(a, b mailroom.Sample) int { return len(a.FileName) - len(b.FileName) })
	return out, nil
}

func (d *demo) lastMonth() string {
	day := d.memory.Day
	return time.Date(day.Year(), day.Month()-1, 1, 0, 0, 0, 0, time.UTC).Format("2006-01")
}

// letIn lets the page's people in as anybody is: by a link, and a tap on it.
func (d *demo) letIn(ctx context.Context) error {
	if d.memory.People {
		return nil
	}
	for i, role := range []string{storage.RoleDistributor, storage.RoleAnalyst, storage.RoleManager} {
		var cut storage.Cut
		if role == storage.RoleDistributor {
			cut.Distributors = []string{played}
		}
		if err := d.invite(ctx, personas(d.world)[i].User, role, cut); err != nil {
			return fmt.Errorf("let the %s in: %w", role, err)
		}
	}
	if err := d.subscribe(ctx); err != nil {
		return err
	}
	d.memory.People = true
	return d.memory.save()
}

func (d *demo) invite(ctx context.Context, u tgemu.User, role string, cut storage.Cut) error {
	if p, err := storage.PersonByTelegram(ctx, d.Store.Pool(), u.ID); err == nil && p.Is(role) {
		return nil // the demo was killed between this and saving its state
	}
	token := rand.Text()
	_, _, err := bot.Invite(ctx, d.Store.Pool(), token, d.tg.BotUsername(), storage.Invite{Role: role, Cut: cut, ExpiresAt: d.Now().Add(bot.InviteLife)})
	if err != nil {
		return err
	}
	sent, err := d.tg.Start(u, token)
	if err != nil {
		return err
	}
	offer, err := d.tg.Wait(ctx, u.ID, func(m tgemu.Message) bool { return m.ID > sent.ID && len(m.Buttons()) > 0 })
	if err != nil {
		return err
	}
	if err := d.tg.Press(u, offer.ID, offer.Markup.Inline[0][0].Data); err != nil {
		return err
	}
	_, err = d.tg.Wait(ctx, u.ID, func(m tgemu.Message) bool { return m.ID > offer.ID })
	return err
}

func (d *demo) manager(ctx context.Context) (storage.Person, error) {
	return storage.PersonByTelegram(ctx, d.Store.Pool(), managerID)
}

// subscribe gives the manager a summary every morning.
func (d *demo) subscribe(ctx context.Context) error {
	p, err := d.manager(ctx)
	if err != nil {
		return err
	}
	_, err = d.service.Reports.Subscribe(ctx, storage.Subscription{
		PersonID: p.ID, Summary: string(reports.Daily), Cron: "0 9 * * *", TZ: zone, Door: storage.DoorChat, Address: strconv.Itoa(managerID),
	})
	return err
}

// firstSummary is the manager's of the last month.
func (d *demo) firstSummary(ctx context.Context) error {
	if d.memory.Summary {
		return nil
	}
	p, err := d.manager(ctx)
	if err != nil {
		return err
	}
	err = d.service.Reports.SendNow(ctx, reports.Request{
		PersonID: p.ID, Kind: reports.Monthly, Door: storage.DoorChat, Address: strconv.Itoa(managerID), Dedup: "demo:first",
	})
	if err != nil {
		return err
	}
	d.memory.Summary = true
	return d.memory.save()
}
