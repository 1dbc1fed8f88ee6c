// Whether what a notebook holds is still what comes out: its answers, the figures in its prose, and its exercises. Knows
// nothing of files.

import Commands
import Diagnostics
import Reckoning
import View

/// One thing in a notebook that is not as it comes out.
struct NotebookMismatch: Sendable {
  enum Kind: String, Sendable {
    /// The stored answer differs.
    case output
    /// There is no stored answer.
    case missing
    /// A figure in the prose differs.
    case value
    /// An attempt differs from its answer.
    case attempt
  }

  let kind: Kind
  let name: Text
  let line: Int
  let stored: String
  let found: String
}

/// What became of an exercise.
struct ExerciseVerdict: Sendable {
  let name: String
  let line: Int
  /// Nil where nobody has tried.
  let isRight: Bool?
  let wanted: String
  let found: String
}

/// A run held against the file.
struct NotebookComparison {
  private(set) var mismatches: [NotebookMismatch] = []
  /// Cells whose fingerprint says that something they depend on has changed since their answer was written.
  private(set) var stale: [(cell: NotebookCell, isDifferent: Bool)] = []
  private(set) var exercises: [ExerciseVerdict] = []

  /// Cells whose fingerprint differs, found without running anything.
  static func stale(_ run: NotebookRun) -> [NotebookCell] {
    zip(run.notebook.cells, run.fingerprints).compactMap { cell, fingerprint in
      guard cell.keepsOutput, let stored = cell.output?.fingerprint else { return nil }
      return stored == fingerprint ? nil : cell
    }
  }

  init(_ run: NotebookRun) {
    let staleCells = Set(NotebookComparison.stale(run).map(\.number))
    for outcome in run.outcomes {
      let cell = outcome.cell
      var isDifferent = false
      if cell.keepsOutput, !cell.options.isUnchecked, !outcome.failed {
        if let output = cell.output {
          if !StoredText.isSame(output.text, outcome.text, cell.options.tolerance) {
            isDifferent = true
            mismatches.append(
              NotebookMismatch(
                kind: .output, name: cell.name, line: output.line, stored: output.text, found: outcome.text))
          }
        } else if !outcome.text.isEmpty {
          isDifferent = true
          mismatches.append(
            NotebookMismatch(kind: .missing, name: cell.name, line: cell.line, stored: "", found: outcome.text))
        }
      }
      if staleCells.contains(cell.number) { stale.append((cell, isDifferent)) }
    }
    let lines = run.notebook.source.lines
    for value in run.values {
      guard let stored = value.value.stored, stored.trimmingSpaces != value.text else { continue }
      mismatches.append(
        NotebookMismatch(
          kind: .value,
          name: Text("the figure \(shown(value.value.expression))", zh: "文中数字 \(shown(value.value.expression))"),
          line: lines.line(atUTF8: value.value.range.lowerBound), stored: stored, found: value.text))
    }
    mismatches.sort { $0.line < $1.line }
    judgeExercises(run)
  }

  private mutating func judgeExercises(_ run: NotebookRun) {
    for outcome in run.outcomes {
      guard let name = outcome.cell.options.attempt else { continue }
      guard let answer = run.outcomes.first(where: { $0.cell.options.answer == name && $0.cell.kind == .commands })
      else { continue }
      let isTried = !outcome.answers.isEmpty
      let (wanted, found) = (ExerciseResult.text(answer), ExerciseResult.text(outcome))
      let isRight: Bool? = isTried ? ExerciseResult.isSame(outcome, answer) : nil
      exercises.append(
        ExerciseVerdict(name: name, line: outcome.cell.line, isRight: isRight, wanted: wanted, found: found))
      if isRight == false {
        mismatches.append(
          NotebookMismatch(
            kind: .attempt, name: Text("the attempt \(shown(name))", zh: "作答 \(shown(name))"), line: outcome.cell.line,
            stored: wanted, found: found))
      }
    }
  }
}

/// What an exercise's answer comes to, apart from how it was asked.
enum ExerciseResult {
  /// By result: the sum where there is one, else everything that other programs would read but for names of the question.
  static func isSame(_ a: CellOutcome, _ b: CellOutcome) -> Bool {
    if a.answers.contains(where: \.failed) { return false }
    guard let x = a.object, let y = b.object else { return a.text == b.text }
    if let total = y["total"] { return x["total"] == total && x["kind"] == y["kind"] }
    return reduced(x) == reduced(y)
  }

  private static func reduced(_ value: JSONValue) -> JSONValue {
    guard case .object(let members) = value else { return value }
    return .object(members.filter { !["result", "fingerprint", "command", "name"].contains($0.key) })
  }

  static func text(_ outcome: CellOutcome) -> String {
    if let problem = outcome.diagnostics.first(where: { $0.severity == .error }) { return problem.message.en }
    if case .string(let total)? = outcome.object?["total"] { return total }
    return outcome.text.split(separator: "\n").first.map(String.init) ?? ""
  }
}

/// Stored answers as texts to compare.
enum StoredText {
  /// Lines without the spaces that editors take away, and without empty ones at the end.
  static func lines(_ text: String) -> [String] {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      var line = line
      while let last = line.last, last.isWhitespace { line = line.dropLast() }
      return String(line)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  static func isSame(_ stored: String, _ found: String, _ tolerance: CellOptions.Tolerance?) -> Bool {
    let (a, b) = (lines(stored), lines(found))
    if a == b { return true }
    guard let tolerance, a.count == b.count else { return false }
    return zip(a, b).allSatisfy { isNear(pieces($0), pieces($1), tolerance) }
  }

  private enum Piece: Equatable {
    case text(String)
    /// Millionths.
    case figure(Int64)
  }

  /// Words and figures; how much space stands between them does not count, since wider figures move it.
  private static func pieces(_ line: String) -> [Piece] {
    var out: [Piece] = []
    var rest = line[...]
    while let first = rest.first {
      if first.isWhitespace || "─│█▏▎▍▌▋▊▉▓▒░".contains(first) {
        rest = rest.dropFirst()
      } else if first.isASCII, first.isNumber {
        let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == "," || $0 == ".") }
        rest = rest.dropFirst(digits.count)
        if let figure = Decimals.parse(digits.filter { $0 != "," }[...], scale: 6) {
          out.append(.figure(figure))
        } else {
          out.append(.text(String(digits)))
        }
      } else {
        let word = rest.prefix { !$0.isWhitespace && !($0.isASCII && $0.isNumber) }
        rest = rest.dropFirst(word.count)
        out.append(.text(String(word)))
      }
    }
    return out
  }

  private static func isNear(_ a: [Piece], _ b: [Piece], _ tolerance: CellOptions.Tolerance) -> Bool {
    guard a.count == b.count else { return false }
    return zip(a, b).allSatisfy { a, b in
      guard case .figure(let x) = a, case .figure(let y) = b else { return a == b }
      let distance = x > y ? x - y : y - x
      switch tolerance {
      case .absolute(let most): return distance <= most
      case .share(let share): return Int128(distance) * Int128(Share.unit) <= Int128(max(x, y)) * Int128(share)
      }
    }
  }
}
