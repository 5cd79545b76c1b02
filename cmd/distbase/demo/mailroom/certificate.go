package mailroom

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/distbase/distbase/mailer/dovecot"
)

// identity is what the mailbox proves itself with.
type identity struct {
	authority []byte // PEM
	pair      tls.Certificate
}

// identity reads the certificate of an earlier start, or makes one where there is
// none that clients would take for another week.
func (d disk) identity() (identity, error) {
	id, err := d.readIdentity()
	if err == nil {
		return id, nil
	}
	made, err := dovecot.NewCertificate()
	if err != nil {
		return identity{}, fmt.Errorf("make certificate: %w", err)
	}
	for name, data := range map[string][]byte{"ca.pem": made.Authority, "server.pem": made.Chain, "server.key": made.Key} {
		if err := d.write(filepath.Join(string(d), name), data); err != nil {
			return identity{}, err
		}
	}
	return d.readIdentity()
}

func (d disk) readIdentity() (identity, error) {
	read := func(name string) (data []byte, err error) {
		if data, err = os.ReadFile(filepath.Join(string(d), name)); err != nil {
			return nil, fmt.Errorf("read certificate: %w", err)
		}
		return data, nil
	}
	authority, err := read("ca.pem")
	if err != nil {
		return identity{}, err
	}
	chain, err := read("server.pem")
	if err != nil {
		return identity{}, err
	}
	key, err := read("server.key")
	if err != nil {
		return identity{}, err
	}
	pair, err := tls.X509KeyPair(chain, key)
	if err != nil {
		return identity{}, fmt.Errorf("read certificate: %w", err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(authority) {
		return identity{}, errors.New("read certificate: ca.pem holds none")
	}
	// The clock of the clients counts here, not that of the demo.
	_, err = pair.Leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: "127.0.0.1", CurrentTime: time.Now().AddDate(0, 0, 7)})
	if err != nil {
		return identity{}, fmt.Errorf("read certificate: %w", err)
	}
	return identity{authority: authority, pair: pair}, nil
}
