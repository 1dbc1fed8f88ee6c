// How many records there are: of how many, how many could not be decided, and by what they have in common.

import Answers
import Diagnostics
import Facts
import Reports
import View

struct CountAnswer: Sendable {
  private let found: FoundRecords
  private let keys: [GroupKey]
  private let counts: RecordCounts?

  /// - Parameter keys: what the records are grouped by; none: they are counted as a whole.
  init(_ found: FoundRecords, by keys: [GroupKey]) {
    self.found = found
    self.keys = keys
    counts = keys.isEmpty ? nil : RecordCounts(found.all, of: found.list, by: keys, in: found.dataset)
  }

  var answer: Answer {
    var body = AnswerBody(blocks: [.paragraph(sentence)] + found.settings.map { .paragraph($0) })
    if let groups { body.append(groups) }
    if let cross { body.append(cross.relation) }
    if let open = FoundRecordsText.undecided(found) { body.append(.note(.note, open)) }
    var answer = Answer(body, records: [record])
    answer.chart = chart
    return answer
  }

  private var sentence: [Span] {
    let list = found.list
    var line: [Span] = [
      Span("", zh: found.condition == nil ? "" : "符合条件的 "), .number(Int64(found.count)),
      Span(" ", zh: " \(list.chinese.classifier ?? "条")"),
      Span(found.count == 1 ? list.record : list.words, .name),
    ]
    if found.condition != nil {
      line += [
        Span(" of ", zh: "；全部 "), .number(Int64(found.table.count)),
        Span(".", zh: " \(list.chinese.classifier ?? "条")。"),
      ]
    } else {
      line.append(Span(".", zh: "。"))
    }
    return line
  }

  /// The groups; where two keys cross, for programs only.
  private var groups: Relation? {
    guard let counts else { return nil }
    let isCross = counts.cross != nil
    let total = max(found.count, 1)
    var columns: [AnswerColumn<RecordCounts.Group>] = [
      .id("group", keys[0].title, isCross ? nil : .essential) { $0.parts.first }
        .shown { [Span($0.title, .name)] }.faces([.json, .csv])
    ]
    if isCross { columns.append(.id("group_2", keys[1].title) { $0.parts.last }.faces([.json, .csv])) }
    columns += [
      .count("count", Text("Records", zh: "记录数"), isCross ? nil : .essential) { Int64($0.count) }.faces([.json, .csv]),
      AnswerColumn(.words, "share", Text("Share", zh: "占比"), isCross ? nil : .useful) {
        .words(.same(Figures.decimal((Double($0.count) * 1000 / Double(total)).rounded() / 10) + "%"))
      }.aligned(.right).forPeople(),
    ]
    var relation = Relation(of: counts.groups, columns)
    relation.records = .programs
    guard !isCross else { return relation }
    relation.footer = Relation.Line(
      [Span(Text("Total", zh: "合计"), .strong)], ["count": .count(found.count)], role: .strong)
    let limit = 60
    if counts.groups.count > limit {
      let folded = counts.groups.dropFirst(limit), last = folded.map(\.key).besides
      let more = folded.count - last
      relation.cut = Relation.Cut(
        limit, last: last,
        rest: more == 0
          ? nil
          : Relation.Line(
            [Span(Text("\(more) more", zh: "另有 \(more) 项"), .muted)],
            ["count": .count(folded.dropLast(last).reduce(0) { $0 + $1.count })]))
    }
    return relation
  }

  private var cross: CrossTable? {
    guard let cross = counts?.cross else { return nil }
    return CrossTable(
      rows: cross.rows.map { CrossTable.Line(key: $0.key, title: $0.title, sum: Int64($0.count)) },
      columns: cross.columns.map { CrossTable.Line(key: $0.key, title: $0.title, sum: Int64($0.count)) },
      cells: cross.cells.map { $0.map { $0 == 0 ? nil : Int64($0) } }, total: Int64(found.count),
      names: (keys[0].title, keys[1].title), currency: nil)
  }

  private var chart: Chart? {
    guard let counts, !counts.groups.isEmpty else { return nil }
    let groups = counts.cross?.rows ?? counts.groups
    return .bars(
      BarChart(
        ofMost: groups.map { BarChart.Bar($0.title, .integer(Int64($0.count))) },
        title: Text("Records", zh: "记录数"), axis: found.list.title))
  }

  private var record: Record {
    var record = Record(
      kind: "count",
      [
        "what": .id(found.list.name), "where": .id(found.condition), "count": .count(found.count),
        "of": .count(found.table.count),
      ])
    FoundRecordsText.tellUndecided(found, in: &record)
    if let groups {
      record.add("by", keys.count == 1 ? .id(keys[0].name) : .ids(keys.map(\.name)))
      record.add("groups", .rows(groups))
    }
    return record
  }
}

/// What is said of a search beside the records that it finds.
enum FoundRecordsText {
  /// Of how many it could not be decided, and for want of what.
  static func undecided(_ found: FoundRecords) -> [Span]? {
    guard !found.undecided.isEmpty else { return nil }
    let list = found.list
    let facts = found.facts.map { name in
      Text(name, zh: found.list.field(name)?.words.zh ?? found.dataset.dictionary.words(ofFact: name).zh)
    }
    var line: [Span] = [
      Span("not decided: ", zh: "无法判定："), .number(Int64(found.undecided.count)),
      Span(Text(" \(found.undecided.count == 1 ? list.singular : list.name)", zh: list.chinese.classifier ?? "条")),
    ]
    if !facts.isEmpty {
      line += [Span(", for want of ", zh: "，缺 ")] + .joined(facts.map { [Span($0, .keyword)] })
    }
    line += [Span(": ", zh: "：")] + .names(ids(found), of: found.undecided.count)
    return line
  }

  private static func ids(_ found: FoundRecords) -> [String] {
    found.undecided.prefix(5).map { found.table.ids?.text(Int($0)) ?? "\($0 + 1)" }
  }

  static func tellUndecided(_ found: FoundRecords, in record: inout Record) {
    guard found.condition != nil else { return }
    record.add(["undecided": .count(found.undecided.count), "facts": .ids(found.facts)])
  }
}
