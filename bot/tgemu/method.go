package tgemu

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// method answers one call; the emulator is locked while it runs.
type method func(e *Emulator, c *call) (any, error)

// methods are those the emulator has, by lower-case name.
//
//nolint:gochecknoglobals // a table
var methods = map[string]method{
	"getme": func(e *Emulator, _ *call) (any, error) { return e.wireBot(), nil },
	// Both only matter to a real server.
	"logout": func(*Emulator, *call) (any, error) { return true, nil },
	"close":  func(*Emulator, *call) (any, error) { return true, nil },

	"setwebhook":     (*Emulator).setWebhook,
	"deletewebhook":  (*Emulator).deleteWebhook,
	"getwebhookinfo": (*Emulator).getWebhookInfo,

	"sendmessage":    (*Emulator).sendMessage,
	"senddocument":   (*Emulator).sendDocument,
	"sendphoto":      (*Emulator).sendPhoto,
	"sendmediagroup": (*Emulator).sendMediaGroup,
	"sendchataction": (*Emulator).sendChatAction,
	"copymessage":    (*Emulator).copyMessage,
	"forwardmessage": (*Emulator).forwardMessage,

	"editmessagetext":        (*Emulator).editText,
	"editmessagecaption":     (*Emulator).editCaption,
	"editmessagemedia":       (*Emulator).editMedia,
	"editmessagereplymarkup": (*Emulator).editMarkup,
	"deletemessage":          (*Emulator).deleteMessage,
	"deletemessages":         (*Emulator).deleteMessages,

	"answercallbackquery": (*Emulator).answerCallbackQuery,
	"answerwebappquery":   (*Emulator).answerWebAppQuery,
	"getfile":             (*Emulator).getFile,

	"setmycommands":     (*Emulator).setMyCommands,
	"getmycommands":     (*Emulator).getMyCommands,
	"deletemycommands":  (*Emulator).deleteMyCommands,
	"setchatmenubutton": (*Emulator).setChatMenuButton,
	"getchat":           (*Emulator).getChat,
	"getchatmember":     (*Emulator).getChatMember,
	"pinchatmessage":    (*Emulator).pinChatMessage,
	"unpinchatmessage":  (*Emulator).unpinChatMessage,
	"createforumtopic":  (*Emulator).createForumTopic,
}

// sends are the methods that count against the rates.
//
//nolint:gochecknoglobals // a table
var sends = []string{
	"sendmessage", "senddocument", "sendphoto", "sendmediagroup", "copymessage", "forwardmessage",
	"editmessagetext", "editmessagecaption", "editmessagemedia", "editmessagereplymarkup",
}

// serveAPI answers /bot<token>/<method>.
func (e *Emulator) serveAPI(w http.ResponseWriter, r *http.Request) {
	token, name, ok := splitPath(r.URL.Path)
	if !ok || name == "" {
		writeError(w, refuse(notFound))
		return
	}
	if err := e.checkToken(token); err != nil {
		writeError(w, err)
		return
	}
	c, err := readCall(r, name)
	record := e.begin(c)
	fault := e.beforeCall(w, c, err == nil)
	if fault.done {
		e.end(record, fault.code, fault.description, fault.kind)
		fault.abort()
		return
	}
	var result any
	if err == nil {
		result, err = e.dispatch(c)
	}
	if fault.kind == FaultCutAfter || fault.kind == FaultHangAfter {
		e.end(record, 0, "", fault.kind)
		e.cutAfter(c, fault.kind)
		return
	}
	if err != nil {
		code, description := writeError(w, err)
		e.end(record, code, description, fault.kind)
		return
	}
	e.end(record, http.StatusOK, "", fault.kind)
	writeJSON(w, http.StatusOK, envelope{OK: true, Result: result})
}

// dispatch runs the method of a call.
func (e *Emulator) dispatch(c *call) (any, error) {
	if c.method == "getupdates" {
		return e.getUpdates(c)
	}
	e.mu.Lock()
	defer e.commit()
	run, ok := methods[c.method]
	if !ok {
		e.unsupported[c.method]++
		return nil, refuse(methodNotFound)
	}
	if slices.Contains(sends, c.method) && e.limits {
		if err := e.rates.take(e.now(), e.rateKey(c), c); err != nil {
			return nil, err
		}
	}
	return run(e, c)
}

func (e *Emulator) checkToken(token string) error {
	if _, ok := botID(token); !ok {
		return refuse(invalidToken)
	}
	if token != e.token {
		return refuse(unauthorized)
	}
	return nil
}

// begin writes a call into the log and returns its place there.
func (e *Emulator) begin(c *call) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	entry := Call{Method: c.method, Params: c.params, At: e.now()}
	for _, f := range c.files {
		entry.Files = append(entry.Files, f.name)
	}
	slices.Sort(entry.Files)
	e.calls = append(e.calls, entry)
	return len(e.calls) - 1
}

// end notes how a call went.
func (e *Emulator) end(at, code int, description string, kind FaultKind) {
	e.mu.Lock()
	defer e.commit()
	if at < len(e.calls) {
		e.calls[at].Code, e.calls[at].Description, e.calls[at].Fault = code, description, kind
	}
	e.notice = true
}

// Calls are the calls so far, of the named methods only when there are names.
func (e *Emulator) Calls(names ...string) []Call {
	e.mu.Lock()
	defer e.mu.Unlock()
	var out []Call
	for _, c := range e.calls {
		if len(names) == 0 || slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, c.Method) }) {
			out = append(out, c)
		}
	}
	return out
}

// Unsupported counts the calls of what the emulator does not have, by name.
func (e *Emulator) Unsupported() map[string]int {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := make(map[string]int, len(e.unsupported))
	for k, v := range e.unsupported {
		out[k] = v
	}
	return out
}

// chatOf finds the chat of a parameter and checks that the bot may write there.
func (e *Emulator) chatOf(c *call, name string) (*chat, error) {
	id := strings.TrimSpace(c.arg(name))
	if id == "" {
		return nil, refuse(chatIDEmpty)
	}
	ch := e.findChat(id)
	if ch == nil {
		return nil, refuse(chatNotFound)
	}
	if ch.MigratedTo != 0 {
		err := refuse(chatUpgraded)
		err.MigrateTo = ch.MigratedTo
		return nil, err
	}
	if ch.Kicked {
		return nil, refuse(kickedFromGroup)
	}
	return ch, nil
}

// writable is chatOf for what a person would see.
func (e *Emulator) writable(c *call) (*chat, error) {
	ch, err := e.chatOf(c, "chat_id")
	if err != nil || !ch.private() {
		return ch, err
	}
	p := e.Users[ch.ID]
	switch {
	case p.Deactivated:
		return nil, refuse(userDeactivated)
	case p.Blocked:
		return nil, refuse(blockedByUser)
	case !p.Started:
		return nil, refuse(cannotInitiate)
	}
	return ch, nil
}

func (e *Emulator) findChat(id string) *chat {
	if strings.HasPrefix(id, "@") {
		return nil // only public groups and channels have names to write to
	}
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil
	}
	return e.Chats[n]
}

// jsonArg decodes a parameter that holds JSON.
func jsonArg(c *call, name string, into any) bool {
	return json.Unmarshal([]byte(c.arg(name)), into) == nil
}
