package xmlss

import (
	"strings"

	"github.com/distbase/distbase/ingest/grid/internal/xmlscan"
	"github.com/distbase/distbase/ingest/grid/numfmt"
)

// style is what cells have in common.
type style struct {
	format *numfmt.Format
	indent uint8
	bold   bool
}

// plain is the style of cells that have none.
func plain() *style { return &style{format: numfmt.General()} }

// namedFormats are the codes of formats that go by a name, as Excel in English
// shows them ("XML Spreadsheet Reference", NumberFormat).
var namedFormats = map[string]string{
	"general number": "General", "general date": "m/d/yy h:mm", "long date": "dddd, mmmm dd, yyyy",
	"medium date": "d-mmm-yy", "short date": "m/d/yy", "long time": "h:mm:ss AM/PM",
	"medium time": "h:mm AM/PM", "short time": "h:mm",
	"currency": `"$"#,##0.00_);[Red]\("$"#,##0.00\)`, "euro currency": `[$€-2] #,##0.00_);[Red]\([$€-2] #,##0.00\)`,
	"fixed": "0.00", "standard": "#,##0.00", "percent": "0.00%", "scientific": "0.00E+00",
	"yes/no": `"Yes";"Yes";"No"`, "true/false": `"True";"True";"False"`, "on/off": `"On";"On";"Off"`,
}

func formatOf(code string) *numfmt.Format {
	if named, ok := namedFormats[strings.ToLower(code)]; ok {
		code = named
	}
	// Excel writes the language of the author before some codes: [ENG][$-409]d\-mmm\-yy.
	if strings.HasPrefix(code, "[") {
		if in, rest, ok := strings.Cut(code[1:], "]"); ok && len(in) == 3 && strings.ToUpper(in) == in && in != "RED" {
			code = rest
		}
	}
	return numfmt.Parse(code)
}

// readStyles reads the Styles element, which was just opened.
func (r *reader) readStyles() error {
	var id string
	at := plain()
	for {
		t := r.next()
		switch {
		case r.ends(t, "Styles"):
			return nil
		case t != xmlscan.Open:
			continue
		}
		switch string(r.x.Name) {
		case "Style":
			if len(r.styles) >= maxStyles {
				return errTooManyStyles()
			}
			id, at = r.x.String("ID"), plain()
			if parent := r.styles[r.x.String("Parent")]; parent != nil {
				*at = *parent
			}
			r.styles[id] = at
		case "Alignment":
			at.indent = uint8(min(r.number("Indent"), 255))
		case "Font":
			at.bold = r.is("Bold")
		case "NumberFormat":
			at.format = formatOf(r.x.String("Format"))
		}
	}
}
