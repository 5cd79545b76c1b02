package mailroom_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/google/go-cmp/cmp"

	"github.com/distbase/distbase/cmd/distbase/demo/mailroom"
)

// folder is what a client sees of one: UIDVALIDITY, UIDNEXT and uid[flags].
func folder(t *testing.T, c *imapclient.Client, name string) []string {
	t.Helper()
	st, err := c.Select(name, nil).Wait()
	if err != nil {
		t.Fatal(err)
	}
	out := []string{fmt.Sprintf("%s %d next %d", name, st.UIDValidity, st.UIDNext)}
	if st.NumMessages == 0 {
		return out
	}
	var all imap.UIDSet
	all.AddRange(1, 0)
	got, err := c.Fetch(all, &imap.FetchOptions{UID: true, Flags: true}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range got {
		out = append(out, fmt.Sprintf("%d %v", one.UID, one.Flags))
	}
	return out
}

func TestNumbersFlagsAndFoldersOutliveARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	m := start(t, dir)
	deliver(t, m, draft{subject: "раз"}, draft{subject: "два"}, draft{subject: "три"})
	c := client(t, m, nil)
	if err := c.Create("Принято", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	folder(t, c, "INBOX")
	if err := c.Store(imap.UIDSetNum(1, 3), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{"$Ingested"}}, nil).Close(); err != nil {
		t.Fatal(err)
	}
	moved, err := c.Move(imap.UIDSetNum(3), "Принято").Wait()
	if err != nil {
		t.Fatal(err)
	}
	if uids, _ := moved.DestUIDs.(imap.UIDSet).Nums(); !slices.Equal(uids, []imap.UID{1}) {
		t.Errorf("moved to %v", uids)
	}
	before := [][]string{folder(t, c, "INBOX"), folder(t, c, "Принято")}
	if len(before[0]) != 3 || before[0][1] != "1 [$Ingested]" || before[0][2] != "2 []" || before[1][1] != "1 [$Ingested]" {
		t.Errorf("before the restart: %v", before)
	}
	address := m.IMAPAddress()
	m.Close()

	m = start(t, dir)
	c = client(t, m, nil)
	if d := cmp.Diff(before, [][]string{folder(t, c, "INBOX"), folder(t, c, "Принято")}); d != "" {
		t.Errorf("before (-), after (+):\n%s", d)
	}
	if m.IMAPAddress() != address {
		t.Logf("the port was taken meanwhile: %s, now %s", address, m.IMAPAddress())
	}
	deliver(t, m, draft{subject: "четыре"})
	if got := folder(t, c, "INBOX"); got[len(got)-1] != "4 []" {
		t.Errorf("the UID of a letter that left is given again: %v", got)
	}
}

func TestAFolderBegunAnewHasAnotherValidity(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	later := func(o *mailroom.Options) { o.Now = func() time.Time { return at.Add(time.Minute) } }
	first := folder(t, client(t, start(t, t.TempDir(), func(o *mailroom.Options) { o.Now = func() time.Time { return at } }), nil), "INBOX")
	second := folder(t, client(t, start(t, t.TempDir(), later), nil), "INBOX")
	if first[0] == second[0] {
		t.Errorf("both are %s", first[0])
	}
}

func TestALetterIsGivenByteByByteAndInPieces(t *testing.T) {
	t.Parallel()
	m := start(t, t.TempDir())
	raw := append(draft{from: irina, to: box, subject: "целое", file: "a.csv"}.bytes(t), "\nхвост без CR\x00\xff"...)
	if err := m.Deliver(raw, irina); err != nil {
		t.Fatal(err)
	}
	c := client(t, m, nil)
	folder(t, c, "INBOX")
	size := int64(len(raw))
	for _, part := range []*imap.SectionPartial{nil, {Size: 1 << 20}, {Offset: 10, Size: 20}, {Offset: size - 5, Size: 100}, {Offset: size, Size: 10}} {
		want := raw
		if part != nil {
			want = raw[min(part.Offset, size):min(part.Offset+part.Size, size)]
		}
		section := &imap.FetchItemBodySection{Peek: true, Partial: part}
		got, err := c.Fetch(imap.UIDSetNum(1), &imap.FetchOptions{UID: true, RFC822Size: true, Envelope: true, BodySection: []*imap.FetchItemBodySection{section}}).Collect()
		if err != nil || len(got) != 1 {
			t.Fatalf("%v: %d letters, %v", part, len(got), err)
		}
		if b := got[0].FindBodySection(section); !bytes.Equal(b, want) || got[0].RFC822Size != size || got[0].Envelope.Subject != "целое" {
			t.Errorf("%v: %d bytes of %d, size %d", part, len(b), len(want), got[0].RFC822Size)
		}
	}
	if got := folder(t, c, "INBOX"); got[1] != "1 []" {
		t.Errorf("a peek marked the letter: %v", got)
	}
}

func TestIdleHearsOfALetter(t *testing.T) {
	t.Parallel()
	for name, early := range map[string]bool{"that comes meanwhile": false, "that came just before": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := start(t, t.TempDir())
			heard := make(chan struct{}, 10)
			c := client(t, m, func() { heard <- struct{}{} })
			folder(t, c, "INBOX")
			for len(heard) > 0 {
				<-heard
			}
			if early {
				deliver(t, m, draft{subject: "рано"})
			}
			idle, err := c.Idle()
			if err != nil {
				t.Fatal(err)
			}
			if !early {
				deliver(t, m, draft{subject: "в срок"})
			}
			select {
			case <-heard:
			case <-time.After(patient):
				t.Fatal("nothing was heard")
			}
			if err := idle.Close(); err != nil {
				t.Fatal(err)
			}
			if got := folder(t, c, "INBOX"); len(got) != 2 {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestEveryClientSeesWhatOthersMove(t *testing.T) {
	t.Parallel()
	m := start(t, t.TempDir())
	for i := range 5 {
		deliver(t, m, draft{subject: fmt.Sprint(i)})
	}
	a, b := client(t, m, nil), client(t, m, nil)
	if err := a.Create("x/y", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	folder(t, a, "INBOX")
	folder(t, b, "INBOX")
	if _, err := a.Move(imap.UIDSetNum(2, 4), "x/y").Wait(); err != nil {
		t.Fatal(err)
	}
	if n := a.Mailbox().NumMessages; n != 3 {
		t.Errorf("the one who moved counts %d letters", n)
	}
	if err := b.Noop().Wait(); err != nil {
		t.Fatal(err)
	}
	if n := b.Mailbox().NumMessages; n != 3 {
		t.Errorf("the other counts %d letters", n)
	}
	got, err := b.Fetch(imap.SeqSetNum(2), &imap.FetchOptions{UID: true}).Collect()
	if err != nil || len(got) != 1 || got[0].UID != 3 {
		t.Errorf("second letter: %v, %v", got, err)
	}
	if _, err := a.Move(imap.UIDSetNum(1), "nowhere").Wait(); err == nil || len(folder(t, a, "INBOX")) != 4 {
		t.Errorf("a move to nowhere: %v", err)
	}
	if err := b.Store(imap.UIDSetNum(1, 5), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagDeleted}}, nil).Close(); err != nil {
		t.Fatal(err)
	}
	if err := b.UIDExpunge(imap.UIDSetNum(5)).Close(); err != nil {
		t.Fatal(err)
	}
	if got := folder(t, b, "INBOX"); len(got) != 3 || got[1] != `1 [\Deleted]` || got[2] != "3 []" {
		t.Errorf("after the expunge: %v", got)
	}
	if len(m.Letters()) != 5 {
		t.Error("the panel lost letters")
	}
}

func TestSearch(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 7, 10, 23, 0, 0, 0, time.UTC)
	m := start(t, t.TempDir(), func(o *mailroom.Options) {
		o.Now = func() time.Time { day = day.AddDate(0, 0, 1); return day } // New asks first: letters come on the 12th and after
	})
	deliver(t, m, draft{subject: "раз", id: "1@x"}, draft{subject: "два", id: "2@x"}, draft{subject: "три", id: "3@x"})
	c := client(t, m, nil)
	folder(t, c, "INBOX")
	if err := c.Store(imap.UIDSetNum(2), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{"$Ingested"}}, nil).Close(); err != nil {
		t.Fatal(err)
	}
	from := func(uid imap.UID) imap.UIDSet { var s imap.UIDSet; s.AddRange(uid, 0); return s }
	for _, tc := range []struct {
		name string
		by   imap.SearchCriteria
		want []imap.UID
	}{
		{"all", imap.SearchCriteria{}, []imap.UID{1, 2, 3}},
		{"from a UID", imap.SearchCriteria{UID: []imap.UIDSet{from(2)}}, []imap.UID{2, 3}},
		{"from behind the last means the last", imap.SearchCriteria{UID: []imap.UIDSet{from(9)}}, []imap.UID{3}},
		{"since a day", imap.SearchCriteria{Since: time.Date(2026, 7, 13, 0, 0, 0, 0, time.UTC)}, []imap.UID{2, 3}},
		{"before a day", imap.SearchCriteria{Before: time.Date(2026, 7, 13, 0, 0, 0, 0, time.UTC)}, []imap.UID{1}},
		{"keyword", imap.SearchCriteria{Flag: []imap.Flag{"$ingested"}}, []imap.UID{2}},
		{"no keyword", imap.SearchCriteria{NotFlag: []imap.Flag{"$Ingested"}}, []imap.UID{1, 3}},
		{"header", imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Message-Id", Value: "3@X"}}}, []imap.UID{3}},
		{"larger", imap.SearchCriteria{Larger: 1 << 20}, nil},
		{"not", imap.SearchCriteria{Not: []imap.SearchCriteria{{UID: []imap.UIDSet{from(2)}}}}, []imap.UID{1}},
	} {
		got, err := c.UIDSearch(&tc.by, nil).Wait()
		if err != nil {
			t.Fatalf("%s: %v", tc.name, err)
		}
		if !slices.Equal(got.AllUIDs(), tc.want) {
			t.Errorf("%s: got %v, want %v", tc.name, got.AllUIDs(), tc.want)
		}
	}
	var refusal *imap.Error
	if _, err := c.UIDSearch(&imap.SearchCriteria{Text: []string{"раз"}}, nil).Wait(); !errors.As(err, &refusal) {
		t.Errorf("a search in texts: %v", err)
	}
}

func TestTheMailboxDoesNotTalkWithoutTLS(t *testing.T) {
	t.Parallel()
	m := start(t, t.TempDir())
	c, err := net.Dial("tcp", m.IMAPAddress())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, "a1 CAPABILITY\r\n"); err != nil {
		t.Fatal(err)
	}
	if got, _ := io.ReadAll(c); bytes.Contains(got, []byte("OK")) || bytes.Contains(got, []byte("*")) {
		t.Errorf("it answers %q", got)
	}
}

func TestClosingCutsWhoIsConnected(t *testing.T) {
	t.Parallel()
	m := start(t, t.TempDir())
	silent, err := net.Dial("tcp", m.IMAPAddress()) // never begins TLS
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	talker, err := net.Dial("tcp", m.SMTPAddress())
	if err != nil {
		t.Fatal(err)
	}
	defer talker.Close()
	c := client(t, m, nil)
	folder(t, c, "INBOX")
	idle, err := c.Idle()
	if err != nil {
		t.Fatal(err)
	}
	closed := make(chan struct{})
	go func() { m.Close(); close(closed) }()
	select {
	case <-closed:
	case <-time.After(patient):
		t.Fatal("it does not close")
	}
	<-c.Closed()
	_ = idle.Close()
	m.Close() // once more is harmless
}
