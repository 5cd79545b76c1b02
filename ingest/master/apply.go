package master

import (
	"context"
	"errors"
	"net/mail"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/distbase/distbase/storage"
)

// importer is one import under way, with the codes that lines may refer to.
type importer struct {
	ctx          context.Context //nolint:containedctx // lives as long as one Import call
	tx           pgx.Tx
	distributors map[string]int64
	products     map[string]int64
	reps         map[string]int64
	channels     map[string]int64
	parents      map[string]string // channel code -> parent code, tied at the end
	primary      []storage.PrimarySale
}

func (im *importer) load() error {
	im.distributors, im.products = make(map[string]int64), make(map[string]int64)
	im.reps, im.channels, im.parents = make(map[string]int64), make(map[string]int64), make(map[string]string)
	distributors, err := storage.Distributors(im.ctx, im.tx)
	if err != nil {
		return err
	}
	for _, d := range distributors {
		im.distributors[d.Code] = d.ID
	}
	products, err := storage.Products(im.ctx, im.tx)
	if err != nil {
		return err
	}
	for _, p := range products {
		im.products[p.Code] = p.ID
	}
	reps, err := storage.Reps(im.ctx, im.tx)
	if err != nil {
		return err
	}
	for _, r := range reps {
		im.reps[r.Code] = r.ID
	}
	channels, err := storage.Channels(im.ctx, im.tx)
	if err != nil {
		return err
	}
	for _, c := range channels {
		im.channels[c.Code] = c.ID
	}
	return nil
}

// finish writes what needs the whole file: the tree of channels, and primary
// sales, which replace whole days.
func (im *importer) finish() error {
	if err := im.tieChannels(); err != nil {
		return err
	}
	if len(im.primary) == 0 {
		return nil
	}
	return storage.ReplacePrimary(im.ctx, im.tx, im.primary)
}

func applyProduct(im *importer, l line) error {
	code, err := l.needed("code")
	if err != nil {
		return err
	}
	p := storage.Product{
		Code: code, Barcode: l.text("barcode"), CaseBarcode: l.text("case_barcode"), Brand: l.text("brand"),
		Category: l.text("category"), Unit: l.text("unit"),
	}
	if p.Name, err = l.needed("name"); err != nil {
		return err
	}
	for _, other := range strings.FieldsFunc(l.text("other_names"), func(r rune) bool { return r == ';' || r == '|' || r == '\n' }) {
		if other = strings.TrimSpace(other); other != "" {
			p.OtherNames = append(p.OtherNames, other)
		}
	}
	if p.Pack, err = l.positive("pack"); err != nil {
		return err
	}
	if p.Weight, err = l.positive("weight"); err != nil {
		return err
	}
	if p.Price, err = l.number("price"); err != nil {
		return err
	}
	if p.Active, err = l.yes("active", true); err != nil {
		return err
	}
	im.products[code], err = storage.UpsertProduct(im.ctx, im.tx, p)
	return err
}

func applyDistributor(im *importer, l line) error {
	code, err := l.needed("code")
	if err != nil {
		return err
	}
	name, err := l.needed("name")
	if err != nil {
		return err
	}
	emails, err := emailsOf(l)
	if err != nil {
		return err
	}
	telegram := l.text("telegram")
	if n, err := strconv.ParseInt(telegram, 10, 64); telegram != "" && (err != nil || n <= 0) {
		return l.refuse("telegram", "no_telegram")
	}
	calendar := strings.ToLower(l.text("calendar"))
	if calendar != "" && !validCalendar(calendar) {
		return l.refuse("calendar", "no_calendar")
	}
	id, err := storage.UpsertDistributor(im.ctx, im.tx, storage.Distributor{
		Code: code, Name: name, INN: l.text("inn"), Region: l.text("region"), Calendar: calendar, Active: true,
	})
	if err != nil {
		return err
	}
	im.distributors[code] = id
	for _, e := range emails {
		if err := im.contact(l, "emails", id, storage.DoorMail, e); err != nil {
			return err
		}
	}
	if telegram != "" {
		return im.contact(l, "telegram", id, storage.DoorChat, telegram)
	}
	return nil
}

// emailsOf reads the addresses of a line.
func emailsOf(l line) ([]string, error) {
	all := strings.FieldsFunc(l.text("emails"), func(r rune) bool { return r == ' ' || r == ',' || r == ';' })
	for _, e := range all {
		if a, err := mail.ParseAddress(e); err != nil || a.Address != e {
			return nil, l.refuse("emails", "no_email")
		}
	}
	return all, nil
}

func (im *importer) contact(l line, column string, id int64, door, address string) error {
	err := storage.AddContact(im.ctx, im.tx, id, door, address, nil)
	var taken *storage.ContactTakenError
	if errors.As(err, &taken) {
		return l.refuse(column, "contact_taken")
	}
	return err
}

// validCalendar accepts daily, weekly:mon and monthly:3, each with or without a
// time of day.
func validCalendar(s string) bool {
	rule, clock, timed := strings.Cut(s, " ")
	if timed {
		hour, minute, ok := strings.Cut(clock, ":")
		h, err1 := strconv.Atoi(hour)
		m, err2 := strconv.Atoi(minute)
		if !ok || err1 != nil || err2 != nil || h < 0 || h > 23 || m < 0 || m > 59 {
			return false
		}
	}
	unit, arg, _ := strings.Cut(rule, ":")
	switch unit {
	case "daily":
		return arg == ""
	case "weekly":
		return len(arg) == 3 && strings.Contains("mon tue wed thu fri sat sun", arg)
	case "monthly":
		n, err := strconv.Atoi(arg)
		return err == nil && n >= 1 && n <= 28
	}
	return false
}

func applyRep(im *importer, l line) error {
	code, err := l.needed("code")
	if err != nil {
		return err
	}
	name, err := l.needed("name")
	if err != nil {
		return err
	}
	im.reps[code], err = storage.UpsertRep(im.ctx, im.tx, storage.Rep{
		Code: code, Name: name, Manager: l.text("manager"), Department: l.text("department"), Region: l.text("region"),
	})
	return err
}

func applyChannel(im *importer, l line) error {
	code, err := l.needed("code")
	if err != nil {
		return err
	}
	name, err := l.needed("name")
	if err != nil {
		return err
	}
	if parent := l.text("parent"); parent != "" {
		if parent == code {
			return l.refuse("parent", "own_parent")
		}
		im.parents[code] = parent
	}
	im.channels[code], err = storage.UpsertChannel(im.ctx, im.tx, storage.Channel{Code: code, Name: name})
	return err
}

// tieChannels comes last, since a parent may stand below its child.
func (im *importer) tieChannels() error {
	all, err := storage.Channels(im.ctx, im.tx)
	if err != nil {
		return err
	}
	for _, c := range all {
		parent, ok := im.parents[c.Code]
		if !ok {
			continue
		}
		id, known := im.channels[parent]
		if !known {
			return &Refusal{Column: "parent", Key: "unknown_code", Found: parent}
		}
		c.ParentID = &id
		if _, err := storage.UpsertChannel(im.ctx, im.tx, c); err != nil {
			return err
		}
	}
	return nil
}

// reference looks a code up that another import must have brought; blank is nil.
func (l line) reference(column string, codes map[string]int64) (*int64, error) {
	code := l.text(column)
	if code == "" {
		return nil, nil
	}
	id, ok := codes[code]
	if !ok {
		return nil, l.refuse(column, "unknown_code")
	}
	return &id, nil
}

func applyOutlet(im *importer, l line) error {
	code, err := l.needed("code")
	if err != nil {
		return err
	}
	o := storage.Outlet{
		Code: code, LegalName: l.text("legal_name"), INN: l.text("inn"), Address: l.text("address"),
		City: l.text("city"), Region: l.text("region"), Chain: l.text("chain"),
	}
	if o.Name, err = l.needed("name"); err != nil {
		return err
	}
	if o.ChannelID, err = l.reference("channel", im.channels); err != nil {
		return err
	}
	service := storage.Service{}
	if service.RepID, err = l.reference("rep", im.reps); err != nil {
		return err
	}
	distributor, err := l.reference("distributor", im.distributors)
	if err != nil {
		return err
	}
	if service.From, err = l.day("from"); err != nil {
		return err
	}
	if service.To, err = l.day("to"); err != nil {
		return err
	}
	if !service.To.IsZero() {
		service.To = service.To.AddDate(0, 0, 1) // the file's last day is the last day of service
		if !service.To.After(service.From) {
			return l.refuse("to", "ends_before")
		}
	}
	if service.OutletID, err = storage.UpsertOutlet(im.ctx, im.tx, o); err != nil || distributor == nil {
		return err
	}
	service.DistributorID = *distributor
	if service.From.IsZero() {
		service.From = beginning()
	}
	return storage.SetService(im.ctx, im.tx, service)
}

func applyPrimary(im *importer, l line) error {
	var sale storage.PrimarySale
	if _, err := l.needed("date"); err != nil {
		return err
	}
	var err error
	if sale.Day, err = l.day("date"); err != nil {
		return err
	}
	for column, to := range map[string]*int64{"distributor": &sale.DistributorID, "product": &sale.ProductID} {
		if _, err := l.needed(column); err != nil {
			return err
		}
		codes := im.distributors
		if column == "product" {
			codes = im.products
		}
		id, err := l.reference(column, codes)
		if err != nil {
			return err
		}
		*to = *id
	}
	quantity, err := l.number("quantity")
	if err != nil {
		return err
	}
	amount, err := l.number("amount")
	if err != nil {
		return err
	}
	if !quantity.Valid {
		return l.refuse("quantity", "blank")
	}
	if !amount.Valid {
		return l.refuse("amount", "blank")
	}
	sale.Quantity, sale.Amount, sale.Document = quantity.Decimal, amount.Decimal, l.text("document")
	im.primary = append(im.primary, sale)
	return nil
}
