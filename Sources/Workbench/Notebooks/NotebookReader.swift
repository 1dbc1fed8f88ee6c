// Reads a notebook: front matter by its lines, everything else from cmark-gfm's tree, with the bytes that each part takes.
// Knows nothing of what cells do.

import Answers
import CMarkGFM
import Diagnostics

extension Notebook {
  /// Reads a notebook that is a file's bytes.
  /// - Parameter name: the path, by which messages call it and beside which its files lie.
  public static func read(_ bytes: [UInt8], name: String) -> Notebook {
    var reader = NotebookReader(bytes, name: name)
    return reader.read()
  }

  /// Whether a Markdown text is a notebook: it has a cell of commands or of facts, and is no policy document.
  public static func isOne(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var hasCells = false
      for line in bytes.split(separator: 0x0A) {
        let body = line.drop { $0 == 0x20 || $0 == 0x3E }
        guard let mark = body.first, mark == 0x60 || mark == 0x7E else {
          if body.starts(with: Array("document ".utf8)), !hasCells { return false }
          continue
        }
        let info = String(decoding: body.drop { $0 == mark }.prefix(40), as: UTF8.self)
        guard body.prefix(while: { $0 == mark }).count >= 3, let word = info.split(whereSeparator: \.isWhitespace).first
        else { continue }
        let kind = NotebookCell.Kind.named(String(word))
        if kind == .commands || kind == .scenario { hasCells = true }
      }
      return hasCells
    }
  }
}

private struct NotebookReader {
  let bytes: [UInt8]
  let source: SourceFile
  /// Where lines begin as CommonMark counts them (a lone carriage return ends one), and behind the last the end.
  private var starts: [Int] = [0]
  private var mistakes: [Diagnostic] = []
  private var cells: [NotebookCell] = []
  private var values: [InlineValue] = []
  /// How many lines the front matter takes.
  private var frontLines = 0

  init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    source = SourceFile(name: name, text: String(decoding: bytes, as: UTF8.self))
    for i in bytes.indices
    where bytes[i] == 0x0A || (bytes[i] == 0x0D && (i + 1 == bytes.count || bytes[i + 1] != 0x0A)) {
      starts.append(i + 1)
    }
    if starts.last != bytes.count { starts.append(bytes.count) }
  }

  private var lineCount: Int { starts.count - 1 }

  /// A line of the file, counted from 1, its end included.
  private func range(_ line: Int) -> Range<Int> {
    guard line >= 1, line <= lineCount else { return bytes.count..<bytes.count }
    return starts[line - 1]..<starts[line]
  }

  /// A line without its end.
  private func line(_ number: Int) -> ArraySlice<UInt8> {
    var line = bytes[range(number)]
    while let last = line.last, last == 0x0A || last == 0x0D { line.removeLast() }
    return line
  }

  private mutating func tell(_ mistake: NotebookMistake, _ range: Range<Int>) {
    // Places cost a look at their line; nobody reads more than a hundred mistakes.
    guard mistakes.count < 100 else { return }
    mistakes.append(mistake.diagnostic(at: source.location(fromUTF8: range.lowerBound, to: range.upperBound)))
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  mutating func read() -> Notebook {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      return Notebook(
        source: source, bytes: bytes, front: FrontMatter(), frontLines: 0, bodyStart: 0, cells: [], values: [],
        diagnostics: [NotebookMistake.notUTF8.diagnostic(at: nil)])
    }
    let front = frontMatter()
    if let tree = MarkdownTree(bytes[starts[min(frontLines, lineCount)]...]) { walk(tree) }
    checkNames()
    return Notebook(
      source: source, bytes: bytes, front: front, frontLines: frontLines, bodyStart: starts[min(frontLines, lineCount)],
      cells: cells,
      values: values, diagnostics: mistakes)
  }

  // MARK: Front matter

  private mutating func frontMatter() -> FrontMatter {
    let first = line(1)
    let mark = Array("---".utf8)
    let opening = first.starts(with: [0xEF, 0xBB, 0xBF]) ? first.dropFirst(3) : first
    guard opening.starts(with: mark), opening.dropFirst(3).allSatisfy({ $0 == 0x20 || $0 == 0x09 }), lineCount > 1
    else { return FrontMatter() }
    let end = (2...lineCount).first { number in
      let line = line(number)
      return (line.starts(with: mark) || line.starts(with: Array("...".utf8)))
        && line.dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
    guard let end else {
      // A rule that opens a text is no front matter unless a key follows.
      if line(2).contains(0x3A), !line(2).isEmpty { tell(.openFront, range(1)) }
      return FrontMatter()
    }
    frontLines = end
    let inside = starts[1]..<starts[end - 1]
    let (front, problems) = FrontMatter.read(text(inside), source: source, firstLine: 2)
    mistakes += problems
    return front
  }

  // MARK: Blocks

  private mutating func walk(_ tree: MarkdownTree) {
    var outputs: Set<OpaquePointer> = []
    for node in tree.nodes() {
      switch cmark_node_get_type(node) {
      case CMARK_NODE_CODE_BLOCK:
        guard let word = word(of: node) else { continue }
        if let kind = NotebookCell.Kind.named(word) {
          if let output = cell(node, kind) { outputs.insert(output) }
        } else if NotebookReader.isOutput(word), !outputs.contains(node) {
          tell(.orphanOutput, range(lines(node).first))
        }
      case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING, CMARK_NODE_HTML_BLOCK: prose(node)
      default:
        // A row of a table is a node of an extension.
        if let name = cmark_node_get_type_string(node), String(cString: name) == "table" { prose(node) }
      }
    }
  }

  static func isOutput(_ word: String) -> Bool { word == "output" || word == "输出" }

  /// The first word of a fence's info string, in small letters.
  private func word(of node: OpaquePointer) -> String? {
    guard let info = cmark_node_get_fence_info(node) else { return nil }
    return String(cString: info).split(whereSeparator: \.isWhitespace).first.map { $0.lowercased() }
  }

  private func info(of node: OpaquePointer) -> Substring {
    guard let info = cmark_node_get_fence_info(node) else { return "" }
    let text = String(cString: info)
    return text[...].drop { $0.isWhitespace }.drop { !$0.isWhitespace }
  }

  private func lines(_ node: OpaquePointer) -> (first: Int, last: Int) {
    let first = max(Int(cmark_node_get_start_line(node)) + frontLines, 1)
    return (first, min(max(Int(cmark_node_get_end_line(node)) + frontLines, first), lineCount))
  }

  /// Takes in a cell.
  /// - Returns: the output fence right under it.
  private mutating func cell(_ node: OpaquePointer, _ kind: NotebookCell.Kind) -> OpaquePointer? {
    let (first, last) = lines(node)
    guard isClosed(node) else {
      tell(.openFence(word(of: node) ?? ""), range(first))
      return nil
    }
    let (options, problems) = CellOptions.read(info(of: node))
    for problem in problems { tell(problem, range(first)) }
    var output: StoredOutput?
    var found: OpaquePointer?
    if let next = cmark_node_next(node), cmark_node_get_type(next) == CMARK_NODE_CODE_BLOCK, let word = word(of: next),
      NotebookReader.isOutput(word)
    {
      found = next
      let (from, to) = lines(next)
      if isClosed(next) {
        let fingerprint = info(of: next).split(whereSeparator: \.isWhitespace).first.map(String.init)
        output = StoredOutput(
          text: MarkdownTree.literal(next), fingerprint: fingerprint,
          range: range(from).lowerBound..<range(to).upperBound, line: from)
      } else {
        tell(.openFence(word), range(from))
      }
    }
    let opening = line(first)
    let margin = opening.prefix { $0 != 0x60 && $0 != 0x7E }.map { $0 == 0x3E || $0 == 0x09 ? $0 : 0x20 as UInt8 }
    cells.append(
      NotebookCell(
        number: cells.count + 1, kind: kind, options: options, text: MarkdownTree.literal(node), line: first,
        range: range(first).lowerBound..<range(last).upperBound, margin: margin, output: output))
    return found
  }

  /// Whether a fence has its closing line, and no other fence begins inside a cell, which would show that its end was
  /// forgotten.
  private func isClosed(_ node: OpaquePointer) -> Bool {
    let (first, last) = lines(node)
    var length: Int32 = 0
    var offset: Int32 = 0
    var character: CChar = 0
    guard cmark_node_get_fenced(node, &length, &offset, &character) != 0 else { return true }
    let mark = UInt8(bitPattern: character)
    func marks(_ number: Int) -> (count: Int, hasInfo: Bool) {
      let body = line(number).drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x3E }
      let count = body.prefix { $0 == mark }.count
      return (count, body.dropFirst(count).contains { $0 != 0x20 && $0 != 0x09 })
    }
    guard last > first else { return false }
    let closing = marks(last)
    guard closing.count >= max(Int(length), 3), !closing.hasInfo else { return false }
    let isOutput = word(of: node).map { NotebookReader.isOutput($0) } ?? false
    return isOutput || last < first + 2
      || !(first + 1..<last).contains { number in
        let inner = marks(number)
        return inner.count >= Int(length) && inner.hasInfo
      }
  }

  // MARK: Figures in the prose

  private mutating func prose(_ node: OpaquePointer) {
    let (first, last) = lines(node)
    let block = range(first).lowerBound..<range(last).upperBound
    for found in InlineScan.values(in: bytes, block) {
      switch found.problem {
      case .noFigure: tell(.noFigure, found.range)
      case .open: tell(.openValue, found.range)
      case nil:
        // A table's rows are inside the table's lines: each figure is taken once.
        guard values.last.map({ $0.range.upperBound <= found.range.lowerBound }) ?? true else { continue }
        values.append(
          InlineValue(
            expression: text(found.expression), stored: found.stored.map { text($0) }, storedRange: found.stored,
            range: found.range,
            cells: cells.count))
      }
    }
  }

  private mutating func checkNames() {
    var lines: [String: Int] = [:]
    for cell in cells {
      guard let name = cell.options.name else { continue }
      if let line = lines[name] {
        tell(.sameName(name, line: line), range(cell.line))
      } else {
        lines[name] = cell.line
      }
    }
    let answers = Set(cells.compactMap(\.options.answer))
    for cell in cells {
      if let attempt = cell.options.attempt, !answers.contains(attempt) { tell(.noAnswer(attempt), range(cell.line)) }
    }
  }
}
