// A scenario file into a scenario: its keys, its lists, its bulk files and its cohorts. All problems of all its files
// are reported together, and a file with errors yields no scenario. Knows nothing of policy documents: their readings
// and by-reference values are handed on as texts.
import Diagnostics
import Reckoning

/// Reads scenarios.
public struct ScenarioReader: Sendable {
  /// Which lists a scenario may hold.
  public let dictionary: FactDictionary
  /// The places that facts may name.
  public let places: Gazetteer
  /// How many runs of rows of a bulk file are read at once.
  public var threads = 2
  /// Where large bulk files are kept as columns for the next time; nil: nowhere.
  public var cache: ColumnCache?
  /// Progress and cancelling while large files are read. What a cancelled reading yields is no scenario.
  public var control = WorkControl()

  /// Asked before a file is read, the scenario's own and those it names: why it may not be; nil where it may.
  package var barred: @Sendable (String) -> FileRefusal? = { _ in nil }

  /// What a file was read into: a scenario when nothing is an error, and all that is to be said about it.
  public struct Outcome: Sendable {
    /// Nil when anything is an error.
    public let scenario: Scenario?
    /// All that is to be said about the scenario and its bulk files, by file and line.
    public let diagnostics: [Diagnostic]
    /// The scenario's own file.
    public let source: SourceFile
  }

  /// A reader with two threads and nothing kept.
  public init(dictionary: FactDictionary, places: Gazetteer) {
    self.dictionary = dictionary
    self.places = places
  }

  /// Reads a file. Bulk files are looked for beside it.
  public func read(path: String) -> Outcome {
    do throws(FileProblem) {
      if let refusal = barred(path) { throw FileProblem.other(refusal) }
      // Somewhat more than a scenario may have, so that the guard can say how large it may be.
      let bytes = try FileBytes.read(path, limit: 1 << 30)
      // A path without a slash is beside where the program runs.
      let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
      let outcome = read(bytes: bytes.bytes, name: path, folder: folder)
      if bytes.hasChanged { throw FileProblem.other(.changed(path)) }
      return outcome
    } catch {
      let source = SourceFile(name: path, text: "")
      return Outcome(scenario: nil, diagnostics: [error.diagnostic(at: nil)], source: source)
    }
  }

  /// Reads bytes that are meant to be UTF-8.
  public func read(bytes: UnsafeBufferPointer<UInt8>, name: String, folder: String) -> Outcome {
    func refuse(_ problem: FileProblem, _ location: (SourceFile) -> SourceRange?) -> Outcome {
      let source = SourceFile(name: name, text: ""), first = Position(line: 1, column: 1)
      let place = location(source) ?? SourceRange(source: source, start: first, end: first)
      return Outcome(scenario: nil, diagnostics: [problem.diagnostic(at: place)], source: source)
    }
    if bytes.count > YAMLGuard.sizeLimit {
      return refuse(.tooLarge(limit: Text.same("\(YAMLGuard.sizeLimit >> 20) MiB"))) { _ in nil }
    }
    let start = bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
    let body = UnsafeBufferPointer(rebasing: bytes[start...])
    if let invalid = UTF8Check.firstInvalid(body) {
      let wide = body.prefix(4096).contains(0) || (body.count >= 2 && body[0] >= 0xFE && body[1] >= 0xFE)
      return refuse(wide ? .wideCharacters : .notUTF8(byte: body[invalid])) { source in
        let line = 1 + body[..<invalid].count { $0 == 0x0A }
        // Without a line feed before it, it is in the first line.
        let lineStart = body[..<invalid].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let column = 1 + String(decoding: body[lineStart..<invalid], as: UTF8.self).count
        let at = Position(line: line, column: column)
        return SourceRange(source: source, start: at, end: at)
      }
    }
    if body.contains(0) { return refuse(.wideCharacters) { _ in nil } }
    let text = String(decoding: body, as: UTF8.self)
    return read(text, source: SourceFile(name: name, text: text), folder: folder)
  }

  /// Reads a scenario that is a text, or a part of one such as a notebook's fence.
  /// - Parameters:
  ///   - source: what messages point into.
  ///   - firstLine: the line of the source on which the text begins.
  ///   - folder: where bulk files are looked for; empty or ending in `/`.
  public func read(_ text: String, source: SourceFile, firstLine: Int = 1, folder: String)
    -> Outcome
  {
    let tree = YAMLTree(text, source: source, firstLine: firstLine)
    var walk = ScenarioWalk(reader: self, source: source, folder: folder, firstLine: firstLine)
    var (scenario, diagnostics) = walk.run(tree)
    if walk.builder.usesKeptColumns, diagnostics.contains(where: { $0.severity == .error }) {
      // What is wrong is shown as it was written.
      var plain = self
      plain.cache = nil
      var walk = ScenarioWalk(reader: plain, source: source, folder: folder, firstLine: firstLine)
      (scenario, diagnostics) = walk.run(tree)
    }
    return Outcome(scenario: scenario, diagnostics: diagnostics, source: source)
  }
}
