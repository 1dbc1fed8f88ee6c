// `sql`: a statement over the payments, the facts and the results of the session.

import Answers
import Commands
import Databases
import Diagnostics
import Sessions

/// Asks in SQL.
struct SQLCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "sql",
    chinese: ["查询"],
    meaning: Text("ask in SQL, over payments, facts and results", zh: "用SQL查询明细、事实与结果"),
    usage: Text("sql \"SELECT\" [into FILE]", zh: "查询 \"SELECT 语句\" [存入 文件]"),
    more: Text(
      "Tables: payments and unpaid of the last run; every list of facts; results, and r1, r2, … for what they list; "
        + "columns says what the tables hold. Each also has its Chinese name, and under that Chinese words. "
        + "Amounts are yuan and their sums exact; "
        + "a name ending in _fen gives whole fen, one in _state whether a value is stated, none or unknown. "
        + "The text may have several lines. Only reading is possible.",
      zh: "可查的表：明细、未支付（上次测算），各事实清单，结果，以及 r1、r2 等各次结果所列内容；字段 表列明各表的列。每张表均有中英文两个名称，用中文名时措施、状态等也是中文。"
        + "金额以元计，求和精确到分；列名末尾加“分”取整数分，加“状态”取是否写明。语句可写多行，只能读取。"),
    group: .scenarios,
    options: [.settings, .mode],
    isDrawable: true,
    takesLongText: true)

  let statement: Written

  package init(from parser: inout StatementParser) throws(Misread) {
    guard parser.token.kind == .quoted else {
      let words =
        (parser.isAtEnd
        ? "" : CommandText.slice(parser.source.text, parser.token.start, parser.tokens.last?.end ?? parser.token.end))
        .replacing("\"", with: "'")
      let line = words.isEmpty ? nil : Text("sql \"\(words)\"", zh: "查询 \"\(words)\"")
      throw parser.fail(
        .missing(Text("a statement in quotation marks", zh: "引号内的语句"), usage: line ?? parser.usage))
    }
    statement = parser.written(parser.token)
    parser.index += 1
  }

  package func describe(to meaning: inout Meaning) { meaning.add("statement", statement) }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let statement = SQLStatement(statement)
    let sources = session.querySources
    let named = QueryNames(statement.text, sources)
    let database = Database()
    for source in named.sources { database.add(try source.make(session, command)) }
    let result: QueryResult
    do {
      result = try database.answer(
        statement.text, limit: QueryAnswer.mostValues, isCancelled: session.isCancelled, progress: session.progress)
    } catch {
      throw Refusal([QueryMistake(failure: error, names: named).diagnostic(in: statement)])
    }
    if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
    return QueryAnswer(
      result, statement: statement.text, columns: named.sources.flatMap(\.columns),
      settings: SettingsText.lines(session.grounds, session.library.places, tellsMode: true)
    ).answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    QueryWords.completions(position, after, in: session)
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text(
        "sql \"select measure, count(*), sum(amount) from payments group by measure\"",
        zh: "查询 \"SELECT 措施名称, COUNT(*) AS 笔数, SUM(金额) AS 合计 FROM 明细 GROUP BY 措施名称\"")
    ]
  }

  func next(in session: Desk) -> [Text] {
    [
      Text(
        "sql \"select table_name, count(*) from columns group by table_name\"",
        zh: "查询 \"SELECT 中文表名, COUNT(*) AS 列数 FROM 字段 GROUP BY 中文表名\"")
    ]
  }
}

/// A statement as it was typed, and where its letters stand.
struct SQLStatement {
  /// What SQLite is given: signs of full width outside of texts are plain.
  let text: String
  private let written: Written
  /// The offset in the typed text of each byte.
  private let places: [Int]

  init(_ written: Written) {
    self.written = written
    let bytes = Array(written.raw.utf8)
    var out: [UInt8] = []
    var places: [Int] = []
    var quote: UInt8?
    var at = 0
    while at < bytes.count {
      let start = at
      // What the quotation marks of the command ask for: \" and \\.
      if bytes[at] == 0x5C, at + 1 < bytes.count, [0x22, 0x27, 0x5C].contains(bytes[at + 1]) { at += 1 }
      if quote == nil, let plain = SQLStatement.plain(bytes, at) {
        out.append(plain)
        places.append(start)
        at += 3
        continue
      }
      let byte = bytes[at]
      if let open = quote {
        if byte == open { quote = nil }
      } else if [0x22, 0x27, 0x60].contains(byte) {
        quote = byte
      }
      out.append(byte)
      places.append(start)
      at += 1
    }
    text = String(decoding: out, as: UTF8.self)
    self.places = places
  }

  /// The plain form of `，（）；＝＜＞＊。` and their like.
  private static func plain(_ bytes: [UInt8], _ at: Int) -> UInt8? {
    guard at + 2 < bytes.count, bytes[at] == 0xEF else { return nil }
    switch (bytes[at + 1], bytes[at + 2]) {
    case (0xBC, 0x88...0x8F), (0xBC, 0x9B...0x9E): return bytes[at + 2] - 0x60
    default: return nil
    }
  }

  /// The whole statement's place.
  var location: SourceRange { written.location }

  /// The place of some bytes of the text; the whole statement where there are none.
  func location(_ range: Range<Int>?) -> SourceRange {
    guard let range, places.indices.contains(range.lowerBound) else { return location }
    let end = range.upperBound < places.count ? places[range.upperBound] : written.raw.utf8.count
    let start = position(places[range.lowerBound])
    return SourceRange(source: location.source, start: start, end: max(position(end), start))
  }

  /// Behind the opening quotation mark.
  private func position(_ offset: Int) -> Position {
    let head = CommandText.slice(written.raw, 0, offset)
    guard let feed = head.lastIndex(of: "\n") else {
      return Position(line: location.start.line, column: location.start.column + 1 + head.count)
    }
    return Position(
      line: location.start.line + head.utf8.count { $0 == 0x0A }, column: 1 + head[head.index(after: feed)...].count)
  }
}

/// The tables that a statement names.
struct QueryNames {
  /// Those that it names.
  let sources: [QuerySource]
  /// All that it might have named.
  let all: [QuerySource]

  init(_ text: String, _ all: [QuerySource]) {
    let words = Set(SQLText.words(of: text).filter { $0.kind != .other }.map { $0.text.lowercased() })
    self.all = all
    sources = all.filter { words.contains($0.name.en.lowercased()) || words.contains($0.name.zh.lowercased()) }
  }
}
