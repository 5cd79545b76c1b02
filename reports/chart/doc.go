// Package chart draws figures of the cube as PNG pictures that are read on a
// phone: 1080 x 720 pixels, letters large enough at a third of that width.
//
// In go results of the cube and the words to write on the picture; out come the
// bytes of a PNG. It formats no text of its own and knows no database. Drawn by
// go-analyze/charts in DejaVu Sans, which has Cyrillic, Kazakh letters and the
// signs of the rouble and the tenge.
//
// It refuses a picture without a single figure: see [ErrEmpty].
package chart
