// The same spell stated twice, and spells of one person that overlap: a list that was put together from several files
// often has them, and each is paid. They are told and taken as written. Knows nothing of files' syntax or of rules.
import Diagnostics
import Reckoning

/// Pairs of records of one person whose days overlap.
struct Spells {
  private(set) var repeated: [(row: Int, first: Int)] = []
  private(set) var overlapping: [(row: Int, first: Int)] = []
  private(set) var repeatedCount = 0
  private(set) var overlapCount = 0
  private static let shown = 3

  /// - Parameters:
  ///   - columns: the list's finished columns.
  ///   - rows: how many records are looked at; those of cohorts, whose persons are all different, come behind.
  init?(_ declaration: ListDeclaration, _ columns: [String: Column], rows: Int) {
    guard let person = declaration.person, let begins = declaration.begins, let ends = declaration.ends, rows > 1,
      case .int32(let persons)? = columns[person]?.data, case .int32(let starts)? = columns[begins]?.data
    else { return nil }
    // A list in which nobody leaves has no last days.
    var lasts: Storage<Int32>?
    if case .int32(let values)? = columns[ends]?.data { lasts = values }
    let employers = declaration.fields.compactMap { field -> Storage<Int32>? in
      guard case .reference = field.type, field.absence == .required,
        case .int32(let values)? = columns[field.name]?.data
      else { return nil }
      return values
    }
    Spells.groups(persons, rows) { group in
      // Chained backwards, they stand in falling order.
      group.reverse()
      if (1..<group.count).contains(where: { starts[group[$0 - 1]] > starts[group[$0]] }) {
        group.sort { (starts[$0], $0) < (starts[$1], $1) }
      }
      take(group, starts, lasts, employers)
    }
  }

  /// Gives the rows of each person who has several, in one array that is used again for the next.
  private static func groups(_ persons: Storage<Int32>, _ rows: Int, _ take: (inout [Int]) -> Void) {
    var most: Int32 = -1
    for row in 0..<rows { most = max(most, persons[row]) }
    guard most >= 0 else { return }
    var last = [Int32](repeating: -1, count: Int(most) + 1)
    var before = [Int32](repeating: -1, count: rows)
    var several: [Int32] = []
    for row in 0..<rows where persons[row] >= 0 {
      let person = Int(persons[row])
      let other = last[person]
      if other >= 0, before[Int(other)] < 0 { several.append(persons[row]) }
      before[row] = other
      last[person] = Int32(truncatingIfNeeded: row)
    }
    var group: [Int] = []
    for person in several {
      group.removeAll(keepingCapacity: true)
      var row = last[Int(person)]
      while row >= 0 {
        group.append(Int(row))
        row = before[Int(row)]
      }
      take(&group)
    }
  }

  private mutating func take(
    _ rows: [Int], _ starts: Storage<Int32>, _ lasts: Storage<Int32>?, _ employers: [Storage<Int32>]
  ) {
    func end(_ row: Int) -> Int32 {
      guard let last = lasts?[row], last > Absent.none32 else { return .max }
      return last
    }
    guard var latest = rows.first else { return }
    for row in rows.dropFirst() where starts[row] > Absent.none32 && starts[latest] > Absent.none32 {
      if starts[row] <= end(latest) {
        if starts[row] == starts[latest], end(row) == end(latest), employers.allSatisfy({ $0[row] == $0[latest] }) {
          repeatedCount += 1
          if repeated.count < Spells.shown { repeated.append((row, latest)) }
        } else {
          overlapCount += 1
          if overlapping.count < Spells.shown { overlapping.append((row, latest)) }
        }
      }
      if end(row) > end(latest) || starts[latest] <= Absent.none32 { latest = row }
    }
  }
}

extension Assembly {
  /// Tells of spells that are stated twice or overlap.
  mutating func tellSpells(_ list: ListParts, _ columns: [String: Column], _ table: FactTable) {
    let rows = table.count - list.cohorts.reduce(0) { $0 + $1.cohort.count }
    guard let spells = Spells(list.schema.declaration, columns, rows: rows) else { return }
    let origin = table.origin
    let (name, title) = (list.schema.declaration.name, list.schema.declaration.title)
    func some(_ count: Int) -> String { count == 1 ? "1 spell stands" : "\(count) spells stand" }
    if let first = spells.repeated.first {
      let which = pairs(spells.repeated, of: spells.repeatedCount, list, table)
      remarks.append(
        Diagnostic(
          .warning, code: "repeated-spell",
          Text(
            "in `\(name)` \(some(spells.repeatedCount)) a second time, with person, employer and days: " + which.en,
            zh: "\(title.zh)中有 \(spells.repeatedCount) 条与另一条的人员、单位和起止日期全部相同：\(which.zh)"),
          hint: Text(
            "each is taken as a record of its own, and what is paid once per person is paid once; remove what was "
              + "entered twice", zh: "各按一条记录处理（每人只发一次的措施不重复计发）；重复登记的请删去"),
          at: origin(first.row)))
    }
    if let first = spells.overlapping.first {
      let which = pairs(spells.overlapping, of: spells.overlapCount, list, table)
      remarks.append(
        Diagnostic(
          .warning, code: "overlapping-spells",
          Text(
            "in `\(name)` \(some(spells.overlapCount)) beside another of the same person whose days overlap: "
              + which.en,
            zh: "\(title.zh)中有 \(spells.overlapCount) 条与同一人的另一段时间重叠：\(which.zh)"),
          hint: Text(
            "each is reckoned by itself; check the days, and whether these are one person",
            zh: "各条分别计算；请核对日期，以及是否同一人"), at: origin(first.row)))
    }
  }

  /// Pairs of records by their ids, each with its place.
  /// - Parameter count: how many there are in all.
  func pairs(
    _ found: [(row: Int, first: Int)], of count: Int, _ list: ListParts, _ table: FactTable
  ) -> Text {
    let parts = found.map { pair -> Text in
      let (a, b) = (table.ids?.text(pair.row) ?? "\(pair.row + 1)", table.ids?.text(pair.first) ?? "\(pair.first + 1)")
      let places = [pair.row, pair.first].compactMap { table.origin($0) }
      let (x, y) = (ValueProblem.shown(a), ValueProblem.shown(b))
      guard places.count == 2 else { return Text("`\(x)` and `\(y)`", zh: "`\(x)` 与 `\(y)`") }
      if list.hasSeveralFiles || places[0].source?.naming != nil {
        let names = places.map { list.lineName($0) }
        return Text(
          "`\(x)` and `\(y)` (\(names[0].en) and \(names[1].en))",
          zh: "`\(x)` 与 `\(y)`（\(names[0].zh)、\(names[1].zh)）")
      }
      let lines = places.map(\.start.line)
      return Text(
        "`\(x)` and `\(y)` (lines \(lines[0]) and \(lines[1]))", zh: "`\(x)` 与 `\(y)`（第 \(lines[0])、\(lines[1]) 行）")
    }
    let more = count > found.count
    return Text(
      parts.map(\.en).joined(separator: ", ") + (more ? ", …" : ""),
      zh: parts.map(\.zh).joined(separator: "、") + (more ? "……" : ""))
  }
}
