// Package lines tells what every row of a sheet is: metadata above a table, heading,
// group, data, derived (totals and other sums), notes, or empty.
//
// In: the rows of a sheet as texts. Out: a [Label] a row with its probability.
//
// # Method
//
// A row is described by numbers that know no words of a trade and few of a language
// (feature.go): how it is filled, what its cells look like, where it stands between
// the first and the last row that look like data, what stands around it, whether its
// figures are the sums of rows above or below. Boosted trees (package boost) give the
// odds of the six labels; the likeliest sequence is found by Viterbi's algorithm with
// the odds of one label behind another, which are counted in the same lessons.
//
// The weights in model.bin are learned by
//
//	go run ./ingest/table/lines/learn SET.jsonl.gz
//
// from sheets whose rows people have labelled and from made-up print-outs of reports.
// The command prints the figures of cross-validation by file; for five folds of the
// 223 sheets of SAUS: macro-F1 0.962, heading F1 0.990, derived F1 0.878, and last row
// of the heading, first and last row of data all right in 0.780 of the sheets.
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
