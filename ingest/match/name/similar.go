package name

import "strings"

// Similar says how alike two keys are, from 0 (not at all) to 1 (equal). short
// tells that the first one is an abbreviation of which tail is the end.
func Similar(a, b string, short bool, tail string) float64 {
	if a == b && tail == "" {
		return 1
	}
	if short {
		if s := abbreviates(a, b, tail); s > 0 {
			return s
		}
	}
	if len(a) < 3 || len(b) < 3 {
		return 0
	}
	return max(begins(a, b), spelled(a, b))
}

// begins compares words by what they have in common at their beginning: one may be
// cut short, or they are derived from one stem (удалитель, удаления).
func begins(a, b string) float64 {
	short, long := min(len(a), len(b)), max(len(a), len(b))
	switch p := commonPrefix(a, b); {
	case p < 4:
		return 0
	case p == short:
		return 0.7 + 0.25*float64(p)/float64(long)
	case 2*p >= long:
		return 0.4 + 0.5*float64(p)/float64(long)
	}
	return 0
}

// spelled compares words by the letters that differ.
func spelled(a, b string) float64 {
	short, long := min(len(a), len(b)), max(len(a), len(b))
	if long > 2*short || a[0] != b[0] && short < 5 {
		return 0
	}
	d := distance(a, b)
	r := 1 - float64(d)/float64(long)
	if r >= 0.75 || d == 1 && short >= 4 {
		return 0.2 + 0.75*r
	}
	return 0
}

// abbreviates tells how well a word is shortened to a.
func abbreviates(a, b, tail string) float64 {
	begins := strings.HasPrefix(b, a) || len(a) >= 4 && strings.HasPrefix(b, a[:len(a)-1])
	if len(b) < len(a) || !begins {
		return 0
	}
	if tail == "" {
		return min(0.95, 0.7+0.05*float64(len(a)))
	}
	// Endings are stripped from keys: the tail may be gone with them, in part.
	for t := tail; len(t) > 0; t = t[:len(t)-1] {
		if strings.HasSuffix(b, t) {
			return 0.9
		}
	}
	return 0.7
}

func commonPrefix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// maxKey is the longest key that is compared letter by letter.
const maxKey = 32

// distance is the least number of letters to put in, take out, exchange or swap
// (optimal string alignment).
func distance(a, b string) int {
	if len(a) > maxKey || len(b) > maxKey {
		return max(len(a), len(b))
	}
	var rows [3][maxKey + 1]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		row, above, two := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			v := min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				v = min(v, two[j-2]+1)
			}
			row[j] = v
		}
	}
	return rows[len(a)%3][len(b)]
}
