// How the duties of a programme stand, with the figures and the records that fail.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports
import View

enum DutyView {
  static func document(_ run: Session.Run) -> Document {
    let ledger = run.ledger
    var document = Document([RunHead(run, places: ledger.dataset.places).block])
    guard !ledger.duties.isEmpty else {
      document.append(.paragraph(Text("These documents lay down no duties.", zh: "这些文件没有规定义务。")))
      return document
    }
    let rows = ledger.duties.map { duty -> Table.Row in
      let measure = ledger.measures[duty.measure]
      return Table.Row([
        .data(ledger.documents.count > 1 ? measure.id : measure.name, .name), .data(measure.article, .article),
        .text(measure.title), .spans([status(duty.status)]), .text(duty.detail),
      ])
    }
    document.append(
      .table(
        Table(
          columns: [
            Table.Column(Text("Duty", zh: "义务"), .left, .essential, key: "duty"),
            Table.Column(Text("Article", zh: "条款"), .left, .useful, key: "article"),
            Table.Column(Text("Title", zh: "名称"), .left, .incidental, key: "title"),
            Table.Column(Text("Status", zh: "状态"), .left, .essential, key: "status"),
            Table.Column(Text("Detail", zh: "说明"), .left, .important, key: "detail"),
          ], rows: rows)))
    return document
  }

  static func status(_ status: DutyResult.Status) -> Span {
    switch status {
    case .met: Span("met", zh: "已履行", .good)
    case .notMet: Span("not met", zh: "未履行", .bad)
    case .unknown: Span("unknown", zh: "无法判定", .warning)
    case .notApplicable: Span("not applicable", zh: "不适用", .muted)
    }
  }

  static func json(_ run: Session.Run) -> JSONValue {
    let duties: [JSONValue] = run.ledger.duties.map { duty in
      let measure = run.ledger.measures[duty.measure]
      return [
        "duty": .string(measure.id), "article": .string(measure.article), "status": .string(duty.status.rawValue),
        "detail": .string(duty.detail.en), "checked": .int(Int64(duty.checked)), "failing": .strings(duty.failing),
        "unknown": .strings(duty.unknown), "facts": .strings(duty.facts),
      ]
    }
    return ["kind": "duties", "duties": .array(duties)]
  }
}
