// Package mailer is the e-mail door: it takes letters in from IMAP mailboxes and
// sends what waits in the outbox for the door "mail".
//
// In: [Poller.Run] holds one connection a mailbox, lists what is new by UID,
// streams each letter once into a temporary file and commits, in one
// transaction, its bytes, the message, the job that will read it, the record of
// its UID and the mailbox's cursor. Only then the mailbox hears of it (a keyword,
// a move). A letter may therefore be fetched again after a crash, and is then
// told by its SHA-256; none is lost and none is taken twice.
//
// Out: [Sender.Run] claims one outbox row at a time, writes the letter (text and
// HTML out of Telegram's subset, files out of the blobs) and hands it to an SMTP
// server. The Message-ID is made of the row's dedup key, so that a letter that
// went out twice over a broken line can be told. Answers that could start a loop
// are cancelled ([Thread.MayAnswer]).
//
// Method: the library go-imap is kept behind the interface mailbox, since it is a
// beta and servers break the protocol in many ways. Neither ENVELOPE nor
// BODYSTRUCTURE is ever asked for: one that cannot be parsed ends the connection.
// Every command has a deadline that rolls with the bytes that arrive; every fetch
// compares the UID asked for with the UID that came.
//
// Sources: RFC 3501 and 9051 (IMAP), 2177 (IDLE), 4315 (UIDPLUS), 6851 (MOVE),
// 7628 (OAUTHBEARER), Google's and Microsoft's notes on XOAUTH2, 5321 and 5322,
// 3834 (automatic answers).
//
// Refused: a folder without UIDVALIDITY, plain text connections (SMTP on loopback
// excepted), letters over a limit (recorded and asked about), a move where the
// server could lose the letter by it.
package mailer
