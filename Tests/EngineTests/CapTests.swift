// Caps against a plain reckoning, payment by payment, over claims by chance: how they end, what counts in any time, in
// proportion; and what is told where a cap is not one.
import Engine
import Foundation
import PolicyLanguage
import Reckoning
import Testing

@Suite("Caps, reckoned plainly")
struct CapTests {
  struct Claim {
    let id: String
    let enterprise: String
    let filed: Day
    let amount: Int64
  }

  static func programme(_ caps: String) -> Programme {
    Programme(
      """
      document test
        jurisdiction 350112
      list claims, each a claim
        begins filed
        field id text required
        field enterprise reference to enterprises required
        field filed date required
        field amount money required
      measure m
        title "M"
        article "1"
        kind k
        for each claim
        pay enterprise amount
        \(caps)
      """)
  }

  static func claims(_ seed: Int) -> [Claim] {
    var dice = Dice(state: UInt64(seed) &* 104_729 &+ 17)
    var all: [Claim] = []
    for n in 0..<Int.random(in: 1...16, using: &dice) {
      let filed = day(dice.date("2024-01-01", days: 1_500))
      all.append(
        Claim(
          id: "c" + String(100 + n), enterprise: dice.one(["e", "f", "g"]), filed: filed,
          amount: Int64(Int.random(in: 1...90_000, using: &dice))))
    }
    return all
  }

  static func facts(_ claims: [Claim]) -> String {
    let lines = claims.map { c -> String in
      let amount = Money(fen: c.amount).grouped.replacing(",", with: "")
      return "  - {id: \(c.id), enterprise: \(c.enterprise), filed: \(c.filed.text), amount: \(amount)}"
    }
    return "enterprises: [{id: e, district: 350112}, {id: f, district: 350112}, {id: g, district: 350112}]\nclaims:\n"
      + lines.joined(separator: "\n")
  }

  /// A cap of the plain reckoning: who shares it, how much it is, and from which day on payments count on a day.
  struct Plain: Sendable {
    let key: @Sendable (Claim) -> String
    let fen: Int64
    let since: @Sendable (Day) -> Day
  }

  /// What each claim is paid in turn, by its id.
  static func paid(_ claims: [Claim], _ caps: [Plain], _ end: String) -> [String: Int64] {
    var out: [String: Int64] = [:]
    var done: [(claim: Claim, fen: Int64)] = []
    var closed: [String: Day] = [:]
    let sorted = claims.sorted { a, b in a.filed != b.filed ? a.filed < b.filed : a.id < b.id }
    for claim in sorted {
      var left = claim.amount
      var tight: [String] = []
      for (n, cap) in caps.enumerated() {
        let key = "\(n) " + cap.key(claim)
        let since = cap.since(claim.filed)
        let used = done.filter { cap.key($0.claim) == cap.key(claim) && $0.claim.filed >= since }
          .reduce(Int64(0)) { $0 + $1.fen }
        var room = max(cap.fen - used, 0)
        if let day = closed[key] { if day >= since { room = 0 } else { closed[key] = nil } }
        if room < claim.amount { tight.append(key) }
        left = min(left, room)
      }
      if left < claim.amount, end != "part" { left = 0 }
      if end == "stop" { for key in tight where closed[key] == nil { closed[key] = claim.filed } }
      out[claim.id] = left
      done.append((claim, left))
    }
    return out
  }

  static let forms: [(text: String, caps: [Plain])] = {
    let long = day("1900-01-01")
    let firm = Plain(key: { $0.enterprise }, fen: 100_000, since: { _ in long })
    let year = Plain(key: { "\($0.filed.year) \($0.enterprise)" }, fen: 60_000, since: { _ in long })
    let all = Plain(key: { _ in "" }, fen: 300_000, since: { _ in long })
    let years = Plain(
      key: { $0.enterprise }, fen: 90_000, since: { Day(year: $0.year - 1, month: 1, day: 1) ?? long })
    let months = Plain(key: { $0.enterprise }, fen: 70_000, since: { $0.adding(months: -7, .clamp) + 1 })
    return [
      ("cap 1,000 yuan for each enterprise", [firm]),
      ("cap 600 yuan for each enterprise, year\n  cap 1,000 yuan for each enterprise", [year, firm]),
      ("cap 600 yuan for each enterprise, year\n  cap 3,000 yuan in all", [year, all]),
      ("cap 900 yuan for each enterprise in any 2 years", [years]),
      ("cap 700 yuan for each enterprise in any 7 months\n  cap 3,000 yuan in all", [months, all]),
    ]
  }()

  @Test("In turn, however a cap ends", arguments: 0..<40)
  func inTurn(seed: Int) throws {
    let claims = Self.claims(seed)
    for (text, caps) in Self.forms {
      let programme = Self.programme(text)
      for end in ["part", "stop", "skip"] {
        let outcome = try #require(programme.run(Self.facts(claims)) { $0.readings["cap_end"] = end })
        let expected = Self.paid(claims, caps, end)
        for claim in claims {
          let entries = outcome.entries.filter { $0.subject == claim.id }
          let paid = entries.filter { $0.standing == .paid }.reduce(0) { $0 + $1.fen }
          #expect(paid == expected[claim.id], "\(text) \(end) \(claim.id)")
          #expect(entries.reduce(0) { $0 + $1.fen } == claim.amount)
        }
      }
    }
  }

  @Test("Every payment that is cut says what was claimed, and which cap cut it")
  func claimed() throws {
    let outcome = try #require(Self.programme("cap 1,000 yuan in all").run(Self.facts(Self.claims(2))))
    var cut = 0
    for block in outcome.ledger.blocks {
      guard let found = block.cut else { continue }
      for i in 0..<block.count {
        guard let by = found.by[i] else {
          #expect(found.claimed[i] == 0 && block.standing(i) == .paid)
          continue
        }
        cut += 1
        #expect(by == "test.m" && found.claimed[i] >= block.amount(i))
      }
    }
    #expect(cut > 0)
  }

  @Test("Who is undetermined for two reasons is counted once")
  func twoReasons() throws {
    let outcome = try #require(
      FirmsAndJobs.measure(
        """
          for each job
          every record
          pay firm 100 yuan
          pay worker wage
          cap firm.pot for each firm
        """
      ).run("firms: [{id: e}]\njobs: [{id: a, firm: e, start: 2024-01-01, hours: 1}]"))
    #expect(outcome.undetermined() == "1: pot, wage")
  }

  @Test("Two amounts in one group leave its payments open, and no others")
  func twoCaps() throws {
    let outcome = try #require(
      Self.programme("cap if amount > 500 yuan then 300 yuan otherwise 400 yuan for each enterprise").run(
        """
        enterprises: [{id: e, district: 350112}, {id: f, district: 350112}]
        claims:
          - {id: a, enterprise: e, filed: 2026-01-01, amount: 600}
          - {id: b, enterprise: e, filed: 2026-01-02, amount: 100}
          - {id: c, enterprise: f, filed: 2026-01-03, amount: 700}
        """))
    #expect(outcome.lines() == ["f c 2026-01-03 300", "f c 2026-01-03 400 overCap"])
    #expect(outcome.undetermined() == "2: two caps")
    #expect(outcome.ledger.diagnostics.map(\.code).sorted() == ["cap-open", "two-caps"])
  }
}
