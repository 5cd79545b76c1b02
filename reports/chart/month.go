package chart

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/go-analyze/charts"
	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/golang/freetype/truetype"
	"github.com/shopspring/decimal"

	"github.com/distbase/distbase/reports/cube"
)

// The size of every picture, in pixels.
const (
	Width  = 1080
	Height = 720
)

// ErrEmpty says that there is nothing to draw.
var ErrEmpty = errors.New("no figures to draw")

// Month shows how a measure grew from day to day of a month, one line a month.
type Month struct {
	Title    string
	Subtitle string
	Measure  string                         // a measure of the results
	Lines    []Line                         // the month the picture is about first, it stands out
	Value    func(n decimal.Decimal) string // writes a value at the axis, short
}

// Line is one month: figures by day from the first to the last day.
type Line struct {
	Name     string
	From, To time.Time
	Days     *cube.Result // by "day" alone
}

// PNG draws the picture.
func (m Month) PNG() ([]byte, error) {
	font, err := dejaVu()
	if err != nil {
		return nil, err
	}
	longest, series := 0, make(charts.LineSeriesList, 0, len(m.Lines))
	drawn := false
	for i, l := range m.Lines {
		values, err := l.running(m.Measure)
		if err != nil {
			return nil, err
		}
		drawn = drawn || len(l.Days.Rows) > 0
		longest = max(longest, len(values))
		s := charts.LineSeries{Name: l.Name, Values: values, Symbol: charts.Symbol{Shape: charts.SymbolNone}}
		if i == 0 && len(values) == 1 {
			s.Symbol = charts.Symbol{Shape: charts.SymbolDot, Size: 8} // a line of one day is not seen
		}
		series = append(series, s)
	}
	if !drawn {
		return nil, ErrEmpty
	}
	slices.Reverse(series) // what is drawn last lies on top
	for i := range series {
		for len(series[i].Values) < longest {
			series[i].Values = append(series[i].Values, charts.GetNullValue())
		}
	}
	painter := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: Width, Height: Height, Font: font})
	if err := painter.LineChart(m.option(series, longest, font)); err != nil {
		return nil, fmt.Errorf("draw chart: %w", err)
	}
	m.words(painter, font)
	png, err := painter.Bytes()
	if err != nil {
		return nil, fmt.Errorf("write chart: %w", err)
	}
	return png, nil
}

// option lays the lines and axes out below the words.
func (m Month) option(series charts.LineSeriesList, days int, font *truetype.Font) charts.LineChartOption {
	style := charts.FontStyle{FontSize: 19, FontColor: quiet(), Font: font}
	low, high, steps := axis(series)
	write := func(v float64) string { return m.Value(decimal.NewFromFloat(v)) }
	opt := charts.NewLineChartOptionWithSeries(series)
	colors := lineColors(len(series))
	slices.Reverse(colors)
	opt.Theme = charts.GetTheme(charts.ThemeLight).WithSeriesColors(colors)
	opt.Padding = charts.NewBox(24, 172, 40, 12)
	opt.Title.Show, opt.Legend.Show = charts.Ptr(false), charts.Ptr(false)
	opt.XAxis = charts.XAxisOption{Labels: dayLabels(days), LabelFontStyle: style, LabelCount: days, BoundaryGap: charts.Ptr(false), LabelOffset: charts.OffsetInt{Left: -8}}
	opt.YAxis = []charts.YAxisOption{{
		Min: &low, Max: &high, RangeValuePaddingScale: charts.Ptr(0.0), LabelCount: steps + 1,
		LabelFontStyle: style, ValueFormatter: write,
	}}
	opt.ValueFormatter = write
	opt.LineStrokeWidth = 6
	return opt
}

// words writes title, subtitle and which line is which.
func (m Month) words(p *charts.Painter, font *truetype.Font) {
	p.Text(m.Title, 28, 56, 0, charts.FontStyle{FontSize: 27, FontColor: charts.ColorRGB(0x1c, 0x24, 0x30), Font: font})
	p.Text(m.Subtitle, 28, 100, 0, charts.FontStyle{FontSize: 21, FontColor: quiet(), Font: font})
	style, x := charts.FontStyle{FontSize: 20, FontColor: charts.ColorRGB(0x1c, 0x24, 0x30), Font: font}, 28
	for i, l := range m.Lines {
		color := lineColors(len(m.Lines))[i]
		p.FilledRect(x, 134, x+34, 142, color, color, 0)
		p.Text(l.Name, x+44, 147, 0, style)
		x += 44 + p.MeasureText(l.Name, 0, style).Width() + 40
	}
}

// dayLabels names every fifth day, and the first.
func dayLabels(days int) []string {
	labels := make([]string, days)
	for i := range labels {
		if n := i + 1; n == 1 || n%5 == 0 || days < 8 {
			labels[i] = fmt.Sprint(n)
		}
	}
	return labels
}

// axis is a range of round steps around the values, four to eight of them: 1, 2,
// 2.5 or 5 times a power of ten each.
func axis(series charts.LineSeriesList) (low, high float64, steps int) {
	for _, s := range series {
		for _, v := range s.Values {
			if v != charts.GetNullValue() {
				low, high = min(low, v), max(high, v)
			}
		}
	}
	if low == high {
		high = 1
	}
	power := math.Pow(10, math.Floor(math.Log10((high-low)/5)))
	step := 10 * power
	for _, times := range []float64{5, 2.5, 2, 1} {
		if (high-low)/(times*power) <= 6 {
			step = times * power
		}
	}
	low, high = math.Floor(low/step)*step, math.Ceil(high/step)*step
	return low, high, int(math.Round((high - low) / step))
}

// running adds up the measure from the first day to each day. Days that nobody
// reported add nothing: the line goes on level.
func (l Line) running(measure string) ([]float64, error) {
	column := l.Days.Column(measure)
	if column < 0 || len(l.Days.Dimensions) != 1 || l.Days.Dimensions[0] != "day" {
		return nil, fmt.Errorf("line %q is not %s by day", l.Name, measure)
	}
	of := make(map[string]decimal.Decimal, len(l.Days.Rows))
	for _, row := range l.Days.Rows {
		of[row.Keys[0]] = row.Values[column]
	}
	var values []float64
	sum := decimal.Zero
	for day := l.From; !day.After(l.To); day = day.AddDate(0, 0, 1) {
		sum = sum.Add(of[day.Format(time.DateOnly)])
		values = append(values, sum.InexactFloat64()) // a height on the picture, no money any more
	}
	return values, nil
}

func quiet() charts.Color { return charts.ColorRGB(0x5b, 0x66, 0x75) }

// lineColors are the colours of the lines: the first stands out.
func lineColors(n int) []charts.Color {
	colors := []charts.Color{charts.ColorRGB(0x0b, 0x57, 0xd0), charts.ColorRGB(0xf2, 0x8b, 0x2c)}
	for len(colors) < n {
		colors = append(colors, charts.ColorRGB(0xa7, 0xb0, 0xbc))
	}
	return colors[:n]
}

//nolint:gochecknoglobals // a compiled table
var dejaVu = sync.OnceValues(func() (*truetype.Font, error) {
	font, err := truetype.Parse(dejavusans.TTF)
	if err != nil {
		return nil, fmt.Errorf("read font: %w", err)
	}
	return font, nil
})
