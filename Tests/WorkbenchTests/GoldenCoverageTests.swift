// Whether the goldens hold everything: every verb of the command language has a transcript, and every code of a
// diagnostic that stands in the sources is said in one, or is listed here with the reason why no input brings it
// about.

import Foundation
import Testing

@Suite("What the goldens hold")
struct GoldenCoverageTests {
  /// Codes that no golden has, each with its reason.
  static let unprovoked: [String: String] = [
    "large-table": "more than half a million cells are needed; LimitTests has them",
    "changed-meanwhile": "somebody else has to change the file while its notebook runs; a notebook itself may not",
    "cancelled": "the session says `interrupted` instead",
    "changed-while-read": "another program has to write to a file at the moment at which it is read",
    "cut": "said by the front end, of JSON that it shortens",
    "no-figure": "an example's figure is one where the parser takes it; ExampleRunner says it of any other",
    "workbook-cells": "a golden has no workbook that has lost anything; WorkbookSourceTests has",
    "parquet": "a golden has no file that is no text; ColumnFileTests has",
    "too-many-records": "a list of more than 500 million records is needed",
    "paid-unread": "a golden has no list of payments with a column of its own; AuditTests has one",
    "figures-book": "a book of figures is needed that somebody has edited; FiguresBookTests has them",
    "not-of-level": "no bundled list has a fact that asks for a prefecture or province; FigureTypeTests has",
    "several-currencies": "no bundled document has another currency; CurrencyTests has one",
    "rules-left": "a notebook is needed whose rules do not say what they change; ChineseRulesTests has one",
    "three-quotas": "a search has to be given up after a million steps; AllocationTests has one",
    "too-many-pairs": "a thousand million pairs of records are needed",
    "unkeyed": "no bundled document finds records by keys; SidewaysTests has one that does",
    "a-register": "NextMonthTests gives a register where a scenario belongs",
    "import-dates": "ImportTests says of days what nobody can",
    "source-carried": "no bundled document caps a source of money by year; CappedSourceTests has one",
    "paper-formulas": "a workbook without saved results is needed; PaperGroundTests has one",
    "carried-doubt": "DeskRegisterTests has groups written once",
    "counted-people": "DeskImportTests has a column of numbers of people",
    "several-people": "DeskImportTests has several names in one cell",
    "people-split": "HeadlessImportTests parts several names of one cell",
    "import-split": "HeadlessImportTests says what cannot be parted",
    "import-header": "HeadlessImportTests names no row for the head",
    "import-answers": "ImportTests answers questions before something fails, at a prompt",
    "quota-open": "UndatedTests has a quota that somebody undetermined may share",
    "dates-kept": "NextFileTests has files that show other days than the last",
    "header-moved": "NextFileTests has headings in another row than the last file's",
    "import-constant": "NextFileTests has what an earlier scenario says of every record",
    "import-instead": "NextFileTests says something else than an earlier scenario",
    "placeholder-day": "SilentFactsTests has days that programs write",
    "empty-day": "SilentFactsTests has days that programs write",
    "births-alike": "SilentFactsTests has days that programs write",
    "names-alike": "SilentFactsTests has names that look alike",
    "repeated-name": "SilentFactsTests has firms of one name",
    "end-mark": "SilentFactsTests has a file that ends with a mark",
    "usage": "Tests/Terminal/prompt.py has wrong command lines",
    "names-nobody": "OddRowsTests has rows without names",
    "left-by-name": "OddRowsTests has names with remarks behind them",
    "other-terms": "OddRowsTests has wages for another time",
    "same-last-day": "RegisterRemarksTests has the day of an extract in every record",
    "group-agency": "RegisterRemarksTests heads groups by agencies",
    "no-day-to-pay": "UndatedTests pays on a last day that is none",
    "goes-on": "RegisterShapeTests has days with a word that says that they go on",
    "not-ended": "RegisterShapeTests has last days with such a word",
    "paid-months": "PaidListTests has a column for each month",
    "stays-and-ended": "RegisterOffersTests has people at work whose last day has passed",
    "far-wage": "DeskImportTests has wages in a mixed unit",
    "engine-slow": "an engine that takes too long is needed; EngineRunTests has one",
    "firm-above": "DeskRegisterTests has a firm above the table",
    "second-head": "DeskRegisterTests has a second head below",
    "stray-row": "DeskRegisterTests has rows that are no records",
    "unmet-cells": "StrangeRegisterTests says of cells what none says",
    "group-gone": "SectionedRegisterTests heads groups as gone",
    "import-rows": "RegisterDoorsTests leaves a row out by its number",
    "same-record": "SameRecordTests has the same people in several files",
    "far-first-day": "SameRecordTests has days that cannot be",
    "import-stubs": "DeskImportTests has the office's own list",
    "import-lists": "DeskImportTests has files of two lists",
    "import-sheets": "DeskImportTests has a workbook of several lists",
    "from-number": "DeskImportTests has identity numbers and no homes",
    "referrer-agency": "DeskImportTests has agencies among referrers",
    "import-number": "DeskImportTests asks of numbers what they do not say",
    "import-empty": "ImportTests has a register without a record",
    "card-forms": "CardFormTests has forms of one person each",
    "not-a-setting": "FittingOffersTests sets a district and a document",
    "setting-aside": "DocumentsFigureTests sets what a draft changes",
    "with-twice": "TypedInWordsTests has a line with two",
    "idle-setting": "FittingOffersTests has a draft that sets what it leaves out",
    "not-in-sql": "a script says all bundled documents; ScriptSizeTests has one that is too long",
    "column-elsewhere": "EngineRunTests has a folder whose columns only a reading here can turn",
    "folder-in-folder": "EngineRunTests has a folder in a folder",
    "record-elsewhere": "an engine is needed; Tests/Differential/engines.py spoils folders for one",
    "dates-settled": "SideTableTests has days that others of the file settle",
    "nameless-file": "FileFormTests has names that are only an ending",
    "prose-says-otherwise": "SavedDraftTests has prose with a figure that is no longer so",
    "side-tables": "SideTableTests has tables side by side",
    "import-unasked": "AnnexTests has lists that no rule reads",
    "answer": "ImportTests answers what is no answer, at a prompt",
    "import-day": "NextMonthTests gives a day that is none",
    "register-alike": "NextMonthTests has a register with two names of one firm",
    "not-translated": "both languages of rules say the same; only a fault of ours leaves a document as it is",
    "no-browser": "a machine without a browser is needed; FileFormTests has one",
    "browser-failed": "a browser that does nothing is needed; FileFormTests has one",
    "no-engine": "a machine without DuckDB is needed, or with an old one; EngineRunTests has both",
    "engine-failed": "an engine that fails is needed; EngineRunTests has one",
    "records-elsewhere": "a folder of Parquet files is needed; EngineRunTests has one",
    "attribute-many": "a draft of more than sixty changes is needed",
    "no-object": "a request of another program is needed; ServingTests have it",
    "no-id": "a request of another program is needed; ServingTests have it",
    "unknown-do": "a request of another program is needed; ServingTests have it",
    "missing-member": "a request of another program is needed; ServingTests have it",
    "wrong-member": "a request of another program is needed; ServingTests have it",
    "unknown-member": "a request of another program is needed; ServingTests have it",
    "unknown-form": "a request of another program is needed; ServingTests have it",
    "id-in-use": "a request of another program is needed; ServingTests have it",
    "ended": "a request of another program is needed; ServingTests have it",
    "too-long": "a request of another program is needed; ServingTests have it",
    "no-json": "no golden has JSON from elsewhere; ServingTests and JupyterNotebookTests have",
    "no-notebook": "a file of Jupyter is needed; JupyterNotebookTests has some",
    "notebook-version": "a file of Jupyter is needed; JupyterNotebookTests has one",
    "cells-as-text": "said where a notebook is turned for Jupyter; JupyterNotebookTests has it",
    "parameters-as-written": "said where a notebook is turned for Jupyter; JupyterNotebookTests has it",
    "not-on-engine": "a golden has no other engine at hand; EngineRunTests has one",
    "live-cell": "a live page is needed; LiveNotebookTests and Tests/Page have one",
    "live-too-long": "an exercise on a live page has to take longer than it may",
    "no-port": "a port is needed that somebody has already; LoopbackServerTests have one",
    "list-not-read": "the program always reads a list that a measure is about; only a caller of the engine may not",
  ]

  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

  private static func files(_ folder: String, _ ending: String) throws -> [(name: String, text: String)] {
    let url = root.appending(path: folder)
    let names = try FileManager.default.subpathsOfDirectory(atPath: url.path(percentEncoded: false))
    return try names.filter { $0.hasSuffix(ending) }.sorted().map {
      ($0, try String(contentsOf: url.appending(path: $0), encoding: .utf8))
    }
  }

  @Test("Every verb has a golden that asks it in English and one that asks it in Chinese")
  func verbs() throws {
    let asked = try Goldens.names.flatMap { name in
      try GoldenTranscript(Goldens.text(name)).steps.compactMap { step -> String? in
        if case .command(let text) = step { text } else { nil }
      }
    }
    #expect(GoldenVerbs.all.count > 30)
    for verb in GoldenVerbs.all {
      #expect(Goldens.names.contains("Commands/\(verb.name).txt"), "no golden of `\(verb.name)`")
      for isChinese in [false, true] {
        let spellings = verb.spellings.filter { ($0.utf8.contains { $0 > 0x7F }) == isChinese }
        #expect(asked.contains { line in spellings.contains { line.hasPrefix($0) } }, "no golden asks \(spellings)")
      }
    }
  }

  @Test("Every code of a diagnostic is in a golden", .disabled(if: Goldens.isUpdating, "the goldens are being written"))
  func codes() throws {
    let sources = try Self.files("Sources", ".swift")
    #expect(sources.count > 100)
    var known: [String: String] = [:]
    for (name, text) in sources { for code in DiagnosticCodes.found(in: text) { known[code] = name } }
    #expect(known.count > 150, "the sources are read wrongly: \(known.count) codes")
    var held: Set<String> = []
    for name in Goldens.names {
      for line in try Goldens.text(name).split(separator: "\n") where line.hasPrefix("  [") && line.hasSuffix("]") {
        held.insert(String(line.dropFirst(3).dropLast()))
      }
    }
    // The rule language has goldens of its own, named after their codes.
    for (name, _) in try Self.files("Tests/PolicyLanguageTests/Goldens", ".txt") {
      let file = name.split(separator: "/").last ?? ""
      held.insert(String(file.dropLast(4).prefix { $0 != "+" }))
    }
    for (code, file) in known.sorted(by: { $0.key < $1.key }) where !held.contains(code) {
      #expect(Self.unprovoked[code] != nil, "no golden has the diagnostic `\(code)` of \(file)")
    }
    for code in Self.unprovoked.keys.sorted() {
      #expect(known[code] != nil && !held.contains(code), "`\(code)` need not be listed any more")
    }
  }

  @Test("Codes are found wherever the sources write them")
  func finding() {
    let text = """
      var code: String {
        switch self {
        case .one, .two: "first-code"
        case .three: "second"
        }
      }
      x = Diagnostic(.warning, code: "third", text)
      y = .error(
        "fourth", Text("not this"))
      z = report("fifth", Text("nor this"))
      let key = ["not-a-code"]
      """
    #expect(DiagnosticCodes.found(in: text) == ["first-code", "second", "third", "fourth", "fifth"])
  }
}

/// The codes of diagnostics in a Swift text.
enum DiagnosticCodes {
  static func found(in text: String) -> Set<String> {
    var codes: Set<String> = []
    var isList = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.contains("var code: String {") { isList = true }
      if isList { for literal in literals(line) { codes.insert(literal) } }
      if isList, line.trimmingCharacters(in: .whitespaces) == "}" { isList = false }
    }
    let packed = text.filter { !$0.isWhitespace }
    for opening in [".error(\"", "code:\"", "warning(\"", "report(\""] {
      for part in packed.components(separatedBy: opening).dropFirst() {
        let literal = String(part.prefix { $0 != "\"" })
        if isCode(literal) { codes.insert(literal) }
      }
    }
    return codes
  }

  private static func literals(_ line: Substring) -> [String] {
    line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }.map {
      String($0.element)
    }.filter(isCode)
  }

  private static func isCode(_ text: String) -> Bool {
    guard let first = text.utf8.first, (0x61...0x7A).contains(first) else { return false }
    // `notebook-` is the beginning of one that is put together.
    return text.utf8.last != 0x2D && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D }
  }
}
