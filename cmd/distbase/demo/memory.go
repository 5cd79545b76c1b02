package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// memory is how far the demo has come; it survives being killed at any moment.
type memory struct {
	Day      time.Time       `json:"day"`      // the world's today: of the first start
	Imported bool            `json:"imported"` // master data and primary sales
	Letters  map[string]bool `json:"letters"`  // keys of those that were delivered
	Settled  bool            `json:"settled"`  // the past is laid in
	People   bool            `json:"people"`   // are let in
	Summary  bool            `json:"summary"`  // the first one was asked for

	path string
}

// remember reads the memory, or begins one.
func remember(path string, now time.Time) (*memory, error) {
	m := &memory{Day: now, Letters: map[string]bool{}, path: path}
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fmt.Errorf("make folder of the demo: %w", err)
		}
		return m, m.save()
	}
	if err != nil {
		return nil, fmt.Errorf("read state of the demo: %w", err)
	}
	if err := json.Unmarshal(raw, m); err != nil {
		return nil, fmt.Errorf("read state of the demo: %w; `make demo-reset` begins anew", err)
	}
	return m, nil
}

func (m *memory) save() error {
	raw, err := json.MarshalIndent(m, "", " ")
	if err == nil {
		err = os.WriteFile(m.path+".new", raw, 0o600)
	}
	if err == nil {
		err = os.Rename(m.path+".new", m.path)
	}
	if err != nil {
		return fmt.Errorf("keep state of the demo: %w", err)
	}
	return nil
}
