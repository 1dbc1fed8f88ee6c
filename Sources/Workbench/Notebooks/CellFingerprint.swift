// What a cell's answer depends on, as a short text that is known without running it: the documents at hand, the
// notebook's
// parameters, and every cell up to this one with the files it names. Commands count by what they mean, so that
// translating
// them changes nothing. Knows nothing of answers.

import Answers
import Commands
import Diagnostics
import Districts
import Facts
import PolicyLanguage
import Reckoning
import Sessions

/// The fingerprints of a notebook's cells.
struct CellFingerprints {
  private let notebook: Notebook
  private let folder: String
  private let door: FileDoor
  private var digest = Digest()
  private(set) var all: [String] = []
  /// Files already taken in: each is read once.
  private var files: [String: UInt64] = [:]

  /// - Parameters:
  ///   - values: the parameters' values as they are put into cells.
  ///   - policies: further policy documents at hand.
  ///   - door: what may not be read counts as absent.
  init(_ notebook: Notebook, values: [String: String], policies: [SourceFile], _ door: FileDoor) {
    self.notebook = notebook
    self.door = door
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
      if cell.kind == .scenario { takeBulk(cell.text, folder) }
      return
    }
    let source = SourceFile(name: "", text: ParameterText.filled(cell.text, values))
    for statement in WorkbenchCommands.parser.statements(of: source) {
      guard let command = statement.command else {
        digest.add(statement.text)
        continue
      }
      let meaning = Meaning(command)
      digest.add(meaning.text)
      for name in meaning.words where CellFingerprints.isFile(name) { take(file: name) }
    }
  }

  private static func isFile(_ name: String) -> Bool {
    ["yaml", "yml", "csv", "md", "markdown", "txt", "cesuan", "xlsx"].contains(Files.ending(name))
  }

  /// Takes in a file, and those that a scenario names for its bulk lists. One that cannot be read counts as absent.
  private mutating func take(file name: String) {
    let path = name.hasPrefix("/") || name.hasPrefix("~") ? Files.expanded(name) : folder + name
    if let known = files[path] {
      digest.add(Int64(bitPattern: known))
      return
    }
    var own = Digest()
    var scenario = ""
    if let bytes = try? door.bytes(path, as: .glance) {
      bytes.withUnsafeBytes { own.add($0) }
      if !CellFingerprints.isOther(path) { scenario = String(decoding: bytes, as: UTF8.self) }
    }
    files[path] = own.value
    digest.add(Int64(bitPattern: own.value))
    takeBulk(scenario, path.lastIndex(of: "/").map { String(path[...$0]) } ?? "")
  }

  /// Whether a file's ending says that it is no scenario.
  private static func isOther(_ name: String) -> Bool {
    ["csv", "md", "markdown", "cesuan", "xlsx"].contains(Files.ending(name))
  }

  /// The bulk files that a scenario names, `hires_from: hires.csv`, beside it or in the notebook's folder.
  private mutating func takeBulk(_ scenario: String, _ beside: String) {
    for name in Scenario.bulkFiles(namedIn: scenario) {
      let path = Scenario.path(ofBulkFile: name, folder: beside)
      guard files[path] == nil, door.barrier(reading: path) == nil, let value = Scenario.digest(ofBulkFile: path) else {
        continue
      }
      files[path] = value
      digest.add(Int64(bitPattern: value))
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
