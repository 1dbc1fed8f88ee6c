// Amounts that each move one way by themselves where the total does not: between two values at which everything is
// decided alike, the total lies where they say.
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Testing

@Suite("Amounts that move one way each")
struct SteadyAmountTests {
  /// What is not used is carried forward: what rises with the share stands beside what falls with it.
  static let carried = Programme(
    """
    document test
      jurisdiction 350112
    list filings, each a filing
      begins filed
      field id text required
      field firm text required
      field tax_year number required
      field filed date required
      field cost money required
      field liability money required
    measure m
      title "M"
      article "1"
      kind k
      param share = 40% "of the cost"
      for each filing
      let upto = smallest of (
          sum of share of cost over (filings with same firm where tax_year <= filing.tax_year - m)
          + sum of liability over (filings with same firm where tax_year > filing.tax_year - m
            and tax_year <= filing.tax_year)) for each m from 0 to 3
      let earlier = smallest of (
          sum of share of cost over (filings with same firm where tax_year <= filing.tax_year - 1 - m)
          + sum of liability over (filings with same firm where tax_year > filing.tax_year - 1 - m
            and tax_year <= filing.tax_year - 1)) for each m from 0 to 3
      pay firm upto - earlier on filed
    """)

  static let filings = """
    filings:
      - {id: a0, firm: A, tax_year: 2020, filed: 2021-04-15, cost: 1000.01, liability: 150}
      - {id: a1, firm: A, tax_year: 2021, filed: 2022-04-15, cost: 100, liability: 0}
      - {id: a2, firm: A, tax_year: 2022, filed: 2023-04-15, cost: 0, liability: 290.01}
      - {id: a3, firm: A, tax_year: 2023, filed: 2024-04-15, cost: 500, liability: 100}
      - {id: b0, firm: B, tax_year: 2023, filed: 2024-04-15, cost: 500, liability: 200}
    """

  /// Two caps at once, one of any twelve months, and a half taken back.
  static let capped = Programme(
    measure: """
        param rate = 1,000.01 yuan "a quarter"
        for each hire, each period of 3 months from start to start + 12 months - 1 day
        where end is not given or end >= period_start
        pay enterprise rate on period_start
        recover 50% of paid on end when end is given and end >= period_start and end < period_end
        cap 3,000 yuan for each enterprise, year
        cap 4,500 yuan for each enterprise in any 12 months
      """)

  /// The same of a part of the wage, to the fen.
  static let partly = Programme(
    measure: """
        param rate = 30% "of the wage"
        for each hire, each period of 3 months from start to start + 12 months - 1 day
        where end is not given or end >= period_start
        pay enterprise rate of monthly_wage on period_start
        cap 3,000 yuan for each enterprise, year
        cap 4,500 yuan for each enterprise in any 12 months
      """)

  static let hires = """
    enterprises: [{id: e, district: 350112}]
    hires:
      - {id: a, enterprise: e, start: 2025-01-31, end: 2025-07-30, monthly_wage: 3333.33}
      - {id: b, enterprise: e, start: 2025-11-30, end: 2026-02-28, monthly_wage: 2777.77}
      - {id: c, enterprise: e, start: 2025-07-31, monthly_wage: 4100.01}
    """

  /// What is looked at of one value.
  private struct Look {
    let decisions: Decisions
    let amounts: [Int64]
    let standings: [Standing]
    var total: Int64 { zip(amounts, standings).reduce(0) { $0 + ($1.1.isInTotal ? $1.0 : 0) } }
  }

  private func look(_ programme: Programme, _ scenario: Scenario, _ id: String, _ value: Int64) -> Look {
    let watched = Watched(parameter: id)
    let settings = watched.set(value, in: RunSettings())
    let ledger = Engine.run(programme.documents, scenario: scenario, settings: settings)
    var amounts: [Int64] = [], standings: [Standing] = []
    for block in ledger.blocks {
      for i in 0..<block.count {
        amounts.append(block.amount(i))
        standings.append(block.standing(i))
      }
    }
    return Look(
      decisions: Engine.decisions(on: watched, programme.documents, scenario: scenario, settings: settings),
      amounts: amounts, standings: standings)
  }

  @Test(
    "Between two values that decide alike the total lies between the lower and the higher ends of its amounts",
    arguments: ["carried", "capped", "partly"])
  func between(name: String) throws {
    let (programme, facts, id, most): (Programme, String, String, Int64) =
      switch name {
      case "carried": (Self.carried, Self.filings, "test.m.share", 100_000_000)
      case "capped": (Self.capped, Self.hires, "test.m.rate", 400_000)
      default: (Self.partly, Self.hires, "test.m.rate", 100_000_000)
      }
    let scenario = try #require(programme.scenario(facts))
    var dice = Dice(state: 17)
    var compared = 0
    for width in [most, most / 10, most / 100, most / 1_000, most / 10_000, most / 100_000] {
      for _ in 0..<25 {
        let low = Int64.random(in: 0...(most - width), using: &dice)
        let a = look(programme, scenario, id, low), b = look(programme, scenario, id, low + width)
        guard let x = a.decisions.steadiness, let y = b.decisions.steadiness, a.decisions.digest == b.decisions.digest,
          x.digest == y.digest, a.standings == b.standings
        else { continue }
        compared += 1
        let slack = max(x.slack, y.slack)
        var (least, greatest) = (a.total - slack, a.total + slack)
        for (k, standing) in a.standings.enumerated() where standing.isInTotal {
          let change = b.amounts[k] - a.amounts[k]
          if change < 0 { least += change } else { greatest += change }
        }
        for _ in 0..<4 {
          let value = low + Int64.random(in: 0...width, using: &dice)
          let total = look(programme, scenario, id, value).total
          #expect((least...greatest).contains(total), "\(low), \(value), \(low + width)")
          if a.amounts == b.amounts { #expect(total == a.total) }
        }
      }
    }
    #expect(compared > 30)
  }

  @Test("A comparison whose sides do not keep to one way is not taken to come out alike between two values")
  func notBetween() throws {
    let programme = Programme(
      measure: """
          param p = 200 yuan "a figure"
          for each enterprise
          where larger of (300 yuan - p, p - 300 yuan) >= 100 yuan
          pay enterprise 1,000 yuan on 2026-01-01
        """)
    let scenario = try #require(programme.scenario("enterprises: [{id: e, district: 350112}]"))
    // It holds at 0 and at 600 yuan, and not at 300.
    let ends = [0, 60_000].map { look(programme, scenario, "test.m.p", $0) }
    #expect(ends[0].total == 100_000 && ends[1].total == 100_000)
    #expect(look(programme, scenario, "test.m.p", 30_000).total == 0)
    let isAlike = ends[0].decisions.digest == ends[1].decisions.digest && ends[0].decisions.direction != .mixed
    #expect(!isAlike)
  }

  @Test("A product with a figure below nought goes the other way")
  func belowNought() throws {
    let programme = Programme(
      measure: """
          param p = 200 yuan "a figure"
          for each enterprise
          pay enterprise 10,000 yuan + (employees - 5) * p on 2026-01-01
        """)
    let facts = "enterprises: [{id: e, district: 350112, employees: 2}, {id: f, district: 350112, employees: 9}]"
    let scenario = try #require(programme.scenario(facts))
    let decisions = look(programme, scenario, "test.m.p", 20_000).decisions
    #expect(decisions.direction == .mixed)
    #expect(decisions.steadiness?.slack == 0)
  }

  @Test("What a source may bear moves no total where another bears the rest")
  func source() throws {
    let programme = Programme(
      """
      document test
        jurisdiction 350112
        fund central 50%, district rest
      measure m
        title "M"
        article "1"
        kind k
        param rate = 30% "of the wage"
        for each hire
        pay enterprise rate of monthly_wage on start
      limit source
        title "S"
        article "2"
        over m
        cap 500 yuan of central for each year then district
      """)
    let scenario = try #require(programme.scenario(Self.hires))
    #expect(look(programme, scenario, "test.m.rate", 30_000_000).decisions.direction == .up)
  }
}
