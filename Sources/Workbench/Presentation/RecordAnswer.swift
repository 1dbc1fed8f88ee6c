// Records of a scenario: one with all its facts, or a list of them.

import Answers
import Diagnostics
import Facts
import View

enum RecordAnswer {
  /// How many records a list shows.
  static let limit = 60

  /// One id may stand in several lists.
  static func answer(_ records: [(table: FactTable, row: Int)], of dataset: Dataset) -> Answer {
    var body = AnswerBody()
    var told: [Record] = []
    for (table, row) in records {
      let list = table.declaration
      let id = table.ids?.text(row) ?? ""
      body.append(.heading(level: 2, [.data(list.singular + " ", .muted), .data(id, .title)]))
      let facts = list.fields.filter { $0.name != "id" }.map { field in
        (field: field, text: dataset.describe(list.name, row, field.name))
      }
      body.append(
        Relation(
          of: facts,
          [
            .id("fact", Text("Fact", zh: "事实"), .essential) { $0.field.name }.role(.keyword).forPeople(),
            .words("value", Text("Value", zh: "值"), .essential) { $0.text }.forPeople(),
            .words("meaning", Text("Meaning", zh: "含义"), .incidental) { $0.field.meaning }.role(.muted).forPeople(),
          ]))
      if let location = table.origin(row), let source = location.source {
        body.append(
          .paragraph([Span("Stated in ", zh: "见 ", .muted), .data("\(source.name):\(location.start.line)", .muted)]))
      }
      // Programs find each fact under its own name.
      var record = Record(kind: "record", ["list": .id(list.name), "id": .id(id)])
      for fact in facts { record.add(fact.field.name, .words(fact.text)) }
      told.append(record)
    }
    let all = told
    return Answer(body, records: all)
  }

  /// The first records of a list; columns that say the same for all are left out.
  static func list(_ table: FactTable, of dataset: Dataset) -> Answer {
    let list = table.declaration
    let shown = min(table.count, limit)
    let ids = (0..<shown).map { table.ids?.text($0) ?? String($0 + 1) }
    var columns: [AnswerColumn<Int>] = []
    if list.hasID {
      let own = (0..<shown).map { table.ids?.text($0) ?? "" }
      columns.append(.id("id", .same("id"), .essential) { own[$0] }.role(.name))
    }
    for field in list.fields where field.name != "id" {
      let texts = (0..<shown).map { dataset.describe(list.name, $0, field.name) }
      guard Set(texts).count > 1 || shown == 1 else { continue }
      columns.append(.words(field.name, .same(field.name), columns.count < 5 ? .important : .incidental) { texts[$0] })
    }
    var body: AnswerBody = [.relation(Relation(title: list.title, of: Array(0..<shown), columns))]
    if table.count > shown {
      body.append(
        .note(
          .warning,
          [
            Span(
              Text(
                "the first \(shown) of \(Figures.integer(Int64(table.count))) are shown.",
                zh: "共 \(Figures.integer(Int64(table.count))) 条，仅列前 \(shown) 条。"))
          ]))
    }
    return Answer(
      body,
      records: [Record(kind: "list", ["what": .id(list.name), "count": .count(table.count), "items": .ids(ids)])])
  }

  /// What a scenario may state in a list.
  static func declaration(_ list: ListDeclaration) -> Answer {
    let fields = Relation(
      of: list.fields,
      [
        .id("field", Text("Field", zh: "字段"), .essential) { $0.name }.role(.keyword),
        .id("type", Text("Type", zh: "类型"), .important) { type($0.type) }.role(.muted),
        .words("absent", Text("If absent", zh: "未填时"), .useful) { absence($0.absence) }.forPeople(),
        .ids("labels", Text("In Chinese", zh: "中文列名"), .incidental) { $0.labels }.forPeople(),
        .words("meaning", Text("Meaning", zh: "含义"), .useful) { $0.meaning },
      ])
    return Answer(
      [.block(.heading(level: 2, [Span(list.title, .title)])), .relation(fields)],
      records: [Record(kind: "facts", ["list": .id(list.name), "fields": .rows(fields)])])
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
    case .area(let level): level.words.en
    case .figure(.decimal): "decimal"
    case .figure(.share): "share"
    case .figure(.amount(let currency)): "money (\(currency.word))"
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
