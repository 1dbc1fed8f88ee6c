// Mistakes that are told about tables, rates, caps, instalments, and about rules that used to give a figure without a
// word. Names begin with the mistake's code; what follows `+` tells variants apart.

enum FurtherMistakes {
  private static func measure(_ text: String, before: String = "") -> String { Checking.measure(text, before: before) }
  private static let head = Checking.head
  private static let pay = "\n  pay enterprise 1 yuan on start"

  private static func table(_ rows: String, _ use: String = "t(3)", _ head: String = "t(n: number) yuan") -> String {
    measure("  for each hire\n  pay enterprise \(use) on start", before: "table \(head)\n\(rows)\n")
  }

  /// Two measures of one kind that part the wage between them.
  private static func bands(_ below: String, _ above: String) -> String {
    ["a": below, "b": above].sorted { $0.key < $1.key }.map { name, sign in
      "measure \(name)\n  title \"T\"\n  article \"1\"\n  kind k\n  for each hire\n  where wage \(sign) 30 yuan"
        + pay + "\n"
    }.joined()
  }

  private static func capped(_ clauses: String, _ amount: String = "wage") -> String {
    measure("  for each hire\n  pay enterprise \(amount)\n  " + clauses)
  }

  /// A measure that the district pays for, and a limit over it.
  private static func sourced(_ cap: String, _ fund: String = "fund district 100%") -> String {
    capped(fund) + "\nlimit l\n  title \"L\"\n  article \"2\"\n  over m\n  " + cap + "\n"
  }

  private static func back(_ clause: String) -> String {
    measure("  for each hire" + pay + "\n  " + clause)
  }

  private static func placed(_ clause: String, _ pay: String = "pay agency 1 yuan for each s") -> String {
    measure("  for each agency, each year\n  count s = hires of agency\n  \(pay)\n  " + clause)
  }

  private static func parts(_ parts: String) -> String {
    measure("  for each hire\n  pay enterprise wage\n    " + parts.replacing("\n", with: "\n    "))
  }

  private static func one(_ name: String, _ other: String) -> String {
    "measure \(name)\n  title \"T\"\n  article \"1\"\n  kind k\n  yields to \(other)\n  for each hire" + pay + "\n"
  }

  static let all: [(name: String, rules: String)] = [
    // Whose, and what things are called
    (
      "unknown-name+key",
      measure("  for each hire\n  where count of (all hires of enterprise) >= 2" + pay)
    ),
    (
      "name-is-word",
      measure("  param a zh 超过 = 2 yuan\n  for each hire\n  pay enterprise a on start")
    ),
    // Where the money comes from
    ("fund-share", capped("fund district 110%, city rest")),
    ("fund-share+unit", capped("fund district 60 yuan, city rest")),
    ("fund-sum", capped("fund district 60%, city 50%")),
    ("fund-sum+below", capped("fund district 33.5%")),
    ("fund-rest", capped("fund district rest, city rest")),
    ("unknown-fund", capped("fund distrct 100%")),
    ("unknown-fund+far", capped("fund moon 100%")),
    // What a source may bear
    ("fund-cap-place", capped("cap 500 yuan of district in all")),
    ("fund-unstated", sourced("cap 500 yuan of district in all", "")),
    ("fund-not-drawn", sourced("cap 500 yuan of city for each year")),
    ("fund-next", sourced("cap 500 yuan of district in all then district")),
    (
      "fund-circle",
      sourced("cap 500 yuan of district in all then city\n  cap 90 yuan of city in all then district")
    ),
    ("unknown-fund+cap", sourced("cap 500 yuan of distrct for each year")),
    ("unknown-fund+next", sourced("cap 500 yuan of district for each year then citty")),
    (
      "no-year",
      measure(
        "  for each hire\n  quota 2 for each enterprise, year\n  pay enterprise 1 yuan on 2026-01-01\n"
          + "  pay enterprise 1 yuan on 2027-01-01")
    ),
    // What cannot mean what it says
    ("reversed-range", measure("  window from 2023-01-01 to 2022-01-01\n  for each hire" + pay)),
    (
      "reversed-range+numbers",
      measure("  for each enterprise, each n from 3 to 1\n  pay enterprise 1 yuan on 2022-01-01")
    ),
    ("yields-in-circle", head + one("a", "b") + one("b", "a")),
    ("yields-in-circle+itself", head + one("a", "a")),
    (
      "yields-to-nothing",
      head + one("a", "b") + "duty b\n  title \"T\"\n  article \"2\"\n  for each hire\n  expect organised"
    ),
    ("below-nought", measure("  param rate = 5 yuan\n  for each hire\n  pay enterprise 0 yuan - rate")),
    ("count-as-share", Checking.amount("50 of wage")),
    ("divided-by-nought", Checking.amount("wage / 0")),
    ("unknown-unit+near", Checking.amount("60 percnt of wage")),
    ("wrong-type+year", Checking.condition("stable for 1 year")),
    ("units-differ+year", Checking.condition("end >= start + 1 year")),
    (
      "entrants",
      measure(
        "  for each enterprise, each year\n  count s = hires of enterprise where present on 31 December of year\n"
          + "  pay enterprise 1 yuan * count of s on 31 December of year")
    ),
    (
      "entrants+window",
      measure(
        "  window from 2022-01-01\n  for each enterprise\n  count s = hires of enterprise where present on 2022-12-31\n"
          + "  pay enterprise 1 yuan * count of s on 2022-12-31")
    ),
    (
      "two-meanings",
      measure(
        "  for each agency\n  let start = 2026-01-01\n  count s = hires of agency where start > 2025-01-01\n"
          + "  pay agency 1 yuan for each s")
    ),
    (
      "no-link+by",
      measure(
        "  for each enterprise\n  count c = hires by agency of enterprise\n"
          + "  pay enterprise 1 yuan * count of c on 2026-01-01")
    ),
    // Tables, and figures that change
    ("no-rows", table("", "t(3)")),
    ("hidden-row", table("  above: 5 yuan\n  up to 3: 7 yuan")),
    ("not-ascending", table("  up to 9: 5 yuan\n  up to 3: 7 yuan\n  above: 1 yuan")),
    ("no-steps", table("  up to 3: 5 yuan", "t through 3", "t(n: number) yuan per person")),
    ("not-a-figure+row", table("  up to 3: wage\n  above: 7 yuan")),
    ("wrong-count+row", table("  up to 3, any: 5 yuan\n  above: 7 yuan")),
    ("unused-table", head + "table t(n: number) yuan\n  any: 1 yuan\n"),
    ("which-day", measure("  param rate = 1 yuan, 2 yuan from 2024-07-01\n  for each hire\n  pay enterprise rate")),
    ("wrong-type+rate", Checking.amount("5 yuan per person per month")),
    // Caps
    ("wrong-type+cap", capped("cap 5 for each enterprise")),
    ("ordered-share", capped("cap 5 yuan in all in proportion\n  ordered by start")),
    ("cap-of-one", capped("cap 5 yuan for each hire")),
    ("caps-alike", capped("cap 5 yuan for each enterprise\n  cap 7 yuan for each enterprise")),
    ("rolling-share", capped("cap 5 yuan in all in any 3 years in proportion")),
    ("rolling-order", capped("cap 5 yuan in all in any 3 years\n  ordered by start")),
    ("empty-span", capped("cap 5 yuan in all in any 0 years")),
    ("wrong-type+span", capped("cap 5 yuan in all in any 3 yuan")),
    ("cap-with-range", capped("cap 5 yuan in all", "at most wage or at least 1 yuan")),
    ("missing-clause+limit", measure("  for each hire" + pay) + "\nlimit l\n  article \"2\"\n  cap 5 yuan in all\n"),
    (
      "more-than-whole+fixed",
      parts("part 50% on start\npart 200 yuan on end\npart rest on end").replacing("wage", with: "100 yuan")
    ),
    ("bad-figure+parameter", measure("  param rate = 0.485 yuan\n  for each hire" + pay)),
    ("bad-figure+below", measure("  param rate = -1 yuan\n  for each hire" + pay)),
    ("unknown-name+below", measure("  for each hire\n  let a = b + 1\n  let b = 2\n  pay enterprise 1 yuan * a")),
    (
      "circular-definition+fields",
      head + "list visits, each a visit\n  field id text required\n"
        + "  field a number default b\n  field b number default a"
    ),
    // As people write it
    ("wrong-type+quoted", Checking.condition("enterprise.size = \"small\"")),
    (
      "bad-default+text", head + "list visits, each a visit\n  field id text required\n  field trade text default \"x\""
    ),
    // Bands that leave a gap, or overlap
    ("table-gap", table("  up to 30: 1 yuan\n  up to 100: 2 yuan")),
    (
      "table-gap+rows",
      table("  when n < 30: 1 yuan\n  when n > 30: 2 yuan")
    ),
    ("table-overlap", table("  when n <= 30: 1 yuan\n  when n >= 30: 2 yuan\n  otherwise: 3 yuan")),
    ("edge-gap", head + bands("<", ">")),
    ("edge-overlap", head + bands("<=", ">=")),
    ("bad-figure+quotient", measure("  param rate = 2/3\n  for each hire" + pay)),
    // Taking back
    ("recover-nothing", measure("  for each hire\n  recover all on end" + pay)),
    ("recover-nothing+members", placed("recover all on end")),
    ("recover-nothing+other", placed("recover all on end for each s", "pay agency 1 yuan on 2022-01-01")),
    ("recover-from-whom", back("recover all from agency on end")),
    ("recover-same-day", back("recover all on start")),
    (
      "recover-range",
      measure("  for each hire\n  pay enterprise at most wage or at least 1 yuan on start\n  recover all on end")
    ),
    ("paid-in-amount", back("recover all on end when paid > 5 yuan")),
    ("no-date+recover", back("recover all when end is given")),
    ("wrong-type+recover", back("recover 50% on end")),
    ("below-nought+recover", back("recover 0 yuan on end")),
    (
      "stray-clause+recover",
      Checking.head
        + "duty d\n  title \"T\"\n  article \"1\"\n  for each hire\n  expect organised\n  recover all on end"
    ),
    // Instalments and rounding
    ("rest-last", parts("part rest on start\npart 50% on start")),
    ("more-than-whole", parts("part 50% on start\npart 60% on start")),
    (
      "whole-and-parts",
      measure("  for each hire\n  pay enterprise wage on start\n    part 50% on start\n    part rest on start")
    ),
    ("round-to-what", Checking.amount("round wage to 0 yuan")),
  ]
}
