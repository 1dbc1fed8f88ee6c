// `columns` and `header_row` of a scenario: what its author has said of the headings of registers. Knows nothing of the
// registers.
import Diagnostics

extension ScenarioWalk {
  /// `columns: {hires: {合同起始日期: start, 备注: none}}`, list by list.
  mutating func readColumns(_ value: YAMLValue) {
    for (list, heading, field, location) in mapped(value, isTold: true) {
      if ColumnMapping.unread.contains(field) { continue }
      let schema = ListSchema(list)
      guard let number = schema.column(field), number >= 0 || schema.declaration.hasID else {
        let question = suggestions.question(field, among: schema.columnNames)
        findings.add(.unknownColumn(field, records: list.title, question), at: location)
        continue
      }
      builder.mapping.add(heading, as: number < 0 ? "id" : schema.fields[number].name, of: list.name)
    }
  }

  /// The columns that are not to be read, as `ignore` has them: `hires.备注`.
  mutating func unreadColumns(_ value: YAMLValue) -> [String] {
    mapped(value, isTold: false).filter { ColumnMapping.unread.contains($0.field) }.map {
      "\($0.list.name).\($0.heading)"
    }
  }

  private mutating func mapped(
    _ value: YAMLValue, isTold: Bool
  ) -> [(list: ListDeclaration, heading: String, field: String, at: SourceRange?)] {
    var out: [(ListDeclaration, String, String, SourceRange?)] = []
    for (list, columns) in lists(value, "columns", isTold: isTold) {
      guard case .map = columns.kind else {
        let what = Text("headings with their facts", zh: "表头和对应的事实")
        if isTold { findings.add(.wanted(key: "columns", what, found: columns.described), at: columns.location) }
        continue
      }
      for (heading, field) in columns.pairs where !heading.isRepeated {
        guard let name = heading.name else {
          if isTold { findings.add(.keyNotText, at: heading.location) }
          continue
        }
        switch field.kind {
        case .text(let text, _): out.append((list, name, text, field.location))
        case .nothing: out.append((list, name, "none", field.location))
        case .list, .map:
          let what = Text("a fact of the list, or none", zh: "清单的事实，或“不读”")
          if isTold { findings.add(.wanted(key: name, what, found: field.described), at: field.location) }
        }
      }
    }
    return out
  }

  /// `header_row: {hires: 4}`
  mutating func readHeaderRows(_ value: YAMLValue) {
    for (list, row) in lists(value, "header_row", isTold: true) {
      guard case .text(let text, _) = row.kind, let number = Int(text), (1...HeadingSearch.rows).contains(number) else {
        let what = Text("the number of a row, 1 to \(HeadingSearch.rows)", zh: "行号，1 至 \(HeadingSearch.rows)")
        findings.add(.wanted(key: "header_row", what, found: row.described), at: row.location)
        continue
      }
      builder.mapping.setHeaderRow(number, of: list.name)
    }
  }

  /// A map from lists to something.
  private mutating func lists(
    _ value: YAMLValue, _ key: String, isTold: Bool
  ) -> [(list: ListDeclaration, value: YAMLValue)] {
    switch value.kind {
    case .nothing: return []
    case .map: break
    case .text, .list:
      let what = Text("lists, each with its columns: `\(key): {hires: …}`", zh: "按清单书写：`\(key): {hires: …}`")
      if isTold { findings.add(.wanted(key: key, what, found: value.described), at: value.location) }
      return []
    }
    var out: [(ListDeclaration, YAMLValue)] = []
    for (name, entry) in value.pairs where !name.isRepeated {
      guard let text = name.name else {
        if isTold { findings.add(.keyNotText, at: name.location) }
        continue
      }
      if let list = reader.dictionary.list(named: text) {
        out.append((list, entry))
      } else if isTold {
        let question = suggestions.question(text, among: reader.dictionary.lists.map(\.name))
        findings.add(.unknownKey(text, question), at: name.location)
      }
    }
    return out
  }
}
