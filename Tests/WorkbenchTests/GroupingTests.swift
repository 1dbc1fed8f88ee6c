// Budgets in groups over many scenarios made by chance: whatever the key, the groups are those that going through the
// payments one by one gives, and they add up to the total.

import Answers
import Diagnostics
import Reports
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Groups of random budgets")
struct GroupingTests {
  /// A hire as it was drawn.
  struct Drawn {
    let id: String
    let sex: String?
    let enterprise: Int
    let month: Int
    let born: Int?
    let origin: String?
  }

  static let origins = ["520502", "520524", "620422", "530602"]
  static let sizes = ["small", "medium", nil]

  static func draw(_ seed: UInt64) -> (yaml: String, hires: [String: Drawn]) {
    var numbers = SeededNumbers(seed: seed, draw: 0)
    func below(_ n: Int) -> Int { Int(numbers.below(UInt64(n))) }
    var yaml = "scenario: drawn\ndistrict: 350112\nas_of: 2022-10-31\nenterprises:\n"
    for (i, size) in sizes.enumerated() {
      yaml += "  - {id: e\(i), district: 350112, lists: [leading_2021]\(size.map { ", size: \($0)" } ?? "")}\n"
    }
    yaml +=
      "agencies:\n  - {id: q, district: 350112, filed: true}\n  - {id: r, district: 350112, filed: true}\nhires:\n"
    var hires: [String: Drawn] = [:]
    for i in 0..<(420 + below(60)) {
      let hire = Drawn(
        id: "h\(i)", sex: [nil, "male", "female"][below(3)], enterprise: below(3), month: 1 + below(8),
        born: below(4) == 0 ? nil : 1970 + below(35), origin: below(5) == 0 ? nil : origins[below(4)])
      hires[hire.id] = hire
      yaml += "  - {id: \(hire.id), enterprise: e\(hire.enterprise), agency: \(["q", "q", "q", "r"][below(4)]), "
      yaml += "start: 2022-0\(hire.month)-01"
      if let sex = hire.sex { yaml += ", sex: \(sex)" }
      if let born = hire.born { yaml += ", born: \(born)-06-15" }
      if let origin = hire.origin { yaml += ", origin: \(origin)" }
      yaml += "}\n"
    }
    return (yaml, hires)
  }

  /// A key as it is written, and what it is of a hire.
  static let keys: [(by: String, of: @Sendable (Drawn) -> String)] = [
    ("sex", { $0.sex ?? "(unknown)" }), ("enterprise.size", { sizes[$0.enterprise] ?? "(unknown)" }),
    ("origin at province", { $0.origin.map { $0.prefix(2) + "0000" } ?? "(unknown)" }),
    ("start at quarter", { "2022-Q\(($0.month - 1) / 3 + 1)" }), ("就业单位", { "e\($0.enterprise)" }),
    (
      "age at start in 16..24, 25..34, 35..",
      { hire in
        guard let born = hire.born else { return "(unknown)" }
        let age = 2022 - born - (hire.month <= 6 ? 1 : 0)
        return age < 16 ? "(outside)" : age < 25 ? "16..24" : age < 35 ? "25..34" : "35.."
      }
    ),
  ]

  private struct Payment {
    let subject: String
    let beneficiary: String
    let year: String
    let fen: Int
    let isPaid: Bool
  }

  private static func payments(_ bench: Bench) throws -> [Payment] {
    guard case .array(let all)? = try bench.object("payments", "payments")["payments"] else { throw Bench.Missing() }
    return try all.map { one in
      guard case .string(let subject)? = one["subject"], case .string(let beneficiary)? = one["beneficiary"],
        case .string(let amount)? = one["amount"], case .string(let date)? = one["date"],
        case .string(let status)? = one["status"], let fen = Int(amount.replacing(".", with: ""))
      else { throw Bench.Missing() }
      return Payment(
        subject: subject, beneficiary: beneficiary, year: String(date.prefix(4)), fen: fen,
        isPaid: status == "due" || status == "pending")
    }
  }

  private static func groups(_ bench: Bench, _ text: String, _ names: [String]) throws -> [String: Int] {
    guard case .array(let groups)? = try bench.object("budget", text)["groups"] else { throw Bench.Missing() }
    var out: [String: Int] = [:]
    for group in groups {
      guard case .string(let total)? = group["total"], let fen = Int(total.replacing(".", with: "")) else { continue }
      let key = names.compactMap { name -> String? in
        if case .string(let part)? = group[name] { part } else { nil }
      }.joined(separator: " · ")
      #expect(out.updateValue(fen, forKey: key) == nil, "\(key) stands twice")
    }
    return out.filter { $0.value != 0 }
  }

  @Test("groups are those of the payments one by one, for one key and for two", arguments: 1...8 as ClosedRange<UInt64>)
  func naively(_ seed: UInt64) throws {
    let (yaml, hires) = Self.draw(seed)
    let bench = try Bench(yaml)
    let total = try bench.total("run changle-2022")
    let payments = try Self.payments(bench)
    #expect(!payments.isEmpty && payments.allSatisfy { hires[$0.subject] != nil })
    func sums(_ key: (Payment) throws -> String) rethrows -> [String: Int] {
      var out: [String: Int] = [:]
      for payment in payments where payment.isPaid { out[try key(payment), default: 0] += payment.fen }
      return out
    }
    for (by, of) in Self.keys {
      let expected = try sums { of(try #require(hires[$0.subject])) }
      #expect(try Self.groups(bench, "run changle-2022 by \(by)", ["group"]) == expected, "\(by)")
      let crossed = try sums { $0.year + " · " + of(try #require(hires[$0.subject])) }
      let found = try Self.groups(bench, "run changle-2022 by year, \(by)", ["group", "group_2"])
      #expect(found == crossed, "\(by)")
      #expect(found.values.reduce(0, +) == Int(total.replacing(".", with: "")))
    }
    let byWho = try sums { $0.beneficiary + " · " + (try #require(hires[$0.subject]).sex ?? "(unknown)") }
    #expect(try Self.groups(bench, "run changle-2022 by beneficiary, sex", ["group", "group_2"]) == byWho)
  }

  @Test("a comparison by a fact adds up to both budgets")
  func compared() throws {
    let bench = try Bench(Self.draw(3).yaml)
    for by in ["sex", "enterprise.size", "year, sex"] {
      let found = try bench.object(
        "comparison", "draft d from changle-2022: rate_3m = 400; compare changle-2022, d by \(by)")
      guard case .array(let rows)? = found["rows"], case .array(let columns)? = found["columns"] else {
        throw Bench.Missing()
      }
      for (i, column) in columns.enumerated() {
        let sum = rows.reduce(0) { sum, row in
          guard case .array(let totals)? = row["totals"], case .string(let total) = totals[i] else { return sum }
          return sum + (Int(total.replacing(".", with: "")) ?? 0)
        }
        guard case .string(let total)? = column["total"] else { throw Bench.Missing() }
        #expect(sum == Int(total.replacing(".", with: "")), "\(by)")
      }
      bench.ask("undo")
    }
  }
}
