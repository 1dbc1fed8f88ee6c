// `columns` and `header_row` of a scenario: what its author has said of the headings of registers. Knows nothing of the
// registers.
import Diagnostics

extension ScenarioWalk {
  /// `columns: {hires: {合同起始日期: start, 备注: none, constant: {enterprise: 甲企业}}}`, list by list.
  mutating func readColumns(_ value: YAMLValue) {
    for (list, columns) in lists(value, "columns") {
      guard case .map = columns.kind else {
        let what = Text("headings with their facts", zh: "表头和对应的事实")
        findings.add(.wanted(key: "columns", what, found: columns.described), at: columns.location)
        continue
      }
      for (heading, entry) in columns.pairs where !heading.isRepeated {
        guard let name = heading.name else {
          findings.add(.keyNotText, at: heading.location)
          continue
        }
        read(name, entry, of: list)
      }
    }
  }

  /// One heading, or one of the keys beside headings: those hold what no heading does.
  private mutating func read(_ name: String, _ entry: YAMLValue, of list: ListDeclaration) {
    if ColumnMapping.constantWords.contains(name), case .map = entry.kind { return readConstants(entry, of: list) }
    if ColumnMapping.cellWords.contains(name), case .map = entry.kind { return readCells(entry, of: list) }
    if ColumnMapping.carryWords.contains(name) {
      for (text, location) in texts(entry, name) {
        if let field = field(text, of: list, at: location) { builder.mapping.carry(field, of: list.name) }
      }
      return
    }
    if ColumnMapping.splitWords.contains(name) {
      for (text, location) in texts(entry, name) where field(text, of: list, at: location) != nil {
        builder.mapping.split(list)
      }
      return
    }
    if ColumnMapping.skipWords.contains(name) {
      for (text, _) in texts(entry, name) { builder.mapping.skip(text, of: list.name) }
      return
    }
    if ColumnMapping.numberWords.contains(name) { return readGiven(entry, of: list) }
    if ColumnMapping.dateWords.contains(name), saysOrder(entry) { return readOrders(entry, name, of: list) }
    switch entry.kind {
    case .text(let text, _):
      if ColumnMapping.unread.contains(text) {
        builder.mapping.leave(name, of: list.name)
      } else if ColumnMapping.spanWords.contains(text), list.begins != nil {
        builder.mapping.add(span: name, of: list.name)
      } else if ColumnMapping.mixedWords.contains(text), list.isBrokered {
        builder.mapping.add(mixed: name, of: list.name)
      } else if let field = field(text, of: list, at: entry.location) {
        builder.mapping.add(name, as: field, of: list.name)
      }
    case .nothing: builder.mapping.leave(name, of: list.name)
    case .list, .map:
      let what = Text("a fact of the list, or none", zh: "清单的事实，或“不读”")
      findings.add(.wanted(key: name, what, found: entry.described), at: entry.location)
    }
  }

  /// A fact of a list by its name or label; what is none is told.
  private mutating func field(_ text: String, of list: ListDeclaration, at location: SourceRange?) -> String? {
    let schema = ListSchema(list)
    if let number = schema.column(text), number >= 0 || schema.declaration.hasID {
      return number < 0 ? "id" : schema.fields[number].name
    }
    let question = suggestions.question(text, among: schema.columnNames)
    findings.add(.unknownColumn(text, records: list.title, question), at: location)
    return nil
  }

  /// `constant: {enterprise: 福建恒申集团有限公司}`
  private mutating func readConstants(_ value: YAMLValue, of list: ListDeclaration) {
    for (key, entry) in value.pairs where !key.isRepeated {
      guard let name = key.name, let field = field(name, of: list, at: key.location),
        let (text, location) = single(entry, name)
      else { continue }
      if field == "id" {
        // Every record has an id of its own.
        findings.add(.unknownColumn(name, records: list.title, nil), at: key.location)
      } else {
        builder.mapping.add(constant: text, for: field, of: list.name, at: location)
      }
    }
  }

  /// `cells: {自发: no, 待定: none}`
  private mutating func readCells(_ value: YAMLValue, of list: ListDeclaration) {
    for (key, entry) in value.pairs where !key.isRepeated {
      guard let name = key.name else {
        findings.add(.keyNotText, at: key.location)
        continue
      }
      if case .nothing = entry.kind {
        builder.mapping.add(cell: name, as: "none", of: list.name)
      } else if let (text, _) = single(entry, name) {
        builder.mapping.add(cell: name, as: text, of: list.name)
      }
    }
  }

  /// `from_number: [origin]`
  private mutating func readGiven(_ value: YAMLValue, of list: ListDeclaration) {
    for (text, location) in texts(value, "from_number") {
      guard let field = field(text, of: list, at: location) else { continue }
      if list.personID != nil, IdentityFacts.asked.contains(field) {
        builder.mapping.give(field, of: list.name)
      } else {
        let what = Text(IdentityFacts.asked.joined(separator: ", "), zh: "户籍地")
        findings.add(.wanted(key: "from_number", what, found: Text.same(ValueProblem.shown(text))), at: location)
      }
    }
  }

  /// Whether a value speaks of how days are written; a heading of that name has a fact for a value.
  private func saysOrder(_ value: YAMLValue) -> Bool {
    switch value.kind {
    case .map, .list: true
    case .text(let text, _): DateOrder(word: text) != nil
    case .nothing: false
    }
  }

  /// `dates: day first`, `dates: {born: 19YY, start: [20YY, day first]}`
  private mutating func readOrders(_ value: YAMLValue, _ key: String, of list: ListDeclaration) {
    guard case .map = value.kind else { return readOrder(value, key, for: "", of: list) }
    for (name, entry) in value.pairs where !name.isRepeated {
      guard let text = name.name, let field = field(text, of: list, at: name.location) else { continue }
      readOrder(entry, text, for: field, of: list)
    }
  }

  private mutating func readOrder(_ value: YAMLValue, _ key: String, for field: String, of list: ListDeclaration) {
    for (text, location) in texts(value, key) {
      if let order = DateOrder(word: text) {
        builder.mapping.add(dates: order, for: field, of: list.name)
      } else {
        let what = Text(
          "one of " + DateOrder.all(chinese: false).joined(separator: ", "),
          zh: DateOrder.all(chinese: true).joined(separator: "、") + "之一")
        findings.add(.wanted(key: key, what, found: Text.same("`\(ValueProblem.shown(text))`")), at: location)
      }
    }
  }

  /// `header_row: {hires: 4}`, `header_row: {hires: none}`
  mutating func readHeaderRows(_ value: YAMLValue) {
    for (list, row) in lists(value, "header_row") {
      guard case .text(let text, _) = row.kind, let number = ColumnMapping.headerRow(text) else {
        let what = Text(
          "the number of a row, 1 to \(HeadingSearch.rows), none or cards",
          zh: "行号，1 至 \(HeadingSearch.rows)，或“无”“卡片”")
        findings.add(.wanted(key: "header_row", what, found: row.described), at: row.location)
        continue
      }
      builder.mapping.setHeaderRow(number, of: list.name)
    }
  }

  /// A map from lists to something.
  private mutating func lists(_ value: YAMLValue, _ key: String) -> [(list: ListDeclaration, value: YAMLValue)] {
    switch value.kind {
    case .nothing: return []
    case .map: break
    case .text, .list:
      let what = Text("lists, each with its columns: `\(key): {hires: …}`", zh: "按清单书写：`\(key): {hires: …}`")
      findings.add(.wanted(key: key, what, found: value.described), at: value.location)
      return []
    }
    var out: [(ListDeclaration, YAMLValue)] = []
    for (name, entry) in value.pairs where !name.isRepeated {
      guard let text = name.name else {
        findings.add(.keyNotText, at: name.location)
        continue
      }
      if let list = reader.dictionary.list(named: text) {
        out.append((list, entry))
      } else {
        let question = suggestions.question(text, among: reader.dictionary.lists.map(\.name))
        findings.add(.unknownKey(text, question), at: name.location)
      }
    }
    return out
  }
}
