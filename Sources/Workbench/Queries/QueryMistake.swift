// What can be wrong with a statement, worded in both languages: SQLite's words for it are understood where they are
// about names, signs and functions, and given as they are where they are not.

import Commands
import Databases
import Diagnostics
import Sessions

/// What is wrong with a statement.
struct QueryMistake {
  private let failure: QueryFailure
  private let names: QueryNames

  init(failure: QueryFailure, names: QueryNames) {
    self.failure = failure
    self.names = names
  }

  func diagnostic(in statement: SQLStatement) -> Diagnostic {
    switch failure {
    case .interrupted: return Mistake.interrupted.diagnostic(at: nil)
    case .notReading:
      return .error(
        "sql-reads", Text("a statement here only reads", zh: "此处的语句只能读取"),
        hint: Text(
          "begin with `select` or `with`; answers are kept by `into FILE`", zh: "请以 SELECT 或 WITH 开头；结果用“存入 文件”保存"),
        at: statement.location)
    case .notOne(let offset):
      return .error(
        "sql-one",
        offset == nil
          ? Text("there is no statement", zh: "没有语句") : Text("another statement begins here", zh: "此处开始了另一条语句"),
        hint: Text("write one statement that begins with `select`", zh: "请写一条以 SELECT 开头的语句"),
        at: statement.location(offset.map { $0..<statement.text.utf8.count }))
    case .tooLarge(let limit):
      return .error(
        "sql-too-large",
        Text(
          "the answer has more than \(limit) values, which is more than is kept",
          zh: "结果超过 \(limit) 个值，无法全部保留"),
        hint: Text(
          "add `limit 1000`, or sums with `group by`; all payments: `payments into FILE.csv`",
          zh: "请加 LIMIT 1000，或用 GROUP BY 汇总；全部明细：“明细 存入 文件.csv”"), at: statement.location)
    case .refused(let words, let offset):
      let said = Said(words)
      return .error(
        "sql", said.message, hint: hint(said), at: statement.location(place(said, offset, in: statement.text)))
    }
  }

  /// The word that is meant, at the offset or wherever it first stands.
  private func place(_ said: Said, _ offset: Int?, in text: String) -> Range<Int>? {
    let words = SQLText.words(of: text)
    if let offset, let word = words.first(where: { $0.range.contains(offset) }) { return word.range }
    guard let name = said.name?.split(separator: ".").last.map(String.init) else { return nil }
    return words.first { $0.text == name }?.range
  }

  private func hint(_ said: Said) -> Text {
    switch said {
    case .table(let name):
      let near = nearest(name, names.all.map(\.name))
      let (english, chinese) = (names.all.map(\.name.en), names.all.map(\.name.zh))
      return near
        ?? Text("tables: \(english.joined(separator: ", "))", zh: "可查的表：\(chinese.joined(separator: "、"))")
    case .column(let name):
      let bare = name.split(separator: ".").last.map(String.init) ?? name
      let near = nearest(bare, names.sources.flatMap { $0.columns.map(\.name) })
      let example = names.sources.first?.name ?? Text("payments", zh: "明细")
      return near
        ?? Text(
          "its columns: sql \"select * from columns where table_name = '\(example.en)'\"",
          zh: "查看各列：查询 \"SELECT * FROM 字段 WHERE 中文表名 = '\(example.zh)'\"")
    case .ambiguous: return Text("put the table's name before it: table.column", zh: "请在前面写明表名：表.列")
    case .sum: return Text("add fewer, or whole fen: sum(amount_fen)", zh: "请减少求和的行，或对分求和：SUM(金额分)")
    case .syntax, .unfinished, .token, .function, .arguments, .other:
      return Text(
        "for example: sql \"select measure, sum(amount) from payments group by measure\"",
        zh: "例如：查询 \"SELECT 措施名称, SUM(金额) AS 合计 FROM 明细 GROUP BY 措施名称\"")
    }
  }

  private func nearest(_ name: String, _ all: [Text]) -> Text? {
    let near = Nearest.names(to: name, among: all.flatMap { $0.en == $0.zh ? [$0.en] : [$0.en, $0.zh] })
    guard !near.isEmpty else { return nil }
    return Text("did you mean \(near.joined(separator: ", "))?", zh: "是否指 \(near.joined(separator: "、"))？")
  }
}

/// SQLite's words, understood.
private enum Said {
  case table(String)
  case column(String)
  case ambiguous(String)
  case syntax(String)
  case token(String)
  case unfinished
  case function(String)
  case arguments(String)
  case sum
  case other(String)

  init(_ words: String) {
    func behind(_ beginning: String) -> String? {
      words.hasPrefix(beginning) ? String(words.dropFirst(beginning.count)) : nil
    }
    func bare(_ name: String) -> String { String(name.drop { $0 == "\"" }.prefix { $0 != "\"" && $0 != "(" }) }
    if let name = behind("no such table: ") {
      self = .table(name)
    } else if let name = behind("no such column: ") {
      self = .column(name)
    } else if let name = behind("ambiguous column name: ") {
      self = .ambiguous(name)
    } else if let rest = behind("near \""), words.hasSuffix("syntax error") {
      self = .syntax(bare(rest))
    } else if let rest = behind("unrecognized token: ") {
      self = .token(bare(rest))
    } else if words == "incomplete input" {
      self = .unfinished
    } else if let name = behind("no such function: ") {
      self = .function(name)
    } else if let name = behind("wrong number of arguments to function ") {
      self = .arguments(bare(name))
    } else if words == "sum too large to be exact" || words == "integer overflow" {
      self = .sum
    } else {
      self = .other(words)
    }
  }

  var name: String? {
    switch self {
    case .table(let name), .column(let name), .ambiguous(let name), .syntax(let name), .token(let name),
      .function(let name), .arguments(let name):
      name
    case .unfinished, .sum, .other: nil
    }
  }

  var message: Text {
    switch self {
    case .table(let name): Text("there is no table `\(shown(name))`", zh: "没有表 `\(shown(name))`")
    case .column(let name): Text("there is no column `\(shown(name))`", zh: "没有列 `\(shown(name))`")
    case .ambiguous(let name): Text("several tables have a column `\(shown(name))`", zh: "多张表都有列 `\(shown(name))`")
    case .syntax(let name): Text("`\(shown(name))` is not understood here", zh: "此处无法理解 `\(shown(name))`")
    case .token(let name): Text("`\(shown(name))` is no word of SQL", zh: "`\(shown(name))` 不是SQL的写法")
    case .unfinished: Text("the statement breaks off", zh: "语句不完整")
    case .function(let name): Text("there is no function `\(shown(name))`", zh: "没有函数 `\(shown(name))`")
    case .arguments(let name):
      Text("`\(shown(name))` is given the wrong number of values", zh: "函数 `\(shown(name))` 的参数个数不对")
    case .sum: Text("the sum is too large to be exact", zh: "合计过大，无法精确表示")
    case .other(let words):
      Text("SQLite refuses the statement: \(shown(words))", zh: "该语句无法执行：`\(shown(words))`")
    }
  }
}
