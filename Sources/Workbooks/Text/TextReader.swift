// A text document (`.docx`) read back: its paragraphs and tables in their order, as texts, and what stands around its
// pages. Knows nothing of what they say, nor of how they look.

/// The paragraphs and tables of a text document.
package struct TextDocument: Sendable {
  /// What stands in a document, from top to bottom.
  package enum Block: Sendable, Hashable {
    /// - Parameter level: 1 for a title or the largest heading; nil: no heading.
    case paragraph(String, level: Int?)
    /// Rows of cells, the head first; a table within a cell is part of that cell's text.
    case table([[String]])
  }

  /// No part of a paper is larger.
  private static let partLimit = 256 << 20

  package let blocks: [Block]
  /// What its headers, footers and notes at the foot of pages or at the end say, each once.
  package let margins: [Block]

  /// - Parameter bytes: the whole file.
  /// - Throws: `otherArchive` where it is no text document; `damaged`.
  package init(_ bytes: UnsafeRawBufferPointer) throws(WorkbookProblem) {
    if let refusal = FileKind.refusal(bytes) { throw refusal }
    let archive = try ZipArchive(bytes)
    guard let entry = archive.entries["word/document.xml"] else { throw .otherArchive }
    var reading = TextReading(try XMLScanner(archive, entry, limit: TextDocument.partLimit))
    blocks = try reading.read()
    var (margins, known): ([Block], Set<Block>) = ([], [])
    for name in archive.entries.keys.filter(TextDocument.isMargin).sorted() {
      guard let entry = archive.entries[name] else { continue }
      var reading = TextReading(try XMLScanner(archive, entry, limit: TextDocument.partLimit))
      margins += try reading.read().filter { known.insert($0).inserted }
    }
    self.margins = margins
  }

  /// `word/header1.xml`, `word/footer2.xml`, `word/footnotes.xml`
  private static func isMargin(_ part: String) -> Bool {
    guard part.hasPrefix("word/"), part.hasSuffix(".xml") else { return false }
    let name = part.dropFirst(5).dropLast(4)
    return ["header", "footer", "footnotes", "endnotes"].contains { kind in
      name.hasPrefix(kind) && name.dropFirst(kind.count).allSatisfy(\.isNumber)
    }
  }
}

/// One reading of a document's main part.
private struct TextReading {
  private let scanner: XMLScanner
  private var blocks: [TextDocument.Block] = []
  private var text: [UInt8] = []
  private var level: Int?
  private var rows: [[String]] = []
  private var cell: [String] = []
  /// How many tables the place is within.
  private var tables = 0
  /// The elements that are open, by what they are.
  private var open: [Element] = []

  /// What a field is told to show, and whether that is the number of a page, which is no part of what is said.
  private var instruction: [UInt8] = []
  private var isPageNumber = false

  private enum Element {
    case paragraph, table, row, cell, text, instruction, pageNumber, other
  }

  init(_ scanner: XMLScanner) { self.scanner = scanner }

  mutating func read() throws(WorkbookProblem) -> [TextDocument.Block] {
    while true {
      switch try scanner.next() {
      case .end: return blocks
      case .text:
        if open.last == .instruction {
          try XMLText.decode(scanner.text, isLiteral: scanner.isLiteral, scanner.damaged) { instruction.append($0) }
        } else if open.last == .text, !isPageNumber, !open.contains(.pageNumber) {
          try XMLText.decode(scanner.text, isLiteral: scanner.isLiteral, scanner.damaged) { text.append($0) }
        }
      case .open: try begin()
      case .close: if let element = open.popLast() { end(element) }
      }
    }
  }

  private mutating func begin() throws(WorkbookProblem) {
    if scanner.isNamed("p") {
      open.append(.paragraph)
      if tables == 0 {
        text = []
        level = nil
      } else if !text.isEmpty {
        // A cell's paragraphs are lines of it.
        text.append(0x0A)
      }
    } else if scanner.isNamed("tbl") {
      open.append(.table)
      tables += 1
      if tables == 1 { rows = [] }
    } else if scanner.isNamed("tr") {
      open.append(.row)
      if tables == 1 { cell = [] }
    } else if scanner.isNamed("tc") {
      open.append(.cell)
      if tables == 1 { text = [] }
    } else if scanner.isNamed("t") {
      open.append(.text)
    } else if scanner.isNamed("instrText") {
      open.append(.instruction)
    } else if scanner.isNamed("fldSimple") {
      open.append(TextReading.isOfPages(try scanner.attribute("instr") ?? "") ? .pageNumber : .other)
    } else {
      if scanner.isNamed("fldChar") {
        let step = try scanner.attribute("fldCharType")
        if step == "begin" { instruction = [] }
        isPageNumber = step == "separate" && TextReading.isOfPages(String(decoding: instruction, as: UTF8.self))
      }
      // The end of a page is no end of a line.
      if scanner.isNamed("br"), !["page", "column"].contains(try scanner.attribute("type") ?? "") { text.append(0x0A) }
      if scanner.isNamed("tab") { text.append(0x20) }
      // The hyphen of a day at which no line ends.
      if scanner.isNamed("noBreakHyphen") { text.append(0x2D) }
      if scanner.isNamed("pStyle"), tables == 0 { level = TextReading.level(try scanner.attribute("val") ?? "") }
      open.append(.other)
    }
  }

  private mutating func end(_ element: Element) {
    switch element {
    case .paragraph where tables == 0:
      let line = String(decoding: text, as: UTF8.self)
      if !line.isEmpty { blocks.append(.paragraph(line, level: level)) }
    case .cell where tables == 1: cell.append(String(decoding: text, as: UTF8.self))
    case .row where tables == 1: rows.append(cell)
    case .table:
      tables -= 1
      if tables == 0 { blocks.append(.table(rows)) }
    case .paragraph, .cell, .row, .text, .instruction, .pageNumber, .other: break
    }
  }

  /// `PAGE`, `NUMPAGES`
  private static func isOfPages(_ instruction: String) -> Bool { instruction.uppercased().contains("PAGE") }

  /// `Title`, `Heading2`, as those who save the document again call them.
  private static func level(_ style: String) -> Int? {
    if style == "Title" { return 1 }
    guard style.hasPrefix("Heading") else { return nil }
    return Int(style.dropFirst(7))
  }
}
