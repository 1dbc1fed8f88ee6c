import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Testing

@testable import Reports

/// Ledgers made by running small documents over small facts.
enum Sample {
  static let rules = """
    # Sample

    ```policy
    list people, each a person
      title "People" zh "人员"
      begins start
      field id text required
      field friend reference to people
      field start date required
      field group one of (a, b) default a

    document sample
      title "Sample" zh "样例"
      jurisdiction 110000
      issued 2020-01-01

    reading generous "Is it generous?" zh "是否从宽？"
      no "no" zh "否" default
      yes "yes" zh "是"

    reading idle "Does it matter?" zh "有无影响？"
      no "no" zh "否" default
      yes "yes" zh "是"

    measure first
      title "First" zh "甲"
      article "一"
      kind one
      param rate = 100 yuan
      for each person
      where start is given
      every record
      pay person rate on start

    measure second
      title "Second" zh "乙"
      article "二"
      kind one
      param rate = 30.01 yuan
      for each person
      where group = b and (generous is yes or start before 2022-01-01)
      every record
      quota 2 in all
      ordered by start
      pay person at most rate on start
    ```
    """

  static let places = Gazetteer(table: "code,name\n110000,北京市\n")

  /// People `p1` ... with starts a month apart from 2021-11-15; every other in group b.
  static func ledger(
    _ count: Int, asOf: Day? = nil, readings: [String: String] = [:], ids: (Int) -> String = { "p\($0 + 1)" }
  ) -> Ledger {
    let source = SourceFile(name: "sample.md", text: rules)
    let (syntax, mistakes) = PolicyParser.parse(document: source)
    var dictionary = FactDictionary()
    let (document, problems) = Checker.check(syntax, dictionary: &dictionary, places: places)
    var builder = DatasetBuilder(dictionary: dictionary, places: places)
    let first = Day(year: 2021, month: 11, day: 15) ?? Day(number: 0)
    for i in 0..<count {
      builder.append(
        "people",
        [
          StatedValue("id", ids(i)), StatedValue("start", first.adding(months: i, .clamp).text),
          StatedValue("group", i % 2 == 0 ? "a" : "b"),
        ])
    }
    let (dataset, wrong) = builder.finish()
    var settings = RunSettings()
    settings.asOf = asOf
    settings.readings = readings
    let scenario = Scenario(
      title: "t", district: 0, asOf: asOf, documents: nil, values: [], readings: [], dataset: dataset, source: source)
    #expect((mistakes + problems + wrong).filter { $0.severity == .error }.map(\.message.en) == [])
    return Engine.run(document.map { [$0] } ?? [], scenario: scenario, settings: settings)
  }
}

@Suite("Budgets")
struct BudgetTests {
  @Test("amounts, payments and beneficiaries by measure")
  func lines() {
    // p2 starts in December 2021, p4 in February 2022: only p2 is in time for the second measure.
    let budget = Budget(Sample.ledger(5))
    #expect(budget.lines.map(\.tally.total) == [50_000, 3_001])
    #expect(budget.lines.map(\.tally.payments) == [5, 1])
    #expect(budget.lines.map(\.beneficiaries) == [5, 1])
    #expect(budget.lines.map(\.isUpperBound) == [false, true])
    #expect(budget.sum.total == 53_001)
  }

  @Test("total is due and pending; what is over quota stands outside")
  func tallies() {
    let ledger = Sample.ledger(8, asOf: Day(year: 2022, month: 1, day: 15), readings: ["sample.generous": "yes"])
    let sum = Budget(ledger).sum
    #expect(sum.due == 3 * 10_000 + 3_001)
    #expect(sum.pending == 5 * 10_000 + 3_001)
    #expect(sum.overQuota == 2 * 3_001)
    #expect(sum.total == sum.due + sum.pending)
  }

  @Test("every breakdown adds up to the budget", arguments: Dimension.allCases)
  func breakdowns(dimension: Dimension) {
    let budget = Budget(
      Sample.ledger(30, asOf: Day(year: 2023, month: 1, day: 1), readings: ["sample.generous": "yes"]))
    var sum = Tally()
    for group in Breakdown(budget, by: dimension).groups { sum.add(group.tally) }
    #expect(sum == budget.sum)
  }

  @Test("years and months are those of the accrual dates")
  func times() {
    let budget = Budget(Sample.ledger(4))
    #expect(Breakdown(budget, by: .month).groups.map(\.key) == ["2021-11", "2021-12", "2022-01", "2022-02"])
    #expect(Breakdown(budget, by: .year).groups.map(\.tally.total) == [23_001, 20_000])
    #expect(Breakdown(budget, by: .kind).groups.map(\.key) == ["one"])
    #expect(Breakdown(budget, by: .beneficiary).groups.map(\.key) == ["p2", "p1", "p3", "p4"])
  }

  @Test("sums that no figure can hold stop at the largest")
  func overflow() {
    #expect(Amounts.add(.max, 1) == .max && Amounts.add(.min, -1) == .min)
    #expect(Amounts.multiply(1 << 60, 1 << 20) == .max && Amounts.multiply(-(1 << 60), 1 << 20) == .min)
  }
}

@Suite("Payments")
struct PaymentListTests {
  @Test("they are in the order of date, measure, beneficiary and subject by code point")
  func order() {
    let ids = ["b", "a", "B", "é", "中", "10", "9", "a-1", "a"]
    let ledger = Sample.ledger(8) { ids[$0] }
    let list = PaymentList(ledger)
    let rows = (0..<list.count).map { i in (list[i].date.text, list[i].measure.id, list[i].beneficiary, list[i].subject)
    }
    let sorted = rows.sorted { a, b in
      func key(_ r: (String, String, String, String)) -> [[UInt8]] {
        [Array(r.0.utf8), Array(r.1.utf8), Array(r.2.utf8), Array(r.3.utf8)]
      }
      return key(a).lexicographicallyPrecedes(key(b)) { $0.lexicographicallyPrecedes($1) }
    }
    #expect(rows.map(\.2) == sorted.map(\.2) && rows.map(\.0) == sorted.map(\.0))
    #expect(list.count == 9)
  }

  @Test("the list adds up to the budget, and may be of some measures only")
  func sums() {
    let ledger = Sample.ledger(20, asOf: Day(year: 2022, month: 6, day: 1))
    #expect(PaymentList(ledger).sum == Budget(ledger).sum)
    let second = PaymentList(ledger) { $0.name == "second" }
    #expect(second.count == 1 && second[0].status == .due && second[0].isUpperBound)
  }
}

@Suite("Comparisons")
struct ComparisonTests {
  @Test("the split of a gap over measures and its winners and losers add up to it", arguments: Dimension.allCases)
  func gaps(dimension: Dimension) {
    let columns = [
      Comparison.Column(name: "strict", budget: Budget(Sample.ledger(12))),
      Comparison.Column(name: "generous", budget: Budget(Sample.ledger(12, readings: ["sample.generous": "yes"]))),
    ]
    let comparison = Comparison(columns, by: dimension)
    #expect(comparison.difference(1) == 3_001)
    #expect(comparison.split(1).reduce(0) { $0 + $1.part } == 3_001)
    let (gain, lose) = comparison.changes(1)
    #expect((gain + lose).reduce(0) { $0 + $1.difference } == 3_001)
    #expect(gain.map(\.beneficiary) == ["p4"] && lose.isEmpty)
    for column in 0..<2 {
      #expect(comparison.rows.reduce(0) { $0 + ($1.totals[column] ?? 0) } == columns[column].budget.sum.total)
    }
  }
}

@Suite("Readings")
struct ReadingReportTests {
  @Test("each choice alone, and the range over those that matter")
  func report() throws {
    let base = Sample.ledger(12)
    let asked = Set(ReadingReport.readings(of: base.documents).filter { $0.name == "generous" }.map(\.id))
    let report = ReadingReport.make(
      base.documents, settings: base.settings, run: { Sample.ledger(12, readings: $0) }, asked: { _ in asked })
    let generous = try #require(report.effects.first { $0.reading.name == "generous" })
    #expect(generous.totals == [123_001, 126_002] && generous.affected == [0, 1] && generous.examples[1] == ["p4"])
    #expect(report.effects.filter(\.matters).map(\.reading.name) == ["generous"])
    let range = try #require(report.range)
    #expect(range.low == 123_001 && range.high == 126_002 && range.isExact && range.combinations == 2)
    #expect(range.highChoices.map(\.choice) == ["yes"])
  }

  @Test("work that is stopped says so")
  func stopped() {
    let base = Sample.ledger(3)
    let report = ReadingReport.make(
      base.documents, settings: base.settings, run: { Sample.ledger(3, readings: $0) }, isCancelled: { true })
    #expect(report.isPartial && report.range == nil && report.effects.isEmpty)
  }
}
