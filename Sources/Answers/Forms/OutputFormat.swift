// The forms in which an answer comes: a registry. A further form is a renderer in a file of its own and a place in
// the list below; commands, options, completion, translation and the endings of files ask the list.

import Diagnostics
import View

/// In what form an answer comes.
package struct OutputFormat: Sendable {
  /// The word that names it in commands and options.
  package let rawValue: String
  /// Its Chinese spellings, the usual one first.
  package let chinese: [String]
  /// Shorter words for it.
  let short: [String]
  /// The endings of files that are written in it where nobody says otherwise.
  package let endings: [String]
  /// An answer in this form, without what is wrong, ending in a line feed unless it is empty.
  let text: @Sendable (Answer, Manner) -> String
  /// Writes an answer in a form that is no text.
  let file: (@Sendable (Answer, Language, FileWork) throws -> FileTally)?
  /// Whether a browser has to print or draw it.
  package private(set) var needsBrowser = false
  /// Whether its lines say how much there is of it: pages and pictures are told by their size.
  package private(set) var hasLines = true

  /// Every form there is. A file's ending chooses among them, so a form with new endings is one entry here.
  package static let allCases: [OutputFormat] = [
    .table, .json, .csv, .markdown, .workbook, .document, .database, .parquet, .page, .picture, .image, .print,
  ]
  /// The forms that are texts, and so can be shown.
  package static let texts: [OutputFormat] = allCases.filter { !$0.isForFiles }

  /// Whether programs read it, which need values as they are.
  var isForPrograms: Bool { self == .json || self == .csv }

  /// Whether it is no text, and so for files alone.
  package var isForFiles: Bool { file != nil }

  /// What a reader wants beside the form.
  struct Manner: Sendable {
    let language: Language
    /// How a terminal shows it.
    let look: TerminalLook
    /// Whether CSV has names in the reader's language instead of the ids that programs read.
    var headsAreNames = false
  }

  init(
    rawValue: String, chinese: [String], short: [String] = [], endings: [String], hasLines: Bool = true,
    text: @escaping @Sendable (Answer, Manner) -> String
  ) {
    self.rawValue = rawValue
    self.chinese = chinese
    self.short = short
    self.endings = endings
    self.text = text
    self.hasLines = hasLines
    file = nil
  }

  /// A form that is no text.
  init(
    rawValue: String, chinese: [String], short: [String] = [], endings: [String], needsBrowser: Bool = false,
    file: @escaping @Sendable (Answer, Language, FileWork) throws -> FileTally
  ) {
    self.rawValue = rawValue
    self.chinese = chinese
    self.short = short
    self.endings = endings
    self.file = file
    self.needsBrowser = needsBrowser
    hasLines = false
    text = { _, _ in "" }
  }

  /// The form with this name, in whichever language.
  package static func named(_ word: String) -> OutputFormat? {
    let word = word.lowercased()
    return allCases.first { $0.rawValue == word || $0.chinese.contains(word) || $0.short.contains(word) }
  }

  /// The form of files with an ending, in small letters; nil where the ending says nothing.
  package static func written(to ending: String) -> OutputFormat? {
    allCases.first { $0.endings.contains(ending) }
  }

  /// The endings that files may have, the usual one of each form.
  package static var usualEndings: [String] { allCases.compactMap(\.endings.first) }
}

/// The writing of a file that is no text.
package struct FileWork {
  /// Why a form cannot be made of an answer.
  package enum Failure: Error {
    /// A picture is asked for, and the answer has no chart.
    case nothingToDraw
  }

  /// What a browser is to make of a page.
  package struct Order: Sendable {
    package enum Product: Sendable {
      /// Sheets of paper as the page's own style lays them out (PDF).
      case sheets
      /// A picture (PNG) of so many points.
      case picture(width: Int, height: Int)
    }

    /// The whole page, with nothing to fetch.
    package let page: String
    package let product: Product

    package init(_ page: String, _ product: Product) { (self.page, self.product) = (page, product) }
  }

  /// Takes the next bytes.
  let sink: AnswerStream.Sink
  /// Asked now and then; the writing then ends in `AnswerStream.Interrupted`.
  let isCancelled: () -> Bool
  /// Lets a browser make something of a page; a form that does not need one never asks.
  let browser: (Order) throws -> [UInt8]
  /// Whether id numbers are written whole.
  let showsIdNumbers: Bool

  package init(
    isCancelled: @escaping () -> Bool = { false }, browser: @escaping (Order) throws -> [UInt8] = { _ in [] },
    showsIdNumbers: Bool = false, _ sink: @escaping AnswerStream.Sink
  ) {
    self.sink = sink
    self.isCancelled = isCancelled
    self.browser = browser
    self.showsIdNumbers = showsIdNumbers
  }

  /// Hands over all bytes of a file that is made as a whole.
  func put(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try sink($0) } }
}

/// What a file that is no text holds.
package struct FileTally: Sendable {
  /// Nought where it is no workbook.
  package var sheets = 0
  /// Rows of lists, without headings and sums.
  package var rows = 0
  /// Whether its rows say how much there is of it, as of tables and sheets.
  package var countsRows: Bool { sheets > 0 || isTables }
  /// Whether it is tables for programs.
  var isTables = false
}

extension OutputFormat: Hashable, CaseIterable {
  /// Forms are alike when they have one name.
  package static func == (a: OutputFormat, b: OutputFormat) -> Bool { a.rawValue == b.rawValue }

  /// By the name.
  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

/// Answers as text.
package struct AnswerRenderer: Sendable {
  /// The form, where an answer does not come in one of its own.
  package var format: OutputFormat
  /// The reader's language.
  package var language: Language
  /// How a terminal shows it.
  package var look: TerminalLook
  /// Whether CSV has names in the reader's language instead of the ids that programs read.
  package var headsAreNames = false
  /// Whether people see identity numbers whole.
  package var showsIdNumbers = false

  /// - Parameter width: columns of the terminal.
  package init(format: OutputFormat = .table, language: Language = .en, width: Int = 100, colour: Bool = false) {
    self.format = format
    self.language = language
    look = TerminalLook(width: width, colour: colour)
  }

  /// Writes an answer in a form for files; what the sink throws is passed on.
  /// - Returns: nil where the form is a text.
  package func write(_ answer: Answer, _ work: FileWork) throws -> FileTally? {
    try AmountWriting.with(decimals: answer.decimals) { try (answer.format ?? format).file?(answer, language, work) }
  }

  /// The text of an answer without its errors, ending in a line feed unless it is empty. Identity numbers stand whole
  /// in the forms for programs only, unless somebody wants them so.
  package func render(_ answer: Answer) -> String {
    let form = answer.format ?? format
    var look = look
    look.coversNumbers = !showsIdNumbers
    let manner = OutputFormat.Manner(language: language, look: look, headsAreNames: headsAreNames)
    let text = AmountWriting.with(decimals: answer.decimals) { form.text(answer, manner) }
    return showsIdNumbers || form.isForPrograms ? text : PersonalNumbers.covered(text)
  }
}
