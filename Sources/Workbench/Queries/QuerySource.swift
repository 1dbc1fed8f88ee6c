// The tables that a statement may read, before any of them is made: their names in both languages and what their
// columns
// hold. Completion, mistakes and the table of columns read it; a table is made only when a statement names it.

import Commands
import Databases
import Diagnostics
import Sessions

/// A table that a statement may read.
struct QuerySource: Sendable {
  /// Its name, and that of its Chinese twin.
  let name: Text
  let title: Text
  let columns: [QuerySourceColumn]
  /// Makes it: a run may be needed for that.
  let make: @Sendable (Desk, Command) throws(Refusal) -> QueryTable
}

/// A column of such a table.
struct QuerySourceColumn: Sendable {
  let column: QueryColumn
  let title: Text

  init(_ name: String, zh chinese: String, _ type: QueryType, _ title: Text? = nil, isHidden: Bool = false) {
    column = QueryColumn(name, zh: chinese, type, isHidden: isHidden)
    self.title = title ?? Text(name, zh: chinese)
  }

  var name: Text { Text(column.name, zh: column.chinese) }
}

extension [QuerySourceColumn] {
  /// Without the columns whose name another one has already, in either language, and with an English name where only
  /// the Chinese one is taken.
  var named: [QuerySourceColumn] {
    var english: Set<String> = []
    var chinese: Set<String> = []
    return compactMap { column in
      let name = column.column.name
      guard english.insert(name.lowercased()).inserted else { return nil }
      let isFree = chinese.insert(column.column.chinese.lowercased()).inserted
      if !isFree { chinese.insert(name.lowercased()) }
      return QuerySourceColumn(
        name, zh: isFree ? column.column.chinese : name, column.column.type, column.title,
        isHidden: column.column.isHidden)
    }
  }
}

extension Desk {
  /// Every table that a statement may read now.
  var querySources: [QuerySource] {
    var sources = [PaymentTable.source, UnpaidTable.source, resultSource]
    sources += results.all.compactMap { result in
      resultTables[result.number].map { ResultTable.source(result, $0, language) }
    }
    let dictionary = state.scenario?.scenario.dataset.dictionary ?? library.dictionary
    let taken = Set(sources.map(\.name.en) + ["columns"])
    sources += dictionary.lists.map { list in
      FactQueryTable.source(list, as: taken.contains(list.name) ? list.name + "_facts" : list.name)
    }
    return sources + [ColumnTable.source(of: sources)]
  }

  /// The results as a table.
  private var resultSource: QuerySource {
    let columns = [
      QuerySourceColumn("result", zh: "结果", .text), QuerySourceColumn("command", zh: "命令", .text),
      QuerySourceColumn("programme", zh: "方案", .text), QuerySourceColumn("total", zh: "合计", .money),
      QuerySourceColumn("total_fen", zh: "合计分", .integer, isHidden: true),
      QuerySourceColumn("settings", zh: "设定", .text, Text("What differed from the documents", zh: "与文件不同的设定")),
    ]
    return QuerySource(
      name: Text("results", zh: "结果"), title: Text("Results of this session", zh: "本次会话的结果"), columns: columns
    ) { desk, _ in
      let all = desk.results.all
      let totals = all.map { $0.evidence.tally?.total ?? Int64.min }
      let settings = all.map { desk.changed($0.evidence) }
      return QueryTable(
        "results", zh: "结果", columns.map(\.column),
        parts: [
          (
            count: all.count,
            values: [
              .texts(all.map(\.name)), .texts(all.map(\.command.text)),
              .texts(all.map { $0.evidence.parts.first?.names.joined(separator: " + ") }),
              .numbers(totals, .scaled(100)), .numbers(totals, .integer),
              .texts(settings.map { $0?.en }).inChinese(.texts(settings.map { $0?.zh })),
            ]
          )
        ])
    }
  }
}

/// What the tables hold, as a table: their columns with types, units and titles.
enum ColumnTable {
  private static let columns = [
    QuerySourceColumn("table_name", zh: "表名", .text), QuerySourceColumn("column_name", zh: "列名", .text),
    QuerySourceColumn("type", zh: "类型", .text), QuerySourceColumn("unit", zh: "单位", .text),
    QuerySourceColumn("title", zh: "英文含义", .text), QuerySourceColumn("title_zh", zh: "中文含义", .text),
    QuerySourceColumn("table_zh", zh: "中文表名", .text), QuerySourceColumn("column_zh", zh: "中文列名", .text),
    QuerySourceColumn("hidden", zh: "须写列名", .flag),
  ]

  static func source(of sources: [QuerySource]) -> QuerySource {
    QuerySource(
      name: Text("columns", zh: "字段"), title: Text("The columns of all tables", zh: "各表的列"), columns: columns
    ) { _, _ in
      let all = sources.flatMap { source in source.columns.map { (source, $0) } }
      return QueryTable(
        "columns", zh: "字段", columns.map(\.column),
        parts: [
          (
            count: all.count,
            values: [
              .texts(all.map(\.0.name.en)), .texts(all.map(\.1.column.name)),
              .texts(all.map(\.1.column.type.rawValue)).inChinese(.texts(all.map { name(of: $0.1.column.type) })),
              .texts(all.map { unit(of: $0.1.column)?.en }).inChinese(.texts(all.map { unit(of: $0.1.column)?.zh })),
              .texts(all.map(\.1.title.en)), .texts(all.map(\.1.title.zh)), .texts(all.map(\.0.name.zh)),
              .texts(all.map(\.1.column.chinese)), .numbers(all.map { $0.1.column.isHidden ? 1 : 0 }, .integer),
            ]
          )
        ])
    }
  }

  private static func unit(of column: QueryColumn) -> Text? {
    if column.name.hasSuffix(MoneyColumns.fen) { return Text("fen", zh: "分") }
    return column.type == .money ? Text("yuan", zh: "元") : nil
  }

  private static func name(of type: QueryType) -> String {
    switch type {
    case .text: "文字"
    case .integer: "整数"
    case .flag: "是否"
    case .money: "金额"
    case .decimal: "小数"
    case .date: "日期"
    }
  }
}

/// Amounts come twice: as yuan, and hidden as whole fen.
enum MoneyColumns {
  /// What stands behind the name of the column of fen.
  static let fen = "_fen"
  static let fenInChinese = "分"
}
