// What a command answers: a document for people, objects for programs, and what was wrong. Every front end gets the
// same value and only chooses a form. Knows nothing of terminals.

import Commands
import Diagnostics
import View

/// The answer to one command.
public struct Answer: Sendable {
  public var document: Document
  /// One object each for other programs; made when asked for, since there may be millions of payments in them.
  public var json: [JSONValue] {
    var objects = makeJSON()
    if let result, case .object(let members)? = objects.first {
      objects[0] = .object(
        members + [.init("result", .string(result.name))]
          + (result.fingerprint.map { [.init("fingerprint", .string($0))] } ?? []))
    }
    return objects
  }
  /// What was wrong, and what is worth knowing.
  public var diagnostics: [Diagnostic]
  /// Whether the command could not be carried out.
  public var failed = false
  /// Whether a check found that something is not as it should be.
  public var hasMismatch = false
  /// Whether the session is to end.
  public var ends = false
  /// The form that the command asks for by itself.
  public var format: OutputFormat?
  /// The language that holds from here on.
  public var language: Language?
  /// Whether tables are shown with every column, however wide.
  public var isWide = false
  /// What one may ask next; empty unless the session suggests.
  public var next: [String] = []
  /// The command as it was probably meant, where it was mistaken in one word.
  public var correction: String?
  /// The command, where it is to be shown before its answer.
  public var echo: String?
  /// The result's number in the session, where the answer is one.
  public var result: ResultTag?
  /// What can be drawn of it.
  public var chart: Chart?
  /// Whether the answer has been written into the command's file already.
  var isWritten = false
  private let makeJSON: @Sendable () -> [JSONValue]
  /// Comma-separated values where they are not simply the document's first table.
  public var csv: (@Sendable () -> String)?
  /// The answer for other programs, block by block, where it may be too long to be held.
  var stream: AnswerStream?

  public init(
    _ document: Document = .empty, json: @autoclosure @escaping @Sendable () -> [JSONValue] = [],
    diagnostics: [Diagnostic] = []
  ) {
    self.document = document
    makeJSON = json
    self.diagnostics = diagnostics
    failed = diagnostics.contains { $0.severity == .error }
  }

  /// An answer whose objects are there already.
  init(_ document: Document, objects: [JSONValue], diagnostics: [Diagnostic] = []) {
    self.init(document, json: objects, diagnostics: diagnostics)
  }

  /// The answer to a command that could not be carried out.
  public static func failure(_ diagnostics: [Diagnostic]) -> Answer {
    var answer = Answer(diagnostics: diagnostics)
    answer.failed = true
    return answer
  }

  static func failure(_ problem: Diagnostic) -> Answer { failure([problem]) }
}

/// Answers as text.
public struct AnswerRenderer: Sendable {
  public var format: OutputFormat
  public var language: Language
  /// How a terminal shows it.
  public var look: TerminalLook

  public var width: Int {
    get { look.width }
    set { look.width = newValue }
  }
  public var colour: Bool {
    get { look.colour }
    set { look.colour = newValue }
  }

  public init(format: OutputFormat = .table, language: Language = .en, width: Int = 100, colour: Bool = false) {
    self.format = format
    self.language = language
    look = TerminalLook(width: width, colour: colour)
  }

  /// The text of an answer without its errors, ending in a line feed unless it is empty.
  public func render(_ answer: Answer) -> String {
    switch answer.format ?? format {
    case .table:
      var look = look
      if answer.isWide { look.widensTables = true }
      return TerminalRenderer(look, language: language).render(answer.document)
    case .markdown: return MarkdownRenderer(language: language).render(answer.document)
    case .csv:
      if let stream = answer.stream(as: .csv) { return stream.text(.csv) }
      return Harmless.text(answer.csv?() ?? CSVRenderer(language: language).render(answer.document) ?? "")
    case .json:
      if let stream = answer.stream(as: .json) { return stream.text(.json) }
      return answer.json.map { $0.line + "\n" }.joined()
    }
  }
}

/// Records without anything that would act on a terminal which shows them.
enum Harmless {
  /// The records as they are, or with everything that acts made visible. Looked at byte by byte first: there may be millions
  /// of records, and hardly ever anything in them.
  static func text(_ records: String) -> String {
    isSo(records) ? records : Visible.text(records, keepLines: true, keepTabs: true)
  }

  /// Whether a text has no byte that a character which acts could have. Line ends do not count.
  static func isSo(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var before: UInt8 = 0
      for byte in bytes {
        switch byte {
        case 0x09, 0x0A, 0x0D: break
        case 0..<0x20, 0x7F: return false
        // C1 controls are C2 80 to C2 9F; the marks of direction begin with D8 9C, E2 80 and E2 81.
        case 0x80...0x9F where before == 0xC2 || before == 0xD8: return false
        case 0x80, 0x81: if before == 0xE2 { return false }
        default: break
        }
        before = byte
      }
      return true
    }
  }
}

extension JSONValue {
  /// An object whose lists have at most so many entries. Each list that was cut is named with the number it had:
  /// `"cut":{"payments":{"shown":1000,"of":25000}}`.
  public func shortened(to limit: Int) -> JSONValue {
    guard case .object(let members) = self else { return self }
    var cut: [Member] = []
    let kept = members.map { member -> Member in
      guard case .array(let entries) = member.value, entries.count > limit else { return member }
      cut.append(Member(member.key, ["shown": .int(Int64(limit)), "of": .int(Int64(entries.count))]))
      return Member(member.key, .array(Array(entries.prefix(limit))))
    }
    return cut.isEmpty ? self : .object(kept + [Member("cut", .object(cut))])
  }
}
