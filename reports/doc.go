// Package reports sends managers what they need to steer secondary sales: daily,
// weekly and monthly summaries on schedule or asked for, as a short text for a
// phone with one picture and one workbook.
//
// [Service.Build] makes a [Summary] as of a moment: the month to date against
// the same days a month and a year ago, by distributor and by brand, who has not
// reported yet, how much money is not mapped. Every figure comes from
// reports/cube, asked in one read-only snapshot of the database, so that text,
// picture and workbook agree.
//
// What a summary speaks of:
//
//	daily    yesterday, and its month to date
//	weekly   the seven days up to yesterday, and the month to date
//	monthly  the month that ended last
//
// "The same days" of another month are the days of the same numbers; where the
// span ends with its month, the other one does too: 1 to 28 February is compared
// with the whole of January.
//
// [Service.Run] is the scheduler: the due time of every subscription stands in
// the database, a pass turns what is due into jobs, a job builds the summary and
// puts it into the outbox. The delivery of a due time is a row with a primary key
// of its own, written in the transaction of the outbox row: a summary is sent
// once, whatever restarts. Times that passed while nothing ran are served once,
// the last of them, late.
//
// It refuses nothing for the sake of a picture or a file: what could not be made
// or is too large is left out, and the text and the delivery say so.
package reports
