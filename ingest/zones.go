package ingest

import (
	"context"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/storage"
)

// recovery is how many automatic mappings in a row must be found right after a wrong
// one before exact agreement maps by itself again: by then the share of wrong ones is
// under what certain promises (the median of its posterior, as in match.ZonesFor).
const recovery = 130

// zones part the decisions about the names of a kind of one distributor.
type zones struct {
	match.Zones
	// above is the confidence that must be passed besides, 0 for none: that of the
	// newest automatic mapping found wrong.
	above   float64
	audited int
}

// zonesOf measures the zones by what people said of the distributor's names.
func zonesOf(ctx context.Context, q storage.Querier, distributorID int64, kind string) (zones, error) {
	checks, err := storage.Checks(ctx, q, distributorID, kind)
	if err != nil {
		return zones{}, err
	}
	return measureZones(checks), nil
}

// measureZones takes the newest first.
func measureZones(checks []storage.Check) zones {
	history := make([]match.Audited, 0, len(checks))
	z := zones{audited: len(checks)}
	right := 0
	for _, c := range checks {
		history = append(history, match.Audited{Confidence: c.Confidence, Right: c.Right})
		switch {
		case !c.Automatic:
		case c.Right:
			right++
		case right < recovery:
			z.above = max(z.above, c.Confidence)
		}
	}
	z.Zones = match.ZonesFor(history)
	return z
}

// allows tells whether a first candidate that the matcher would map may be mapped by
// itself. What a person confirmed for this very name and distributor always may.
func (z zones) allows(confidence float64, confirmed bool) bool {
	return confirmed || confidence > z.above
}
