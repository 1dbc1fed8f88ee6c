// Records of a list counted by what they have in common, by one key or by two that cross. Knows nothing of payments,
// nor of how the counts are shown.

import Diagnostics
import Engine
import Facts
import Reckoning

/// How many records there are of each sort.
package struct RecordCounts: Sendable {
  /// Records that have something in common.
  package struct Group: Sendable {
    /// What programs call it.
    package let key: String
    /// What people call it.
    package let title: Text
    package let count: Int
    /// Where two keys cross, the names of both groups; else the one.
    package let parts: [String]
  }

  /// The groups of the only key, or what stands where two cross.
  package let groups: [Group]
  /// Where two keys cross: the groups of the first, those of the second, and how many have both, row by row.
  package let cross: (rows: [Group], columns: [Group], cells: [[Int]])?

  /// Counts records.
  ///
  /// - Parameter rows: the records that count.
  /// - Precondition: there are one or two keys, none of them a dimension of payments.
  package init(_ rows: [Int32], of list: ListDeclaration, by keys: [GroupKey], in dataset: Dataset) {
    let codes = keys.map { GroupCodes($0, of: dataset) }
    let found = codes.map { $0.codes(rows, of: list) }
    var named: [NamedGroups] = []
    var singles: [[Int]] = []
    for (codes, found) in zip(codes, found) {
      var counts = Array(repeating: 0, count: codes.count)
      for code in found { counts[Int(code)] += 1 }
      let groups = NamedGroups(
        codes, ledger: nil, dataset: dataset, weights: counts.map { $0 == 0 ? nil : Int64($0) })
      var sums = Array(repeating: 0, count: groups.names.count)
      for (code, count) in counts.enumerated() where count > 0 {
        sums[RecordCounts.place(Int32(truncatingIfNeeded: code), groups)] += count
      }
      named.append(groups)
      singles.append(sums)
    }
    func groups(_ key: Int) -> [Group] {
      zip(named[key].names, singles[key]).map { name, count in
        Group(key: name.key, title: name.title ?? .same(name.key), count: count, parts: [name.key])
      }
    }
    guard keys.count > 1 else {
      self.groups = groups(0)
      cross = nil
      return
    }
    Invariant.holds(keys.count == 2, "one-key-or-two: records are counted by one key or by two")
    let (down, across) = (groups(0), groups(1))
    var cells = down.map { _ in Array(repeating: 0, count: across.count) }
    for (a, b) in zip(found[0], found[1]) {
      cells[RecordCounts.place(a, named[0])][RecordCounts.place(b, named[1])] += 1
    }
    var pairs: [Group] = []
    for (row, counts) in zip(down, cells) {
      for (column, count) in zip(across, counts) where count > 0 {
        pairs.append(
          Group(
            key: row.key + " · " + column.key,
            title: Text(row.title.en + " · " + column.title.en, zh: row.title.zh + " · " + column.title.zh),
            count: count, parts: [row.key, column.key]))
      }
    }
    self.groups = pairs
    cross = (down, across, cells)
  }

  private static func place(_ code: Int32, _ groups: NamedGroups) -> Int {
    Invariant.value(groups.groups[Int(code)], "groups-named: whatever is counted has a name")
  }

  /// Whether records of a list have what a key looks at.
  package static func has(_ key: GroupKey, _ list: ListDeclaration, in dataset: Dataset) -> Bool {
    key.reader(of: list, in: dataset) != nil
  }
}

/// Records in the order of a fact.
package enum RecordOrder {
  /// Rows by a fact, records without it last; equal ones as they stand.
  ///
  /// - Returns: nil where records of the list have no such fact.
  package static func sorted(
    _ rows: [Int32], of list: ListDeclaration, by path: FactPath, descending: Bool, in dataset: Dataset
  ) -> [Int32]? {
    guard let reached = path.reached(from: list, in: dataset) else { return nil }
    let isText: Bool
    switch reached.field.type {
    case .text, .place, .county, .area, .reference: isText = true
    case .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .choice, .set: isText = false
    }
    var values: [(row: Int32, raw: Int64, text: String)] = []
    var last: [Int32] = []
    for row in rows {
      switch reached.raw(row) {
      case .value(let value):
        let raw = reached.field.type == .dateOrYear ? DateOrYear.rank(value) : value
        values.append((row, raw, isText ? text(raw, reached, dataset) : ""))
      case .none, .unknown: last.append(row)
      }
    }
    values.sort { a, b in
      if isText || reached.column == nil, a.text != b.text {
        return a.text.utf8.lexicographicallyPrecedes(b.text.utf8) != descending
      }
      if !isText, a.raw != b.raw { return (a.raw < b.raw) != descending }
      return a.row < b.row
    }
    return values.map(\.row) + last
  }

  private static func text(_ raw: Int64, _ reached: FactPath.Reached, _ dataset: Dataset) -> String {
    if reached.column == nil { return dataset.describe(reached.table.declaration.name, Int(raw), "id").en }
    return dataset.describe(raw: raw, reached.field.type).en
  }
}
