package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/mail"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/distbase/distbase/bot/tgemu"
	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/cmd/distbase/demo/mailroom"
	"github.com/distbase/distbase/cmd/distbase/demo/world"
	"github.com/distbase/distbase/cmd/distbase/service"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// Options says where the demo lives and what it tells.
type Options struct {
	Dir    string // keeps everything but the database
	Listen string // address of the page; taken: any free one
	Lang   string // of distbase and the page
	Store  *storage.Store
	Out    io.Writer     // what the operator reads
	Logger *slog.Logger  // of the service
	Pause  time.Duration // between letters; 0: 6 s
	Now    func() time.Time
}

const (
	seed = 7
	box  = "reports@maker.example"
	zone = "Europe/Moscow"
)

// demo is a running demo.
type demo struct {
	Options
	memory  *memory
	world   *world.World
	tg      *tgemu.Emulator
	post    *mailroom.Mailroom
	service *service.Service
	say     *text.Printer
}

// Run runs the demo until ctx ends.
func Run(ctx context.Context, o Options) error {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Pause == 0 {
		o.Pause = 6 * time.Second
	}
	d := &demo{Options: o, say: text.For(o.Lang)}
	var err error
	if d.memory, err = remember(filepath.Join(o.Dir, "demo.json"), o.Now()); err != nil {
		return err
	}
	d.world = world.New(seed, d.memory.Day)
	listener, err := listen(ctx, o.Listen)
	if err != nil {
		return err
	}
	if err := d.openDoors(ctx); err != nil {
		return errors.Join(err, listener.Close())
	}
	defer d.closeDoors()
	address := "http://" + listener.Addr().String()
	if d.service, err = service.New(d.settings(address), o.Store, o.Logger); err != nil {
		return errors.Join(err, listener.Close())
	}
	if err := d.importWorld(ctx); err != nil {
		return errors.Join(err, listener.Close())
	}
	fmt.Fprintln(o.Out, d.say.Text("demo.address", text.Data{"Address": address}))
	page := &http.Server{Handler: d.tg, ReadHeaderTimeout: 10 * time.Second}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		if err := page.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve the page: %w", err)
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		d.tg.Close() // ends long polls and streams, which the server would wait for
		return page.Close()
	})
	group.Go(func() error { return d.service.Run(ctx) })
	group.Go(func() error { return d.play(ctx) })
	return group.Wait()
}

// listen takes the address, or any free port where it is taken.
func listen(ctx context.Context, address string) (net.Listener, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", address)
	if err == nil {
		return l, nil
	}
	if l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0"); err == nil {
		return l, nil
	}
	return nil, fmt.Errorf("listen on %s: %w", address, err)
}

// openDoors starts the post office and the emulated Telegram.
func (d *demo) openDoors(ctx context.Context) error {
	samples, err := d.samples()
	if err != nil {
		return err
	}
	d.post, err = mailroom.New(mailroom.Options{
		Dir: filepath.Join(d.Dir, "mail"), Box: box, Password: "demo", Senders: d.senders(), Samples: samples, Now: d.Now, Logger: d.Logger,
		OnChange: func() { d.tg.RefreshPanel() },
	})
	if err != nil {
		return err
	}
	d.tg, err = tgemu.New(tgemu.Options{
		Persist: filepath.Join(d.Dir, "telegram.json"), Now: d.Now, Logger: d.Logger, Personas: personas(d.world), Limits: true,
		Panel: d.post.Panel(), PanelTitle: both("demo.mail"), Hint: both("demo.hint"), BotName: d.say.Text("demo.bot", nil),
	})
	if err != nil {
		return err
	}
	if err := d.post.Start(ctx); err != nil {
		d.tg.Close()
		return err
	}
	return nil
}

func (d *demo) closeDoors() {
	d.tg.Close()
	d.post.Close()
}

// both is a message in every language.
func both(key string) map[string]string {
	out := map[string]string{}
	for _, lang := range text.Languages() {
		out[lang] = text.For(lang).Text(key, nil)
	}
	return out
}

// settings are those of a real installation, with the doors on this machine.
func (d *demo) settings(address string) config.Config {
	from := mail.Address{Name: d.say.Text("demo.bot", nil), Address: box}
	return config.Config{
		DataDir: d.Dir, Listen: "127.0.0.1:0", TelegramToken: d.tg.Token(), TelegramAPI: address,
		IMAPURL: d.post.AccountURL(), TLSCA: d.post.CAFile(), SMTPURL: d.post.SMTPURL(), MailFrom: from.String(),
		TZ: zone, Lang: d.Lang, Log: "info text",
	}
}

// LogFile opens the service's log in the demo's folder, so that the terminal
// keeps the address in sight.
func LogFile(dir string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make folder of the demo: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, "distbase.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open log of the demo: %w", err)
	}
	return f, nil
}
