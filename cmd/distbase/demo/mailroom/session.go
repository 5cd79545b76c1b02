package mailroom

import (
	"crypto/subtle"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

// delim parts the names of nested folders.
const delim = '/'

// session is one IMAP connection. The library runs one command of it at a time;
// only Idle runs beside, and ends before the next command.
type session struct {
	room  *Mailroom
	leave func()
	view  *view // of the open folder, nil without one; set under room.mu
}

var (
	_ imapserver.SessionNamespace   = (*session)(nil)
	_ imapserver.SessionMove        = (*session)(nil)
	_ imapserver.SessionAppendLimit = (*session)(nil)
)

func (m *Mailroom) newSession() (*session, error) {
	if err := m.enter(); err != nil {
		return nil, &imap.Error{Type: imap.StatusResponseTypeBye, Text: err.Error()}
	}
	return &session{room: m, leave: sync.OnceFunc(m.busy.Done)}, nil
}

// no is a command's refusal.
func no(code imap.ResponseCode, text string) error {
	return &imap.Error{Type: imap.StatusResponseTypeNo, Code: code, Text: text}
}

func errNoFolder() error { return no(imap.ResponseCodeNonExistent, "there is no such folder") }

// Close ends the session.
func (s *session) Close() error {
	err := s.Unselect()
	s.leave()
	return err
}

// Login compares name and password.
func (s *session) Login(user, password string) error {
	o := s.room.opt
	if !strings.EqualFold(user, o.User) || subtle.ConstantTimeCompare([]byte(password), []byte(o.Password)) != 1 {
		return imapserver.ErrAuthFailed
	}
	return nil
}

// Select opens a folder.
func (s *session) Select(name string, options *imap.SelectOptions) (*imap.SelectData, error) {
	if err := s.Unselect(); err != nil {
		return nil, err
	}
	s.room.mu.Lock()
	defer s.room.mu.Unlock()
	f := s.room.index.folder(name)
	if f == nil {
		return nil, errNoFolder()
	}
	w := s.room.watchOf(f)
	s.view = &view{validity: f.Validity, tracker: w.tracker.NewSession(), wake: make(chan struct{}, 1), readOnly: options.ReadOnly}
	w.views[s.view] = struct{}{}
	flags := []imap.Flag{imap.FlagSeen, imap.FlagAnswered, imap.FlagFlagged, imap.FlagDeleted, imap.FlagDraft}
	data := &imap.SelectData{NumMessages: uint32(len(f.Filed)), UIDNext: imap.UID(f.Next), UIDValidity: f.Validity} //nolint:gosec // a count
	for i, one := range f.Filed {
		if data.FirstUnseenSeqNum == 0 && !one.has(imap.FlagSeen) {
			data.FirstUnseenSeqNum = uint32(i) + 1 //nolint:gosec // a count
		}
		for _, flag := range one.Flags {
			if !slices.Contains(flags, flag) {
				flags = append(flags, flag)
			}
		}
	}
	data.Flags = flags
	if !options.ReadOnly {
		data.PermanentFlags = append(slices.Clone(flags), imap.FlagWildcard)
	}
	return data, nil
}

// Unselect closes the folder.
func (s *session) Unselect() error {
	s.room.mu.Lock()
	defer s.room.mu.Unlock()
	if s.view == nil {
		return nil
	}
	delete(s.room.watches[s.view.validity].views, s.view)
	s.view.tracker.Close()
	s.view = nil
	return nil
}

// Create makes a folder.
func (s *session) Create(name string, _ *imap.CreateOptions) error {
	name = strings.TrimRight(name, string(delim))
	if name == "" || len(name) > 255 {
		return no(imap.ResponseCodeCannot, "a folder has a name of at most 255 bytes")
	}
	return s.room.change(false, func(x *index) ([]news, error) {
		if x.folder(name) != nil {
			return nil, no(imap.ResponseCodeAlreadyExists, "there is such a folder")
		}
		x.addFolder(name)
		return nil, nil
	})
}

// Delete removes a folder; its letters stay in the panel.
func (s *session) Delete(name string) error {
	return s.room.change(false, func(x *index) ([]news, error) {
		f := x.folder(name)
		switch {
		case f == nil:
			return nil, errNoFolder()
		case f.Name == inbox:
			return nil, no(imap.ResponseCodeCannot, "the inbox stays")
		}
		validity := f.Validity
		x.Folders = slices.DeleteFunc(x.Folders, func(f folder) bool { return f.Validity == validity })
		return nil, nil
	})
}

// Rename renames a folder and those inside of it.
func (s *session) Rename(from, to string, _ *imap.RenameOptions) error {
	to = strings.TrimRight(to, string(delim))
	return s.room.change(false, func(x *index) ([]news, error) {
		f := x.folder(from)
		switch {
		case f == nil:
			return nil, errNoFolder()
		case f.Name == inbox || to == "" || len(to) > 255:
			return nil, no(imap.ResponseCodeCannot, "that name cannot be given")
		case x.folder(to) != nil:
			return nil, no(imap.ResponseCodeAlreadyExists, "there is such a folder")
		}
		old := f.Name
		for i := range x.Folders {
			name := &x.Folders[i].Name
			if *name == old || strings.HasPrefix(*name, old+string(delim)) {
				*name = to + strings.TrimPrefix(*name, old)
			}
		}
		return nil, nil
	})
}

// Subscribe does nothing: all folders are subscribed to.
func (s *session) Subscribe(name string) error {
	if s.room.current().folder(name) == nil {
		return errNoFolder()
	}
	return nil
}

// Unsubscribe does nothing.
func (s *session) Unsubscribe(name string) error { return s.Subscribe(name) }

// List lists folders.
func (s *session) List(w *imapserver.ListWriter, ref string, patterns []string, _ *imap.ListOptions) error {
	if len(patterns) == 0 { // asks for the delimiter only
		return w.WriteList(&imap.ListData{Attrs: []imap.MailboxAttr{imap.MailboxAttrNoSelect}, Delim: delim})
	}
	for _, f := range s.room.current().Folders {
		if !slices.ContainsFunc(patterns, func(p string) bool { return imapserver.MatchList(f.Name, delim, ref, p) }) {
			continue
		}
		if err := w.WriteList(&imap.ListData{Mailbox: f.Name, Delim: delim}); err != nil {
			return err //nolint:wrapcheck // the connection's
		}
	}
	return nil
}

// Namespace says that folders have no prefix.
func (s *session) Namespace() (*imap.NamespaceData, error) {
	return &imap.NamespaceData{Personal: []imap.NamespaceDescriptor{{Delim: delim}}}, nil
}

// Status counts letters of a folder.
func (s *session) Status(name string, o *imap.StatusOptions) (*imap.StatusData, error) {
	s.room.mu.Lock()
	defer s.room.mu.Unlock()
	f := s.room.index.folder(name)
	if f == nil {
		return nil, errNoFolder()
	}
	var unseen, deleted, none uint32
	var size int64
	for _, one := range f.Filed {
		if !one.has(imap.FlagSeen) {
			unseen++
		}
		if one.has(imap.FlagDeleted) {
			deleted++
		}
		size += s.room.contents[one.Letter].size
	}
	data := &imap.StatusData{Mailbox: f.Name}
	if o.UIDNext {
		data.UIDNext = imap.UID(f.Next)
	}
	if o.UIDValidity {
		data.UIDValidity = f.Validity
	}
	letters := uint32(len(f.Filed)) //nolint:gosec // a count
	for _, n := range []struct {
		wanted bool
		to     **uint32
		n      *uint32
	}{{o.NumMessages, &data.NumMessages, &letters}, {o.NumUnseen, &data.NumUnseen, &unseen}, {o.NumDeleted, &data.NumDeleted, &deleted}, {o.NumRecent, &data.NumRecent, &none}} {
		if n.wanted {
			*n.to = n.n
		}
	}
	if o.Size {
		data.Size = &size
	}
	return data, nil
}

// Poll tells what has changed in the open folder.
func (s *session) Poll(w *imapserver.UpdateWriter, allowExpunge bool) error {
	v := s.opened()
	if v == nil {
		return nil
	}
	return v.tracker.Poll(w, allowExpunge) //nolint:wrapcheck // the connection's
}

// Idle tells of changes as they come, beginning with those that came before it.
func (s *session) Idle(w *imapserver.UpdateWriter, stop <-chan struct{}) error {
	v := s.opened()
	if v == nil {
		<-stop
		return nil
	}
	for {
		if err := v.tracker.Poll(w, true); err != nil {
			return err //nolint:wrapcheck // the connection's
		}
		select {
		case <-v.wake:
		case <-stop:
			return nil
		}
	}
}

func (s *session) opened() *view {
	s.room.mu.Lock()
	defer s.room.mu.Unlock()
	return s.view
}

// AppendLimit is the most bytes of a letter.
func (s *session) AppendLimit() uint32 { return maxLetter }

var errFolderGone = errors.New("the open folder is gone")
