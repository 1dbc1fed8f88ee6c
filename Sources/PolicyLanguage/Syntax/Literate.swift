// Policy documents as Markdown: where the fences of rules stand, and the headings and prose around them. The Markdown is
// read by cmark-gfm, so that every renderer agrees on what a fence is. Knows nothing of rules.
import CMarkGFM
import Diagnostics

enum Literate {
  static func parse(_ source: SourceFile) -> (DocumentSyntax, [Diagnostic]) {
    var reader = LiterateReader(source)
    reader.run()
    return (reader.document, PolicyParser.inOrder(reader.diagnostics))
  }
}

private struct LiterateReader {
  let source: SourceFile
  var document: DocumentSyntax
  var diagnostics: [Diagnostic] = []
  private let bytes: [UInt8]
  /// Where lines begin, and behind the last of them the end of the text.
  private let starts: [Int]
  private var fences = 0
  /// Lines of prose not yet put into the document.
  private var prose: (first: Int, last: Int)?

  init(_ source: SourceFile) {
    self.source = source
    document = DocumentSyntax(source: source)
    var text = source.text
    (bytes, starts) = text.withUTF8 { all in
      var starts = [0]
      for i in 0..<all.count where all[i] == 0x0A { starts.append(i + 1) }
      if starts.last != all.count { starts.append(all.count) }
      return (Array(all), starts)
    }
  }

  private var lineCount: Int { starts.count - 1 }

  /// Lines from one to another, both included.
  private func bytes(_ first: Int, _ last: Int) -> [UInt8] {
    guard first >= 1, first <= last, last <= lineCount else { return [] }
    return Array(bytes[starts[first - 1]..<starts[last]])
  }

  mutating func run() {
    var text = source.text
    guard let root = text.withUTF8({ Self.markdown($0) }) else { return }
    defer { cmark_node_free(root) }
    var node = cmark_node_first_child(root)
    while let block = node {
      take(block)
      node = cmark_node_next(block)
    }
    flushProse()
    if fences == 0, diagnostics.isEmpty {
      let start = Position(line: 1, column: 1)
      diagnostics.append(SyntaxMistake.noRules.diagnostic(at: SourceRange(source: source, start: start, end: start)))
    }
  }

  private mutating func take(_ block: OpaquePointer) {
    let first = Int(cmark_node_get_start_line(block))
    let last = min(Int(cmark_node_get_end_line(block)), lineCount)
    switch cmark_node_get_type(block) {
    case CMARK_NODE_HEADING:
      flushProse()
      document.prose.append(
        ProseSyntax(level: Int(cmark_node_get_heading_level(block)), text: plainText(block), line: first))
    case CMARK_NODE_CODE_BLOCK where isRules(block):
      flushProse()
      rules(block, first, last)
    case CMARK_NODE_LIST, CMARK_NODE_BLOCK_QUOTE:
      addProse(first, last)
      fencesInside(block)
    case CMARK_NODE_HTML_BLOCK: break
    default: addProse(first, last)
    }
  }
}

// MARK: - Markdown

extension LiterateReader {
  private static func markdown(_ bytes: UnsafeBufferPointer<UInt8>) -> OpaquePointer? {
    guard let start = bytes.baseAddress else { return cmark_parse_document("", 0, CMARK_OPT_DEFAULT) }
    return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
      cmark_parse_document($0, bytes.count, CMARK_OPT_DEFAULT)
    }
  }

  /// A fence whose first word is `policy`.
  private func isRules(_ block: OpaquePointer) -> Bool {
    guard let info = cmark_node_get_fence_info(block) else { return false }
    return String(cString: info).split(separator: " ").first == "policy"
  }

  /// A heading's text without its markup.
  private func plainText(_ heading: OpaquePointer) -> String {
    var text = ""
    let steps = cmark_iter_new(heading)
    defer { cmark_iter_free(steps) }
    while true {
      let event = cmark_iter_next(steps)
      if event == CMARK_EVENT_DONE { return text }
      guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(steps) else { continue }
      switch cmark_node_get_type(node) {
      case CMARK_NODE_TEXT, CMARK_NODE_CODE:
        if let literal = cmark_node_get_literal(node) { text += String(cString: literal) }
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: text += " "
      default: break
      }
    }
  }

  // MARK: Prose

  private mutating func addProse(_ first: Int, _ last: Int) {
    prose = (prose?.first ?? first, max(prose?.last ?? last, last))
  }

  private mutating func flushProse() {
    guard let (first, last) = prose else { return }
    prose = nil
    let lines = (first...max(first, last)).map { line($0) }
    document.prose.append(ProseSyntax(level: 0, text: lines.joined(separator: "\n"), line: first))
  }

  /// A line without its end.
  private func line(_ number: Int) -> String {
    guard number >= 1, number <= lineCount else { return "" }
    var end = starts[number]
    while end > starts[number - 1], bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return bytes.text(starts[number - 1], end)
  }

  // MARK: Fences

  /// Fences in lists and quotations, at any depth.
  private mutating func fencesInside(_ block: OpaquePointer) {
    let steps = cmark_iter_new(block)
    defer { cmark_iter_free(steps) }
    while true {
      let event = cmark_iter_next(steps)
      if event == CMARK_EVENT_DONE { return }
      guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(steps),
        cmark_node_get_type(node) == CMARK_NODE_CODE_BLOCK, isRules(node)
      else { continue }
      rules(node, Int(cmark_node_get_start_line(node)), min(Int(cmark_node_get_end_line(node)), lineCount))
    }
  }

  /// The rules between a fence's lines.
  private mutating func rules(_ block: OpaquePointer, _ first: Int, _ last: Int) {
    var length: Int32 = 0
    var offset: Int32 = 0
    var character: CChar = 0
    _ = cmark_node_get_fenced(block, &length, &offset, &character)
    let fence = UInt8(bitPattern: character)
    let isClosed = last > first && self.fence(last, fence, Int(length)) == ""
    // A fence with an info string inside the rules shows that the end of this one was forgotten.
    if isClosed, !(first + 1..<last).contains(where: { self.fence($0, fence, Int(length)) != nil }) {
      parse(first + 1, last - 1)
      return
    }
    let opening = line(first)
    let column = opening.prefix { $0.utf8.first != fence }.count + 1
    diagnostics.append(
      SyntaxMistake.openFence.diagnostic(
        at: SourceRange(
          source: source, start: Position(line: first, column: column),
          end: Position(line: first, column: opening.count + 1))))
    openRules(first + 1, last, fence, Int(length))
  }

  /// Rules whose fence is not closed run on into prose and further fences. They are taken to end where, after an empty
  /// line, something begins that no rule begins with; further fences of rules are read as such.
  private mutating func openRules(_ first: Int, _ last: Int, _ fence: UInt8, _ length: Int) {
    var begin: Int? = first
    for i in first...max(first, last) {
      let info = self.fence(i, fence, length)
      if let start = begin, info != nil || (i > first && line(i - 1).isEmpty && isProse(i)) {
        parse(start, i - 1)
        begin = nil
      }
      if info == "policy" { begin = i + 1 }
    }
    if let begin { parse(begin, last) }
  }

  /// The first word after a fence's marks, empty when they stand alone; nil when the line is no fence.
  private func fence(_ number: Int, _ fence: UInt8, _ length: Int) -> String? {
    guard number >= 1, number <= lineCount else { return nil }
    let rest = bytes[starts[number - 1]..<starts[number]].drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x3E }
    guard rest.first == fence else { return nil }
    let marks = rest.prefix { $0 == fence }
    guard marks.count >= max(length, 3) else { return nil }
    let info = rest.dropFirst(marks.count).split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D || $0 == 0x0A }.first
    return info.map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// Whether a line at the margin begins with nothing that begins a line of rules.
  private func isProse(_ number: Int) -> Bool {
    let line = line(number)
    guard let first = line.utf8.first, first != 0x20, first != 0x09 else { return false }
    if line.hasPrefix("## ") || line.hasPrefix("# ") || line.hasPrefix("### ") { return true }
    let word = line.utf8.prefix { Lexer.isWordByte($0) }
    guard !word.isEmpty, let known = Word(rawValue: String(Substring(word))) else { return first != 0x23 }
    return
      !(known.isDeclaration || known.isMeasureClause || known.isHeaderClause || known.isListClause
      || known.isExampleClause)
  }

  private mutating func parse(_ first: Int, _ last: Int) {
    fences += 1
    var rules = bytes(first, last)
    // In a quotation every line begins with a mark that is none of the rules'.
    if rules.first(where: { $0 != 0x20 }) == 0x3E { rules = unquoted(rules) }
    let (found, problems) = PolicyParser.parse(rules: rules, in: source, firstLine: first)
    diagnostics += problems
    merge(found)
  }

  /// The marks of a quotation as spaces, so that columns stay what they are.
  private func unquoted(_ rules: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var atStart = true
    for byte in rules {
      out.append(atStart && byte == 0x3E ? 0x20 : byte)
      atStart = byte == 0x0A || (atStart && (byte == 0x20 || byte == 0x3E))
    }
    return out
  }

  private mutating func merge(_ found: DocumentSyntax) {
    if let header = found.header {
      if document.header == nil {
        document.header = header
      } else {
        diagnostics.append(SyntaxMistake.secondHeader.diagnostic(at: header.name.location))
      }
    }
    document.lists += found.lists
    document.values += found.values
    document.readings += found.readings
    document.parameters += found.parameters
    document.definitions += found.definitions
    document.measures += found.measures
    document.examples += found.examples
  }
}
