// What the records of a list state, field by field, and below it what looks wrong.

import Answers
import Diagnostics
import Facts
import Reports
import View

struct DescribeAnswer: Sendable {
  private let found: FoundRecords
  private let fields: [FieldSummary]

  init(_ found: FoundRecords, _ fields: [FieldSummary]) {
    self.found = found
    self.fields = fields
  }

  var answer: Answer {
    let list = found.list
    var body = AnswerBody(
      blocks: [
        .heading(level: 2, [Span(list.title, .title)]),
        .paragraph(
          found.condition == nil
            ? [.number(Int64(found.count)), Span(" records.", zh: " 条记录。")]
            : [
              .number(Int64(found.count)), Span(" of ", zh: " 条，共 "), .number(Int64(found.table.count)),
              Span(" records.", zh: " 条记录。"),
            ]),
      ] + found.settings.map { .paragraph($0) })
    body.append(summaries)
    let wrong = suspicions
    if !wrong.isEmpty { body.append(suspicious(wrong)) }
    if fields.contains(where: { $0.stated == nil }) {
      body.append(
        .note(
          .note,
          [
            Span(
              "?: which records leave it out is not kept, since others state the very value that stands for it",
              zh: "？：另有记录填的就是默认值，因此不能区分哪些记录未填")
          ]))
    }
    if let open = FoundRecordsText.undecided(found) { body.append(.note(.note, open)) }
    return Answer(body, records: [record])
  }

  // MARK: Fields

  private var summaries: Relation {
    let (found, dataset) = (found, found.dataset)
    @Sendable func words(_ raw: Int64?, _ field: Field) -> Text? { raw.map { DescribeAnswer.words($0, field, found) } }
    let both: ColumnHead.Faces = [.json, .csv]
    var relation = Relation(
      of: fields, role: { $0.distinct == 0 ? .muted : nil },
      [
        .id("field", Text("Field", zh: "字段"), .essential) { $0.field.name }
          .shown { [Span($0.field.words, .name)] }.faces(both),
        .count("stated", Text("Stated", zh: "已填"), .essential) { $0.stated.map(Int64.init) }
          .shown { $0.stated == nil ? [Span("?", zh: "？", .muted)] : nil }.faces(both),
        .count("by_default", Text("By default", zh: "按默认"), .important) { $0.byDefault.map(Int64.init) }
          .shown { $0.byDefault == 0 ? [] : $0.byDefault == nil ? [Span("?", zh: "？", .muted)] : nil }.faces(both),
        .count("none", Text("None", zh: "无"), .useful) { Int64($0.none) }.shown { $0.none == 0 ? [] : nil }.faces(both),
        .count("unknown", Text("Not stated", zh: "未填"), .important) { Int64($0.unknown) }
          .shown { $0.unknown == 0 ? [] : nil }.faces(both),
        .count("distinct", Text("Different", zh: "不同值"), .important) { Int64($0.distinct) }.faces(both),
        .mixed("least", Text("Least", zh: "最小"), .useful) { DescribeAnswer.datum($0.least, $0.field, dataset) }
          .shown { words($0.least, $0.field).map { [Span($0)] } ?? [] }.faces(both),
        .mixed("greatest", Text("Greatest", zh: "最大"), .useful) { DescribeAnswer.datum($0.greatest, $0.field, dataset) }
          .shown { words($0.greatest, $0.field).map { [Span($0)] } ?? [] }.faces(both),
        .mixed("most_frequent", Text("Most frequent", zh: "最常见"), .important) {
          DescribeAnswer.datum($0.usual?.raw, $0.field, dataset)
        }
        .shown { summary in
          summary.usual.map { usual in
            [
              Span(DescribeAnswer.words(usual.raw, summary.field, found)),
              Span(" ×\(usual.count)", zh: "（\(usual.count)）", .muted),
            ]
          } ?? []
        }.faces(both),
        .count("times", Text("Times", zh: "次数")) { $0.usual.map { Int64($0.count) } }.faces(both),
        .count("suspicious", Text("Suspicious", zh: "可疑"), .important) {
          Int64($0.suspicions.reduce(0) { $0 + $1.count })
        }
        .shown { $0.suspicions.isEmpty ? [] : nil }.role(.warning).faces(both),
      ])
    relation.records = .programs
    return relation
  }

  /// The type of what is held: of sets, of their members.
  private static func type(_ field: Field) -> FieldType {
    if case .set(let member) = field.type { return member }
    return field.type
  }

  fileprivate static func words(_ raw: Int64, _ field: Field, _ found: FoundRecords) -> Text {
    if case .ownIDs? = found.table.columns[field.name]?.data { return .same(found.table.ids?.text(Int(raw)) ?? "") }
    // The id is enough: who it is can be shown.
    if case .reference(let list) = type(field) { return found.dataset.called(list, Int(raw)) }
    return found.dataset.describe(raw: raw, type(field))
  }

  private static func datum(_ raw: Int64?, _ field: Field, _ dataset: Dataset) -> Datum {
    raw.map { FactDatum.datum($0, type(field), dataset) } ?? .none
  }

  // MARK: What looks wrong

  private struct Wrong: Sendable {
    let field: Field
    let suspicion: FieldSuspicion
  }

  private var suspicions: [Wrong] {
    fields.flatMap { summary in summary.suspicions.map { Wrong(field: summary.field, suspicion: $0) } }
  }

  private func suspicious(_ wrong: [Wrong]) -> Relation {
    let found = found
    @Sendable func id(_ row: Int32) -> String { found.table.ids?.text(Int(row)) ?? String(row + 1) }
    return Relation(
      title: Text("What looks wrong", zh: "可疑值"), of: wrong,
      [
        .id("field", Text("Field", zh: "字段"), .essential) { $0.field.name }.shown { [Span($0.field.words, .name)] },
        .count("records", Text("Records", zh: "记录数"), .essential) { Int64($0.suspicion.count) },
        .words("what", Text("What", zh: "情形"), .essential) { $0.suspicion.what },
        .ids("first", Text("For example", zh: "例如"), .important) { $0.suspicion.rows.map(id) }
          .shown { one in
            .joined(
              one.suspicion.rows.map { row in
                let value = found.table.columns[one.field.name]?.raw(Int(row)).map {
                  DescribeAnswer.words($0, one.field, found)
                }
                return [.data(id(row), .name)]
                  + (value.map { [Span(Text(" \($0.en)", zh: " \($0.zh)"), .muted)] } ?? [])
              })
          },
      ])
  }

  private var record: Record {
    var record = Record(
      kind: "description",
      [
        "what": .id(found.list.name), "where": .id(found.condition), "count": .count(found.count),
        "of": .count(found.table.count), "fields": .rows(summaries), "suspicious": .rows(suspicious(suspicions)),
      ])
    FoundRecordsText.tellUndecided(found, in: &record)
    return record
  }
}

/// Facts as typed values.
enum FactDatum {
  /// What programs read of a value; none where there is none or nobody knows.
  static func datum(_ raw: Int64, _ type: FieldType, _ dataset: Dataset) -> Datum {
    switch type {
    case .bool: return raw == 2 ? .none : .flag(raw == 1)
    case .money: return raw == Absent.unknown64 || raw == Absent.none64 ? .none : .money(fen: raw)
    case .figure:
      return raw == Absent.unknown64 || raw == Absent.none64 ? .none : .id(dataset.describe(raw: raw, type).en)
    case .int, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .reference, .text, .set: break
    }
    guard raw != Int64(Absent.unknown32), raw != Int64(Absent.none32) else { return .none }
    switch type {
    case .int: return .count(raw)
    case .date, .dateOrMonth, .dateOrYear: return .date(dataset.describe(raw: raw, type).en)
    case .place, .county, .area:
      return .id(dataset.places.codes.indices.contains(Int(raw)) ? dataset.places.codes[Int(raw)].text : nil)
    case .reference(let list): return .id(dataset.describe(list, Int(raw), "id").en)
    case .text, .choice, .bool, .money, .figure, .set: return .id(dataset.describe(raw: raw, type).en)
    }
  }

  /// The column's type for such values.
  static func type(_ type: FieldType) -> DatumType {
    switch type {
    case .bool: .flag
    case .money: .money
    case .int: .count
    case .date, .dateOrMonth, .dateOrYear: .date
    case .text, .figure, .place, .county, .area, .choice, .reference: .id
    case .set: .list
    }
  }

  /// A field of a record.
  static func datum(_ field: Field, _ row: Int, of table: FactTable, in dataset: Dataset) -> Datum {
    guard let column = table.columns[field.name] else { return .none }
    if case .set(let member) = field.type {
      return .list(column.members(row).map { datum(Int64($0), member, dataset) })
    }
    if case .ownIDs = column.data { return .id(table.ids?.text(row)) }
    return column.raw(row).map { datum($0, field.type, dataset) } ?? .none
  }
}
