// A paper as whoever receives it has it: what it says and its tables, read back from the file itself, whoever saved it
// last. Knows nothing of what its figures ought to be.

import Commands
import Diagnostics
import Facts
import Markup
import Sessions
import Workbooks

/// What stands in a paper.
struct PaperText {
  /// A table with its head.
  struct Table {
    /// The heading that it stands under; empty: none.
    let heading: String
    /// The line right above it on its sheet, which is a heading there; elsewhere the heading.
    let above: String
    /// Counted within the file from 1.
    let number: Int
    let heads: [String]
    let rows: [[String]]
  }

  /// A paragraph, an item of a list or a remark.
  struct Sentence {
    let heading: String
    let text: String
    /// As it is written.
    let shown: String
  }

  /// The endings of files that can be read back.
  static let endings = ["docx", "xlsx", "html", "htm", "md"]

  let file: String
  var tables: [Table] = []
  var sentences: [Sentence] = []
  /// Every heading.
  private var headings: Set<String> = []
  private var heading = ""
  private var above = ""
  private var unsaved = 0

  /// - Parameter file: as it was named; its ending says what it is.
  init(_ file: Written, in session: Desk) throws(Refusal) {
    let ending = Files.ending(file.raw)
    guard PaperText.endings.contains(ending) else { throw PaperText.otherKind(file, ending) }
    let bytes: [UInt8]
    do { bytes = try session.door.bytes(session.path(file.raw), as: .source) } catch {
      throw Refusal(.reading(file.raw, error), at: file.location)
    }
    do {
      self = try PaperText(bytes, called: file.raw, ending, session.isCancelled)
    } catch .cancelled {
      throw Refusal(.interrupted, at: nil)
    } catch {
      throw Refusal([error.diagnostic(ending: ending, at: file.location)])
    }
    if unsaved > 0 { throw PaperText.unsaved(file, unsaved) }
  }

  /// - Parameter ending: one that can be read back.
  init(_ bytes: [UInt8], called file: String, _ ending: String, _ isCancelled: () -> Bool) throws(WorkbookProblem) {
    self.file = file
    switch ending {
    case "docx": try readText(bytes)
    case "xlsx": try readSheets(bytes, isCancelled)
    case "md": readMarkdown(bytes)
    default: readPage(bytes)
    }
  }

  /// Whether it has a heading or a sentence that is this.
  func says(_ text: String) -> Bool {
    let text = PaperText.plain(text)
    return headings.contains(text) || sentences.contains { $0.text == text }
  }

  /// Whether its amounts are in tens of thousands of yuan.
  var isInMyriads: Bool {
    tables.contains { $0.heads.contains(where: PaperCheck.areMyriads) }
  }

  /// Formulas without results would read as nothing, and every sum above them as wrong.
  private static func unsaved(_ file: Written, _ count: Int) -> Refusal {
    Refusal([
      .error(
        "paper-formulas",
        Text(
          "`\(shown(file.raw))` has \(Count.text(count, "formula", zh: "格").en) without a saved result, "
            + "so that its figures cannot be read",
          zh: "`\(shown(file.raw))` 有 \(count) 格公式没有保存结果，数字无从读取"),
        hint: Text(
          "open it in a spreadsheet program and save it once", zh: "请用表格软件打开并保存一次"), at: file.location)
    ])
  }

  private static func otherKind(_ file: Written, _ ending: String) -> Refusal {
    Refusal([
      .error(
        "paper-kind",
        ending.isEmpty
          ? Text("`\(shown(file.raw))` has no ending that says what it is", zh: "`\(shown(file.raw))` 没有扩展名，不知是什么文件")
          : Text("a paper is not read back from a `.\(shown(ending))`", zh: "不能从 `.\(shown(ending))` 文件读回材料"),
        hint: Text(
          "a paper may be .docx, .xlsx, .html or .md; write it again as one of these",
          zh: "材料可以是 .docx、.xlsx、.html、.md；请另存为其中一种"), at: file.location)
    ])
  }

  // MARK: What is found

  private mutating func head(_ text: String) {
    heading = PaperText.plain(text)
    above = heading
    headings.insert(heading)
  }

  private mutating func say(_ text: String) {
    let plain = PaperText.plain(text)
    let shown = text.replacing("\u{A0}", with: " ").trimmingSpaces
    if !plain.isEmpty { sentences.append(Sentence(heading: heading, text: plain, shown: shown)) }
  }

  private mutating func add(_ rows: [[String]]) {
    let rows = rows.map { $0.map(PaperText.plain) }
    guard let heads = rows.first, heads.count > 1 || rows.count > 1 else { return }
    tables.append(
      Table(heading: heading, above: above, number: tables.count + 1, heads: heads, rows: Array(rows.dropFirst())))
  }

  private static func plain(_ text: String) -> String {
    ValueText.plain(text.replacing("\u{A0}", with: " ").replacing("\u{2011}", with: "-"))
  }

  // MARK: Text documents

  private mutating func readText(_ bytes: [UInt8]) throws(WorkbookProblem) {
    let read = bytes.withUnsafeBytes { raw in Result { () throws(WorkbookProblem) in try TextDocument(raw) } }
    let document = try read.get()
    for block in document.blocks {
      switch block {
      case .paragraph(let text, let level?) where level > 0: head(text)
      case .paragraph(let text, _): say(text)
      case .table(let rows): add(rows)
      }
    }
    // What stands around the pages is no heading and no form: tables place it there.
    heading = ""
    for block in document.margins {
      switch block {
      case .paragraph(let text, _): say(text)
      case .table(let rows): for cell in rows.joined() { say(cell) }
      }
    }
  }

  // MARK: Workbooks

  private mutating func readSheets(_ bytes: [UInt8], _ isCancelled: () -> Bool) throws(WorkbookProblem) {
    let texts = try FiguresTexts(file, bytes, isCancelled: isCancelled)
    unsaved = texts.unsaved
    for sheet in texts.sheets {
      head(sheet.name)
      var rows: [[String]] = []
      var last = 0
      for row in sheet.rows {
        let filled = row.cells.count { !PaperText.plain($0).isEmpty }
        // A row of which nothing is read ends a table, and so does one that is missing.
        if filled == 0 || (row.number > last + 1 && last > 0) { close(&rows) }
        last = row.number
        if filled == 1, rows.isEmpty {
          let line = row.cells.first { !PaperText.plain($0).isEmpty } ?? ""
          say(line)
          above = PaperText.plain(line)
        } else if filled > 0 {
          rows.append(row.cells)
        }
      }
      close(&rows)
    }
  }

  /// What follows a list without a line in between belongs to it only as far as it has its cells.
  private mutating func close(_ rows: inout [[String]]) {
    while let last = rows.last, rows.count > 1, last.count(where: { !PaperText.plain($0).isEmpty }) == 1 {
      say(last.first { !PaperText.plain($0).isEmpty } ?? "")
      rows.removeLast()
    }
    add(rows)
    rows = []
  }

  // MARK: Markdown

  private mutating func readMarkdown(_ bytes: [UInt8]) {
    let tree = MarkupTree(bytes, .github)
    for node in tree.root.children { read(node) }
  }

  private mutating func read(_ node: MarkupNode) {
    switch node.sort {
    case .heading: head(node.plainText)
    case .paragraph: say(node.plainText)
    case .table: add(node.children.map { row in row.children.map(\.plainText) })
    case .list, .quotation:
      for child in node.children { read(child) }
    case .code: say(node.literal)
    case .htmlBlock, .thematicBreak, .text, .inlineCode, .inlineHTML, .softBreak, .lineBreak, .image: break
    case .other:
      for child in node.children { read(child) }
    }
  }

  // MARK: Pages

  private mutating func readPage(_ bytes: [UInt8]) {
    var page = PageReading(String(decoding: bytes, as: UTF8.self))
    while let block = page.next() {
      switch block {
      case .heading(let text): head(text)
      case .sentence(let text): say(text)
      case .table(let rows): add(rows)
      }
    }
  }
}

/// The blocks of a page of HTML, one after another; what is not shown is passed over.
struct PageReading {
  enum Block {
    case heading(String)
    case sentence(String)
    case table([[String]])
  }

  private static let headings: Set<String> = ["h1", "h2", "h3", "h4", "h5", "h6"]
  private static let blocks: Set<String> = ["p", "li", "div", "figcaption", "summary", "pre", "blockquote", "td", "th"]
  private static let hidden: Set<String> = ["style", "script", "head", "svg", "title"]

  private var rest: Substring
  private var text = ""
  private var isHeading = false

  init(_ page: String) { rest = page[...] }

  mutating func next() -> Block? {
    while !rest.isEmpty {
      guard let open = rest.firstIndex(of: "<") else {
        text += rest
        rest = ""
        break
      }
      text += rest[..<open]
      let tag = tag(from: open)
      if PageReading.hidden.contains(tag) {
        skip(to: tag)
      } else if tag == "table" {
        if let said = said() {
          // The table is read at the next call.
          rest = "<table>" + rest
          return said
        }
        return .table(rows())
      } else if PageReading.headings.contains(tag) || PageReading.headings.contains(String(tag.dropFirst())) {
        let said = said()
        isHeading = !tag.hasPrefix("/")
        if let said { return said }
      } else if PageReading.blocks.contains(tag) || PageReading.blocks.contains(String(tag.dropFirst())) {
        if let said = said() { return said }
      } else if tag == "br" {
        text += "\n"
      }
    }
    return said()
  }

  /// What has been said since the last block; nil: nothing.
  private mutating func said() -> Block? {
    defer { text = "" }
    let whole = PageReading.decoded(text)
    guard whole.contains(where: { !$0.isWhitespace }) else { return nil }
    return isHeading ? .heading(whole) : .sentence(whole)
  }

  /// The name of the tag that begins there, with the stroke of one that ends; the rest begins behind it.
  private mutating func tag(from open: String.Index) -> String {
    guard let close = rest[open...].firstIndex(of: ">") else {
      rest = ""
      return ""
    }
    let name = rest[rest.index(after: open)..<close].prefix { !$0.isWhitespace }
    rest = rest[rest.index(after: close)...]
    return name.lowercased()
  }

  private mutating func skip(to tag: String) {
    while let open = rest.firstIndex(of: "<") { if self.tag(from: open) == "/" + tag { return } }
    rest = ""
  }

  /// The rows of the table that has begun, up to its end.
  private mutating func rows() -> [[String]] {
    var rows: [[String]] = []
    var cell = ""
    while let open = rest.firstIndex(of: "<") {
      cell += rest[..<open]
      switch tag(from: open) {
      case "tr": rows.append([])
      case "td", "th": cell = ""
      case "/td", "/th":
        if !rows.isEmpty { rows[rows.count - 1].append(PageReading.decoded(cell)) }
      case "caption": skip(to: "caption")
      case "/table": return rows.filter { !$0.isEmpty }
      default: break
      }
    }
    return rows.filter { !$0.isEmpty }
  }

  private static func decoded(_ text: String) -> String {
    guard text.contains("&") else { return text }
    var text = text
    for (name, sign) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&"),
    ] {
      text = text.replacing(name, with: sign)
    }
    return text
  }
}
