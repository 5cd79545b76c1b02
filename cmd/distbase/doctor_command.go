package main

import (
	"errors"
	"fmt"
	"net"

	"github.com/distbase/distbase/cmd/distbase/config"
	"github.com/distbase/distbase/cmd/distbase/service"
	"github.com/distbase/distbase/mailer"
	"github.com/distbase/distbase/text"
)

type doctorCommand struct{}

// Run checks the database, Telegram, every mailbox, the mail server and the
// address to listen on, and says of each in one sentence what is wrong and what
// to do. Status 1: something is.
func (c *doctorCommand) Run(e *environment) error {
	s, err := e.config()
	if err != nil {
		return err
	}
	d := &doctor{e: e, c: s, say: text.For(s.Lang)}
	db, err := openDatabase(e.ctx, s, quiet(s.Logger(e.stderr)))
	if err != nil {
		d.wrong("database", err.Error())
		return errNothing
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	d.fine("database")
	d.telegram()
	d.mail(db)
	d.listen()
	if d.ill {
		return errNothing
	}
	return nil
}

type doctor struct {
	e   *environment
	c   config.Config
	say *text.Printer
	ill bool
}

func (d *doctor) fine(what string) {
	fmt.Fprintln(d.e.stdout, d.say.Text("doctor.fine", text.Data{"What": d.say.Text("doctor."+what, nil)}))
}

func (d *doctor) absent(what string) {
	fmt.Fprintln(d.e.stdout, d.say.Text("doctor.absent", text.Data{"What": d.say.Text("doctor."+what, nil)}))
}

func (d *doctor) wrong(what, sentence string) {
	d.ill = true
	fmt.Fprintln(d.e.stdout, d.say.Text("doctor.wrong", text.Data{"What": d.say.Text("doctor."+what, nil), "Why": sentence}))
}

func (d *doctor) telegram() {
	if d.c.TelegramToken == "" {
		d.absent("telegram")
		return
	}
	if _, err := botName(d.e.ctx, d.c); err != nil {
		d.wrong("telegram", err.Error())
		return
	}
	d.fine("telegram")
}

func (d *doctor) mail(db *database) {
	m, err := service.ParseMail(d.c, db.Store)
	if err != nil {
		d.wrong("mailbox", err.Error())
		return
	}
	opt := mailer.CheckOptions{Roots: m.Roots, Tokens: m.Tokens}
	if len(m.Accounts) == 0 {
		d.absent("mailbox")
	}
	for _, a := range m.Accounts {
		d.judge("mailbox", mailer.CheckAccount(d.e.ctx, a, opt))
	}
	if m.Server == nil {
		d.absent("mail")
		return
	}
	d.judge("mail", mailer.CheckServer(d.e.ctx, *m.Server, d.c.MailFrom, opt))
}

func (d *doctor) judge(what string, err error) {
	var p *mailer.Problem
	switch {
	case err == nil:
		d.fine(what)
	case errors.As(err, &p):
		d.wrong(what, p.Sentence(d.say))
	default:
		d.wrong(what, err.Error())
	}
}

func (d *doctor) listen() {
	var lc net.ListenConfig
	l, err := lc.Listen(d.e.ctx, "tcp", d.c.Listen)
	if err != nil {
		d.wrong("listen", d.say.Text("doctor.taken", text.Data{"Address": d.c.Listen}))
		return
	}
	_ = l.Close()
	d.fine("listen")
}
