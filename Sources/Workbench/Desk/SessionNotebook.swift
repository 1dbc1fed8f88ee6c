// What notebooks ask of a session beyond commands: facts and rules that are texts, and trials that leave nothing
// behind.

import Answers
import Databases
import Diagnostics
import Facts
import PolicyLanguage
import Sessions
import View

/// Where a session stands between two commands. Values throughout: keeping one costs next to nothing.
struct DeskMoment {
  fileprivate let log: StateLog
  fileprivate let last: Session.Run?
  fileprivate let recent: Recent?
  fileprivate let results: ResultLog
  fileprivate let evidence: Evidence?
  fileprivate let declared: FactDictionary?
  fileprivate let language: Language
  fileprivate let preferences: Preferences
  fileprivate let lastAnswer: Answer?
  fileprivate let charts: [Int: Chart]
  fileprivate let tables: [Int: QueryTable]
}

extension Desk {
  /// Where the session stands now.
  var moment: DeskMoment {
    DeskMoment(
      log: log, last: last, recent: recent, results: results, evidence: evidence, declared: draftDictionary,
      language: language, preferences: preferences, lastAnswer: lastAnswer, charts: charts, tables: resultTables)
  }

  /// Goes back to where the session stood once, or forward again.
  func go(to moment: DeskMoment) {
    (log, last, recent, results) = (moment.log, moment.last, moment.recent, moment.results)
    (evidence, draftDictionary) = (moment.evidence, moment.declared)
    (language, preferences, lastAnswer) = (moment.language, moment.preferences, moment.lastAnswer)
    (charts, resultTables) = (moment.charts, moment.tables)
  }

  /// Carries something out and goes back to where the session was.
  func trial<T>(_ work: () -> T) -> T {
    let before = moment
    defer { go(to: before) }
    return work()
  }

  /// Loads a scenario that is a text.
  /// - Parameter line: the line of the source on which the text begins.
  func loadScenario(_ text: String, name: String?, source: SourceFile, line: Int) -> Answer {
    var reader = ScenarioReader(dictionary: dictionary, places: library.places)
    reader.threads = threads
    reader.barred = { [door] in door.barred($0) }
    let reading = reader.read(text, source: source, firstLine: line, folder: folder)
    let name = name ?? "scenario"
    do {
      let (loaded, diagnostics) = try understood(reading, name: name, path: "")
      return try take(loaded, diagnostics, name: nil, path: loaded.path, by: "")
    } catch {
      return .failure(error.diagnostics)
    }
  }
}

/// Rules in a notebook's fence.
enum PolicyCell {
  /// The id of the document that the text declares; nil for changes to another.
  static func document(_ text: String) -> String? {
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.count >= 2, words[0] == "document" || words[0] == "文件" { return String(words[1]) }
      if let first = words.first, first.first != "#", first != "list", first != "清单" { return nil }
    }
    return nil
  }

  /// The text between fences longer than any in it.
  static func fenced(_ text: String) -> String {
    let mark = String(repeating: "`", count: max(3, Fence.longestRun(text) + 1))
    return mark + "policy\n" + text + (text.hasSuffix("\n") || text.isEmpty ? "" : "\n") + mark + "\n"
  }
}

enum Fence {
  /// The longest run of backticks in a text.
  static func longestRun(_ text: String) -> Int {
    var (longest, run) = (0, 0)
    for byte in text.utf8 {
      run = byte == 0x60 ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}

extension Desk {
  /// Takes in the rules of a cell: a document of its own is at hand from the beginning and is only named here.
  func take(policy cell: NotebookCell, of notebook: Notebook) -> Answer {
    if let id = PolicyCell.document(cell.text) {
      guard let document = library.document(id) else { return .failure(library.entry(id)?.diagnostics ?? []) }
      let count = document.measures.count
      return Answer(
        Document([
          .paragraph([
            .data(id, .name), Span("  ", zh: "  "), Span(document.title), Span("; ", zh: "；"),
            Span(Count.text(count, "measure", zh: "项措施")),
          ])
        ]), records: [Record(kind: "document", ["document": .id(id), "measures": .count(count)])])
    }
    // Declarations alone are changes to another document: a draft, called as the cell is.
    let location = notebook.location(cell)
    let name = cell.options.name ?? "proposal"
    let base = cell.options.base.map { $0.split(separator: "+").map { String($0) } }
    let documents = base ?? recent?.names ?? state.scenario.map { defaultDocuments($0).map(\.id) } ?? []
    if documents.isEmpty { return .failure(NotebookMistake.noBase.diagnostic(at: location)) }
    // Called by the file alone, so that its answers do not depend on where it is checked from.
    let text = SourceFile(
      name: notebook.source.nameAlone, text: cell.text,
      included: [IncludedText(notebook.source, at: 1, from: cell.line + 1)])
    var answer = addDraft(name, from: documents, adding: text, by: "")
    answer.diagnostics = answer.diagnostics.map { problem in
      problem.location?.start == Position(line: 1, column: 1)
        ? Diagnostic(problem.severity, code: problem.code, problem.message, hint: problem.hint, at: location) : problem
    }
    return answer
  }
}
