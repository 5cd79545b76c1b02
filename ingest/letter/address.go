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
		var one mailbox
		one, raw = cutMailbox(raw)
		if a, ok := one.address(); ok {
			out = append(out, a)
		}
	}
	return out
}

// mailbox is one entry of an address list in pieces: `phrase (comment) <angle>`.
type mailbox struct{ phrase, comment, angle strings.Builder }

// cutMailbox takes an entry off the list. Commas inside of quotes, comments and
// angle brackets do not end it; the name of a group is dropped.
func cutMailbox(s string) (mailbox, string) {
	var m mailbox
	quoted, angled, depth := false, false, 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\\' && i+1 < len(s) && (quoted || depth > 0):
			i++
			m.put(s[i], angled, depth)
		case c == '"' && depth == 0:
			quoted = !quoted
		case quoted:
			m.put(c, angled, depth)
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth > 0:
			m.put(c, angled, depth)
		case c == '<':
			angled = true
			m.angle.Reset()
		case c == '>':
			angled = false
		case c == ':' && !angled: // the group's name
			m = mailbox{}
		case c == ';', c == ',' && (!angled || looksLikeAddress(m.angle.String())): // a comma stands in routes too
			return m, s[i+1:]
		default:
			m.put(c, angled, depth)
		}
	}
	return m, ""
}

func (m *mailbox) put(c byte, angled bool, depth int) {
	switch {
	case depth > 0:
		m.comment.WriteByte(c)
	case angled:
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
