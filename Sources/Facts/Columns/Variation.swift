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
    return taken(RowPlan(tables[index], cohorts, variations, monthEnd, comesAbout), of: index)
  }

  /// The facts with some records of one list alone, by ascending row; who names another of that list names none.
  public func only(_ rows: [Int32], of list: Int) -> Dataset { taken(RowPlan(tables[list], rows: rows), of: list) }

  private func taken(_ plan: RowPlan, of index: Int) -> Dataset {
    let table = tables[index]
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
    // Records that name one of the list name it where it stands now.
    for t in tables.indices where t != index {
      for field in tables[t].declaration.fields where field.type == .reference(table.declaration.name) {
        // Without rows of its own the column names no record.
        guard let column = tables[t].columns[field.name], case .int32(let old) = column.data else { continue }
        tables[t] = plan.renumbered(tables[t], field.name, old)
      }
    }
    return Dataset(
      dictionary: dictionary, tables: tables, texts: texts, places: places, cohorts: [], monthEnd: monthEnd)
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
