// Measures that give way to another of their document (`yields to`): of both a beneficiary is paid the higher total. Taking the higher
// across documents is in TakeTheHigher.swift.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

enum Yielding {
  private struct Key: Hashable {
    let space: Space
    let id: Int32
  }

  private struct Total {
    var fen: Int64 = 0
    var unpriced = false
  }

  /// Of a measure and the one that it yields to, a beneficiary gets the higher total; on a tie the latter. Where one is unpriced,
  /// the latter stands, or both (`unless unpriced`).
  static func apply(
    _ measures: [CheckedMeasure], _ runs: [Int: MeasureRun], _ candidates: inout [Int: [Candidates]],
    _ ledger: inout Ledger
  ) {
    for (i, measure) in measures.enumerated() {
      guard let yield = measure.yields, let run = runs[i],
        let j = measures.firstIndex(where: { $0.document == measure.document && $0.name == yield.to }),
        let mine = candidates[i]?.map({ $0.oneByOne() }), let other = candidates[j]?.map({ $0.oneByOne() }),
        run.lowering.holds(yield.when)
      else { continue }
      var (own, others) = (mine, other)
      let a = totals(own), b = totals(others)
      let meet = Set(a.keys).intersection(b.keys)
      let open = meet.filter { a[$0]?.unpriced == true || b[$0]?.unpriced == true }
      if yield.unlessUnpriced, !open.isEmpty { ledger.diagnostics.append(notCompared(measure, measures[j])) }
      func wins(_ key: Key) -> Bool {
        guard let x = a[key], let y = b[key] else { return false }
        return !x.unpriced && !y.unpriced && x.fen > y.fen
      }
      let contested = yield.unlessUnpriced ? meet.subtracting(open) : meet
      displace(&own) { contested.contains($0) && !wins($0) }
      displace(&others) { contested.contains($0) && wins($0) }
      candidates[i] = own
      candidates[j] = others
    }
  }

  private static func notCompared(_ a: CheckedMeasure, _ b: CheckedMeasure) -> Diagnostic {
    Diagnostic(
      .note, code: "not-compared",
      Text(
        "\(a.id) and \(b.id) could not be compared, since one of them is unpriced; both stand.",
        zh: "\(a.id) 与 \(b.id) 之一未定价，无法比较，两者都保留。"),
      hint: Text("Supply the missing values with `set`.", zh: "请用 `set` 给出缺少的数值。"))
  }

  private static func totals(_ all: [Candidates]) -> [Key: Total] {
    var out: [Key: Total] = [:]
    for c in all {
      for k in 0..<c.count where c.standings.isEmpty || c.standings[k] == Standing.paid.rawValue {
        let key = Key(space: c.beneficiarySpace, id: c.beneficiaries[k])
        if c.missing.isEmpty {
          out[key, default: Total()].fen = MeasureRun.sum(out[key]?.fen ?? 0, c.amount(k))
        } else {
          out[key, default: Total()].unpriced = true
        }
      }
    }
    return out
  }

  private static func displace(_ all: inout [Candidates], _ losing: (Key) -> Bool) {
    for x in all.indices {
      let c = all[x]
      for k in 0..<c.count where losing(Key(space: c.beneficiarySpace, id: c.beneficiaries[k])) {
        if all[x].standings.isEmpty { all[x].standings = Array(repeating: Standing.paid.rawValue, count: c.count) }
        if all[x].standings[k] == Standing.paid.rawValue { all[x].standings[k] = Standing.displaced.rawValue }
      }
    }
  }
}
