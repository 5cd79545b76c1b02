// Package lines tells what every row of a sheet is: metadata above a table, heading,
// group, data, derived (totals and other sums), notes, or empty.
//
// In: the rows of a sheet as texts. Out: a [Label] a row with its probability.
//
// # Method
//
// A row is described by numbers that know no words of a trade and few of a language
// (feature.go): how it is filled, what its cells look like and how often rows of the
// table look so, where it stands between the first and the last row that look like data,
// what stands around it. Its figures are held against those of their columns
// (figures.go): whether they are the sums of figures below or above or parts of one, how
// far from the mean of those that follow, since the row of a whole is near it in every
// column; columns of codes (codes.go) are none of these. Boosted trees (boost.Classes)
// give the odds of the six labels; the likeliest sequence is found by Viterbi's algorithm
// with the odds of one label behind another, which are counted in the same lessons. Rows
// down to the first data weigh more in training, as they decide where a table begins.
//
// The weights in model.bin are learned by
//
//	go run ./ingest/table/lines/learn SET.jsonl.gz
//
// from sheets whose rows people have labelled and from made-up print-outs of reports and
// lists of sales; without these, lists of mostly text were told to hold no data at all.
// The command prints the figures of cross-validation by file, for several ways to deal
// the files into five folds, and those of the weights on their own lessons, which say
// only how far they have learned these by heart. For the 223 sheets of SAUS:
//
//	                                        left out         own lessons
//	macro-F1                                0.965 ± 0.003    0.991
//	heading F1                              0.985 ± 0.001    0.997
//	last row of the heading, first and
//	last row of data all right, of sheets   0.808 ± 0.007    0.960
//
// (mean and standard deviation over four deals; four others, by which no setting was
// chosen, give 0.965 ± 0.001, 0.987 ± 0.004 and 0.817 ± 0.008). What is left is mostly the first row of
// data: whether the first figures of a table are a sum of what follows or a row among
// others, which people judge one way in one sheet and another way in the next. Smaller
// trees learn less by heart, but tell sheets left out worse too: of 100 trees, those of 5
// leaves have 0.749 left out and 0.825 of their own lessons, those of 10 have 0.794 and
// 0.955. To read for the line at which data most probably begin, instead of the
// likeliest sequence, is no better.
//
// Sources: Koci et al., A Machine Learning Approach for Layout Inference in
// Spreadsheets (KDIR 2016); Adelfio and Samet, Schema Extraction for Tabular Data on
// the Web (VLDB 2013); Jiang, Vitagliano and Naumann, Structure Detection in Verbose
// CSV Files (EDBT 2021).
//
// # What it refuses
//
// Nothing: a sheet without a table gets labels all the same.
package lines
