// Rules that used to give a figure without a word although they cannot mean what they say: each is told, at its place.
import Diagnostics
import Facts
import Testing

@testable import PolicyLanguage

@Suite("Rules that cannot mean what they say")
struct SilentMistakesTests {
  private func codes(_ rules: String) -> [String] { Checking.check(rules).1.map(\.code) }

  private func measure(_ clauses: String, declarations: String = "") -> String {
    let head = "document d\n  jurisdiction 350112\n" + declarations + "\n"
    return head + "measure m\n  title \"M\"\n  article \"1\"\n  kind k\n  " + clauses + "\n"
  }

  @Test(
    "A set goes by a field that leads to the frame",
    arguments: [
      "for each enterprise\n  count c = hires by agency of enterprise\n"
        + "  pay enterprise 1 yuan * count of c on 2026-01-01",
      "for each agency\n  count c = hires by worker of agency\n  pay agency 1 yuan * count of c on 2026-01-01",
      "for each agency\n  count c = hires by start of agency\n  pay agency 1 yuan * count of c on 2026-01-01",
      "for each worker of hires\n  count c = hires by agency of worker\n  pay worker 1 yuan * count of c on 2026-01-01",
    ])
  func link(clauses: String) {
    #expect(codes(measure(clauses)).contains("no-link"), "\(clauses)")
  }

  @Test(
    "A unit that is nearly one is told",
    arguments: ["12 moths", "30 dayz", "300 yuan per mnth", "300 yuan per person per yaer", "5 monhts"])
  func nearUnit(_ figure: String) {
    let found = codes(measure("param t = \(figure) \"t\"\n  for each hire\n  pay enterprise 1 yuan on start"))
    #expect(found.contains("unknown-unit"), "\(found)")
  }

  @Test(
    "A unit that is one, or a word that counts, is not",
    arguments: ["300 yuan per class", "300 yuan per months", "3 mouths", "300 yuan per 人", "300 yuan per hour"])
  func otherUnit(_ figure: String) {
    let found = codes(measure("param t = \(figure) \"t\"\n  for each hire\n  pay enterprise 1 yuan on start"))
    #expect(!found.contains("unknown-unit"), "\(found)")
  }

  @Test("By the right field it does")
  func rightLink() {
    let clauses =
      "for each agency\n  count c = hires by agency of agency\n  pay agency 1 yuan * count of c on 2026-01-01"
    #expect(codes(measure(clauses)) == [])
  }

  @Test(
    "What ends before it begins",
    arguments: [
      "window from 2023-01-01 to 2022-01-01\n  for each hire\n  pay enterprise 1 yuan",
      "param last = 2021-12-31\n  window from 2022-01-01 to last\n  for each hire\n  pay enterprise 1 yuan",
      "for each enterprise, each n from 3 to 1\n  pay enterprise 1 yuan on 2026-01-01",
      "for each hire\n  where start from 2023-01-01 to 2022-01-01\n  pay enterprise 1 yuan",
      "for each hire\n  where wage from 5 yuan * 2 to 9 yuan\n  pay enterprise 1 yuan",
    ])
  func reversed(clauses: String) {
    #expect(codes(measure(clauses)).contains("reversed-range"), "\(clauses)")
  }

  @Test("Shares without a rest that leave something are told, those that make up the whole are not")
  func remainder() {
    func parts(_ all: String...) -> [String] {
      let lines = all.map { "    part \($0) on start" }.joined(separator: "\n")
      return codes(measure("for each hire\n  pay enterprise 900 yuan\n" + lines))
    }
    #expect(parts("30%", "50%") == ["less-than-whole"] && parts("1 / 3", "1 / 3") == ["less-than-whole"])
    #expect(parts("30%", "70%") == [] && parts("1 / 3", "1 / 3", "1 / 3") == [] && parts("30%", "rest") == [])
    #expect(parts("300 yuan", "50%") == [])
  }

  @Test("Nothing can have been paid before a day on or before which everything is paid")
  func neverBefore() {
    func recovery(_ pay: String, _ recover: String) -> [String] {
      codes(measure("for each hire\n  pay enterprise 1 yuan on \(pay)\n  recover all on \(recover)"))
    }
    for pay in ["start", "end", "start + 3 months", "end + 1 month"] {
      #expect(recovery(pay, "start") == ["recover-same-day"], "\(pay)")
    }
    #expect(recovery("start", "end") == [] && recovery("start + 3 months", "end") == [])
    #expect(recovery("end", "end") == ["recover-same-day"] && recovery("end + 1 month", "end") == ["recover-same-day"])
  }

  @Test("A document is not called like a result, which could then not be told from it")
  func resultNames() {
    func named(_ name: String) -> [String] {
      let text = measure("for each hire\n  pay enterprise 1 yuan")
      return codes(text.replacing("document d\n", with: "document \(name)\n"))
    }
    #expect(named("r3") == ["reserved-name"] && named("r100") == ["reserved-name"])
    #expect(named("r") == [] && named("r3x") == [] && named("r03") == [] && named("rules-3") == [])
  }

  @Test("Times without length, and parts of which there are none")
  func noTime() {
    #expect(
      codes(measure("for each hire\n  once per person in any 0 months\n  pay enterprise 1 yuan")) == ["empty-span"])
    let parts = "for each hire\n  pay enterprise 3 yuan in 3 equal parts every 0 months from start"
    #expect(codes(measure(parts)) == ["empty-span"])
    let text = measure("for each hire\n  pay enterprise 3 yuan in 0 equal parts every 1 month from start")
    let mistakes = PolicyParser.parse(rules: text[...], in: SourceFile(name: "d", text: text), firstLine: 1).1
    let told = mistakes.map(\.message.en)
    #expect(told.contains { $0.contains("a number from 2 to 120") }, "\(told)")
  }

  @Test("A window of one day is one")
  func oneDay() {
    #expect(
      codes(measure("window from 2023-01-01 to 2023-01-01\n  for each hire\n  pay enterprise 1 yuan")) == [])
  }

  @Test(
    "Clauses of which there is one",
    arguments: [
      "begins start\n  begins start + 1 day", "every record\n  every record",
      "once per worker\n  once per enterprise",
      "only the first 1 for each enterprise by start\n  only the first 2 for each enterprise by start",
      "only the highest for each worker\n  only the highest for each enterprise", "no window\n  window from 2022-01-01",
      "default clock is inclusive\n  default clock is anniversary",
    ])
  func second(clauses: String) {
    let found = codes(measure("for each hire\n  \(clauses)\n  pay enterprise 1 yuan"))
    #expect(found.contains("declared-twice"), "\(clauses): \(found)")
  }

  @Test("A second title is told, too")
  func secondTitle() {
    let rules = measure("title \"N\"\n  for each hire\n  pay enterprise 1 yuan")
    let (_, mistakes) = PolicyParser.parse(
      rules: rules[...], in: SourceFile(name: "rules", text: rules), firstLine: 1)
    #expect(mistakes.map(\.code) == ["repeated-clause"])
  }

  @Test("Measures that yield in a circle")
  func circles() {
    func one(_ name: String, to other: String?) -> String {
      "measure \(name)\n  title \"T\"\n  article \"1\"\n  kind k\n" + (other.map { "  yields to \($0)\n" } ?? "")
        + "  for each hire\n  pay enterprise 1 yuan\n"
    }
    let head = "document d\n  jurisdiction 350112\n"
    #expect(codes(head + one("a", to: "a")) == ["yields-in-circle"])
    #expect(codes(head + one("a", to: "b") + one("b", to: "a")) == ["yields-in-circle"])
    #expect(codes(head + one("a", to: "b") + one("b", to: "c") + one("c", to: "a")) == ["yields-in-circle"])
    #expect(codes(head + one("a", to: "b") + one("b", to: "c") + one("c", to: nil)) == [])
  }

  @Test(
    "Amounts that are below nought whatever the facts",
    arguments: [
      "pay enterprise 0 yuan - 500 yuan", "pay enterprise 0 yuan - rate", "pay enterprise 50% of (100 yuan - 300 yuan)",
      "pay enterprise (if wage > 3 yuan then 100 yuan - 200 yuan otherwise 5 yuan)",
    ])
  func belowNought(pay: String) {
    #expect(codes(measure("param rate = 500 yuan\n  for each hire\n  \(pay)")) == ["below-nought"], "\(pay)")
  }

  @Test(
    "Units that are nearly known ones",
    arguments: [
      "60 percnt", "60 precent", "60 pct", "60 Months", "6 monts", "6 mnoths", "300 yaun", "300 Yuan", "300 RMB",
      "300 圆",
      "6 月份", "30 dayss",
    ])
  func units(figure: String) {
    #expect(
      codes(measure("param p = \(figure)\n  for each hire\n  pay enterprise 1 yuan")) == ["unknown-unit"], "\(figure)")
  }

  @Test("Words that count", arguments: ["60 persons", "6 mouths", "5 ways", "3 year", "3 classes", "3 门", "12 posts"])
  func counts(figure: String) {
    #expect(codes(measure("param p = \(figure)\n  for each hire\n  pay enterprise 1 yuan")) == [], "\(figure)")
  }

  @Test("A count where a share belongs")
  func shares() {
    #expect(codes(measure("for each hire\n  pay enterprise 50 of wage")) == ["count-as-share"])
    #expect(codes(measure("param s = 60\n  for each hire\n  pay enterprise s of wage")) == ["count-as-share"])
    #expect(codes(measure("for each hire\n  pay enterprise 50 * wage")) == [])
    #expect(codes(measure("for each hire\n  pay enterprise 50% of wage")) == [])
    #expect(codes(measure("for each hire\n  pay enterprise (1 / 3) of wage")) == [])
  }

  @Test("Years where months belong are answered in months")
  func years() {
    for clauses in ["where stable for 1 year", "where end >= start + 1 year"] {
      let problems = Checking.check(measure("for each hire\n  \(clauses)\n  pay enterprise 1 yuan")).1
      #expect(problems.first?.hint?.en.contains("`12 months`") == true, "\(problems)")
    }
    let one = Checking.check(measure("for each hire\n  where stable for 1\n  pay enterprise 1 yuan")).1
    #expect(one.first?.hint?.en.contains("`1 month`") == true)
  }

  @Test("A set of those who came, asked who is there")
  func entrants() {
    let there = "define there(h: hire, d: date)\n  h.start <= d and (h.end is not given or h.end >= d)\n"
    func one(_ condition: String, _ frame: String = ", each year", _ source: String = "hires") -> [String] {
      let asked = condition.contains("there(") ? there : ""
      return codes(
        measure(
          "for each enterprise\(frame)\n  count s = \(source) of enterprise where \(condition)\n"
            + "  pay enterprise 1 yuan * count of s on 31 December of year", declarations: asked))
    }
    #expect(one("there(hire, 31 December of year)") == ["entrants"])
    #expect(one("present on 31 December of year") == ["entrants"])
    #expect(one("start <= 31 December of year and end >= 31 December of year") == ["entrants"])
    #expect(one("start <= 31 December of (year - 1)") == ["entrants"])
    #expect(one("start <= 30 June of year") == [])
    #expect(one("present on 31 December of year", ", each year from 2025 to 2026", "all hires") == [])
  }

  @Test("A name that the member and the frame both have")
  func twoMeanings() {
    let clauses =
      "for each agency\n  let start = 2026-01-01\n  count s = hires of agency where start > 2025-01-01\n"
      + "  pay agency 1 yuan for each s"
    #expect(codes(measure(clauses)) == ["two-meanings"])
    #expect(codes(measure(clauses.replacing("where start", with: "where member.start"))) == [])
  }

  @Test("One list in two documents: alike it is one, otherwise both files are named")
  func sameList() {
    func document(_ name: String, _ field: String) -> SourceFile {
      SourceFile(
        name: name + ".md",
        text:
          "```policy\nlist credits, each a credit\n  begins drawn\n  field id text required\n"
          + "  field drawn date required\n"
          + "  field rate \(field)\n\ndocument \(name)\n  jurisdiction 350112\n```\n")
    }
    func problems(_ second: String) -> [Diagnostic] {
      var dictionary = Checking.dictionary
      var all: [Diagnostic] = []
      for source in [document("a", "number required"), document("b", second)] {
        let (syntax, _) = PolicyParser.parse(document: source)
        all += Checker.check(syntax, dictionary: &dictionary, places: Checking.places).1
      }
      return all
    }
    #expect(problems("number required label \"利率\"").isEmpty)
    for other in ["money required", "number", "number default 3"] {
      let found = problems(other)
      #expect(found.map(\.code) == ["declared-otherwise"])
      #expect(found.first?.message.en.contains("a.md") == true && found.first?.message.en.contains("b.md") == true)
    }
  }
}
