// Tables too long to be told whole: of the figures of one an explanation names the row that applies and those beside
// it, and says how many more there are. Knows nothing of what a row is made of.
import Diagnostics
import PolicyLanguage

/// Which rows of long tables have been told of.
struct LongTables {
  /// Tables with more rows than these are long.
  static var mostRows: Int { 12 }

  /// The rows told, by the table's name.
  private var told: [String: Set<Int>] = [:]

  /// A row has been told.
  /// - Returns: whether the table is a long one.
  mutating func tell(_ i: Int, of table: Text, rows: Int) -> Bool {
    guard rows > LongTables.mostRows else { return false }
    told[table.en, default: []].insert(i)
    return true
  }

  /// Whether a row has been told, or one beside it.
  func isNear(_ i: Int, of table: Text) -> Bool {
    guard let rows = told[table.en] else { return false }
    return rows.contains(i) || rows.contains(i - 1) || rows.contains(i + 1)
  }
}

extension Narrator {
  /// What the measure's expressions mention as far as they were used, found in one walk.
  struct Mentioned {
    /// Parameters by their ids.
    fileprivate(set) var parameters: Set<String> = []
    /// Readings by their ids.
    fileprivate(set) var readings: Set<String> = []
    /// Those of long tables that are of no row that was told, nor of one beside such.
    fileprivate(set) var far: Set<String> = []
    /// How many rows of each long table are not named.
    fileprivate(set) var left: [(table: Text, rows: Int)] = []
  }

  func mentioned() -> Mentioned {
    var out = Mentioned()
    var tables: [String: (name: Text, rows: [[String]])] = [:]
    func reading(_ t: Typed) {
      if case .readingIs(let id, _) = t.operation { out.readings.insert(id) }
    }
    walkUsed { t in
      reading(t)
      if case .parameter(let id) = t.operation { out.parameters.insert(id) }
      if case .call(let definition, _) = t.operation, case .rows(let table)? = definition.body.telling {
        tables[table.name.en] = (table.name, table.rows.map(LongTables.parameters))
      }
      if case .steps(let steps)? = t.telling {
        tables[steps.name.en] = (steps.name, steps.steps.map(LongTables.parameters))
      }
    } decided: { test in
      test.walk { t in
        reading(t)
        return .into
      }
    }
    for (_, table) in tables.sorted(by: { $0.key < $1.key }) where table.rows.count > LongTables.mostRows {
      let far = table.rows.indices.filter { !longTables.isNear($0, of: table.name) }
      if far.isEmpty { continue }
      let near = Set(table.rows.indices.filter { longTables.isNear($0, of: table.name) }.flatMap { table.rows[$0] })
      out.far.formUnion(Set(far.flatMap { table.rows[$0] }).subtracting(near))
      out.left.append((table.name, far.count))
    }
    return out
  }
}

extension LongTables {
  /// The parameters that stand in a row.
  fileprivate static func parameters(_ row: TableRows.Row) -> [String] {
    let cells = row.cells.flatMap { cell -> [Typed] in
      switch cell {
      case .upTo(let figure), .below(let figure), .from(let figure, _): [figure]
      case .values, .above, .any, .when, .otherwise: []
      }
    }
    return ([row.figure] + cells).compactMap(parameter)
  }

  fileprivate static func parameters(_ step: TableSteps.Step) -> [String] {
    [step.figure, step.upTo].compactMap { $0.flatMap(parameter) }
  }

  private static func parameter(_ t: Typed) -> String? {
    if case .parameter(let id) = t.operation { id } else { nil }
  }
}
