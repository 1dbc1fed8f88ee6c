// The figures of a document that belong to no single measure, those of its tables above all, as standards of the
// measures that use them: what each is called in a paper, and in which articles it is used. Knows nothing of lists.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning
import Sessions

/// The figures of a document's tables, and those that are its own.
struct TableStandards {
  /// One of them in a paper.
  struct Standard {
    /// Nil where it is several together.
    let parameter: Parameter?
    let name: Text
    let figure: Text
  }

  private let document: CheckedDocument
  private let set: [String: Int64]
  private let places: Gazetteer
  /// By the figure's id: what its row asks, 不超过3, and of which table it is.
  private var rows: [String: (row: Text, table: Text)] = [:]
  /// Figures up to which rows go: by their ids the row, counted from 1, and the table.
  private var bounds: [String: (row: Int, table: Text)] = [:]
  private var used: [String: UsedNames] = [:]

  /// Rows of one table beyond so many are told together.
  private static let most = 12

  init(_ document: CheckedDocument, _ set: [String: Int64], places: Gazetteer) {
    (self.document, self.set, self.places) = (document, set, places)
    for measure in document.measures {
      let names = UsedNames(measure.expressions)
      used[measure.id] = names
      for telling in names.tellings { take(telling) }
    }
  }

  private mutating func take(_ telling: Telling) {
    switch telling {
    case .rows(let table):
      for (i, row) in table.rows.enumerated() {
        for case .upTo(let bound) in row.cells { takeBound(bound, i, table.name) }
        for case .below(let bound) in row.cells { takeBound(bound, i, table.name) }
        guard case .parameter(let id) = row.figure.operation, let words = words(row, i, table) else { continue }
        rows[id] = (words, table.name)
      }
    case .steps(let steps):
      for (i, step) in steps.steps.enumerated() {
        if let upTo = step.upTo { takeBound(upTo, i, steps.name) }
        guard case .parameter(let id) = step.figure.operation else { continue }
        let (above, upTo) = (step.above.flatMap(figure), step.upTo.flatMap(figure))
        let words: Text
        switch (above, upTo) {
        case (let low?, let high?): words = Text("from \(low.en) to \(high.en)", zh: "超过\(low.zh)至\(high.zh)的部分")
        case (let low?, nil): words = Text("above \(low.en)", zh: "超过\(low.zh)的部分")
        case (nil, let high?): words = Text("up to \(high.en)", zh: "不超过\(high.zh)的部分")
        case (nil, nil): continue
        }
        rows[id] = (words, steps.name)
      }
    case .terms, .instalment, .named: return
    }
  }

  private mutating func takeBound(_ t: Typed, _ row: Int, _ table: Text) {
    if case .parameter(let id) = t.operation { bounds[id] = (row + 1, table) }
  }

  /// What a row asks: the figures between which it lies; nil where its own name says it.
  private func words(_ row: TableRows.Row, _ i: Int, _ table: TableRows) -> Text? {
    let parts = row.cells.compactMap { cell -> Text? in
      switch cell {
      case .upTo(let bound): return figure(bound).map { Text("up to \($0.en)", zh: "不超过\($0.zh)") }
      case .below(let bound): return figure(bound).map { Text("below \($0.en)", zh: "不满\($0.zh)") }
      case .above:
        guard i > 0, table.rows[i - 1].cells.count == 1 else { return nil }
        switch table.rows[i - 1].cells[0] {
        case .upTo(let bound): return figure(bound).map { Text("above \($0.en)", zh: "超过\($0.zh)") }
        case .below(let bound): return figure(bound).map { Text("\($0.en) and more", zh: "\($0.zh)以上") }
        case .above, .from, .values, .any, .when, .otherwise: return nil
        }
      case .from(let day, _): return figure(day).map { Text("from \($0.en)", zh: "\($0.zh)起") }
      case .otherwise: return Text("otherwise", zh: "其余")
      case .values, .when, .any: return nil
      }
    }
    return parts.count == row.cells.count
      ? Text(parts.map(\.en).joined(separator: ", "), zh: parts.map(\.zh).joined(separator: "，")) : nil
  }

  private func figure(_ t: Typed) -> Text? {
    switch t.operation {
    case .constant(let raw): return OfficialWords.figure(raw, t.type, places: places)
    case .parameter(let id):
      guard let found = document.parameters.first(where: { $0.id == id }), let raw = set[id] ?? found.value else {
        return nil
      }
      return OfficialWords.figure(raw, of: found, in: document, places: places)
    // The greatest of the bounds so far: of rows that ascend the last.
    case .pick(_, let all): return all.last.flatMap(figure)
    default: return nil
    }
  }

  // MARK: Names

  /// `每名（不超过3）`, of what rows go up to `每名（第2档的界限）`; nil for what is no part of a table.
  func name(_ parameter: Parameter) -> Text? {
    guard parameter.owner == nil, parameter.fullWords.en != parameter.words.en else { return nil }
    if let bound = bounds[parameter.id] {
      let said = parameter.meaning ?? bound.table
      return Text("\(said.en) (the bound of row \(bound.row))", zh: "\(said.zh)（第\(bound.row)档的界限）")
    }
    let row: Text
    if let known = rows[parameter.id] {
      row = known.row
    } else if Int(parameter.name) != nil {
      row = Text("row \(parameter.name)", zh: "第\(parameter.name)行")
    } else {
      row = Text(parameter.words.en.replacing("_", with: " "), zh: parameter.words.zh)
    }
    let table = Text.same(parameter.fullWords.zh.split(separator: ".").first.map(String.init) ?? parameter.words.zh)
    let said = parameter.meaning ?? rows[parameter.id]?.table ?? table
    return Text("\(said.en) (\(row.en))", zh: "\(said.zh)（\(row.zh)）")
  }

  /// The articles in which something of the document that is set is used: of its measures and limits.
  ///
  /// - Parameter deleted: the names of measures that are deleted, with the limits over them alone.
  func articles(of id: String, without deleted: Set<String> = []) -> String {
    var found = document.measures.filter { !deleted.contains($0.name) && used[$0.id]?.names.contains(id) == true }
      .map(\.article)
    for limit in document.limits where UsedNames(limit.caps.flatMap(\.expressions)).names.contains(id) {
      if limit.measures.allSatisfy(deleted.contains), !deleted.isEmpty { continue }
      found.append(limit.article)
    }
    let each = found.reduce(into: [String]()) { if !$1.isEmpty && !$0.contains($1) { $0.append($1) } }
    return each.joined(separator: each.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } } ? ", " : "、")
  }

  // MARK: Standards

  /// The figures that a measure uses, without those up to which rows go.
  func figures(of measure: CheckedMeasure) -> [Parameter] {
    let names = used[measure.id]?.names ?? []
    return document.parameters.filter { names.contains($0.id) && bounds[$0.id] == nil }
  }

  /// The same with their names and figures: as the document has them, or as they are set.
  func standards(of measure: CheckedMeasure, asSet: Bool) -> [Standard] {
    var out: [Standard] = []
    var told: Set<String> = []
    let all = figures(of: measure)
    for parameter in all {
      let table = parameter.fullWords.en.split(separator: ".").first.map(String.init) ?? ""
      let own = all.filter { name($0) != nil && $0.fullWords.en.hasPrefix(table + ".") }
      if name(parameter) != nil, own.count > TableStandards.most {
        if told.insert(table).inserted, let range = range(own, asSet: asSet) { out.append(range) }
        continue
      }
      let raw = asSet ? set[parameter.id] ?? parameter.value : parameter.value
      guard let raw else { continue }
      out.append(
        Standard(
          parameter: parameter,
          name: name(parameter) ?? Text(PaperNames.words(parameter).en, zh: parameter.words.zh),
          figure: OfficialWords.figure(raw, of: parameter, in: document, places: places)))
    }
    return out
  }

  /// A long table as one: its least and its greatest figure.
  private func range(_ rows: [Parameter], asSet: Bool) -> Standard? {
    let raw = rows.compactMap { asSet ? set[$0.id] ?? $0.value : $0.value }
    guard let least = raw.min(), let most = raw.max(), let first = rows.first else { return nil }
    let (low, high) = (
      OfficialWords.figure(least, of: first, in: document, places: places),
      OfficialWords.figure(most, of: first, in: document, places: places)
    )
    let table = Text(
      first.fullWords.en.split(separator: ".").first.map(String.init) ?? first.words.en,
      zh: first.fullWords.zh.split(separator: ".").first.map(String.init) ?? first.words.zh)
    let name = first.meaning ?? table
    return Standard(
      parameter: nil, name: Text("\(name.en) (\(rows.count) rows)", zh: "\(name.zh)（\(rows.count)档）"),
      figure: Text("\(low.en) to \(high.en)", zh: "\(low.zh)至\(high.zh)"))
  }
}

/// The figures and readings that expressions name, by themselves and by the definitions and tables that they use.
struct UsedNames {
  private(set) var names: Set<String> = []
  /// What stands behind figures: rows and steps of tables.
  private(set) var tellings: [Telling] = []

  init(_ expressions: [Typed]) {
    var seen: Set<ObjectIdentifier> = []
    var rest = expressions
    while let next = rest.popLast() {
      next.walk { t in
        if let telling = t.telling { tellings.append(telling) }
        switch t.operation {
        case .parameter(let id): names.insert(id)
        case .readingIs(let id, _): names.insert(id)
        case .call(let definition, _):
          if seen.insert(ObjectIdentifier(definition)).inserted { rest.append(definition.body) }
        default: break
        }
        return .into
      }
    }
  }
}
