// Texts as editors speak of them: lines and UTF-16 units from nought, addresses of files. Knows nothing of what is in
// them.

import Diagnostics
import View
import Workbench

/// A mistake for an editor.
struct EditorDiagnostic {
  private let problem: Diagnostic
  private let file: OpenFile
  private let language: Language

  init(_ problem: Diagnostic, in file: OpenFile, _ language: Language) {
    (self.problem, self.file, self.language) = (problem, file, language)
  }

  var object: JSONValue {
    let first = Position(line: 1, column: 1)
    var location = problem.location ?? SourceRange(source: nil, start: first, end: first)
    // What stands in another file is told at the head of this one.
    let isHere = location.source == nil || location.source?.name == file.source.name
    var message = problem.message.in(language)
    if !isHere, let name = location.source?.name {
      message = "\(name):\(location.start.line): \(message)"
      location = SourceRange(source: nil, start: first, end: first)
    }
    if let hint = problem.hint { message += "\n" + hint.in(language) }
    let severity: Int64 =
      switch problem.severity {
      case .error: 1
      case .warning: 2
      case .note: 3
      }
    return [
      "range": EditorText.range(location, in: file.source), "severity": .int(severity), "code": .string(problem.code),
      "source": "cesuan", "message": .string(message),
    ]
  }
}

/// Positions, ranges and addresses of editors.
enum EditorText {
  static func string(_ value: JSONValue?) -> String? {
    if case .string(let text)? = value { return text }
    return nil
  }

  /// The path of `file:///a%20b.md`; other addresses as they stand.
  static func path(_ uri: String) -> String {
    guard uri.hasPrefix("file://") else { return uri }
    var bytes: [UInt8] = []
    var rest = Array(uri.utf8.dropFirst("file://".utf8.count))[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The address of a file: what has a meaning in addresses is written by its number.
  static func uri(_ path: String) -> String {
    guard !path.contains("://") else { return path }
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
    return "file://"
      + path.utf8.map { byte in
        if plain.contains(byte) { return String(UnicodeScalar(byte)) }
        let digits = String(byte, radix: 16, uppercase: true)
        return "%" + (digits.count < 2 ? "0" : "") + digits
      }.joined()
  }

  private static func number(_ value: JSONValue?) -> Int? {
    guard case .int(let number)? = value, number >= 0 else { return nil }
    return Int(min(number, Int64(Int32.max)))
  }

  /// An editor's position as ours; nil where it is none.
  static func position(_ value: JSONValue?, in source: SourceFile) -> Position? {
    guard let line = number(value?["line"]), let units = number(value?["character"]) else { return nil }
    let lines = OpenFile.lines(source.text)
    guard lines.indices.contains(line) else { return Position(line: line + 1, column: 1) }
    var column = 1
    var passed = 0
    for character in lines[line] {
      guard passed < units else { break }
      passed += character.utf16.count
      column += 1
    }
    return Position(line: line + 1, column: column)
  }

  /// A range of ours as an editor's. An empty one takes in the character at it.
  static func range(_ range: SourceRange, in source: SourceFile) -> JSONValue {
    let lines = OpenFile.lines(source.text)
    func place(_ position: Position) -> JSONValue {
      let number = min(max(position.line, 1), max(lines.count, 1))
      let line = lines.isEmpty ? "" : lines[number - 1]
      let units = line.prefix(max(position.column - 1, 0)).utf16.count
      return ["line": .int(Int64(number - 1)), "character": .int(Int64(units))]
    }
    var end = max(range.end, range.start)
    if end == range.start { end.column += 1 }
    return ["start": place(range.start), "end": place(end)]
  }

  /// A text with one change of an editor: a range and what stands in its place, or the whole text.
  static func changed(_ text: String, by change: JSONValue) -> String {
    guard let new = string(change["text"]) else { return text }
    guard let range = change["range"] else { return new }
    guard let start = offset(range["start"], in: text), let end = offset(range["end"], in: text), start <= end else {
      return text
    }
    let units = Array(text.utf16)
    return String(decoding: units[..<start] + Array(new.utf16) + units[end...], as: UTF16.self)
  }

  /// How many UTF-16 units stand before a position.
  private static func offset(_ value: JSONValue?, in text: String) -> Int? {
    guard let line = number(value?["line"]), let character = number(value?["character"]) else { return nil }
    let units = Array(text.utf16)
    var start = 0
    for _ in 0..<line {
      guard let end = units[start...].firstIndex(of: 0x0A) else { return units.count }
      start = end + 1
    }
    let end = units[start...].firstIndex(of: 0x0A) ?? units.count
    return min(start + character, end)
  }

  /// The protocol's number for a sort of symbol.
  static func symbolKind(_ sort: OpenFile.Part.Sort) -> Int64 {
    switch sort {
    case .heading: 15
    case .measure: 12
    case .parameter: 14
    case .reading: 10
    case .definition: 6
    case .example: 24
    case .cell: 3
    }
  }
}
