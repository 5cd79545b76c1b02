package mailer

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/distbase/distbase/ingest/letter"
)

// Thread is what answering a letter takes. It is the reply_to of a message that
// came by mail.
type Thread struct {
	Address    string   `json:"address"`              // where an answer goes: Reply-To, else From
	MessageID  string   `json:"message_id,omitempty"` // without brackets, as all ids
	References []string `json:"references,omitempty"`
	Subject    string   `json:"subject,omitempty"`
	// Automatic is why the letter must not be answered, empty where it may: it was
	// written by a program, or an answer could start a loop.
	Automatic string `json:"automatic,omitempty"`
}

// ReadThread reads a message's reply_to.
func ReadThread(raw json.RawMessage) (Thread, error) {
	var t Thread
	if len(raw) == 0 {
		return t, nil
	}
	if err := json.Unmarshal(raw, &t); err != nil {
		return t, fmt.Errorf("read thread: %w", err)
	}
	return t, nil
}

// JSON is the thread as a message's reply_to.
func (t Thread) JSON() json.RawMessage {
	raw, err := json.Marshal(t)
	if err != nil { // strings alone: cannot fail
		return nil
	}
	return raw
}

// MayAnswer reports whether an answer is safe from starting a loop.
func (t Thread) MayAnswer() bool { return t.Automatic == "" && t.Address != "" }

// maxReferences bounds the thread that an answer names: its first letter and the
// latest ones are enough for every mail program.
const maxReferences = 20

// ThreadOf reads off a letter how to answer it.
func ThreadOf(l *letter.Letter) Thread {
	t := Thread{MessageID: l.MessageID, References: l.References, Subject: l.Subject, Automatic: automatic(l)}
	if len(t.References) == 0 {
		t.References = l.InReplyTo
	}
	if over := len(t.References) - maxReferences; over > 0 {
		t.References = append(t.References[:1:1], t.References[over+1:]...)
	}
	for _, list := range [][]letter.Address{l.ReplyTo, l.From, l.Sender} {
		if len(list) > 0 {
			t.Address = list[0].Addr
			break
		}
	}
	return t
}

// automatic says why a letter must not be answered (RFC 3834, section 2), or "".
func automatic(l *letter.Letter) string {
	word := func(name string) string {
		v, _, _ := strings.Cut(l.Header.Text(name), ";")
		return strings.ToLower(strings.TrimSpace(v))
	}
	if v := word("Auto-Submitted"); v != "" && v != "no" {
		return "Auto-Submitted: " + v
	}
	switch v := word("Precedence"); v {
	case "bulk", "list", "junk", "auto_reply":
		return "Precedence: " + v
	}
	for _, name := range []string{"List-Id", "List-Unsubscribe", "X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "Feedback-ID"} {
		if name == "X-Auto-Response-Suppress" && !strings.Contains(word(name), "all") && !strings.Contains(word(name), "autoreply") {
			continue
		}
		if l.Header.Has(name) {
			return name
		}
	}
	if l.Header.Has("Return-Path") && strings.Trim(l.Header.Text("Return-Path"), "<> ") == "" {
		return "empty Return-Path"
	}
	if ownID(l.MessageID) {
		return "own letter"
	}
	for _, a := range append(append([]letter.Address{}, l.From...), l.Sender...) {
		name, _, _ := strings.Cut(a.Addr, "@")
		switch name {
		case "mailer-daemon", "postmaster", "no-reply", "noreply", "do-not-reply", "donotreply", "bounce", "bounces":
			return "sender " + name
		}
	}
	if bounce(l) {
		return "delivery report"
	}
	return ""
}

// bounce reports whether a letter tells of another one's delivery. What it
// carries is our own letter sent back.
func bounce(l *letter.Letter) bool {
	kind := strings.ToLower(l.Header.Text("Content-Type"))
	return strings.HasPrefix(kind, "multipart/report") && !strings.Contains(kind, "feedback-report")
}

// idMark begins the local part of every Message-ID of ours.
const idMark = "distbase."

// messageID is the Message-ID of an outgoing letter, without brackets. The same
// dedup key gives the same id, so that a letter that went out twice can be told.
func messageID(dedup, from string) string {
	sum := sha256.Sum256([]byte(dedup))
	_, domain, ok := strings.Cut(from, "@")
	if !ok {
		domain = "localhost"
	}
	return idMark + hex.EncodeToString(sum[:16]) + "@" + domain
}

func ownID(id string) bool { return strings.HasPrefix(strings.ToLower(id), idMark) }
