package agent

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func team(names ...string) []Rep {
	var out []Rep
	for i, n := range names {
		name, outside := strings.CutPrefix(n, "-")
		out = append(out, Rep{ID: name, Code: fmt.Sprintf("R-%03d", i+1), Name: name, Team: !outside})
	}
	return out
}

func TestAgentsAreTiedWhereTheyAreCertain(t *testing.T) {
	t.Parallel()
	ivanov := team("Иванов Иван Иванович", "Петрова Анна Сергеевна", "Ким Виктор", "-Сидоров Олег Юрьевич", "Соловьёв Юрий Артёмович")
	for _, c := range []struct {
		agent string
		want  string // the rep, with ? where it is asked about, with ! where it is none; "" for nobody
		reps  []Rep
	}{
		{"Иванов И.И.", "Иванов Иван Иванович", ivanov},
		{"Иванов ИИ", "Иванов Иван Иванович", ivanov},
		{"И. И. Иванов", "Иванов Иван Иванович", ivanov},
		{"иванов иван", "Иванов Иван Иванович", ivanov},
		{"Иван Иванов", "Иванов Иван Иванович", ivanov},
		{"Ivanov I.", "Иванов Иван Иванович", ivanov},
		{"Ivanov Ivan", "Иванов Иван Иванович", ivanov},
		{"Ивaнов И.", "Иванов Иван Иванович", ivanov}, // a Latin a
		{"ТП Иванов Иван Иванович", "Иванов Иван Иванович", ivanov},
		{"Торг. предст. Иванов И.И.", "Иванов Иван Иванович", ivanov},
		{"Иванов Иван Иванович (ТП)", "Иванов Иван Иванович", ivanov},
		{"Иванов (R-001)", "Иванов Иван Иванович", ivanov},
		{"[r001] Иванов", "Иванов Иван Иванович", ivanov},
		{"R-001", "Иванов Иван Иванович", ivanov},
		{"Петров (R-001)", "Иванов Иван Иванович?", ivanov},
		{"Иванов", "Иванов Иван Иванович?", ivanov},
		{"Иванова", "Иванов Иван Иванович?", ivanov},
		{"Иванова И.И.", "Иванов Иван Иванович?", ivanov},
		{"Иванов П.И.", "Иванов Иван Иванович?", ivanov},
		{"Иванов Игорь", "Иванов Иван Иванович?", ivanov},
		{"Иванов Ваня", "Иванов Иван Иванович?", ivanov},
		{"Ивпнов И.И.", "Иванов Иван Иванович?", ivanov},
		{"Yuriy Solovyov", "Соловьёв Юрий Артёмович", ivanov},
		{"Solovev Y.A.", "Соловьёв Юрий Артёмович", ivanov},
		{"Соловьев И.", "Соловьёв Юрий Артёмович?", ivanov},
		{"Виктор Ким", "Ким Виктор", ivanov},
		{"Ким В.А.", "Ким Виктор", ivanov},
		{"Сидоров О.Ю.", "Сидоров Олег Юрьевич?", ivanov},
		{"Сидоров Олег", "Сидоров Олег Юрьевич?", ivanov},
		{"Сидоров Олег Юрьевич", "Сидоров Олег Юрьевич", ivanov},
		{"Сидоров Пётр", "Сидоров Олег Юрьевич!", ivanov},
		{"Сидорова", "Сидоров Олег Юрьевич!", ivanov},
		{"Офис", "", ivanov},
		{"Кузнецов И.И.", "", ivanov},
		{"", "", ivanov},
		{"Иванов И.", "Иванов Иван?", team("Иванов Иван", "Иванов Игорь")},
		{"Иванов Иван", "Иванов Иван", team("Иванов Иван", "Иванов Игорь")},
		{"Иванов И.", "Иванов Иван", team("Иванов Иван", "-Иванов Игорь")},
		{"Иванов Игорь", "Иванов Игорь?", team("Иванов И.", "-Иванов Игорь")},
		{"Иванов Иван", "Иванов Иван Петрович?", team("Иванов Иван Петрович", "Иванов Иван Олегович")},
		{"Иванов И.", "Иванов Иван?", team("-Иванов Иван")},
		{"Иванов Иван", "Иванов Иван", team("-Иванов Иван")},
		{"Абрамович Р.А.", "Абрамович Роман Аркадьевич", team("Абрамович Роман Аркадьевич")},
		{"Роман Абрамович", "Абрамович Роман Аркадьевич", team("Абрамович Роман Аркадьевич")},
		{"Роман Аркадьевич", "", team("Абрамович Роман Аркадьевич")},
		{"Алиев В.Г.", "Алиев Вагиф Гасан оглы", team("Алиев Вагиф Гасан оглы")},
		{"СВ Тула-1", "СВ Тула-1", team("СВ Тула-1", "СВ Тула-2")},
		{"Тула 1, СВ", "СВ Тула-1", team("СВ Тула-1", "СВ Тула-2")},
		{"Иванова", "Иванова", team("Иванова", "Петрова")},
		{"Иванова", "Иванова?", team("Иванова", "Иванова Мария")},
	} {
		got := ""
		if list := Rank([]string{c.agent}, c.reps, nil, 5)[0]; len(list) > 0 {
			if got = list[0].ID; list[0].Decision != Map {
				got += map[Decision]string{Ask: "?", None: "!"}[list[0].Decision]
			}
		}
		if got != c.want {
			t.Errorf("%q among %d reps is %q, want %q", c.agent, len(c.reps), got, c.want)
		}
	}
}

func TestAgentsWhoContradictEachOtherAreNotOneRep(t *testing.T) {
	t.Parallel()
	reps := team("Иванов И.", "Петрова Анна")
	out := Rank([]string{"Иванов Иван", "Иванов Игорь", "Петрова А.", "Анна Петрова"}, reps, nil, 5)
	for i, want := range []Decision{Ask, Ask, Map, Map} {
		if out[i][0].Decision != want {
			t.Errorf("agent %d: %+v", i, out[i][0])
		}
	}
	later := Rank([]string{"Иванов Игорь"}, reps, []Tied{{Name: "Иванов Иван", ID: "Иванов И."}}, 5)[0][0]
	if later.Decision != Ask || !slices.Contains(later.Reasons, "taken") {
		t.Errorf("a namesake of one who is tied: %+v", later)
	}
}

func TestWhatAPersonSaidCounts(t *testing.T) {
	t.Parallel()
	reps := team("Иванов Иван", "Иванова Ирина")
	said := []Tied{{Name: "Ваня, склад", ID: "Иванов Иван", Confirmed: true}, {Name: "Иванов", ID: "Иванова Ирина"}}
	out := Rank([]string{"ваня склад", "ИВАНОВ"}, reps, said, 5)
	if c := out[0][0]; c.Decision != Map || c.ID != "Иванов Иван" || c.Reasons[0] != "confirmed" {
		t.Errorf("the same words: %+v", c)
	}
	if c := out[1][0]; c.Decision == Map {
		t.Errorf("what distbase decided is no word of a person: %+v", c)
	}
}

// people are made of parts that never contradict themselves.
type someone struct{ surname, given, patronymic string }

func (p someone) full() string { return p.surname + " " + p.given + " " + p.patronymic }

func anyone(r *rapid.T, label string) someone {
	pick := func(list ...string) string { return rapid.SampledFrom(list).Draw(r, label) }
	return someone{
		pick("Иванов", "Иванченко", "Ким", "Щербаков", "Соловьёв", "Черный", "Абрамович"),
		pick("Иван", "Игорь", "Юрий", "Артём", "Олег"), pick("Иванович", "Юрьевич", "Олегович", "Сергеевич"),
	}
}

// written is somebody as a distributor writes them.
func written(r *rapid.T, p someone) string {
	initial := func(s string) string { return string([]rune(s)[:1]) + "." }
	s := rapid.SampledFrom([]string{
		p.full(), p.surname + " " + p.given, p.given + " " + p.surname, p.surname + " " + initial(p.given),
		p.surname + " " + initial(p.given) + initial(p.patronymic), initial(p.given) + " " + initial(p.patronymic) + " " + p.surname,
		p.given + " " + p.patronymic + " " + p.surname, p.surname, p.surname + " " + p.given + " " + initial(p.patronymic),
	}).Draw(r, "form")
	switch rapid.IntRange(0, 4).Draw(r, "dress") {
	case 0:
		s = "ТП " + s
	case 1:
		s = strings.ToUpper(s)
	case 2:
		s = strings.ToLower(s)
	case 3:
		s += " (ТП)"
	}
	return strings.ReplaceAll(s, "ё", rapid.SampledFrom([]string{"ё", "е"}).Draw(r, "yo"))
}

// Where the rep is of the team, whoever is tied without asking is that rep; a stranger
// whose surname nobody of the reps has is never tied.
func TestNobodyIsTiedToAnother(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		var reps []Rep
		seen := map[string]bool{}
		for range rapid.IntRange(1, 8).Draw(r, "reps") {
			p := anyone(r, "rep")
			if seen[p.full()] {
				continue
			}
			seen[p.full()] = true
			reps = append(reps, Rep{ID: p.full(), Code: fmt.Sprint("R", len(reps)), Name: p.full(), Team: rapid.Bool().Draw(r, "team")})
		}
		reps[0].Team = true
		truth := rapid.SampledFrom(reps).Draw(r, "truth")
		parts := strings.Fields(truth.ID)
		text := written(r, someone{parts[0], parts[1], parts[2]})
		list := Rank([]string{text}, reps, nil, 5)[0]
		if len(list) == 0 {
			r.Fatalf("%q has no candidate among %v", text, reps)
		}
		if truth.Team && list[0].Decision == Map && list[0].ID != truth.ID {
			r.Fatalf("%q is tied to %s, is %s", text, list[0].ID, truth.ID)
		}
		stranger := written(r, someone{"Кузнецов", parts[1], parts[2]})
		if list := Rank([]string{stranger}, reps, nil, 5)[0]; len(list) > 0 && list[0].Decision == Map {
			r.Fatalf("the stranger %q is tied to %s", stranger, list[0].ID)
		}
	})
}

func TestAnyTextIsRanked(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		names := rapid.SliceOfN(rapid.StringMatching(`[А-Яа-яA-Za-z0-9 .,()\[\]-]{0,30}`), 1, 6).Draw(r, "names")
		agents := rapid.SliceOfN(rapid.OneOf(rapid.String(), rapid.SampledFrom(names)), 1, 4).Draw(r, "agents")
		for i, list := range Rank(agents, team(names...), nil, 3) {
			sum := 0.0
			for j, c := range list {
				sum += c.Confidence
				if c.Confidence < 0 || c.Confidence > 1 || j > 0 && c.Confidence > list[0].Confidence || j > 0 && c.Decision == Map {
					r.Fatalf("%q: %+v", agents[i], list)
				}
				for _, word := range c.Reasons {
					word, _, _ = strings.Cut(word, ":")
					if !slices.Contains(ReasonWords(), word) {
						r.Fatalf("unlisted reason %s", word)
					}
				}
			}
		}
	})
}

func TestBothAlphabetsMeet(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"Воробьёв", "Vorobyov"}, {"Воробьев", "Vorobiev"}, {"Дмитрий", "Dmitry"}, {"Дмитрий", "Dmitriy"}, {"Евгений", "Yevgeny"}, {"Юлия", "Yulia"}, {"Юлия", "Julia"},
		{"Щербаков", "Shcherbakov"}, {"Щербаков", "Scherbakov"}, {"Цветков", "Tsvetkov"}, {"Харитонов", "Kharitonov"}, {"Алексей", "Alexey"}, {"Анна", "Ana"}, {"Пётр", "Pyotr"},
		{"Жуков", "Zhukov"}, {"Ющенко", "Yushchenko"}, {"Ксения", "Kseniya"}, {"Наталья", "Natalia"}, {"Гульнұр", "Gulnur"},
	} {
		a, b := tokens(pair[0]), tokens(pair[1])
		if a[0].folded != b[0].folded {
			t.Errorf("%s is %q, %s is %q", pair[0], a[0].folded, pair[1], b[0].folded)
		}
	}
}
