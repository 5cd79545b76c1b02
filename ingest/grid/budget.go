package grid

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
	// Text kept in memory at once: the shared strings of a workbook, a text file.
	maxTextBytes = 128 << 20
	maxMembers   = 10_000
)

// budget is what one Read may still spend. It is shared by all members of an archive.
type budget struct {
	ctx      context.Context // of the one call that owns the budget
	bytes    int64
	cells    int
	maxDepth int
	opt      Options
}

func newBudget(ctx context.Context, opt Options) *budget {
	b := &budget{ctx: ctx, bytes: opt.MaxBytes, cells: opt.MaxCells, maxDepth: opt.MaxDepth, opt: opt}
	if b.bytes <= 0 {
		b.bytes = defaultMaxBytes
	}
	if b.cells <= 0 {
		b.cells = defaultMaxCells
	}
	if b.maxDepth <= 0 {
		b.maxDepth = defaultMaxDepth
	}
	return b
}

// alive fails when the caller has lost interest.
func (b *budget) alive() error { return b.ctx.Err() }

// spendCells takes n cells off the budget.
func (b *budget) spendCells(n int) error {
	b.cells -= n
	if b.cells < 0 {
		return &ReadError{Code: CodeTooBig, Found: "cells"}
	}
	return nil
}

// unpack meters a stream that decompresses packed bytes. The sizes an archive
// declares are not trusted: what comes out is counted.
func (b *budget) unpack(r io.Reader, packed int64) io.Reader {
	return &meter{r: r, b: b, packed: packed}
}

type meter struct {
	r           io.Reader
	b           *budget
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
		if cerr := m.b.alive(); cerr != nil {
			return n, cerr
		}
	}
	return n, err
}
