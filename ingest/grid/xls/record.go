package xls

import "encoding/binary"

// Records by number. Those whose number changed with the version have one line
// each; record numbers are unique across the versions.
const (
	idBOF2 = 0x0009
	idBOF3 = 0x0209
	idBOF4 = 0x0409
	idBOF5 = 0x0809
	idEOF  = 0x000A

	idCodePage     = 0x0042
	idDateMode     = 0x0022
	idFilePass     = 0x002F
	idBoundSheet   = 0x0085
	idBundleHeader = 0x008F
	idContinue     = 0x003C
	idSST          = 0x00FC

	idFont2   = 0x0031 // and BIFF5, BIFF8
	idFont3   = 0x0231
	idFormat2 = 0x001E
	idFormat4 = 0x041E
	idXF2     = 0x0043
	idXF3     = 0x0243
	idXF4     = 0x0443
	idXF5     = 0x00E0

	idRow2       = 0x0008
	idRow3       = 0x0208
	idColInfo    = 0x007D
	idColWidth2  = 0x0024
	idMergeCells = 0x00E5

	idInteger2 = 0x0002
	idNumber2  = 0x0003
	idLabel2   = 0x0004
	idBoolErr2 = 0x0005
	idFormula2 = 0x0006 // and BIFF5, BIFF8
	idString2  = 0x0007
	idIXFE2    = 0x0044
	idNumber3  = 0x0203
	idLabel3   = 0x0204
	idBoolErr3 = 0x0205
	idFormula3 = 0x0206
	idString3  = 0x0207
	idFormula4 = 0x0406
	idRK       = 0x027E
	idMulRK    = 0x00BD
	idRString  = 0x00D6
	idLabelSST = 0x00FD

	// Records an encrypted stream leaves in clear ([MS-XLS] 2.2.10).
	idInterface = 0x00E1
	idUserExcl  = 0x0194
	idFileLock  = 0x0195
	idRRDInfo   = 0x0196
	idRRDHead   = 0x0138
)

// scanner walks the records of a stream: number, length, content.
type scanner struct {
	data      []byte
	pos       int // of the next record
	start     int // of the record just read
	id        int
	body      []byte
	truncated bool // the last record was longer than what is left
}

// next reads a record; it ends at the end of the stream.
func (s *scanner) next() bool {
	if s.pos+4 > len(s.data) || s.pos < 0 {
		return false
	}
	s.start = s.pos
	s.id = int(binary.LittleEndian.Uint16(s.data[s.pos:]))
	end := s.pos + 4 + int(binary.LittleEndian.Uint16(s.data[s.pos+2:]))
	if end > len(s.data) {
		s.truncated, end = true, len(s.data)
	}
	s.body = s.data[s.pos+4 : end]
	s.pos = end
	return true
}

// peek gives the number of the next record, -1 at the end.
func (s *scanner) peek() int {
	if s.pos+4 > len(s.data) {
		return -1
	}
	return int(binary.LittleEndian.Uint16(s.data[s.pos:]))
}

// parts is the record just read with the CONTINUE records behind it.
func (s *scanner) parts() [][]byte {
	parts := [][]byte{s.body}
	for s.peek() == idContinue {
		s.next()
		parts = append(parts, s.body)
	}
	return parts
}

// u16 reads a word; what is missing of a short record reads as zero.
func u16(b []byte, at int) int {
	if at < 0 || at+2 > len(b) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(b[at:]))
}

func u32(b []byte, at int) uint32 {
	if at < 0 || at+4 > len(b) {
		return 0
	}
	return binary.LittleEndian.Uint32(b[at:])
}

func u8(b []byte, at int) int {
	if at < 0 || at >= len(b) {
		return 0
	}
	return int(b[at])
}

// tail is b from a place on, empty where b ends before.
func tail(b []byte, at int) []byte {
	if at >= len(b) {
		return nil
	}
	return b[at:]
}
