package rtf

// specials are words that stand for a character (1.9.1, "Special Characters").
var specials = map[string]string{
	"tab": "\t", "line": "\n", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
	"bullet": "•", "endash": "–", "emdash": "—", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
	"zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e", "rtlmark": "\u200f",
}

// unread are destinations whose text is not shown in the place where it stands.
// Others with \* before them are passed over as the specification wants it.
var unread = map[string]bool{
	"colortbl": true, "stylesheet": true, "info": true, "pict": true, "filetbl": true, "revtbl": true,
	"header": true, "headerl": true, "headerr": true, "headerf": true,
	"footer": true, "footerl": true, "footerr": true, "footerf": true,
	"footnote": true, "annotation": true, "objdata": true, "nonesttables": true,
	"listtable": true, "listoverridetable": true, "fldinst": true, "bkmkstart": true, "bkmkend": true,
	"ftnsep": true, "ftnsepc": true, "ftncn": true, "aftnsep": true, "aftnsepc": true, "aftncn": true,
	"xe": true, "tc": true, "rxe": true, "txe": true, "nextfile": true, "template": true, "private": true,
	"sp": true, "shprslt": true, "do": true,
}

// read are destinations with \* before them that hold what is shown, or rows.
var read = map[string]bool{
	"nesttableprops": true, "ud": true, "shpinst": true, "shptxt": true,
}

// word takes a control word.
func (d *document) word(t token, star bool) error {
	if d.destination(t.name, star) || d.state.dest == nowhere {
		return nil
	}
	if d.state.dest == fonts {
		d.fontWord(t)
		return nil
	}
	if s, ok := specials[t.name]; ok {
		d.write(s)
		return nil
	}
	if t.name == "u" {
		d.unicode(t.n)
		return nil
	}
	if d.look(t) {
		return nil
	}
	return d.tableWord(t)
}

// destination takes words that say where the text of their group goes.
func (d *document) destination(name string, star bool) bool {
	switch {
	case name == "fonttbl":
		d.setDestination(fonts)
	case name == "upr": // text without Unicode, then in \*\ud the same with
		d.state.shown = d.state.dest == body
		d.setDestination(nowhere)
	case name == "ud" && d.state.shown:
		d.setDestination(body)
	case unread[name]:
		d.setDestination(nowhere)
	case star && !read[name]:
		d.setDestination(nowhere)
	default:
		return false
	}
	return true
}

func (d *document) setDestination(to destination) {
	d.flush()
	if d.deeper == 0 {
		d.state.dest = to
	}
}

// fontWord reads the table of fonts: \fN, then \fcharsetN and \cpgN.
func (d *document) fontWord(t token) {
	switch t.name {
	case "f":
		d.font = t.n
	case "fcharset":
		if page := charsets[t.n]; page != 0 {
			d.fontPage[d.font] = page
		}
	case "cpg":
		if encodings[t.n] != nil {
			d.fontPage[d.font] = t.n
		}
	}
}

// look takes words about the document and the look of text.
func (d *document) look(t token) bool {
	on := !t.given || t.n != 0
	switch t.name {
	case "ansicpg":
		d.setPage(t.n)
	case "mac":
		d.setPage(10000)
	case "pc":
		d.setPage(437)
	case "pca":
		d.setPage(850)
	case "deff":
		d.defaultFont = t.n
	case "f":
		d.state.page = d.fontPage[t.n]
	case "plain":
		d.flush()
		d.state.page, d.state.bold, d.state.hidden, d.state.deleted = d.fontPage[d.defaultFont], false, false, false
	case "listtext", "pntext":
		d.state.listText = true
	case "uc":
		d.state.skip = max(0, min(t.n, 1000))
	default:
		return d.face(t.name, on)
	}
	return true
}

func (d *document) setPage(n int) {
	if encodings[n] != nil {
		d.page = n
	}
}

// face takes what text before it was not: its bytes are to be decoded first.
func (d *document) face(name string, on bool) bool {
	switch name {
	case "b", "v", "deleted":
		d.flush()
	}
	switch name {
	case "b":
		d.state.bold = on
	case "v":
		d.state.hidden = on
	case "deleted":
		d.state.deleted = on
	default:
		return false
	}
	return true
}
