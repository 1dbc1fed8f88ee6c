// Which rows of a table another one is made of, and its columns. Knows nothing of what leaves rows out or adds some.
import Diagnostics
import Reckoning

/// Which row of the old table each row of the new one stems from, and what is new in it.
struct RowPlan {
  private(set) var sources: [Int32] = []
  /// The text of a new id; nil where the source's own stands.
  private var newIDs: [Int: String] = [:]
  private var starts: [Int: Int32] = [:]
  private var ends: [Int: Int32?] = [:]
  private let begins: String
  private let finishes: String
  private let oldCount: Int

  var count: Int { sources.count }

  init(
    _ table: FactTable, _ cohorts: [CohortRows], _ variations: [CohortVariation], _ monthEnd: MonthEnd,
    _ comesAbout: ((Int) -> Bool)?
  ) {
    begins = CohortList.begins(table.declaration)
    finishes = CohortList.ends(table.declaration)
    oldCount = table.count
    let listed = cohorts.map(\.firstRow).min() ?? table.count
    var number = 0
    sources.reserveCapacity(table.count)
    for row in 0..<listed {
      if comesAbout?(number) ?? true { sources.append(Int32(truncatingIfNeeded: row)) }
      number += 1
    }
    for (rows, variation) in zip(cohorts, variations) {
      let stated = rows.cohort
      guard stated.count > 0 else { continue }
      let length = Int32(truncatingIfNeeded: Int(stated.to.number) - Int(stated.from.number))
      let cohort = Cohort(
        id: stated.id, count: variation.count, hire: [], from: variation.from, to: variation.from + length,
        retention: stated.retention)
      for i in 0..<max(0, variation.count) {
        defer { number += 1 }
        guard comesAbout?(number) ?? true else { continue }
        let row = sources.count
        sources.append(Int32(truncatingIfNeeded: rows.firstRow + min(i, stated.count - 1)))
        if i >= stated.count { newIDs[row] = "\(stated.id)-\(i + 1)" }
        let start = cohort.start(i)
        starts[row] = start.number
        if !stated.retention.isEmpty {
          let missed = variation.leaves(i).flatMap {
            stated.retention.indices.contains($0) ? stated.retention[$0].months : nil
          }
          // Who stays has no last day, which is something else than having none worked out.
          let last: Int32? = missed.map { (start.completes(months: $0, .inclusive, monthEnd) - 2).number }
          ends.updateValue(last, forKey: row)
        }
      }
    }
  }

  /// All rows, and behind them copies of one, each with an id of its own.
  init(_ table: FactTable, copying row: Int, count: Int) {
    begins = CohortList.begins(table.declaration)
    finishes = CohortList.ends(table.declaration)
    oldCount = table.count
    sources = (0..<table.count).map { Int32(truncatingIfNeeded: $0) }
    // A list without ids needs none for its copies.
    let id = table.ids?.text(row) ?? ""
    for i in 1...count {
      newIDs[sources.count] = "\(id)+\(i)"
      sources.append(Int32(truncatingIfNeeded: row))
    }
  }

  /// Some rows alone.
  init(_ table: FactTable, rows: [Int32]) {
    begins = CohortList.begins(table.declaration)
    finishes = CohortList.ends(table.declaration)
    oldCount = table.count
    sources = rows
  }

  func ids(_ table: FactTable) -> IDColumn? {
    guard let old = table.ids else { return nil }
    if newIDs.isEmpty { return kept(old) }
    let offsets = Storage<Int64>(count: count + 1, repeating: 0)
    var bytes: [UInt8] = []
    var ascending = true
    for row in 0..<count {
      if let new = newIDs[row] {
        bytes.append(contentsOf: new.utf8)
      } else {
        bytes.append(contentsOf: old.slice(Int(sources[row])))
      }
      offsets[row + 1] = Int64(bytes.count)
      // Leaving rows out keeps an order; a new id may break it.
      if newIDs[row] != nil { ascending = false }
    }
    return IDColumn(offsets: offsets, bytes: Storage(bytes, padding: 0), ascending: ascending && old.ascending)
  }

  /// The ids of rows of which none is new.
  private func kept(_ old: IDColumn) -> IDColumn {
    let offsets = UnsafeMutableBufferPointer<Int64>.allocate(capacity: count + 1)
    var size: Int64 = 0
    offsets[0] = 0
    for row in 0..<count {
      let source = Int(sources[row])
      size += old.offsets.buffer[source + 1] - old.offsets.buffer[source]
      offsets[row + 1] = size
    }
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(Int(size), 1))
    // Rows that stood together are copied together.
    var row = 0
    while row < count {
      var end = row + 1
      while end < count, sources[end] == sources[end - 1] + 1 { end += 1 }
      let first = Int(old.offsets.buffer[Int(sources[row])]), last = Int(old.offsets.buffer[Int(sources[end - 1]) + 1])
      let room = UnsafeMutableBufferPointer(rebasing: bytes[Int(offsets[row])..<Int(offsets[end])])
      _ = room.update(fromContentsOf: UnsafeMutableBufferPointer(rebasing: old.bytes.buffer[first..<last]))
      row = end
    }
    return IDColumn(
      offsets: Storage(adopting: offsets, count: count + 1), bytes: Storage(adopting: bytes, count: Int(size)),
      ascending: old.ascending)
  }

  func column(_ name: String, _ column: Column, _ table: FactTable, _ ids: IDColumn?, _ texts: inout TextPool) -> Column
  {
    if name == begins || (name == finishes && !ends.isEmpty) {
      return dates(column, isBegin: name == begins)
    }
    switch column.data {
    case .constant, .ownIDs: return column
    case .bools(let old): return Column(.bools(gathered(old)), hasAbsent: column.hasAbsent)
    case .int64(let old): return Column(.int64(gathered(old)), hasAbsent: column.hasAbsent)
    case .int32(let old):
      let new = gathered(old)
      if name == table.declaration.person {
        // A further record is of another person.
        for (row, id) in newIDs { new[row] = texts.intern(id) }
      } else if case .field("id")? = table.declaration.field(name)?.absence {
        // A text that stands for the id where none is stated is the new id here; -1 is no text's number.
        for (row, id) in newIDs
        where new[row] == texts.id(table.ids?.text(Int(sources[row])) ?? "") ?? -1 {
          new[row] = texts.intern(id)
        }
      }
      return Column(.int32(new), hasAbsent: column.hasAbsent)
    case .sets(let offsets, let values):
      let newOffsets = Storage<Int32>(count: count + 1, repeating: 0)
      var members: [Int32] = []
      for row in 0..<count {
        let s = Int(sources[row])
        for j in Int(offsets[s])..<Int(offsets[s + 1]) { members.append(values[j]) }
        newOffsets[row + 1] = Int32(truncatingIfNeeded: members.count)
      }
      return Column(.sets(offsets: newOffsets, values: Storage(members, padding: 0)), hasAbsent: column.hasAbsent)
    }
  }

  private func dates(_ column: Column, isBegin: Bool) -> Column {
    let new: Storage<Int32>
    switch column.data {
    case .int32(let old): new = gathered(old)
    case .constant(let raw):
      new = Storage(count: count, repeating: Int32(clamping: max(raw, Int64(Int32.min))))
    // What a declaration calls a day and is none stays as it is.
    case .ownIDs, .bools, .int64, .sets: return column
    }
    if case .constant(let raw) = column.data, raw <= Absent.none64 {
      for row in 0..<count { new[row] = raw == Absent.unknown64 ? Absent.unknown32 : Absent.none32 }
    }
    if isBegin {
      for (row, day) in starts { new[row] = day }
      return Column(.int32(new), hasAbsent: column.hasAbsent)
    }
    for (row, day) in ends { new[row] = day ?? Absent.none32 }
    return Column(.int32(new), hasAbsent: true)
  }

  private func gathered<T>(_ old: Storage<T>) -> Storage<T> where T: BitwiseCopyable & Sendable {
    let buffer = UnsafeMutableBufferPointer<T>.allocate(capacity: max(count, 1))
    sources.withUnsafeBufferPointer { sources in
      for row in 0..<count { buffer[row] = old.buffer[Int(sources[row])] }
    }
    return Storage(adopting: buffer, count: count)
  }

  func renumbered(_ table: FactTable, _ field: String, _ old: Storage<Int32>) -> FactTable {
    var now = [Int32](repeating: Absent.none32, count: oldCount)
    for (row, source) in sources.enumerated() where newIDs[row] == nil {
      now[Int(source)] = Int32(truncatingIfNeeded: row)
    }
    let new = Storage<Int32>(count: table.count, repeating: Absent.none32)
    for row in 0..<table.count { new[row] = old[row] >= 0 ? now[Int(old[row])] : old[row] }
    var columns = table.columns
    columns[field] = Column(.int32(new), hasAbsent: true)
    return FactTable(
      declaration: table.declaration, count: table.count, ids: table.ids, columns: columns, origin: table.origin)
  }
}
