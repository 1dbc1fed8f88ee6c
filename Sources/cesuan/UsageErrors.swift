// What is wrong with the command line, in the reader's language and in the form that was asked for. Knows nothing of
// what the subcommands do.

import Answers
import Diagnostics
import View

/// Words for what the parser of arguments finds.
enum UsageErrors {
  /// Whether answers were asked for as JSON, which goes for errors too.
  static var isForPrograms: Bool {
    let words = HelpWords.arguments
    return words.indices.contains { i in
      words[i] == "--format=json" || words[i] == "--format" && i + 1 < words.count && words[i + 1] == "json"
    }
  }

  /// The line for programs: what is wrong, and what helps.
  /// - Parameters:
  ///   - message: what is wrong, as the parser says it.
  ///   - whole: the same with the usage below it.
  static func line(_ message: String, whole: String) -> String {
    let hints = whole.split(separator: "\n").map(String.init).filter { $0.hasPrefix("Usage: ") }
    let usage = hints.first.map { String($0.dropFirst("Usage: ".count)) }
    let diagnostic = Diagnostic(
      .error, code: "usage", Text(message, zh: chinese(message)), hint: usage.map { Text.same($0) })
    return JSONValue(Record(diagnostic, in: HelpWords.language)).line
  }

  /// What the parser says in full, in the reader's language.
  static func said(_ whole: String) -> String {
    guard HelpWords.language == .zh else { return whole }
    return whole.split(separator: "\n", omittingEmptySubsequences: false).map { line(of: String($0)) }
      .joined(separator: "\n")
  }

  private static func line(of line: String) -> String {
    for (en, zh) in [("Error: ", "错误："), ("Help:  ", "说明："), ("   or: ", "  或：")] {
      if let rest = line.after(en) { return zh + (en.hasPrefix("Help") ? rest : chinese(rest)) }
    }
    if let rest = line.after("Usage: ") { return "用法：" + rest }
    if let command = line.between("  See '", "' for more information.") { return "  详见 `\(command)`" }
    return line
  }

  // MARK: Messages

  /// One message in Chinese; the same where nothing is known for it.
  static func chinese(_ message: String) -> String {
    if let parts = message.between("Unknown option '", "'?")?.parted("'. Did you mean '") {
      return "没有选项 `\(parts.0)`，是否为 `\(parts.1)`？"
    }
    if let name = message.between("Unknown option '", "'") { return "没有选项 `\(name)`" }
    if let name = message.between("Missing value for '", "'") {
      guard let (option, word) = name.parted("' in '") else { return "选项 `\(name)` 缺少取值" }
      return "`\(word)` 中的选项 `\(option)` 缺少取值"
    }
    if let name = message.between("Missing expected argument '", "'") { return "缺少参数 `\(name)`" }
    if let names = message.between("Missing one of: '", "'") { return "须写明其中一项：" + list(names) }
    if let word = message.between("Unexpected argument '", "'") { return "多余的参数 `\(word)`" }
    if let parts = message.between("", "'")?.parted(" unexpected arguments: '") {
      return "有 \(parts.0) 个多余的参数：" + list(parts.1)
    }
    if let parts = message.between("The option '", "' was specified.")?.parted("' does not take any value, but '") {
      return "选项 `\(parts.0)` 不带取值，而这里写了 `\(parts.1)`"
    }
    return invalid(message) ?? message
  }

  /// The value 'x' is invalid for '--format <format>'. Please provide one of 'table' or 'json'.
  private static func invalid(_ message: String) -> String? {
    guard let (value, rest) = message.after("The value '")?.parted("' is invalid for '") else { return nil }
    if let (name, values) = rest.parted("'. Please provide one of '") {
      let one = values.replacing("' or '", with: "', '").replacing("' and '", with: "', '")
      return "`\(name)` 的取值 `\(value)` 无效，可取：" + list(String(one.dropLast(2)))
    }
    return rest.between("", "'").map { "`\($0)` 的取值 `\(value)` 无效" }
  }

  private static func list(_ names: String) -> String {
    names.replacing("', '", with: "\n").split(separator: "\n").map { "`\($0)`" }.joined(separator: "、")
  }
}

extension String {
  /// What follows a beginning; nil where it has another.
  fileprivate func after(_ start: String) -> String? {
    hasPrefix(start) ? String(dropFirst(start.count)) : nil
  }

  /// What stands between a beginning and an end; nil where it has others.
  fileprivate func between(_ start: String, _ end: String) -> String? {
    guard let rest = after(start), rest.hasSuffix(end) else { return nil }
    return String(rest.dropLast(end.count))
  }

  /// What stands before and behind the first such words; nil where they do not occur.
  fileprivate func parted(_ words: String) -> (String, String)? {
    guard let found = firstRange(of: words) else { return nil }
    return (String(self[..<found.lowerBound]), String(self[found.upperBound...]))
  }
}
