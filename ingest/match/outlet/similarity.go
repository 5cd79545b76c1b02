package outlet

import "strings"

// similarity of two folded words, 1 for equal ones, 0 for words that are not the
// same by a slip of the pen: more slips are forgiven in longer words.
func similarity(a, b string) float64 {
	if a == b {
		return 1
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 3 || a[0] >= '0' && a[0] <= '9' || b[0] >= '0' && b[0] <= '9' {
		return 0
	}
	allowed := 1
	switch {
	case len(b) >= 11:
		allowed = 3
	case len(b) >= 7:
		allowed = 2
	case len(b) <= 3:
		return 0
	}
	if len(b)-len(a) > allowed {
		return 0
	}
	d := distance(a, b, allowed)
	if d > allowed {
		return 0
	}
	return 1 - float64(d)/float64(len(b))
}

// abbreviates tells whether one word is the other cut short: Комсом., Советск.
func abbreviates(short, long string) bool {
	return len(short) >= 3 && len(short) < len(long) && strings.HasPrefix(long, short)
}

// distance is the optimal string alignment distance (Damerau 1964: insertion,
// deletion, substitution, exchange of neighbours), or something over limit.
func distance(a, b string, limit int) int {
	const most = 64
	if len(b) >= most || len(a) >= most {
		return limit + 1
	}
	var rows [3][most + 1]uint8
	before, above, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		above[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		row[0] = uint8(i)
		least := row[0]
		for j := 1; j <= len(b); j++ {
			c := above[j-1]
			if a[i-1] != b[j-1] {
				c = min(c, above[j], row[j-1]) + 1
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					c = min(c, before[j-2]+1)
				}
			}
			row[j] = c
			least = min(least, c)
		}
		if int(least) > limit {
			return limit + 1
		}
		before, above, row = above, row, before
	}
	return int(above[len(b)])
}
