// The columns of one list, put together from its records, bulk files and cohorts. Knows nothing of files' syntax.
import Diagnostics
import Dispatch
import Reckoning

/// The columns of one list while they are made.
struct ListColumns {
  enum Made {
    case buffer(ColumnBuffer)
    case constant(Int64)
    case ownIDs
    case sets(Storage<Int32>, Storage<Int32>)
    /// Stated nowhere, and another field's value throughout.
    case same(Int)
  }

  let list: ListParts
  let number: Int
  var made: [Made] = []
  var absent: [Bool] = []

  var fields: [Field] { list.schema.fields }
  private var begins: String { CohortList.begins(list.schema.declaration) }
  private var ends: String { CohortList.ends(list.schema.declaration) }

  init(list: ListParts, number: Int) {
    self.list = list
    self.number = number
  }

  /// Makes every column; defaults from other fields are still to be taken.
  mutating func make(_ assembly: inout Assembly) {
    for field in fields.indices {
      if !isStated(field) {
        makeUnstated(field)
      } else if case .set = fields[field].type {
        makeSets(field, &assembly)
      } else {
        makeValues(field, &assembly)
      }
    }
  }

  private func isStated(_ field: Int) -> Bool {
    if list.records.cells[field] != nil { return true }
    if list.bulk.contains(where: { $0.records.states(field) }) { return true }
    if list.cohorts.contains(where: { $0.cells[field] != nil }) { return true }
    if list.cohorts.isEmpty { return false }
    let name = fields[field].name
    return name == begins || (name == ends && list.cohorts.contains { !$0.cohort.retention.isEmpty })
  }

  private mutating func makeUnstated(_ field: Int) {
    let declared = fields[field]
    var isAbsent = false
    switch (declared.type, declared.absence) {
    case (.set, _):
      made.append(.sets(Storage(count: list.count + 1, repeating: 0), Storage(count: 0, repeating: 0)))
    case (.text, .field("id")): made.append(.ownIDs)
    case (_, .field(let name)):
      if let other = list.schema.named(name), other >= 0, other != field, fields[other].type == declared.type {
        made.append(.same(other))
      } else {
        made.append(.constant(ListColumns.unknown(declared.type)))
        isAbsent = true
      }
    case (_, .required), (_, .none), (_, .unknown), (_, .value), (_, .empty):
      let raw = ListSchema.whenAbsent(declared)
      made.append(.constant(raw))
      isAbsent = ListSchema.isMark(raw, declared.type)
    }
    absent.append(isAbsent)
  }

  private static func unknown(_ type: FieldType) -> Int64 { ListSchema.marks(type).unknown }

  // MARK: single values

  private mutating func makeValues(_ field: Int, _ assembly: inout Assembly) {
    let declared = fields[field]
    let missing = ListSchema.whenAbsent(declared)
    var sawMissing = false
    let alone = list.records.count == 0 && list.cohorts.isEmpty && list.bulk.count == 1
    let buffer: ColumnBuffer
    if alone, let file = list.bulk.first?.records, let column = file.columns.first(where: { $0.field == field }) {
      buffer = file.take(column)
      number(file, column, buffer, 0, &assembly)
      sawMissing = column.sawMissing
    } else {
      buffer = ColumnBuffer.allocate(declared.type, list.count)
      sawMissing = fillRecords(field, buffer, missing, &assembly)
      var row = list.records.count
      for part in list.bulk {
        let file = part.records
        if let column = file.columns.first(where: { $0.field == field }) {
          buffer.copy(column.values, at: row, count: file.rows)
          number(file, column, buffer, row, &assembly)
          sawMissing = sawMissing || column.sawMissing
        } else if file.rows > 0 {
          buffer.fill(missing, at: row, count: file.rows)
          sawMissing = true
        }
        row += file.rows
      }
      for part in list.cohorts {
        if !fillCohort(field, buffer, row, part, missing, &assembly) { sawMissing = true }
        row += part.cohort.count
      }
    }
    made.append(.buffer(buffer))
    // Where a value was wrong the column holds a mark whatever the default.
    let wrong = list.bulk.contains { $0.records.problems > 0 } || !assembly.recordProblems.isEmpty
    absent.append(sawMissing && (ListSchema.isMark(missing, declared.type) || wrong || assembly.found(number)))
  }

  private func fillRecords(
    _ field: Int, _ buffer: ColumnBuffer, _ missing: Int64, _ assembly: inout Assembly
  ) -> Bool {
    buffer.fill(missing, at: 0, count: list.records.count)
    let cells = list.records.cells[field] ?? []
    var sawMissing = cells.count < list.records.count
    for cell in cells {
      if let raw = raw(cell.value, field, &assembly) {
        buffer[Int(cell.row)] = raw
      } else {
        buffer[Int(cell.row)] = ListColumns.unknown(fields[field].type)
        sawMissing = true
        if case (.text(let text), .reference(let name)) = (cell.value, fields[field].type) {
          let problem = assembly.unknown(text, name)
          assembly.note(number, Int(cell.row), field: field, problem)
        }
      }
    }
    return sawMissing
  }

  private func raw(_ value: Typed, _ field: Int, _ assembly: inout Assembly) -> Int64? {
    switch value {
    case .number(let raw): raw
    case .text(let text):
      if case .reference(let name) = fields[field].type {
        reference(text, name, field, &assembly)
      } else {
        assembly.number(text, fields[field].type).map(Int64.init)
      }
    case .numbers, .texts: nil
    }
  }

  /// The row of a record by its id or its name, which is told.
  private func reference(_ text: String, _ name: String, _ field: Int, _ assembly: inout Assembly) -> Int64? {
    guard let found = assembly.row(text, of: name) else { return nil }
    if found.byName {
      let key = RecordField(list.schema.declaration.name, fields[field].name)
      // The first of them has a place of its own only in a bulk file.
      let at = list.records.cells[field]?.first { $0.value == .text(text) }?.location
      assembly.readAs[key, default: ReadAs()].add(.name(text), text, as: assembly.id(found.row, of: name), at)
    }
    return Int64(found.row)
  }

  /// - Returns: whether every hire of the cohort has a value.
  private func fillCohort(
    _ field: Int, _ buffer: ColumnBuffer, _ row: Int, _ part: CohortPart, _ missing: Int64, _ assembly: inout Assembly
  ) -> Bool {
    let cohort = part.cohort
    let name = fields[field].name
    if name == begins {
      for i in 0..<cohort.count { buffer[row + i] = Int64(cohort.start(i).number) }
      return true
    }
    if name == ends, !cohort.retention.isEmpty {
      let stayers = cohort.stayers
      for i in 0..<cohort.count {
        let end = Cohort.end(of: i, start: cohort.start(i), stayers: stayers, assembly.monthEnd)
        buffer[row + i] = end.map { Int64($0.number) } ?? missing
      }
      return false
    }
    guard let cell = part.cells[field] else {
      buffer.fill(missing, at: row, count: cohort.count)
      return false
    }
    if let raw = raw(cell.value, field, &assembly) {
      buffer.fill(raw, at: row, count: cohort.count)
      return true
    }
    buffer.fill(ListColumns.unknown(fields[field].type), at: row, count: cohort.count)
    if case (.text(let text), .reference(let name)) = (cell.value, fields[field].type) {
      let problem = assembly.unknown(text, name)
      assembly.noteCohort(problem, at: cell.location)
    }
    return false
  }

  /// Turns the codes of a bulk column into numbers of texts or rows.
  private func number(
    _ file: BulkRecords, _ column: BulkRecords.Column, _ buffer: ColumnBuffer, _ row: Int, _ assembly: inout Assembly
  ) {
    let type = fields[column.field].type
    switch type {
    case .text, .reference: break
    case .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .set: return
    }
    guard case .int32(let values) = buffer.values else {
      Invariant.broken("texts-by-number: a column of texts or references holds numbers of four bytes")
    }
    var maps: [[Int32]] = []
    for (k, run) in file.runs.enumerated() {
      let table = run.table(column.column)
      var map = [Int32](repeating: Absent.unknown32, count: table.count)
      var wrong: Set<Int32> = []
      var named: [Int32: (name: String, id: Text)] = [:]
      if case .reference(let name) = type {
        let target = assembly.index(name)
        for code in 0..<table.count {
          if let found = target?.index.row(table.bytes(code)) {
            map[code] = found
          } else if let found = assembly.row(table.text(code), of: name) {
            map[code] = found.row
            named[Int32(truncatingIfNeeded: code)] = (table.text(code), assembly.id(found.row, of: name))
          } else {
            wrong.insert(Int32(truncatingIfNeeded: code))
          }
        }
        if !named.isEmpty { noteNamed(file, k, column, values.part(from: row, count: file.rows), named, &assembly) }
        if !wrong.isEmpty {
          noteUnknown(file, k, column, values.part(from: row, count: file.rows), wrong, table, name, &assembly)
        }
      } else {
        for code in 0..<table.count { map[code] = assembly.intern(table.bytes(code)) }
      }
      maps.append(map)
    }
    nonisolated(unsafe) let start = values.part(from: row, count: file.rows)
    let (chunkMaps, firsts, counts) = (maps, file.firstRows, file.runs.map(\.rows))
    DispatchQueue.concurrentPerform(iterations: chunkMaps.count) { k in
      chunkMaps[k].withUnsafeBufferPointer { map in
        let run = start.part(from: firsts[k], count: counts[k])
        for i in 0..<counts[k] where run[i] >= 0 { run[i] = map[Int(run[i])] }
      }
    }
  }

  /// Counts the cells that name a record where its id is asked.
  private func noteNamed(
    _ file: BulkRecords, _ run: Int, _ column: BulkRecords.Column, _ values: CheckedBuffer<Int32>,
    _ named: [Int32: (name: String, id: Text)], _ assembly: inout Assembly
  ) {
    let part = Invariant.value(
      list.bulk.firstIndex { $0.records === file }, "files-of-their-list: a bulk file is one of its list's")
    let key = BulkKey(list: number, part: part)
    var ways = assembly.bulkReadAs[key]?[column.column] ?? ReadAs()
    var met: [Int32: (count: Int, row: Int)] = [:]
    for i in 0..<file.runs[run].rows {
      let row = file.firstRows[run] + i
      let code = values[row]
      if code >= 0, named[code] != nil { met[code, default: (0, row)].count += 1 }
    }
    for (code, found) in met.sorted(by: { $0.value.row < $1.value.row }) {
      guard let cell = named[code] else { continue }
      // Many names are told of together.
      let form = WrittenForm.name(ways.listed.count < 200 ? cell.name : "")
      let at = SuspectRow(row: found.row, line: file.line(of: found.row), offset: -1)
      ways.add(form, cell.name, as: cell.id, at: at, count: found.count)
    }
    if !ways.isEmpty { assembly.bulkReadAs[key, default: [:]][column.column] = ways }
  }

  private func noteUnknown(
    _ file: BulkRecords, _ run: Int, _ column: BulkRecords.Column, _ values: CheckedBuffer<Int32>,
    _ wrong: Set<Int32>, _ table: CodeTable, _ name: String, _ assembly: inout Assembly
  ) {
    let part = Invariant.value(
      list.bulk.firstIndex { $0.records === file }, "files-of-their-list: a bulk file is one of its list's")
    var known: [Int32: ValueProblem] = [:]
    for i in 0..<file.runs[run].rows {
      let row = file.firstRows[run] + i
      let code = values[row]
      guard code >= 0, wrong.contains(code) else { continue }
      let problem = known[code] ?? assembly.unknown(table.text(Int(code)), name)
      known[code] = problem
      assembly.noteBulk(BulkKey(list: number, part: part), row, column.field, problem)
    }
  }

  // MARK: defaults from other fields

  /// Replaces the marks of values that another field of the record stands for.
  mutating func takeFromOthers(ids: IDColumn?, texts: inout TextPool) {
    for field in fields.indices {
      guard case .field(let name) = fields[field].absence, case .buffer(let buffer) = made[field]
      else { continue }
      let mark = ListSchema.marks(fields[field].type).other
      let other = list.schema.named(name)
      let unknown = ListColumns.unknown(fields[field].type)
      var isAbsent = absent[field]
      for row in 0..<list.count where buffer[row] == mark {
        if name == "id", fields[field].type == .text, let ids {
          buffer[row] = Int64(texts.intern(ids.text(row)))
        } else if let other, other >= 0, fields[other].type == fields[field].type, let raw = self.raw(other, row) {
          buffer[row] = raw == mark ? unknown : raw
        } else {
          buffer[row] = unknown
        }
        if ListSchema.isMark(buffer[row], fields[field].type) { isAbsent = true }
      }
      absent[field] = isAbsent
    }
  }

  /// The raw value of a field that is not a set; nil where it stands for another's.
  private func raw(_ field: Int, _ row: Int) -> Int64? {
    switch made[field] {
    case .buffer(let buffer): buffer[row]
    case .constant(let raw): raw
    case .ownIDs, .sets, .same: nil
    }
  }

  // MARK: result

  func finished() -> [String: Column] {
    var out: [String: Column] = [:]
    var columns: [Column?] = Array(repeating: nil, count: made.count)
    for (field, made) in made.enumerated() {
      switch made {
      case .buffer(let buffer): columns[field] = buffer.column(count: list.count, hasAbsent: absent[field])
      case .constant(let raw): columns[field] = Column(.constant(raw), hasAbsent: absent[field])
      case .ownIDs: columns[field] = Column(.ownIDs, hasAbsent: false)
      case .sets(let offsets, let values):
        columns[field] = Column(.sets(offsets: offsets, values: values), hasAbsent: false)
      case .same: break
      }
    }
    for field in made.indices {
      var source = field
      var steps = 0
      while case .same(let other) = made[source], steps <= made.count {
        source = other
        steps += 1
      }
      // Fields that stand for one another in a circle are known from nowhere.
      out[fields[field].name] =
        columns[source] ?? Column(.constant(ListColumns.unknown(fields[field].type)), hasAbsent: true)
    }
    return out
  }
}
