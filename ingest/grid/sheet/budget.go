package sheet

import (
	"context"
	"io"
	"time"
)

// ratioFloor: under this size a high ratio is harmless.
const ratioFloor = 48 << 20

// Budget is what one read may still spend. It is shared by all members of an
// archive and used by one goroutine at a time.
type Budget struct {
	ctx   context.Context // of the one call that owns the budget
	until time.Time
	bytes int64
	cells int
	// Options are those of the read, defaults filled in.
	Options Options
}

// NewBudget begins a read.
func NewBudget(ctx context.Context, opt Options) *Budget {
	opt = opt.withDefaults()
	return &Budget{ctx: ctx, until: time.Now().Add(opt.MaxTime), bytes: opt.MaxBytes, cells: opt.MaxCells, Options: opt}
}

// Alive fails when the caller has lost interest or the time is up. Readers ask it
// in every loop that a hostile file can make long, each few thousand rounds.
func (b *Budget) Alive() error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	if time.Now().After(b.until) {
		return &ReadError{Code: CodeTooBig, Found: "time"}
	}
	return nil
}

// SpendCells takes n cells off the budget. Rows that a reader hands on are paid for
// by whoever called it; a reader pays for what it holds back.
func (b *Budget) SpendCells(n int) error {
	b.cells -= n
	if b.cells < 0 {
		return &ReadError{Code: CodeTooBig, Found: "cells"}
	}
	return nil
}

// SpendBytes takes n unpacked bytes off the budget.
func (b *Budget) SpendBytes(n int64) error {
	b.bytes -= n
	if b.bytes < 0 {
		return &ReadError{Code: CodeTooBig, Found: "unpacked"}
	}
	return nil
}

// Unpack meters a stream that decompresses packed bytes. The sizes an archive
// declares are not trusted: what comes out is counted.
func (b *Budget) Unpack(r io.Reader, packed int64) io.Reader {
	return &meter{r: r, b: b, packed: packed}
}

// UnpackAll reads such a stream to its end, at most Options.MaxText bytes.
func (b *Budget) UnpackAll(r io.Reader, packed int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(b.Unpack(r, packed), b.Options.MaxText+1))
	if int64(len(data)) > b.Options.MaxText {
		return nil, &ReadError{Code: CodeTooBig, Found: "text"}
	}
	return data, err
}

type meter struct {
	r           io.Reader
	b           *Budget
	packed, out int64
	checked     int64
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.out += int64(n)
	if serr := m.b.SpendBytes(int64(n)); serr != nil {
		return n, serr
	}
	if m.out > ratioFloor && m.out/m.b.Options.MaxRatio > m.packed {
		return n, &ReadError{Code: CodeTooBig, Found: "ratio"}
	}
	if m.out-m.checked > 1<<20 {
		m.checked = m.out
		if cerr := m.b.Alive(); cerr != nil {
			return n, cerr
		}
	}
	return n, err
}

// Metered is a Sink that takes the rows of a read off its budget before it hands
// them on.
func (b *Budget) Metered(to Sink) Sink { return &meteredSink{Sink: to, b: b} }

type meteredSink struct {
	Sink
	b    *Budget
	rows int
}

func (m *meteredSink) Begin(s *Sheet) error {
	if err := m.b.Alive(); err != nil {
		return err
	}
	return m.Sink.Begin(s)
}

func (m *meteredSink) Row(r Row) error {
	if err := m.b.SpendCells(max(1, len(r.Cells))); err != nil {
		return err
	}
	if m.rows++; m.rows%1024 == 0 {
		if err := m.b.Alive(); err != nil {
			return err
		}
	}
	return m.Sink.Row(r)
}
