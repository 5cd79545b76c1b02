// Package post is the post office of the demo, all on loopback and in this
// process: the company's mailbox, which distbase polls by IMAP over TLS; the
// server it sends answers through by SMTP; and a view of the letters, in which
// one can also write as a distributor does.
//
// In: letters by [Office.Deliver], by SMTP, by the form of the view. Out: IMAP,
// [Office.Letters], and [Office.View], HTML fragments for the page of the demo.
//
// Every letter is a file in the folder, numbered in the order of arrival. IMAP
// serves the incoming ones from memory (go-imap's imapmemserver), filled at each
// start in the same order, so that UIDs stay what they were. Nothing is ever
// removed.
//
// What letters say is hostile: it leaves through html/template only, files as
// downloads.
package post
