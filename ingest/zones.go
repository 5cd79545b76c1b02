package ingest

import (
	"cmp"
	"context"
	"slices"

	"github.com/distbase/distbase/ingest/match"
	"github.com/distbase/distbase/storage"
)

// recovery is how many automatic decisions in a row must be found right after a wrong
// one before exact agreement maps by itself again: by then the share of wrong ones is
// under what certain promises (the median of its posterior, as in match.ZonesFor).
const recovery = 130

// promise is the share of automatic decisions that must be right.
const promise = 0.995

// noneYet is the confidence under which no name is said to be none of ours by itself: a
// new distributor is asked about all of them.
const noneYet = -1

// zones part the decisions about the names of a kind of one distributor.
type zones struct {
	match.Zones
	// above is the confidence that must be passed besides, 0 for none: that of the
	// newest automatic mapping found wrong.
	above float64
	// foreign is the confidence of the first candidate up to which a name that the
	// matcher takes for none of ours is said to be so without asking.
	foreign float64
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
	z := zones{audited: len(checks), foreign: foreignZone(checks)}
	right := 0
	for _, c := range checks {
		if c.Automatic && c.HeldForeign {
			continue // says nothing of mappings
		}
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

// foreignZone measures up to which confidence names that the matcher took for none of
// ours were so, but for one in two hundred: as match.ZonesFor measures the other end. It
// takes some 130 right ones in a row to open it. A wrong decision closes it from its
// confidence on until so many right ones came after.
func foreignZone(checks []storage.Check) float64 {
	var held []storage.Check
	closed, right := 2.0, 0
	for _, c := range checks {
		if !c.HeldForeign {
			continue
		}
		held = append(held, c)
		switch {
		case !c.Automatic:
		case c.Foreign:
			right++
		case right < recovery:
			closed = min(closed, c.Confidence)
		}
	}
	slices.SortStableFunc(held, func(a, b storage.Check) int { return cmp.Compare(a.Confidence, b.Confidence) })
	best, wrong := float64(noneYet), 0
	for i, c := range held {
		if c.Confidence >= closed {
			break
		}
		if !c.Foreign {
			wrong++
		}
		if i+1 < len(held) && held[i+1].Confidence == c.Confidence {
			continue
		}
		if (float64(wrong)+2.0/3)/(float64(i+1)+4.0/3) <= 1-promise {
			best = c.Confidence
		}
	}
	return best
}

// allows tells whether a first candidate that the matcher would map may be mapped by
// itself. What a person confirmed for this very name and distributor always may.
func (z zones) allows(confidence float64, confirmed bool) bool {
	return confirmed || confidence > z.above
}

// tightened tells whether mistakes have raised what is asked for over a new distributor's.
func (z zones) tightened() bool { return z.Map > match.DefaultZones().Map }

// loosened tells whether a good history has lowered it.
func (z zones) loosened() bool { return z.Map < match.DefaultZones().Map }
