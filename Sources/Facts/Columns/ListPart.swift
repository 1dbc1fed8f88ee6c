// Some records of one list: all of them, or those that refer to a record or to any record of another list. Says which
// rows these are in whatever facts it is asked about. Knows nothing of what is said of them.

/// Some records of one list.
package struct ListPart: Sendable, Hashable {
  /// What a record may refer to.
  package struct Target: Sendable, Hashable {
    /// The list that is referred to.
    package let list: String
    /// The record's id; nil: any record of the list.
    package let id: String?

    /// A record of a list, or any of them.
    package init(list: String, id: String?) {
      self.list = list
      self.id = id
    }
  }

  /// The list's name.
  package let list: String
  /// What its records refer to, any of these; empty: all records.
  package let targets: [Target]

  /// Records of a list that refer to any of some targets.
  package init(list: String, targets: [Target]) {
    self.list = list
    self.targets = targets
  }

  /// Its list's place among the tables of some facts; nil where there is no such list.
  package func index(in dataset: Dataset) -> Int? {
    dataset.tables.firstIndex { $0.declaration.name == list }
  }

  /// Whether a row of the list belongs to it.
  package func test(in dataset: Dataset) -> (Int32) -> Bool {
    guard let table = dataset.table(list) else { return { _ in false } }
    if targets.isEmpty { return { _ in true } }
    var tests: [(column: Column, row: Int64?)] = []
    for field in table.declaration.fields {
      guard case .reference(let name) = field.type, let column = table.columns[field.name] else { continue }
      for target in targets where target.list == name {
        guard let id = target.id else {
          tests.append((column, nil))
          continue
        }
        if let row = dataset.table(name)?.ids?.row(id) { tests.append((column, Int64(row))) }
      }
    }
    return { row in
      tests.contains { test in
        guard let raw = test.column.raw(Int(row)), raw >= 0 else { return false }
        return test.row.map { $0 == raw } ?? true
      }
    }
  }
}
