// What to say with `import` of cells that could not be read, so that a register is never edited. Knows nothing of how
// cells are read.

import Diagnostics

enum ImportRemedy {
  /// The problems of single cells that a word about their text mends.
  private static let cells: Set<String> = [
    "not-a-boolean", "not-a-whole-number", "not-money", "too-many-decimals", "negative", "not-a-date", "no-such-day",
    "several-meanings", "unknown-place", "ambiguous-place", "unknown-choice", "not-a-county",
  ]

  /// The problem with a line of the command that would mend it.
  static func added(_ problem: Diagnostic) -> Diagnostic {
    guard cells.contains(problem.code), problem.severity == .error, let text = quoted(problem.message.en) else {
      return problem
    }
    let hint = problem.hint ?? .same("")
    if let order = problem.hint.flatMap(order) {
      return Diagnostic(
        problem.severity, code: problem.code, problem.message,
        hint: Text(
          "\(problem.hint?.en ?? ""); or import it with `dates \"\(order.en)\"`",
          zh: "\(problem.hint?.zh ?? "")；或导入时加上“日期写法 \(order.zh)”"), at: problem.location)
    }
    let more = Text("or import it with `cells \"\(text)\" = …`", zh: "或导入时加上“单元格 \"\(text)\" = …”")
    return Diagnostic(
      problem.severity, code: problem.code, problem.message,
      hint: Text(
        hint.en.isEmpty ? more.en : "\(hint.en); \(more.en)", zh: hint.zh.isEmpty ? more.zh : "\(hint.zh)；\(more.zh)"),
      at: problem.location)
  }

  /// The way of writing days that a hint offers.
  private static func order(_ hint: Text) -> Text? {
    func word(_ text: String, behind key: String) -> String? {
      guard let from = text.firstRange(of: "`" + key + ": ")?.upperBound, let to = text[from...].firstIndex(of: "`")
      else {
        return nil
      }
      return String(text[from..<to])
    }
    guard let en = word(hint.en, behind: "dates"), let zh = word(hint.zh, behind: "日期写法") else { return nil }
    return Text(en, zh: zh)
  }

  /// The text that a message quotes first.
  private static func quoted(_ message: String) -> String? {
    let parts = message.split(separator: "`", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count > 2, !parts[1].isEmpty, !parts[1].hasSuffix("…"), !parts[1].contains("\"") else { return nil }
    return String(parts[1])
  }
}
