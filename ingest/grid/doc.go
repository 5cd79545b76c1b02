// Package grid turns the bytes of a file into grids of cells.
//
// In: the bytes of one file as it came. Out: its sheets, each a sparse list of
// rows of typed cells that keep the text the source shows beside the value.
package grid
