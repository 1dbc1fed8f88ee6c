// One record that several files state: a sheet a month with the same people in each, a file of changes behind the
// register. Same person, same employer and same first day is one record, of which the later file holds; another first
// day is another record. Told with places. Knows nothing of files' syntax.
import Diagnostics
import Reckoning

/// The records of one list of which a later file states the same again.
private struct SameRecords {
  /// By the row that stays, the rows whose place it takes, the latest first.
  private(set) var before: [Int: [Int]] = [:]

  /// What tells a record from others of its list.
  private struct Key: Hashable {
    let who: Int32
    let isNumber: Bool
    let start: Int32
    let first: Int32
    let second: Int32
  }

  /// A row and the file that it stands in.
  private struct Place {
    let row: Int
    let part: Int
  }

  private let names: Storage<Int32>?
  private let numbers: Storage<Int32>?
  private let starts: Storage<Int32>
  private let employers: [Storage<Int32>]
  /// What tells namesakes apart where no number does.
  private let traits: [Storage<Int32>]
  private let list: ListParts
  private let ids: IDColumn

  init?(_ table: FactTable, _ list: ListParts, _ texts: TextPool) {
    let declaration = table.declaration
    func column(_ name: String?) -> Storage<Int32>? {
      guard let name, case .int32(let values)? = table.columns[name]?.data else { return nil }
      return values
    }
    guard let ids = table.ids, let starts = column(declaration.begins) else { return nil }
    (self.ids, self.starts, self.list) = (ids, starts, list)
    names = column(declaration.personName)
    numbers = column(declaration.personID)
    employers = declaration.fields.compactMap { field in
      guard case .reference = field.type, field.absence == .required else { return nil }
      return column(field.name)
    }
    traits = ["sex", "born", "origin"].compactMap { column($0) }
    guard names != nil || numbers != nil, employers.count <= 2 else { return nil }
    find(texts)
    if before.isEmpty { return nil }
  }

  private func key(_ row: Int) -> Key? {
    let name = names?[row] ?? -1, number = numbers?[row] ?? -1
    guard name >= 0 || number >= 0, starts[row] > Absent.none32 else { return nil }
    return Key(
      who: name >= 0 ? name : number, isNumber: name < 0, start: starts[row], first: employers.first?[row] ?? 0,
      second: employers.count > 1 ? employers[1][row] : 0)
  }

  private mutating func find(_ texts: TextPool) {
    // Nearly every key has one record; further ones stand apart.
    var known: [Key: Place] = [:]
    var more: [Key: [Place]] = [:]
    var row = list.records.count
    for (part, file) in list.bulk.enumerated() {
      for _ in 0..<file.records.rows {
        defer { row += 1 }
        guard let key = key(row) else { continue }
        let own = Place(row: row, part: part)
        guard let first = known[key] else {
          known[key] = own
          continue
        }
        if isSame(first, own, texts) {
          known[key] = own
          replace(first.row, by: row)
        } else if let at = more[key]?.firstIndex(where: { isSame($0, own, texts) }), let other = more[key]?[at] {
          more[key]?[at] = own
          replace(other.row, by: row)
        } else {
          more[key, default: []].append(own)
        }
      }
    }
  }

  private mutating func replace(_ row: Int, by later: Int) {
    before[later] = [row] + (before.removeValue(forKey: row) ?? [])
  }

  /// Whether two records of one name, employer and first day are of one person, and neither has an id of its own that
  /// says otherwise.
  private func isSame(_ first: Place, _ second: Place, _ texts: TextPool) -> Bool {
    guard first.part < second.part else { return false }
    let (a, b) = (first.row, second.row)
    if !list.bulk[first.part].records.hasMadeIDs, !list.bulk[second.part].records.hasMadeIDs,
      !ids.slice(a).elementsEqual(ids.slice(b))
    {
      return false
    }
    if let numbers, numbers[a] >= 0, numbers[b] >= 0 {
      return numbers[a] == numbers[b] || texts.text(numbers[a]).uppercased() == texts.text(numbers[b]).uppercased()
    }
    return traits.allSatisfy { trait in
      trait[a] == trait[b] || trait[a] <= Absent.none32 || trait[b] <= Absent.none32
    }
  }
}

extension Assembly {
  /// Whether several files may state the same records of a list: one of people, which no other list refers to by row.
  func mayRepeat(_ number: Int) -> Bool {
    let list = lists[number], declaration = list.schema.declaration
    guard isOffices, list.bulk.count > 1, declaration.begins != nil, declaration.hasID,
      declaration.personName != nil || declaration.personID != nil
    else { return false }
    return !dictionary.lists.contains { other in
      other.fields.contains { field in
        switch field.type {
        case .reference(let name), .set(.reference(let name)): name == declaration.name
        default: false
        }
      }
    }
  }

  /// The table with each record once, and ids of which none repeats.
  mutating func once(_ table: FactTable, _ number: Int) -> FactTable {
    let list = lists[number]
    var single = table
    var sources = Array(Int32(0)..<Int32(truncatingIfNeeded: table.count))
    if let same = SameRecords(table, list, texts) {
      let gone = Set(same.before.values.joined())
      sources = sources.filter { !gone.contains(Int($0)) }
      single = merged(table, sources, same.before, list)
      tell(same.before, table, list)
    }
    return renamed(single, sources, number)
  }

  /// The rows that stay. What a file does not speak of at all, or leaves open, an earlier one may have stated.
  private mutating func merged(
    _ table: FactTable, _ sources: [Int32], _ before: [Int: [Int]], _ list: ListParts
  ) -> FactTable {
    let plan = RowPlan(table, rows: sources)
    let ids = plan.ids(table)
    var columns: [String: Column] = [:]
    var unstated: [String: Unstated] = [:]
    for field in table.declaration.fields {
      guard let column = table.columns[field.name] else { continue }
      let own = list.taking(field, column, sources, before)
      columns[field.name] = (own.map { RowPlan(table, rows: $0) } ?? plan).column(
        field.name, column, table, ids, &texts)
      if let left = table.unstated[field.name]?.taken(own ?? sources), left.count > 0 { unstated[field.name] = left }
    }
    return FactTable(
      declaration: table.declaration, count: sources.count, ids: ids, columns: columns, unstated: unstated,
      origin: { [origin = table.origin] row in sources.indices.contains(row) ? origin(Int(sources[row])) : nil })
  }

  /// Gives made ids that repeat a number; of others it is told that they do.
  private mutating func renamed(_ table: FactTable, _ sources: [Int32], _ number: Int) -> FactTable {
    let list = lists[number]
    guard let ids = table.ids else { return table }
    let cohorts = list.cohorts.reduce(0) { $0 + $1.cohort.count }
    var pairs: [(row: Int, first: Int)] = []
    _ = IDIndex(ids, count: table.count - cohorts) { pairs.append((row: $0, first: $1)) }
    let all = lists[number].joinedIDs() ?? ids
    if cohorts > 0 {
      let stated = list.count - cohorts
      list.repeatedIDs(all) { row, first in
        if first >= stated { note(number, row, field: -1, Assembly.repeated(all, row, first, list)) }
      }
    }
    guard !pairs.isEmpty else { return table }
    let isMade = pairs.allSatisfy { list.hasMadeID(Int(sources[$0.row])) }
    guard isMade else {
      for pair in pairs {
        let (row, first) = (Int(sources[pair.row]), Int(sources[pair.first]))
        note(number, row, field: -1, Assembly.repeated(all, row, first, list))
      }
      return table
    }
    var made = MadeIDBytes(count: table.count)
    for row in 0..<table.count {
      made.append(ArraySlice(ids.slice(row)))
      made.end()
    }
    return FactTable(
      declaration: table.declaration, count: table.count, ids: made.column, columns: table.columns,
      unstated: table.unstated, origin: table.origin)
  }

  private static func repeated(_ ids: IDColumn, _ row: Int, _ first: Int, _ list: ListParts) -> ValueProblem {
    .repeatedID(ids.text(row), list: list.schema.declaration.title, firstLine: list.line(of: first, like: row))
  }

  /// Tells of records that several files state, and of facts in which these differ.
  private mutating func tell(_ before: [Int: [Int]], _ table: FactTable, _ list: ListParts) {
    let rows = before.keys.sorted()
    guard let first = rows.first else { return }
    let declaration = table.declaration
    func name(_ row: Int) -> Text? { table.origin(row).map { list.lineName($0) } }
    func who(_ row: Int) -> String {
      for field in [declaration.personName, declaration.personID] {
        if let field, case .int32(let values)? = table.columns[field]?.data, values[row] >= 0 {
          let text = texts.text(values[row])
          return ValueProblem.shown(field == declaration.personID ? PersonalNumbers.middle(text) : text)
        }
      }
      return ValueProblem.shown(table.ids?.text(row) ?? "\(row + 1)")
    }
    let shown = rows.prefix(3).map { row -> Text in
      let places = ((before[row] ?? []).reversed() + [row]).compactMap(name)
      return Text(
        "`\(who(row))` (\(places.map(\.en).joined(separator: ", ")))",
        zh: "`\(who(row))`（\(places.map(\.zh).joined(separator: "、"))）")
    }
    let changed = differing(before, table, list)
    let changes = Text(
      changed.map { "; `\($0.field.name)` differs in \($0.count)" }.joined(),
      zh: changed.isEmpty
        ? "" : "；其中" + changed.map { "\($0.field.words.zh)有 \($0.count) 条与前不同" }.joined(separator: "、"))
    let more = rows.count > 3
    remarks.append(
      Diagnostic(
        changed.isEmpty ? .note : .warning, code: "same-record",
        Text(
          "\(rows.count) of the \(declaration.name) stand in several files with person, employer and first day "
            + "and are one record each, as the later file has it: \(shown.map(\.en).joined(separator: ", "))"
            + (more ? ", …" : "") + changes.en,
          zh: "\(declaration.title.zh)有 \(rows.count) 条在几份表中重复（同一人、同一单位、同一起始日期），各按一条计算，以后一份为准："
            + shown.map(\.zh).joined(separator: "、") + (more ? "……" : "") + changes.zh),
        hint: Text(
          "check that it is so; a further spell has a first day of its own", zh: "请核对；再次就业的请写明其起始日期"),
        at: table.origin(first)))
  }

  /// The facts that both files state of a record, and not alike; with in how many records.
  private func differing(
    _ before: [Int: [Int]], _ table: FactTable, _ list: ListParts
  ) -> [(field: Field, count: Int)] {
    table.declaration.fields.compactMap { field in
      guard field.name != "id", let column = table.columns[field.name] else { return nil }
      let number = list.schema.named(field.name) ?? -1
      let count = before.count { row, others in
        guard let other = others.first, list.hasColumn(number, of: row), list.hasColumn(number, of: other),
          let a = column.raw(row), let b = column.raw(other), a != b
        else { return false }
        // What was open before is no other statement, and what is open now stays as it was; what is none now is one.
        let isOpen = ListSchema.isMark(a, field.type) && field.absence == .unknown
        return !isOpen && !ListSchema.isMark(b, field.type)
      }
      return count > 0 ? (field, count) : nil
    }
  }
}

extension ListParts {
  /// The file of a row; nil for a record of the scenario's own or of a cohort.
  private func file(of row: Int) -> BulkRecords? {
    var base = records.count
    for part in bulk {
      if row < base { return nil }
      if row < base + part.records.rows { return part.records }
      base += part.records.rows
    }
    return nil
  }

  /// Whether the file of a row has a column for a field.
  fileprivate func hasColumn(_ field: Int, of row: Int) -> Bool { file(of: row)?.column(of: field) != nil }

  fileprivate func hasMadeID(_ row: Int) -> Bool { file(of: row)?.hasMadeIDs ?? false }

  /// For each row that stays, the row from which it has a field; nil where each has its own.
  fileprivate func taking(
    _ field: Field, _ column: Column, _ sources: [Int32], _ before: [Int: [Int]]
  ) -> [Int32]? {
    guard let number = schema.named(field.name), number >= 0 else { return nil }
    // Where nothing is the same as no, or as none, a blank cell says it.
    let isOpen = field.absence == .unknown
    var out: [Int32]?
    for (at, source) in sources.enumerated() {
      guard let others = before[Int(source)] else { continue }
      func says(_ row: Int) -> Bool {
        hasColumn(number, of: row) && !(isOpen && column.raw(row).map { ListSchema.isMark($0, field.type) } ?? false)
      }
      guard !says(Int(source)), let other = others.first(where: says) else { continue }
      out = out ?? sources
      out?[at] = Int32(truncatingIfNeeded: other)
    }
    return out
  }
}

extension Unstated {
  /// The same of a table that is made of some rows, each with the row that it has the field from.
  fileprivate func taken(_ sources: [Int32]) -> Unstated {
    var out = Unstated()
    for (row, source) in sources.enumerated() where contains(Int(source)) { out.add(row..<(row + 1)) }
    // Which cells are empty is not kept: as many as there were at most.
    out.add(emptyCells: max(0, min(emptyCells, sources.count - out.count)))
    return out
  }
}
