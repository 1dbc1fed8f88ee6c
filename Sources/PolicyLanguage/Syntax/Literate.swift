// Policy documents as Markdown: where the fences of rules stand, and the headings and prose around them. The Markdown
// is read by `Markup`, so that every renderer agrees on what a fence is. Knows nothing of rules.
import Diagnostics
import Facts
import Markup
import Reckoning

enum Literate {
  /// - Parameter isTold: whether anybody is told what is wrong.
  static func parse(
    _ source: SourceFile, _ dictionary: FactDictionary, isTold: Bool = true
  ) -> (DocumentSyntax, [Diagnostic]) {
    var reader = LiterateReader(source, dictionary, isTold: isTold)
    reader.run()
    return (reader.document, PolicyParser.inOrder(reader.diagnostics))
  }
}

private struct LiterateReader {
  let source: SourceFile
  var document: DocumentSyntax
  var diagnostics: [Diagnostic] = []
  private let bytes: [UInt8]
  /// Lines as the lexer of rules counts them.
  private let lines: MarkupLines
  private var fences = 0
  /// Lines of prose not yet put into the document.
  private var prose: (first: Int, last: Int)?
  private let dictionary: FactDictionary
  private let isTold: Bool
  /// The names that rules in Chinese may hold; found when the first such fence is read.
  private var names: ChineseNames?

  init(_ source: SourceFile, _ dictionary: FactDictionary, isTold: Bool) {
    (self.dictionary, self.isTold) = (dictionary, isTold)
    self.source = source
    document = DocumentSyntax(source: source)
    bytes = Array(source.text.utf8)
    lines = MarkupLines(bytes, .lineFeed)
  }

  /// Lines from one to another, both included.
  private func bytes(_ first: Int, _ last: Int) -> [UInt8] { Array(bytes[lines.range(first, last)]) }

  mutating func run() {
    for block in MarkupTree(bytes, .commonMark).root.children { take(block) }
    flushProse()
    if fences == 0, diagnostics.isEmpty {
      let start = Position(line: 1, column: 1)
      diagnostics.append(SyntaxMistake.noRules.diagnostic(at: SourceRange(source: source, start: start, end: start)))
    }
  }

  private mutating func take(_ block: MarkupNode) {
    let (first, last) = extent(block)
    switch block.sort {
    case .heading(let level):
      flushProse()
      document.prose.append(ProseSyntax(level: level, text: block.plainText, line: first))
    case .code where isRules(block):
      flushProse()
      rules(block, first, last)
    case .list, .quotation:
      addProse(first, last)
      // Fences in lists and quotations, at any depth.
      for node in block.nodes where node.sort == .code && isRules(node) {
        let (first, last) = extent(node)
        rules(node, first, last)
      }
    case .htmlBlock: break
    case .paragraph, .code, .table, .thematicBreak, .text, .inlineCode, .inlineHTML, .softBreak, .lineBreak, .image,
      .other:
      addProse(first, last)
    }
  }

  private func extent(_ block: MarkupNode) -> (first: Int, last: Int) {
    (block.lines.first, min(block.lines.last, lines.count))
  }

  /// A fence whose first word is `policy`.
  private func isRules(_ block: MarkupNode) -> Bool { block.info?.split(separator: " ").first == "policy" }
}

extension LiterateReader {
  // MARK: Prose

  private mutating func addProse(_ first: Int, _ last: Int) {
    prose = (prose?.first ?? first, max(prose?.last ?? last, last))
  }

  private mutating func flushProse() {
    guard let (first, last) = prose else { return }
    prose = nil
    let text = (first...max(first, last)).map { line($0) }
    document.prose.append(ProseSyntax(level: 0, text: text.joined(separator: "\n"), line: first))
  }

  /// A line without its end.
  private func line(_ number: Int) -> String {
    let inside = lines.inside(number, of: bytes)
    return bytes.text(inside.lowerBound, inside.upperBound)
  }

  // MARK: Fences

  /// The rules between a fence's lines.
  private mutating func rules(_ block: MarkupNode, _ first: Int, _ last: Int) {
    guard let (fence, length) = block.fence else {
      Invariant.broken("fences-have-marks: a block of code with an info string is a fence")
    }
    let isClosed = last > first && self.fence(last, fence, length) == ""
    // A fence with an info string inside the rules shows that the end of this one was forgotten.
    if isClosed, !(first + 1..<last).contains(where: { self.fence($0, fence, length) != nil }) {
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
    openRules(first + 1, last, fence, length)
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
    guard number >= 1, number <= lines.count else { return nil }
    let rest = bytes[lines.range(number)].drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x3E }
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
    if ChineseParser.reads(line) { return false }
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
    var known = names
    let (found, problems) = PolicyParser.parse(rules: rules, in: source, firstLine: first, isTold: isTold) {
      let made = known ?? ChineseNames(dictionary, document: source.text)
      known = made
      return made
    }
    names = known
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
    document.tables += found.tables
    document.limits += found.limits
    document.measures += found.measures
    document.examples += found.examples
    document.chineseLines += found.chineseLines
  }
}
