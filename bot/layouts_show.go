package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/distbase/distbase/ingest"
	"github.com/distbase/distbase/ingest/table"
	"github.com/distbase/distbase/storage"
	"github.com/distbase/distbase/text"
)

// showLayout shows one layout and what can be done with it.
func (t *turn) showLayout(ctx context.Context, a layoutArgs) error {
	r, err := storage.LayoutByID(ctx, t.Store.Pool(), a.ID)
	if err != nil {
		return err
	}
	l, err := ingest.LayoutSpec(r)
	if err != nil {
		return err
	}
	versions, err := storage.LayoutVersions(ctx, t.Store.Pool(), r.DistributorID, r.Fingerprint)
	if err != nil {
		return err
	}
	html, err := t.layoutHTML(ctx, r, l)
	if err != nil {
		return err
	}
	if a.Line != "" {
		html = "✔ " + text.Escape(a.Line) + "\n\n" + html
	}
	k := t.keys()
	if err := t.layoutUndoKey(ctx, r, k); err != nil {
		return err
	}
	at := layoutArgs{ID: r.ID}
	if r.RetiredAt == nil {
		k.row(key{t.text("key.columns", nil), "lay.columns", at}, key{t.text("key.copy", nil), "lay.copy", at})
		k.row(key{t.text("key.retire", nil), "lay.retire", at})
	} else {
		k.row(t.restoreKey(r, versions), key{t.text("key.copy", nil), "lay.copy", at})
	}
	if len(versions) > 1 {
		k.row(key{t.text("key.versions", text.Data{"Count": len(versions)}), "lay.versions", at})
	}
	k.row(key{t.text("key.back", nil), "lay.list", layoutArgs{Distributor: r.DistributorID, Retired: inForceOf(versions) == nil}})
	if err := t.expect(ctx, expectation{}); err != nil { // a text is no search any more
		return err
	}
	return t.replace(ctx, html, k)
}

// inForceOf is the version in force, nil for none.
func inForceOf(versions []storage.LayoutRecord) *storage.LayoutRecord {
	for i := range versions {
		if versions[i].RetiredAt == nil {
			return &versions[i]
		}
	}
	return nil
}

// restoreKey brings a retired layout back, and says which version goes for it.
func (t *turn) restoreKey(r storage.LayoutRecord, versions []storage.LayoutRecord) key {
	a, data := layoutArgs{ID: r.ID}, text.Data{"Version": 0}
	if now := inForceOf(versions); now != nil {
		a.Instead, data["Version"] = now.ID, now.Version
	}
	return key{t.text("key.restore", data), "lay.restore", a}
}

// layoutUndoKey offers to take the newest change back.
func (t *turn) layoutUndoKey(ctx context.Context, r storage.LayoutRecord, k *keys) error {
	e, err := t.Desk.LayoutChange(ctx, r)
	if errors.Is(err, storage.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	k.row(key{t.text("key.undo_what", text.Data{"What": t.text("layouts.did."+strings.TrimPrefix(e.Action, "layout."), nil)}), "lay.undo", layoutArgs{ID: r.ID, Journal: e.ID}})
	return nil
}

// layoutName is what a layout is of and which version.
func (t *turn) layoutName(r storage.LayoutRecord, l table.Layout) string {
	return t.text("layouts.name", text.Data{"Kind": t.p.Text("kind."+string(l.Kind), nil), "Version": r.Version})
}

// layoutLine says how a layout came to be and when; where it is out of force, also
// since when and by whom.
func (t *turn) layoutLine(ctx context.Context, r storage.LayoutRecord) (string, error) {
	by, err := t.personName(ctx, r.ConfirmedBy)
	if err != nil {
		return "", err
	}
	out := t.html("layouts.origin."+r.Origin, nil) + " " + t.html("layouts.by", text.Data{"At": r.ConfirmedAt.In(t.zone()), "Name": by})
	if r.RetiredAt == nil {
		return out, nil
	}
	if by, err = t.personName(ctx, r.RetiredBy); err != nil {
		return "", err
	}
	return out + "\n" + t.html("layouts.retired", nil) + " " + t.html("layouts.by", text.Data{"At": r.RetiredAt.In(t.zone()), "Name": by}), nil
}

// personName is empty for distbase itself.
func (t *turn) personName(ctx context.Context, id *int64) (string, error) {
	if id == nil {
		return "", nil
	}
	p, err := storage.PersonByID(ctx, t.Store.Pool(), *id)
	return shorten(p.Name, phone/2), err
}

// layoutHTML tells a layout in words.
func (t *turn) layoutHTML(ctx context.Context, r storage.LayoutRecord, l table.Layout) (string, error) {
	d, err := storage.DistributorByID(ctx, t.Store.Pool(), r.DistributorID)
	if err != nil {
		return "", err
	}
	line, err := t.layoutLine(ctx, r)
	if err != nil {
		return "", err
	}
	lines := []string{t.html("layouts.head", text.Data{
		"Name": t.layoutName(r, l), "Retired": r.RetiredAt != nil, "Distributor": d.Name, "Title": shorten(l.Title, 2*phone), "Sheet": shorten(l.Sheet, phone),
	}), line}
	if r.Origin == storage.LayoutCopied && r.FromID != nil {
		from, err := storage.LayoutByID(ctx, t.Store.Pool(), *r.FromID)
		if err != nil {
			return "", err
		}
		owner, err := storage.DistributorByID(ctx, t.Store.Pool(), from.DistributorID)
		if err != nil {
			return "", err
		}
		lines = append(lines, t.html("layouts.from", text.Data{"Distributor": owner.Name}))
	}
	taken, left := t.layoutRolesInWords(l)
	lines = append(lines, "<pre>"+text.Escape(strings.Join(taken, "\n"))+"</pre>")
	if line := t.detailLine(l); line != "" {
		lines = append(lines, line)
	}
	if len(left) > 0 {
		lines = append(lines, t.html("layouts.left", text.Data{"Count": len(left), "Columns": shorten(strings.Join(left, ", "), 4*phone)}))
	}
	for _, s := range l.Splits {
		lines = append(lines, t.html("layouts.split", text.Data{"Percent": s.Percent, "From": s.From, "To": s.To, "Above": s.Above}))
	}
	if t.p.Has("bot.period_source." + l.Period) {
		lines = append(lines, t.html("layouts.period", text.Data{"Source": t.text("period_source."+l.Period, nil)}))
	}
	return strings.Join(lines, "\n"), nil
}

// layoutRolesInWords are the lines «role = title» of what a layout takes, and the
// titles that it leaves.
func (t *turn) layoutRolesInWords(l table.Layout) (taken, left []string) {
	for _, c := range ingest.LayoutColumns(l) {
		switch {
		case c.Index < 0:
			taken = append(taken, shorten(t.roleOr(c.Role)+" = "+strings.ToLower(t.columnName(c)), phone))
		case c.Role == "":
			left = append(left, t.columnName(c))
		default:
			taken = append(taken, shorten(t.role(string(c.Role))+" = "+t.columnName(c)+nth(l.Columns[c.Index]), phone))
		}
	}
	return taken, left
}

// nth tells columns of one title apart.
func nth(c table.LayoutColumn) string {
	if c.Nth < 2 {
		return ""
	}
	return " №" + strconv.Itoa(c.Nth)
}

// layoutVersions lists the versions of a layout.
func (t *turn) layoutVersions(ctx context.Context, a layoutArgs) error {
	r, err := storage.LayoutByID(ctx, t.Store.Pool(), a.ID)
	if err != nil {
		return err
	}
	all, err := storage.LayoutVersions(ctx, t.Store.Pool(), r.DistributorID, r.Fingerprint)
	if err != nil {
		return err
	}
	lines := []string{t.html("layouts.versions", text.Data{"Count": len(all)})}
	k := t.keys()
	for _, v := range page(all, a.Page) {
		line, err := t.layoutLine(ctx, v)
		if err != nil {
			return err
		}
		name := t.text("layouts.version", text.Data{"Version": v.Version, "InForce": v.RetiredAt == nil})
		lines = append(lines, "", "<b>"+text.Escape(name)+"</b>", line)
		k.row(key{name, "lay.show", layoutArgs{ID: v.ID}})
	}
	k.row(t.pageKeys(len(all), a.Page, "lay.versions", func(n int) any { b := a; b.Page = n; return b })...)
	k.row(key{t.text("key.back", nil), "lay.show", layoutArgs{ID: a.ID}})
	return t.replace(ctx, strings.Join(lines, "\n"), k)
}

// changedAt is when a layout went out of force, in the person's zone.
func (t *turn) changedAt(r storage.LayoutRecord) time.Time {
	if r.RetiredAt == nil {
		return r.ConfirmedAt.In(t.zone())
	}
	return r.RetiredAt.In(t.zone())
}
