// Package world is the sample world of the demo and the tests: a manufacturer of
// 60 products in 5 brands, 8 distributors with 300 outlets, 14 months of primary
// and secondary sales, and the letters the distributors send about them, each in
// a layout of its own.
//
// It is made from a seed and a day, so that the same call gives the same bytes.
// The figures agree: for every distributor and product, opening stock + primary
// sales - secondary sales = closing stock, on every day.
package world
