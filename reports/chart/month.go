package chart

import (
	"errors"
	"fmt"
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
			s.Symbol = charts.Symbol{Shape: charts.SymbolCircle, Size: 7} // a line of one day is not seen
		}
		series = append(series, s)
	}
	if !drawn {
		return nil, ErrEmpty
	}
	names := make([]string, len(series))
	for i := range series {
		names[i] = series[i].Name
		for len(series[i].Values) < longest {
			series[i].Values = append(series[i].Values, charts.GetNullValue())
		}
	}
	painter := charts.NewPainter(charts.PainterOptions{OutputFormat: charts.ChartOutputPNG, Width: Width, Height: Height, Font: font, Theme: theme()})
	if err := painter.LineChart(m.option(series, names, longest)); err != nil {
		return nil, fmt.Errorf("draw chart: %w", err)
	}
	png, err := painter.Bytes()
	if err != nil {
		return nil, fmt.Errorf("write chart: %w", err)
	}
	return png, nil
}

func (m Month) option(series charts.LineSeriesList, names []string, days int) charts.LineChartOption {
	labels := make([]string, days)
	for i := range labels {
		labels[i] = fmt.Sprint(i + 1)
	}
	opt := charts.NewLineChartOptionWithSeries(series)
	opt.Theme = theme()
	opt.Padding = charts.NewBox(24, 20, 36, 16)
	opt.Title = charts.TitleOption{
		Text: m.Title, Subtext: m.Subtitle,
		FontStyle:        charts.FontStyle{FontSize: 26, FontColor: charts.ColorRGB(0x1c, 0x24, 0x30)},
		SubtextFontStyle: charts.FontStyle{FontSize: 20, FontColor: charts.ColorRGB(0x5b, 0x66, 0x75)},
	}
	opt.Legend = charts.LegendOption{
		SeriesNames: names, Symbol: charts.SymbolSquare,
		FontStyle: charts.FontStyle{FontSize: 20},
		Offset:    charts.OffsetStr{Left: charts.PositionLeft, Top: "106"},
	}
	opt.XAxis = charts.XAxisOption{
		Labels: labels, LabelFontStyle: charts.FontStyle{FontSize: 18}, LabelCount: min(days, 10), BoundaryGap: charts.Ptr(false),
	}
	write := func(v float64) string { return m.Value(decimal.NewFromFloat(v)) }
	opt.YAxis = []charts.YAxisOption{{
		LabelFontStyle: charts.FontStyle{FontSize: 18}, ValueFormatter: write, LabelCount: 6, PreferNiceIntervals: charts.Ptr(true),
	}}
	if !below(series) {
		opt.YAxis[0].Min = charts.Ptr(0.0)
	}
	opt.ValueFormatter = write
	opt.LineStrokeWidth = 5
	return opt
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

func below(series charts.LineSeriesList) bool {
	for _, s := range series {
		for _, v := range s.Values {
			if v < 0 {
				return true
			}
		}
	}
	return false
}

func theme() charts.ColorPalette {
	return charts.GetTheme(charts.ThemeLight).WithSeriesColors([]charts.Color{
		charts.ColorRGB(0x0b, 0x57, 0xd0), charts.ColorRGB(0xf2, 0x8b, 0x2c), charts.ColorRGB(0xa7, 0xb0, 0xbc),
	}).WithBackgroundColor(charts.ColorWhite)
}

//nolint:gochecknoglobals // a compiled table
var dejaVu = sync.OnceValues(func() (*truetype.Font, error) {
	font, err := truetype.Parse(dejavusans.TTF)
	if err != nil {
		return nil, fmt.Errorf("read font: %w", err)
	}
	return font, nil
})
