// The columns of sets of one list: members in raw form, ascending, from records, bulk files and cohorts. Knows nothing of
// files' syntax.
import Diagnostics
import Reckoning

extension ListColumns {
  mutating func makeSets(_ field: Int, _ assembly: inout Assembly) {
    guard case .set(let member) = fields[field].type else {
      Invariant.broken("members-of-sets: only a set has members")
    }
    // Only ids can be unknown: members of other types name no list.
    var listName = ""
    if case .reference(let name) = member { listName = name }
    var offsets: [Int32] = [0]
    var values: [Int32] = []
    offsets.reserveCapacity(list.count + 1)
    func end() { offsets.append(Int32(truncatingIfNeeded: values.count)) }
    for cell in list.records.cells[field] ?? [] {
      while offsets.count <= Int(cell.row) { end() }
      var unknown: [String] = []
      values += assembly.members(cell.value, fields[field].type) { unknown.append($0) }
      end()
      for text in unknown {
        let problem = assembly.unknown(text, listName)
        assembly.note(number, Int(cell.row), field: field, problem)
      }
    }
    while offsets.count <= list.records.count { end() }
    for (part, bulk) in list.bulk.enumerated() {
      let file = bulk.records
      guard let column = file.columns.first(where: { $0.field == field }), case .int32(let codes) = column.values.values
      else {
        for _ in 0..<file.rows { end() }
        continue
      }
      for (k, run) in file.runs.enumerated() {
        var resolved: [(members: [Int32], unknown: [String])] = []
        for typed in run.sets[column.column] {
          var unknown: [String] = []
          let members = assembly.members(typed, fields[field].type) { unknown.append($0) }
          resolved.append((members, unknown))
        }
        for i in 0..<run.rows {
          let row = file.firstRows[k] + i
          if codes[row] >= 0 {
            let set = resolved[Int(codes[row])]
            values += set.members
            for text in set.unknown {
              let problem = assembly.unknown(text, listName)
              assembly.noteBulk(BulkKey(list: number, part: part), row, field, problem)
            }
          }
          end()
        }
      }
    }
    for part in list.cohorts {
      var members: [Int32] = []
      if let cell = part.cells[field] {
        var unknown: [String] = []
        members = assembly.members(cell.value, fields[field].type) { unknown.append($0) }
        for text in unknown { assembly.noteCohort(assembly.unknown(text, listName), at: cell.location) }
      }
      for _ in 0..<part.cohort.count {
        values += members
        end()
      }
    }
    made.append(.sets(Storage(offsets, padding: 0), Storage(values, padding: 0)))
    absent.append(false)
  }
}
