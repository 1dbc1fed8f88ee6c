// Whom each measure of a run reaches, how many, and where that number comes from; and what is not paid beside another
// policy, since the higher alone is. Knows nothing of templates.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

extension PaperTables {
  // MARK: Beneficiaries

  /// Whom a measure pays, and for what.
  private struct Reach: Sendable {
    let measure: CheckedMeasure
    /// The lists of those who are paid.
    let who: Text
    let beneficiaries: Int
    /// What is paid for: a list of the scenario with how many of its records, and how many it has.
    let source: Text
  }

  /// Each measure with whom it pays, how many of them, and among how many records of the scenario they were found.
  var beneficiaries: Relation {
    let list = PaymentList(run.ledger)
    let reached = budget.lines.map { line in reach(budget.measure(line), list) }.filter { $0.beneficiaries > 0 }
    return Relation(
      of: reached,
      [
        .words("measure", Text("Measure", zh: "措施"), .essential) { $0.measure.words },
        .id("article", Text("Article", zh: "条款"), .useful) { $0.measure.article }.role(.article),
        .words("paid_to", Text("Paid to", zh: "受益对象"), .essential) { $0.who },
        .count("beneficiaries", Text("Beneficiaries", zh: "对象数"), .essential) { Int64($0.beneficiaries) },
        .words("counted_from", Text("Counted from", zh: "人数来源"), .essential) { $0.source },
      ])
  }

  private func reach(_ measure: CheckedMeasure, _ list: PaymentList) -> Reach {
    var (who, paidFor): ([Space: Set<Int32>], [Space: Set<Int32>]) = ([:], [:])
    for part in list.parts where part.measure.id == measure.id {
      let (space, subjects) = (part.block.beneficiarySpace, part.block.subjectSpace)
      for row in 0..<part.count {
        guard part.standing(row) == .paid else { continue }
        who[space, default: []].insert(part.beneficiaries[row])
        paidFor[subjects, default: []].insert(part.subjects[row])
      }
    }
    let names = who.map { words($0, $1, of: measure) }.sorted { $0.en < $1.en }
    let counted = paidFor.map { space, all in found(all.count, in: space) }.sorted { $0.en < $1.en }
    return Reach(
      measure: measure,
      who: Text(names.map(\.en).joined(separator: ", "), zh: names.map(\.zh).joined(separator: "、")),
      beneficiaries: run.ledger.different(who),
      source: Text(counted.map(\.en).joined(separator: "; "), zh: counted.map(\.zh).joined(separator: "；")))
  }

  /// What those whom a measure pays are called, of one space.
  private func words(_ space: Space, _ members: Set<Int32>, of measure: CheckedMeasure) -> Text {
    switch space {
    case .list(let list): table(list)?.declaration.title ?? .same("")
    case .text: named(members, of: measure)
    case .district: Text("the district", zh: "本地区")
    }
  }

  /// Those whom texts name: undertakings by name; people by what tells them apart.
  private func named(_ members: Set<Int32>, of measure: CheckedMeasure) -> Text {
    let payees = measure.pays.map(\.who).filter { $0.type == .text }
    if !payees.isEmpty, payees.allSatisfy(PaperTables.isUndertaking) {
      return Text("undertakings by name", zh: "单位（按名称）")
    }
    let numbered = numbered(members)
    if numbered == 0 { return Text("persons by name", zh: "个人（按姓名）") }
    return numbered == members.count
      ? Text("persons by identity number", zh: "个人（按身份证号）")
      : Text("persons by identity number, those without one by name", zh: "个人（按身份证号，没有号码的按姓名）")
  }

  /// Of how many people the records state the identity number.
  private func numbered(_ members: Set<Int32>) -> Int {
    var found: Set<Int32> = []
    for table in run.ledger.dataset.tables {
      let names = [table.declaration.personName, table.declaration.person].compactMap(\.self)
      guard let person = names.lazy.compactMap({ table.columns[$0] }).first,
        let number = table.declaration.personID.flatMap({ table.columns[$0] })
      else { continue }
      for row in 0..<table.count {
        guard let raw = person.raw(row), let stated = number.raw(row), stated >= 0 else { continue }
        let who = Int32(truncatingIfNeeded: raw)
        if members.contains(who) { found.insert(who) }
      }
    }
    return found.count
  }

  /// So many of a list's records are paid for, of so many in the scenario.
  private func found(_ count: Int, in space: Space) -> Text {
    guard case .list(let list) = space, let table = table(list) else {
      return space == .district ? Text("the district", zh: "本地区") : Text("\(count) by name", zh: "按名称 \(count)")
    }
    let title = table.declaration.title
    return Text(
      "\(count) of the scenario's \(table.count) \(title.en.lowercased())",
      zh: "情景\(title.zh) \(table.count) 中的 \(count)")
  }

  private func table(_ list: Int) -> FactTable? {
    let tables = run.facts.dataset.tables
    return tables.indices.contains(list) ? tables[list] : nil
  }

  // MARK: Beside other policies

  /// What one measure does not pay since another pays more.
  private struct Displaced: Sendable {
    let measure: CheckedMeasure
    let by: CheckedMeasure?
    var payments: Int64 = 0
    var fen: Int64 = 0
  }

  /// What is displaced, and by what; nil where nothing is.
  var overlap: Relation? {
    let list = PaymentList(run.ledger)
    var found: [Displaced] = []
    for part in list.parts {
      for row in 0..<part.count where part.standing(row) == .displaced {
        let by = list.displacer(of: row, in: part)
        let at = found.firstIndex { $0.measure.id == part.measure.id && $0.by?.id == by?.id }
        if at == nil { found.append(Displaced(measure: part.measure, by: by)) }
        let place = at ?? found.count - 1
        found[place].payments += 1
        found[place].fen = Amounts.add(found[place].fen, part.amount(row))
      }
    }
    if found.isEmpty { return nil }
    return Relation(
      of: found,
      [
        .words("measure", Text("Not paid", zh: "不重复支付的措施"), .essential) { $0.measure.words },
        .id("article", Text("Article", zh: "条款"), .useful) { $0.measure.article }.role(.article),
        .words("by", Text("Since this stands", zh: "因已付较高的"), .essential) { $0.by?.words },
        .id("by_document", Text("Of", zh: "所属文件"), .useful) { $0.by?.document },
        .count("payments", Text("Payments", zh: "笔数"), .essential) { $0.payments },
        .money("amount", currency.heading("Amount", zh: "金额"), .essential) { $0.fen },
      ])
  }

  /// What the documents say of other policies.
  var overlapRemarks: [Text] {
    run.documents.compactMap { document in
      document.remarks.first { $0.key == "higher" }.map { remark in
        Text("\(document.title.en): \(remark.text.en).", zh: "\(document.title.zh)：\(remark.text.zh)。")
      }
    }
  }
}
