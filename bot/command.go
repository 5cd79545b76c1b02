package bot

import (
	"context"
	"slices"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// command is a word with a slash and who may say it. No roles: everybody.
type command struct {
	roles []string
	do    func(t *turn, ctx context.Context, args string) error
}

// commandOrder is the order of menu and help.
func commandOrder() []string {
	return []string{"queue", "undo", "find", "layouts", "stats", "status", "template", "summary", "subscription", "invite", "people", "lang", "help"}
}

func (b *Bot) allCommands() map[string]command {
	analyst, distributor, admin := []string{storage.RoleAnalyst}, []string{storage.RoleDistributor}, []string{storage.RoleAdmin}
	readers := readerRoles()
	return map[string]command{
		"start":        {nil, (*turn).showHelp},
		"help":         {nil, (*turn).showHelp},
		"lang":         {nil, (*turn).switchLang},
		"queue":        {analyst, (*turn).openQueue},
		"undo":         {analyst, (*turn).undoLast},
		"find":         {analyst, (*turn).find},
		"layouts":      {analyst, (*turn).openLayouts},
		"stats":        {analyst, (*turn).showStats},
		"status":       {distributor, (*turn).showStatus},
		"template":     {distributor, (*turn).giveTemplate},
		"summary":      {readers, (*turn).offerSummary},
		"subscription": {readers, (*turn).showSubscriptions},
		"invite":       {admin, (*turn).startInvite},
		"people":       {admin, (*turn).showPeople},
	}
}

// readerRoles are those whom summaries are for.
func readerRoles() []string {
	return []string{storage.RoleManager, storage.RoleAnalyst, storage.RoleAdmin}
}

// obey carries out a command of a person who was let in.
func (t *turn) obey(ctx context.Context, name, args string) error {
	c, ok := t.cmds[name]
	if !ok || len(c.roles) > 0 && !t.may(c.roles...) {
		return t.tell(ctx, t.html("unknown_command", nil), nil)
	}
	if err := t.expect(ctx, expectation{}); err != nil {
		return err
	}
	return c.do(t, ctx, args)
}

// showHelp tells a person what they can do here.
func (t *turn) showHelp(ctx context.Context, _ string) error {
	lines := t.html("help.title", text.Data{"Name": t.person.Name})
	for _, g := range t.rolesInForce() {
		lines += "\n" + t.html("help."+g, text.Data{"MailTo": t.MailTo})
	}
	lines += "\n"
	for _, name := range commandOrder() {
		if c := t.cmds[name]; len(c.roles) == 0 || t.may(c.roles...) {
			lines += "\n/" + name + " " + t.html("command."+name, nil)
		}
	}
	k := t.keys()
	if t.may(storage.RoleAnalyst) {
		k.row(key{t.text("key.queue", nil), "queue", nil})
	}
	if t.may(storage.RoleManager) {
		k.row(key{t.text("key.summary_now", nil), "summary.offer", nil}, key{t.text("key.subscription", nil), "sub.list", nil})
	}
	t.showMenu(ctx)
	return t.tell(ctx, lines, k)
}

func (t *turn) rolesInForce() []string {
	var out []string
	for _, role := range []string{storage.RoleDistributor, storage.RoleAnalyst, storage.RoleManager, storage.RoleAdmin} {
		if t.person.Is(role) {
			out = append(out, role)
		}
	}
	return out
}

// switchLang changes to the other language.
func (t *turn) switchLang(ctx context.Context, _ string) error {
	all := text.Languages()
	i := slices.Index(all, t.p.Lang())
	t.person.Lang = all[(i+1)%len(all)]
	err := t.finish(ctx, func(tx pgx.Tx) error { return storage.UpdatePerson(ctx, tx, t.person) })
	if err != nil {
		return err
	}
	t.p = t.printer(t.person.Lang)
	t.showMenu(ctx)
	return t.tell(ctx, t.html("lang_changed", nil), nil)
}

// showMenu fills Telegram's menu in a person's own chat with what they may say. A
// person without it has the help: a failure is no more than a note.
func (t *turn) showMenu(ctx context.Context) {
	var list []models.BotCommand
	for _, name := range commandOrder() {
		if c := t.cmds[name]; len(c.roles) == 0 || t.may(c.roles...) {
			list = append(list, models.BotCommand{Command: name, Description: t.text("command."+name, nil)})
		}
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	_, err := t.api.SetMyCommands(ctx, &telegram.SetMyCommandsParams{Commands: list, Scope: &models.BotCommandScopeChat{ChatID: t.chatID}})
	if err != nil {
		t.log.Debug("set menu of a chat", "error", err)
	}
}

// showCommands fills Telegram's menu with what everybody may say; what a person may
// say besides is in the menu of their own chat.
func (b *Bot) showCommands(ctx context.Context) {
	for _, lang := range text.Languages() {
		p := text.For(lang)
		var list []models.BotCommand
		for _, name := range []string{"help", "lang"} {
			list = append(list, models.BotCommand{Command: name, Description: p.Text("bot.command."+name, nil)})
		}
		params := &telegram.SetMyCommandsParams{Commands: list}
		if lang != b.Lang {
			params.LanguageCode = lang
		}
		if _, err := b.api.SetMyCommands(ctx, params); err != nil {
			b.log.Warn("set menu of commands", "error", err)
		}
	}
}
