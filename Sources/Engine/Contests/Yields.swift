// Measures that yield to another of their document: of the two a beneficiary gets what is worth more, for each record
// that both pay for.
import Diagnostics
import Facts
import PolicyLanguage

extension Engine {
  /// Of a measure and the one that it yields to, a beneficiary gets the higher total; on a tie the latter. Where both
  /// pay for records of one list, they meet where they pay for the same one, as benefits of two documents do; else in
  /// all that they pay. Where one is unpriced, the latter stands, or both (`unless unpriced`).
  static func yields(
    _ measures: [CheckedMeasure], _ runs: [Int: MeasureRun], _ candidates: inout [Int: [Candidates]],
    _ ledger: inout Ledger
  ) {
    for (i, measure) in measures.enumerated() {
      guard let yield = measure.limits.yields, let run = runs[i],
        let j = measures.firstIndex(where: { $0.document == measure.document && $0.name == yield.to }),
        let mine = candidates[i]?.map({ $0.oneByOne() }), let other = candidates[j]?.map({ $0.oneByOne() }),
        let otherRun = runs[j], run.lowering.beside(ledger.settings).holds(yield.when)
      else { continue }
      let contest = YieldContest((mine, run.base, run.baseSpace), (other, otherRun.base, otherRun.baseSpace))
      if yield.unlessUnpriced, contest.hasOpen { ledger.diagnostics.append(notCompared(measure, measures[j])) }
      func isContested(_ payee: YieldContest.Payee) -> Bool {
        contest.isPaidByBoth(payee) && !(yield.unlessUnpriced && contest.isOpen(payee))
      }
      candidates[i] = contest.displaced(mine, run.base) { isContested($0) && !contest.yielderWins($0) }
      candidates[j] = contest.displaced(other, otherRun.base) { isContested($0) && contest.yielderWins($0) }
    }
  }

  private static func notCompared(_ a: CheckedMeasure, _ b: CheckedMeasure) -> Diagnostic {
    Diagnostic(
      .note, code: "not-compared",
      Text(
        "\(a.id) and \(b.id) could not be compared, since one of them is unpriced; both stand.",
        zh: "\(a.id) 与 \(b.id) 之一标准未明确，无法比较，两者都保留。"),
      hint: Text("Supply the missing values with `set`.", zh: "请用 `设定` 给出缺少的数值。"))
  }
}

/// What two measures of a document pay to each beneficiary.
private struct YieldContest {
  struct Payee: Hashable {
    let space: Space
    let id: Int32
    /// The record that is paid for; -1 where the two measures pay for records of different kinds.
    let subject: Int32
  }

  /// What a measure pays, the records of its frames, and where these are to be found.
  typealias Side = (candidates: [Candidates], base: [Int32], space: Space)

  private struct Total {
    var fen: Int64 = 0
    var unpriced = false
  }

  private let yielding: [Payee: Total]
  private let other: [Payee: Total]

  /// Whether both pay for records of one list, so that they meet record by record.
  private let isForEach: Bool

  init(_ yielding: Side, _ other: Side) {
    func spaces(_ side: Side) -> [Space] { side.candidates.map { $0.memberList.map { .list($0) } ?? side.space } }
    isForEach = Set(spaces(yielding) + spaces(other)).count == 1
    self.yielding = YieldContest.totals(yielding, isForEach)
    self.other = YieldContest.totals(other, isForEach)
  }

  private static func payee(_ c: Candidates, _ k: Int, _ base: [Int32], _ isForEach: Bool) -> Payee {
    let subject: Int32 =
      !isForEach ? -1 : !c.members.isEmpty ? c.members[k] : !c.subjects.isEmpty ? c.subjects[k] : base[Int(c.frames[k])]
    return Payee(space: c.beneficiarySpace, id: c.beneficiaries[k], subject: subject)
  }

  private static func totals(_ side: Side, _ isForEach: Bool) -> [Payee: Total] {
    var out: [Payee: Total] = [:]
    for c in side.candidates {
      for k in 0..<c.count where c.isPaid(k) {
        let payee = payee(c, k, side.base, isForEach)
        if c.missing.isEmpty {
          out[payee, default: Total()].fen = MeasureRun.sum(out[payee, default: Total()].fen, c.amount(k))
        } else {
          out[payee, default: Total()].unpriced = true
        }
      }
    }
    return out
  }

  /// Whether one of the two has no figure.
  func isOpen(_ payee: Payee) -> Bool { yielding[payee]?.unpriced == true || other[payee]?.unpriced == true }

  /// Whether somebody is paid by both, of which one has no figure.
  var hasOpen: Bool { yielding.keys.contains { isPaidByBoth($0) && isOpen($0) } }

  func isPaidByBoth(_ payee: Payee) -> Bool { yielding[payee] != nil && other[payee] != nil }

  /// Whether the measure that yields pays more all the same.
  func yielderWins(_ payee: Payee) -> Bool {
    guard let mine = yielding[payee], let theirs = other[payee] else { return yielding[payee] != nil }
    return !mine.unpriced && !theirs.unpriced && mine.fen > theirs.fen
  }

  /// Candidates with what loses displaced, unless something else has become of it already.
  func displaced(_ all: [Candidates], _ base: [Int32], _ losing: (Payee) -> Bool) -> [Candidates] {
    all.map { c in
      var c = c
      for k in 0..<c.count where losing(YieldContest.payee(c, k, base, isForEach)) && c.isPaid(k) {
        c.stand(k, as: .displaced)
      }
      return c
    }
  }
}
