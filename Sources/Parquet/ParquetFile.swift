// A Parquet file: what its end says of its columns, and each column's values as texts. Columns of lists and records are
// not read. Knows nothing of what the values mean to us.

/// An opened file, whose bytes outlive it.
package final class ParquetFile {
  /// A column, from left to right.
  package struct Column: Sendable {
    package let name: String
    let form: Int
    let size: Int
    let isOptional: Bool
    let meaning: Meaning
    let problem: ParquetProblem?
  }

  package let columns: [Column]
  /// How many rows there are.
  package let rows: Int
  let bytes: UnsafeRawBufferPointer
  /// For each group of rows its count, and what it says of each column.
  let groups: [(rows: Int, chunks: [Thrift])]

  /// A file of so many bytes cannot have more rows than this for each of them.
  private static let rowsPerByte = 1024
  private static let mostColumns = 4000

  package init(_ bytes: UnsafeRawBufferPointer) throws(ParquetProblem) {
    let about = try ParquetFile.end(of: bytes)
    columns = try ParquetFile.columns(about[2]?.list ?? [])
    var groups: [(rows: Int, chunks: [Thrift])] = []
    var rows = 0
    for group in about[4]?.list ?? [] {
      guard let count = group[3]?.number, count >= 0, let chunks = group[1]?.list, chunks.count == columns.count else {
        throw .damaged
      }
      guard rows <= bytes.count * ParquetFile.rowsPerByte - count else { throw .tooLarge }
      rows += count
      groups.append((count, chunks))
    }
    guard about[3]?.number == rows else { throw .damaged }
    (self.bytes, self.rows, self.groups) = (bytes, rows, groups)
  }

  /// What a file says of itself, at its end.
  private static func end(of bytes: UnsafeRawBufferPointer) throws(ParquetProblem) -> Thrift {
    let magic: [UInt8] = Array("PAR1".utf8)
    guard bytes.count >= 12 else { throw .notParquet }
    let end = bytes.count
    if bytes[(end - 4)...].elementsEqual("PARE".utf8) { throw .encrypted }
    guard bytes[..<4].elementsEqual(magic), bytes[(end - 4)...].elementsEqual(magic) else { throw .notParquet }
    let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: end - 8, as: UInt32.self)))
    guard length <= end - 12 else { throw .damaged }
    var reader = ThriftReader(ByteReader(UnsafeRawBufferPointer(rebasing: bytes[(end - 8 - length)..<(end - 8)])))
    let about = try reader.fields()
    if about[8] != nil { throw .encrypted }
    return about
  }

  /// The names of a file's columns, those of lists and records among them; no column is looked into.
  package static func columnNames(_ bytes: UnsafeRawBufferPointer) throws(ParquetProblem) -> [String] {
    let schema = try end(of: bytes)[2]?.list ?? []
    guard let root = schema.first, let count = root[5]?.number, count > 0 else { throw .damaged }
    guard count <= mostColumns else { throw .tooLarge }
    var names: [String] = []
    // How many elements are still to come of each column that holds others.
    var inside = 0
    for element in schema.dropFirst() {
      if inside == 0 { names.append(element[4]?.text ?? "") } else { inside -= 1 }
      inside += max(element[5]?.number ?? 0, 0)
    }
    guard names.count == count, inside == 0 else { throw .damaged }
    return names
  }

  private static func columns(_ schema: [Thrift]) throws(ParquetProblem) -> [Column] {
    guard let root = schema.first, let count = root[5]?.number, count > 0 else { throw .damaged }
    guard count <= mostColumns else { throw .tooLarge }
    var columns: [Column] = []
    for element in schema.dropFirst() {
      let name = element[4]?.text ?? ""
      let isNested = (element[5]?.number ?? 0) > 0 || element[3]?.number == 2
      guard !isNested, let form = element[1]?.number, (0...7).contains(form) else { throw .nested(column: name) }
      let size = element[2]?.number ?? 0
      guard form != 7 || (1...1 << 20).contains(size) else { throw .damaged }
      columns.append(
        Column(
          name: name, form: form, size: size, isOptional: element[3]?.number == 1,
          meaning: try meaning(element, form, name), problem: nil))
    }
    guard columns.count == count else { throw .nested(column: root[4]?.text ?? "") }
    return columns
  }

  /// What a column holds, by the newer way of saying it or the older.
  private static func meaning(_ element: Thrift, _ form: Int, _ name: String) throws(ParquetProblem) -> Meaning {
    let logical = element[10]
    func decimal(_ scale: Int?) throws(ParquetProblem) -> Meaning {
      guard let scale, (0...38).contains(scale) else { throw .damaged }
      return .decimal(scale: scale)
    }
    if let logical {
      if logical[1] != nil || logical[4] != nil || logical[12] != nil { return .text }
      if let about = logical[5] { return try decimal(about[1]?.number) }
      if logical[6] != nil { return .date }
      if let about = logical[8] {
        let unit = about[2]
        return .moment(
          perSecond: unit?[1] != nil ? 1000 : unit?[2] != nil ? 1_000_000 : 1_000_000_000,
          isUniversal: about[1]?.flag ?? true)
      }
      if let about = logical[10] { return about[2]?.flag == false ? .unsigned : .plain }
      if logical[11] != nil { return .plain }
      return .other
    }
    switch element[6]?.number {
    case nil: return form == 6 ? .text : .plain
    case 0, 4, 19: return .text
    case 5: return try decimal(element[7]?.number)
    case 6: return .date
    case 9: return .moment(perSecond: 1000, isUniversal: true)
    case 10: return .moment(perSecond: 1_000_000, isUniversal: true)
    case 11, 12, 13, 14: return .unsigned
    case 15, 16, 17, 18: return .plain
    default: return .other
    }
  }

  /// The values of a column.
  package func texts(
    of column: Int, isCancelled: () -> Bool = { false }
  ) throws(ParquetProblem) -> ParquetTexts {
    var reading = ColumnReading(self, columns[column])
    // A group without rows may have no pages.
    for group in groups where group.rows > 0 {
      if isCancelled() { throw .cancelled }
      try reading.add(group.chunks[column], rows: group.rows)
    }
    return try reading.finished()
  }
}

/// A column's values as texts: each row has the number of one, and rows without a value an empty one.
package final class ParquetTexts: @unchecked Sendable {
  /// More bytes than a text has may be read behind it.
  static let padding = 16

  /// The number of each row's text.
  package let numbers: [Int32]
  private let bytes: UnsafeMutablePointer<UInt8>
  private let ends: [Int]

  init(numbers: [Int32], ends: [Int], bytes texts: [UInt8]) {
    self.numbers = numbers
    self.ends = ends
    bytes = .allocate(capacity: texts.count + ParquetTexts.padding)
    bytes.initialize(repeating: 0, count: texts.count + ParquetTexts.padding)
    texts.withUnsafeBufferPointer { if let from = $0.baseAddress { bytes.update(from: from, count: $0.count) } }
  }

  deinit { bytes.deallocate() }

  /// A row's text, of which 16 bytes more may be read.
  @inline(__always)
  package func text(_ row: Int) -> (start: UnsafePointer<UInt8>, count: Int) {
    let number = Int(numbers[row])
    return (UnsafePointer(bytes + ends[number]), ends[number + 1] - ends[number])
  }
}
