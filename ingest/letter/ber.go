package letter

// Basic encoding rules (X.690), as far as signed letters need them: definite and
// indefinite lengths, strings in pieces. A letter cut off on the way still gives
// what is there.

// Identifier octets.
const (
	tagOctets      = 0x04
	tagOID         = 0x06
	tagConstructed = 0x20
	tagSequence    = 0x30
	tagContext0    = 0xA0
)

// maxBERDepth bounds nesting: each level of indefinite length costs a pass.
const maxBERDepth = 16

// element is one value with its identifier.
type element struct {
	tag     byte
	content []byte
}

// readBER takes one element off.
func readBER(data []byte, depth int) (e element, rest []byte, ok bool) {
	if len(data) < 2 || depth > maxBERDepth {
		return element{}, nil, false
	}
	e.tag = data[0]
	if e.tag&0x1F == 0x1F { // no tag of many octets stands in CMS
		return element{}, nil, false
	}
	size, data, indefinite, ok := berLength(data[1:])
	if !ok {
		return element{}, nil, false
	}
	if !indefinite {
		n := min(size, len(data))
		e.content = data[:n]
		return e, data[n:], true
	}
	for rest = data; len(rest) >= 2; {
		if rest[0] == 0 && rest[1] == 0 {
			e.content = data[:len(data)-len(rest)]
			return e, rest[2:], true
		}
		if _, rest, ok = readBER(rest, depth+1); !ok {
			return element{}, nil, false
		}
	}
	e.content = data
	return e, nil, true
}

func berLength(data []byte) (size int, rest []byte, indefinite, ok bool) {
	if len(data) == 0 {
		return 0, nil, false, false
	}
	first := data[0]
	data = data[1:]
	switch {
	case first == 0x80:
		return 0, data, true, true
	case first < 0x80:
		return int(first), data, false, true
	}
	n := int(first & 0x7F)
	if n > 4 || n > len(data) {
		return 0, nil, false, false
	}
	for _, b := range data[:n] {
		size = size<<8 | int(b)
	}
	return size, data[n:], false, true
}

// octets joins an octet string, be it whole or in pieces.
func octets(data []byte) ([]byte, bool) {
	e, _, ok := readBER(data, 0)
	if !ok {
		return nil, false
	}
	switch e.tag {
	case tagOctets:
		return e.content, true
	case tagOctets | tagConstructed:
		return appendOctets(nil, e.content, 0)
	case tagSequence: // PKCS #7 1.5 allows any type: the content as it stands
		return e.content, true
	}
	return nil, false
}

func appendOctets(out, pieces []byte, depth int) ([]byte, bool) {
	for len(pieces) > 0 {
		e, rest, ok := readBER(pieces, depth)
		if !ok {
			return out, len(out) > 0
		}
		pieces = rest
		switch e.tag {
		case tagOctets:
			out = append(out, e.content...)
		case tagOctets | tagConstructed:
			if out, ok = appendOctets(out, e.content, depth+1); !ok {
				return out, false
			}
		}
	}
	return out, true
}
