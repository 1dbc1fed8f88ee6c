// Mistakes that are told about units, decimals, days, periods, figures of a day and currencies. Names begin with the
// mistake's code; what follows `+` tells variants apart.

enum FigureMistakes {
  private static func measure(_ text: String, before: String = "") -> String { Checking.measure(text, before: before) }
  private static let head = Checking.head
  private static let pay = "\n  pay enterprise 1 yuan on start"
  private static let lpr = "value lpr % by date \"LPR\" from \"notice\"\n"

  static let all: [(name: String, rules: String)] = [
    // Figures of a day
    ("which-day+value", measure("  for each hire\n  pay enterprise lpr of wage on start", before: lpr)),
    ("which-day+param", head + lpr + "param rate = lpr\n"),
    ("wrong-type+day", measure("  for each hire\n  pay enterprise lpr(agency) of wage on start", before: lpr)),
    ("wrong-count+days", measure("  for each hire\n  pay enterprise lpr(start, end) of wage on start", before: lpr)),
    (
      "wrong-count+plain",
      measure(
        "  for each hire\n  pay enterprise share(start) of wage on start",
        before: "value share % \"share\" from \"notice\"\n")
    ),
    ("no-order+nothing", measure("  for each hire\n  where start > nothing" + pay)),
    ("wrong-type+no-day", measure("  for each hire\n  where start >= 20220301" + pay)),
    // Units
    (
      "wrong-type+years-for-months",
      measure("  for each hire\n  where whole months from start to as_of >= 1 year" + pay)
    ),
    ("wrong-type+stay-in-days", measure("  for each hire\n  where stable for 180 days" + pay)),
    (
      "wrong-type+left-over",
      measure("  param rate = 500 yuan per person per month\n  for each hire\n  pay enterprise rate on start")
    ),
    (
      "wrong-type+for-how-many",
      measure("  param rate = 500 yuan per person\n  for each hire\n  pay enterprise rate on start")
    ),
    (
      "wrong-type+years",
      measure("  param rate = 500 yuan per year\n  for each hire\n  pay enterprise rate on start")
    ),
    (
      "units-differ+things",
      measure(
        "  param a = 1 yuan per person\n  param b = 1 yuan per class\n  for each hire\n"
          + "  pay enterprise (a + b) * 3 on start"
      )
    ),
    ("unknown-unit+twice", Checking.amount("1 yuan per month per month * 3 months")),
    // Days
    (
      "part-of-month",
      Checking.condition("end >= start + calendar months from start to 2022-12-31")
    ),
    ("cannot-multiply+parts-of-months", Checking.amount("wage * calendar months from start to 2022-12-31")),
    ("bad-figure+half-month", Checking.amount("1 yuan per month * 0.5 months")),
    (
      "branches-differ+half-month",
      Checking.amount("1 yuan per month * (if organised then 1 month otherwise 1 month / 2)")
    ),
    (
      "wrong-type+each-year",
      measure(
        "  param rate = 100 yuan per person per year\n  for each agency\n  count s = hires of agency at any time\n"
          + "  pay agency rate * 2 for each s on 2022-12-31")
    ),
    ("reversed-range+span", Checking.condition("days from 2022-12-31 to 2022-01-01 > 3 days")),
    ("years-of-growth", Checking.amount("wage grown by 3% for 101 years")),
    ("wrong-type+growth", Checking.amount("start grown by 3% for 2 years")),
    (
      "no-spell+days",
      measure(
        "  for each agency\n  pay agency 1 yuan per day * days present from 2022-01-01 to 2022-02-01 on 2022-03-01")
    ),
    // Periods
    (
      "until-when",
      measure("  for each hire, each period of 3 months from start to nothing\n  pay enterprise 1 yuan on 2022-01-01")
    ),
    // Places
    ("wrong-type+level", Checking.condition("county of start is given")),
    // Currency
    (
      "units-differ+currency",
      "document d\n  jurisdiction 350112\n  currency dollar\nmeasure m\n  title \"M\"\n  article \"1\"\n  kind k\n"
        + "  for each hire\n  pay enterprise wage + 5 dollar on start"
    ),
    (
      "wrong-type+currency",
      "document d\n  jurisdiction 350112\n  currency dollar\nmeasure m\n  title \"M\"\n  article \"1\"\n  kind k\n"
        + "  for each hire\n  pay enterprise wage on start"
    ),
    (
      "whole-units",
      "document d\n  jurisdiction 350112\n  currency yen 0 decimals\n"
        + "measure m\n  title \"M\"\n  article \"1\"\n  kind k\n"
        + "  for each hire\n  pay enterprise 5 yen on start\n  cap 100 yen in all in proportion"
    ),
  ]
}
