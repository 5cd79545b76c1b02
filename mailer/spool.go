package mailer

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"os"

	"github.com/distbase/distbase/storage"
)

// spool is the temporary file that a letter is read into, so that memory does not
// grow with its size. It is used for one letter after another. The file is not
// synced: until the database has the letter, the mailbox has it.
type spool struct {
	file *os.File
	hash hash.Hash
	size int64
}

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "distbase-letter-")
	if err != nil {
		return nil, fmt.Errorf("make spool file: %w", err)
	}
	// Without a name it vanishes with the process, however that ends.
	if err := os.Remove(f.Name()); err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("make spool file: %w", err)
	}
	return &spool{file: f, hash: sha256.New()}, nil
}

// Write appends to the letter.
func (s *spool) Write(b []byte) (int, error) {
	n, err := s.file.Write(b)
	s.hash.Write(b[:n])
	s.size += int64(n)
	if err != nil {
		return n, fmt.Errorf("write spool file: %w", err)
	}
	return n, nil
}

// empty makes room for the next letter.
func (s *spool) empty() error {
	s.hash.Reset()
	s.size = 0
	if err := s.file.Truncate(0); err != nil {
		return fmt.Errorf("empty spool file: %w", err)
	}
	return s.rewind()
}

func (s *spool) rewind() error {
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("rewind spool file: %w", err)
	}
	return nil
}

// head is the first n bytes at most.
func (s *spool) head(n int64) ([]byte, error) {
	b := make([]byte, min(n, s.size))
	if _, err := io.ReadFull(io.NewSectionReader(s.file, 0, s.size), b); err != nil {
		return nil, fmt.Errorf("read spool file: %w", err)
	}
	return b, nil
}

func (s *spool) sum() storage.SHA256 { return storage.SHA256(s.hash.Sum(nil)) }

func (s *spool) close() { _ = s.file.Close() }
