package table

import (
	"slices"
	"strings"

	"github.com/distbase/distbase/ingest/table/titles"
)

const (
	// A learned role is taken up from this probability on; its cells and the other columns still decide.
	likelyRole = 0.5
	// A role that its cells can show to be right is taken up from this one on.
	possibleRole = 0.35
	// A learned title helps to find a heading from this probability on.
	likelyTitle = 0.5
	// From this probability on a title that the rules half understand means none of our roles.
	surelyNone = 0.9
	// learnedScore is what a probability of 1 weighs among the scores of rules.
	learnedScore = 9.5
)

// TitleHints says in words what the rules make of a title, for the classifier of
// [titles], which learns how far each may be trusted.
func TitleHints(title string) []string { return hintsOf(matchTitle(title)) }

// RoleOfTitle is the role that the rules alone give a title, "" where they know none.
func RoleOfTitle(title string) Role {
	m, ok := bestMatch(title)
	if !ok {
		return ""
	}
	return m.role
}

func hintsOf(matches []titleMatch) []string {
	best := plainest(matches)
	if best.score < titleScore {
		return []string{"unknown"}
	}
	var out []string
	for _, m := range matches {
		if m.score >= titleScore {
			out = append(out, "may be "+string(m.role))
		}
	}
	switch {
	case best.exact:
		return append(out, "exactly "+string(best.role), "exact")
	case best.score >= plainScore*0.75:
		return append(out, "mostly "+string(best.role), "most")
	}
	return append(out, "partly "+string(best.role), "part")
}

func plainest(matches []titleMatch) titleMatch {
	var best titleMatch
	for _, m := range matches {
		if m.score > best.score {
			best = m
		}
	}
	return best
}

// withLearned adds what the classifier says of the titles over a column to what the
// rules say. Where the rules understand every word they are believed.
func withLearned(parts []string, matches []titleMatch) []titleMatch {
	best := plainest(matches)
	if best.exact && best.score >= titleScore {
		return matches
	}
	if words := titleWords(strings.Join(parts, " ")); countsOthers(words) || otherTime(words) && !anyOf(words, balanceWords) {
		return matches
	}
	guesses := learnedRoles(parts)
	if len(guesses) == 0 || tellsByItself(parts[len(parts)-1]) {
		return matches
	}
	if g := guesses[0]; g.Role == titles.None {
		if len(parts) == 1 && g.Probability >= surelyNone && best.score < plainScore*0.75 {
			return nil
		}
		return matches
	}
	return addGuesses(slices.Clone(matches), guesses)
}

// addGuesses adds the roles that are likely enough, or that cells can show.
func addGuesses(out []titleMatch, guesses []titles.Guess) []titleMatch {
	for _, g := range guesses {
		if g.Role == titles.None || g.Probability < likelyRole && !shownByCells(Role(g.Role)) {
			continue
		}
		m := titleMatch{role: Role(g.Role), score: learnedScore * g.Probability, learned: g.Probability}
		if i := slices.IndexFunc(out, func(o titleMatch) bool { return o.role == m.role }); i < 0 {
			out = append(out, m)
		} else if out[i].score < m.score {
			out[i] = m
		}
	}
	return out
}

// tellsByItself: the rules alone understand the title, of what the goods cost or of the field
// of a pivot table.
func tellsByItself(title string) bool {
	return anyOf(titleWords(title), costWords) || countsRecords(title) || sumsField(title)
}

// shownByCells: what stands in a column can show that it has the role.
func shownByCells(r Role) bool {
	switch r {
	case Product, Client, ProductCode, Date, Quantity, Amount, Price, StockQty, Unit, Barcode, ClientINN:
		return true
	}
	return false
}

// mayMeasure: a column of numbers that nothing tells, and whose title is not known to
// be of no interest, may be what the report is about.
func (c *column) mayMeasure() bool {
	if c.role != "" || c.title == "" || !c.stats.mostlyNumbers() || c.stats.allZero() || hasVeto(titleWords(c.title)) {
		return false
	}
	g := titles.Learned().Best(c.title, TitleHints(c.title)...)
	return g.Role != titles.None && Role(g.Role).IsSummed()
}

// learnedRoles are the guesses for the titles of a column together, or for the lowest
// one alone where all together say nothing. A lowest title that means none of ours
// («№ п/п») leaves nothing to guess.
func learnedRoles(parts []string) []titles.Guess {
	all := strings.Join(parts, " ")
	if len([]rune(all)) > 2*maxTitle {
		return nil
	}
	if len(parts) > 1 {
		last := parts[len(parts)-1]
		g := titles.Learned().Best(last, TitleHints(last)...)
		if g.Role == titles.None && g.Probability >= surelyNone {
			return nil
		}
		if guesses := titles.Learned().Guesses(all, possibleRole, TitleHints(all)...); len(guesses) > 0 || g.Role == titles.None || g.Probability < likelyTitle {
			return guesses
		}
		return []titles.Guess{g}
	}
	return titles.Learned().Guesses(all, possibleRole, TitleHints(all)...)
}

// likelyMatch is the role of a single title by the rules, or else as learned.
func likelyMatch(t string) (titleMatch, bool) {
	if m, ok := bestMatch(t); ok || len([]rune(t)) > maxTitle {
		return m, ok
	}
	g := titles.Learned().Best(t, TitleHints(t)...)
	if g.Role == titles.None || g.Probability < likelyTitle {
		return titleMatch{}, false
	}
	return titleMatch{role: Role(g.Role), score: learnedScore * g.Probability, learned: g.Probability}, true
}
