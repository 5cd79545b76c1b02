package mailer

import (
	"context"
	"fmt"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// keyword marks letters that were taken, for people who open the mailbox. It is
// never read back: servers may drop it without a word.
const keyword imap.Flag = "$Ingested"

// Keyword adds our keyword to letters.
func (s *session) Keyword(_ context.Context, uids []uint32) error {
	return s.command(func() error {
		cmd := s.client.Store(uidSet(uids), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{keyword}}, nil)
		if err := cmd.Close(); err != nil {
			return fmt.Errorf("set keyword: %w", err)
		}
		return nil
	})
}

// Move puts letters into another folder, which is made when it is missing. It
// never calls the library's Move on a server without MOVE: that sends COPY, STORE
// and EXPUNGE at once, and a refused COPY then destroys the letters. Here each
// step waits for the one before.
func (s *session) Move(_ context.Context, uids []uint32, folder string) error {
	if !s.canMove() {
		return errCannotMove
	}
	target, err := s.target(folder)
	if err != nil {
		return err
	}
	set := uidSet(uids)
	return s.command(func() error {
		if s.client.Caps().Has(imap.CapMove) {
			if _, err := s.client.Move(set, target).Wait(); err != nil {
				return fmt.Errorf("move letters: %w", err)
			}
			return nil
		}
		if !s.caps.Has(imap.CapUIDPlus) {
			return errCannotMove
		}
		if _, err := s.client.Copy(set, target).Wait(); err != nil {
			return fmt.Errorf("copy letters: %w", err)
		}
		deleted := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagDeleted}}
		if err := s.client.Store(set, deleted, nil).Close(); err != nil {
			return fmt.Errorf("mark moved letters: %w", err)
		}
		if err := s.client.UIDExpunge(set).Close(); err != nil {
			return fmt.Errorf("remove moved letters: %w", err)
		}
		return nil
	})
}

// canMove reports whether a move can lose nothing. Without UIDPLUS there is but a
// plain EXPUNGE, which takes what others have marked for deletion.
func (s *session) canMove() bool {
	return s.caps.Has(imap.CapMove) || s.caps.Has(imap.CapUIDPlus)
}

// target is the server's name of a folder to move to.
func (s *session) target(folder string) (string, error) {
	name, err := s.find(folder)
	if err != nil || name != "" {
		return name, err
	}
	name = folder
	err = s.command(func() error {
		prefix, err := s.namespace()
		if err != nil {
			return err
		}
		if s.delim != "" {
			name = strings.ReplaceAll(folder, "/", s.delim)
		}
		if !strings.HasPrefix(name, prefix) {
			name = prefix + name
		}
		if err := s.client.Create(name, nil).Wait(); err != nil {
			return fmt.Errorf("create folder %q: %w", name, err)
		}
		return nil
	})
	return name, err
}

// namespace is what the names of the user's own folders begin with, "" mostly.
func (s *session) namespace() (string, error) {
	if !s.caps.Has(imap.CapNamespace) {
		return "", nil
	}
	data, err := s.client.Namespace().Wait()
	if err != nil {
		return "", fmt.Errorf("ask for namespace: %w", err)
	}
	if len(data.Personal) == 0 {
		return "", nil
	}
	if first := data.Personal[0]; first.Delim != 0 {
		s.delim = string(first.Delim)
	}
	return data.Personal[0].Prefix, nil
}

func uidSet(uids []uint32) imap.UIDSet {
	var set imap.UIDSet
	for _, uid := range uids {
		set.AddNum(imap.UID(uid))
	}
	return set
}
