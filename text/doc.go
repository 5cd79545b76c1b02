// Package text holds everything people read: the message catalogues in
// Russian (the default) and English, plural rules, and the formats of numbers
// and dates. It knows nothing of the rest of distbase.
//
// A catalogue is catalog/ROOM.LANG.toml: tables of keys, each a template of
// text/template. A key is ROOM.name, or deeper. Templates may use
//
//	{{num .Rows}}                     1 240
//	{{plural .Rows "строка" "строки" "строк"}}   two forms in English
//	{{money .Amount}}                 3 812 400,50 ₽
//	{{percent .Share}}                97,4 %   (a share of 1)
//	{{date .Day}}                     01.03.2026
//	{{period .From .To}}              01–31.07.2026, июль 2026
//	{{size .Bytes}}                   1,2 МБ
//
// [Printer.Text] gives plain text; [Printer.HTML] the same for Telegram's HTML,
// with every argument escaped. Both catalogues have the same keys: a test sees
// to it.
package text
