package mailroom

import (
	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

// watch is who looks at a folder by IMAP.
type watch struct {
	tracker *imapserver.MailboxTracker
	views   map[*view]struct{}
}

// view is one client's sight of a folder.
type view struct {
	validity uint32
	tracker  *imapserver.SessionTracker
	wake     chan struct{} // something is queued
	readOnly bool
}

// news is what those who look at a folder have to hear.
type news struct {
	validity uint32
	exists   uint32 // so many letters now
	expunged uint32 // sequence number of one that is gone
	seq, uid uint32 // of one whose flags changed
	flags    []imap.Flag
	source   *view // needs not hear it
}

// watchOf is the watch of a folder; the caller holds mu.
func (m *Mailroom) watchOf(f *folder) *watch {
	w := m.watches[f.Validity]
	if w == nil {
		w = &watch{tracker: imapserver.NewMailboxTracker(uint32(len(f.Filed))), views: map[*view]struct{}{}} //nolint:gosec // a count
		m.watches[f.Validity] = w
	}
	return w
}

// change makes a change of the index: on a copy, kept before it is shown. shown:
// the panel shows it.
func (m *Mailroom) change(shown bool, do func(*index) ([]news, error)) error {
	if err := m.enter(); err != nil {
		return err
	}
	defer m.busy.Done()
	if err := m.apply(do); err != nil {
		return err
	}
	if shown && m.opt.OnChange != nil {
		m.opt.OnChange()
	}
	return nil
}

func (m *Mailroom) apply(do func(*index) ([]news, error)) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	next := m.index.clone()
	all, err := do(next)
	if err != nil {
		return err
	}
	if err := m.disk.save(next); err != nil {
		return err
	}
	m.index = next
	for _, n := range all {
		m.tell(n)
	}
	return nil
}

// tell queues news for the clients and wakes those that idle.
func (m *Mailroom) tell(n news) {
	w := m.watches[n.validity]
	if w == nil {
		return // nobody ever looked
	}
	switch {
	case n.exists != 0:
		w.tracker.QueueNumMessages(n.exists)
	case n.expunged != 0:
		w.tracker.QueueExpunge(n.expunged)
	default:
		var source *imapserver.SessionTracker
		if n.source != nil {
			source = n.source.tracker
		}
		w.tracker.QueueMessageFlags(n.seq, imap.UID(n.uid), n.flags, source)
	}
	for v := range w.views {
		select {
		case v.wake <- struct{}{}:
		default: // it will wake anyway
		}
	}
}

// current is the index of this moment.
func (m *Mailroom) current() *index {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.index
}
