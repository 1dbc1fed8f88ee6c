// The cells of a sheet as texts, close together in memory: for each row that has any, its cells one behind another,
// from the first column to the last that says something. Knows nothing of where they came from or what they mean.

/// A sheet's cells as texts.
package final class SheetTable: @unchecked Sendable {
  /// What stands between two cells of a row; no text of a cell holds it.
  package static let separator: UInt8 = 0x1F
  /// How many bytes behind the last cell may be read.
  package static let padding = 64
  /// More than this is no register.
  static let byteLimit = 1 << 32

  /// The cells' bytes. A row ends where the next begins.
  package private(set) var bytes: UnsafeMutablePointer<UInt8>
  package private(set) var count = 0
  private var capacity: Int

  /// Where the row begins in the bytes, for each row; and the end of the last.
  package internal(set) var starts: [Int] = [0]
  /// The number of the row in its sheet, from 1; ascending.
  package internal(set) var numbers: [Int32] = []
  package internal(set) var remarks: [SheetRemark.Kind: SheetRemark] = [:]
  /// Whether rows are hidden by a filter.
  package internal(set) var isFiltered = false

  init(capacity: Int = 1 << 16) {
    self.capacity = capacity
    bytes = GrowingMemory.grown(nil, to: capacity + SheetTable.padding)
    (bytes + 0).initialize(repeating: 0, count: SheetTable.padding)
  }

  deinit { GrowingMemory.free(bytes) }

  /// How many rows have cells.
  package var rows: Int { numbers.count }

  /// The texts of a row's cells, the first `limit` of them.
  package func cells(_ row: Int, limit: Int = .max) -> [String] {
    let all = UnsafeBufferPointer(start: bytes + starts[row], count: starts[row + 1] - starts[row])
    return all.split(separator: SheetTable.separator, maxSplits: limit, omittingEmptySubsequences: false).prefix(limit)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// How many cells a row has.
  package func width(_ row: Int) -> Int {
    1
      + UnsafeBufferPointer(start: bytes + starts[row], count: starts[row + 1] - starts[row]).count {
        $0 == SheetTable.separator
      }
  }

  /// A sheet without cells.
  package static var none: SheetTable { SheetTable(capacity: 0) }

  /// Gives up the memory of rows whose texts nobody will ask for.
  package func release(_ rows: Range<Int>) {
    GrowingMemory.release(bytes + starts[rows.lowerBound], starts[rows.upperBound] - starts[rows.lowerBound])
  }

  func remark(_ kind: SheetRemark.Kind, _ place: CellRange) { remarks[kind, default: SheetRemark()].add(place) }

  /// Adds bytes of a row.
  @inline(__always)
  func append(_ more: UnsafeBufferPointer<UInt8>) throws(WorkbookProblem) {
    if count + more.count > capacity { try grow(more.count) }
    if let from = more.baseAddress { (bytes + count).update(from: from, count: more.count) }
    count += more.count
  }

  @inline(__always)
  func appendSeparator() throws(WorkbookProblem) {
    if count + 1 > capacity { try grow(1) }
    bytes[count] = SheetTable.separator
    count += 1
  }

  /// Ends a row, unless nothing stands in it.
  func endRow(_ number: Int) {
    guard count > starts[starts.count - 1] else { return }
    starts.append(count)
    numbers.append(Int32(truncatingIfNeeded: number))
  }

  /// Makes what lies behind the cells readable.
  func end() { (bytes + count).initialize(repeating: 0, count: SheetTable.padding) }

  private func grow(_ more: Int) throws(WorkbookProblem) {
    guard count + more <= SheetTable.byteLimit else { throw .tooLarge }
    // By a quarter once it is large: what is reserved and never used counts against the memory of others.
    let larger = max(count + more, capacity < 64 << 20 ? capacity * 2 : capacity + capacity / 4)
    bytes = GrowingMemory.grown(bytes, to: larger + SheetTable.padding)
    capacity = larger
  }
}
