// What a measure pays: its clauses one by one, then once-only rules and quotas. Taking the higher across documents is
// in TakeTheHigher.swift.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension MeasureRun {
  /// What the measure pays.
  func pay() -> [Candidates] {
    errorsOfFrames()
    belowNought = []
    openPayments = []
    var all: [Candidates] = []
    for (i, clause) in measure.pays.enumerated() {
      if let set = clause.forEach {
        let context = clause.amountInFrame ? frameContext : memberContext(of: clause, set)
        if case .pair = context { makeKnown(set) }
        for pricing in pricings(clause.amount, context) {
          all.append(payMembers(clause, i, sets[set], of: measure.sets[set], pricing))
        }
      } else {
        for pricing in pricings(clause.amount, frameContext) { all.append(payFrames(clause, i, pricing)) }
      }
    }
    // Who ranks or limits payments has to see them one by one.
    let limits = measure.limits
    if !limits.oncePer.isEmpty || limits.onlyFirst != nil || limits.onlyHighest != nil || !limits.quotas.isEmpty
      || !limits.caps.isEmpty
    {
      all = all.map { $0.oneByOne() }
    }
    onceOnly(&all)
    tellOpenPayments()
    tellBelowNought()
    if !limits.quotas.isEmpty { applyQuotas(&all) }
    if !limits.caps.isEmpty { applyCaps(&all) }
    prepareRecoveries()
    return all + belowNought
  }

  /// The frames that meet everything.
  func passingFrames() -> [Int32] {
    var out: [Int32] = []
    out.reserveCapacity(truth.count)
    for f in truth.indices where truth[f] & 0b11 == 0b11 { out.append(Int32(truncatingIfNeeded: f)) }
    return out
  }

  func errorsOfFrames() {
    guard !measure.outcome.errors.isEmpty else { return }
    let passing = passingFrames()
    for (message, when) in measure.outcome.errors {
      let values = frameValues(lowering.lower(when, frameContext, .truth)).truths
      for f in passing where values[Int(f)] & 0b11 == 0b11 {
        let name = frameName(Int(f))
        diagnostics.append(
          .error(
            "refused-fact",
            Text(
              "\(name): \(message.en) (\(measure.id), article \(measure.article))",
              zh: "\(name)：\(message.zh)（\(measure.words.zh)，\(measure.article)）"),
            hint: Text("Correct the fact of \(name), or the measure's bounds.", zh: "请更正 \(name) 的事实，或调整措施的界限。"),
            at: baseSpaceTable.flatMap { $0.origin(Int(base[Int(f)])) }))
      }
    }
  }

  var baseSpaceTable: FactTable? { frameList.map { dataset.tables[$0] } }

  /// The subject's id of a frame, with its year.
  func frameName(_ f: Int) -> String {
    let name = dataset.id(base[f], in: baseSpace)
    if let start = periodStart(f) { return name + "@" + Day(number: start).text }
    return framesHaveYear && !iteration.isEmpty && iteration[f] > Absent.none64 ? name + "@\(iteration[f])" : name
  }

  /// Where the beneficiaries that an expression names are to be found. Texts are those of the pool, but for fields that
  /// stand for their records' own ids.
  func space(of who: Typed) -> Space { space(of: who, in: frameList) }

  /// - Parameter own: the list whose fields are named bare.
  func space(of who: Typed, in own: Int?) -> Space {
    if case .ofFrame(let x) = who.operation { return space(of: x, in: frameList) }
    if case .record(let list) = who.type { return .list(dataset.list(named: list)) }
    switch who.operation {
    case .selfRecord, .frameRecord: return baseSpace
    case .selfField(let field): return own.flatMap { ownIDs(field, of: $0) } ?? .text
    case .field(let record, let field):
      guard case .record(let list) = record.type, let i = dataset.dictionary.index(list) else { return .text }
      return ownIDs(field, of: i) ?? .text
    case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
      .windowEnd,
      .adopted, .argument, .iteration, .call, .not, .and, .or, .compare, .between, .given, .within, .isAny, .includes,
      .includesBetween, .stable, .except, .add, .subtract, .multiply, .divide, .whole, .ifThen, .pick, .yearOf,
      .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf, .count, .sum, .extreme,
      .dateOfNumber, .firstDayAtOnce, .spellEnd, .spellBegins, .grouped, .sideways, .numberIn, .different, .ofFrame,
      .notKnown, .rounded, .form, .nothing:
      return .text
    }
  }

  /// The list itself, where a field of it is stated nowhere and stands for the records' ids.
  private func ownIDs(_ field: Field, of list: Int) -> Space? {
    if case .ownIDs? = dataset.tables[list].columns[field.name]?.data { .list(list) } else { nil }
  }
}
