// Everything of a ledger that is no payment: not priced, undetermined, governed elsewhere, grants. Each with what would
// settle it.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import View

struct Unpaid: Sendable {
  let ledger: Ledger
  let places: Gazetteer

  init(_ ledger: Ledger, places: Gazetteer) {
    self.ledger = ledger
    self.places = places
  }

  var body: AnswerBody {
    var body = AnswerBody()
    if !ledger.unpriced.isEmpty { body.append(unpriced) }
    if !ledger.undetermined.isEmpty {
      body.append(undetermined)
      body.append(.note(.note, remedy))
    }
    if !ledger.elsewhere.isEmpty { body.append(elsewhere) }
    if !ledger.grants.isEmpty { body.append(grants) }
    return body
  }

  /// Whose payments they would be: programs read the whole id, people the name where there is one document.
  private func measure<Entry: Sendable>(_ number: @escaping @Sendable (Entry) -> Int) -> AnswerColumn<Entry> {
    let ledger = ledger
    let several = ledger.documents.count > 1
    return .id("measure", Text("Measure", zh: "措施"), .essential) { ledger.measures[number($0)].id }
      .shown { entry in
        let measure = ledger.measures[number(entry)]
        return [.data(several ? measure.id : measure.name, .name)]
      }
  }

  // MARK: Not priced

  var unpriced: Relation {
    let documents = ledger.documents
    return Relation(
      title: Text("Not priced: a value is missing", zh: "未定价：缺少引用值"), of: ledger.unpriced,
      [
        measure { $0.measure },
        .count("units", Text("Units", zh: "数量"), .essential) { $0.units },
        .id("unit", Text("of", zh: "单位"), .useful) { $0.isMonths ? "month" : "payment" }
          .shown { [$0.isMonths ? Span("months", zh: "个月") : Span("payments", zh: "笔")] },
        .ids("missing", Text("Missing", zh: "缺少"), .useful) { $0.missing }.role(.name),
        .ids("type", Text("To supply it, type", zh: "补充时输入"), .essential) { entry in
          entry.missing.map { Unpaid.line(for: $0, in: documents) }
        }.role(.code).forPeople(),
      ])
  }

  /// `set minimum_wage = … yuan`
  static func line(for value: String, in documents: [CheckedDocument]) -> String {
    let type = documents.lazy.flatMap(\.values).first { $0.name == value }?.type
    let unit =
      switch type {
      case .money?: " yuan"
      case .rate(let rate)?: rate.written.en
      case .share?: "%"
      case .months?: " months"
      default: ""
      }
    return "set \(value) = …" + unit
  }

  // MARK: Undetermined

  var undetermined: Relation {
    Relation(
      title: Text("Undetermined: a fact is not stated", zh: "无法判定：缺少事实"), of: ledger.undetermined,
      [
        measure { $0.measure },
        .count("subjects", Text("Subjects", zh: "对象数"), .essential) { Int64($0.count) },
        .ids("facts", Text("Missing", zh: "缺少"), .essential) { $0.facts }.role(.keyword),
        .ids("who", Text("Who", zh: "涉及"), .useful) { $0.subjects }
          .shown { .names($0.subjects, of: $0.count, limit: 4) }.forPeople(),
      ])
  }

  /// What to state, and where.
  private var remedy: [Span] {
    let facts = Set(ledger.undetermined.flatMap(\.facts))
    let values = facts.filter { fact in ledger.documents.contains { $0.values.contains { $0.name == fact } } }.sorted()
    let fields = facts.subtracting(values).sorted()
    var line: [Span] = []
    if !fields.isEmpty {
      line += [Span("state ", zh: "请在情景文件中写明 ")]
      line += .joined(fields.map { [.data($0, .keyword)] })
      line += [Span(" in the scenario's file", zh: "")]
    }
    if !values.isEmpty {
      if !fields.isEmpty { line.append(Span("; ", zh: "；")) }
      line += [Span("type ", zh: "请输入 ")]
      line += .joined(values.map { [.command(Unpaid.line(for: $0, in: ledger.documents))] })
    }
    return line
  }

  // MARK: Elsewhere, grants

  var elsewhere: Relation {
    Relation(
      title: Text("Governed elsewhere: not paid here", zh: "适用其他文件：此处不支付"), of: ledger.elsewhere,
      [
        measure { $0.measure },
        .count("subjects", Text("Subjects", zh: "对象数"), .essential) { Int64($0.count) },
        .id("governed_by", Text("Governed by", zh: "适用"), .essential) { $0.governedBy }.role(.article),
        .ids("who", Text("Who", zh: "涉及"), .useful) { $0.subjects }
          .shown { .names($0.subjects, of: $0.count, limit: 4) }.forPeople(),
      ])
  }

  var grants: Relation {
    var relation = Relation(
      title: Text("Granted", zh: "授予"), of: ledger.grants,
      [
        measure { $0.measure },
        .id("beneficiary", Text("Beneficiary", zh: "对象"), .essential) { $0.beneficiary }.role(.name),
        .id("subject", Text("For", zh: "事由"), .incidental) { $0.subject }.role(.name),
        .words("title", Text("What", zh: "内容"), .essential) { $0.title },
      ])
    let more = ledger.grants.count - 30
    relation.cut = Relation.Cut(30, rest: Relation.Line([Span(Text("\(more) more", zh: "另有 \(more) 项"), .muted)]))
    return relation
  }
}
