// What is taken back, against a plain reckoning of it, hire by hire, over facts by chance; and what a ledger with
// recoveries must hold to.
import Engine
import Foundation
import PolicyLanguage
import Reckoning
import Testing

@Suite("What is taken back")
struct RecoveryTests {
  static let programme = Programme(
    """
    document test
      jurisdiction 350112
    list hires, each a hire
      field amount money required
      field bad bool
    measure m
      title "M"
      article "1"
      kind k
      param back = 300 yuan "for bad conduct"
      param rate = 100% "of what is named"
      for each hire
      every record
      let served = whole months from start to end + 1 day
      pay enterprise rate of amount on start
      pay enterprise 50% of amount on start + 6 months when end is not given or end >= start + 6 months
      cap 10,000 yuan for each enterprise
      recover paid * (12 months - served) / 12 months on end when end is given and served < 12 months
      recover back on end + 30 days when bad
    """)

  struct Hire {
    let id: String
    let enterprise: String
    let start: Day
    let end: Day?
    let amount: Int64
    let bad: Bool?
  }

  static func hires(_ seed: Int) -> [Hire] {
    var dice = Dice(state: UInt64(seed) &* 7919 &+ 5)
    var all: [Hire] = []
    for n in 0..<Int.random(in: 1...14, using: &dice) {
      let start = day(dice.date("2026-01-01", days: 300))
      let end: Day? = dice.chance(70) ? day(dice.date(start.text, days: 500)) : nil
      let amount = Int64(Int.random(in: 1...400_000, using: &dice))
      let bad: Bool? = dice.chance(20) ? nil : dice.chance(40)
      let id = "h" + String(100 + n)
      all.append(
        Hire(id: id, enterprise: dice.one(["e", "f"]), start: start, end: end, amount: amount, bad: bad))
    }
    return all
  }

  static func facts(_ hires: [Hire]) -> String {
    let lines = hires.map { h -> String in
      let end = h.end.map { ", end: \($0.text)" } ?? ""
      let bad = h.bad.map { ", bad: \($0)" } ?? ""
      let amount = Money(fen: h.amount).grouped.replacing(",", with: "")
      return "  - {id: \(h.id), enterprise: \(h.enterprise), start: \(h.start.text), amount: \(amount)\(end)\(bad)}"
    }
    return "enterprises: [{id: e, district: 350112}, {id: f, district: 350112}]\nhires:\n"
      + lines.joined(separator: "\n")
  }

  /// One payment of the plain reckoning.
  struct Paid {
    let hire: Int
    let part: Int
    let date: Day
    var amount: Int64
    var over: Int64 = 0
  }

  static func half(_ x: Int64) -> Int64 { (x + 1) / 2 }

  /// a * above / below, half away from nought; all are nought or more.
  static func share(_ a: Int64, _ above: Int64, _ below: Int64) -> Int64 { (2 * a * above + below) / (2 * below) }

  static func months(_ from: Day, _ to: Day) -> Int64 {
    var n = 0
    while from.adding(months: n + 1, .clamp) <= to { n += 1 }
    return Int64(n)
  }

  /// What there is to be paid, cut at the cap of each enterprise in the order of days and hires.
  static func payments(_ hires: [Hire]) -> [Paid] {
    var all: [Paid] = []
    for (i, h) in hires.enumerated() {
      all.append(Paid(hire: i, part: 0, date: h.start, amount: h.amount))
      let later = h.start.adding(months: 6, .clamp)
      if h.end.map({ $0 >= later }) ?? true {
        all.append(Paid(hire: i, part: 1, date: later, amount: half(h.amount)))
      }
    }
    all.sort { a, b in
      if a.date != b.date { return a.date < b.date }
      return a.hire != b.hire ? hires[a.hire].id < hires[b.hire].id : a.part < b.part
    }
    var room: [String: Int64] = [:]
    for k in all.indices {
      let firm = hires[all[k].hire].enterprise
      let left = room[firm] ?? 1_000_000
      let paid = min(left, all[k].amount)
      room[firm] = left - paid
      all[k].over = all[k].amount - paid
      all[k].amount = paid
    }
    return all
  }

  /// The entries that there should be, in lines, and what is at stake.
  static func expected(_ hires: [Hire]) -> (lines: [String], stake: Int64) {
    let all = payments(hires)
    var lines: [String] = []
    var stake: Int64 = 0
    func line(_ h: Hire, _ date: Day, _ fen: Int64, _ standing: String) {
      lines.append("\(h.enterprise) \(h.id) \(date.text) \(Money(fen: fen).grouped)" + standing)
    }
    for p in all {
      if p.amount > 0 { line(hires[p.hire], p.date, p.amount, "") }
      if p.over > 0 { line(hires[p.hire], p.date, p.over, " overCap") }
    }
    for (i, h) in hires.enumerated() {
      guard let end = h.end else { continue }
      let mine: [Paid] = all.filter { $0.hire == i }.sorted { $0.date < $1.date }
      var left: [(Day, Int64)] = mine.map { ($0.date, $0.amount) }
      func take(_ wanted: (Int64) -> Int64, on date: Day, isKnown: Bool) {
        var paid: Int64 = 0
        for (day, fen) in left where day <= date { paid += fen }
        let amount = min(paid, max(wanted(paid), 0))
        guard amount > 0 else { return }
        if !isKnown {
          stake += amount
          return
        }
        line(h, date, -amount, " recovered")
        var open = amount
        for k in left.indices where left[k].0 <= date {
          let part = min(open, left[k].1)
          left[k].1 -= part
          open -= part
        }
      }
      let served = months(h.start, end + 1)
      if served < 12 { take({ share($0, 12 - served, 12) }, on: end, isKnown: true) }
      if h.bad != false { take({ _ in 30_000 }, on: end + 30, isKnown: h.bad == true) }
    }
    return (lines.sorted(), stake)
  }

  @Test("Entry by entry as a plain reckoning has it", arguments: 0..<60)
  func plain(seed: Int) throws {
    let hires = Self.hires(seed)
    let outcome = try #require(Self.programme.run(Self.facts(hires)))
    let (lines, stake) = Self.expected(hires)
    #expect(outcome.lines().sorted() == lines)
    #expect(outcome.ledger.undetermined.compactMap(\.atStake).reduce(0, +) == stake)
  }

  @Test("Any number of threads and any size of batch find the same", arguments: 0..<4)
  func threads(seed: Int) throws {
    let facts = Self.facts(Self.hires(seed))
    let plain = try #require(Self.programme.run(facts)).lines()
    let other = try #require(
      Self.programme.run(facts) {
        $0.threads = 4
        $0.batch = 3
      }
    ).lines()
    #expect(plain == other)
  }

  @Test("The plain reckoning reaches recoveries of all kinds, cuts and what is at stake")
  func reach() {
    let all = (0..<60).map { Self.expected(Self.hires($0)) }
    #expect(all.contains { $0.stake > 0 })
    #expect(all.contains { $0.lines.contains { $0.hasSuffix("recovered") } })
    #expect(all.contains { $0.lines.contains { $0.hasSuffix("overCap") } })
  }

  @Test("As a figure grows the total moves as it is told to", arguments: 0..<30)
  func direction(seed: Int) throws {
    for id in ["test.m.rate", "test.m.back"] {
      let programme = seed % 2 == 0 ? Self.programme : Self.alone
      let scenario = try #require(programme.scenario(Self.facts(Self.hires(seed))))
      var before: (decisions: Decisions, total: Int64)?
      for raw: Int64 in [0, 1_000, 5_000, 10_000, 30_000, 400_000, 30_000_000, 60_000_000, 100_000_000] {
        var settings = RunSettings()
        settings.parameters[id] = raw
        let decisions = Engine.decisions(
          on: Watched(parameter: id), programme.documents, scenario: scenario, settings: settings)
        let total = programme.run(scenario) { $0.parameters[id] = raw }.net
        if let before, before.decisions == decisions {
          switch decisions.direction {
          case .up: #expect(total >= before.total)
          case .down: #expect(total <= before.total)
          case .none: #expect(total == before.total)
          case .mixed: break
          }
        }
        before = (decisions, total)
      }
    }
  }

  /// One recovery only, without a cap: which way the total moves is told.
  static let alone = Programme(
    """
    document test
      jurisdiction 350112
    list hires, each a hire
      field amount money required
      field bad bool
    measure m
      title "M"
      article "1"
      kind k
      param back = 300 yuan "for bad conduct"
      param rate = 100% "of what is named"
      for each hire
      every record
      pay enterprise rate of amount on start
      recover back on end + 30 days when bad
    """)

  @Test("One recovery that has nothing to do with what was paid: its direction is told")
  func told() throws {
    let scenario = try #require(Self.alone.scenario(Self.facts(Self.hires(3))))
    func direction(_ id: String) -> Direction {
      Engine.decisions(
        on: Watched(parameter: id), Self.alone.documents, scenario: scenario, settings: RunSettings()
      ).direction
    }
    #expect(direction("test.m.rate") == .up)
    #expect(direction("test.m.back") == .down)
  }

  @Test("What takes it back: cut at what was paid, told in a note; nothing of what was displaced")
  func limits() throws {
    let outcome = try #require(
      Programme(
        measure: """
            for each hire
            every record
            pay enterprise 100 yuan on start
            recover paid + 50 yuan on end
          """
      ).run(
        """
        enterprises: [{id: e, district: 350112}]
        hires: [{id: h, enterprise: e, start: 2026-01-01, end: 2026-03-01}]
        """))
    #expect(outcome.lines() == ["e h 2026-01-01 100", "e h 2026-03-01 -100 recovered"])
    #expect(outcome.ledger.diagnostics.map(\.code) == ["recovery-cut"])
  }

  @Test("What recoveries before it have left nothing of is told like what is cut")
  func nothingLeft() throws {
    let outcome = try #require(
      Programme(
        measure: """
            for each hire, each k from 1 to 3
            every record
            pay enterprise 100 yuan * k on start + 12 months * k
            recover paid * 50% on end when end is given
            recover 10 yuan * k on end when end is given and k < 3
          """
      ).run(
        """
        enterprises: [{id: e, district: 350112}]
        hires: [{id: h, enterprise: e, start: 2022-01-01, end: 2024-06-30}]
        """))
    // 150 of 300, out of the first 100 and then of the second; of the first nothing is left, of the second 20 are.
    #expect(outcome.entries.filter { $0.standing == .recovered }.map(\.fen).sorted() == [-15_000, -2_000])
    #expect(outcome.ledger.diagnostics.map(\.code) == ["recovery-cut"])
    #expect(outcome.ledger.diagnostics.first?.message.en.contains("1 recovery is cut") == true)
  }

  @Test("Two beneficiaries of one frame are asked apart, and `from` names one of them")
  func beneficiaries() throws {
    let measure = """
        for each hire
        every record
        pay enterprise 100 yuan on start
        pay agency 40 yuan on start
        recover 50% of paid FROM on end
      """
    let facts = """
      enterprises: [{id: e, district: 350112}]
      agencies: [{id: q, district: 350112}]
      hires: [{id: h, enterprise: e, agency: q, start: 2026-01-01, end: 2026-03-01}]
      """
    let both = try #require(Programme(measure: measure.replacing("FROM", with: "")).run(facts))
    #expect(both.total("m", .recovered) == -7_000)
    let one = try #require(Programme(measure: measure.replacing("FROM", with: "from agency")).run(facts))
    #expect(one.lines().filter { $0.hasSuffix("recovered") } == ["q h 2026-03-01 -20 recovered"])
  }

  @Test("What comes out below nought is listed, is in nobody's way, and is told")
  func belowNought() throws {
    let outcome = try #require(
      Programme(
        measure: """
            for each hire
            once per enterprise
            pay enterprise 7 yuan - (if worker = "w" then 12 yuan otherwise 0 yuan)
          """
      ).run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: a, worker: w, enterprise: e, start: 2026-01-01}
          - {id: b, worker: x, enterprise: e, start: 2026-01-02}
        """))
    #expect(outcome.lines() == ["e a 2026-01-01 -5 belowNought", "e b 2026-01-02 7"])
    #expect(outcome.ledger.diagnostics.map(\.code) == ["negative"])
  }
}

extension Outcome {
  /// What is paid less what is taken back.
  var net: Int64 { entries.filter { $0.standing.isInTotal }.reduce(0) { $0 + $1.fen } }
}
