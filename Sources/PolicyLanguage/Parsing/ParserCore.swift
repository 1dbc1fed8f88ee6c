// The parser's hands: where it stands in the tokens, what comes next, and how a mistake is told. Knows nothing of any
// particular clause.
import Diagnostics

/// A clause could not be read; why has been told.
struct Lost: Error {}

/// Reads the tokens of one rule text into a `DocumentSyntax`.
///
/// Every clause is cut out before it is read: it ends where the next line starts a clause or a declaration. Whatever
/// goes wrong inside is told once and loses that clause only.
struct RuleParser {
  /// Levels of an expression, a bracket counting two. Deeper ones could exhaust the stack, here or in whoever walks the
  /// tree.
  static let deepest = 200
  static let mostMistakes = 500

  let lexer: Lexer
  let source: SourceFile
  var tokens: [Token]
  var diagnostics: [Diagnostic]
  var document: DocumentSyntax
  /// The next token.
  var index = 0
  /// Where the clause being read ends.
  var limit = 0
  /// Where it was cut off; the limit moves forward when a line inside turns out to be meant as a clause.
  var fullLimit = 0
  /// Where each clause stands.
  var clausePlaces: [(lines: ClosedRange<Int>, column: Int)] = []
  /// The declaration and the clause being read, by their first words.
  var declaration: Word = .other
  var declarationColumn = 1
  var clause: Word = .other
  var clauseColumn = 1
  /// What the measure being read goes through, such as `hire`, once its line has been read.
  var frameRecord: String?
  /// Whether some clause of this declaration stands deeper than its first word.
  var isIndented = false
  /// Calls of `expression` under way.
  var depth = 0
  /// Levels of the expression last read.
  var height = 0
  /// The rest of the clause was given up although the clause is kept.
  var abandoned = false
  /// In `first N of SET` the `of` ends the number instead of multiplying it.
  var ofEnds = false
  /// In `cap 500 yuan of SOURCE` the `of` ends the amount.
  var sourceEnds = false

  init(_ bytes: [UInt8], in source: SourceFile, firstLine: Int) {
    var lexer = Lexer(bytes, in: source, firstLine: firstLine)
    lexer.run()
    self.lexer = lexer
    self.source = source
    tokens = lexer.tokens
    diagnostics = lexer.diagnostics
    document = DocumentSyntax(source: source)
  }

  // MARK: Looking

  /// The end token, which `Lexer.run` always makes.
  var lastIndex: Int { tokens.count - 1 }
  var isAtEnd: Bool { index >= limit }
  var sort: TokenSort { index < limit ? tokens[index].sort : .end }
  var word: Word { index < limit ? tokens[index].word : .other }

  func sort(after steps: Int) -> TokenSort { index + steps < limit ? tokens[index + steps].sort : .end }
  func word(after steps: Int) -> Word { index + steps < limit ? tokens[index + steps].word : .other }

  /// The words that come next are these.
  func sees(_ first: Word, _ second: Word) -> Bool { word == first && word(after: 1) == second }

  mutating func take(_ wanted: Word) -> Bool {
    guard word == wanted else { return false }
    index += 1
    return true
  }

  mutating func take(_ first: Word, _ second: Word) -> Bool {
    guard sees(first, second) else { return false }
    index += 2
    return true
  }

  mutating func take(_ first: Word, _ second: Word, _ third: Word) -> Bool {
    guard sees(first, second), word(after: 2) == third else { return false }
    index += 3
    return true
  }

  mutating func take(_ wanted: TokenSort) -> Bool {
    guard sort == wanted else { return false }
    index += 1
    return true
  }

  // MARK: Demanding

  @inline(never)
  mutating func expect(_ wanted: Word) throws(Lost) {
    guard take(wanted) else { throw fail(.word(wanted.rawValue)) }
  }

  mutating func expect(_ first: Word, _ second: Word) throws(Lost) {
    try expect(first)
    try expect(second)
  }

  @inline(never)
  mutating func expect(_ wanted: TokenSort, _ sign: String) throws(Lost) {
    guard take(wanted) else { throw fail(.word(sign)) }
  }

  /// A name that stands by itself.
  mutating func name(_ wanted: Wanted = .name) throws(Lost) -> Name {
    endBeforeMisspelling()
    guard sort == .word else { throw fail(wanted) }
    let token = tokens[index]
    if token.word.isReserved {
      throw fail(.reservedName(text(of: token)), at: index)
    }
    index += 1
    return Name(text(of: token), at: location(of: token))
  }

  /// A name that is declared, with its Chinese name if it has one: `rate_3m zh 首次标准`.
  mutating func named(_ wanted: Wanted = .name) throws(Lost) -> Name { try withChinese(try name(wanted)) }

  /// The name with the Chinese one that follows it after `zh`.
  mutating func withChinese(_ name: Name) throws(Lost) -> Name {
    guard take(.zh) else { return name }
    return Name(name.text, at: name.location, zh: try self.name().text)
  }

  /// A name that may hold dashes and dots where no spaces stand: `changle-2022.agency_reward`.
  mutating func longName() throws(Lost) -> Name {
    let start = index
    guard sort.isPartOfName else { throw fail(.name) }
    index += 1
    while !isAtEnd, tokens[index].start == tokens[index - 1].end {
      if sort == .minus || sort == .dot {
        guard index + 1 < limit, tokens[index + 1].start == tokens[index].end else { throw fail(.name, at: index + 1) }
      } else if !sort.isPartOfName {
        break
      }
      index += 1
    }
    return Name(rawText(start, index), at: location(since: start))
  }

  // MARK: Texts and places

  func text(of token: Token) -> String {
    if token.sort == .string { return lexer.stringText(token) }
    guard token.needsCare else { return lexer.bytes.text(token.start, token.end) }
    return token.sort == .date ? lexer.dateText(token) : lexer.plainText(token.start, token.end)
  }

  /// The text between two tokens as written, lines joined by a space.
  func rawText(_ first: Int, _ end: Int) -> String {
    guard first < end else { return "" }
    if end - first == 1 { return text(of: tokens[first]) }
    var out = ""
    var lineStart = first
    for i in first..<end where i > first && tokens[i].startsLine {
      out += lexer.plainText(tokens[lineStart].start, tokens[i - 1].end) + " "
      lineStart = i
    }
    return out + lexer.plainText(tokens[lineStart].start, tokens[end - 1].end)
  }

  func location(of token: Token) -> SourceRange {
    SourceRange(
      source: source, start: Position(line: token.line, column: token.column),
      end: Position(line: token.line, column: token.endColumn))
  }

  /// From a token up to the last one taken.
  func location(since start: Int) -> SourceRange {
    guard start < index else { return location(of: tokens[min(start, lastIndex)]) }
    let (first, last) = (tokens[start], tokens[index - 1])
    return SourceRange(
      source: source, start: Position(line: first.line, column: first.column),
      end: Position(line: last.line, column: last.endColumn))
  }

  // MARK: Telling
  // Never inlined: the frames of whoever recurses have to stay small.

  @inline(never)
  mutating func report(_ mistake: SyntaxMistake, at location: SourceRange?) {
    guard diagnostics.count < Self.mostMistakes else {
      if diagnostics.count == Self.mostMistakes {
        diagnostics.append(SyntaxMistake.tooMany(Self.mostMistakes).diagnostic(at: location))
      }
      // Nothing after this is worth reading.
      index = lastIndex
      limit = lastIndex
      fullLimit = lastIndex
      return
    }
    diagnostics.append(mistake.diagnostic(at: location))
  }

  @inline(never)
  mutating func fail(_ mistake: SyntaxMistake, at i: Int) -> Lost {
    report(mistake, at: location(of: tokens[min(i, lastIndex)]))
    return Lost()
  }

  @inline(never)
  mutating func fail(_ mistake: SyntaxMistake, since start: Int) -> Lost {
    report(mistake, at: location(since: start))
    return Lost()
  }

  /// What stands at a token is not what was wanted there. A character that means nothing anywhere is the mistake
  /// itself, whatever was wanted.
  @inline(never)
  mutating func fail(_ wanted: Wanted, at i: Int? = nil) -> Lost {
    let i = i ?? index
    if tellStrangeSign(i) { return Lost() }
    guard i < limit else {
      let found =
        clause == .other ? Text("the end of the text", zh: "文字的结尾") : Text("the end of the clause", zh: "子句的结尾")
      // The clause ends too early: point just behind its last word.
      let last = tokens[max(0, min(limit, tokens.count) - 1)]
      let end = Position(line: last.line, column: last.endColumn)
      report(
        .expected(wanted, found: found, question: nil, model: model),
        at: SourceRange(source: source, start: end, end: end))
      return Lost()
    }
    if splitsNumber(i) { return fail(.badGroups, at: i) }
    if splitsNumber(i - 1) { return fail(.badGroups, at: i - 1) }
    var question: Text?
    if case .word(let word) = wanted { question = self.question(i, among: [word]) }
    return fail(.expected(wanted, found: found(i), question: question, model: model), at: i)
  }

  /// Tells of a character that means nothing in any rule; false when the token is another's mistake.
  @inline(never)
  mutating func tellStrangeSign(_ i: Int) -> Bool {
    let token = tokens[min(i, lastIndex)]
    let shown = Visible.text(text(of: token))
    if token.sort == .foreign { report(.foreignSign(shown), at: location(of: token)) }
    // The lexer has told of bytes that are no text.
    if token.sort == .unknown, shown != "\u{FFFD}" { report(.unknownSign(shown), at: location(of: token)) }
    return token.sort == .foreign || token.sort == .unknown
  }

  /// How a message calls a token.
  func found(_ i: Int) -> Text {
    let token = tokens[i]
    var shown = lexer.bytes.text(token.start, min(token.end, token.start + 200))
    if shown.count > 30 { shown = shown.prefix(29) + "…" }
    shown = Visible.text(shown)
    switch token.sort {
    case .string: return Text("the text \(shown)", zh: "文字 \(shown)")
    case .number: return Text("the number `\(shown)`", zh: "数字 `\(shown)`")
    case .date: return Text("the date `\(shown)`", zh: "日期 `\(shown)`")
    case .word, .code, .open, .close, .comma, .colon, .semicolon, .dot, .percent, .equals, .notEqual, .less,
      .lessOrEqual, .greater, .greaterOrEqual, .plus, .minus, .times, .divide, .foreign, .unknown, .end:
      return Text("`\(shown)`", zh: " `\(shown)`")
    }
  }

  /// Something that the clause has not foreseen stands where it could end.
  @inline(never)
  mutating func leftover() {
    if tellStrangeSign(index) { return }
    if splitsNumber(index) {
      report(.badGroups, at: location(of: tokens[index]))
      return
    }
    let question = Self.everyday[text(of: tokens[index])] ?? question(index, among: Self.innerWords)
    report(.leftover(found: found(index), question: question, model: model), at: location(of: tokens[index]))
  }

  /// What people write, and what it is here.
  private static let everyday: [String: Text] = [
    "between": Text("Write `from … to …`, both ends included.", zh: "请写 `from … to …`，两端都含。"),
    "up": Text("Write `smaller of (…, …)` for an amount with a limit.", zh: "金额有上限时请写 `smaller of (…, …)`。"),
    "minus": Text("Write `-`.", zh: "请写 `-`。"), "plus": Text("Write `+`.", zh: "请写 `+`。"),
    "times": Text("Write `*`.", zh: "请写 `*`。"),
  ]

  /// Words that stand inside clauses, for did-you-mean.
  private static let innerWords =
    Word.allCases.filter { $0.isReserved && $0 != .if }.map(\.rawValue)
    + ["default", "label", "required", "absent", "preferring", "begins", "every", "once", "each"]

  private func question(_ i: Int, among words: [String]) -> Text? {
    let token = tokens[i]
    guard token.sort == .word, token.word == .other, token.end - token.start > 2, token.end - token.start <= 24 else {
      return nil
    }
    return Nearest.question(for: text(of: token), among: words)
  }

  /// A comma between digits that does not part groups of three: `1,2345`.
  func splitsNumber(_ i: Int) -> Bool {
    guard i > 0, i + 1 < tokens.count, tokens[i].sort == .comma else { return false }
    let (before, after) = (tokens[i - 1], tokens[i + 1])
    return before.sort == .number && after.sort == .number && before.end == tokens[i].start
      && after.start == tokens[i].end
  }
}
