package mailroom

import (
	"io"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

// sight is a letter of the open folder as the client sees it.
type sight struct {
	seq   uint32 // in the client's count
	place int    // in the folder, from 0
	filed filed
	entry entry
	size  int64
}

// look lists the letters of the open folder that a set names, as far as the client
// knows of them; nil: all. The caller holds mu; x is the index to look into.
func (s *session) look(x *index, set imap.NumSet) (*folder, []sight, error) {
	if s.view == nil {
		return nil, nil, errFolderGone
	}
	f := x.valid(s.view.validity)
	if f == nil {
		return nil, nil, no(imap.ResponseCodeNonExistent, errFolderGone.Error())
	}
	all := make([]sight, 0, len(f.Filed))
	for i, one := range f.Filed {
		seq := s.view.tracker.EncodeSeqNum(uint32(i) + 1) //nolint:gosec // a count
		if seq == 0 {
			continue // the client has not heard of it yet
		}
		all = append(all, sight{seq: seq, place: i, filed: one, entry: x.Letters[one.Letter-1], size: s.room.contents[one.Letter].size})
	}
	if set == nil {
		return f, all, nil
	}
	wanted := inSet(set, all)
	return f, slices.DeleteFunc(all, func(l sight) bool { return !wanted(l) }), nil
}

// inSet tells whether a letter is in a set, where * is the last of all.
func inSet(set imap.NumSet, all []sight) func(sight) bool {
	var lastSeq, lastUID uint32
	if len(all) > 0 {
		lastSeq, lastUID = all[len(all)-1].seq, all[len(all)-1].filed.UID
	}
	within := func(n, start, stop, last uint32) bool {
		if start == 0 {
			start = last
		}
		if stop == 0 {
			stop = last
		}
		return min(start, stop) <= n && n <= max(start, stop)
	}
	return func(l sight) bool {
		switch set := set.(type) {
		case imap.SeqSet:
			return slices.ContainsFunc(set, func(r imap.SeqRange) bool { return within(l.seq, r.Start, r.Stop, lastSeq) })
		case imap.UIDSet:
			return slices.ContainsFunc(set, func(r imap.UIDRange) bool {
				return within(l.filed.UID, uint32(r.Start), uint32(r.Stop), lastUID)
			})
		}
		return false
	}
}

// Append puts a letter into a folder.
func (s *session) Append(name string, r imap.LiteralReader, o *imap.AppendOptions) (*imap.AppendData, error) {
	raw, err := io.ReadAll(r)
	if err != nil {
		return nil, err //nolint:wrapcheck // the connection's
	}
	read, err := parse(raw)
	if err != nil {
		return nil, no(imap.ResponseCodeCannot, "the letter cannot be read")
	}
	at := s.room.opt.Now()
	if !o.Time.IsZero() {
		at = o.Time
	}
	var data *imap.AppendData
	err = s.room.change(true, func(x *index) ([]news, error) {
		f := x.folder(name)
		if f == nil {
			return nil, no(imap.ResponseCodeTryCreate, "there is no such folder")
		}
		id, err := s.room.keep(x, raw, read, entry{At: at, To: []string{s.room.opt.Box}})
		if err != nil {
			return nil, err
		}
		data = &imap.AppendData{UIDValidity: f.Validity, UID: imap.UID(f.file(id, o.Flags))}
		return []news{{validity: f.Validity, exists: uint32(len(f.Filed))}}, nil //nolint:gosec // a count
	})
	return data, err
}

// Store changes flags.
func (s *session) Store(w *imapserver.FetchWriter, set imap.NumSet, flags *imap.StoreFlags, _ *imap.StoreOptions) error {
	if err := s.mayWrite(); err != nil {
		return err
	}
	var changed []sight
	err := s.room.change(false, func(x *index) ([]news, error) {
		f, found, err := s.look(x, set)
		if err != nil {
			return nil, err
		}
		var all []news
		for i, l := range found {
			now := stored(l.filed.Flags, flags)
			f.Filed[l.place].Flags, found[i].filed.Flags = now, now
			all = append(all, news{validity: f.Validity, seq: uint32(l.place) + 1, uid: l.filed.UID, flags: now, source: s.view}) //nolint:gosec // a count
		}
		changed = found
		return all, nil
	})
	if err != nil || flags.Silent {
		return err
	}
	for _, l := range changed {
		out := w.CreateMessage(l.seq)
		out.WriteUID(imap.UID(l.filed.UID))
		out.WriteFlags(l.filed.Flags)
		if err := out.Close(); err != nil {
			return err //nolint:wrapcheck // the connection's
		}
	}
	return nil
}

// stored are the flags after a change; the given ones stay as they are.
func stored(old []imap.Flag, by *imap.StoreFlags) []imap.Flag {
	same := func(flag imap.Flag) func(imap.Flag) bool {
		return func(x imap.Flag) bool { return strings.EqualFold(string(x), string(flag)) }
	}
	now := slices.Clone(old)
	if by.Op == imap.StoreFlagsSet {
		now = []imap.Flag{}
	}
	for _, flag := range by.Flags {
		if by.Op == imap.StoreFlagsDel {
			now = slices.DeleteFunc(now, same(flag))
			continue
		}
		if !slices.ContainsFunc(now, same(flag)) {
			now = append(now, flag)
		}
	}
	return now
}

// Copy copies letters into a folder.
func (s *session) Copy(set imap.NumSet, name string) (*imap.CopyData, error) {
	return s.transfer(set, name, false)
}

// Move moves letters into a folder. That they are gone here is told after the
// command, by Poll.
func (s *session) Move(w *imapserver.MoveWriter, set imap.NumSet, name string) error {
	if err := s.mayWrite(); err != nil {
		return err
	}
	data, err := s.transfer(set, name, true)
	if err != nil || data == nil {
		return err
	}
	return w.WriteCopyData(data) //nolint:wrapcheck // the connection's
}

// transfer files letters in another folder; nil data: the set named none.
func (s *session) transfer(set imap.NumSet, name string, move bool) (data *imap.CopyData, err error) {
	err = s.room.change(false, func(x *index) ([]news, error) {
		from, found, err := s.look(x, set)
		if err != nil {
			return nil, err
		}
		to := x.folder(name)
		switch {
		case to == nil:
			return nil, no(imap.ResponseCodeTryCreate, "there is no such folder")
		case to == from:
			return nil, no(imap.ResponseCodeCannot, "it is the same folder")
		case len(found) == 0:
			return nil, nil
		}
		var all []news
		data = &imap.CopyData{UIDValidity: to.Validity}
		for _, l := range found {
			data.SourceUIDs.AddNum(imap.UID(l.filed.UID))
			data.DestUIDs.AddNum(imap.UID(to.file(l.filed.Letter, l.filed.Flags)))
			all = append(all, news{validity: to.Validity, exists: uint32(len(to.Filed))}) //nolint:gosec // a count
		}
		if move {
			all = append(all, from.remove(found)...)
		}
		return all, nil
	})
	return data, err
}

// remove takes letters out of the folder, the last first, so that the numbers of
// those before stay what they are.
func (f *folder) remove(letters []sight) []news {
	var all []news
	for _, l := range slices.Backward(letters) {
		f.Filed = slices.Delete(f.Filed, l.place, l.place+1)
		all = append(all, news{validity: f.Validity, expunged: uint32(l.place) + 1}) //nolint:gosec // a count
	}
	return all
}

// Expunge removes the letters that are marked as deleted, of the set or all. That
// they are gone is told after the command, by Poll.
func (s *session) Expunge(_ *imapserver.ExpungeWriter, uids *imap.UIDSet) error {
	if s.mayWrite() != nil {
		return nil //nolint:nilerr // CLOSE of a folder that was only examined removes nothing
	}
	var set imap.NumSet
	if uids != nil {
		set = *uids
	}
	return s.room.change(false, func(x *index) ([]news, error) {
		f, found, err := s.look(x, set)
		if err != nil {
			return nil, err
		}
		return f.remove(slices.DeleteFunc(found, func(l sight) bool { return !l.filed.has(imap.FlagDeleted) })), nil
	})
}

func (s *session) mayWrite() error {
	if v := s.opened(); v != nil && v.readOnly {
		return no(imap.ResponseCodeCannot, "the folder is open for reading only")
	}
	return nil
}
