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
      body.append(.heading(level: 2, [Span(list.record, .muted), .data(" "), .data(id, .title)]))
      let facts = list.fields.filter { $0.name != "id" }.map { field in
        (field: field, text: dataset.describe(list.name, row, field.name))
      }
      body.append(
        Relation(
          of: facts,
          [
            .words("fact", Text("Fact", zh: "事实"), .essential) { $0.field.words }.role(.keyword).forPeople(),
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
  static func declaration(_ list: ListDeclaration, _ dictionary: FactDictionary) -> Answer {
    let fields = Relation(
      of: list.fields,
      [
        .id("field", Text("Field", zh: "字段"), .essential) { $0.name }.shown { [Span($0.words, .keyword)] },
        .id("type", Text("Type", zh: "类型"), .important) { type($0.type) }.shown {
          [Span(words($0, dictionary), .muted)]
        },
        .words("absent", Text("If absent", zh: "未填时"), .useful) { absence($0.absence, list) }.forPeople(),
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

  /// A field's type as people read it.
  static func words(_ field: Field, _ dictionary: FactDictionary) -> Text {
    Text(type(field.type), zh: chinese(field.type, field.choices, dictionary))
  }

  private static func chinese(_ type: FieldType, _ choices: [Text], _ dictionary: FactDictionary) -> String {
    switch type {
    case .text: "文本"
    case .bool: "是否"
    case .int: "数"
    case .money: "金额"
    case .date: "日期"
    case .dateOrMonth: "日期或月份"
    case .dateOrYear: "日期或年份"
    case .place: "地区"
    case .county: "县（市、区）"
    case .area(.province): "省级"
    case .area(.prefecture): "市级"
    case .area(.county): "县（市、区）"
    case .figure(.decimal): "小数"
    case .figure(.share): "比例"
    case .figure(.amount(let currency)): "金额（\(currency.chinese)）"
    case .choice(let names): (choices.isEmpty ? names : choices.map(\.zh)).joined(separator: "、")
    case .reference(let name): dictionary.list(name).map { "引自\($0.words.zh)" } ?? "引用其他清单的记录"
    case .set(let member): "多项：" + chinese(member, choices, dictionary)
    }
  }

  private static func absence(_ absence: Field.Absence, _ list: ListDeclaration) -> Text {
    switch absence {
    case .required: Text("required", zh: "必填")
    case .none: Text("none", zh: "无")
    case .unknown: Text("not known", zh: "未填")
    case .value: Text("a default", zh: "缺省值")
    case .empty: Text("empty", zh: "空")
    case .field(let name): Text("as \(name)", zh: "同" + (list.field(name)?.words.zh ?? name))
    }
  }
}
