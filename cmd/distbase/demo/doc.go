// Package demo runs distbase with everything it needs on this machine: the real
// service on a private PostgreSQL, an emulated Telegram and a post office on
// loopback, and the sample world, whose letters arrive while one looks on.
//
// In: a folder, which keeps everything between starts. Out: one address, of a page
// with the chats of a distributor, the analyst and a manager, and the letters.
//
// The first start lays in the past: reports of four months go through the mailbox,
// and the questions about them are answered, but for a few names. Then people are
// let in, the manager gets a summary, and the letters of this month arrive one by
// one. A start that was cut short goes on where it ended.
package demo
