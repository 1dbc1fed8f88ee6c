// Records of a scenario: one with all its facts, or a list of them.

import Answers
import Diagnostics
import Facts
import View

enum RecordAnswer {
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
