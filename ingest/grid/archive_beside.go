package grid

import (
	"bytes"
	"path"
	"strings"
)

// companionKinds are the extensions of files that are no tables, but are read with the
// dBase table of the same name: long texts and the name of the code page. They have
// no mark by which they could be told.
var companionKinds = []string{".fpt", ".dbt", ".cpg"}

func isCompanion(name string) bool {
	for _, extension := range companionKinds {
		if strings.EqualFold(path.Ext(name), extension) {
			return true
		}
	}
	return false
}

// companionsOf gives what lies beside a member. Once one is asked for it walks through
// the archive for all of them, since what belongs to a table may come after it; few
// tables ask.
func companionsOf(limit int64, walk func(visitor) error) func(name string) func(extension string) []byte {
	var all map[string][]byte
	gather := func(name string, data []byte, err error) error {
		if err == nil && isCompanion(name) && int64(len(data)) <= limit {
			limit -= int64(len(data))
			all[strings.ToLower(name)] = bytes.Clone(data)
		}
		return nil
	}
	return func(name string) func(string) []byte {
		stem := strings.TrimSuffix(name, path.Ext(name))
		return func(extension string) []byte {
			if all == nil {
				all = map[string][]byte{}
				if err := walk(gather); err != nil {
					return nil // the walk that reads the tables will say why
				}
			}
			return all[strings.ToLower(stem+"."+extension)]
		}
	}
}
