package grid

func readZip(b *budget, data []byte, depth int) (*File, error) {
	return nil, &ReadError{Code: CodeUnsupported}
}
func readGzip(b *budget, name string, data []byte, depth int) (*File, error) {
	return nil, &ReadError{Code: CodeUnsupported}
}
