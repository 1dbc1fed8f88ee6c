// The problems found in one file: the first thousand in full, the rest counted; and the did-you-means, whose cost
// is bounded for the whole reading. Knows nothing of how problems are found.
import Diagnostics
import Reckoning

/// Problems of one source, in the order in which they are shown.
struct Findings {
  static let shownInFull = 1000

  private(set) var list: [Diagnostic] = []
  private(set) var uncounted = 0

  var hasErrors: Bool { uncounted > 0 || list.contains { $0.severity == .error } }

  mutating func add(_ problem: FileProblem, at location: SourceRange?) { add(problem.diagnostic(at: location)) }
  mutating func add(_ problem: ValueProblem, at location: SourceRange?) { add(problem.diagnostic(at: location)) }

  /// A note made elsewhere, with its place.
  mutating func add(_ note: Diagnostic, at location: SourceRange?) {
    add(Diagnostic(note.severity, code: note.code, note.message, hint: note.hint, at: location))
  }

  mutating func add(_ diagnostic: Diagnostic) {
    if list.count < Findings.shownInFull { list.append(diagnostic) } else { uncounted += 1 }
  }

  /// Problems that are known to exist but not described.
  mutating func count(_ more: Int) { uncounted += max(0, more) }

  /// By line and column, with the count of those left out at the end.
  func ordered() -> [Diagnostic] {
    var out = list.enumerated().sorted { a, b in
      let x = a.element.location?.start ?? Position(line: 0, column: 0)
      let y = b.element.location?.start ?? Position(line: 0, column: 0)
      return x == y ? a.offset < b.offset : x < y
    }.map(\.element)
    if uncounted > 0 {
      let source = out.last?.location?.source
      let location = source.map {
        SourceRange(source: $0, start: Position(line: 1, column: 1), end: Position(line: 1, column: 1))
      }
      out.append(FileProblem.moreProblems(uncounted).diagnostic(at: location))
    }
    return out
  }
}

/// Adds did-you-means to problems, as long as they are cheap enough.
struct Suggestions {
  /// Candidates that may still be compared in this reading.
  private var budget = 400_000

  mutating func question(_ word: String, among candidates: @autoclosure () -> [String]) -> Text? {
    guard budget > 0, word.utf8.count <= 200 else { return nil }
    let candidates = candidates()
    guard candidates.count <= budget else { return nil }
    budget -= max(candidates.count, 1)
    return Nearest.question(for: word, among: candidates)
  }

  /// The problem with a did-you-mean where there is one.
  mutating func asked(_ problem: ValueProblem, places: Gazetteer) -> ValueProblem {
    switch problem {
    case .unknownChoice(let text, let choices, nil):
      if choices.count <= 1 { return problem }
      guard let question = question(text, among: choices.map(\.en)) else { return problem }
      let all = choices.map { ValueProblem.shown($0.en) }
      return .unknownChoice(
        text, choices,
        Text(
          "\(question.en) The choices are \(all.joined(separator: ", "))",
          zh: "\(question.zh)可写：\(choices.map { ValueProblem.shown($0.zh) }.joined(separator: "、"))"))
    case .unknownPlace(let text, nil):
      return .unknownPlace(text, question(text, among: Suggestions.similar(text, places)))
    case .notBool, .notWhole, .notMoney, .tooManyDecimals, .decimalsOfWhole, .tooLarge, .negative, .notDate,
      .noSuchDay, .unknownPlace,
      .ambiguousPlace, .unknownChoice, .unknownRecord, .oneWanted, .missing, .unknownField,
      .repeatedField, .repeatedID,
      .endsBeforeStart, .notOfCohort, .notACounty, .cutNumber, .severalMeanings, .ambiguousDate, .goesOn,
      .notItsWeekday, .notKnown, .placeholderDay,
      .bracketed, .foreignUnit, .unclearUnit, .notOfLevel, .notFigure, .tooFine:
      return problem
    }
  }

  /// Codes are compared with codes, names with names.
  private static func similar(_ text: String, _ places: Gazetteer) -> [String] {
    text.utf8.allSatisfy { $0 < 0x80 } ? places.codes.map(\.text) : places.names
  }
}
