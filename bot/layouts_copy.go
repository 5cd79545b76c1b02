package bot

import (
	"context"
	"slices"

	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// copyLayoutTo asks which distributor gets a layout too.
func (t *turn) copyLayoutTo(ctx context.Context, a layoutArgs) error {
	r, err := storage.LayoutByID(ctx, t.Store.Pool(), a.ID)
	if err != nil {
		return err
	}
	all, err := t.distributors(ctx, a.Search)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(d storage.Distributor) bool { return d.ID == r.DistributorID })
	k := t.keys()
	for _, d := range page(all, a.Page) {
		k.row(key{shorten(d.Name, phone), "lay.copy_ask", layoutArgs{ID: a.ID, Distributor: d.ID}})
	}
	k.row(t.pageKeys(len(all), a.Page, "lay.copy", func(n int) any { b := a; b.Page = n; return b })...)
	k.row(key{t.text("key.to_layout", nil), "lay.show", layoutArgs{ID: a.ID}})
	if err := t.expect(ctx, expectation{Kind: expectCopy, Layout: &layoutArgs{ID: a.ID}}); err != nil {
		return err
	}
	return t.replace(ctx, t.html("layouts.copy_to", text.Data{"Found": len(all)}), k)
}

// askCopyLayout copies at once where the other distributor has no such layout, and
// asks first where one would go out of force for it.
func (t *turn) askCopyLayout(ctx context.Context, a layoutArgs) error {
	d, has, err := t.sameLayout(ctx, a)
	if err != nil {
		return err
	}
	a.Line = t.text("layouts.line_copied", text.Data{"Distributor": d.Name})
	if has == nil {
		return t.copyLayout(ctx, a)
	}
	if t.copiedAlready(a, *has) {
		t.note(ctx, t.text("layouts.mine", nil))
		return t.showLayout(ctx, layoutArgs{ID: has.ID})
	}
	line, err := t.layoutLine(ctx, *has)
	if err != nil {
		return err
	}
	a.Instead = has.ID
	k := t.keys().row(key{t.text("key.replace_layout", nil), "lay.copy_yes", a}, key{t.text("key.to_layout", nil), "lay.show", layoutArgs{ID: a.ID}})
	return t.replace(ctx, t.html("layouts.ask_copy", text.Data{"Distributor": d.Name, "Version": has.Version})+"\n"+line, k)
}

// copyLayout gives the layout to the other distributor, unless what it would take the
// place of has changed since it was shown.
func (t *turn) copyLayout(ctx context.Context, a layoutArgs) error {
	_, has, err := t.sameLayout(ctx, a)
	if err != nil {
		return err
	}
	if has != nil && has.ID != a.Instead {
		if !t.copiedAlready(a, *has) {
			t.alert(ctx, t.text("layouts.other_version", nil))
		}
		return t.askCopyLayout(ctx, layoutArgs{ID: a.ID, Distributor: a.Distributor})
	}
	return t.changed(ctx, a, func() (storage.LayoutRecord, error) {
		made, _, err := t.Desk.CopyLayout(ctx, t.person.ID, a.ID, a.Distributor)
		return made, err
	})
}

// sameLayout is the distributor that gets a copy, and its layout in force that the
// copy would take the place of, nil for none.
func (t *turn) sameLayout(ctx context.Context, a layoutArgs) (storage.Distributor, *storage.LayoutRecord, error) {
	d, err := storage.DistributorByID(ctx, t.Store.Pool(), a.Distributor)
	if err != nil {
		return d, nil, err
	}
	r, err := storage.LayoutByID(ctx, t.Store.Pool(), a.ID)
	if err != nil {
		return d, nil, err
	}
	versions, err := storage.LayoutVersions(ctx, t.Store.Pool(), d.ID, r.Fingerprint)
	return d, inForceOf(versions), err
}

// copiedAlready: the layout in force is this person's copy of the same layout, made by
// a tap before.
func (t *turn) copiedAlready(a layoutArgs, has storage.LayoutRecord) bool {
	return has.ConfirmedBy != nil && *has.ConfirmedBy == t.person.ID && has.FromID != nil && *has.FromID == a.ID
}
