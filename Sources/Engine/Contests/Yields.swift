// Measures that yield to another of their document: of the two a beneficiary gets what is worth more, for each record
// that both pay for. Where several are tied together, what gives way displaces nothing itself.
import Diagnostics
import Facts
import PolicyLanguage

extension Engine {
  /// Of a measure and the one that it yields to, a beneficiary gets the higher total; on a tie the latter. Where both
  /// pay for records of one list, they meet where they pay for the same one (of one year or period, where the frames of
  /// both have such; of one year, where they have years and periods, or periods of different lengths), as benefits of
  /// two documents do; else in all that they pay. Where one is unpriced, the latter
  /// stands, or both (`unless unpriced`).
  ///
  /// Which is the higher goes by what each would pay if nothing gave way; the lower gives way where anything of the
  /// higher is paid in the end. So it makes no difference in which order measures stand.
  static func yields(
    _ measures: [CheckedMeasure], _ runs: [Int: MeasureRun], _ candidates: inout [Int: [Candidates]],
    _ ledger: inout Ledger
  ) {
    for tied in YieldContest.tied(measures, runs, candidates, &ledger) {
      var standing: [Int: [Candidates]] = [:]
      for contest in tied {
        for side in [contest.yielding, contest.other] { standing[side.measure] = side.candidates }
      }
      // What nothing beats stands at once; what is so many contests away from that is right after so many rounds.
      for _ in tied.indices { standing = YieldContest.contested(tied, standing) }
      for (measure, settled) in standing { candidates[measure] = settled }
    }
  }
}

/// What two measures of a document pay to each beneficiary.
private struct YieldContest {
  struct Payee: Hashable {
    let space: Space
    let id: Int32
    /// The record that is paid for; -1 where the two measures pay for records of different kinds.
    let subject: Int32
    /// The year or period of the frame that is paid for, where both measures have such; the year, where one has years
    /// and the other periods; nought elsewhere.
    let mark: Int64
  }

  /// What a measure pays, the records of its frames, and where these are to be found.
  struct Side {
    /// The measure, by its index in the ledger.
    let measure: Int
    let candidates: [Candidates]
    let base: [Int32]
    /// Of what the payments are: a list's records, or texts, which may be the ids of a list's.
    let kinds: Set<Kind>
    /// What tells frames of one record apart.
    let sort: Sort
    /// The year or period of each frame; empty where frames have none.
    let marks: [Int64]
    /// The year of each frame, or that in which its period begins.
    let years: [Int64]

    enum Sort: Equatable {
      case plain, year
      case period(PeriodLength?)
    }

    struct Kind: Hashable {
      let space: Space
      let isText: Bool
    }

    init(measure: Int, candidates: [Candidates], _ run: MeasureRun) {
      (self.measure, self.candidates, base) = (measure, candidates, run.base)
      if run.framesHaveYear, !run.iteration.isEmpty {
        (sort, marks) = (.year, run.iteration)
      } else if let starts = run.periodStarts {
        (sort, marks) = (.period(run.measure.periodLength), run.base.indices.map { Int64(starts[$0]) })
      } else {
        (sort, marks) = (.plain, [])
      }
      years = run.yearsOfFrames ?? []
      let own = Kind(space: run.baseSpace, isText: run.baseSpaceIsText)
      kinds = Set(candidates.map { $0.memberList.map { Kind(space: .list($0), isText: false) } ?? own })
    }
  }

  private struct Total {
    var fen: Int64 = 0
    var unpriced = false
  }

  let yielding: Side
  let other: Side
  private let unlessUnpriced: Bool
  private var totals: [Int: [Payee: Total]] = [:]

  /// Whether both pay for records of one list, so that they meet record by record.
  private let isForEach: Bool
  /// What of frames of one record meets: the same year or period, of years and periods together or of periods of other
  /// lengths the same year; nothing, where one of the two has neither.
  private let meeting: Meeting

  private enum Meeting {
    case all, marks, years
  }

  init(_ yielding: Side, _ other: Side, unlessUnpriced: Bool) {
    (self.yielding, self.other, self.unlessUnpriced) = (yielding, other, unlessUnpriced)
    isForEach = yielding.kinds.union(other.kinds).count == 1
    let isPlain = !isForEach || yielding.sort == .plain || other.sort == .plain
    meeting = isPlain ? .all : yielding.sort == other.sort ? .marks : .years
    for side in [yielding, other] { totals[side.measure] = totals(side) }
  }

  /// Whether a measure takes part in both.
  func shares(_ contest: YieldContest) -> Bool {
    let mine = [yielding.measure, other.measure]
    return mine.contains(contest.yielding.measure) || mine.contains(contest.other.measure)
  }

  private func payee(_ c: Candidates, _ k: Int, _ side: Side) -> Payee {
    let frame = Int(c.frames[k])
    let subject: Int32 =
      !isForEach ? -1 : !c.members.isEmpty ? c.members[k] : !c.subjects.isEmpty ? c.subjects[k] : side.base[frame]
    let mark =
      switch c.members.isEmpty ? meeting : .all {
      case .all: Int64(0)
      case .marks: side.marks[frame]
      case .years: side.years[frame]
      }
    return Payee(space: c.beneficiarySpace, id: c.beneficiaries[k], subject: subject, mark: mark)
  }

  private func totals(_ side: Side) -> [Payee: Total] {
    var out: [Payee: Total] = [:]
    for c in side.candidates {
      for k in 0..<c.count where c.isPaid(k) {
        let payee = payee(c, k, side)
        if c.missing.isEmpty {
          out[payee, default: Total()].fen = MeasureRun.sum(out[payee, default: Total()].fen, c.amount(k))
        } else {
          out[payee, default: Total()].unpriced = true
        }
      }
    }
    return out
  }

  /// Those to whom one side pays anything.
  func payees(_ side: Side, _ standing: [Candidates]) -> Set<Payee> {
    var out: Set<Payee> = []
    for c in standing {
      for k in 0..<c.count where c.isPaid(k) { out.insert(payee(c, k, side)) }
    }
    return out
  }

  private func total(_ side: Side, _ payee: Payee) -> Total? { totals[side.measure]?[payee] }

  /// Whether one of the two has no figure.
  private func isOpen(_ payee: Payee) -> Bool {
    total(yielding, payee)?.unpriced == true || total(other, payee)?.unpriced == true
  }

  /// Whether somebody is paid by both, of which one has no figure.
  var hasOpen: Bool {
    totals[yielding.measure]?.keys.contains { total(other, $0) != nil && isOpen($0) } ?? false
  }

  /// Whether both would pay somebody, and this side is the one that gives way.
  private func loses(_ side: Side, _ payee: Payee) -> Bool {
    guard let mine = total(yielding, payee), let theirs = total(other, payee), !(unlessUnpriced && isOpen(payee)) else {
      return false
    }
    let yielderWins = !mine.unpriced && !theirs.unpriced && mine.fen > theirs.fen
    return yielderWins == (side.measure == other.measure)
  }

  /// Candidates with what loses displaced, unless something else has become of it already.
  /// - Parameter standing: those to whom the other side pays anything.
  func displaced(_ all: [Candidates], of mine: Side, by theirs: Side, standing: Set<Payee>) -> [Candidates] {
    all.map { c in
      var c = c
      for k in 0..<c.count where c.isPaid(k) {
        let payee = payee(c, k, mine)
        if standing.contains(payee), loses(mine, payee) { c.giveWay(k, to: theirs.measure) }
      }
      return c
    }
  }
}

extension YieldContest {
  /// Everything that the contests are about, with what loses to a measure of which anything stood displaced.
  static func contested(_ tied: [YieldContest], _ standing: [Int: [Candidates]]) -> [Int: [Candidates]] {
    var next: [Int: [Candidates]] = [:]
    for contest in tied {
      for (mine, theirs) in [(contest.yielding, contest.other), (contest.other, contest.yielding)] {
        let against = standing[theirs.measure] ?? theirs.candidates
        next[mine.measure] = contest.displaced(
          next[mine.measure] ?? mine.candidates, of: mine, by: theirs, standing: contest.payees(theirs, against))
      }
    }
    return next
  }

  /// The contests, those together that are tied to each other by measures that they share.
  static func tied(
    _ measures: [CheckedMeasure], _ runs: [Int: MeasureRun], _ candidates: [Int: [Candidates]], _ ledger: inout Ledger
  ) -> [[YieldContest]] {
    var groups: [[YieldContest]] = []
    for (i, measure) in measures.enumerated() {
      guard let yield = measure.limits.yields, let run = runs[i],
        let j = measures.firstIndex(where: { $0.document == measure.document && $0.name == yield.to }),
        let mine = candidates[i]?.map({ $0.oneByOne() }), let other = candidates[j]?.map({ $0.oneByOne() }),
        let otherRun = runs[j], run.lowering.beside(ledger.settings).holds(yield.when)
      else { continue }
      let contest = YieldContest(
        YieldContest.Side(measure: i, candidates: mine, run),
        YieldContest.Side(measure: j, candidates: other, otherRun),
        unlessUnpriced: yield.unlessUnpriced)
      if yield.unlessUnpriced, contest.hasOpen { ledger.diagnostics.append(notCompared(measure, measures[j])) }
      let joined = groups.filter { $0.contains { $0.shares(contest) } }.flatMap { $0 }
      groups.removeAll { $0.contains { $0.shares(contest) } }
      groups.append(joined + [contest])
    }
    return groups
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
