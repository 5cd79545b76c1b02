package mailroom

import (
	"cmp"
	"slices"
)

// thread is a letter with what answers it.
type thread struct {
	letters []Letter // in order of arrival
}

// First is the letter that began it.
func (t thread) First() Letter { return t.letters[0] }

// Last is the newest.
func (t thread) Last() Letter { return t.letters[len(t.letters)-1] }

// Replies is how many letters came after the first.
func (t thread) Replies() int { return len(t.letters) - 1 }

// Unread reports whether there is something new in it.
func (t thread) Unread() bool {
	return slices.ContainsFunc(t.letters, func(l Letter) bool { return l.Unread })
}

// Files reports whether any letter carries files.
func (t thread) Files() bool {
	return slices.ContainsFunc(t.letters, func(l Letter) bool { return len(l.Attachments) > 0 })
}

// threadsOf groups letters, given in order of arrival, by the letters they answer,
// the thread with the newest letter first. Of letters with the same Message-ID the
// first counts.
func threadsOf(letters []Letter) []thread {
	var all []thread
	home := map[string]int{} // of a Message-ID, in all
	for _, l := range letters {
		at, found := 0, false
		for _, id := range slices.Concat(l.InReplyTo, slices.Collect(backward(l.References))) {
			if at, found = home[id]; found {
				break
			}
		}
		if !found {
			at = len(all)
			all = append(all, thread{})
		}
		all[at].letters = append(all[at].letters, l)
		if _, known := home[l.MessageID]; !known && l.MessageID != "" {
			home[l.MessageID] = at
		}
	}
	slices.SortFunc(all, func(a, b thread) int { return cmp.Compare(b.Last().ID, a.Last().ID) })
	return all
}

// backward goes through ids from the last, which is the nearest relative.
func backward(ids []string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, id := range slices.Backward(ids) {
			if !yield(id) {
				return
			}
		}
	}
}

// after are the letters of l's thread that came after it.
func after(letters []Letter, l Letter) []Letter {
	for _, t := range threadsOf(letters) {
		i := slices.IndexFunc(t.letters, func(x Letter) bool { return x.ID == l.ID })
		if i >= 0 {
			return t.letters[i+1:]
		}
	}
	return nil
}
