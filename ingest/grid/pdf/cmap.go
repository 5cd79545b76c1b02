package pdf

import "unicode/utf16"

// cmap is a ToUnicode map (9.10.3).
type cmap struct{ text map[int]string }

// maxRange bounds one range: codes are of two bytes at most here.
const maxRange = 1 << 16

func parseCMap(data []byte) *cmap {
	c := &cmap{text: map[int]string{}}
	l := &lexer{data: data}
	var args []any
	for {
		switch v := l.next(0).(type) {
		case end:
			return c
		case operator:
			switch v {
			case "endbfchar":
				c.chars(args)
			case "endbfrange":
				c.ranges(args)
			}
			args = args[:0]
		default:
			args = append(args, v)
		}
	}
}

func (c *cmap) chars(args []any) {
	for i := 0; i+1 < len(args); i += 2 {
		from, ok1 := args[i].(text)
		to, ok2 := args[i+1].(text)
		if ok1 && ok2 {
			c.text[codeOf(from)] = unicode(to, 0)
		}
	}
}

func (c *cmap) ranges(args []any) {
	for i := 0; i+2 < len(args); i += 3 {
		from, ok1 := args[i].(text)
		to, ok2 := args[i+1].(text)
		if !ok1 || !ok2 {
			continue
		}
		lo, hi := codeOf(from), codeOf(to)
		if hi-lo >= maxRange {
			continue
		}
		switch t := args[i+2].(type) {
		case text:
			for k := lo; k <= hi; k++ {
				c.text[k] = unicode(t, k-lo)
			}
		case array:
			for k, v := range t {
				if s, ok := v.(text); ok && lo+k <= hi {
					c.text[lo+k] = unicode(s, 0)
				}
			}
		}
	}
}

func codeOf(s text) int {
	v := 0
	for i := 0; i < len(s) && i < 4; i++ {
		v = v<<8 | int(s[i])
	}
	return v
}

// unicode decodes UTF-16BE and adds to its last unit.
func unicode(s text, add int) string {
	if len(s) == 1 {
		return string(rune(int(s[0]) + add))
	}
	var units []uint16
	for i := 0; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i])<<8|uint16(s[i+1]))
	}
	r := utf16.Decode(units)
	if len(r) > 0 {
		r[len(r)-1] += rune(add)
	}
	return string(r)
}
