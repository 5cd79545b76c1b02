package mailroom

import (
	"slices"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"pgregory.net/rapid"
)

func TestUIDsAreNeverGivenAgain(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x := newIndex(time.Unix(rapid.Int64Range(-5, 1<<31).Draw(t, "time"), 0))
		given := map[[2]uint32]bool{}
		note := func(f *folder, uid uint32) {
			if uid == 0 || f.Validity == 0 || given[[2]uint32{f.Validity, uid}] {
				t.Fatalf("folder %d gives UID %d again", f.Validity, uid)
			}
			given[[2]uint32{f.Validity, uid}] = true
		}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			x = x.clone()
			switch f := x.folder(inbox); rapid.IntRange(0, 3).Draw(t, "step") {
			case 0, 1:
				x.Letters = append(x.Letters, entry{})
				note(f, f.file(len(x.Letters), nil))
			case 2:
				if len(f.Filed) > 0 {
					place := rapid.IntRange(0, len(f.Filed)-1).Draw(t, "place")
					f.remove([]sight{{place: place}})
				}
			case 3: // a folder is deleted and made anew under the same name
				x.Folders = slices.DeleteFunc(x.Folders, func(f folder) bool { return f.Name == "other" })
				x.addFolder("other")
				note(x.folder("other"), x.folder("other").file(1, nil))
			}
		}
	})
}

func TestAChangeLeavesTheIndexBeforeItAlone(t *testing.T) {
	t.Parallel()
	x := newIndex(time.Unix(7, 0))
	x.Letters = []entry{{}}
	x.folder(inbox).file(1, []imap.Flag{"a"})
	next := x.clone()
	next.folder(inbox).file(1, nil)
	next.folder(inbox).Filed[0].Flags = stored(next.folder(inbox).Filed[0].Flags, &imap.StoreFlags{Op: imap.StoreFlagsSet, Flags: []imap.Flag{"b"}})
	next.Letters[0].Opened = true
	next.addFolder("other")
	f := x.folder(inbox)
	if len(f.Filed) != 1 || f.Next != 2 || f.Filed[0].Flags[0] != "a" || x.Letters[0].Opened || x.folder("other") != nil {
		t.Errorf("got %+v", x)
	}
}

func TestThreads(t *testing.T) {
	t.Parallel()
	letters := []Letter{
		{ID: 1, MessageID: "a"},
		{ID: 2, MessageID: "b"},
		{ID: 3, MessageID: "c", InReplyTo: []string{"a"}},
		{ID: 4, MessageID: "d", References: []string{"x", "a", "c"}},
		{ID: 5, MessageID: "a"},                            // the same letter once more
		{ID: 6, MessageID: "e", InReplyTo: []string{"e"}},  // answers itself
		{ID: 7, InReplyTo: []string{"unknown"}},            // answers what was never here
		{ID: 8, MessageID: "f", References: []string{"b"}}, // makes its thread the newest
	}
	var got [][]int
	for _, one := range threadsOf(letters) {
		var ids []int
		for _, l := range one.letters {
			ids = append(ids, l.ID)
		}
		got = append(got, ids)
	}
	want := [][]int{{2, 8}, {7}, {6}, {5}, {1, 3, 4}}
	if !slices.EqualFunc(got, want, slices.Equal[[]int]) {
		t.Errorf("got %v, want %v", got, want)
	}
	if rest := after(letters, letters[2]); len(rest) != 1 || rest[0].ID != 4 {
		t.Errorf("after the third: %v", rest)
	}
}
