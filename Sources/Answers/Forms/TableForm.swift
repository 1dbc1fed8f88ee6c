// Answers for people: a relation as a table, and the whole answer as lines of a terminal. The one place that says how a
// value of each type looks in a cell.

import Diagnostics
import View

extension OutputFormat {
  /// For people: lines, tables and charts.
  package static let table: OutputFormat = OutputFormat(rawValue: "table", chinese: ["表格"], endings: ["txt"]) {
    answer, manner in
    var look = manner.look
    if answer.isWide { look.widensTables = true }
    return TerminalRenderer(look, language: manner.language).render(answer.document)
  }
}

/// Relations as tables.
enum TableForm {
  /// The table for people; nil where no column stands in one.
  static func table(of relation: Relation) -> Table? {
    let shown = relation.peopleColumns
    guard !shown.isEmpty else { return nil }
    let heads = shown.map { relation.columns[$0] }
    func row(_ row: Int) -> Table.Row {
      Table.Row(shown.map { cell(relation, row, $0) }, role: relation.role(row))
    }
    let limit = relation.cut?.limit ?? relation.count
    var sections: [Table.Section] = []
    for section in relation.sections where section.rows.lowerBound < limit {
      sections.append(Table.Section(title: section.title, rows: section.rows.prefix { $0 < limit }.map(row)))
    }
    if relation.count > limit, let cut = relation.cut, !sections.isEmpty {
      if let rest = cut.rest { sections[sections.count - 1].rows.append(line(rest, heads)) }
      let last = cut.last
      sections[sections.count - 1].rows += (max(limit, relation.count - last)..<relation.count).map(row)
    }
    if sections.isEmpty, !relation.further.isEmpty { sections = [Table.Section(rows: [])] }
    sections += relation.further.map { further in
      Table.Section(title: further.title, rows: further.lines.map { line($0, heads) })
    }
    return Table(
      title: relation.title, columns: heads.map(column), sections: sections,
      footer: relation.footer.map { line($0, heads) })
  }

  private static func column(_ head: ColumnHead) -> Table.Column {
    Table.Column(
      head.title, head.stand?.alignment ?? .left, head.stand?.importance ?? .incidental,
      key: head.isHeadedByTitle ? nil : head.key)
  }

  private static func line(_ line: Relation.Line, _ heads: [ColumnHead]) -> Table.Row {
    let unknown = (Array(line.values.keys) + line.shown.keys).first { key in !heads.contains { $0.key == key } }
    precondition(unknown == nil, "a line has a value for column \(unknown ?? ""), which people do not see")
    return Table.Row(
      heads.enumerated().map { i, head in
        if i == 0 { return .spans(line.label) }
        if let shown = line.shown[head.key] { return .spans(shown) }
        return line.values[head.key].map { cell($0, head) } ?? .empty
      }, role: line.role)
  }

  private static func cell(_ relation: Relation, _ row: Int, _ column: Int) -> Cell {
    if let shown = relation.shown(row, column) { return shown.isEmpty ? .empty : .spans(shown) }
    return cell(relation.datum(row, column), relation.columns[column])
  }

  /// A value as a person sees it.
  static func cell(_ datum: Datum, _ head: ColumnHead) -> Cell {
    let role = head.stand?.role ?? .plain
    switch datum {
    case .none: return .empty
    case .words(let text): return .text(text, role)
    case .id(let name): return .data(name, role)
    case .flag(let holds): return .text(holds ? Text("yes", zh: "是") : Text("no", zh: "否"), role)
    case .count(let value): return .integer(value)
    case .money(let fen): return .money(fen: fen)
    case .change(let fen): return .change(fen: fen)
    case .decimal(let text): return .percent(text)
    case .share(let share): return .percent(share.text)
    case .date(let text): return .date(text)
    case .list(let items): return .spans(spans(items, head))
    case .record, .rows: preconditionFailure("column \(head.key) is for programs; people need to be shown something")
    }
  }

  /// The entries of a list with what stands between them.
  private static func spans(_ items: [Datum], _ head: ColumnHead) -> [Span] {
    var out: [Span] = []
    for (i, item) in items.enumerated() {
      if i > 0 { out.append(Span(Text(", ", zh: "、"))) }
      out += cell(item, head).spans
    }
    return out
  }
}
