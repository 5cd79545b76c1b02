package mailer

import (
	"context"
	"errors"
	"io"
	"time"
)

// mailbox is all that the poller asks of an IMAP library. session is the one
// implementation; a beta library can be exchanged behind it.
type mailbox interface {
	// Open selects the folder and tells its present state.
	Open(ctx context.Context) (folderState, error)
	// Listing lists the letters with a UID of at least from, in order of UID.
	Listing(ctx context.Context, from uint32) ([]listed, error)
	// Since lists the UIDs of letters that came on or after a day.
	Since(ctx context.Context, day time.Time) ([]uint32, error)
	// Fetch writes a letter's bytes to w and returns their number. It fails with
	// errGone when the letter is not there any more and with errTooBig after limit
	// bytes.
	Fetch(ctx context.Context, uid uint32, limit int64, w io.Writer) (int64, error)
	// Head returns the first bytes of a letter.
	Head(ctx context.Context, uid uint32, bytes int64) ([]byte, error)
	// Keyword marks letters for the people who read the mailbox.
	Keyword(ctx context.Context, uids []uint32) error
	// Move puts letters into another folder, or fails without a change.
	Move(ctx context.Context, uids []uint32, folder string) error
	// Idle returns when the folder changed or d has passed.
	Idle(ctx context.Context, d time.Duration) error
	// Close ends the connection.
	Close()
}

// folderState is what SELECT says of a folder.
type folderState struct {
	UIDValidity uint32
	UIDNext     uint32 // 0 where the server does not say
	Letters     uint32
	Idle        bool // the server can tell of changes
	Keywords    bool // the server keeps keywords of ours
}

// listed is what is known of a letter before it is fetched.
type listed struct {
	UID      uint32
	Size     int64 // as the server says, a hint: 0 unknown
	Received time.Time
}

var (
	errGone          = errors.New("the letter is gone from the mailbox")
	errTooBig        = errors.New("the letter is over the limit")
	errNoUIDValidity = errors.New("the server gives no UIDVALIDITY, so letters cannot be told apart safely")
	errCannotMove    = errors.New("the server has neither MOVE nor UIDPLUS, so a move could lose letters")
	errSilent        = errors.New("the server says nothing")
	errEmpty         = errors.New("the server gave no bytes of the letter")
	errMissing       = errors.New("the server said nothing of the letter asked for")
)
