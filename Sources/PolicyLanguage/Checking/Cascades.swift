// What is only wrong because a line above could not be read: the name that it declares is missing further down, and so
// is the clause that it is. Whoever mends the line has mended these. Knows nothing of how lines are read.
import Diagnostics

/// Mistakes that another mistake brings about.
package enum Cascades {
  private static let declaring = [
    "计", "设", "参数", "定义", "标准表", "引用标准", "count", "let", "param", "define", "table", "value",
    "字段", "field",
  ]
  private static let paying = ["付给", "pay ", "授予", "grant "]
  private static let framing = ["对", "for "]
  private static let counting = ["计 ", "计\u{3000}", "count "]

  /// What was told of a document, without what follows from lines that could not be read.
  /// - Parameters:
  ///   - mistakes: what the reader of lines has told.
  ///   - problems: what the checker has told of the lines that it could read.
  package static func without(_ problems: [Diagnostic], after mistakes: [Diagnostic], in source: SourceFile)
    -> [Diagnostic]
  {
    let broken = Set(mistakes.filter { $0.severity == .error }.compactMap { $0.location?.start.line }).sorted()
    let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
    func text(_ line: Int) -> Substring { lines.indices.contains(line - 1) ? lines[line - 1] : "" }
    // A line that was read and says something wrong declares nothing either.
    let wrong = problems.filter { $0.severity == .error }.compactMap { $0.location?.start.line }
    let declaring = Dictionary(
      (broken + wrong).compactMap { line in declared(by: text(line)).map { ($0, line) } }, uniquingKeysWith: min)
    guard !broken.isEmpty || !declaring.isEmpty else { return problems }
    // Lines of one declaration are those up to the next that is not indented.
    func follows(_ line: Int, _ words: [String]) -> Bool {
      broken.contains { other in
        let begins = text(other).drop { $0 == " " }
        guard other > line, words.contains(where: { begins.hasPrefix($0) }) else { return false }
        return !(line + 1..<other).contains { text($0).first.map { !$0.isWhitespace } ?? false }
      }
    }
    func goesBefore(_ line: Int, _ words: [String]) -> Bool {
      broken.contains { other in
        let begins = text(other).drop { $0 == " " }
        guard other < line, words.contains(where: { begins.hasPrefix($0) }) else { return false }
        return !(other + 1..<line).contains { text($0).first.map { !$0.isWhitespace } ?? false }
      }
    }
    return problems.filter { problem in
      guard let line = problem.location?.start.line else { return true }
      switch problem.code {
      case "unknown-name":
        return !broken.contains(line)
          && !declaring.contains { $0.value != line && problem.message.zh.contains("`\($0.key)`") }
      case "missing-clause":
        let isPayment = ["`pay`", "`付给`"].contains { problem.message.zh.contains($0) }
        let isFrame = ["`for each`", "`对每`"].contains { problem.message.zh.contains($0) }
        return !(isPayment && follows(line, paying)) && !(isFrame && follows(line, framing))
      // Rows that could not be read, and whoever would have asked the table.
      case "no-rows": return !follows(line, [""])
      case "unused-table": return false
      case "no-years": return !follows(line, counting)
      // Where the line that says what a measure goes through could not be read whole, a payment lacks its day for that.
      case "no-date": return !goesBefore(line, framing)
      default: return true
      }
    }
  }

  /// The name behind the word that begins a declaration.
  private static func declared(by line: Substring) -> String? {
    let written = line.drop { $0 == " " }
    guard let word = declaring.first(where: { written.hasPrefix($0) }) else { return nil }
    let name = written.dropFirst(word.count).drop { $0 == " " }.prefix { !" ＝=〔（(：:".contains($0) }
    return name.isEmpty ? nil : String(name)
  }
}
