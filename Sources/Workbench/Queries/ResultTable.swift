// What numbered results list, as tables for statements: the columns that programs read, with their values as they were.

import Answers
import Commands
import Databases
import Diagnostics
import Reckoning
import Sessions
import View

/// The list of a numbered result as a table.
enum ResultTable {
  /// The lists of so many results are kept, and of each so many rows.
  static let remembered = 100
  private static let mostRows = 20_000

  static func source(_ result: NumberedResult, _ table: QueryTable, _ language: Language) -> QuerySource {
    let command = result.command.text
    return QuerySource(
      name: .same(result.name), title: Text("What `\(command)` answered", zh: "“\(command)”的结果"),
      columns: table.columns.filter { $0.name != $0.chinese || !$0.isHidden }.map {
        QuerySourceColumn($0.name, zh: $0.chinese, $0.type, isHidden: $0.isHidden)
      }
    ) { desk, _ in
      for part in result.evidence.parts {
        let ground = part.ground
        let name = result.evidence.parts.count == 1 ? result.name : "\(result.name) \(ground.programme)"
        desk.rest(on: Ground(name, ground.inForce))
      }
      return table
    }
  }

  /// The first list that programs read of an answer; nil where there is none that is short enough to be kept.
  /// - Parameter language: Chinese answers list things by name, others by id.
  static func table(of answer: Answer, _ name: String, _ language: Language) -> QueryTable? {
    let told = answer.records.flatMap(\.members).compactMap { member -> Relation? in
      if case .rows(let relation) = member.value { relation } else { nil }
    }
    let seen = answer.body.parts.compactMap { part -> Relation? in
      if case .relation(let relation) = part { relation } else { nil }
    }
    for relation in told + seen where relation.count <= mostRows {
      let numbers = relation.columns(.json)
      guard !numbers.isEmpty else { continue }
      return table(of: relation, numbers, name, language)
    }
    return nil
  }

  private static func table(
    of relation: Relation, _ numbers: [Int], _ name: String, _ language: Language
  ) -> QueryTable {
    var columns: [QuerySourceColumn] = []
    var values: [QueryValues] = []
    for number in numbers {
      let head = relation.columns[number]
      let data = (0..<relation.count).map { row in
        language == .zh ? named(relation, row, number) : relation.datum(row, number)
      }
      let made = made(data, head.type)
      // `合计（元）`: the unit is told by the type.
      let chinese = String(head.title.zh.prefix { $0 != "（" })
      columns.append(QuerySourceColumn(head.key, zh: chinese, made.type, head.title))
      values.append(made.values)
      guard made.type == .money else { continue }
      let fen = QueryValues.numbers(data.map(fen), .integer)
      columns.append(
        QuerySourceColumn(
          head.key + MoneyColumns.fen, zh: chinese + MoneyColumns.fenInChinese, .integer, isHidden: true))
      values.append(fen)
    }
    let kept = columns.named
    let places = kept.compactMap { column in columns.firstIndex { $0.column.name == column.column.name } }
    var all = kept.map(\.column)
    var data = places.map { values[$0] }
    // A result has one name in both languages, so its one table has its columns under the names of both.
    var taken = Set(all.map { $0.name.lowercased() })
    for (place, column) in all.enumerated() where taken.insert(column.chinese.lowercased()).inserted {
      all.append(QueryColumn(column.chinese, zh: column.chinese, column.type, isHidden: true))
      data.append(data[place])
    }
    return QueryTable(name, zh: name, all, parts: [(count: relation.count, values: data)])
  }

  /// A value as a Chinese reader sees it, where it is a name or words.
  private static func named(_ relation: Relation, _ row: Int, _ column: Int) -> Datum {
    let datum = relation.datum(row, column)
    switch datum {
    case .words(let text): return .words(.same(text.zh))
    case .id:
      let shown = relation.shown(row, column)?.map(\.text.zh).joined() ?? ""
      return shown.isEmpty ? datum : .id(shown)
    case .none, .flag, .count, .money, .change, .decimal, .share, .date, .list, .record, .rows: return datum
    }
  }

  private static func made(_ data: [Datum], _ type: DatumType) -> (type: QueryType, values: QueryValues) {
    switch type {
    case .money, .change: return (.money, .numbers(data.map(fen), .scaled(100)))
    case .count: return (.integer, .numbers(data.map(count), .integer))
    case .flag: return (.flag, .numbers(data.map(flag), .integer))
    case .date: return (.date, .texts(data.map(text)))
    case .decimal, .share: return (.decimal, .reals(data.map { text($0).flatMap { Double($0) } }))
    case .words, .id, .list, .record, .rows, .mixed: return (.text, .texts(data.map(text)))
    }
  }

  private static func fen(_ datum: Datum) -> Int64 {
    switch datum {
    case .money(let fen), .change(let fen): fen
    case .none, .words, .id, .flag, .count, .decimal, .share, .date, .list, .record, .rows: Int64.min + 1
    }
  }

  private static func count(_ datum: Datum) -> Int64 {
    if case .count(let value) = datum { value } else { Int64.min + 1 }
  }

  private static func flag(_ datum: Datum) -> UInt8 {
    if case .flag(let holds) = datum { holds ? 1 : 0 } else { 2 }
  }

  /// A value as a text: lists with commas, records as programs read them.
  private static func text(_ datum: Datum) -> String? {
    switch datum {
    case .none: nil
    case .words(let text): text.en
    case .id(let name): name
    case .flag(let holds): holds ? "true" : "false"
    case .count(let value): String(value)
    case .money(let fen), .change(let fen): Money(fen: fen).plain
    case .decimal(let text): text
    case .share(let share): Decimals.text(share.parts, scale: 8, keep: 0)
    case .date(let text): text
    case .list(let items): items.compactMap(text).joined(separator: ", ")
    case .record(let record): JSONValue(record).line
    case .rows(let relation): JSONValue(relation).line
    }
  }
}
