package sylk

import "bytes"

// Is tells a symbolic link from a text whose first column is called ID: the second
// line is a record too.
func Is(data []byte) bool {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !bytes.HasPrefix(data, []byte("ID;")) {
		return false
	}
	end := bytes.IndexAny(data[:min(len(data), 256)], "\r\n")
	if end < 0 {
		return false
	}
	line := bytes.TrimLeft(data[end:], "\r\n")
	kind, rest, ok := bytes.Cut(line[:min(len(line), 64)], []byte(";"))
	if !ok {
		return bytes.Equal(bytes.TrimSpace(line), []byte("E"))
	}
	switch string(kind) {
	case "P", "B", "C", "F", "O", "NN", "NE", "NU", "W":
		return len(rest) > 0 && rest[0] >= 'A' && rest[0] <= 'Z'
	}
	return false
}
