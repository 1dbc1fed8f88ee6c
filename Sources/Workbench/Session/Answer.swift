// What a command answers: a document for people, objects for programs, and what was wrong. Every front end gets the
// same value and only chooses a form. Knows nothing of terminals.

import Diagnostics
import View

/// The answer to one command.
public struct Answer: Sendable {
  public var document: Document
  /// One object each for other programs; made when asked for, since there may be millions of payments in them.
  public var json: [JSONValue] { makeJSON() }
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
  private let makeJSON: @Sendable () -> [JSONValue]
  /// Comma-separated values where they are not simply the document's first table.
  public var csv: (@Sendable () -> String)?

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
      if let csv = answer.csv { return csv() }
      return CSVRenderer(language: language).render(answer.document) ?? ""
    case .json: return answer.json.map { $0.line + "\n" }.joined()
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
