// Package mailroom is a post office on loopback, all in one process: the stand-in
// for the mail servers around distbase. It plays the company's mailbox, polled by
// IMAP over TLS; the server that takes what distbase sends by SMTP; and the mail
// programs of the people at the other end, as HTML fragments for a panel.
//
// In: letters by [Mailroom.Deliver], by SMTP, by IMAP APPEND and by the panel's
// form. Out: IMAP, [Mailroom.Letters] and [Mailroom.Panel].
//
// Method: a letter is one file, index.json says what became of each: its folders
// with their UIDs and flags, and whether it was opened in the panel. Every change
// is made on a copy of the index, written by rename and only then shown to
// anybody, so that no client ever saw a UID that a restart could give away again.
// UIDVALIDITY begins at the time of the first start: a folder that was thrown away
// is never taken for its successor. The index is written whole at every change,
// which is right for the hundreds of letters of a demo and wrong for a mail server.
//
// IMAP is go-imap's imapserver with a store of ours, since its imapmemserver keeps
// nothing; a session that goes idle hears of what came just before, too. A letter
// that leaves all folders stays in the panel.
//
// Sources: RFC 3501 (IMAP), 2177 (IDLE), 4315 (UIDPLUS), 6851 (MOVE), 5321 (SMTP),
// 5322 (threads by In-Reply-To and References).
//
// Refused: plain IMAP, letters over 64 MB or without any content, SEARCH in the
// texts of letters, everything that does not come from this machine. SMTP takes
// letters without a login. What letters say is hostile: it leaves through
// html/template only, and files as downloads.
package mailroom
