package letter

import "strings"

// Address is a mailbox with the name that stands beside it.
type Address struct {
	Name string // decoded
	Addr string // lower case
}

// maxAddresses bounds a list of recipients.
const maxAddresses = 2000

// Addresses are the mailboxes of a field, those of groups included; what is no
// address is left out.
func (h Header) Addresses(name string) []Address {
	var out []Address
	raw := h.Raw(name)
	for len(raw) > 0 && len(out) < maxAddresses {
		var one *mailbox
		one, raw = cutMailbox(raw)
		if a, ok := one.address(); ok {
			out = append(out, a)
		}
	}
	return out
}

// mailbox is one entry of an address list in pieces: `phrase (comment) <angle>`,
// and where its scan stands.
type mailbox struct {
	phrase, comment, angle strings.Builder
	quoted, angled         bool
	depth                  int // of comments
}

// cutMailbox takes an entry off the list. Commas inside of quotes, comments and
// angle brackets do not end it; the name of a group is dropped.
func cutMailbox(s string) (*mailbox, string) {
	m := &mailbox{}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s) && (m.quoted || m.depth > 0):
			i++
			m.put(s[i])
		case c == '"' && m.depth == 0:
			m.quoted = !m.quoted
		case m.quoted || m.depth > 0 && c != '(' && c != ')':
			m.put(c)
		case m.ends(c):
			return m, s[i+1:]
		case c == ':' && !m.angled: // the group's name
			m = &mailbox{}
		default:
			m.take(c)
		}
	}
	return m, ""
}

// ends reports whether a character ends the entry. A comma stands in routes too.
func (m *mailbox) ends(c byte) bool {
	return c == ';' || c == ',' && (!m.angled || looksLikeAddress(m.angle.String()))
}

// take passes a bracket or keeps a character.
func (m *mailbox) take(c byte) {
	switch c {
	case '(':
		m.depth++
	case ')':
		m.depth = max(0, m.depth-1)
	case '<':
		m.angled = true
		m.angle.Reset()
	case '>':
		m.angled = false
	default:
		m.put(c)
	}
}

func (m *mailbox) put(c byte) {
	switch {
	case m.depth > 0:
		m.comment.WriteByte(c)
	case m.angled:
		m.angle.WriteByte(c)
	default:
		m.phrase.WriteByte(c)
	}
}

func (m *mailbox) address() (Address, bool) {
	name, addr := m.phrase.String(), m.angle.String()
	if !looksLikeAddress(addr) {
		// no angle brackets: the address is one of the words, a comment the name
		for _, word := range strings.Fields(name) {
			word = strings.Trim(word, "<>,;")
			if looksLikeAddress(word) {
				addr, name = word, m.comment.String()
				break
			}
		}
	}
	addr = strings.TrimSpace(addr)
	if i := strings.LastIndexByte(addr, ':'); i >= 0 && strings.HasPrefix(addr, "@") {
		addr = addr[i+1:] // a route of RFC 822
	}
	if !looksLikeAddress(addr) {
		return Address{}, false
	}
	clean := strings.Trim(printable(decodeHeader([]byte(name))), " '\"\t")
	return Address{Name: clean, Addr: strings.ToLower(strings.ToValidUTF8(addr, "\uFFFD"))}, true
}

func looksLikeAddress(s string) bool {
	s = strings.TrimSpace(s)
	at := strings.LastIndexByte(s, '@')
	return at > 0 && at < len(s)-1 && len(s) <= 320 && !strings.ContainsAny(s, " \t<>()\"")
}
