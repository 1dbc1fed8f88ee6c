// Rules in Chinese to the same tree as rules in English: declarations and their clauses by how deep lines stand. A
// clause begins on a line of its own, and every deeper line goes on with it. Names stay as they are written; the
// checker looks them up. Expressions and clauses have files of their own.
import Diagnostics

/// A clause cut out of its declaration.
struct ChineseClause {
  var tokens: [ChineseToken]
  /// The lines below a 口径, each a choice.
  var choices: [[ChineseToken]] = []
  let column: Int
  var lines: ClosedRange<Int>
}

/// A declaration with its clauses; of one that has none the clause alone.
struct ChineseDeclaration {
  var head: ChineseClause
  var clauses: [ChineseClause] = []

  var lines: ClosedRange<Int> { head.lines.lowerBound...(clauses.last?.lines.upperBound ?? head.lines.upperBound) }
}

/// Reads one fence of rules in Chinese.
struct ChineseParser {
  let source: SourceFile
  let names: ChineseNames
  var document: DocumentSyntax
  var diagnostics: [Diagnostic] = []
  /// The clause being read, and where in it.
  var tokens: [ChineseToken] = []
  var index = 0
  var depth = 0
  /// What the measure being read goes through, such as 企业; nil where that is no record.
  var frameRecord: String?
  let text: String
  let firstLine: Int

  init(_ text: String, names: ChineseNames, in source: SourceFile, firstLine: Int) {
    self.text = text
    self.names = names
    self.source = source
    self.firstLine = firstLine
    document = DocumentSyntax(source: source)
  }

  /// Whether a fence's first word begins a declaration in Chinese.
  static func reads(_ text: String) -> Bool {
    for line in text.split(whereSeparator: \.isNewline) {
      let rest = line.drop { $0 == " " || $0 == "\t" || $0 == "　" || $0 == "\u{FEFF}" }
      if rest.isEmpty || rest.first == "#" || rest.first == "＃" { continue }
      return ChineseWords.declarations.keys.contains { rest.hasPrefix($0) }
    }
    return false
  }

  mutating func run() {
    var lexer = ChineseLexer(names: names, source: source)
    let lines = lexer.lines(text, firstLine: firstLine).map { line in
      ChineseLine(
        indent: line.indent, tokens: Self.withSigns(line.tokens), number: line.number, characters: line.characters)
    }
    diagnostics += lexer.diagnostics
    for declaration in Self.declarations(lines) { read(declaration) }
  }

  // MARK: Lines

  /// The declarations of some lines: what stands at the margin begins one.
  static func declarations(_ lines: [ChineseLine]) -> [ChineseDeclaration] {
    var out: [ChineseDeclaration] = []
    guard let margin = lines.map(\.indent).min() else { return [] }
    var inner: Int?
    for line in lines {
      if line.indent == margin || out.isEmpty {
        out.append(ChineseDeclaration(head: clause(line)))
        inner = nil
        continue
      }
      var declaration = out.removeLast()
      defer { out.append(declaration) }
      guard declaration.hasClauses else {
        declaration.head.add(line)
        continue
      }
      let depth = inner ?? line.indent
      inner = depth
      // What is taken back may stand deeper than the payment, as in English.
      let isRecovery =
        line.tokens.first?.sort == .word("追回") && ["付给", "追回"].contains(declaration.clauses.last?.word ?? "")
      if line.indent <= depth || isRecovery {
        declaration.clauses.append(clause(line))
      } else if var last = declaration.clauses.popLast() {
        last.add(line)
        declaration.clauses.append(last)
      }
    }
    return out
  }

  private static func clause(_ line: ChineseLine) -> ChineseClause {
    ChineseClause(tokens: line.tokens, column: line.indent + 1, lines: line.number...line.number)
  }

  // MARK: Looking

  var token: ChineseToken? { index < tokens.count ? tokens[index] : nil }
  var isAtEnd: Bool { index >= tokens.count }

  func isWord(_ word: String, after steps: Int = 0) -> Bool {
    guard index + steps < tokens.count else { return false }
    let sort = tokens[index + steps].sort
    // A measure may be called as the language says it: 先到先得.
    return sort == .word(word) || sort == .name(word)
  }

  func isName(_ name: String) -> Bool { token?.sort == .name(name) }

  mutating func take(_ word: String) -> Bool {
    guard isWord(word) || isName(word) else { return false }
    index += 1
    return true
  }

  /// A word with the comma that may stand before it.
  mutating func takeAfterComma(_ words: String...) -> Bool {
    for word in words {
      if isWord(word) {
        index += 1
        return true
      }
      if isWord("，"), isWord(word, after: 1) {
        index += 2
        return true
      }
    }
    return false
  }

  mutating func expect(_ word: String) throws(Lost) {
    if !take(word) { throw fail(.word(word)) }
  }

  // MARK: Names and texts

  func location(of token: ChineseToken) -> SourceRange {
    SourceRange(
      source: source, start: Position(line: token.line, column: token.column),
      end: Position(line: token.line, column: token.endColumn))
  }

  /// From a token up to the last one taken.
  func location(since start: Int) -> SourceRange {
    guard start < tokens.count else {
      let last = tokens.last.map { location(of: $0) }
      return last ?? SourceRange(source: source, start: Position(line: 1, column: 1), end: Position(line: 1, column: 1))
    }
    let (first, last) = (tokens[start], tokens[max(start, min(index, tokens.count) - 1)])
    return SourceRange(
      source: source, start: Position(line: first.line, column: first.column),
      end: Position(line: last.line, column: last.endColumn))
  }

  mutating func name(_ wanted: Wanted = .name) throws(Lost) -> Name {
    guard let token else { throw fail(wanted) }
    switch token.sort {
    case .name(let text):
      index += 1
      return Name(text, at: location(of: token))
    case .word, .number, .date, .monthDay, .text, .id, .place, .unknown: throw fail(wanted)
    }
  }

  /// A name that may hold dashes where no spaces stand: `changle-2022`.
  mutating func longName() throws(Lost) -> Name {
    let start = index
    let first = try name()
    while isWord("-"), index + 1 < tokens.count, isJoined(index), isJoined(index + 1) { index += 2 }
    if index == start + 1 { return first }
    return Name(written(tokens[start], tokens[index - 1]), at: location(since: start))
  }

  /// Whether a token stands right behind the one before it.
  private func isJoined(_ i: Int) -> Bool {
    tokens[i - 1].line == tokens[i].line && tokens[i - 1].endColumn == tokens[i].column
  }

  /// A name that is declared: `首次标准〔rate_3m〕`, or one alone, which then is the id.
  mutating func named(_ wanted: Wanted = .name) throws(Lost) -> Name {
    let name = try name(wanted)
    guard case .id(let id)? = token?.sort else { return name }
    index += 1
    return Name(id, at: name.location, zh: name.text)
  }

  mutating func string() throws(Lost) -> String {
    guard case .text(let text)? = token?.sort else { throw fail(.text) }
    index += 1
    return text
  }

  /// `“中文” en “English”`, or one text for both.
  mutating func wording() throws(Lost) -> Wording {
    let first = try string()
    if take("en") { return Wording(try string(), zh: first) }
    return .same(first)
  }

  mutating func optionalWording() throws(Lost) -> Wording? {
    if case .text? = token?.sort { return try wording() }
    return nil
  }

  // MARK: Telling

  /// What stands here is not what was wanted.
  mutating func fail(_ wanted: Wanted) -> Lost {
    guard let token else {
      let end = tokens.last.map { location(of: $0).end } ?? Position(line: 1, column: 1)
      diagnostics.append(
        SyntaxMistake.expected(
          wanted, found: Text("the end of the clause", zh: "子句的结尾"), question: note, model: model
        ).diagnostic(at: SourceRange(source: source, start: end, end: end)))
      return Lost()
    }
    let (found, question) = shown(token)
    diagnostics.append(
      SyntaxMistake.expected(wanted, found: found, question: question ?? note, model: model).diagnostic(
        at: location(of: token))
    )
    return Lost()
  }

  /// Something is left that the clause has no use for.
  mutating func leftover() {
    guard let token else { return }
    let (found, question) = shown(token)
    diagnostics.append(
      SyntaxMistake.leftover(found: found, question: question, model: model).diagnostic(at: location(of: token)))
  }

  private func shown(_ token: ChineseToken) -> (Text, Text?) {
    switch token.sort {
    case .unknown(let text):
      let shown = Visible.text(String(text.prefix(30)))
      return (
        Text("`\(shown)`, which is no name and no word here", zh: " `\(shown)`，不认识"),
        Nearest.question(for: text, among: offered) ?? undeclaredFact(text)
      )
    case .word(let text), .name(let text), .text(let text), .id(let text), .place(let text):
      return (.same(" `\(Visible.text(String(text.prefix(30))))`"), nil)
    case .number(let digits, _): return (Text("the number `\(digits)`", zh: "数字 `\(digits)`"), nil)
    case .date(let day): return (Text("the date `\(day)`", zh: "日期 `\(day)`"), nil)
    case .monthDay(let month, let day): return (.same(" `\(month)月\(day)日`"), nil)
    }
  }

  /// The names that may have been meant where the parser stands: choices, places and types of facts only behind what
  /// they can follow.
  private var offered: [String] {
    guard index > 0, case .word(let before) = tokens[index - 1].sort else { return names.offered(behind: nil) }
    return names.offered(behind: before)
  }

  /// What stands in a clause of which no line serves for all measures.
  private var note: Text? {
    guard model == nil, case .word(let word)? = tokens.first?.sort else { return nil }
    return Self.notes[word]
  }

  private static let notes = [
    "次序": Text("Name the day or the figure that says who comes first.", zh: "请写决定先后的日期或数值的名称，后接“先后”。")
  ]

  /// A line as it should look.
  private var model: String? {
    guard case .word(let word)? = tokens.first?.sort else { return nil }
    let own = frameRecord.flatMap { ExampleLines.chinese(word, of: $0, day: document.header.sampleDay) }
    return own ?? Self.models[word]
  }

  private static let models = [
    "措施": "措施 机构奖励〔agency_reward〕", "参数": "参数 起奖人数〔threshold〕＝100人，不少于0 “一年内须稳定就业的人数”",
    "定义": "定义 本区〔in_home〕（该地〔p〕：地区）＝该地属于本地区", "凡": "凡核算日不早于2026年1月1日的",
    "对每": "对每家机构，每个年度", "计": "计 达标人员＝该机构的录用人员，其中稳定就业满3个月的，于满3个月之日计入",
    "要求": "要求：达标人员数不少于起奖人数", "付给": "付给该机构：达标人员每人300元", "口径": "口径 计奖范围 “为哪些人计奖？”",
    "引用标准": "引用标准 月最低工资〔minimum_wage〕，单位元 “当地月最低工资标准” 依据 “本省通知”",
    "施行期限": "施行期限 自2022年1月28日至2023年12月31日", "应当": "应当：互通记录数不少于2",
    "已知": "已知 2名录用人员 h：就业单位 e，参保日期 2026-03-01", "结果": "结果 机构奖励 600元",
    "标准表": "标准表 奖励标准〔reward〕（人数〔n〕：数），单位元/人，各行另起一行，如 不超过30：500元",
    "资金来源": "资金来源 就业补助资金60%、其余区级财政",
    "限额": "限额 共不超过6万元", "合并限额": "合并限额 单家企业〔firm〕", "涉及": "涉及 吸纳补贴、见习补贴",
    "追回": "追回 已付×50%，于离职日期计为应退，限离职日期早于参保日期＋12个月的", "货币": "货币 美元",
    "缺省": "缺省 起算方法为参保月份 “原文按参保月数”", "名额": "名额 共限100人", "条款": "条款 “三（二）”", "名称": "名称 “机构奖励”",
  ]
}

extension ChineseClause {
  /// A deeper line: a choice of a reading, or more of the clause.
  mutating func add(_ line: ChineseLine) {
    lines = lines.lowerBound...line.number
    if tokens.first?.sort == .word("标准表") {
      row(line)
    } else if tokens.first?.sort == .word("口径") {
      if let first = line.tokens.first, case .text = first.sort, var last = choices.popLast() {
        last += line.tokens
        choices.append(last)
      } else {
        choices.append(line.tokens)
      }
    } else {
      tokens += line.tokens
    }
  }

  /// A row of a table: on a line of its own, with what stands deeper than the first.
  private mutating func row(_ line: ChineseLine) {
    guard let begin = line.tokens.first else { return }
    let isMore = choices.first?.first.map { begin.column > $0.column } ?? false
    if choices.isEmpty, begin.isText || begin.sort == .word("依据") || begin.sort == .word("单位") {
      tokens += line.tokens
    } else if isMore, var last = choices.popLast() {
      last += line.tokens
      choices.append(last)
    } else {
      choices.append(line.tokens)
    }
  }

  /// The word that it begins with, also where something is called so: nothing else can begin a clause.
  var word: String? {
    switch tokens.first?.sort {
    case .word(let word): word
    case .name(let name) where ChineseWords.all.contains(name): name
    case .name, .number, .date, .monthDay, .text, .id, .place, .unknown, nil: nil
    }
  }
}

extension ChineseDeclaration {
  var kind: DeclarationWord? { head.word.flatMap { ChineseWords.declarations[$0] } }

  /// Whether deeper lines are clauses of their own.
  var hasClauses: Bool {
    switch kind {
    case .document, .list, .measure, .duty, .note, .example, .limit: true
    case .value, .define, .reading, .param, .table, nil: false
    }
  }
}

extension ChineseParser {
  /// The text from one token to another of the same clause, lines joined by a space.
  func written(_ first: ChineseToken, _ last: ChineseToken) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var out: [String] = []
    for number in first.line...max(first.line, last.line) where lines.indices.contains(number - firstLine) {
      var line = Array(lines[number - firstLine]).filter { $0 != "\r" }
      if number == last.line { line = Array(line.prefix(last.endColumn - 1)) }
      if number == first.line { line = Array(line.dropFirst(first.column - 1)) }
      out.append(String(line.drop { $0 == " " }))
    }
    return out.joined(separator: " ")
  }

  /// Whole lines of the fence.
  func source(of range: ClosedRange<Int>) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return range.compactMap { lines.indices.contains($0 - firstLine) ? String(lines[$0 - firstLine]) : nil }
      .joined(separator: "\n").replacing("\r", with: "")
  }
}
