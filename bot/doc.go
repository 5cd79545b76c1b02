// Package bot is the Telegram door: it takes reports in from distributors, asks
// the analyst, sends managers their summaries and lets people in.
//
// In: updates come by long poll ([Bot.Run]) or webhook ([Bot.Webhook]); either
// way they are committed to the table tg_update, together with the offset, before
// Telegram may forget them. One process at a time polls, handles and sends (an
// advisory lock). The updates of a chat are handled one after another, chats side
// by side; an update that keeps failing is parked with its error.
//
// Out: rows of the outbox with the door "chat" are claimed one at a time, paced
// by token buckets and sent with go-telegram/bot. What Telegram took is recorded
// piece by piece. A message of which nobody knows whether it arrived is sent once
// more, marked. Cards and answers to taps go out at once, by the same buckets.
//
// Who may do what: a person is known by the Telegram id, never by a name; an
// invite is a deep link that works once; every tap is a row of the table button,
// and the right to it is checked when it is tapped. Strangers get one fixed line
// a day. Groups are not served: the bot is silent there.
//
// Analyst: one live card, edited in place, shows the question that ingest leased;
// answers carry the version of the question, so that a tap on an old card changes
// nothing. Package ingest decides and journals, this one shows and taps.
//
// It refuses: files over 20 MB (Telegram does not give them to bots), pictures of
// reports, edited messages (a report is never taken in twice).
//
// Sources: the Bot API documentation and the source of tdlib/telegram-bot-api.
package bot
