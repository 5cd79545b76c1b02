package mailroom

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
)

// inbox is the folder where the company's letters arrive.
const inbox = "INBOX"

// index is all that is kept beside the letters themselves. One that is in use is
// never changed: a change is made on a clone.
type index struct {
	IMAPAddress  string   `json:"imap_address"` // of the last start; tried first by the next
	SMTPAddress  string   `json:"smtp_address"`
	LastValidity uint32   `json:"last_validity"`
	Letters      []entry  `json:"letters"` // in order of arrival; the first has ID 1
	Folders      []folder `json:"folders"`
}

// entry is what the letter itself does not say.
type entry struct {
	At     time.Time `json:"at"`
	From   string    `json:"from"` // who handed it in
	To     []string  `json:"to"`
	Out    bool      `json:"out"`
	Opened bool      `json:"opened"` // in the panel
}

// folder is an IMAP folder.
type folder struct {
	Name     string  `json:"name"`
	Validity uint32  `json:"validity"`
	Next     uint32  `json:"next"` // UID of the next letter
	Filed    []filed `json:"filed"`
}

// filed is a letter's place in a folder.
type filed struct {
	UID    uint32      `json:"uid"`
	Letter int         `json:"letter"`
	Flags  []imap.Flag `json:"flags,omitempty"`
}

func (f filed) has(flag imap.Flag) bool {
	return slices.ContainsFunc(f.Flags, func(x imap.Flag) bool { return strings.EqualFold(string(x), string(flag)) })
}

// newIndex is an empty mailbox whose UIDVALIDITY was never used before.
func newIndex(now time.Time) *index {
	x := &index{LastValidity: uint32(max(now.Unix(), 1)) - 1} //nolint:gosec // until 2106
	x.addFolder(inbox)
	return x
}

func (x *index) clone() *index {
	next := *x
	next.Letters = slices.Clone(x.Letters)
	next.Folders = slices.Clone(x.Folders)
	for i := range next.Folders {
		next.Folders[i].Filed = slices.Clone(next.Folders[i].Filed)
	}
	return &next
}

func (x *index) addFolder(name string) {
	x.LastValidity++
	x.Folders = append(x.Folders, folder{Name: name, Validity: x.LastValidity, Next: 1})
}

// folder finds a folder by its name, nil where there is none.
func (x *index) folder(name string) *folder {
	for i := range x.Folders {
		f := &x.Folders[i]
		if f.Name == name || strings.EqualFold(name, inbox) && f.Name == inbox {
			return f
		}
	}
	return nil
}

// valid finds a folder by its UIDVALIDITY, nil where it is gone.
func (x *index) valid(validity uint32) *folder {
	for i := range x.Folders {
		if x.Folders[i].Validity == validity {
			return &x.Folders[i]
		}
	}
	return nil
}

// file puts a letter at the end of the folder and tells its UID.
func (f *folder) file(letter int, flags []imap.Flag) uint32 {
	uid := f.Next
	f.Next++
	f.Filed = append(f.Filed, filed{UID: uid, Letter: letter, Flags: flags})
	return uid
}

// disk is the folder that keeps everything.
type disk string

func (d disk) indexFile() string { return filepath.Join(string(d), "index.json") }

func (d disk) letterFile(id int) string {
	return filepath.Join(string(d), "letters", fmt.Sprintf("%06d.eml", id))
}

// open makes the folders and reads the index, or begins one.
func (d disk) open(now time.Time) (*index, error) {
	if err := os.MkdirAll(filepath.Join(string(d), "letters"), 0o700); err != nil {
		return nil, fmt.Errorf("make folder of letters: %w", err)
	}
	raw, err := os.ReadFile(d.indexFile())
	if errors.Is(err, fs.ErrNotExist) {
		x := newIndex(now)
		return x, d.save(x)
	}
	if err != nil {
		return nil, fmt.Errorf("read index of letters: %w", err)
	}
	x := &index{}
	if err := json.Unmarshal(raw, x); err != nil {
		return nil, fmt.Errorf("read index of letters: %w", err)
	}
	if x.folder(inbox) == nil {
		return nil, errors.New("read index of letters: there is no " + inbox)
	}
	return x, nil
}

func (d disk) save(x *index) error {
	raw, err := json.MarshalIndent(x, "", " ")
	if err != nil {
		return fmt.Errorf("write index of letters: %w", err)
	}
	return d.write(d.indexFile(), raw)
}

// write replaces a file whole or not at all.
func (d disk) write(name string, data []byte) error {
	f, err := os.OpenFile(name+".new", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600) //nolint:gosec // a name of ours
	if err != nil {
		return fmt.Errorf("keep %s: %w", filepath.Base(name), err)
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(name+".new", name)
	}
	if err != nil {
		return fmt.Errorf("keep %s: %w", filepath.Base(name), err)
	}
	return nil
}
