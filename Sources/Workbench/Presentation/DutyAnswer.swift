// How the duties of a programme stand, with the figures and the records that fail.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reports
import Sessions
import View

struct DutyAnswer: Sendable {
  let run: Session.Run

  init(_ run: Session.Run) { self.run = run }

  var answer: Answer {
    var body = AnswerBody(blocks: [RunHead(run, places: run.ledger.dataset.places).block])
    if run.ledger.duties.isEmpty {
      body.append(.paragraph(Text("These documents lay down no duties.", zh: "这些文件没有规定任务。")))
    } else {
      body.append(duties)
    }
    return Answer(body, records: [Record(kind: "duties", ["duties": .rows(duties)])])
  }

  private var duties: Relation {
    let ledger = run.ledger
    let several = ledger.documents.count > 1
    return Relation(
      of: ledger.duties,
      [
        .id("duty", Text("Duty", zh: "任务"), .essential) { ledger.measures[$0.measure].id }
          .shown { duty in
            let measure = ledger.measures[duty.measure]
            return [Span(several ? measure.label : measure.words, .name)]
          },
        .chineseName { ledger.measures[$0.measure].words.zh },
        .id("article", Text("Article", zh: "条款"), .useful) { ledger.measures[$0.measure].article }.role(.article),
        .words("title", Text("Title", zh: "名称"), .incidental) { ledger.measures[$0.measure].title }.forPeople(),
        .id("status", Text("Status", zh: "状态"), .essential) { $0.status.rawValue }
          .shown { [DutyAnswer.status($0.status)] },
        .words("detail", Text("Detail", zh: "说明"), .important) { $0.detail },
        .count("checked", Text("Checked", zh: "核查数")) { Int64($0.checked) },
        .ids("failing", Text("Failing", zh: "不符合的对象")) { $0.failing },
        .ids("unknown", Text("Unknown", zh: "无法判定的对象")) { $0.unknown },
        .ids("facts", Text("Missing facts", zh: "缺少的事实")) { $0.facts },
      ])
  }

  static func status(_ status: DutyResult.Status) -> Span {
    switch status {
    case .met: Span("met", zh: "完成", .good)
    case .notMet: Span("not met", zh: "未完成", .bad)
    case .unknown: Span("unknown", zh: "无法判定", .warning)
    case .notApplicable: Span("not applicable", zh: "不适用", .muted)
    }
  }
}
