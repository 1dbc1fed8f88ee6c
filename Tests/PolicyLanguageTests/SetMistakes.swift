// Mistakes that are told about sets by keys, figures over sets and ranges. Names begin with the mistake's code; what
// follows `+` tells variants apart.

enum SetMistakes {
  private static func hire(_ clauses: String, _ amount: String = "1 yuan * count of s") -> String {
    Checking.measure("  for each hire\n" + clauses + "\n  pay enterprise \(amount) on start")
  }

  private static func agency(_ clauses: String, _ amount: String = "1 yuan * count of s") -> String {
    Checking.measure("  for each agency\n" + clauses + "\n  pay agency \(amount) on 2026-01-01")
  }

  static let all: [(name: String, rules: String)] = [
    ("no-such-key", agency("  count s = hires with same worker")),
    ("no-such-key+frame", hire("  let since = start\n  count s = enterprises with same since")),
    (
      "one-candidate",
      Checking.head + "duty m\n  title \"M\"\n  article \"1\"\n  for the district\n"
        + "  count s = candidates with same person before it\n  expect count of s = 0\n"
    ),
    (
      "no-candidates",
      Checking.measure(
        "  for each hire\n  pay enterprise 1 yuan on start",
        before: "define f(h: hire) count of (candidates with same person as h) = 0\n")
    ),
    (
      "no-order+it",
      Checking.measure(
        "  for each enterprise\n  count s = enterprises with same district before it\n"
          + "  pay enterprise 1 yuan * count of s on 2026-01-01")
    ),
    ("not-one-of", agency("  count s = other hires with agency = agency")),
    ("sideways-option", hire("  count s = hires with same person on start")),
    (
      "sideways-members",
      Checking.measure(
        "  for each hire\n  count s = hires with same person\n  pay enterprise 1 yuan for each s")
    ),
    ("sideways-members+first", hire("  count t = hires with same person\n  count s = first 2 of t")),
    (
      "sideways-both",
      hire(
        "  let w = wage\n  count s = hires with same person", "sum of wage - w over s")
    ),
    ("key-of-both", hire("  let w = worker\n  count s = hires with w = worker")),
    ("no-key", hire("  count s = hires with enterprise.lists = enterprise.lists")),
    ("two-meanings+candidate", hire("  count s = candidates with same person where start < hire.start")),
    ("number-of-member", hire("  count t = hires with same person\n  let n = number in t", "1 yuan * n")),
    (
      "number-of-member+other",
      Checking.measure(
        "  for each agency\n  count s = hires of agency\n  count t = hires of agency where organised\n"
          + "  pay agency 1 yuan * number in t for each s")
    ),
    ("range-end", Checking.amount("sum of 1 yuan * m for each m from 1 to year of start")),
    (
      "range-end+number",
      Checking.measure(
        "  param last = 3\n  for each hire\n  pay enterprise sum of 1 yuan * m for each m from 1 to last on start")
    ),
    ("reversed-range+terms", Checking.amount("sum of 1 yuan * m for each m from 3 to 1")),
    (
      "differs-in-case",
      Checking.head
        + "list visits, each a visit\n  field id text required\n  field Size number\n  field size number"
    ),
    ("differs-in-case+known", Checking.head + "list hires, each a hire\n  field Origin text"),
    (
      "differs-in-case+list",
      Checking.head + "list firms, each a firm\n  title \"Firms\" zh \"企业\"\n  field id text required\n"
        + "list Firms, each a house\n  field id text required"
    ),
    ("too-many-terms", Checking.amount("sum of 1 yuan * m for each m from 1 to 5000")),
    (
      "too-many-terms+nested",
      Checking.amount("sum of (sum of 1 yuan * m * n for each n from 1 to 100) for each m from 1 to 13")
    ),
    (
      "less-than-whole",
      Checking.measure("  for each hire\n  pay enterprise 900 yuan\n    part 30% on start\n    part 50% on end")
    ),
    (
      "no-date+once",
      Checking.measure(
        "  for each enterprise\n  once per district in any 24 months\n  pay enterprise 1 yuan on 2026-01-01")
    ),
    ("unknown-name+source", hire("  count s = hirings with same person")),
    (
      "no-record+frame",
      Checking.measure(
        "  for each hire\n  pay enterprise 1 yuan on start",
        before: "define f(e: enterprise) count of (hires of enterprise) > 1\n")
    ),
  ]
}
