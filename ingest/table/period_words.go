package table

// Months by every form of their names that reports use. A name of three letters
// or less stands for a month only beside a year or a day.
var monthNames = compileMonths([12]string{
	"январь января январе янв січень січня січні січ january jan enero ene janeiro қаңтар",
	"февраль февраля феврале фев февр лютий лютого лютому лют february feb febrero fevereiro ақпан",
	"март марта марте мар березень березня березні march mar marzo março наурыз",
	"апрель апреля апреле апр квітень квітня квітні квіт april apr abril abr сәуір",
	"май мая мае травень травня травні may mayo maio мамыр",
	"июнь июня июне июн червень червня червні june jun junio junho маусым",
	"июль июля июле июл липень липня липні july jul julio julho шілде",
	"август августа августе авг серпень серпня серпні серп august aug agosto ago тамыз",
	"сентябрь сентября сентябре сен сент вересень вересня вересні september sep sept septiembre setiembre setembro қыркүйек",
	"октябрь октября октябре окт жовтень жовтня жовтні жовт october oct octubre outubro қазан",
	"ноябрь ноября ноябре ноя нояб листопад листопада листопаді november nov noviembre novembro қараша",
	"декабрь декабря декабре дек грудень грудня грудні груд december dec diciembre dic dezembro желтоқсан",
})

var (
	// Words after which a date is a period.
	announcers = wordSet(`за на с по период періоду период: период отчетный отчётный період звітний дату дата состоянию станом
		from for period periodo período on as продажи продажа реализация остатки остаток отчет отчёт месяц sales stock report ventas del
		начало начала окончания квартал актуален обновлен обновлено actual`)
	// Words after which a date belongs to a document or to the moment of printing.
	documentWords = wordSet(`от від договор договору накладная накладной счет рахунок сформирован сформировано сформирована
		распечатан напечатано печати дата_печати created printed generated invoice contract dated appl действует`)
	// Words and signs between the two ends of a range.
	rangeWords    = wordSet(`по до to till until through a al hasta и and включительно дата окончания окончание конец конца периода период end date fin г год года року р`)
	quarterWords  = wordSet(`квартал квартала квартале кв кварталу quarter q qtr trimestre тоқсан`)
	halfWords     = wordSet(`полугодие полугодия полугодии півріччя half semestre`)
	yearWords     = wordSet(`год года году г рік року р year жыл año`)
	fillerWords   = wordSet(`de del г р`)
	romanQuarters = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "і": 1, "іі": 2, "ііі": 3,
		"первый": 1, "второй": 2, "третий": 3, "четвертый": 4, "первое": 1, "второе": 2}
)

func compileMonths(forms [12]string) map[string]int {
	m := map[string]int{}
	for i, f := range forms {
		for w := range wordSet(f) {
			m[w] = i + 1
		}
	}
	return m
}
