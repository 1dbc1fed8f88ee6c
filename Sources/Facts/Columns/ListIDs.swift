// The ids of a list from all its parts, and those that repeat. Knows nothing of fields.
import Reckoning

extension ListParts {
  /// The ids of all rows.
  func joinedIDs() -> IDColumn? {
    guard schema.declaration.hasID else { return nil }
    if records.count == 0, cohorts.isEmpty, bulk.count == 1, let ids = bulk.first?.records.ids { return ids }
    if bulk.isEmpty, cohorts.isEmpty { return IDColumn(records.ids) }
    return gatheredIDs()
  }

  private func gatheredIDs() -> IDColumn {
    let size =
      records.ids.reduce(0) { $0 + $1.utf8.count } + bulk.reduce(0) { $0 + $1.records.idByteCount }
      + cohorts.reduce(0) { $0 + $1.cohort.count * ($1.cohort.id.utf8.count + 12) }
    let offsets = Storage<Int64>(adopting: .allocate(capacity: count + 1), count: count + 1)
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: size + 16)
    var row = 0
    var done = 0
    offsets.buffer[0] = 0
    func put(_ text: String.UTF8View) {
      for byte in text {
        memory[done] = byte
        done += 1
      }
    }
    func endRow() {
      row += 1
      offsets.buffer[row] = Int64(done)
    }
    for id in records.ids {
      put(id.utf8)
      endRow()
    }
    for part in bulk {
      let file = part.records
      if let start = memory.baseAddress { file.copyIDs(to: start + done) }
      for i in 0..<file.rows {
        // A file without a column of ids, which has been told, leaves them empty.
        offsets.buffer[row + i + 1] = Int64(done) + (file.idOffsets?.buffer[i + 1] ?? 0)
      }
      row += file.rows
      done += file.idByteCount
    }
    for part in cohorts {
      for i in 0..<part.cohort.count {
        put(part.cohort.id.utf8)
        put("-".utf8)
        var digits: UInt64 = 0
        var n = i + 1
        var length: UInt64 = 0
        while n > 0 {
          digits = digits << 8 | UInt64(0x30 + n % 10)
          n /= 10
          length += 1
        }
        for _ in 0..<length {
          memory[done] = UInt8(truncatingIfNeeded: digits)
          digits >>= 8
          done += 1
        }
        endRow()
      }
    }
    let bytes = Storage<UInt8>(adopting: memory, count: done)
    let ids = IDColumn(offsets: offsets, bytes: bytes, ascending: false)
    // Ten of a cohort stand out of order already: `a-10` precedes `a-9`.
    guard !cohorts.contains(where: { $0.cohort.count >= 10 }) else { return ids }
    for row in stride(from: 1, to: count, by: 1) where !ids.precedes(row - 1, row) { return ids }
    return IDColumn(offsets: offsets, bytes: bytes, ascending: true)
  }

  /// Tells each row whose id an earlier one has, and that row; rows of cohorts count as earlier than all others.
  func repeatedIDs(_ ids: IDColumn, tell: (Int, Int) -> Void) {
    let stated = records.count + bulk.reduce(0) { $0 + $1.records.rows }
    if !(records.count == 0 && bulk.count == 1 && bulk[0].records.unrepeated) {
      _ = IDIndex(ids, count: stated, repeated: tell)
    }
    guard !cohorts.isEmpty else { return }
    var firstRows: [String: (row: Int, count: Int)] = [:]
    var row = stated
    for part in cohorts {
      if firstRows[part.cohort.id] == nil { firstRows[part.cohort.id] = (row, part.cohort.count) }
      row += part.cohort.count
    }
    for row in 0..<stated {
      let id = ids.slice(row)
      guard let last = id.last, (0x30...0x39).contains(last), let dash = id.lastIndex(of: 0x2D) else { continue }
      let digits = id[(dash + 1)...]
      guard let first = digits.first, first != 0x30, digits.count <= 9,
        let n = Int(String(decoding: digits, as: UTF8.self)),
        let cohort = firstRows[String(decoding: id[..<dash], as: UTF8.self)], n <= cohort.count
      else { continue }
      tell(row, cohort.row + n - 1)
    }
  }
}
