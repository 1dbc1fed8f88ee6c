// A measure that pays for records of one list, asked about somebody whom those records name: an agency by which hires
// came, an enterprise that took them on. What became of those records, reason by reason. Knows nothing of changes that
// would do.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import View

extension ExplanationAnswer {
  /// So many records are looked into.
  private static var mostRecords: Int { 500 }
  /// So many reasons are told.
  private static var mostReasons: Int { 5 }

  /// What became of the records that name the subject, where the measure is about those; nothing where it is not.
  func related(_ measure: CheckedMeasure) -> [Block] {
    let dataset = run.ledger.dataset
    guard case .list(let name)? = measure.frame?.base, let table = dataset.table(name), let ids = table.ids,
      let own = dataset.tables.indices.first(where: { i in
        let table = dataset.tables[i]
        return table.ids?.row(subject) != nil && table.declaration.name != name && (list == nil || list == i)
      }).map({ dataset.tables[$0] }),
      let row = own.ids?.row(subject)
    else { return [] }
    let link = FieldType.reference(own.declaration.name)
    let columns = table.declaration.fields.filter { $0.type == link }.compactMap { table.columns[$0.name] }
    // Fields that name several: 参会企业 of a fair.
    let several = table.declaration.fields.filter { $0.type == .set(link) }.compactMap { table.columns[$0.name] }
    let rows = (0..<table.count).filter { i in
      columns.contains { $0.raw(i) == Int64(row) } || several.contains { $0.members(i).contains { Int($0) == row } }
    }
    guard !rows.isEmpty else { return [] }
    let record = table.declaration.record, counted = table.declaration.counted(rows.count)
    var blocks: [Block] = [
      .paragraph([
        Span(measure.words, .name), Span(Text(" is for each \(record.en); ", zh: "按\(record.zh)逐条计算；")),
        Span(dataset.words(subject), .name),
        Span(Text(" is named by \(rows.count) \(table.declaration.title.en):", zh: "涉及\(counted)：")),
      ])
    ]
    let some = rows.prefix(Self.mostRecords).map { ids.text($0) }
    blocks.append(.list(ordered: false, reasons(some, measure)))
    if let first = some.first {
      blocks.append(
        .paragraph([
          Span("One by one: ", zh: "逐条看：", .muted),
          .command("why not \(measure.name) for \(first)", zh: "为何没有 \(measure.words.zh) 给 \(first)"),
        ]))
    }
    return blocks
  }

  /// Why records get nothing, the commonest reason first; those that are paid at the end.
  private func reasons(_ ids: [String], _ measure: CheckedMeasure) -> [[Span]] {
    let explainer = Explainer(ledger: run.ledger, scenario: run.facts)
    var reasons: [(text: [Span], became: Became, who: [String])] = []
    var paid = 0
    for (id, derivations) in zip(
      ids,
      explainer.derivations(of: ids, in: measure.frameList.flatMap(run.ledger.dataset.dictionary.index), under: measure)
    ) {
      let failing = derivations.flatMap(\.failures)
      guard let first = failing.first else {
        paid += 1
        continue
      }
      let (text, became) = ([Span(first.text)], Became(first))
      if let k = reasons.firstIndex(where: { $0.text == text && $0.became == became }) {
        reasons[k].who.append(id)
      } else {
        reasons.append((text, became, [id]))
      }
    }
    reasons.sort { $0.who.count > $1.who.count }
    var lines = reasons.prefix(Self.mostReasons).map { reason -> [Span] in
      [Span(reason.became.words(reason.who.count), .number)] + reason.text + [
        Span(" (", zh: "（", .muted)
      ] + run.ledger.dataset.names(reason.who, limit: 3) + [Span(")", zh: "）", .muted)]
    }
    if paid > 0 { lines.append([Span(Text("\(paid) meet every condition", zh: "\(paid) 条条件均满足"))]) }
    return lines
  }
}

/// Why a record gets nothing.
private enum Became {
  case failing, open, unpriced, elsewhere

  init(_ failure: Derivation) {
    self =
      switch failure.verdict {
      case .unknown: failure.isOpenOnlyByPrice ? .unpriced : .open
      case .elsewhere: .elsewhere
      case .no, .yes, .told: .failing
      }
  }

  func words(_ count: Int) -> Text {
    switch self {
    case .failing: Text("\(count) \(count == 1 ? "fails" : "fail"): ", zh: "\(count) 条不满足：")
    case .open: Text("\(count) cannot be told: ", zh: "\(count) 条无法判定：")
    case .unpriced: Text("\(count) without a figure for the amount: ", zh: "\(count) 条条件均满足，缺标准：")
    case .elsewhere: Text("\(count) governed elsewhere: ", zh: "\(count) 条适用其他文件：")
    }
  }
}
