package grid

// Words for what a file is that is read.
const (
	formatXLSX      = "xlsx"
	formatXLSB      = "xlsb"
	formatXLS       = "xls"
	formatEncrypted = "xlsx_encrypted"
	formatODS       = "ods"
	formatFODS      = "fods"
	formatSXC       = "sxc"
	formatXMLSS     = "xmlss"
	formatSLK       = "slk"
	formatDIF       = "dif"
	formatDBF       = "dbf"
	formatText      = "csv"
	formatHTML      = "html"
	formatMHT       = "mht"
	formatPDF       = "pdf"
	formatDocx      = "docx"
	formatRTF       = "rtf"
	formatMXL       = "mxl"
)

// Words for what is not.
const (
	formatEmpty   = "empty"
	formatBinary  = "binary"
	formatNumbers = "numbers"
	formatPages   = "pages"
	formatSlides  = "ppt"
)
