package rtf

import "bytes"

// kind of a token.
type kind uint8

const (
	end     kind = iota
	open         // {
	closing      // }
	word         // \name, with a number or without
	symbol       // \ and one character that is no letter
	raw          // a byte of text
)

// token is one piece of a document (1.9.1, "RTF Syntax").
type token struct {
	kind  kind
	name  string
	n     int // the number of a word, the byte of \'xx and of text
	given bool
}

// lexer cuts a document into tokens.
type lexer struct {
	data []byte
	pos  int
}

// maxName is longer than any control word.
const maxName = 32

func (l *lexer) next() token {
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		switch c {
		case '{':
			return token{kind: open}
		case '}':
			return token{kind: closing}
		case '\\':
			return l.control()
		case '\r', '\n', 0:
		default:
			return token{kind: raw, n: int(c)}
		}
	}
	return token{}
}

// control reads what follows a backslash.
func (l *lexer) control() token {
	if l.pos >= len(l.data) {
		return token{}
	}
	c := l.data[l.pos]
	if !letter(c) {
		l.pos++
		if c == '\'' {
			return l.hex()
		}
		return token{kind: symbol, n: int(c)}
	}
	from := l.pos
	for l.pos < len(l.data) && letter(l.data[l.pos]) {
		l.pos++
	}
	t := token{kind: word, name: string(l.data[from:min(l.pos, from+maxName)])}
	t.n, t.given = l.number()
	if l.pos < len(l.data) && l.data[l.pos] == ' ' {
		l.pos++
	}
	if t.name == "bin" {
		l.pos += max(0, min(t.n, len(l.data)-l.pos))
	}
	return t
}

// number reads the parameter of a word. What is beyond 32 bits is cut off.
func (l *lexer) number() (n int, given bool) {
	sign := 1
	if l.pos+1 < len(l.data) && l.data[l.pos] == '-' && digit(l.data[l.pos+1]) {
		sign = -1
		l.pos++
	}
	for ; l.pos < len(l.data) && digit(l.data[l.pos]); l.pos++ {
		n, given = min(n*10+int(l.data[l.pos]-'0'), 1<<31), true
	}
	return sign * n, given
}

// hex reads the two digits of \'xx; a broken one is a question mark.
func (l *lexer) hex() token {
	const digits = "0123456789abcdef"
	n := 0
	for range 2 {
		if l.pos >= len(l.data) {
			return token{}
		}
		d := bytes.IndexByte([]byte(digits), l.data[l.pos]|0x20)
		if d < 0 {
			return token{kind: symbol, name: "'", n: '?'}
		}
		n = n<<4 | d
		l.pos++
	}
	return token{kind: symbol, name: "'", n: n, given: true}
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func digit(c byte) bool { return c >= '0' && c <= '9' }
