package mailer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// piece is how much of a letter one command asks for: enough that a usual letter
// takes one, little enough that a cut line costs little.
const piece = 1 << 20

// Fetch reads a letter in pieces until one comes short. The size that the server
// states is not relied on: some state a wrong one.
func (s *session) Fetch(ctx context.Context, uid uint32, limit int64, w io.Writer) (int64, error) {
	var total int64
	for {
		n, whole, err := s.part(ctx, uid, total, piece, w)
		total += n
		switch {
		case err != nil:
			return total, err
		case total > limit:
			return total, errTooBig
		case whole || n < piece:
			return total, nil
		}
	}
}

// Head returns the first bytes of a letter.
func (s *session) Head(ctx context.Context, uid uint32, n int64) ([]byte, error) {
	var b bytes.Buffer
	if _, _, err := s.part(ctx, uid, 0, n, &b); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// part reads the bytes of a letter from offset on. When the server's answer to
// the UID does not reach us (the library drops one that names the UID only after
// the bytes) it is asked for by its place in the folder. whole: the server paid no
// heed to the piece and gave all.
func (s *session) part(ctx context.Context, uid uint32, offset, size int64, w io.Writer) (n int64, whole bool, err error) {
	n, whole, err = s.fetch(imap.UIDSetNum(imap.UID(uid)), uid, offset, size, w)
	if !errors.Is(err, errMissing) {
		return n, whole, err
	}
	seq, err := s.place(uid)
	if err != nil {
		return 0, false, err
	}
	if ctx.Err() != nil {
		return 0, false, ctx.Err()
	}
	return s.fetch(imap.SeqSetNum(seq), uid, offset, size, w)
}

// place is a letter's sequence number, or errGone.
func (s *session) place(uid uint32) (uint32, error) {
	var seq uint32
	err := s.command(func() error {
		all, err := s.client.Fetch(imap.UIDSetNum(imap.UID(uid)), &imap.FetchOptions{UID: true}).Collect()
		if err != nil {
			return fmt.Errorf("look for letter %d: %w", uid, err)
		}
		for _, one := range all {
			if uint32(one.UID) == uid {
				seq = one.SeqNum
			}
		}
		return nil
	})
	if err == nil && seq == 0 {
		err = errGone
	}
	return seq, err
}

// fetch runs one FETCH of a piece and compares the UID asked for with the one
// that came.
func (s *session) fetch(set imap.NumSet, uid uint32, offset, size int64, w io.Writer) (n int64, whole bool, err error) {
	section := &imap.FetchItemBodySection{Peek: true, Partial: &imap.SectionPartial{Offset: offset, Size: size}}
	err = s.command(func() error {
		cmd := s.client.Fetch(set, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{section}})
		var got answer
		for msg := cmd.Next(); msg != nil; msg = cmd.Next() {
			s.consume(msg, offset, w, &got)
		}
		if err := cmd.Close(); err != nil {
			return fmt.Errorf("fetch letter %d: %w", uid, err)
		}
		n, whole = got.n, got.whole
		switch {
		case got.err != nil:
			return fmt.Errorf("fetch letter %d: %w", uid, got.err)
		case got.uid == 0 && !got.body:
			return errMissing
		case got.uid != uid:
			return fmt.Errorf("fetch letter %d: the server answered with letter %d", uid, got.uid)
		case !got.body:
			return fmt.Errorf("fetch letter %d: the server gave no bytes", uid)
		}
		return nil
	})
	return n, whole, err
}

// answer is what the responses to a fetch amounted to.
type answer struct {
	uid   uint32
	body  bool
	n     int64
	whole bool
	err   error
}

// consume takes one response whole, even after an error: the library's decoder
// waits until everything is taken.
func (s *session) consume(msg *imapclient.FetchMessageData, offset int64, w io.Writer, got *answer) {
	for item := msg.Next(); item != nil; item = msg.Next() {
		switch item := item.(type) {
		case imapclient.FetchItemDataUID:
			got.uid = uint32(item.UID)
		case imapclient.FetchItemDataBodySection:
			if got.body {
				got.err = errors.New("the server gave the bytes twice")
				continue
			}
			got.body = true
			s.copyLiteral(item, offset, w, got)
		}
	}
}

func (s *session) copyLiteral(item imapclient.FetchItemDataBodySection, offset int64, w io.Writer, got *answer) {
	if item.Literal == nil { // NIL: nothing there
		return
	}
	if item.Section.Partial == nil {
		got.whole = true
	}
	in := &literal{Reader: item.Literal}
	switch {
	case got.whole && offset > 0:
		got.err = errors.New("the server does not give letters in pieces")
	case item.Literal.Size() > s.most: // all at once, though pieces were asked for
		got.err = errTooBig
	default:
		got.n, got.err = io.Copy(w, in)
		if got.err == nil && got.n != item.Literal.Size() {
			got.err = fmt.Errorf("%d bytes of %d: %w", got.n, item.Literal.Size(), io.ErrUnexpectedEOF)
		}
	}
	if got.err != nil {
		s.abandon(in)
	}
}

// abandon ends the connection over a literal that is not taken whole. The
// decoder waits until the literal was read to its end or to an error, and no
// longer: one read more would meet its own, so the decoder is waited for.
func (s *session) abandon(in *literal) {
	_ = s.conn.Close()
	if !in.ended {
		_, _ = io.Copy(io.Discard, in)
	}
	<-s.client.Closed()
}

// literal notes when a reader came to its end.
type literal struct {
	io.Reader
	ended bool
}

// Read passes on, and notes an error.
func (l *literal) Read(b []byte) (int, error) {
	n, err := l.Reader.Read(b)
	l.ended = l.ended || err != nil
	return n, err //nolint:wrapcheck // io.EOF must stay itself
}
