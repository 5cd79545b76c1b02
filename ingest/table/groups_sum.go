package table

// groupsBySum: where nothing else tells levels apart, sums do. With a known number
// of levels the first row is a group of the outermost, its rows are those that add
// up to it, and so on; every row must find its place. The heading tells how many
// levels there are, and folders may stand between them; where it names none, two and
// three are tried against a total.
func (rd *reading) groupsBySum(lines []int) []*grouping {
	if len(lines) < 3 || len(rd.measures) == 0 {
		return nil
	}
	var depths []int
	for d := len(rd.stack); d >= 2; d-- {
		depths = append(depths, d)
	}
	if n := len(rd.stack); n >= 2 { // folders of goods and of buyers stand above their own
		for d := n + 1; d <= n+maxFolders; d++ {
			depths = append(depths, d)
		}
	}
	if len(rd.stack) < 2 {
		if len(rd.totalLines()) == 0 {
			return nil
		}
		depths = []int{2, 3}
	}
	var out []*grouping
	for _, depth := range depths {
		p := sumParser{rd: rd, lines: lines, levels: make([]int, len(lines)), depth: depth}
		if p.parse() {
			out = append(out, &grouping{levels: p.levels})
		}
	}
	return out
}

// maxFolders is how many levels of folders are tried that the heading does not name.
const maxFolders = 5

type sumParser struct {
	rd     *reading
	lines  []int
	levels []int
	depth  int
}

// parse reads all lines as groups of the outermost level.
func (p *sumParser) parse() bool {
	for i := 0; i < len(p.lines); {
		next, ok := p.group(i, 1)
		if !ok {
			return false
		}
		i = next
	}
	return true
}

// group reads the group at i of a level with everything under it and gives the line behind it.
func (p *sumParser) group(i, level int) (next int, ok bool) {
	if level == p.depth {
		return i + 1, true
	}
	at := p.lines[i]
	if !p.rd.hasFigures(at) {
		return 0, false
	}
	sums := make([]float64, len(p.rd.measures))
	j := i + 1
	for j < len(p.lines) && (j == i+1 || !p.rd.equals(at, sums)) {
		from := j
		if j, ok = p.group(j, level+1); !ok {
			return 0, false
		}
		p.rd.addTo(sums, p.lines[from])
	}
	for j < len(p.lines) && level+1 == p.depth && p.isZero(j) { // rows without anything belong to the group before
		j++
	}
	if j == i+1 || !p.rd.equals(at, sums) {
		return 0, false
	}
	p.levels[i] = level
	return j, true
}

func (p *sumParser) isZero(i int) bool {
	for _, f := range p.rd.figuresOf(p.lines[i]) {
		if f == f && f != 0 {
			return false
		}
	}
	return true
}
