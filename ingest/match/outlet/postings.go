package outlet

import (
	"math/bits"
	"slices"
)

// postings is a multimap from 32-bit keys to 32-bit values in 8 bytes a pair:
// buckets of sorted key<<32|value. A key is a hash: values of another key that
// hashes alike come along and are for the caller to refuse.
type postings struct {
	buckets [][]uint64
	shift   uint
	size    int
}

// perBucket is how many pairs a bucket is laid out for.
const perBucket = 256

// newPostings lays a multimap out for about n pairs; it holds more, only slower.
func newPostings(n int) *postings {
	b := min(max(bits.Len(uint(n/perBucket)), 4), 20)
	return &postings{buckets: make([][]uint64, 1<<b), shift: uint(32 - b)}
}

// fill adds many pairs at once and is for an empty multimap.
func (p *postings) fill(pairs []uint64) {
	counts := make([]int32, len(p.buckets))
	for _, x := range pairs {
		counts[uint32(x>>32)>>p.shift]++
	}
	for i, n := range counts {
		if n > 0 {
			p.buckets[i] = make([]uint64, 0, n+n/16+1)
		}
	}
	for _, x := range pairs {
		b := uint32(x>>32) >> p.shift
		p.buckets[b] = append(p.buckets[b], x)
	}
	for i, b := range p.buckets {
		slices.Sort(b)
		p.buckets[i] = slices.Compact(b)
		p.size += len(p.buckets[i])
	}
}

func (p *postings) add(key, value uint32) {
	x := uint64(key)<<32 | uint64(value)
	b := key >> p.shift
	if i, found := slices.BinarySearch(p.buckets[b], x); !found {
		p.buckets[b] = slices.Insert(p.buckets[b], i, x)
		p.size++
	}
}

func (p *postings) remove(key, value uint32) {
	b := key >> p.shift
	if i, found := slices.BinarySearch(p.buckets[b], uint64(key)<<32|uint64(value)); found {
		p.buckets[b] = slices.Delete(p.buckets[b], i, i+1)
		p.size--
	}
}

// of gives the pairs of a key; the values are their lower halves, ascending.
func (p *postings) of(key uint32) []uint64 {
	b := p.buckets[key>>p.shift]
	from, _ := slices.BinarySearch(b, uint64(key)<<32)
	rest := b[from:]
	if len(rest) == 0 || uint32(rest[0]>>32) != key {
		return nil
	}
	if n := 16; len(rest) <= n || uint32(rest[n]>>32) != key { // most lists are short
		to := 1
		for to < len(rest) && uint32(rest[to]>>32) == key {
			to++
		}
		return rest[:to]
	}
	to, _ := slices.BinarySearch(rest, (uint64(key)+1)<<32)
	return rest[:to]
}
