package main

import (
	"os"
	"path/filepath"
	"strings"
)

// beside finds the files that have the name of a file but another extension: the
// long texts of a dBase table lie there.
func beside(name string) func(extension string) []byte {
	return func(extension string) []byte {
		entries, err := os.ReadDir(filepath.Dir(name))
		if err != nil {
			return nil // the table is read without them
		}
		stem := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
		for _, e := range entries {
			if !strings.EqualFold(e.Name(), stem+"."+extension) || !e.Type().IsRegular() {
				continue
			}
			if data, err := os.ReadFile(filepath.Join(filepath.Dir(name), e.Name())); err == nil {
				return data
			}
		}
		return nil
	}
}
