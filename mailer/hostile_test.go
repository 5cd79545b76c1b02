package mailer

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/distbase/distbase/mailer/dovecot"
)

// hostile is an IMAP server that breaks the protocol where it is told to. It
// serves one folder.
type hostile struct {
	port  string
	roots *x509.CertPool

	mu          sync.Mutex
	caps        string // guarded by mu, as all below
	uidValidity int
	letters     map[int]string // by UID
	flags       map[int]string
	copied      int
	commands    []string // what was asked, verb by verb
	answers     map[string]string
	// body writes the answer to a fetch of a letter's bytes, false for the usual one.
	body func(h *hostile, out io.Writer, seq, uid int, byUID bool, whole, part string, offset int) bool
	hung chan struct{} // closed at the end: commands that are never answered wait on it
}

func newHostile(t *testing.T) *hostile {
	t.Helper()
	cert, err := dovecot.NewCertificate()
	if err != nil {
		t.Fatal(err)
	}
	server, client := tlsPair(t, cert)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &hostile{
		roots: client.RootCAs, caps: "IMAP4rev1 IDLE UIDPLUS MOVE AUTH=PLAIN SASL-IR", uidValidity: 7,
		letters: make(map[int]string), flags: make(map[int]string), answers: make(map[string]string), hung: make(chan struct{}),
	}
	_, h.port, _ = net.SplitHostPort(l.Addr().String())
	var all sync.WaitGroup
	t.Cleanup(func() { close(h.hung); _ = l.Close(); all.Wait() })
	all.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				secured := tls.Server(conn, server)
				defer func() { _ = secured.Close() }()
				h.serve(secured)
			})
		}
	})
	return h
}

func (h *hostile) account(t *testing.T) Account {
	t.Helper()
	return account(t, "imaps://me:topsecret@127.0.0.1:"+h.port+"/")
}

func (h *hostile) set(f func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f()
}

// asked counts the commands of a kind so far.
func (h *hostile) asked(verb string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for _, c := range h.commands {
		if c == verb {
			n++
		}
	}
	return n
}

func (h *hostile) serve(conn net.Conn) {
	r := bufio.NewReader(conn)
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(conn, format+"\r\n", args...) }
	say("* OK ready")
	for {
		raw, err := r.ReadString('\n')
		if err != nil {
			return
		}
		tag, rest, _ := strings.Cut(strings.TrimSpace(raw), " ")
		verb, args, _ := strings.Cut(rest, " ")
		if verb == "UID" {
			verb, args, _ = strings.Cut(args, " ")
			verb = "UID " + verb
		}
		if verb == "FETCH" && strings.Contains(args, "BODY") || verb == "UID FETCH" && strings.Contains(args, "BODY") {
			verb += " BODY"
		}
		h.mu.Lock()
		h.commands = append(h.commands, verb)
		answer := h.answers[verb]
		h.mu.Unlock()
		switch answer {
		case "":
		case "cut":
			return
		case "hang":
			<-h.hung
			return
		default:
			say("%s", strings.ReplaceAll(answer, "TAG", tag))
			continue
		}
		if !h.obey(conn, r, say, tag, verb, args) {
			return
		}
	}
}

// obey answers a command as a good server would.
func (h *hostile) obey(conn io.Writer, r *bufio.Reader, say func(string, ...any), tag, verb, args string) bool {
	h.mu.Lock()
	caps, validity := h.caps, h.uidValidity
	h.mu.Unlock()
	switch verb {
	case "CAPABILITY":
		say("* CAPABILITY %s", caps)
	case "SELECT":
		say("* FLAGS (\\Deleted)")
		say("* %d EXISTS", len(h.uids()))
		say("* OK [PERMANENTFLAGS (\\Deleted \\*)] ok")
		if validity >= 0 {
			say("* OK [UIDVALIDITY %d] ok", validity)
		}
	case "LIST":
		say(`* LIST () "/" INBOX`)
		say(`* LIST () "/" Done`)
	case "UID SEARCH":
		from, _ := strconv.Atoi(regexp.MustCompile(`\d+`).FindString(args))
		found := "* SEARCH"
		for _, uid := range h.uids() {
			if uid >= from || strings.Contains(args, "SINCE") {
				found += " " + strconv.Itoa(uid)
			}
		}
		say("%s", found)
	case "UID FETCH", "FETCH":
		for i, uid := range h.uids() {
			if inSet(args, uid) {
				say("* %d FETCH (UID %d RFC822.SIZE %d INTERNALDATE \"01-Jul-2026 10:00:00 +0000\")", i+1, uid, len(h.letter(uid)))
			}
		}
	case "UID FETCH BODY", "FETCH BODY":
		h.sendBody(conn, verb == "UID FETCH BODY", args)
	case "IDLE":
		say("+ idling")
		if _, err := r.ReadString('\n'); err != nil {
			return false
		}
	case "UID STORE":
		h.flag(args)
	case "UID COPY", "UID MOVE":
		h.set(func() { h.copied++ })
		if verb == "UID MOVE" {
			h.remove(args)
		}
	case "UID EXPUNGE", "EXPUNGE":
		h.set(func() {
			for uid, flags := range h.flags {
				if strings.Contains(flags, "Deleted") {
					delete(h.letters, uid)
				}
			}
		})
	}
	say("%s OK done", tag)
	return true
}

func (h *hostile) sendBody(out io.Writer, byUID bool, args string) {
	wanted, _ := strconv.Atoi(regexp.MustCompile(`^\d+`).FindString(args))
	m := regexp.MustCompile(`<(\d+)\.(\d+)>`).FindStringSubmatch(args)
	offset, _ := strconv.Atoi(m[1])
	size, _ := strconv.Atoi(m[2])
	for i, uid := range h.uids() {
		if byUID && uid != wanted || !byUID && i+1 != wanted {
			continue
		}
		whole := h.letter(uid)
		part := whole[min(offset, len(whole)):min(offset+size, len(whole))]
		h.mu.Lock()
		body := h.body
		h.mu.Unlock()
		if body != nil && body(h, out, i+1, uid, byUID, whole, part, offset) {
			return
		}
		_, _ = fmt.Fprintf(out, "* %d FETCH (UID %d BODY[]<%d> {%d}\r\n%s)\r\n", i+1, uid, offset, len(part), part)
	}
}

func (h *hostile) uids() []int {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []int
	for uid := range 1000 {
		if _, ok := h.letters[uid]; ok {
			all = append(all, uid)
		}
	}
	return all
}

func (h *hostile) letter(uid int) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.letters[uid]
}

func (h *hostile) flag(args string) {
	for _, uid := range h.uids() {
		if inSet(args, uid) {
			h.set(func() { h.flags[uid] += args })
		}
	}
}

func (h *hostile) remove(args string) {
	for _, uid := range h.uids() {
		if inSet(args, uid) {
			h.set(func() { delete(h.letters, uid) })
		}
	}
}

// inSet reports whether a number stands in the set that begins args.
func inSet(args string, n int) bool {
	set, _, _ := strings.Cut(args, " ")
	for part := range strings.SplitSeq(set, ",") {
		first, last, ranged := strings.Cut(part, ":")
		from, _ := strconv.Atoi(first)
		to, err := strconv.Atoi(last)
		if !ranged {
			to = from
		} else if err != nil {
			to = 1 << 30
		}
		if n >= from && n <= to {
			return true
		}
	}
	return false
}
