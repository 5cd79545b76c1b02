package pack

import (
	"bufio"
	"errors"
	"io"
)

// inflate64 unpacks deflate64: deflate with a window of 64 KiB, lengths up to
// 65,538 and 32 distances.
type inflate64 struct {
	r    *bufio.Reader
	bits uint64
	n    uint // bits held

	window [1 << 16]byte
	pos    int // where the next byte goes
	out    int // where the next byte not yet handed out lies
	err    error

	last            bool
	stored          int // bytes left of a stored block
	inBlock         bool
	lengths, spaces huffman64
	copyLen, back   int // what is left of a match
}

func newInflate64(r io.Reader) io.Reader { return &inflate64{r: bufio.NewReader(r)} }

var errInflate64 = errors.New("deflate64: damaged")

// Read hands out what lies unpacked in the window.
func (z *inflate64) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		if z.out == z.pos {
			if z.err == nil {
				z.fill()
			}
			if z.out == z.pos {
				return n, z.err
			}
		}
		end := z.pos
		if end < z.out {
			end = len(z.window)
		}
		c := copy(p[n:], z.window[z.out:end])
		n += c
		z.out = (z.out + c) % len(z.window)
	}
	return n, nil
}

// room is how many bytes the window takes before what was not handed out is lost.
func (z *inflate64) room() int { return len(z.window) - 1 - (z.pos-z.out+len(z.window))%len(z.window) }

func (z *inflate64) put(c byte) {
	z.window[z.pos] = c
	z.pos = (z.pos + 1) % len(z.window)
}

// fill unpacks until there is something to hand out.
func (z *inflate64) fill() {
	for z.err == nil && z.pos == z.out {
		switch {
		case z.copyLen > 0:
			z.copyMatch()
		case z.stored > 0:
			z.copyStored()
		case z.inBlock:
			z.symbols()
		case z.last:
			z.err = io.EOF
		default:
			z.block()
		}
	}
}

// take gives the next n bits, lowest first.
func (z *inflate64) take(n uint) int {
	for z.n < n {
		c, err := z.r.ReadByte()
		if err != nil {
			z.fail(io.ErrUnexpectedEOF)
			return 0
		}
		z.bits |= uint64(c) << z.n
		z.n += 8
	}
	v := z.bits & (1<<n - 1)
	z.bits >>= n
	z.n -= n
	return int(v)
}

func (z *inflate64) fail(err error) {
	if z.err == nil {
		z.err = err
	}
}

// block reads the head of a block (RFC 1951 3.2.3).
func (z *inflate64) block() {
	z.last = z.take(1) == 1
	switch z.take(2) {
	case 0:
		z.take(z.n % 8)
		size, not := z.take(16), z.take(16)
		if z.err == nil && size != ^not&0xffff {
			z.fail(errInflate64)
			return
		}
		z.stored = size
	case 1:
		z.fixed()
	case 2:
		z.dynamic()
	default:
		z.fail(errInflate64)
	}
}

func (z *inflate64) copyStored() {
	for ; z.stored > 0 && z.room() > 0 && z.err == nil; z.stored-- {
		c := byte(z.take(8))
		if z.err == nil {
			z.put(c)
		}
	}
}

func (z *inflate64) copyMatch() {
	for ; z.copyLen > 0 && z.room() > 0; z.copyLen-- {
		z.put(z.window[(z.pos-z.back+len(z.window))%len(z.window)])
	}
}

// symbols reads literals and matches until the window is full or the block ends.
func (z *inflate64) symbols() {
	for z.err == nil && z.copyLen == 0 && z.room() > 0 {
		s := z.symbol(&z.lengths)
		switch {
		case s < 0 || z.err != nil:
			z.fail(errInflate64)
		case s < 256:
			z.put(byte(s))
		case s == 256:
			z.inBlock = false
			return
		default:
			z.match(s - 257)
		}
	}
}

// match reads what follows a length symbol. The last one has 16 extra bits here.
func (z *inflate64) match(s int) {
	if s >= len(lengthBase64) {
		z.fail(errInflate64)
		return
	}
	length := lengthBase64[s] + z.take(lengthExtra64[s])
	d := z.symbol(&z.spaces)
	if d < 0 || d >= 32 {
		z.fail(errInflate64)
		return
	}
	z.back = distanceBase64(d) + z.take(uint(max(0, d/2-1)))
	if z.err == nil {
		z.copyLen = length
	}
}

// distanceBase64 is the smallest distance of a symbol; from 30 on it goes beyond deflate.
func distanceBase64(d int) int {
	if d < 4 {
		return d + 1
	}
	return 1 + (2+d&1)<<(d/2-1)
}

// lengthBase64 and lengthExtra64 are the lengths of the symbols from 257 on.
var (
	lengthBase64  = [...]int{3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 3}
	lengthExtra64 = [...]uint{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 16}
	// codeOrder is the order of the code lengths (RFC 1951 3.2.7).
	codeOrder = [...]int{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}
)

func (z *inflate64) fixed() {
	var lengths [288]uint8
	for i := range lengths {
		switch {
		case i < 144:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		case i < 280:
			lengths[i] = 7
		default:
			lengths[i] = 8
		}
	}
	var spaces [32]uint8
	for i := range spaces {
		spaces[i] = 5
	}
	z.begin(lengths[:], spaces[:])
}

// dynamic reads the codes of a block (RFC 1951 3.2.7).
func (z *inflate64) dynamic() {
	literals, distances, codes := z.take(5)+257, z.take(5)+1, z.take(4)+4
	var small [19]uint8
	for i := range codes {
		small[codeOrder[i]] = uint8(z.take(3))
	}
	var code huffman64
	if !code.build(small[:]) || z.err != nil {
		z.fail(errInflate64)
		return
	}
	lengths := make([]uint8, literals+distances)
	for i := 0; i < len(lengths) && z.err == nil; {
		s := z.symbol(&code)
		value, times := uint8(s), 1
		switch {
		case s < 0:
			z.fail(errInflate64)
		case s == 16 && i == 0:
			z.fail(errInflate64)
		case s == 16:
			value, times = lengths[i-1], 3+z.take(2)
		case s == 17:
			value, times = 0, 3+z.take(3)
		case s == 18:
			value, times = 0, 11+z.take(7)
		}
		if i+times > len(lengths) {
			z.fail(errInflate64)
			return
		}
		for ; times > 0; times-- {
			lengths[i] = value
			i++
		}
	}
	z.begin(lengths[:literals], lengths[literals:])
}

func (z *inflate64) begin(lengths, spaces []uint8) {
	if z.err == nil && (!z.lengths.build(lengths) || !z.spaces.build(spaces)) {
		z.fail(errInflate64)
	}
	z.inBlock = true
}

// huffman64 is a canonical code: how many symbols have each length, and the symbols
// in the order of their codes.
type huffman64 struct {
	counts  [16]int
	symbols []uint16
}

func (h *huffman64) build(lengths []uint8) bool {
	h.counts = [16]int{}
	for _, l := range lengths {
		h.counts[l]++
	}
	h.counts[0] = 0
	var offsets [17]int
	left := 1
	for l := 1; l < 16; l++ {
		if left = left<<1 - h.counts[l]; left < 0 {
			return false
		}
		offsets[l+1] = offsets[l] + h.counts[l]
	}
	h.symbols = make([]uint16, offsets[16])
	for s, l := range lengths {
		if l > 0 {
			h.symbols[offsets[l]] = uint16(s)
			offsets[l]++
		}
	}
	return true
}

// symbol reads one bit after the other until they are a code; -1 where they never are.
func (z *inflate64) symbol(h *huffman64) int {
	code, first, index := 0, 0, 0
	for l := 1; l < 16; l++ {
		code |= z.take(1)
		if z.err != nil {
			return -1
		}
		n := h.counts[l]
		if code-first < n {
			return int(h.symbols[index+code-first])
		}
		index += n
		first = (first + n) << 1
		code <<= 1
	}
	return -1
}
