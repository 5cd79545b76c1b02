package agent

// claim is an agent that is tied to a rep, or would be.
type claim struct {
	name  name
	agent int // place among the agents ranked; -1: tied before
}

// partNamesakes asks about agents who would be tied to one rep and cannot be one person:
// Иванов Иван and Иванов Игорь, where the list of reps has an Иванов И.
func (r *ranking) partNamesakes(names []name, out [][]Candidate) {
	claims := map[string][]claim{}
	for i, t := range r.tied {
		claims[t.ID] = append(claims[t.ID], claim{r.before[i], -1})
	}
	for i, list := range out {
		if len(list) > 0 && list[0].Decision == Map {
			claims[list[0].ID] = append(claims[list[0].ID], claim{names[i], i})
		}
	}
	for _, all := range claims {
		for i, a := range all {
			for _, b := range all[:i] {
				if len(a.name.readings) > 0 && len(b.name.readings) > 0 && compare(a.name, b.name).contradicts() {
					a.giveUp(out)
					b.giveUp(out)
				}
			}
		}
	}
}

// giveUp leaves the claim to a person, where it does not rest on a person's word.
func (c claim) giveUp(out [][]Candidate) {
	if c.agent < 0 {
		return
	}
	first := &out[c.agent][0]
	if first.Decision == Map && first.Reasons[0] != "confirmed" {
		first.Decision, first.Confidence, first.Reasons = Ask, min(first.Confidence, 0.5), append(first.Reasons, "taken")
	}
}
