// Package tgemu is an emulator of the Telegram Bot API: an [http.Handler] that
// stands in for api.telegram.org in tests (under httptest) and in the demo,
// which shows its chats in the browser.
//
// In: Bot API calls at /bot<token>/<method> (GET or POST; query, urlencoded,
// JSON or multipart, chunked too), file downloads at /file/bot<token>/<path>;
// from the other side people, played by the Go methods of [Emulator], by the
// control API /sim or by the page at "/". Out: updates by long poll or webhook,
// and what a person would see, by [Emulator.Messages] and [Emulator.Wait].
//
// It is as strict as the original: texts, captions, callback data, keyboards,
// albums and files are held to the documented limits, markup is parsed and
// refused with byte offsets, a callback query is answered once and in time, a
// person who has not pressed /start cannot be written to. Every refusal stands
// in one table (problem.go) with its source. The clock is the caller's and can
// be advanced; [Emulator.Fault] makes calls fail in the ways networks do.
//
// Methods that bots of other kinds use (payments, stickers, inline mode, the
// legacy Markdown, ...) are refused with 404 and counted in
// [Emulator.Unsupported], so that a test can insist that there were none.
//
// Sources: the Bot API documentation, the source of tdlib/telegram-bot-api
// (Client.cpp) and of TDLib's MessageEntity.cpp for behaviour and texts.
//
// With [Options].Persist the state survives in one file, written whole and
// renamed before a call is answered; files lie beside it by their SHA-256. The
// page and /sim answer to loopback only.
package tgemu
