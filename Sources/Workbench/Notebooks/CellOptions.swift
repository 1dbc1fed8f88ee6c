// The options on a cell's fence line. Knows nothing of what they do to a run.

import Answers
import Diagnostics
import Reckoning
import Sessions

/// What a fence line says about its cell.
struct CellOptions: Sendable {
  var name: String?
  /// What a draft in the cell changes: `changle-2022`, `generous+changle-2020`.
  var base: String?
  /// The commands are left out of pages; the answer stays.
  var isHidden = false
  /// Commands and answer are left out, of pages and of the file.
  var isSilent = false
  /// Figures may differ by so much.
  var tolerance: Tolerance?
  /// The cell has to fail; with a code, for that reason.
  var expectsError = false
  var errorCode: String?
  /// The answer is not compared.
  var isUnchecked = false
  /// An exercise's attempt, or its answer.
  var attempt: String?
  var answer: String?

  var isExercise: Bool { attempt != nil || answer != nil }

  enum Tolerance: Sendable, Hashable {
    /// Parts of a hundred million.
    case share(Int64)
    /// In millionths of what is shown.
    case absolute(Int64)
  }

  private static let words: [(key: String, spellings: [String])] = [
    ("name", ["name", "名称"]), ("hidden", ["hidden", "隐藏"]), ("silent", ["silent", "静默"]),
    ("tolerance", ["tolerance", "容差"]),
    ("expect-error", ["expect-error", "预期错误"]), ("unchecked", ["unchecked", "不核对"]), ("attempt", ["attempt", "作答"]),
    ("answer", ["answer", "答案"]), ("from", ["from", "从"]),
  ]

  /// Reads what stands behind the fence's first word.
  static func read(_ info: Substring) -> (CellOptions, [NotebookMistake]) {
    var options = CellOptions()
    var mistakes: [NotebookMistake] = []
    let text = info.filter { $0 != "{" && $0 != "}" }
    for part in text.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\u{3000}" }) {
      let equals = part.firstIndex { $0 == "=" || $0 == "＝" }
      let word = equals.map { String(part[..<$0]) } ?? String(part)
      let value = equals.map { String(part[part.index(after: $0)...]).trimmingQuotes } ?? ""
      guard let key = words.first(where: { $0.spellings.contains(word) })?.key else {
        mistakes.append(.unknownOption(word, nearest: Nearest.names(to: word, among: words.flatMap(\.spellings))))
        continue
      }
      switch key {
      case "hidden": options.isHidden = true
      case "silent": options.isSilent = true
      case "unchecked": options.isUnchecked = true
      case "expect-error":
        options.expectsError = true
        options.errorCode = value.isEmpty ? nil : value
      case "from": options.base = value
      case "tolerance":
        if let tolerance = Tolerance(value) {
          options.tolerance = tolerance
        } else {
          mistakes.append(.badTolerance(value))
        }
      default:
        guard CellOptions.isName(value) else {
          mistakes.append(.badName(word, value))
          continue
        }
        switch key {
        case "name": options.name = value
        case "attempt": options.attempt = value
        default: options.answer = value
        }
      }
    }
    return (options, mistakes)
  }

  /// Letters, digits, `-` and `_`, not like a result's name.
  static func isName(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter, text.utf8.count <= 80 else { return false }
    return text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" } && !isResult(text)
  }

  /// `r3`
  static func isResult(_ text: String) -> Bool {
    text.utf8.first == 0x72 && text.utf8.count > 1 && text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
  }
}

extension CellOptions.Tolerance {
  /// `1%`, `0.5`, `100元`
  init?(_ text: String) {
    var digits = ValueText.plain(text)
    for unit in ["元", "yuan"] where digits.hasSuffix(unit) { digits.removeLast(unit.count) }
    if digits.hasSuffix("%") {
      guard let parts = Decimals.parse(digits.dropLast(), scale: 6) else { return nil }
      self = .share(parts)
    } else {
      guard let parts = Decimals.parse(digits[...], scale: 6) else { return nil }
      self = .absolute(parts)
    }
  }
}

extension String {
  /// Without quotation marks around it.
  var trimmingQuotes: String {
    guard utf8.count >= 2, let first, first == last, first == "\"" || first == "'" else { return self }
    return String(dropFirst().dropLast())
  }
}
