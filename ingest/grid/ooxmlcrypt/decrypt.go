package ooxmlcrypt

import (
	"bytes"
	"encoding/binary"
	"errors"
	"unicode/utf16"

	"github.com/distbase/distbase/ingest/grid/internal/cfb"
	"github.com/distbase/distbase/ingest/grid/sheet"
)

// defaultPassword is what Excel encrypts with where only changes are forbidden
// (MS-OFFCRYPTO 2.4.2.3).
const defaultPassword = "VelvetSweatshop"

// Errors inside the package; Decrypt gives them their code.
var (
	errPassword = errors.New("wrong password")
	errBroken   = errors.New("the description of the encryption is damaged")
	errUnknown  = errors.New("unknown cipher or hash")
)

// scheme is one way of encryption with the parameters of a file.
type scheme interface {
	// open gives the archive, enciphered after its size. It fails with
	// errPassword, or with the error of the read.
	open(b *sheet.Budget, password []byte, size int, body []byte) ([]byte, error)
}

// Decrypt gives the archive inside an encrypted file. Errors are of code encrypted
// where the password is wrong or missing (Found "wrong_password" or "xlsx") and
// where rights management holds the key (Found "rights"), unsupported for a way of
// encryption that is not known, broken else.
func Decrypt(b *sheet.Budget, data []byte) ([]byte, error) {
	body, err := stream(b, data, "EncryptedPackage")
	if err != nil {
		return nil, err
	}
	if len(body) < 8 {
		return nil, &sheet.ReadError{Code: sheet.CodeBroken, Expected: "encrypted_package"}
	}
	info, err := stream(b, data, "EncryptionInfo")
	if err != nil {
		return nil, err
	}
	if info == nil {
		return nil, &sheet.ReadError{Code: sheet.CodeEncrypted, Found: "rights"}
	}
	s, err := schemeOf(info)
	if err != nil {
		return nil, coded(err)
	}
	size := int(min(binary.LittleEndian.Uint64(body), uint64(len(body)-8)))
	passwords := []string{defaultPassword}
	if p := b.Options.Password; p != "" && p != defaultPassword {
		passwords = append(passwords, p)
	}
	for _, password := range passwords {
		plain, err := s.open(b, utf16le(password), size, body[8:])
		if !errors.Is(err, errPassword) {
			return plain, coded(err)
		}
	}
	if b.Options.Password == "" {
		return nil, &sheet.ReadError{Code: sheet.CodeEncrypted, Found: "xlsx"}
	}
	return nil, &sheet.ReadError{Code: sheet.CodeEncrypted, Found: "wrong_password"}
}

// stream reads a stream; nil where there is none.
func stream(b *sheet.Budget, data []byte, name string) ([]byte, error) {
	f, ok := cfb.Open(data)
	if !ok {
		return nil, nil
	}
	e, ok := f.Root().Stream(name)
	if !ok {
		e, ok = f.Stream(name)
	}
	if !ok {
		return nil, nil
	}
	content, _ := e.Content()
	return content, b.SpendBytes(int64(len(content)))
}

// schemeOf reads the version at the head of the description (MS-OFFCRYPTO 2.3.4.5,
// 2.3.4.10).
func schemeOf(info []byte) (scheme, error) {
	if len(info) < 8 {
		return nil, errBroken
	}
	major, minor := binary.LittleEndian.Uint16(info), binary.LittleEndian.Uint16(info[2:])
	switch {
	case minor == 4 && major == 4:
		return readAgile(bytes.TrimRight(info[8:], "\x00 "))
	case minor == 2 && major >= 2 && major <= 4:
		return readStandard(info[8:])
	}
	return nil, errUnknown
}

func coded(err error) error {
	switch {
	case errors.Is(err, errBroken):
		return &sheet.ReadError{Code: sheet.CodeBroken, Expected: "encryption_info", Err: err}
	case errors.Is(err, errUnknown):
		return &sheet.ReadError{Code: sheet.CodeUnsupported, Found: "encryption", Err: err}
	}
	return err
}

func utf16le(s string) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}
