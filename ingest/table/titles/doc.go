// Package titles tells what the title of a column means, of titles that nobody has
// written a rule for.
//
// In: a title, and in a few words what is known of it otherwise. Out: the roles of
// package table it may have, each with its probability; [None] where it means none of
// them.
//
// # Method
//
// A title is described by its words, pairs of neighbouring words, its first and last
// word, and the pieces of two to five letters in each word, with the beginnings of
// words apart (feature.go); the hints of the caller, what the rules of package table
// make of the title, are features too. Features share 8,192 buckets by their hash. The
// model is a multinomial logistic regression over 31 classes, trained by stochastic
// descent (AdaGrad), rounded to a byte a weight: 254 KB. In training a part of the words
// of every lesson is hidden by turns, so that hints and neighbours learn to stand alone
// and a title of unknown words leaves the model unsure.
//
// The weights in model.bin are learned by
//
//	go run ./ingest/table/titles/learn ../shared/corpus > ingest/table/titles/model.bin
//
// from four thousand titles written by hand (learn/lessons.tsv; Russian, Ukrainian,
// Kazakh, English, Spanish, Portuguese, names of fields in DBF and SAP; titles that mean
// none of ours), from what the program makes of them (cut words, units and VAT,
// slips of the pen, names of fields, a group's title over that of a measure), from the
// dictionary of layouts and the titles of the checked reports. The same lessons give
// the same bytes.
//
// F1 of roles over titles left out, with all titles of the same words:
//
//	left out                             titles  rules  learned alone  both
//	a title, others of its wording known   3744  0.641          0.793  0.838
//	a wording, none of its titles known    3960  0.651          0.433  0.629
//	a language, or the dictionary          4174  0.666          0.511  0.713
//	a checked report                        204  0.841          0.676  0.784
//
// Of a title left out the probability is off by 0.020 in the mean; 0.98 said is 0.97
// right. A wording without any known word cannot be guessed, and the model is then
// surer than it should be (off by 0.107): what it says is evidence beside the cells
// below, no more. The rules were written with the checked reports at hand, so their
// figure there says little.
//
// Read end to end with every title of a report hidden from the rules and from the
// lessons, «Номенклатура» and «Количество» too, roles of the 38 checked reports are told
// with F1 0.72 (precision 0.89, recall 0.60).
//
// Sources: Weinberger et al., Feature Hashing for Large Scale Multitask Learning (ICML
// 2009); Duchi, Hazan and Singer, Adaptive Subgradient Methods (JMLR 2011); Hulsebos et
// al., Sherlock: A Deep Learning Approach to Semantic Data Type Detection (KDD 2019) for
// the task.
//
// # What it refuses
//
// A title without letters or digits has no guesses.
package titles
