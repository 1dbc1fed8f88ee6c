// What a cell's answer depends on, as a short text that is known without running it: the documents at hand, the notebook's
// parameters, and every cell up to this one with the files it names. Commands count by what they mean, so that translating
// them changes nothing. Knows nothing of answers.

import Answers
import Diagnostics
import Districts
import Facts
import PolicyLanguage
import Reckoning

/// The fingerprints of a notebook's cells.
struct CellFingerprints {
  private let notebook: Notebook
  private let folder: String
  private var digest = Digest()
  private(set) var all: [String] = []
  /// Files already taken in: each is read once.
  private var files: [String: UInt64] = [:]

  /// - Parameters:
  ///   - values: the parameters' values as they are put into cells.
  ///   - policies: further policy documents at hand.
  init(_ notebook: Notebook, values: [String: String], policies: [SourceFile]) {
    self.notebook = notebook
    folder = notebook.folder
    for document in Districts.documents {
      digest.add(document.id)
      digest.add(document.text)
    }
    digest.add(Districts.facts.text)
    for policy in policies { digest.add(policy.text) }
    for name in values.keys.sorted() {
      digest.add(name)
      digest.add(values[name] ?? "")
    }
    for scenario in notebook.front.scenarios {
      digest.add(scenario.name ?? "")
      take(file: scenario.file)
    }
    for cell in notebook.cells {
      take(cell, values)
      all.append(String(digest.hex.prefix(8)))
    }
  }

  private mutating func take(_ cell: NotebookCell, _ values: [String: String]) {
    // An exercise leaves nothing behind.
    if cell.options.isExercise || cell.kind == .answer { return }
    digest.add(cell.kind.rawValue)
    digest.add(cell.options.name ?? "")
    guard cell.kind == .commands else {
      digest.add(cell.text)
      for line in cell.text.split(separator: "\n") where cell.kind == .scenario { takeBulk(line) }
      return
    }
    let source = SourceFile(name: "", text: ParameterText.filled(cell.text, values))
    for statement in CommandParser.statements(of: source) {
      guard let command = statement.command else {
        digest.add(statement.text)
        continue
      }
      let meaning = CommandMeaning(command)
      digest.add(meaning.text)
      for name in meaning.words where CellFingerprints.isFile(name) { take(file: name) }
    }
  }

  private static func isFile(_ name: String) -> Bool {
    ["yaml", "yml", "csv", "md", "markdown", "txt", "cesuan"].contains(Files.ending(name))
  }

  /// Takes in a file, and those that a scenario names for its bulk lists. One that cannot be read counts as absent.
  private mutating func take(file name: String) {
    let path = name.hasPrefix("/") || name.hasPrefix("~") ? Files.expanded(name) : folder + name
    if let known = files[path] {
      digest.add(Int64(bitPattern: known))
      return
    }
    var own = Digest()
    var bulk: [Substring] = []
    var text = ""
    if let bytes = try? Files.bytes(path) {
      bytes.withUnsafeBytes { own.add($0) }
      if Files.ending(name) == "yaml" || Files.ending(name) == "yml" { text = String(decoding: bytes, as: UTF8.self) }
      bulk = text.split(separator: "\n").filter { $0.contains("_from") }
    }
    files[path] = own.value
    digest.add(Int64(bitPattern: own.value))
    let beside = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    for line in bulk { takeBulk(line, beside) }
  }

  /// `hires_from: hires.csv`
  private mutating func takeBulk(_ line: Substring, _ beside: String? = nil) {
    guard let colon = line.firstIndex(of: ":") else { return }
    for word in line[line.index(after: colon)...].split(whereSeparator: { " ,[]\"'".contains($0) })
    where Files.ending(String(word)) == "csv" {
      let path = word.hasPrefix("/") ? String(word) : (beside ?? folder) + word
      guard files[path] == nil, let bytes = try? Files.bytes(path) else { continue }
      var own = Digest()
      bytes.withUnsafeBytes { own.add($0) }
      files[path] = own.value
      digest.add(Int64(bitPattern: own.value))
    }
  }
}

/// What a command means, apart from its language and its place in a file.
struct CommandMeaning {
  /// The same for every spelling of the command.
  private(set) var text = ""
  /// The names and values in it.
  private(set) var words: [String] = []

  init(_ command: Command) {
    var command = command
    command.text = ""
    describe(command, depth: 0)
  }

  private mutating func describe(_ value: Any, depth: Int) {
    guard depth < 24 else { return }
    switch value {
    case let written as Written:
      text += "'" + written.text + "'"
      words.append(written.raw)
    case is SourceRange: break
    case let format as OutputFormat: text += format.rawValue
    case let plain as String: text += "\"" + plain + "\""
    default:
      let mirror = Mirror(reflecting: value)
      if mirror.children.isEmpty {
        text += "\(value)"
      } else {
        text += "\(mirror.subjectType)("
        for child in mirror.children {
          if let label = child.label { text += label + ":" }
          describe(child.value, depth: depth + 1)
          text += ","
        }
        text += ")"
      }
    }
  }
}

/// `{rate}` in a cell stands for the value of the notebook's parameter.
enum ParameterText {
  static func filled(_ text: String, _ values: [String: String]) -> String {
    guard !values.isEmpty, text.utf8.contains(0x7B) else { return text }
    var out = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      out += rest[..<open]
      let after = rest[rest.index(after: open)...]
      if let close = after.prefix(100).firstIndex(of: "}"), let value = values[String(after[..<close]).trimmingSpaces] {
        out += value
        rest = after[after.index(after: close)...]
      } else {
        out += "{"
        rest = after
      }
    }
    return out + rest
  }
}

extension StringProtocol {
  var trimmingSpaces: String {
    var text = self[...]
    while let first = text.first, first.isWhitespace { text = text.dropFirst() }
    while let last = text.last, last.isWhitespace { text = text.dropLast() }
    return String(text)
  }
}
