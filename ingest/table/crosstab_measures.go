package table

// monthsUnderMeasures: months or days stand under every measure, «Количество» over
// «Июль, Август» beside «Выручка» over the same.
func (rd *reading) monthsUnderMeasures() *crosstab {
	x := &crosstab{}
	byValue := map[string]int{}
	measures := map[Role]bool{}
	for i := range rd.cols {
		parts := rd.h.parts[i]
		if len(parts) < 2 || !rd.cols[i].stats.mostlyNumbers() {
			continue
		}
		value := parts[len(parts)-1]
		m, ok := bestMatch(parts[len(parts)-2])
		if _, dated := wholePeriod(value, rd.yearHint()); !ok || !m.role.IsNumber() || !dated && !isTotal(value) {
			continue
		}
		k, ok := byValue[value]
		if !ok {
			k = len(x.groups)
			byValue[value] = k
			x.groups = append(x.groups, crossGroup{value: value, col: i + 1, cols: map[Role]int{}, total: isTotal(value)})
		}
		if x.groups[k].cols[m.role] != 0 {
			return nil
		}
		x.groups[k].cols[m.role] = i + 1
		measures[m.role] = true
	}
	if len(x.groups) < 2 || len(measures) < 2 || !x.alike() {
		return nil
	}
	return x
}
