// What else of a document names the measures that a draft leaves out: limits that several measures share, and examples.
// Knows nothing of figures.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning

extension DraftText {
  /// Whether a name stands for one of some measures, in either language.
  private func isOne(_ name: Name, of measures: [String]) -> Bool {
    measures.contains { measure in
      name.text == measure || syntax.measures.contains { $0.name.text == measure && $0.name.zh == name.text }
    }
  }

  /// Whether a measure that stays gives way to one.
  func isYieldedTo(_ name: String, but removed: [String]) -> Bool {
    syntax.measures.contains { measure in
      !removed.contains(measure.name.text)
        && measure.clauses.contains { if case .yields(let to, _, _) = $0 { isOne(to, of: [name]) } else { false } }
    }
  }

  /// Limits name only measures that stay; one that would name none goes with them.
  func limits(without removed: [String]) -> [Change] {
    syntax.limits.compactMap { limit in
      let left = limit.measures.filter { !isOne($0, of: removed) }
      guard left.count < limit.measures.count else { return nil }
      guard !left.isEmpty else { return (lines(from: limit.location), "") }
      let places = limit.measures.compactMap { range($0.location) }
      guard let first = places.first, let last = places.last else { return nil }
      let words = left.compactMap { range($0.location).map { String(text[$0]) } }
      return (
        first.lowerBound..<last.upperBound, words.joined(separator: language(limit.location) == .zh ? "、" : ", ")
      )
    }
  }

  /// Examples expect nothing of measures that have gone; those that would expect nothing at all go with them.
  func examples(without removed: [String]) -> [Change] {
    syntax.examples.flatMap { example -> [Change] in
      let gone = example.expectations.filter { isOne($0.measure, of: removed) }
      if gone.count == example.expectations.count, !gone.isEmpty { return [(lines(from: example.location), "")] }
      return gone.map { (line(of: $0.location), "") }
    }
  }

  /// An example's expectation that is to say something else; nil: the example is to go.
  package typealias Restated = (example: Int, expectation: Int, raw: Int64?)

  /// The text with its examples saying what they come to.
  ///
  /// - Parameter gone: the examples that say nothing of these rules any more.
  package func text(restating all: [Restated], without gone: Set<Int>) -> String {
    var changes: [Change] = gone.map { (lines(from: syntax.examples[$0].location), "") }
    for one in all where !gone.contains(one.example) {
      let expectation = syntax.examples[one.example].expectations[one.expectation]
      guard let raw = one.raw, let amount = expectation.amount, let range = range(amount.location) else { continue }
      let money: ValueType = document.currency == .yuan ? .money : .amount(document.currency)
      let type = expectation.quantity.isAmount ? money : .number
      let figure = (raw < 0 ? "-" : "") + DraftText.figure(abs(raw), type, unitOf: amount)
      changes.append((range, language(amount.location) == .zh ? PolicyParser.inChinese(expression: figure) : figure))
    }
    return DraftText.withoutEmptyFences(apply(changes))
  }

  // MARK: Prose

  /// Where the prose beside the rules still says a figure as it was before the draft: the lines, in their order.
  package func proseWith(_ settings: [Setting]) -> [(line: Int, setting: Setting)] {
    settings.flatMap { setting -> [(line: Int, setting: Setting)] in
      guard case .parameter(let parameter) = setting.target, case .raw(let raw) = setting.value,
        let old = parameter.value, old != raw
      else { return [] }
      return syntax.prose.filter { $0.level == 0 }.flatMap { prose in
        prose.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { i, line in
          DraftText.says(String(line), old, parameter.type) ? (prose.line + i, setting) : nil
        }
      }
    }.sorted { $0.line < $1.line }
  }

  /// Whether a line of prose says a figure with its unit.
  static func says(_ line: String, _ raw: Int64, _ type: ValueType) -> Bool {
    let (scale, units): (Int, [String])
    switch type {
    case .money, .amount, .rate: (scale, units) = (2, ["元", "yuan"])
    case .share: (scale, units) = (6, ["%", "％"])
    case .months: (scale, units) = (0, ["个月", "month"])
    case .number, .days, .decimal, .truth, .partMonths, .fraction, .date, .dateOrYear, .place, .text, .choice, .record,
      .set, .nothing, .broken:
      return false
    }
    return figures(line).contains { figure, rest in
      units.contains { rest.hasPrefix($0) } && Decimals.parse(figure[...], scale: scale, commas: true) == raw
    }
  }

  /// The figures of a line, each with what follows it.
  private static func figures(_ line: String) -> [(String, Substring)] {
    line.matches(of: /[0-9][0-9,]*(?:\.[0-9]+)?/).map { match in
      (String(match.output), line[match.range.upperBound...].drop { $0 == " " })
    }
  }
}
