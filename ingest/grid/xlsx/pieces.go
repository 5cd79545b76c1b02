package xlsx

import (
	"bytes"
	"io"
	"sync"
)

// split says how a sheet is cut: into pieces of about a size, read on some cores. On
// one it is not cut.
type split struct {
	cores, size int
	careful     bool // no cell is read the quick way, which changes nothing but the time
}

const (
	pieceSize  = 256 << 10
	largest    = 4 // times the size a piece may have whose rows are long
	maxReaders = 4 // inflating does not keep more of them busy
)

// piece is a part of the rows as text and, when it is read, as a batch.
type piece struct {
	data []byte
	last error // why nothing comes behind it
	done chan struct{}

	out   batch
	end   ending
	n     int // number of its last row
	top   int // highest number of a row that counts from an unknown one
	free  bool
	floor int
	rest  int // where the text behind the rows begins, of endData

	fault any // the panic of the reader
}

// pieces are the rows of one sheet, inflated and read ahead.
type pieces struct {
	free  chan *piece   // to be filled
	work  chan *piece   // to be read
	order chan *piece   // in the order of the sheet
	halt  chan struct{} // closed when nothing is wanted any more
	plain chan struct{} // closed when the pieces are wanted as text only
	busy  sync.WaitGroup

	fault any    // the panic of fill, to be looked at when order is closed
	raw   []byte // of the current piece, what is not taken yet when it is read as a stream
	at    *piece
	end   error
}

// cut begins to inflate and to read ahead.
func (ws *worksheet) cut(r io.Reader) *pieces {
	readers := min(ws.by.cores, maxReaders)
	n := readers + 2
	p := &pieces{free: make(chan *piece, n), work: make(chan *piece, n), order: make(chan *piece, n), halt: make(chan struct{}), plain: make(chan struct{})}
	for range n {
		p.free <- &piece{done: make(chan struct{}, 1)}
	}
	p.busy.Go(func() { p.fill(r, ws.by.size) })
	for range readers {
		p.busy.Go(func() { ws.readAhead(p) })
	}
	return p
}

// stop ends the goroutines and waits for them.
func (ws *worksheet) stop() {
	if p := ws.pieces; p != nil {
		close(p.halt)
		if p.at == nil {
			close(p.plain)
		}
		p.busy.Wait()
	}
}

// fill cuts the text behind ends of rows.
func (p *pieces) fill(r io.Reader, size int) {
	defer close(p.work)
	defer close(p.order)
	defer func() { p.fault = recover() }() // goes on in the goroutine of the caller
	var carry []byte
	for {
		var x *piece
		select {
		case x = <-p.free:
		case <-p.halt:
			return
		}
		x.data = append(x.data[:0], carry...)
		end := 0
		for n := size; end == 0 && x.last == nil && n <= size*largest; n *= 2 {
			x.read(r, max(n, len(carry)*2))
			end = lastRowEnd(x.data)
		}
		if x.last != nil || end == 0 {
			end = len(x.data)
		}
		carry = append(carry[:0], x.data[end:]...)
		x.data = x.data[:end]
		last := x.last != nil
		p.work <- x
		p.order <- x
		if last {
			return
		}
	}
}

// read fills the text up to n bytes.
func (x *piece) read(r io.Reader, n int) {
	had := len(x.data)
	if cap(x.data) < n {
		x.data = append(make([]byte, 0, n), x.data...)
	}
	got, err := readUp(r, x.data[had:n])
	x.data, x.last = x.data[:had+got], err
}

// lastRowEnd is where the last end tag of a row ends, 0 where there is none.
func lastRowEnd(text []byte) int {
	const tail = "row>"
	for end := len(text); ; {
		at := bytes.LastIndex(text[:end], []byte(tail))
		if at < 0 {
			return 0
		}
		before := text[max(0, at-64):at]
		name := before[max(0, bytes.LastIndexByte(before, '<')):]
		if bytes.HasPrefix(name, []byte("</")) && (len(name) == 2 || name[len(name)-1] == ':') {
			return at + len(tail)
		}
		end = at
	}
}

// readAhead reads pieces until there are no more. It does not know the number of the
// row before.
func (ws *worksheet) readAhead(p *pieces) {
	var kept texts
	for x := range p.work {
		select {
		case <-p.plain:
			x.done <- struct{}{}
			continue
		default:
		}
		r := ws.reader(x, 0)
		r.free, r.texts = true, kept
		x.takeSafely(r)
		kept = r.texts
		x.done <- struct{}{}
	}
}

// takeSafely keeps a panic for the goroutine of the caller.
func (x *piece) takeSafely(r *rowReader) {
	defer func() { x.fault = recover() }()
	x.take(r)
}

func (ws *worksheet) reader(x *piece, n int) *rowReader {
	x.out.reset()
	return &rowReader{scanner: scanAll(x.data), w: ws.w, hidden: &ws.hidden, out: &x.out, n: n, careful: ws.by.careful}
}

// take runs a reader over the piece.
func (x *piece) take(r *rowReader) {
	x.end = r.run()
	x.n, x.top, x.free, x.floor, x.rest = r.n, r.top, r.free, r.floor, r.pos
}

// readPieces hands the rows of the pieces on in their order.
func (ws *worksheet) readPieces(s *scanner) error {
	head := bytes.Clone(s.buf[s.pos:])
	p := ws.cut(io.MultiReader(bytes.NewReader(head), s.r))
	ws.pieces = p
	for x := range p.order {
		<-x.done
		if x.fault != nil {
			panic(x.fault)
		}
		base := ws.last
		if x.end == endError || base+x.top > maxRow || x.top > 0 && len(x.out.warnings) > 0 {
			// What it says of places needs the number of the row before.
			x.take(ws.reader(x, base))
		}
		if x.end == endBroken || x.end == endClean && x.last != nil {
			s.continueWith(p, x, 0)
			return ws.readStream(s)
		}
		ws.last = x.n
		if x.free {
			ws.last += base
		}
		if err := ws.emit(&x.out, base, x.floor); err != nil {
			return err
		}
		switch x.end {
		case endError:
			return x.out.err
		case endData:
			s.continueWith(p, x, x.rest)
			return nil
		}
		p.free <- x
	}
	if p.fault != nil {
		panic(p.fault)
	}
	return nil
}

// continueWith lets the scanner go on within a piece.
func (s *scanner) continueWith(p *pieces, x *piece, from int) {
	close(p.plain)
	p.at, p.raw, p.end = x, x.data[from:], x.last
	s.buf, s.pos, s.r, s.err = s.buf[:0], 0, p, nil
}

// Read gives the text of the pieces that are left.
func (p *pieces) Read(b []byte) (int, error) {
	for len(p.raw) == 0 {
		if p.end != nil {
			return 0, p.end
		}
		p.free <- p.at
		x, ok := <-p.order
		if !ok {
			panic(p.fault)
		}
		<-x.done
		p.at, p.raw, p.end = x, x.data, x.last
	}
	n := copy(b, p.raw)
	p.raw = p.raw[n:]
	return n, nil
}
