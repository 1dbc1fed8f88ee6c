// Records of a scenario: one with all its facts, or a list of them.

import Commands
import Diagnostics
import Facts
import View

enum RecordView {
  /// How many records a list shows.
  static let limit = 60

  /// One id may stand in several lists.
  static func answer(_ records: [(table: FactTable, row: Int)], of dataset: Dataset) -> Answer {
    var document = Document()
    var json: [JSONValue] = []
    for (table, row) in records {
      let list = table.declaration
      let id = table.ids?.text(row) ?? ""
      document.append(.heading(level: 2, [.data(list.singular + " ", .muted), .data(id, .title)]))
      var rows: [Table.Row] = []
      var members: [JSONValue.Member] = [
        .init("kind", "record"), .init("list", .string(list.name)), .init("id", .string(id)),
      ]
      for field in list.fields where field.name != "id" {
        let text = dataset.describe(list.name, row, field.name)
        rows.append(Table.Row([.data(field.name, .keyword), .text(text), .text(field.meaning, .muted)]))
        members.append(.init(field.name, .string(text.en)))
      }
      document.append(
        .table(
          Table(
            columns: [
              Table.Column(Text("Fact", zh: "事实"), .left, .essential, key: "fact"),
              Table.Column(Text("Value", zh: "值"), .left, .essential, key: "value"),
              Table.Column(Text("Meaning", zh: "含义"), .left, .incidental, key: "meaning"),
            ], rows: rows)))
      if let location = table.origin(row), let source = location.source {
        document.append(
          .paragraph([Span("Stated in ", zh: "见 ", .muted), .data("\(source.name):\(location.start.line)", .muted)]))
      }
      json.append(.object(members))
    }
    return Answer(document, objects: json)
  }

  /// The first records of a list; columns that say the same for all are left out.
  static func list(_ table: FactTable, of dataset: Dataset) -> Answer {
    let list = table.declaration
    let shown = min(table.count, limit)
    var columns: [Table.Column] = []
    var cells: [[Cell]] = Array(repeating: [], count: shown)
    if list.hasID {
      columns.append(Table.Column(.same("id"), .left, .essential, key: "id"))
      for row in 0..<shown { cells[row].append(.data(table.ids?.text(row) ?? "", .name)) }
    }
    for field in list.fields where field.name != "id" {
      let texts = (0..<shown).map { dataset.describe(list.name, $0, field.name) }
      guard Set(texts).count > 1 || shown == 1 else { continue }
      columns.append(
        Table.Column(.same(field.name), .left, columns.count < 5 ? .important : .incidental, key: field.name))
      for row in 0..<shown { cells[row].append(.text(texts[row])) }
    }
    var document = Document([.table(Table(title: list.title, columns: columns, rows: cells.map { Table.Row($0) }))])
    if table.count > shown {
      document.append(
        .note(
          .warning,
          [
            Span(
              Text(
                "the first \(shown) of \(Figures.integer(Int64(table.count))) are shown.",
                zh: "共 \(Figures.integer(Int64(table.count))) 条，仅列前 \(shown) 条。"))
          ]))
    }
    let ids = (0..<shown).map { table.ids?.text($0) ?? String($0 + 1) }
    return Answer(
      document,
      json: [["kind": "list", "what": .string(list.name), "count": .int(Int64(table.count)), "items": .strings(ids)]])
  }

  /// What a scenario may state in a list.
  static func declaration(_ list: ListDeclaration) -> Answer {
    let rows = list.fields.map { field in
      Table.Row([
        .data(field.name, .keyword), .data(type(field.type), .muted), .text(absence(field.absence)),
        .spans(.joined(field.labels.map { [.data($0)] })), .text(field.meaning),
      ])
    }
    let fields: [JSONValue] = list.fields.map {
      ["field": .string($0.name), "type": .string(type($0.type)), "meaning": .string($0.meaning.en)]
    }
    return Answer(
      Document([
        .heading(level: 2, [Span(list.title, .title)]),
        .table(
          Table(
            columns: [
              Table.Column(Text("Field", zh: "字段"), .left, .essential, key: "field"),
              Table.Column(Text("Type", zh: "类型"), .left, .important, key: "type"),
              Table.Column(Text("If absent", zh: "未填时"), .left, .useful, key: "absent"),
              Table.Column(Text("In Chinese", zh: "中文列名"), .left, .incidental, key: "labels"),
              Table.Column(Text("Meaning", zh: "含义"), .left, .useful, key: "meaning"),
            ], rows: rows)),
      ]), json: [["kind": "facts", "list": .string(list.name), "fields": .array(fields)]])
  }

  /// A field's type in words.
  static func type(_ type: FieldType) -> String {
    switch type {
    case .text: "text"
    case .bool: "bool"
    case .int: "number"
    case .money: "money"
    case .date: "date"
    case .dateOrMonth: "date or month"
    case .dateOrYear: "date or year"
    case .place: "place"
    case .county: "county"
    case .choice(let names): names.joined(separator: " | ")
    case .reference(let list): "one of " + list
    case .set(let member): "set of " + self.type(member)
    }
  }

  private static func absence(_ absence: Field.Absence) -> Text {
    switch absence {
    case .required: Text("required", zh: "必填")
    case .none: Text("none", zh: "无")
    case .unknown: Text("not known", zh: "不知道")
    case .value: Text("a default", zh: "缺省值")
    case .empty: Text("empty", zh: "空")
    case .field(let name): Text("as \(name)", zh: "同 \(name)")
    }
  }
}
