package tgemu

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// store keeps the state and the bytes of files: on disk, or in memory when path
// is empty.
type store struct {
	path string
	mem  map[string][]byte // bytes by SHA-256, without a path
}

// openStore takes up what an earlier emulator kept.
func (e *Emulator) openStore(path string) error {
	e.store = store{path: path, mem: map[string][]byte{}}
	if path == "" {
		return nil
	}
	if err := os.MkdirAll(path+".files", 0o700); err != nil {
		return fmt.Errorf("keep the emulator's files: %w", err)
	}
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the emulator's state: %w", err)
	}
	kept := newState()
	if err := json.Unmarshal(raw, &kept); err != nil {
		return fmt.Errorf("read the emulator's state: %w", err)
	}
	e.state = kept
	return nil
}

func (s *store) save(st *state) error {
	if s.path == "" {
		return nil
	}
	raw, err := json.Marshal(st)
	if err != nil {
		return fmt.Errorf("encode state: %w", err)
	}
	return replaceFile(s.path, raw)
}

func (s *store) write(sum string, data []byte) error {
	if s.path == "" {
		s.mem[sum] = data
		return nil
	}
	name := filepath.Join(s.path+".files", sum)
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	return replaceFile(name, data)
}

func (s *store) read(sum string) ([]byte, error) {
	if s.path == "" {
		data, ok := s.mem[sum]
		if !ok {
			return nil, fmt.Errorf("file %s: %w", sum, fs.ErrNotExist)
		}
		return data, nil
	}
	return os.ReadFile(filepath.Join(s.path+".files", sum))
}

// replaceFile writes a file whole or not at all.
func replaceFile(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".tmp-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(name), err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return fmt.Errorf("write %s: %w", filepath.Base(name), err)
	}
	return nil
}
