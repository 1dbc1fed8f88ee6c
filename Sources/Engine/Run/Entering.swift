// What one measure found, entered into the ledger: a block for each clause, what has no price, and who is left out.
import Facts
import PolicyLanguage
import Reckoning

extension Engine {
  static func enter(_ run: MeasureRun, _ index: Int, _ all: [Candidates], _ ledger: inout Ledger) {
    for c in all where c.count > 0 && c.missing.isEmpty { ledger.blocks.append(block(of: c, run, index)) }
    ledger.unpriced += unpriced(all, index)
  }

  private static func block(of c: Candidates, _ run: MeasureRun, _ index: Int) -> PaymentBlock {
    let clause = run.measure.pays[c.clause]
    let subjectSpace = c.memberList.map { Space.list($0) } ?? run.baseSpace
    if let common = c.common {
      return PaymentBlock(
        measure: index, clause: c.clause, beneficiarySpace: c.beneficiarySpace, subjectSpace: subjectSpace,
        isUpperBound: clause.isUpperBound, low: c.low, common)
    }
    let subjects = c.memberList == nil ? c.subjects : c.members
    let years =
      c.memberList == nil && run.framesHaveYear && !run.iteration.isEmpty
      ? c.frames.map { Int32(truncatingIfNeeded: run.iteration[Int($0)]) }
      : c.memberList == nil ? periods(c.frames, run) : []
    let block = PaymentBlock(
      measure: index, clause: c.clause, beneficiarySpace: c.beneficiarySpace, subjectSpace: subjectSpace,
      beneficiaries: c.beneficiaries, subjects: subjects, years: years, dates: c.dates,
      amounts: c.constant.map { [$0] } ?? c.amounts, isUpperBound: clause.isUpperBound, low: c.low, frames: c.frames,
      late: c.late)
    (block.standings, block.displacedBy) = (c.standings, c.displacedBy)
    block.borne = c.borne
    if !run.document.limits.isEmpty, let years = run.yearsOfFrames {
      block.yearsOfFrames = c.frames.map { Int32(truncatingIfNeeded: years[Int($0)]) }
    }
    if !c.claimed.isEmpty {
      block.cut = CutPayments(claimed: c.claimed, by: names(of: c.cappedBy, run))
    }
    return block
  }

  /// The periods of frames, by their first days; empty where frames are no periods.
  static func periods(_ frames: [Int32], _ run: MeasureRun) -> [Int32] {
    guard let starts = run.periodStarts else { return [] }
    return frames.map { SubjectMark.period(starts[Int($0)]) }
  }

  /// The caps that have cut payments, each name once.
  private static func names(of codes: [Int32], _ run: MeasureRun) -> CapNames {
    var known: [Int32] = [], names: [String] = []
    var places = [Int32](repeating: -1, count: codes.count)
    for i in codes.indices where codes[i] != -1 {
      var place = known.firstIndex(of: codes[i])
      if place == nil, let name = limitName(codes[i], run) {
        place = known.count
        known.append(codes[i])
        names.append(name)
      }
      if let place { places[i] = Int32(truncatingIfNeeded: place) }
    }
    return CapNames(names: names, places: places)
  }

  /// What a cap or limit is called, by its code in candidates.
  private static func limitName(_ code: Int32, _ run: MeasureRun) -> String? {
    if code == -1 { return nil }
    if code < -1 {
      let place = Int(-2 - code)
      Invariant.holds(
        run.document.limits.indices.contains(place), "limit-of-document: what cuts a payment is a limit of its document"
      )
      return run.document.id + "." + run.document.limits[place].name
    }
    return run.measure.limits.caps.count == 1 ? run.measure.id : run.measure.id + "#\(code + 1)"
  }

  /// What cannot be priced, by the values that it lacks and by whether it is counted in months.
  private static func unpriced(_ all: [Candidates], _ index: Int) -> [Unpriced] {
    var units: [String: (missing: [String], months: Bool, units: Int64)] = [:]
    for c in all where c.count > 0 && !c.missing.isEmpty {
      let c = c.oneByOne()
      var sum: Int64 = 0
      for i in 0..<c.count where c.isPaid(i) { sum = sum.addingReportingOverflow(c.amount(i)).partialValue }
      if sum > 0 {
        let key = c.missing.joined(separator: " ") + (c.unitsAreMonths ? "#" : "")
        units[key, default: (c.missing, c.unitsAreMonths, 0)].units += sum
      }
    }
    return units.sorted { $0.key < $1.key }.map {
      Unpriced(measure: index, units: $0.value.units, isMonths: $0.value.months, missing: $0.value.missing)
    }
  }

  static func report(_ run: MeasureRun, _ index: Int, _ ledger: inout Ledger, openByLimit: OpenSubjects) {
    func names(_ rows: RowSet) -> [String] { rows.first(1000).map { ledger.name($0, in: run.oddSpace) } }
    if !run.odd.unknown.isEmpty {
      ledger.undetermined.append(
        Undetermined(
          measure: index, subjects: names(run.odd.unknown), count: run.odd.unknown.count, facts: run.odd.facts.sorted())
      )
    }
    for open in [run.openSubjects, run.openByCap, openByLimit] where open.count > 0 {
      let names = open.subjects.flatMap { space, rows in rows.first(1000).map { ledger.name($0, in: space) } }
      ledger.undetermined.append(
        Undetermined(
          measure: index, subjects: Array(names.prefix(1000)), count: open.count, facts: open.facts.sorted()))
    }
    if !run.odd.elsewhere.isEmpty {
      ledger.elsewhere.append(
        Elsewhere(
          measure: index, count: run.odd.elsewhere.count, subjects: names(run.odd.elsewhere),
          governedBy: run.governedBy.joined(separator: "; ")))
    }
  }
}
