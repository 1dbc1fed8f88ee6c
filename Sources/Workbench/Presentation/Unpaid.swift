// Everything of a ledger that is no payment: not priced, undetermined, governed elsewhere, grants. Each with what would
// settle it.

import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import View

struct Unpaid {
  let ledger: Ledger
  let places: Gazetteer

  init(_ ledger: Ledger, places: Gazetteer) {
    self.ledger = ledger
    self.places = places
  }

  var document: Document {
    var document = Document()
    if !ledger.unpriced.isEmpty { document.append(.table(unpriced)) }
    if !ledger.undetermined.isEmpty {
      document.append(.table(undetermined))
      document.append(.note(.note, remedy))
    }
    if !ledger.elsewhere.isEmpty { document.append(.table(elsewhere)) }
    if !ledger.grants.isEmpty { document.append(.table(grants)) }
    return document
  }

  private func name(_ measure: Int) -> Cell {
    let measure = ledger.measures[measure]
    return .data(ledger.documents.count > 1 ? measure.id : measure.name, .name)
  }

  // MARK: Not priced

  private var unpriced: Table {
    let rows = ledger.unpriced.map { entry in
      Table.Row([
        name(entry.measure), .integer(entry.units),
        .text(entry.isMonths ? Text("months", zh: "个月") : Text("payments", zh: "笔")),
        .spans(.joined(entry.missing.map { [.data($0, .name)] })),
        .spans(.joined(entry.missing.map { [.command(Unpaid.line(for: $0, in: ledger.documents))] })),
      ])
    }
    return Table(
      title: Text("Not priced: a value is missing", zh: "未定价：缺少引用值"),
      columns: [
        Table.Column(Text("Measure", zh: "措施"), .left, .essential, key: "measure"),
        Table.Column(Text("Units", zh: "数量"), .right, .essential, key: "units"),
        Table.Column(Text("of", zh: "单位"), .left, .useful, key: "unit"),
        Table.Column(Text("Missing", zh: "缺少"), .left, .useful, key: "missing"),
        Table.Column(Text("To supply it, type", zh: "补充时输入"), .left, .essential, key: "type"),
      ], rows: rows)
  }

  /// `set minimum_wage = … yuan`
  static func line(for value: String, in documents: [CheckedDocument]) -> String {
    let type = documents.lazy.flatMap(\.values).first { $0.name == value }?.type
    let unit =
      switch type {
      case .money?: " yuan"
      case .moneyPerMonth?: " yuan per month"
      case .share?: "%"
      case .months?: " months"
      default: ""
      }
    return "set \(value) = …" + unit
  }

  // MARK: Undetermined

  private var undetermined: Table {
    let rows = ledger.undetermined.map { entry in
      Table.Row([
        name(entry.measure), .integer(Int64(entry.count)), .spans(.joined(entry.facts.map { [.data($0, .keyword)] })),
        .spans(.names(entry.subjects, of: entry.count, limit: 4)),
      ])
    }
    return Table(
      title: Text("Undetermined: a fact is not stated", zh: "无法判定：缺少事实"),
      columns: [
        Table.Column(Text("Measure", zh: "措施"), .left, .essential, key: "measure"),
        Table.Column(Text("Subjects", zh: "对象数"), .right, .essential, key: "subjects"),
        Table.Column(Text("Missing", zh: "缺少"), .left, .essential, key: "facts"),
        Table.Column(Text("Who", zh: "涉及"), .left, .useful, key: "who"),
      ], rows: rows)
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

  private var elsewhere: Table {
    let rows = ledger.elsewhere.map { entry in
      Table.Row([
        name(entry.measure), .integer(Int64(entry.count)), .data(entry.governedBy, .article),
        .spans(.names(entry.subjects, of: entry.count, limit: 4)),
      ])
    }
    return Table(
      title: Text("Governed elsewhere: not paid here", zh: "适用其他文件：此处不支付"),
      columns: [
        Table.Column(Text("Measure", zh: "措施"), .left, .essential, key: "measure"),
        Table.Column(Text("Subjects", zh: "对象数"), .right, .essential, key: "subjects"),
        Table.Column(Text("Governed by", zh: "适用"), .left, .essential, key: "governed_by"),
        Table.Column(Text("Who", zh: "涉及"), .left, .useful, key: "who"),
      ], rows: rows)
  }

  private var grants: Table {
    let limit = 30
    var rows = ledger.grants.prefix(limit).map { grant in
      Table.Row([
        name(grant.measure), .data(grant.beneficiary, .name), .data(grant.subject, .name), .text(grant.title),
      ])
    }
    if ledger.grants.count > limit {
      rows.append(
        Table.Row([
          .text(Text("\(ledger.grants.count - limit) more", zh: "另有 \(ledger.grants.count - limit) 项"), .muted)
        ]))
    }
    return Table(
      title: Text("Granted", zh: "授予"),
      columns: [
        Table.Column(Text("Measure", zh: "措施"), .left, .essential, key: "measure"),
        Table.Column(Text("Beneficiary", zh: "对象"), .left, .essential, key: "beneficiary"),
        Table.Column(Text("For", zh: "事由"), .left, .incidental, key: "subject"),
        Table.Column(Text("What", zh: "内容"), .left, .essential, key: "title"),
      ], rows: rows)
  }
}
