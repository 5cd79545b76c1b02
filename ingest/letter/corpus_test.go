package letter

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const corpusDir = "../../../shared/corpus/eml"

type corpusRow struct {
	File        string
	Basis       string
	Attachments []struct{ Name, SHA256 string }
}

// corpus reads the letters whose content is known; the test is skipped where
// they are not at hand.
func corpus(t testing.TB) []corpusRow {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(corpusDir, "expected.jsonl"))
	if err != nil {
		t.Skip("no corpus beside the tree")
	}
	var rows []corpusRow
	in := bufio.NewScanner(bytes.NewReader(data))
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var row corpusRow
		if len(bytes.TrimSpace(in.Bytes())) == 0 {
			continue
		}
		if err := json.Unmarshal(in.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, row)
	}
	return rows
}

func TestCorpusLettersGiveTheirKnownAttachments(t *testing.T) {
	t.Parallel()
	var all, bytesRight, namesRight, russian, russianRight int
	for _, row := range corpus(t) {
		if strings.HasPrefix(row.Basis, "python only") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(corpusDir, row.File))
		if err != nil {
			t.Fatal(err)
		}
		l, err := Parse(data, Limits{})
		if err != nil {
			t.Errorf("%s: %v", row.File, err)
			continue
		}
		byBytes, byName := compare(row, l)
		all++
		bytesRight += count(byBytes)
		namesRight += count(byName)
		if strings.HasPrefix(row.File, "ru__") {
			russian++
			russianRight += count(byName)
		}
		if !byName {
			t.Logf("%s: bytes right %v, names right %v", row.File, byBytes, byName)
		}
	}
	t.Logf("%d letters, bytes right %d, names too %d, Russian %d of %d", all, bytesRight, namesRight, russianRight, russian)
	if float64(bytesRight) < 0.99*float64(all) || float64(namesRight) < 0.98*float64(all) || russianRight != russian {
		t.Error("below the floor of 0.99 by bytes, 0.98 by name, all of the Russian ones")
	}
}

// compare tells whether every expected attachment is there, and under its name.
func compare(row corpusRow, l *Letter) (byBytes, byName bool) {
	byBytes, byName = true, true
	usedBytes, usedName := make([]bool, len(l.Attachments)), make([]bool, len(l.Attachments))
	for _, want := range row.Attachments {
		foundBytes, foundName := false, false
		for i, a := range l.Attachments {
			sum := a.SHA256()
			if hex.EncodeToString(sum[:]) != want.SHA256 {
				continue
			}
			if !foundBytes && !usedBytes[i] {
				foundBytes, usedBytes[i] = true, true
			}
			if !foundName && !usedName[i] && (want.Name == "" || want.Name == a.Name) {
				foundName, usedName[i] = true, true
			}
		}
		byBytes = byBytes && foundBytes
		byName = byName && foundName
	}
	return byBytes, byName
}

func count(ok bool) int {
	if ok {
		return 1
	}
	return 0
}
