//go:build race

package table

// raced tells that the race detector is on.
const raced = true
