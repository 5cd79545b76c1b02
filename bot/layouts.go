package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// layoutArgs is where an analyst is among the layouts.
type layoutArgs struct {
	ID          int64             `json:"i,omitempty"` // of a layout
	Distributor int64             `json:"d,omitempty"`
	Retired     bool              `json:"r,omitempty"` // those out of force are listed
	Page        int               `json:"p,omitempty"`
	Search      string            `json:"s,omitempty"`
	Place       int               `json:"c,omitempty"` // of a column among [ingest.LayoutColumns]
	Fix         ingest.Correction `json:"f,omitzero"`
	Line        string            `json:"l,omitempty"` // what is done, in words
	Instead     int64             `json:"o,omitempty"` // the layout that goes out of force
	Journal     int64             `json:"j,omitempty"` // the change that is taken back
}

// openLayouts shows whose layouts there are; those of one distributor where the words
// after the command leave one.
func (t *turn) openLayouts(ctx context.Context, search string) error {
	return t.layoutOwners(ctx, layoutArgs{Search: search})
}

// layoutOwners lists the distributors that layouts were learned of, to choose from.
func (t *turn) layoutOwners(ctx context.Context, a layoutArgs) error {
	all, err := storage.LayoutOwners(ctx, t.Store.Pool())
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return t.replace(ctx, t.html("layouts.none", nil), nil)
	}
	all = slices.DeleteFunc(all, func(o storage.LayoutOwner) bool { return !matches(o.Name+" "+o.Code, a.Search) })
	if len(all) == 1 && a.Search != "" {
		return t.listLayouts(ctx, layoutArgs{Distributor: all[0].DistributorID})
	}
	k := t.keys()
	for _, o := range page(all, a.Page) {
		tail := t.text("layouts.owner", text.Data{"Count": o.InForce, "Active": o.Active})
		k.row(key{shorten(o.Name, phone-len([]rune(tail))-1) + " " + tail, "lay.list", layoutArgs{Distributor: o.DistributorID}})
	}
	k.row(t.pageKeys(len(all), a.Page, "lay.owners", func(n int) any { return layoutArgs{Page: n, Search: a.Search} })...)
	if a.Search != "" {
		k.row(key{t.text("key.all_distributors", nil), "lay.owners", layoutArgs{}})
	}
	if err := t.expect(ctx, expectation{Kind: expectOwner, Layout: &layoutArgs{}}); err != nil {
		return err
	}
	return t.replace(ctx, t.html("layouts.choose", text.Data{"Found": len(all)}), k)
}

// matches says whether all words of a search stand in a text.
func matches(s, search string) bool {
	s = strings.ToLower(s)
	return !slices.ContainsFunc(strings.Fields(strings.ToLower(search)), func(w string) bool { return !strings.Contains(s, w) })
}

// hearLayoutSearch takes a part of a distributor's name.
func (t *turn) hearLayoutSearch(ctx context.Context, e expectation, s string) error {
	a := layoutArgs{}
	if e.Layout != nil {
		a = *e.Layout
	}
	a.Search, a.Page = shorten(s, 100), 0
	if e.Kind == expectCopy {
		return t.copyLayoutTo(ctx, a)
	}
	return t.layoutOwners(ctx, a)
}

// listLayouts lists a distributor's layouts in force, or those retired that no
// version in force took the place of.
func (t *turn) listLayouts(ctx context.Context, a layoutArgs) error {
	d, err := storage.DistributorByID(ctx, t.Store.Pool(), a.Distributor)
	if err != nil {
		return err
	}
	inForce, retired, err := t.layoutsOf(ctx, a.Distributor)
	if err != nil {
		return err
	}
	all := inForce
	if a.Retired {
		all = retired
	}
	lines := []string{t.html("layouts.of", text.Data{"Distributor": d.Name, "Active": d.Active, "Retired": a.Retired, "Count": len(all)})}
	k := t.keys()
	for _, r := range page(all, a.Page) {
		l, err := ingest.LayoutSpec(r)
		if err != nil {
			return err
		}
		line, err := t.layoutLine(ctx, r)
		if err != nil {
			return err
		}
		name := t.layoutName(r, l)
		lines = append(lines, "", t.html("layouts.line", text.Data{"Name": name, "Title": shorten(l.Title, phone)}), line)
		k.row(key{shorten(name+" · "+cmp.Or(l.Title, l.Sheet), phone), "lay.show", layoutArgs{ID: r.ID}})
	}
	k.row(t.pageKeys(len(all), a.Page, "lay.list", func(n int) any { b := a; b.Page = n; return b })...)
	if !a.Retired && len(retired) > 0 {
		k.row(key{t.text("key.layouts_retired", text.Data{"Count": len(retired)}), "lay.list", layoutArgs{Distributor: d.ID, Retired: true}})
	}
	if a.Retired {
		k.row(key{t.text("key.layouts_in_force", text.Data{"Count": len(inForce)}), "lay.list", layoutArgs{Distributor: d.ID}})
	}
	k.row(key{t.text("key.other_distributor", nil), "lay.owners", layoutArgs{}})
	if err := t.expect(ctx, expectation{Kind: expectOwner, Layout: &layoutArgs{}}); err != nil {
		return err
	}
	return t.replace(ctx, strings.Join(lines, "\n"), k)
}

// layoutsOf parts a distributor's layouts into those in force and, a version each,
// those out of force of which no version is in force.
func (t *turn) layoutsOf(ctx context.Context, distributorID int64) (inForce, retired []storage.LayoutRecord, err error) {
	all, err := storage.Layouts(ctx, t.Store.Pool(), distributorID, true)
	if err != nil {
		return nil, nil, err
	}
	seen := map[string]bool{}
	for _, r := range all {
		if r.RetiredAt == nil {
			inForce = append(inForce, r)
			seen[r.Fingerprint] = true
		}
	}
	for _, r := range all { // the newest version comes first
		if !seen[r.Fingerprint] {
			retired = append(retired, r)
			seen[r.Fingerprint] = true
		}
	}
	return inForce, retired, nil
}
