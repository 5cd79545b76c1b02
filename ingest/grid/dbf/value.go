package dbf

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/distbase/distbase/ingest/grid/numfmt"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// fill makes the cell of a field; it leaves the kind Empty where there is nothing.
func (t *table) fill(c *sheet.Cell, f *field, record []byte) error {
	if t.flagged(record, f.nullBit) {
		return nil
	}
	value := record[f.offset : f.offset+f.length]
	if t.isMemo(f) {
		memo, err := t.memos.at(value)
		t.fillText(c, bytes.TrimRight(memo, "\r\n \x00"))
		return err
	}
	switch f.kind {
	case 'D':
		fillDate(c, value)
	case 'L':
		fillLogical(c, value)
	case 'N', 'F':
		fillNumber(c, value)
	case 'V', 'Q':
		t.fillVarying(c, f, record)
	case 'I', '+', 'Y', 'B', 'O', 'T', '@':
		if !t.fillBinary(c, f, value) {
			fillNumber(c, value) // some writers put digits there
		}
	case 'G', 'P', '0': // OLE objects, pictures, null flags
	default:
		t.fillText(c, value)
	}
	return nil
}

// plainText has line ends of one kind, and none of the NUL bytes that pad.
var plainText = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "")

// fillText keeps leading blanks, which are the source's own; trailing ones fill the field up.
func (t *table) fillText(c *sheet.Cell, value []byte) {
	value = bytes.TrimRight(value, " \x00")
	if len(value) == 0 {
		return
	}
	s := t.decode(value)
	if strings.ContainsAny(s, "\r\x00") {
		s = plainText.Replace(s)
	}
	c.Kind, c.Value, c.Text = sheet.Text, s, s
}

// fillVarying reads a text or bytes of varying length: where the flag is up, the
// field is not full and its last byte tells the length.
func (t *table) fillVarying(c *sheet.Cell, f *field, record []byte) {
	value := record[f.offset : f.offset+f.length]
	if n := len(value); n > 0 && t.flagged(record, f.varBit) {
		value = value[:min(int(value[n-1]), n-1)]
	}
	if f.kind == 'Q' {
		if len(bytes.Trim(value, "\x00")) > 0 {
			s := hex.EncodeToString(value)
			c.Kind, c.Value, c.Text = sheet.Text, s, s
		}
		return
	}
	t.fillText(c, value)
}

// fillDate reads YYYYMMDD, which some writers spread over ten characters.
func fillDate(c *sheet.Cell, value []byte) {
	s := strings.Trim(string(value), " \x00")
	if s == "" || strings.Trim(s, "0") == "" {
		return
	}
	c.Kind, c.Value, c.Text = sheet.Text, s, s
	for _, layout := range [...]string{"20060102", time.DateOnly} {
		if d, err := time.Parse(layout, s); err == nil {
			c.Kind, c.Value = sheet.Date, d.Format(time.DateOnly)
			c.Text = c.Value
			return
		}
	}
}

func fillLogical(c *sheet.Cell, value []byte) {
	s := strings.Trim(string(value), " \x00?")
	switch s {
	case "":
		return
	case "T", "t", "Y", "y":
		c.Kind, c.Value = sheet.Bool, "TRUE"
	case "F", "f", "N", "n":
		c.Kind, c.Value = sheet.Bool, "FALSE"
	default:
		c.Kind, c.Value = sheet.Text, strings.ToValidUTF8(s, "\ufffd")
		s = c.Value
	}
	c.Text = s
}

// fillNumber reads digits; what is none (asterisks, where a number was too wide) stays text.
func fillNumber(c *sheet.Cell, value []byte) {
	s := strings.ToValidUTF8(strings.Trim(string(value), " \x00\t"), "\ufffd")
	if s == "" || s == "." {
		return
	}
	c.Kind, c.Value, c.Text = sheet.Text, s, s
	if v, ok := decimalText(s); ok {
		c.Kind, c.Value = sheet.Number, v
	}
}

// decimalText is the shortest decimal text of a number as it is written.
func decimalText(s string) (string, bool) {
	sign, digits := "", strings.Replace(s, ",", ".", 1)
	switch digits[0] {
	case '-':
		sign, digits = "-", digits[1:]
	case '+':
		digits = digits[1:]
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	if strings.Trim(whole+fraction, "0123456789") != "" || whole+fraction == "" {
		x, err := strconv.ParseFloat(sign+digits, 64)
		if err != nil || strings.ContainsAny(digits, "xXpP_iInN") || math.IsInf(x, 0) {
			return "", false
		}
		return numfmt.Canonical(x), true
	}
	whole, fraction = strings.TrimLeft(whole, "0"), strings.TrimRight(fraction, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	} else if whole == "0" {
		sign = ""
	}
	return sign + whole, true
}

// fillBinary reads the kinds that are no text; false where the length is not theirs.
func (t *table) fillBinary(c *sheet.Cell, f *field, value []byte) bool {
	switch {
	case len(value) == 4:
		fillInteger(c, value, t.version&7 == level7)
	case len(value) != 8:
		return false
	case f.kind == 'Y': // ten thousandths
		fillNumber(c, tenThousandths(int64(binary.LittleEndian.Uint64(value))))
	case f.kind == 'T':
		fillMoment(c, int(int32(binary.LittleEndian.Uint32(value))), int64(binary.LittleEndian.Uint32(value[4:])))
	case f.kind == '@':
		if ms := math.Float64frombits(binary.BigEndian.Uint64(value)); ms > 0 && ms < 1e15 {
			fillMoment(c, int(int64(ms)/dayMillis)+julianYear1, int64(ms)%dayMillis)
		}
	case f.kind == 'O':
		fillDouble(c, sortable(value))
	default:
		fillDouble(c, math.Float64frombits(binary.LittleEndian.Uint64(value)))
	}
	return true
}

// fillInteger reads four bytes; dBase 7 has the high one first and the sign turned
// round, and nothing at all for null.
func fillInteger(c *sheet.Cell, value []byte, sorted bool) {
	n := int32(binary.LittleEndian.Uint32(value))
	if sorted {
		u := binary.BigEndian.Uint32(value)
		if u == 0 {
			return
		}
		n = int32(u ^ 1<<31)
	}
	fillNumber(c, strconv.AppendInt(nil, int64(n), 10))
}

// sortable undoes the order of bytes in which dBase 7 keeps doubles: high byte
// first, the sign turned round, and all bits of negative ones. Null is NaN.
func sortable(value []byte) float64 {
	u := binary.BigEndian.Uint64(value)
	switch {
	case u == 0:
		return math.NaN()
	case u>>63 == 0:
		return math.Float64frombits(^u)
	}
	return math.Float64frombits(u &^ (1 << 63))
}

func fillDouble(c *sheet.Cell, x float64) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return
	}
	c.Kind, c.Value = sheet.Number, numfmt.Canonical(x)
	c.Text = c.Value
}

func tenThousandths(n int64) []byte {
	sign := ""
	u := uint64(n)
	if n < 0 {
		sign, u = "-", -u
	}
	fraction := strconv.FormatUint(u%10_000+10_000, 10)[1:]
	return []byte(sign + strconv.FormatUint(u/10_000, 10) + "." + fraction)
}

const (
	dayMillis   = 86_400_000
	julianUnix  = 2_440_588 // the Julian day of 1970-01-01
	julianYear1 = 1_721_425 // that of the day before 0001-01-01, from which dBase 7 counts
)

// fillMoment reads a Julian day and milliseconds of it. FoxPro keeps seconds, and
// often gets a millisecond less.
func fillMoment(c *sheet.Cell, day int, ms int64) {
	if day <= 0 || day > 5_373_484 || ms < 0 || ms > dayMillis { // the last day of the year 9999
		return
	}
	moment := time.Unix(int64(day-julianUnix)*86_400, 0).UTC().Add(time.Duration(ms) * time.Millisecond)
	if near := moment.Round(time.Second); near.Sub(moment).Abs() <= time.Millisecond {
		moment = near
	}
	clock := moment.Hour()+moment.Minute()+moment.Second()+moment.Nanosecond() != 0
	c.Kind, c.Value = sheet.Date, numfmt.ISOTime(moment, true, clock)
	c.Text = c.Value
}
