package table

// Role is what a column, or a value of a group row or of a cross-tab heading, means.
type Role string

// The roles. Client is the buyer named, Outlet the place delivered to where the
// report tells both; StockQty is the closing or present stock.
const (
	Date          Role = "date"
	DocNo         Role = "doc_no"
	Client        Role = "client"
	ClientCode    Role = "client_code"
	ClientAddress Role = "client_address"
	ClientINN     Role = "client_inn"
	Outlet        Role = "outlet"
	OutletCode    Role = "outlet_code"
	OutletAddress Role = "outlet_address"
	Product       Role = "product"
	ProductCode   Role = "product_code"
	Barcode       Role = "barcode"
	Brand         Role = "brand"
	Category      Role = "category"
	Unit          Role = "unit"
	Quantity      Role = "quantity"
	Price         Role = "price"
	Amount        Role = "amount"
	VAT           Role = "vat"
	Discount      Role = "discount"
	OpeningQty    Role = "opening_qty"
	ReceivedQty   Role = "received_qty"
	ShippedQty    Role = "shipped_qty"
	StockQty      Role = "stock_qty"
	StockAmount   Role = "stock_amount"
	SalesRep      Role = "sales_rep"
	Region        Role = "region"
	City          Role = "city"
	Channel       Role = "channel"
	Warehouse     Role = "warehouse"
)

// Roles lists every role in the order in which they are printed.
func Roles() []Role {
	return []Role{Date, DocNo, Client, ClientCode, ClientAddress, ClientINN, Outlet, OutletCode, OutletAddress,
		Product, ProductCode, Barcode, Brand, Category, Unit, Quantity, Price, Amount, VAT, Discount,
		OpeningQty, ReceivedQty, ShippedQty, StockQty, StockAmount, SalesRep, Region, City, Channel, Warehouse}
}

// IsNumber says whether the values of the role are decimals.
func (r Role) IsNumber() bool {
	switch r {
	case Price, VAT, Discount:
		return true
	}
	return r.IsSummed()
}

// IsSummed says whether the role is a measure that adds up over records.
func (r Role) IsSummed() bool {
	switch r {
	case Quantity, Amount, OpeningQty, ReceivedQty, ShippedQty, StockQty, StockAmount:
		return true
	}
	return false
}

// Kind is what a table reports.
type Kind string

// The kinds. Movement has opening, in, out and closing; stock a balance only.
const (
	Sales     Kind = "sales"
	Stock     Kind = "stock"
	Movement  Kind = "movement"
	Returns   Kind = "returns"
	Receipts  Kind = "receipts"
	Orders    Kind = "orders"
	Pricelist Kind = "pricelist"
	Clients   Kind = "clients"
	Catalogue Kind = "catalogue"
	Other     Kind = "other"
	None      Kind = "none"
)
