// What a command answers: what stands in it from top to bottom, the record for programs, and what was wrong. Every
// front end gets the same value and only chooses a form. Knows nothing of terminals.

import Diagnostics
import View

/// The answer to one command.
package struct Answer: Sendable {
  /// What people read, from top to bottom; its first relation is what a table of values has of it.
  package var body: AnswerBody
  /// The answer as people see it.
  package var document: Document { body.document }
  /// What programs read, one record each; made when asked for, since there may be millions of payments in them.
  package var records: [Record] {
    var records = makeRecords()
    if !records.isEmpty { for member in further { records[0].add(member.key, member.value) } }
    return records
  }
  /// The records as objects.
  package var json: [JSONValue] {
    var records = records
    if let mode = settings.mode, !records.isEmpty, records[0]["mode"] == nil { records[0].add("mode", mode) }
    if !settings.isEmpty, !records.isEmpty, records[0]["settings"] == nil { records[0].add("settings", settings.datum) }
    if let result, !records.isEmpty {
      records[0].add("result", .id(result.name))
      if let fingerprint = result.fingerprint { records[0].add("fingerprint", .id(fingerprint)) }
    }
    return records.map { JSONValue($0) }
  }
  /// What was wrong, and what is worth knowing.
  package var diagnostics: [Diagnostic]
  /// Whether the command could not be carried out.
  package var failed = false
  /// Whether a check found that something is not as it should be.
  package var hasMismatch = false
  /// Whether the session is to end.
  package var ends = false
  /// Whether it is handed in as a whole, with all that stands in it.
  package var isPaper = false
  /// The form that the command asks for by itself.
  package var format: OutputFormat?
  /// The language that holds from here on.
  package var language: Language?
  /// Whether tables are shown with every column, however wide.
  package var isWide = false
  /// What one may ask next; empty unless the session suggests.
  package var next: [String] = []
  /// The command as it was probably meant, where it was mistaken in one word.
  package var correction: String?
  /// The command, where it is to be shown before its answer.
  package var echo: String?
  /// The result's number in the session, where the answer is one.
  package var result: ResultTag?
  /// What can be drawn of it.
  package var chart: Chart?
  /// Whether the answer has been written into the command's file already.
  package var isWritten = false
  /// The answer for other programs, block by block, where it may be too long to be held.
  package var stream: AnswerStream?
  /// What is handed in of it, where that is more than its body; made when asked for.
  package var book: (@Sendable () -> AnswerBook)?
  /// With how many decimals its amounts are written: those of its currency.
  package var decimals = 2
  /// The programmes that it rests on, each with what differs from its documents; none where it rests on no run.
  package var settings: [ChangedSettings] = [] {
    didSet { stream?.settings = settings }
  }
  /// What its totals leave out, in a line, for forms that have no place for it in their body; nil where nothing is.
  package var leftOut: Text?
  /// What it varies or lets grow, in a line, for the same forms; nil where it does neither.
  package var inputs: Text?
  /// What stands behind its own in the first record.
  package var further: [Record.Member] = []
  /// The same question answered on other grounds, whose records stand behind its own in a file of values, each with the
  /// name of its ground in a column of that title.
  package var twin: Twin?
  private let makeRecords: @Sendable () -> [Record]

  /// The same question answered on other grounds.
  package struct Twin: Sendable {
    /// What tells the two apart, as the head of a column.
    package let title: Text
    /// What the answer itself rests on, and what the other does.
    package let own: Text
    package let others: Text
    package let answer: @Sendable () -> Answer

    package init(title: Text, own: Text, others: Text, answer: @escaping @Sendable () -> Answer) {
      (self.title, self.own, self.others, self.answer) = (title, own, others, answer)
    }
  }

  /// An answer of blocks and relations.
  /// - Parameter records: what programs read, made when they ask.
  package init(
    _ body: AnswerBody, records: @autoclosure @escaping @Sendable () -> [Record] = [], diagnostics: [Diagnostic] = []
  ) {
    self.body = body
    makeRecords = records
    self.diagnostics = diagnostics
    failed = diagnostics.contains { $0.severity == .error }
  }

  /// An answer of blocks alone.
  package init(
    _ document: Document = .empty, records: @autoclosure @escaping @Sendable () -> [Record] = [],
    diagnostics: [Diagnostic] = []
  ) {
    self.init(AnswerBody(document), records: records(), diagnostics: diagnostics)
  }

  /// An answer that only says what was wrong, or nothing.
  package init(diagnostics: [Diagnostic]) { self.init(Document.empty, diagnostics: diagnostics) }

  /// Whether there is anything in it for a table of values, and nothing else that would be left out.
  package var hasRecords: Bool { !isPaper && CSVForm.hasRecords(self) }

  /// The same answer with other records.
  package func with(records: @autoclosure @escaping @Sendable () -> [Record]) -> Answer {
    var answer = Answer(body, records: records(), diagnostics: diagnostics)
    answer.failed = failed
    return answer
  }

  /// The answer to a command that could not be carried out.
  package static func failure(_ diagnostics: [Diagnostic]) -> Answer {
    var answer = Answer(diagnostics: diagnostics)
    answer.failed = true
    return answer
  }

  /// The answer to a command that could not be carried out for one reason.
  package static func failure(_ problem: Diagnostic) -> Answer { failure([problem]) }
}

extension Answer {
  /// How many problems there are beyond those that are told; nil where all are told.
  package func untoldProblems(beyond told: Int) -> Text? {
    let more = diagnostics.count - told
    return more > 0 ? Text("… and \(more) more", zh: "……另有 \(more) 条") : nil
  }
}

extension Answer {
  /// The book of an answer with what was told beside it, which who opens it alone has not seen; nil without a book. A
  /// paper holds what is handed in, and nothing else.
  var wholeBook: AnswerBook? {
    guard var book = book?() else { return nil }
    let said = isPaper ? [] : remarks
    if !said.isEmpty {
      book.sheets.append(AnswerBook.Sheet(Text("Remarks", zh: "提示"), said.map { .block($0) }))
    }
    return book
  }

  /// What was told beside an answer that was made.
  var remarks: [Block] {
    diagnostics.filter { $0.severity != .error }.map { problem in
      .note(problem.severity == .warning ? .warning : .note, [Span(problem.told)])
    }
  }
}
