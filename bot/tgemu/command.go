package tgemu

import (
	"encoding/json"
	"regexp"
	"slices"
	"unicode/utf8"
)

const (
	maxCommands    = 100
	maxDescription = 256 // characters
)

var commandForm = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)

func (e *Emulator) setMyCommands(c *call) (any, error) {
	key, err := commandKey(c)
	if err != nil {
		return nil, err
	}
	var list []Command
	if !jsonArg(c, "commands", &list) {
		return nil, refuse(commandsNotJSON)
	}
	if len(list) > maxCommands {
		return nil, refuse(commandsTooMany)
	}
	for _, x := range list {
		if !commandForm.MatchString(x.Command) {
			return nil, refuse(commandInvalid)
		}
		if n := utf8.RuneCountInString(x.Description); n == 0 || n > maxDescription {
			return nil, refuse(commandDescription)
		}
	}
	e.Commands[key] = list
	e.touch(nil)
	return true, nil
}

func (e *Emulator) getMyCommands(c *call) (any, error) {
	key, err := commandKey(c)
	if err != nil {
		return nil, err
	}
	if list := e.Commands[key]; list != nil {
		return list, nil
	}
	return []Command{}, nil
}

func (e *Emulator) deleteMyCommands(c *call) (any, error) {
	key, err := commandKey(c)
	if err != nil {
		return nil, err
	}
	delete(e.Commands, key)
	e.touch(nil)
	return true, nil
}

// commandKey is the scope and the language of a list of commands.
func commandKey(c *call) (string, error) {
	scope := struct {
		Type   string          `json:"type"`
		ChatID json.RawMessage `json:"chat_id"`
		UserID json.RawMessage `json:"user_id"`
	}{Type: "default"}
	if c.arg("scope") != "" {
		scope.Type = ""
		if !jsonArg(c, "scope", &scope) {
			return "", refuse(scopeBroken, "expected an Object")
		}
	}
	known := []string{"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat", "chat_administrators", "chat_member"}
	if !slices.Contains(known, scope.Type) {
		return "", refuse(scopeBroken, "Unsupported type specified")
	}
	return scope.Type + "/" + string(scope.ChatID) + "/" + string(scope.UserID) + "/" + c.arg("language_code"), nil
}

func (e *Emulator) setChatMenuButton(c *call) (any, error) {
	var b struct {
		Type   string     `json:"type"`
		Text   string     `json:"text"`
		WebApp wireWebApp `json:"web_app"`
	}
	raw := json.RawMessage(`{"type":"default"}`)
	if c.arg("menu_button") != "" {
		raw = json.RawMessage(c.arg("menu_button"))
	}
	if json.Unmarshal(raw, &b) != nil {
		return nil, refuse(menuButtonBroken, "expected an Object")
	}
	if !slices.Contains([]string{"default", "commands", "web_app"}, b.Type) {
		return nil, refuse(menuButtonBroken, "MenuButton has unsupported type")
	}
	if b.Type == "web_app" && (b.Text == "" || b.WebApp.URL == "") {
		return nil, refuse(menuButtonBroken, "field \"web_app\" must be of type Object")
	}
	if c.arg("chat_id") == "" {
		e.MenuButton = raw
		e.touch(nil)
		return true, nil
	}
	ch, err := e.chatOf(c, "chat_id")
	if err != nil {
		return nil, err
	}
	ch.MenuButton = raw
	e.touch(ch)
	return true, nil
}
