// Package dovecot runs a private Dovecot on loopback: IMAP with TLS and STARTTLS,
// LMTP for delivery, passwords and OAuth tokens. The demo shows its mailboxes and
// the tests of the mail door talk to it. It is no mail server for production:
// every user name is let in with one password.
//
// In: a directory and, if Dovecot is not installed in the usual place, nothing
// ([ErrNotInstalled]). Out: addresses, a certificate authority, deliveries.
//
// Method: the server runs in the foreground as a child in a process group of its
// own and ends with [Server.Stop] or with this process. As root it keeps mail as
// Debian's user mail; else everything runs as the caller.
package dovecot
