package mailroom

import (
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
)

// Search finds letters of the open folder by number, flag, day of arrival, size
// and header.
func (s *session) Search(kind imapserver.NumKind, by *imap.SearchCriteria, _ *imap.SearchOptions) (*imap.SearchData, error) {
	if !searchable(by) {
		return nil, no(imap.ResponseCodeCannot, "letters are not searched by what they say")
	}
	s.room.mu.Lock()
	_, all, err := s.look(s.room.index, nil)
	s.room.mu.Unlock()
	if err != nil {
		return nil, err
	}
	var seqs imap.SeqSet
	var uids imap.UIDSet
	data := &imap.SearchData{}
	for _, l := range all {
		if !s.matches(l, by, all) {
			continue
		}
		n := l.seq
		if kind == imapserver.NumKindUID {
			n = l.filed.UID
		}
		seqs.AddNum(l.seq)
		uids.AddNum(imap.UID(l.filed.UID))
		if data.Count == 0 {
			data.Min = n
		}
		data.Max = n
		data.Count++
	}
	data.All = seqs
	if kind == imapserver.NumKindUID {
		data.All = uids
	}
	return data, nil
}

// searchable reports whether all criteria are known here.
func searchable(by *imap.SearchCriteria) bool {
	if len(by.Body)+len(by.Text) > 0 || by.ModSeq != nil || !by.SentSince.IsZero() || !by.SentBefore.IsZero() {
		return false
	}
	for i := range by.Not {
		if !searchable(&by.Not[i]) {
			return false
		}
	}
	for i := range by.Or {
		if !searchable(&by.Or[i][0]) || !searchable(&by.Or[i][1]) {
			return false
		}
	}
	return true
}

func (s *session) matches(l sight, by *imap.SearchCriteria, all []sight) bool {
	if !l.numbered(by, all) || !l.marked(by) || !l.arrived(by) || !l.sized(by) {
		return false
	}
	if len(by.Header) > 0 && !s.says(l, by.Header) {
		return false
	}
	for i := range by.Not {
		if s.matches(l, &by.Not[i], all) {
			return false
		}
	}
	for i := range by.Or {
		if !s.matches(l, &by.Or[i][0], all) && !s.matches(l, &by.Or[i][1], all) {
			return false
		}
	}
	return true
}

// numbered looks for the letter in sets.
func (l sight) numbered(by *imap.SearchCriteria, all []sight) bool {
	for _, set := range by.SeqNum {
		if !inSet(set, all)(l) {
			return false
		}
	}
	for _, set := range by.UID {
		if !inSet(set, all)(l) {
			return false
		}
	}
	return true
}

// sized compares bytes; 0 is no limit.
func (l sight) sized(by *imap.SearchCriteria) bool {
	return (by.Larger == 0 || l.size > by.Larger) && (by.Smaller == 0 || l.size < by.Smaller)
}

// marked compares flags.
func (l sight) marked(by *imap.SearchCriteria) bool {
	for _, flag := range by.Flag {
		if !l.filed.has(flag) {
			return false
		}
	}
	for _, flag := range by.NotFlag {
		if l.filed.has(flag) {
			return false
		}
	}
	return true
}

// arrived compares days, without regard to zones (RFC 3501, 6.4.4).
func (l sight) arrived(by *imap.SearchCriteria) bool {
	y, m, d := l.entry.At.Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return (by.Since.IsZero() || !day.Before(by.Since)) && (by.Before.IsZero() || day.Before(by.Before))
}

// says compares header fields.
func (s *session) says(l sight, fields []imap.SearchCriteriaHeaderField) bool {
	read, _, err := s.room.open(l.filed.Letter)
	if err != nil {
		return false
	}
	for _, f := range fields {
		if !read.Header.Has(f.Key) || !strings.Contains(strings.ToLower(read.Header.Text(f.Key)), strings.ToLower(f.Value)) {
			return false
		}
	}
	return true
}
