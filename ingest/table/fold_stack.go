package table

import (
	"slices"
	"strings"
)

// foldStack folds a sheet in which the parts of one name stand below each other in
// one column («Артикул» over «Код» over «Номенклатура», or the article under its
// product), every row with the same figures. Nil where the sheet is not so.
func (rd *reading) foldStack() *folded {
	if rd.cross == nil && len(rd.measures) == 0 {
		return nil
	}
	for i := range rd.cols {
		c := &rd.cols[i]
		parts := rd.h.parts[i]
		if c.role.IsNumber() || rd.cross.covers(c.col) || len(parts) < 2 || c.stats.letters == 0 {
			continue
		}
		first, n, name := nameParts(parts)
		if n < 2 {
			continue
		}
		code := codePart(parts[first : first+n])
		if blocks := rd.equalBlocks(n, code); blocks != nil {
			return rd.foldBlocks(c.col, first, n, name, blocks)
		}
		if code >= 0 && code != name {
			rd.doubt(Issue{Code: DoubtGroups, Role: Product, Found: c.title}) // codes may pass for goods
		}
	}
	return nil
}

// nameParts finds the run of titles that tell one product: n of them from first on,
// the one at name being its name.
func nameParts(parts []string) (first, n, name int) {
	name = -1
	for i, p := range parts {
		m, ok := bestMatch(p)
		if !ok || m.role != Product && m.role != ProductCode && m.role != Barcode && m.role != Unit {
			if name >= 0 && n > 1 {
				return first, n, name
			}
			first, n, name = i+1, 0, -1
			continue
		}
		if m.role == Product && name < 0 {
			name = i
		}
		n++
	}
	if name < 0 {
		return 0, 0, 0
	}
	return first, n, name
}

// codePart is the first title that names a code, -1 for none.
func codePart(parts []string) int {
	return slices.IndexFunc(parts, func(p string) bool {
		m, ok := bestMatch(p)
		return ok && m.role == ProductCode
	})
}

// equalBlocks marks the first row of every n lines with the same figures; nil where
// they are less than 6 of 10 lines. A group of one product has its figures too: of a
// longer run the rows as deep as those of plain runs begin blocks, or else the last
// whose codes, code lines behind the first, look like codes as those at the end of runs do.
func (rd *reading) equalBlocks(n, code int) map[int]bool {
	runs, depths, all := rd.equalRuns(n)
	coded := code >= 0 && rd.runsEndCoded(runs, n, code)
	blocks := map[int]bool{}
	for _, run := range runs {
		from, left := rd.blocksOf(run, n, depths)
		for ; left > 0; left, from = left-1, from+n {
			if coded && left > 1 && !hasDigit(rd.lines[from+code].name) { // a group and its own group
				continue
			}
			blocks[rd.lines[from].ri] = true
		}
	}
	if len(blocks)*n*10 < all*6 || len(blocks) < 2 {
		return nil
	}
	return blocks
}

// blocksOf is where the blocks of n lines of a run begin, and how many there are: at the
// first line that is as deep as all plain runs begin, or else at the end of the run.
func (rd *reading) blocksOf(run [2]int, n int, depths map[int]int) (from, count int) {
	end := run[0] + run[1]
	if len(depths) == 1 && !rd.evenlyDeep(run) {
		for i := run[0]; i+n <= end; i++ {
			if depths[rd.depthOf(i)] > 0 {
				return i, (end - i) / n
			}
		}
	}
	return run[0] + run[1]%n, run[1] / n
}

// runsEndCoded: the code of the last n lines of the runs has a digit.
func (rd *reading) runsEndCoded(runs [][2]int, n, code int) bool {
	digits := 0
	for _, run := range runs {
		if hasDigit(rd.lines[run[0]+run[1]-n+code].name) {
			digits++
		}
	}
	return len(runs) > 0 && digits*10 >= len(runs)*9
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// evenlyDeep: all lines of a run are as deep as its first.
func (rd *reading) evenlyDeep(run [2]int) bool {
	for i := run[0]; i < run[0]+run[1]; i++ {
		if rd.depthOf(i) != rd.depthOf(run[0]) {
			return false
		}
	}
	return true
}

// equalRuns lists the runs of at least n lines with the same figures by their first
// line and length, the depths of those that have just n, and how many lines are open.
func (rd *reading) equalRuns(n int) (runs [][2]int, depths map[int]int, all int) {
	depths = map[int]int{}
	for i := 0; i < len(rd.lines); {
		if rd.lines[i].class == "" {
			all++
		}
		k := 1
		for i+k < len(rd.lines) && rd.sameFigures(i, k+1) {
			k++
		}
		if k < n {
			i++
			continue
		}
		runs = append(runs, [2]int{i, k})
		all += k - 1 - k%n // groups of one product have its figures
		if k == n {
			depths[rd.depthOf(i)]++
		}
		i += k
	}
	return runs, depths, all
}

// depthOf is the outline and indent of a line's name.
func (rd *reading) depthOf(i int) int {
	l := &rd.lines[i]
	depth := int(rd.v.rows[l.ri].outline) << 8
	if rd.name >= 0 {
		if c := rd.v.cell(l.ri, rd.cols[rd.name].col); c != nil {
			depth += int(c.indent)
		}
	}
	return depth
}

// sameFigures: n lines from i on are open, print figures, and print the same.
func (rd *reading) sameFigures(i, n int) bool {
	if !rd.hasFigures(i) {
		return false
	}
	a := rd.figuresOf(i)
	for k := i; k < i+n; k++ {
		if rd.lines[k].class != "" {
			return false
		}
		for j, f := range rd.figuresOf(k) {
			if f != a[j] && (f == f || a[j] == a[j]) {
				return false
			}
		}
	}
	return true
}

// foldBlocks puts the n rows of every block beside each other: the columns of the
// other titles stand before that of the name.
func (rd *reading) foldBlocks(col, first, n, name int, blocks map[int]bool) *folded {
	v, h := rd.v, rd.h
	var origin, part []int // per new column: the old one, and the row of the block or -1
	for c := 1; c <= v.maxCol; c++ {
		if c == col {
			for k := first; k < first+n; k++ {
				if k != name {
					origin, part = append(origin, c), append(part, k-first)
				}
			}
		}
		origin, part = append(origin, c), append(part, -1)
	}
	f := v.begin(h, origin)
	f.overArticles = name > first
	for i, c := range origin {
		switch {
		case part[i] >= 0:
			f.h.parts[i] = []string{h.parts[c-1][first+part[i]]}
		case c == col:
			f.h.parts[i] = append(append([]string{}, h.parts[c-1][:first]...), h.parts[c-1][name])
		case c <= len(h.parts):
			f.h.parts[i] = h.parts[c-1]
		}
	}
	for ri := h.last + 1; ri < len(v.rows); {
		at, step := ri, 1
		if blocks[ri] {
			at, step = ri+name-first, n
		}
		f.row(v.rows[at])
		for i, c := range origin {
			switch {
			case part[i] < 0:
				f.put(v.cell(at, c), i+1)
			case step > 1:
				f.put(v.cell(ri+part[i], c), i+1)
			}
		}
		ri += step
	}
	return f
}
