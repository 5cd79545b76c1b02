package pdf

import "io"

// earlyLZW reads LZW whose code width grows one code early.
type earlyLZW struct {
	data        []byte
	pos         int
	acc         uint32
	bits, width uint
	table       [][]byte
	prev, out   []byte
}

const (
	lzwClear = 256
	lzwEnd   = 257
	lzwFirst = 258
)

func (z *earlyLZW) Read(p []byte) (int, error) {
	for len(z.out) == 0 {
		code, ok := z.code()
		if !ok || code == lzwEnd {
			return 0, io.EOF
		}
		if code == lzwClear {
			z.table, z.prev, z.width = z.table[:0], nil, 9
			continue
		}
		word, ok := z.word(code)
		if !ok {
			return 0, io.EOF
		}
		z.out = word
		if z.prev != nil && len(z.table) < 4096-lzwFirst {
			z.table = append(z.table, append(z.prev[:len(z.prev):len(z.prev)], word[0]))
		}
		z.prev = word
		switch n := len(z.table) + lzwFirst + 1; {
		case n >= 2048:
			z.width = 12
		case n >= 1024:
			z.width = 11
		case n >= 512:
			z.width = 10
		}
	}
	n := copy(p, z.out)
	z.out = z.out[n:]
	return n, nil
}

func (z *earlyLZW) code() (int, bool) {
	for z.bits < z.width {
		if z.pos >= len(z.data) {
			return 0, false
		}
		z.acc = z.acc<<8 | uint32(z.data[z.pos])
		z.pos++
		z.bits += 8
	}
	z.bits -= z.width
	return int(z.acc>>z.bits) & (1<<z.width - 1), true
}

func (z *earlyLZW) word(code int) ([]byte, bool) {
	switch i := code - lzwFirst; {
	case code < lzwClear:
		return []byte{byte(code)}, true
	case i < len(z.table):
		return z.table[i], true
	case i == len(z.table) && z.prev != nil:
		return append(z.prev[:len(z.prev):len(z.prev)], z.prev[0]), true
	}
	return nil, false
}
