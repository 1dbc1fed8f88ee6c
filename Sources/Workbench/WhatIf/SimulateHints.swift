// What a simulation may draw of this programme over these facts, as lines that can be given: what hints offer where
// nothing varies, or not what was named. Knows nothing of draws.

import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions

/// Lines and names that a simulation understands.
struct SimulateHints {
  /// So many times, where no number was given.
  private static let times = "500"

  let programme: Programme?
  let inquiry: Inquiry
  let dataset: Dataset
  let library: Library
  /// The measures that pay anything as things stand: on what else is drawn hangs nothing.
  let paying: Set<String>

  private var outlines: [CohortOutline] { dataset.cohortOutlines }

  // MARK: Lines

  /// A whole command that draws something.
  func line(_ name: Text, _ range: Text) -> Text {
    let asked = programme.map { Text(" in \($0.text)", zh: " 于 \($0.text)") } ?? .same("")
    return Text(
      "simulate \(SimulateHints.times) times\(asked.en): \(name.en) = \(range.en)",
      zh: "模拟 \(SimulateHints.times) 次\(asked.zh)：\(name.zh) = \(range.zh)")
  }

  /// A command that draws a figure of the programme, or who comes; nil where there is neither.
  var sample: Text? {
    if let count { return count }
    if let (name, range) = figure { return line(name, range) }
    guard dataset.hireCount > 0 else { return nil }
    return line(Text("take_up", zh: "到岗率"), .same("60%..90%"))
  }

  /// A command that draws how many a cohort has; nil where there is none.
  var count: Text? {
    outlines.first { $0.count > 0 }.map { one in
      let spread = max(one.count / 5, 1)
      return line(
        Text(one.id + ".count", zh: one.id + ".人数"), .same("\(one.count - spread)..\(one.count + spread)"))
    }
  }

  /// A command that draws the same input from a range around what it is now.
  func around(_ what: RandomInput.What) -> Text? {
    switch what {
    case .figure(let varied):
      guard case .figure(_, let type) = varied.what, let raw = varied.current(inquiry.base) else { return sample }
      return range(around: raw, type, varied.bounds).map { line(name(varied.target), $0) } ?? sample
    case .takeUp, .retention: return sample
    case .count, .start: return count ?? sample
    }
  }

  // MARK: Figures of the programme

  /// The first figure that can be drawn, amounts before others.
  private var figure: (name: Text, range: Text)? {
    let judging = inquiry.documents.judgingParameters
    let parameters = inquiry.documents.flatMap { $0.parameters + $0.measures.flatMap(\.parameters) }
      .filter { !judging.contains($0.id) }
    let ofMoney = parameters.filter { $0.type == .money || $0.type.isRate }
    func isOfPaying(_ parameter: Parameter) -> Bool { paying.contains { parameter.id.hasPrefix($0 + ".") } }
    let all = ofMoney + parameters
    for parameter in all.filter(isOfPaying) + all {
      guard let varied = Varied(.parameter(parameter)), let raw = varied.current(inquiry.base), raw > 0,
        let range = range(around: raw, parameter.type, varied.bounds)
      else { continue }
      return (name(varied.target), range)
    }
    return nil
  }

  /// The shortest name that means nothing else.
  private func name(_ target: Settable) -> Text {
    func means(_ name: String) -> Bool {
      if case .found(let found) = library.resolve(name, in: inquiry.documents) { found.id == target.id } else { false }
    }
    let whole = target.typedName
    return Text(means(target.name) ? target.name : whole.en, zh: means(target.words.zh) ? target.words.zh : whole.zh)
  }

  /// From a fifth less to a fifth more, within bounds; nil for what has no range.
  private func range(around raw: Int64, _ type: ValueType, _ bounds: (atLeast: Int64?, atMost: Int64?)) -> Text? {
    let step: Int64
    switch type {
    case .money, .rate, .amount: step = raw >= 1_000 ? 100 : 1
    case .share: step = Share.unit / 100
    case .decimal: step = 100_000_000
    case .number, .months, .days: step = 1
    case .truth, .partMonths, .fraction, .date, .dateOrYear, .place, .text, .choice, .record, .set, .nothing, .broken:
      return nil
    }
    let part = max(raw / 5 / step * step, step)
    let least = max(raw - part, bounds.atLeast ?? 0), most = min(raw &+ part, bounds.atMost ?? .max)
    guard least <= most else { return nil }
    func typed(_ raw: Int64) -> String {
      let text = ValueText.typed(raw, type).replacing(",", with: "")
      return String(text.prefix { $0 != " " }).replacing(".00", with: "")
    }
    return .same("\(typed(least))..\(typed(most))")
  }

  // MARK: Names

  /// Why something that has a name is not drawn.
  func undrawn(_ target: Settable, _ input: Assignment) -> DrawMistake {
    guard case .reading = target else { return .settingNotDrawn(input.name.raw) }
    let asked = programme.map { Text(" in \($0.text)", zh: " 于 \($0.text)") } ?? .same("")
    let name = name(target)
    return .readingNotDrawn(
      input.name.raw, line: Text("sweep \(name.en)\(asked.en)", zh: "扫描 \(name.zh)\(asked.zh)"))
  }

  /// What of the facts can be drawn, by the names for it.
  var ofFacts: [Text] {
    let stays = outlines.contains { !$0.retention.isEmpty }
    return (stays ? [Text("retention", zh: "留存率")] : []) + [Text("take_up", zh: "到岗率")]
      + outlines.flatMap { one in
        [Text(one.id + ".count", zh: one.id + ".人数"), Text(one.id + ".start", zh: one.id + ".开始")]
          + (one.retention.isEmpty ? [] : [Text(one.id + ".retention", zh: one.id + ".留存率")])
      }
  }

  /// What a word that nothing is called may have meant, of that which can be drawn.
  /// - Parameter near: names of settings that look like it.
  func nearest(to name: String, _ near: [String]) -> [String] {
    let own = ofFacts + [Text("seed", zh: "种子"), Text("budget", zh: "预算")]
    let drawn = near.filter { one in
      guard case .found(let target) = library.resolve(one, in: inquiry.documents), let varied = Varied(target),
        case .figure = varied.what
      else { return false }
      return true
    }
    let isChinese = name.unicodeScalars.contains { $0.value > 0x2E7F }
    return Nearest.names(to: name, among: own.map(isChinese ? \.zh : \.en)) + drawn
  }
}

extension [CheckedDocument] {
  /// The figures that say which facts are mistakes: where one moves, facts that were right are refused.
  var judgingParameters: Set<String> {
    var found: Set<String> = []
    flatMap(\.measures).flatMap(\.outcome.errors).map(\.when).walk { t in
      if case .parameter(let id) = t.operation { found.insert(id) }
      return .into
    }
    return found
  }
}
