// What a statement answers, as a record like every other: columns by the names that were asked for, typed where a
// column
// of a table stands behind them.

import Answers
import Databases
import Diagnostics
import Reckoning
import View

struct QueryAnswer: Sendable {
  /// More values than this are not kept.
  static let mostValues = 6_000_000
  /// So many rows people see.
  private static let shown = 60

  private let result: QueryResult
  private let statement: String
  private let columns: [Column]
  /// What held in the runs that it reads, and is not what the documents say.
  private let settings: [[Span]]

  /// A column of the answer.
  private struct Column: Sendable {
    let key: String
    let title: Text
    let type: DatumType
  }

  /// - Parameter columns: those of the tables that the statement reads, for their names in both languages.
  init(
    _ result: QueryResult, statement: String, columns known: [QuerySourceColumn], settings: [[Span]] = []
  ) {
    self.result = result
    self.settings = settings
    self.statement = statement
    var keys: Set<String> = []
    columns = result.columns.enumerated().map { number, column in
      var key = column.name
      var repeated = 1
      while !keys.insert(key).inserted {
        repeated += 1
        key = "\(column.name)_\(repeated)"
      }
      let words = known.first { $0.column.name == column.name || $0.column.chinese == column.name }
      let title = words.map { Text($0.column.name, zh: $0.column.chinese) } ?? .same(column.name)
      return Column(key: key, title: title, type: QueryAnswer.type(of: number, column.type, in: result))
    }
  }

  /// A column's type: what a table says of it, where every value bears it out, else what all of its values are.
  private static func type(of column: Int, _ declared: QueryType?, in result: QueryResult) -> DatumType {
    var (integers, reals, texts, fen) = (0, 0, 0, 0)
    for row in 0..<result.count {
      switch result[row, column] {
      case .none: continue
      case .integer(let value):
        integers += 1
        if value.magnitude < 1 << 45 { fen += 1 }
      case .real(let value):
        reals += 1
        if QueryAnswer.fen(value) != nil { fen += 1 }
      case .text: texts += 1
      }
    }
    if texts > 0 { return integers + reals > 0 ? .mixed : declared == .date ? .date : .id }
    switch declared {
    case .money where fen == integers + reals: return .money
    case .flag where reals == 0: return .flag
    case .date where integers + reals == 0: return .date
    case .text where integers + reals == 0: return .id
    case .money, .flag, .date, .text, .integer, .decimal, nil: break
    }
    return reals > 0 ? .decimal : integers > 0 || declared == .integer ? .count : declared == nil ? .id : .decimal
  }

  /// The whole fen behind a number of yuan; nil where it is none.
  private static func fen(_ yuan: Double) -> Int64? {
    let scaled = (yuan * 100).rounded()
    guard scaled.magnitude < 4_503_599_627_370_496, scaled / 100 == yuan else { return nil }
    return Int64(scaled)
  }

  private func datum(_ row: Int, _ column: Int) -> Datum {
    let type = columns[column].type
    switch result[row, column] {
    case .none: return .none
    case .integer(let value):
      if type == .money { return .money(fen: value * 100) }
      if type == .flag, value == 0 || value == 1 { return .flag(value == 1) }
      if type == .decimal { return .decimal(String(value)) }
      return .count(value)
    case .real(let value):
      if type == .money, let fen = QueryAnswer.fen(value) { return .money(fen: fen) }
      return .decimal(QueryAnswer.decimal(value))
    case .text(let text): return type == .date ? .date(text) : .id(text)
    }
  }

  /// Fifteen digits, which is what a double holds of a decimal, and no more than are needed.
  static func decimal(_ value: Double) -> String {
    let short = value.description
    let digits = short.utf8.count { (0x30...0x39).contains($0) }
    let rounded = digits > 15 && !short.contains("e") ? QueryAnswer.rounded(value) : short
    return rounded.hasSuffix(".0") ? String(rounded.dropLast(2)) : rounded
  }

  private static func rounded(_ value: Double) -> String {
    let whole = String(Int64(exactly: value.rounded(.towardZero)).map { $0.magnitude } ?? 0).utf8.count
    var places = max(0, 15 - whole)
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    guard let scaled = Int64(exactly: (value * scale).rounded()) else { return value.description }
    var text = String(scaled.magnitude)
    while text.utf8.count <= places { text = "0" + text }
    var digits = Array(text)
    while places > 0, digits.last == "0" {
      digits.removeLast()
      places -= 1
    }
    let sign = scaled < 0 ? "-" : ""
    guard places > 0 else { return sign + String(digits) }
    return sign + String(digits.dropLast(places)) + "." + String(digits.suffix(places))
  }

  // MARK: Answer

  var answer: Answer {
    var body = AnswerBody(blocks: settings.map { .paragraph($0) })
    var seen = relation
    if result.count > QueryAnswer.shown {
      let whole = relation
      seen.cut = Relation.Cut(QueryAnswer.shown)
      seen.whole = { whole }
    }
    if result.count == 0 {
      body.append(.note(.note, [Span(Text("No rows.", zh: "没有符合条件的行。"))]))
    }
    body.append(seen)
    if result.count > QueryAnswer.shown {
      let (some, all) = (Figures.integer(Int64(QueryAnswer.shown)), Figures.integer(Int64(result.count)))
      body.append(
        .note(.warning, [Span(Text("the first \(some) of \(all) are shown.", zh: "共 \(all) 行，仅列前 \(some) 行。"))]))
    }
    var answer = Answer(body, records: [record])
    answer.chart = chart
    return answer
  }

  private var relation: Relation {
    let all = columns.indices.map { number -> AnswerColumn<Int> in
      let column = columns[number]
      let importance: Table.Importance = number < 2 ? .essential : number < 6 ? .important : .useful
      return AnswerColumn<Int>(column.type, column.key, column.title, importance) { datum($0, number) }
        .faces([.json, .csv])
    }
    var relation = Relation(count: result.count, all) { $0 }
    relation.records = .programs
    return relation
  }

  private var record: Record {
    Record(
      kind: "query",
      [
        "sql": .id(statement), "columns": .ids(columns.map(\.key)), "count": .count(result.count),
        "rows": .rows(relation),
      ])
  }

  /// The first figure by the first column, where there is one and few rows.
  private var chart: Chart? {
    guard columns.count > 1, (1...40).contains(result.count),
      let figure = columns.indices.dropFirst().first(where: {
        [.money, .count, .decimal].contains(columns[$0].type)
      })
    else { return nil }
    let bars = (0..<result.count).compactMap { row -> BarChart.Bar? in
      let value: ChartValue
      switch datum(row, figure) {
      case .money(let fen): value = .money(fen: fen)
      case .count(let count): value = .integer(count)
      case .decimal(let text): value = .number(Double(text) ?? .nan)
      default: return nil
      }
      return BarChart.Bar(name(row), value)
    }
    return .bars(BarChart(title: columns[figure].title, axis: columns[figure].title, bars: bars))
  }

  private func name(_ row: Int) -> Text {
    switch result[row, 0] {
    case .none: Text("none", zh: "无")
    case .integer(let value): .same(String(value))
    case .real(let value): .same(QueryAnswer.decimal(value))
    case .text(let text): .same(text)
    }
  }
}
