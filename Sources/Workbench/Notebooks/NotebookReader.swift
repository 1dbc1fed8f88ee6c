// Reads a notebook: front matter by its lines, everything else from the Markdown tree, with the bytes that each part
// takes. Knows nothing of what cells do.

import Answers
import Diagnostics
import Markup

extension Notebook {
  /// Reads a notebook that is a file's bytes.
  /// - Parameter name: the path, by which messages call it and beside which its files lie.
  package static func read(_ bytes: [UInt8], name: String) -> Notebook {
    var reader = NotebookReader(bytes, name: name)
    return reader.read()
  }

  /// Whether a Markdown text is a notebook: it has a cell of commands or of facts, and is no policy document.
  package static func isOne(_ text: String) -> Bool {
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
  /// Lines as CommonMark counts them.
  private let lines: MarkupLines
  private var mistakes: [Diagnostic] = []
  private var cells: [NotebookCell] = []
  private var values: [InlineValue] = []
  /// How many lines the front matter takes.
  private var frontLines = 0

  init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    source = SourceFile(name: name, text: String(decoding: bytes, as: UTF8.self))
    lines = MarkupLines(bytes, .commonMark)
  }

  /// A line of the file, counted from 1, its end included.
  private func range(_ line: Int) -> Range<Int> { lines.range(line) }

  /// A line without its end.
  private func line(_ number: Int) -> ArraySlice<UInt8> { bytes[lines.inside(number, of: bytes)] }

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
    let bodyStart = lines.starts[min(frontLines, lines.count)]
    if let line = bytes.withUnsafeBufferPointer({ MarkupTables.tooLarge($0) }) {
      tell(.largeTable, lines.range(min(line, lines.count)))
    } else {
      walk(MarkupTree(bytes[bodyStart...], .github))
    }
    checkNames()
    return Notebook(
      source: source, bytes: bytes, front: front, frontLines: frontLines, bodyStart: bodyStart, cells: cells,
      values: values, diagnostics: mistakes)
  }

  // MARK: Front matter

  private mutating func frontMatter() -> FrontMatter {
    let first = line(1)
    let mark = Array("---".utf8)
    let opening = first.starts(with: [0xEF, 0xBB, 0xBF]) ? first.dropFirst(3) : first
    guard opening.starts(with: mark), opening.dropFirst(3).allSatisfy({ $0 == 0x20 || $0 == 0x09 }), lines.count > 1
    else { return FrontMatter() }
    let end = (2...lines.count).first { number in
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
    let inside = lines.range(2).lowerBound..<lines.range(end).lowerBound
    let (front, problems) = FrontMatter.read(text(inside), source: source, firstLine: 2)
    mistakes += problems
    return front
  }

  // MARK: Blocks

  private mutating func walk(_ tree: MarkupTree) {
    var outputs: Set<MarkupNode> = []
    for node in tree.root.nodes {
      switch node.sort {
      case .code:
        guard let word = word(of: node) else { continue }
        if let kind = NotebookCell.Kind.named(word) {
          if let output = cell(node, kind) { outputs.insert(output) }
        } else if NotebookReader.isOutput(word), !outputs.contains(node) {
          tell(.orphanOutput, range(extent(node).first))
        }
      case .paragraph, .heading, .htmlBlock, .table: prose(node)
      case .list, .quotation, .thematicBreak, .text, .inlineCode, .inlineHTML, .softBreak, .lineBreak, .image, .other:
        break
      }
    }
  }

  static func isOutput(_ word: String) -> Bool { word == "output" || word == "输出" }

  /// The first word of a fence's info string, in small letters.
  private func word(of node: MarkupNode) -> String? {
    node.info?.split(whereSeparator: \.isWhitespace).first.map { $0.lowercased() }
  }

  /// What stands behind that word.
  private func info(of node: MarkupNode) -> Substring {
    (node.info ?? "")[...].drop { $0.isWhitespace }.drop { !$0.isWhitespace }
  }

  /// A block's lines in the file.
  private func extent(_ node: MarkupNode) -> (first: Int, last: Int) {
    let first = max(node.lines.first + frontLines, 1)
    return (first, min(max(node.lines.last + frontLines, first), lines.count))
  }

  /// Takes in a cell.
  /// - Returns: the output fence right under it.
  private mutating func cell(_ node: MarkupNode, _ kind: NotebookCell.Kind) -> MarkupNode? {
    let (first, last) = extent(node)
    guard isClosed(node) else {
      tell(.openFence(word(of: node) ?? ""), range(first))
      return nil
    }
    let (options, problems) = CellOptions.read(info(of: node))
    for problem in problems { tell(problem, range(first)) }
    var output: StoredOutput?
    var found: MarkupNode?
    if let next = node.next, next.sort == .code, let word = word(of: next), NotebookReader.isOutput(word) {
      found = next
      let (from, to) = extent(next)
      if isClosed(next) {
        let fingerprint = info(of: next).split(whereSeparator: \.isWhitespace).first.map(String.init)
        output = StoredOutput(
          text: next.literal, fingerprint: fingerprint,
          range: range(from).lowerBound..<range(to).upperBound, line: from)
      } else {
        tell(.openFence(word), range(from))
      }
    }
    let opening = line(first)
    let margin = opening.prefix { $0 != 0x60 && $0 != 0x7E }.map { $0 == 0x3E || $0 == 0x09 ? $0 : 0x20 as UInt8 }
    cells.append(
      NotebookCell(
        number: cells.count + 1, kind: kind, options: options, text: node.literal, line: first,
        range: range(first).lowerBound..<range(last).upperBound, margin: margin, output: output))
    return found
  }

  /// Whether a fence has its closing line, and no other fence begins inside a cell, which would show that its end was
  /// forgotten.
  private func isClosed(_ node: MarkupNode) -> Bool {
    let (first, last) = extent(node)
    guard let (mark, length) = node.fence else { return true }
    func marks(_ number: Int) -> (count: Int, hasInfo: Bool) {
      let body = line(number).drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x3E }
      let count = body.prefix { $0 == mark }.count
      return (count, body.dropFirst(count).contains { $0 != 0x20 && $0 != 0x09 })
    }
    guard last > first else { return false }
    let closing = marks(last)
    guard closing.count >= max(length, 3), !closing.hasInfo else { return false }
    let isOutput = word(of: node).map { NotebookReader.isOutput($0) } ?? false
    return isOutput || last < first + 2
      || !(first + 1..<last).contains { number in
        let inner = marks(number)
        return inner.count >= length && inner.hasInfo
      }
  }

  // MARK: Figures in the prose

  private mutating func prose(_ node: MarkupNode) {
    let (first, last) = extent(node)
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
