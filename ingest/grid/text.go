package grid

func readText(b *budget, data []byte) (*File, error) { return nil, &ReadError{Code: CodeUnsupported} }
