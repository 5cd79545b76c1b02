package sheet

import (
	"context"
	"io"
)

// Defaults of Options and bounds that are not worth an option.
const (
	defaultMaxBytes = 1 << 30
	defaultMaxCells = 5_000_000
	defaultMaxDepth = 3

	// Deflate reaches 1032:1 at most; worksheets of real systems stay under 100:1.
	maxRatio = 200
	// Under this size a high ratio is harmless.
	ratioFloor = 48 << 20
	// MaxTextBytes is text kept in memory at once: the shared strings of a workbook, a text file.
	MaxTextBytes = 128 << 20
	// MaxMembers bounds the members of an archive.
	MaxMembers = 10_000
)

// Budget is what one read may still spend. It is shared by all members of an archive.
type Budget struct {
	ctx      context.Context // of the one call that owns the budget
	bytes    int64
	cells    int
	MaxDepth int // archives inside archives
	Options  Options
}

// NewBudget begins a read.
func NewBudget(ctx context.Context, opt Options) *Budget {
	b := &Budget{ctx: ctx, bytes: opt.MaxBytes, cells: opt.MaxCells, MaxDepth: opt.MaxDepth, Options: opt}
	if b.bytes <= 0 {
		b.bytes = defaultMaxBytes
	}
	if b.cells <= 0 {
		b.cells = defaultMaxCells
	}
	if b.MaxDepth <= 0 {
		b.MaxDepth = defaultMaxDepth
	}
	return b
}

// Alive fails when the caller has lost interest.
func (b *Budget) Alive() error { return b.ctx.Err() }

// SpendCells takes n cells off the budget.
func (b *Budget) SpendCells(n int) error {
	b.cells -= n
	if b.cells < 0 {
		return &ReadError{Code: CodeTooBig, Found: "cells"}
	}
	return nil
}

// Unpack meters a stream that decompresses packed bytes. The sizes an archive
// declares are not trusted: what comes out is counted.
func (b *Budget) Unpack(r io.Reader, packed int64) io.Reader {
	return &meter{r: r, b: b, packed: packed}
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
	m.b.bytes -= int64(n)
	if m.b.bytes < 0 {
		return n, &ReadError{Code: CodeTooBig, Found: "unpacked"}
	}
	if m.out > ratioFloor && m.out/maxRatio > m.packed {
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
