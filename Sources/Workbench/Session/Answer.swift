// What a command answers: a document for people, objects for programs, and what was wrong. Every front end gets the
// same value and only chooses a form. Knows nothing of terminals.

import Diagnostics
import View

/// The answer to one command.
public struct Answer: Sendable {
  public var document: Document
  /// One object each for other programs; made when asked for, since there may be millions of payments in them.
  public var json: [JSONValue] {
    var objects = makeJSON()
    if let result, case .object(let members)? = objects.first {
      objects[0] = .object(members + [.init("result", .string(result.name))] + (result.fingerprint.map { [.init("fingerprint", .string($0))] } ?? []))
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
  public var width: Int
  public var colour: Bool

  public init(format: OutputFormat = .table, language: Language = .en, width: Int = 100, colour: Bool = false) {
    self.format = format
    self.language = language
    self.width = width
    self.colour = colour
  }

  /// The text of an answer without its errors, ending in a line feed unless it is empty.
  public func render(_ answer: Answer) -> String {
    switch answer.format ?? format {
    case .table: return TerminalRenderer(width: width, colour: colour, language: language).render(answer.document)
    case .markdown: return MarkdownRenderer(language: language).render(answer.document)
    case .csv:
      if let csv = answer.csv { return csv() }
      return CSVRenderer(language: language).render(answer.document) ?? ""
    case .json: return answer.json.map { $0.line + "\n" }.joined()
    }
  }
}
