// Package boost grows gradient-boosted regression trees that order lists, and
// applies them.
//
// In: lists of rows of numbers, of each list at most one row that is right. Out:
// a Model, a score a row. Within a list the scores are those of a softmax over its
// rows and one more, the null row, whose score is fixed at 0: it is right where no
// row of the list is, so that a score means something by itself too.
//
// # Method
//
// Friedman 2001 (gradient boosting) with second-order leaves, histograms of at most
// 64 bins a feature and growth of the best leaf first (Chen & Guestrin 2016, Ke et
// al. 2017); the loss is the listwise cross entropy (Cao et al. 2007, ListNet top
// one). Missing values (NaN) go where the loss is least. The same rows, settings
// and seed give the same model.
//
// Classes tells rows of a fixed number of classes apart. Its trees have a value a class
// in every leaf, so that one walk serves all classes; the loss is the cross entropy, and
// rows that are told already are seldom looked at again (Ke et al. 2017, GOSS). Missing
// values go with the small ones.
//
// # What it refuses
//
// Rows of different length, and lessons of a class that is not.
package boost
