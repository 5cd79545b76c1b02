package reports

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/text"
)

// How much of a list stands in the text: a phone shows about 30 lines.
const (
	topDistributors = 7
	topBrands       = 6
	topMissing      = 8
	lineWidth       = 40 // characters of a line that do not break on a phone
)

// words puts figures into sentences of one language.
type words struct{ p *text.Printer }

// html is the text of the summary in Telegram's HTML.
func (w words) html(kind Kind, f *figures, notes []string) string {
	var lines []string
	add := func(key string, data text.Data) { lines = append(lines, w.say(key, data)) }
	gap := func() { lines = append(lines, "") }
	lines = append(lines, w.p.HTML("reports.title."+string(kind), text.Data{"From": f.spans.head.From, "To": f.spans.head.To}))
	if f.empty() {
		add("nothing", nil)
	}
	if kind != Monthly && !f.empty() {
		add("head."+string(kind), text.Data{"Amount": f.head, "Change": w.change(f.head, f.headBefore, 1)})
	}
	if !f.empty() {
		add("total."+string(kind), text.Data{"Amount": f.total.now})
		w.against(add, "month_ago", f.total.now, f.total.monthAgo)
		w.against(add, "year_ago", f.total.now, f.total.yearAgo)
		add("outlets", text.Data{"Outlets": f.outlets})
		if !f.primary.IsZero() {
			add("primary", text.Data{"Amount": w.compact(f.primary)})
		}
		if !f.unmapped.IsZero() {
			add("unmapped", text.Data{"Share": f.unmappedShare(), "Amount": w.compact(f.unmapped)})
		}
		gap()
		lines = append(lines, w.list("distributors", f.distributors, topDistributors)...)
		gap()
		lines = append(lines, w.list("brands", f.brands, topBrands)...)
	}
	if len(f.missing) > 0 {
		gap()
		lines = append(lines, w.missing(f.missing)...)
	}
	if len(notes) > 0 {
		gap()
		for _, n := range notes {
			lines = append(lines, text.Escape(n))
		}
	}
	return strings.Join(lines, "\n")
}

// say is a line without tags of its own.
func (w words) say(key string, data text.Data) string {
	return text.Escape(w.p.Text("reports."+key, data))
}

func (w words) against(add func(string, text.Data), key string, now, before decimal.Decimal) {
	if before.IsZero() {
		add(key+"_none", nil)
		return
	}
	diff := now.Sub(before)
	add(key, text.Data{"Difference": plus(diff) + w.compact(diff), "Change": w.change(now, before, 1)})
}

// list is the largest of a list, a line each, and the rest on one line.
func (w words) list(key string, all []named, top int) []string {
	lines := []string{w.p.HTML("reports."+key, nil)}
	shown := all
	if len(all) > top+1 { // one more is as short as a line about the rest
		shown = all[:top]
	}
	for _, n := range shown {
		name := n.name
		if name == "" {
			name = w.p.Text("reports.not_mapped", nil)
		}
		lines = append(lines, text.Escape(w.line(name, n.compared)))
	}
	if len(shown) < len(all) {
		var rest compared
		for _, n := range all[len(shown):] {
			rest.add(n.compared)
		}
		lines = append(lines, text.Escape(w.line(w.p.Text("reports.others", text.Data{"Count": len(all) - len(shown)}), rest)))
	}
	return lines
}

// line is "name: amount, change to a month ago / a year ago", the name cut so
// that the line does not break.
func (w words) line(name string, c compared) string {
	if c.withoutAmounts() {
		rest := ": " + w.p.Text("reports.no_amounts", nil)
		return shorten(name, lineWidth-utf8.RuneCountInString(rest)) + rest
	}
	rest := ": " + w.compact(c.now) + ", " + w.change(c.now, c.monthAgo, 0) + " / " + w.change(c.now, c.yearAgo, 0)
	return shorten(name, lineWidth-utf8.RuneCountInString(rest)) + rest
}

func (w words) missing(all []missing) []string {
	lines := []string{w.p.HTML("reports.missing", text.Data{"Count": len(all)})}
	shown := all[:min(len(all), topMissing)]
	for _, m := range shown {
		key, data := "missing_never", text.Data{"Name": ""}
		if m.to != nil {
			key = "missing_to"
			data["To"] = *m.to
		}
		if m.waiting {
			key, data = "missing_waiting", text.Data{"Name": ""}
		}
		rest := w.p.Text("reports."+key, data)
		data["Name"] = shorten(m.name, lineWidth-utf8.RuneCountInString(rest))
		lines = append(lines, w.say(key, data))
	}
	if n := len(all) - len(shown); n > 0 {
		lines = append(lines, w.say("missing_others", text.Data{"Count": n}))
	}
	return lines
}

// compact is an amount in thousands, millions or milliards.
func (w words) compact(n decimal.Decimal) string {
	for _, scale := range []struct {
		key    string
		digits int32
		places int32
	}{{"milliard", 9, 1}, {"million", 6, 1}, {"thousand", 3, 0}} {
		// What rounds up to the next unit is written in it: 999 999 is 1,0 million.
		if n.Abs().Shift(-scale.digits).Round(scale.places).GreaterThanOrEqual(decimal.NewFromInt(1)) {
			return w.p.Text("reports."+scale.key, text.Data{"N": text.Number(w.p.Lang(), n.Shift(-scale.digits), scale.places)})
		}
	}
	return text.Money(w.p.Lang(), n.Round(0))
}

// change is the growth in per cent with its sign; a dash where there was
// nothing to grow from, "×12" where per cent say nothing any more.
func (w words) change(now, before decimal.Decimal, places int32) string {
	if !before.IsPositive() {
		return "—"
	}
	ratio := now.DivRound(before, 6)
	if ratio.GreaterThanOrEqual(decimal.NewFromInt(10)) {
		return "×" + text.Number(w.p.Lang(), ratio.Round(0), 0)
	}
	growth := ratio.Sub(decimal.NewFromInt(1)).Shift(2).Round(places)
	unit := "\u00a0%"
	if w.p.Lang() == "en" {
		unit = "%"
	}
	return plus(growth) + text.Number(w.p.Lang(), growth, places) + unit
}

func plus(n decimal.Decimal) string {
	if n.IsPositive() {
		return "+"
	}
	return ""
}

func shorten(s string, width int) string {
	if utf8.RuneCountInString(s) <= width {
		return s
	}
	return strings.TrimRight(string([]rune(s)[:max(width-1, 1)]), " ,.") + "…"
}

func (f *figures) empty() bool {
	return len(f.days[0].Rows) == 0 && f.total.monthAgo.IsZero() && f.total.yearAgo.IsZero() && f.head.IsZero()
}

// unmappedShare is how much of the amount is not tied to a product.
func (f *figures) unmappedShare() decimal.Decimal {
	if f.total.now.IsZero() {
		return decimal.Zero
	}
	return f.unmapped.DivRound(f.total.now, 6)
}
