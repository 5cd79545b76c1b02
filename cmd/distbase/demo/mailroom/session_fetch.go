package mailroom

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-message/textproto"
)

// Fetch gives letters or what is known of them.
func (s *session) Fetch(w *imapserver.FetchWriter, set imap.NumSet, o *imap.FetchOptions) error {
	if err := s.markSeen(set, o); err != nil {
		return err
	}
	s.room.mu.Lock()
	_, found, err := s.look(s.room.index, set)
	s.room.mu.Unlock()
	if err != nil {
		return err
	}
	// Written without the lock: the client may be slow. Its count of letters stays
	// what it was until the next Poll, which is after this command.
	for _, l := range found {
		parts, err := s.extract(l, o)
		if errors.Is(err, fs.ErrNotExist) {
			s.room.opt.Logger.Warn("a letter's file is gone", "letter", l.filed.Letter)
			continue
		}
		if err != nil {
			return err
		}
		if err := give(w.CreateMessage(l.seq), l, o, parts); err != nil {
			return err
		}
	}
	return nil
}

// markSeen sets \Seen, unless every section was asked for by PEEK.
func (s *session) markSeen(set imap.NumSet, o *imap.FetchOptions) error {
	peek := true
	for _, section := range o.BodySection {
		peek = peek && section.Peek
	}
	if v := s.opened(); peek || v == nil || v.readOnly {
		return nil
	}
	return s.Store(nil, set, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagSeen}}, nil)
}

// pieces are the bytes that a fetch asks for.
type pieces struct {
	raw      []byte   // the whole letter, where something has to be read out of it
	sections [][]byte // in order of the options
}

// extract reads a letter's file before a word of the answer is written.
func (s *session) extract(l sight, o *imap.FetchOptions) (p pieces, err error) {
	name := s.room.disk.letterFile(l.filed.Letter)
	whole := func() ([]byte, error) {
		if p.raw == nil {
			if p.raw, err = os.ReadFile(name); err != nil { //nolint:gosec // a name of ours
				return nil, fmt.Errorf("read letter %d: %w", l.filed.Letter, err)
			}
		}
		return p.raw, nil
	}
	if o.Envelope || o.BodyStructure != nil {
		if _, err := whole(); err != nil {
			return p, err
		}
	}
	for _, section := range o.BodySection {
		if len(section.Part) == 0 && section.Specifier == imap.PartSpecifierNone {
			part, err := readPart(name, section.Partial)
			if err != nil {
				return p, fmt.Errorf("read letter %d: %w", l.filed.Letter, err)
			}
			p.sections = append(p.sections, part)
			continue
		}
		raw, err := whole()
		if err != nil {
			return p, err
		}
		p.sections = append(p.sections, imapserver.ExtractBodySection(bytes.NewReader(raw), section))
	}
	return p, nil
}

// readPart reads a piece of a file and no more: letters are asked for in many.
func readPart(name string, part *imap.SectionPartial) ([]byte, error) {
	if part == nil {
		return os.ReadFile(name) //nolint:gosec,wrapcheck // a name of ours; the caller says which letter
	}
	f, err := os.Open(name) //nolint:gosec // a name of ours
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller says which letter
	}
	defer f.Close()
	return io.ReadAll(io.NewSectionReader(f, part.Offset, part.Size)) //nolint:wrapcheck // the caller says which letter
}

// give writes the answer about one letter.
func give(w *imapserver.FetchResponseWriter, l sight, o *imap.FetchOptions, p pieces) error {
	w.WriteUID(imap.UID(l.filed.UID))
	if o.Flags {
		w.WriteFlags(l.filed.Flags)
	}
	if o.InternalDate {
		w.WriteInternalDate(l.entry.At)
	}
	if o.RFC822Size {
		w.WriteRFC822Size(l.size)
	}
	if o.Envelope {
		w.WriteEnvelope(envelope(p.raw))
	}
	if o.BodyStructure != nil {
		w.WriteBodyStructure(imapserver.ExtractBodyStructure(bytes.NewReader(p.raw)))
	}
	var failed error
	for i, section := range o.BodySection {
		to := w.WriteBodySection(section, int64(len(p.sections[i])))
		_, err := to.Write(p.sections[i])
		failed = errors.Join(failed, err, to.Close())
	}
	return errors.Join(failed, w.Close())
}

// envelope is nil, which is an empty one, where the header cannot be read.
func envelope(raw []byte) *imap.Envelope {
	header, err := textproto.ReadHeader(bufio.NewReader(bytes.NewReader(raw)))
	if err != nil {
		return nil
	}
	return imapserver.ExtractEnvelope(header)
}
