// What must hold of a dataset whatever was stated: looked at whenever one has been made. The engine reads columns
// without asking again, so that a reference beyond its table would become a figure. Knows nothing of how columns were
// made.
import Reckoning

extension Dataset {
  /// Stops the run where the dataset is not of one piece. Lengths are looked at in every build; what takes a walk
  /// over the rows, in debug builds.
  func check() {
    Invariant.holds(
      tables.count == dictionary.lists.count
        && zip(tables, dictionary.lists).allSatisfy { $0.declaration.name == $1.name },
      "a-table-for-each-list: there is one table for each list of the dictionary, in its order")
    for table in tables {
      table.checkLengths()
      #if CHECKED
        checkRows(table)
      #endif
    }
    guard !cohorts.isEmpty else { return }
    let hires = Invariant.value(
      table(CohortList.name), "cohorts-have-hires: the dictionary has a list of hires where there are cohorts")
    for rows in cohorts {
      Invariant.holds(
        rows.firstRow >= 0 && rows.cohort.count >= 0 && rows.firstRow + rows.cohort.count <= hires.count,
        "cohorts-fit-table: the rows of cohort \(rows.cohort.id) lie within the hires")
    }
  }

  /// Stops a debug build's run where a dataset that nothing is wrong with has two records of one id, or where a
  /// column that calls itself complete is not. With problems both may be, and beside them nothing is computed.
  func checkSound() {
    #if CHECKED
      for table in tables {
        if let ids = table.ids {
          _ = IDIndex(ids, count: table.count) { row, _ in
            Invariant.broken("ids-unique: `\(ids.text(row))` is the id of one record of \(table.declaration.name)")
          }
        }
        for (name, column) in table.columns where !column.hasAbsent {
          Invariant.holds(
            column.isComplete(table.count),
            "absence-told: the column \(table.declaration.name).\(name) says whether any of its rows is absent")
        }
      }
    #endif
  }

  // MARK: rows

  private func checkRows(_ table: FactTable) {
    table.ids?.checkOffsets(table.declaration.name)
    for field in table.declaration.fields {
      guard let column = table.columns[field.name] else { continue }
      let name = "\(table.declaration.name).\(field.name)"
      switch column.data {
      case .ownIDs: break
      case .constant(let raw): checkValue(raw, field.type, name)
      case .bools(let values):
        for row in 0..<values.count { checkValue(Int64(values[row]), .bool, name) }
      case .int64: break
      case .int32(let values):
        guard let limit = limit(field.type) else { continue }
        for row in 0..<values.count {
          let raw = values[row]
          if raw != Absent.unknown32, raw != Absent.none32, raw < 0 || Int(raw) >= limit {
            checkValue(Int64(raw), field.type, name)
          }
        }
      case .sets(let offsets, let values):
        guard case .set(let member) = field.type else {
          Invariant.broken("columns-of-their-type: the column \(name) holds sets only if its field does")
        }
        checkSets(offsets, values, member, name)
      }
    }
  }

  /// How many different values a type has whose raw values are numbers of something; nil for others.
  private func limit(_ type: FieldType) -> Int? {
    switch type {
    // A list that is not declared has no records to refer to.
    case .reference(let list): table(list)?.count ?? 0
    case .text: texts.count
    case .place, .county, .area: places.count
    case .choice(let choices): choices.count
    case .bool: 3
    case .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .set: nil
    }
  }

  private func checkValue(_ raw: Int64, _ type: FieldType, _ name: String) {
    guard let limit = limit(type) else { return }
    let isMark = type != .bool && (raw == Int64(Absent.unknown32) || raw == Int64(Absent.none32))
    Invariant.holds(
      isMark || (raw >= 0 && raw < Int64(limit)),
      "values-within-their-kind: \(raw) in \(name) is one of \(limit) or a mark of absence")
  }

  private func checkSets(_ offsets: Storage<Int32>, _ values: Storage<Int32>, _ member: FieldType, _ name: String) {
    Invariant.holds(
      offsets[0] == 0 && Int(offsets[offsets.count - 1]) == values.count,
      "set-offsets: the sets of \(name) take up all of their members")
    for row in 0..<offsets.count - 1 {
      Invariant.holds(
        offsets[row] <= offsets[row + 1], "set-offsets: each set of \(name) ends behind its beginning")
      for i in Int(offsets[row])..<Int(offsets[row + 1]) {
        Invariant.holds(
          i == Int(offsets[row]) || values[i - 1] < values[i],
          "set-members: the members of each set of \(name) ascend and none repeats")
        checkValue(Int64(values[i]), member, name)
      }
    }
  }
}

extension FactTable {
  /// Stops the run where a column is missing, or longer or shorter than its table.
  fileprivate func checkLengths() {
    let list = declaration.name
    Invariant.holds(count >= 0, "rows-counted: \(list) has no fewer than no records")
    Invariant.holds(
      (ids != nil) == declaration.hasID, "ids-as-declared: \(list) has ids where its declaration says so")
    if let ids {
      Invariant.holds(
        ids.count == count && ids.offsets[count] <= Int64(ids.bytes.count),
        "ids-fit-table: there is one id for each record of \(list), within the ids' bytes")
    }
    for field in declaration.fields where field.name != "id" {
      let column = Invariant.value(
        columns[field.name], "a-column-for-each-field: \(list).\(field.name) has a column")
      Invariant.holds(
        column.length.map { $0 == count } ?? true,
        "columns-fit-table: \(list).\(field.name) has a value for each of the \(count) records")
    }
  }
}

extension Column {
  /// For how many rows there are values; nil where any number of rows has the same.
  fileprivate var length: Int? {
    switch data {
    case .constant, .ownIDs: nil
    case .bools(let values): values.count
    case .int32(let values): values.count
    case .int64(let values): values.count
    case .sets(let offsets, _): offsets.count - 1
    }
  }

  /// Whether none of the rows is absent.
  fileprivate func isComplete(_ count: Int) -> Bool {
    switch data {
    // Of a constant column it is said of all rows at once, and its raw value may be a default.
    case .ownIDs, .sets, .constant: true
    case .bools(let values): !(0..<count).contains { values[$0] == 2 }
    case .int32(let values):
      !(0..<count).contains { values[$0] == Absent.unknown32 || values[$0] == Absent.none32 }
    case .int64(let values):
      !(0..<count).contains { values[$0] == Absent.unknown64 || values[$0] == Absent.none64 }
    }
  }
}

extension IDColumn {
  fileprivate func checkOffsets(_ list: String) {
    for row in 0..<count {
      Invariant.holds(offsets[row] <= offsets[row + 1], "id-offsets: each id of \(list) ends behind its beginning")
      Invariant.holds(
        !ascending || row == 0 || !slice(row).lexicographicallyPrecedes(slice(row - 1)),
        "ids-ordered: the ids of \(list) ascend where the column says so")
    }
  }
}
