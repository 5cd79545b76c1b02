package ooxmlcrypt

import (
	"encoding/base64"
	"encoding/xml"
	"strings"
)

// octets is an attribute of bytes; some writers break its lines.
type octets []byte

// UnmarshalXMLAttr decodes the attribute.
func (v *octets) UnmarshalXMLAttr(attr xml.Attr) error {
	out, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(attr.Value), ""))
	if err != nil {
		return errBroken
	}
	*v = out
	return nil
}
