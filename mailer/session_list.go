package mailer

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
)

// Open selects the folder. UIDVALIDITY 0 or none is an error: without it a letter
// cannot be told from another.
func (s *session) Open(context.Context) (folderState, error) {
	if s.folder == "" {
		name, err := s.find(s.wanted)
		if err != nil {
			return folderState{}, err
		}
		if name == "" {
			return folderState{}, &Problem{Kind: ProblemFolder, Target: s.wanted, Err: fmt.Errorf("there is no folder %q", s.wanted)}
		}
		s.folder = name
	}
	var st folderState
	err := s.command(func() error {
		data, err := s.client.Select(s.folder, nil).Wait()
		if err != nil {
			return fmt.Errorf("open folder %q: %w", s.folder, err)
		}
		st = folderState{
			UIDValidity: data.UIDValidity, UIDNext: uint32(data.UIDNext), Letters: data.NumMessages,
			Idle:     s.caps.Has(imap.CapIdle),
			Keywords: slices.Contains(data.PermanentFlags, imap.FlagWildcard) || slices.Contains(data.PermanentFlags, keyword),
		}
		return nil
	})
	if err == nil && st.UIDValidity == 0 {
		err = &Problem{Kind: ProblemUnsafe, Target: s.wanted, Err: errNoUIDValidity}
	}
	return st, err
}

// find is the server's own name of a folder, "" where there is none. Prefix and
// separator differ (INBOX.Reports, INBOX/Reports, Reports), so the names come
// from LIST, not from the configuration.
func (s *session) find(wanted string) (string, error) {
	if strings.EqualFold(wanted, "INBOX") {
		return "INBOX", nil
	}
	var best string
	err := s.command(func() error {
		all, err := s.client.List("", "*", nil).Collect()
		if err != nil {
			return fmt.Errorf("list folders: %w", err)
		}
		want := strings.ToLower(wanted)
		for _, f := range all {
			if slices.Contains(f.Attrs, imap.MailboxAttrNoSelect) || slices.Contains(f.Attrs, imap.MailboxAttrNonExistent) {
				continue
			}
			name := f.Mailbox
			if f.Delim != 0 {
				s.delim = string(f.Delim)
				name = strings.ReplaceAll(name, s.delim, "/")
			}
			switch name = strings.ToLower(name); {
			case name == want || strings.EqualFold(f.Mailbox, wanted):
				best = f.Mailbox
				return nil
			case name == "inbox/"+want:
				best = f.Mailbox
			}
		}
		return nil
	})
	return best, err
}

// Listing asks twice, by SEARCH and by FETCH, and takes what either tells: an
// answer that the library drops is no letter lost.
func (s *session) Listing(_ context.Context, from uint32) ([]listed, error) {
	var open imap.UIDSet
	open.AddRange(imap.UID(from), 0)
	uids, err := s.search(&imap.SearchCriteria{UID: []imap.UIDSet{open}})
	if err != nil {
		return nil, err
	}
	found := make(map[uint32]listed, len(uids))
	for _, uid := range uids {
		if uid >= from { // "n:*" of a folder with nothing new means its last letter
			found[uid] = listed{UID: uid}
		}
	}
	if len(found) == 0 {
		return nil, nil
	}
	err = s.command(func() error {
		cmd := s.client.Fetch(open, &imap.FetchOptions{UID: true, RFC822Size: true, InternalDate: true})
		for {
			msg := cmd.Next()
			if msg == nil {
				break
			}
			one, err := msg.Collect() // small: no literal was asked for
			if err != nil {
				_ = cmd.Close()
				return fmt.Errorf("list letters: %w", err)
			}
			if uid := uint32(one.UID); uid >= from {
				found[uid] = listed{UID: uid, Size: one.RFC822Size, Received: one.InternalDate}
			}
		}
		if err := cmd.Close(); err != nil {
			return fmt.Errorf("list letters: %w", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	out := make([]listed, 0, len(found))
	for _, l := range found {
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b listed) int { return int(int64(a.UID) - int64(b.UID)) })
	return out, nil
}

// Since lists the UIDs of letters that the server received on or after a day.
func (s *session) Since(_ context.Context, day time.Time) ([]uint32, error) {
	return s.search(&imap.SearchCriteria{Since: day})
}

func (s *session) search(by *imap.SearchCriteria) ([]uint32, error) {
	var uids []uint32
	err := s.command(func() error {
		data, err := s.client.UIDSearch(by, nil).Wait()
		if err != nil {
			return fmt.Errorf("search letters: %w", err)
		}
		for _, uid := range data.AllUIDs() {
			uids = append(uids, uint32(uid))
		}
		return nil
	})
	slices.Sort(uids)
	return uids, err
}
