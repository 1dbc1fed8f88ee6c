// What `simulate` draws, and from where: the names and the distributions that the user writes, understood. Knows
// nothing of runs.

import Commands
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

/// What a simulation draws, with its seed and what may be spent.
struct SimulateInputs {
  private(set) var all: [RandomInput] = []
  private(set) var seed: UInt64 = 1
  /// Fen; nil where nobody says what may be spent.
  private(set) var limit: Int64?
  let outlines: [CohortOutline]
  private let hints: SimulateHints
  private var inquiry: Inquiry { hints.inquiry }
  private var library: Library { hints.library }

  /// - Parameters:
  ///   - hints: the programme and the facts that are drawn from.
  ///   - limit: what may be spent as far as the settings say.
  init(_ assignments: [Assignment], _ hints: SimulateHints, limit: Int64?) throws(Refusal) {
    self.hints = hints
    self.limit = limit
    outlines = hints.dataset.cohortOutlines
    var seen: [String: String] = [:]
    func once(_ key: String, _ input: Assignment) throws(Refusal) {
      if let other = seen.updateValue(input.name.raw, forKey: key) {
        throw Refusal(.whatIf(.inputTwice(input.name.raw, other)), at: input.name.location)
      }
    }
    for input in assignments {
      switch input.name.text.lowercased() {
      case "seed", "种子":
        guard let n = SimulateInputs.seed(input.value) else {
          throw Refusal(.whatIf(.notACount(input.value.raw)), at: input.value.location)
        }
        try once("seed", input)
        seed = n
      case "budget", "预算", "可用预算":
        try once("budget", input)
        do { self.limit = try ValueText.read(input.value.text, as: .money, places: library.places) } catch {
          throw Refusal(.value(error, name: Text("budget", zh: "预算")), at: input.value.location)
        }
      default:
        let one = try randomInput(input)
        try once(one.what.key, input)
        all.append(one)
      }
    }
    try demandUse(assignments)
  }

  /// Refuses a retention of all cohorts where each that states one has its own.
  private func demandUse(_ assignments: [Assignment]) throws(Refusal) {
    let own = all.compactMap { if case .retention(let cohort?) = $0.what { cohort } else { nil } }
    guard let general = all.first(where: { if case .retention(nil) = $0.what { true } else { false } }),
      outlines.indices.allSatisfy({ outlines[$0].retention.isEmpty || own.contains($0) }),
      let input = assignments.first(where: { $0.name.text == general.name }), let other = own.first
    else { return }
    throw Refusal(.whatIf(.inputTwice(general.name, outlines[other].id + ".retention")), at: input.name.location)
  }

  /// Whether it is drawn who stays how long.
  var drawsStays: Bool { outlines.contains { !$0.retention.isEmpty } }

  /// Whether the facts of a draw are others than those stated: stays are drawn, or counts, days, retention or take-up.
  var drawsFacts: Bool {
    drawsStays
      || all.contains { if case .figure = $0.what { false } else { true } }
  }

  /// Whether it is drawn which hires come about.
  var drawsTakeUp: Bool { all.contains { if case .takeUp = $0.what { true } else { false } } }

  /// - Parameter isOffered: whether the name is one that would be offered, of which nothing else is offered in turn.
  private func randomInput(_ input: Assignment, isOffered: Bool = false) throws(Refusal) -> RandomInput {
    let name = input.name.text
    let word = name.lowercased()
    func made(_ what: RandomInput.What, _ type: ValueType) throws(Refusal) -> RandomInput {
      let spread = try DistributionText(hints.dataset, library.places).spread(
        input.value, type, line: hints.around(what))
      try check(spread, of: what, type, input.value)
      return RandomInput(name: name, label: label(what, name), what: what, spread: spread, text: input.value.text)
    }
    if ["take_up", "takeup", "take-up", "领取率", "到岗率"].contains(word) { return try made(.takeUp, .share) }
    if ["retention", "留存", "留存率"].contains(word) {
      guard drawsStays else { throw Refusal(.whatIf(.drawn(noRetention)), at: input.name.location) }
      return try made(.retention(cohort: nil), .share)
    }
    if let dot = name.lastIndex(of: "."), let c = outlines.firstIndex(where: { $0.id == name[..<dot] }) {
      switch name[name.index(after: dot)...].lowercased() {
      case "retention", "留存", "留存率":
        if outlines[c].retention.isEmpty { throw Refusal(.whatIf(.drawn(noRetention)), at: input.name.location) }
        return try made(.retention(cohort: c), .share)
      case "count", "人数": return try made(.count(cohort: c), .number)
      case "start", "开始": return try made(.start(cohort: c), .date)
      default: break
      }
    }
    switch library.resolve(name, in: inquiry.documents) {
    case .found(let target):
      guard let varied = Varied(target), case .figure(_, let type) = varied.what else {
        throw Refusal(.whatIf(.drawn(hints.undrawn(target, input))), at: input.name.location)
      }
      var found = try made(.figure(varied), type)
      (found.name, found.label) = (varied.id, varied.target.label)
      return found
    case .ambiguous(let targets):
      throw Refusal(.ambiguousName(input.name.raw, Settable.typedNames(targets)), at: input.name.location)
    case .unknown(let nearest):
      let near = isOffered ? [] : hints.nearest(to: name, nearest)
      let meant = near.first.flatMap { isRead($0, instead: input) ? $0 : nil }
      throw Refusal(
        .whatIf(.drawn(.unknownInput(input.name.raw, nearest: near, known: hints.ofFacts, meant: meant))),
        at: input.name.location)
    }
  }

  private static func seed(_ value: Written) -> UInt64? { UInt64(value.text.replacing(",", with: "")) }

  /// Whether a line would be read with another name in place of its own: what is offered as a line can be given.
  private func isRead(_ name: String, instead input: Assignment) -> Bool {
    switch name {
    case "seed", "种子": return SimulateInputs.seed(input.value) != nil
    case "budget", "预算":
      do { return try ValueText.read(input.value.text, as: .money, places: library.places) >= 0 } catch { return false }
    default: break
    }
    let corrected = Written(text: name, raw: name, location: input.name.location)
    do {
      _ = try randomInput(Assignment(name: corrected, value: input.value), isOffered: true)
      return true
    } catch { return false }
  }

  /// That no cohort says who stays.
  private var noRetention: DrawMistake {
    outlines.isEmpty ? .needsCohorts(line: hints.sample) : .needsRetention(line: hints.count ?? hints.sample)
  }

  /// Refuses what lies beyond the bounds of what is drawn: a draw would be kept within them without a word.
  private func check(
    _ spread: Spread, of what: RandomInput.What, _ type: ValueType, _ text: Written
  ) throws(Refusal) {
    let (least, most) = spread.ends
    switch what {
    case .takeUp, .retention:
      if most > Share.unit { throw Refusal(.whatIf(.notAShare(text.raw)), at: text.location) }
    case .count:
      if most > Int64(SimulateDraw.mostHires) {
        throw Refusal(.whatIf(.tooLargeToVary(SimulateDraw.mostHires)), at: text.location)
      }
    case .start: break
    case .figure(let varied):
      func bound(_ raw: Int64) -> Text { ValueText.text(raw, type, places: library.places) }
      let name = varied.target.typedName
      if let bounds = varied.bounds.atLeast, least < bounds, !varied.isDate {
        throw Refusal(.value(.below(text.raw, bound: bound(bounds)), name: name), at: text.location)
      }
      if let bounds = varied.bounds.atMost, most > bounds {
        throw Refusal(.value(.above(text.raw, bound: bound(bounds)), name: name), at: text.location)
      }
    }
  }

  /// What is drawn of the facts, in the reader's words.
  private func label(_ what: RandomInput.What, _ name: String) -> Text {
    func of(_ cohort: Int, _ words: String) -> Text { Text(name, zh: outlines[cohort].id + "的" + words) }
    switch what {
    case .figure(let varied): return varied.target.label
    case .takeUp: return Text(name, zh: "到岗率")
    case .retention(cohort: nil): return Text(name, zh: "留存率")
    case .retention(cohort: let cohort?): return of(cohort, "留存率")
    case .count(let cohort): return of(cohort, "人数")
    case .start(let cohort): return of(cohort, "开始日期")
    }
  }
}

/// One input that is drawn.
struct RandomInput {
  enum What {
    case figure(Varied)
    /// The last share of every cohort's retention, or of one's.
    case retention(cohort: Int?)
    case count(cohort: Int)
    case start(cohort: Int)
    /// The share of hires that come about at all.
    case takeUp

    /// The same for one thing under each of its names.
    var key: String {
      switch self {
      case .figure(let varied): "figure " + varied.id
      case .retention(let cohort): "retention \(cohort ?? -1)"
      case .count(let cohort): "count \(cohort)"
      case .start(let cohort): "start \(cohort)"
      case .takeUp: "take_up"
      }
    }
  }

  var name: String
  /// What people read instead.
  var label: Text
  let what: What
  let spread: Spread
  /// For telling it.
  let text: String

  /// The same for people: with the unit, where it is written without.
  var shown: Text {
    guard case .figure(let varied) = what, case .figure(_, let type) = varied.what,
      text.last.map({ $0.isNumber || $0 == ")" }) ?? false
    else { return .same(text) }
    func of(_ en: String, _ zh: String) -> Text { Text(text + en, zh: text + zh) }
    switch type {
    case .money: return of(" " + Currency.yuan.word, " " + Currency.yuan.chinese)
    case .amount(let currency): return of(" " + currency.word, " " + currency.chinese)
    case .rate(let rate): return of(rate.written.en, rate.written.zh)
    case .months: return of(" months", " 个月")
    case .days: return of(" days", " 天")
    case .number:
      guard case .parameter(let parameter) = varied.target, !parameter.countingWord.isEmpty else { return .same(text) }
      return of("", " " + parameter.countingWord)
    case .truth, .partMonths, .share, .decimal, .fraction, .date, .dateOrYear, .place, .text, .choice, .record, .set,
      .nothing, .broken:
      return .same(text)
    }
  }
}
