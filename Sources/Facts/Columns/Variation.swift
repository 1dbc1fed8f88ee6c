// The same facts with cohorts drawn anew: other counts, days and stays, and hires that do not come about. Makes a
// dataset of its own; the one it starts from stays as it is. Knows nothing of chance: what is drawn is handed in.
import Diagnostics
import Reckoning

/// What a cohort states, for whoever wants to vary it.
public struct CohortOutline: Sendable {
  /// What its hires' ids begin with.
  public let id: String
  /// How many hires are stated.
  public let count: Int
  /// The first day of starts, and the last.
  public let from: Day
  /// The last day of starts.
  public let to: Day
  /// Who stays how long, by ascending months.
  public let retention: [Cohort.Retention]
  /// The row of its first hire.
  public let firstRow: Int
}

/// How one cohort is to come out.
public struct CohortVariation: Sendable {
  /// How many hires there are to be.
  public var count: Int
  /// The first day of its starts; their spread stays as long as it is stated.
  public var from: Day
  /// Whether hire i stays past each of the cohort's month counts: the index of the first that it misses, or nil.
  public var leaves: @Sendable (Int) -> Int?

  /// A cohort as it is to come out.
  public init(count: Int, from: Day, leaves: @escaping @Sendable (Int) -> Int?) {
    self.count = count
    self.from = from
    self.leaves = leaves
  }
}

extension Dataset {
  /// The cohorts that the scenario describes, in their order.
  public var cohortOutlines: [CohortOutline] {
    cohorts.map {
      CohortOutline(
        id: $0.cohort.id, count: $0.cohort.count, from: $0.cohort.from, to: $0.cohort.to,
        retention: $0.cohort.retention,
        firstRow: $0.firstRow)
    }
  }

  /// How many hires there are; none where the dictionary has no list of hires.
  public var hireCount: Int { table(CohortList.name)?.count ?? 0 }

  /// The facts with cohorts as varied.
  ///
  /// - Parameters:
  ///   - variations: one for each cohort, in their order.
  ///   - comesAbout: whether the nth hire of the result (from 0, before any is left out) comes about at all.
  public func varied(_ variations: [CohortVariation], comesAbout: ((Int) -> Bool)? = nil) -> Dataset {
    // A dictionary without hires has nothing that could vary.
    guard let index = tables.firstIndex(where: { $0.declaration.name == CohortList.name }) else { return self }
    let table = tables[index]
    let plan = RowPlan(table, cohorts, variations, monthEnd, comesAbout)
    var texts = self.texts
    let ids = plan.ids(table)
    var columns: [String: Column] = [:]
    for (name, column) in table.columns { columns[name] = plan.column(name, column, table, ids, &texts) }
    var tables = self.tables
    tables[index] = FactTable(
      declaration: table.declaration, count: plan.count, ids: ids, columns: columns,
      origin: { [origin = table.origin, sources = plan.sources] row in
        sources.indices.contains(row) ? origin(Int(sources[row])) : nil
      })
    // Records that name a hire name it where it stands now.
    for t in tables.indices where t != index {
      for field in tables[t].declaration.fields where field.type == .reference(CohortList.name) {
        // Without rows of its own the column names no hire.
        guard let column = tables[t].columns[field.name], case .int32(let old) = column.data else { continue }
        tables[t] = plan.renumbered(tables[t], field.name, old)
      }
    }
    return Dataset(
      dictionary: dictionary, tables: tables, texts: texts, places: places, cohorts: [], monthEnd: monthEnd)
  }
}

/// Which row of the old table each row of the new one stems from, and what is new in it.
fileprivate struct RowPlan {
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

  func ids(_ table: FactTable) -> IDColumn? {
    guard let old = table.ids else { return nil }
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
    for row in 0..<count { buffer[row] = old[Int(sources[row])] }
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

// MARK: - Single facts

/// One change of the facts, for asking what would have to be otherwise.
public enum FactEdit: Sendable, Hashable {
  /// A field at another raw value; a mark of `Absent` says that there is no such thing.
  case set(list: Int, row: Int, field: String, raw: Int64)
  /// A set with one member more.
  case include(list: Int, row: Int, field: String, member: Int32)
  /// So many further records like this one, each of another person.
  case copies(list: Int, row: Int, count: Int)
}

extension Dataset {
  /// The facts with some of them changed. Edits that do not fit the columns change nothing.
  public func edited(_ edits: [FactEdit]) -> Dataset {
    var tables = self.tables
    var texts = self.texts
    for edit in edits {
      switch edit {
      case .set(let list, let row, let field, let raw):
        guard tables.indices.contains(list), row >= 0, row < tables[list].count,
          let column = tables[list].columns[field]
        else { continue }
        tables[list] = tables[list].replacing(field, column.setting(row, raw, tables[list], field))
      case .include(let list, let row, let field, let member):
        guard tables.indices.contains(list), row >= 0, row < tables[list].count,
          case .sets(let offsets, let values)? = tables[list].columns[field]?.data
        else { continue }
        tables[list] = tables[list].replacing(field, Column.including(member, row, offsets, values, tables[list].count))
      case .copies(let list, let row, let count):
        guard tables.indices.contains(list), row >= 0, row < tables[list].count, count > 0 else { continue }
        let plan = RowPlan(tables[list], copying: row, count: count)
        let ids = plan.ids(tables[list])
        var columns: [String: Column] = [:]
        for (name, column) in tables[list].columns {
          columns[name] = plan.column(name, column, tables[list], ids, &texts)
        }
        let old = tables[list]
        tables[list] = FactTable(declaration: old.declaration, count: plan.count, ids: ids, columns: columns) {
          [sources = plan.sources] r in
          sources.indices.contains(r) ? old.origin(Int(sources[r])) : nil
        }
      }
    }
    return Dataset(
      dictionary: dictionary, tables: tables, texts: texts, places: places, cohorts: [], monthEnd: monthEnd)
  }
}

extension FactTable {
  func replacing(_ field: String, _ column: Column) -> FactTable {
    var columns = self.columns
    columns[field] = column
    return FactTable(
      declaration: declaration, count: count, ids: ids, columns: columns, unstated: unstated, origin: origin)
  }
}

extension Column {
  fileprivate func setting(_ row: Int, _ raw: Int64, _ table: FactTable, _ field: String) -> Column {
    let declared = Invariant.value(
      table.declaration.field(field),
      "columns-have-fields: \(field) is declared among \(table.declaration.name)")
    switch declared.type {
    case .bool:
      let new = Storage<UInt8>(count: table.count, repeating: 2)
      for i in 0..<table.count {
        switch data {
        case .bools(let s): new[i] = s[i]
        case .constant(let c): new[i] = UInt8(clamping: c)
        case .ownIDs, .int32, .int64, .sets: Column.misfit(field)
        }
      }
      Invariant.holds((0...2).contains(raw), "flags: a boolean is set to no, yes or not known")
      new[row] = UInt8(clamping: raw)
      return Column(.bools(new), hasAbsent: hasAbsent)
    case .money, .figure:
      let new = Storage<Int64>(count: table.count, repeating: Absent.unknown64)
      for i in 0..<table.count {
        switch data {
        case .int64(let s): new[i] = s[i]
        case .constant(let c): new[i] = c
        case .ownIDs, .bools, .int32, .sets: Column.misfit(field)
        }
      }
      new[row] = raw
      return Column(.int64(new), hasAbsent: true)
    // Sets are changed by their members, and texts are not changed.
    case .set, .text: return self
    case .int, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .reference:
      let new = Storage<Int32>(count: table.count, repeating: Absent.unknown32)
      for i in 0..<table.count {
        switch data {
        case .int32(let s): new[i] = s[i]
        case .constant(let c): new[i] = Column.narrowed(c)
        case .ownIDs, .bools, .int64, .sets: Column.misfit(field)
        }
      }
      new[row] = Column.narrowed(raw)
      return Column(.int32(new), hasAbsent: true)
    }
  }

  private static func misfit(_ field: String) -> Never {
    Invariant.broken("columns-of-their-type: the column \(field) is as wide as its type")
  }

  private static func narrowed(_ raw: Int64) -> Int32 {
    raw == Absent.unknown64 ? Absent.unknown32 : raw == Absent.none64 ? Absent.none32 : Int32(clamping: raw)
  }

  fileprivate static func including(
    _ member: Int32, _ row: Int, _ offsets: Storage<Int32>, _ values: Storage<Int32>, _ count: Int
  ) -> Column {
    let newOffsets = Storage<Int32>(count: count + 1, repeating: 0)
    var members: [Int32] = []
    for i in 0..<count {
      var own = (Int(offsets[i])..<Int(offsets[i + 1])).map { values[$0] }
      if i == row, !own.contains(member) { own = (own + [member]).sorted() }
      members += own
      newOffsets[i + 1] = Int32(truncatingIfNeeded: members.count)
    }
    return Column(.sets(offsets: newOffsets, values: Storage(members, padding: 0)), hasAbsent: false)
  }
}
