package mailer

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"

	"github.com/distbase/distbase/text"
)

// ProblemKind says what is wrong with a mailbox or server, as far as somebody can
// mend it.
type ProblemKind string

// The kinds of problems; each has a sentence in the catalogues.
const (
	ProblemUnreachable ProblemKind = "unreachable" // no such host, refused, no answer
	ProblemCertificate ProblemKind = "certificate" // the server's certificate is not trusted
	ProblemTLS         ProblemKind = "tls"         // no TLS is to be had
	ProblemLogin       ProblemKind = "login"       // user, password or token refused
	ProblemToken       ProblemKind = "token"       // no access token from the OAuth server
	ProblemFolder      ProblemKind = "folder"      // no such folder
	ProblemUnsafe      ProblemKind = "unsafe"      // the server lacks what is needed to lose nothing
	ProblemBusy        ProblemKind = "busy"        // the server asks to come later
	ProblemSender      ProblemKind = "sender"      // the From address is not accepted
	ProblemProtocol    ProblemKind = "protocol"    // anything else
)

// Problem is what is wrong with a mailbox or server.
type Problem struct {
	Kind   ProblemKind
	Target string // the server, without secrets
	Err    error
}

func (p *Problem) Error() string { return fmt.Sprintf("%s: %s: %v", p.Target, p.Kind, p.Err) }

// Unwrap is the cause.
func (p *Problem) Unwrap() error { return p.Err }

// Sentence says what is wrong and what to do.
func (p *Problem) Sentence(printer *text.Printer) string {
	return printer.Text("mailer.check."+string(p.Kind), text.Data{"Target": p.Target, "Error": p.Err.Error()})
}

// kindOf is the kind of a problem, ProblemProtocol for any other error.
func kindOf(err error) ProblemKind {
	var p *Problem
	if errors.As(err, &p) {
		return p.Kind
	}
	if isBusy(err) {
		return ProblemBusy
	}
	if errors.Is(err, errSilent) {
		return ProblemUnreachable
	}
	return ProblemProtocol
}

func connectKind(err error) ProblemKind {
	var (
		unknown  x509.UnknownAuthorityError
		invalid  x509.CertificateInvalidError
		hostname x509.HostnameError
		refused  *imap.Error
		network  net.Error
	)
	switch {
	case errors.As(err, &unknown), errors.As(err, &invalid), errors.As(err, &hostname):
		return ProblemCertificate
	case isBusy(err):
		return ProblemBusy
	case errors.Is(err, errSilent), errors.As(err, &network) && network.Timeout():
		return ProblemUnreachable
	case errors.As(err, &refused):
		return ProblemTLS
	}
	return ProblemProtocol
}

func loginKind(err error) ProblemKind {
	var (
		refused *imap.Error
		token   *tokenRefusedError
		bearer  *sasl.OAuthBearerError
	)
	switch {
	case isBusy(err), errors.As(err, &refused) && refused.Code == imap.ResponseCodeUnavailable:
		return ProblemBusy
	case errors.As(err, &refused), errors.As(err, &token), errors.As(err, &bearer):
		return ProblemLogin
	case errors.Is(err, errNoToken):
		return ProblemToken
	case errors.Is(err, errSilent):
		return ProblemUnreachable
	}
	return ProblemProtocol
}

// isBusy tells answers that mean "later": the letter is not to blame.
func isBusy(err error) bool {
	var e *imap.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code {
	case "THROTTLED", imap.ResponseCodeInUse, imap.ResponseCodeLimit:
		return true
	}
	return e.Type == imap.StatusResponseTypeBye
}
