package mailer

import "fmt"

// xoauth2 is the client's side of XOAUTH2, which go-sasl does not have.
type xoauth2 struct {
	user  string
	token Secret
}

// Start gives the whole of it in the initial response.
func (x *xoauth2) Start() (mech string, initial []byte, err error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token.Reveal() + "\x01\x01"), nil
}

// Next is called only when the token was refused: the challenge says why. An
// empty answer, as the protocol wants, would be written as "=", which servers
// take for broken base64; the connection is ended instead.
func (x *xoauth2) Next(challenge []byte) ([]byte, error) {
	return nil, &tokenRefusedError{Answer: string(challenge)}
}

// tokenRefusedError carries the server's JSON about a refused token.
type tokenRefusedError struct{ Answer string }

func (e *tokenRefusedError) Error() string { return fmt.Sprintf("token refused: %.300q", e.Answer) }
