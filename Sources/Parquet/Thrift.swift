// What Parquet says of its columns and pages: Thrift's compact protocol, as a tree of numbered fields. Written and read
// without a description of the fields, since few are looked at.

/// A value of Thrift.
indirect enum Thrift: Sendable {
  case flag(Bool)
  case number(Int64)
  case double
  case bytes([UInt8])
  case list([Thrift])
  case fields([Int: Thrift])

  subscript(field: Int) -> Thrift? {
    if case .fields(let fields) = self { fields[field] } else { nil }
  }

  var number: Int? { if case .number(let value) = self { Int(exactly: value) } else { nil } }
  var flag: Bool? { if case .flag(let value) = self { value } else { nil } }
  var text: String? { if case .bytes(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil } }
  var list: [Thrift] { if case .list(let items) = self { items } else { [] } }
}

// MARK: Reading

/// Reads a tree.
struct ThriftReader {
  private(set) var reader: ByteReader
  /// No file needs more values, nor deeper ones.
  private var values = 0
  private static let mostValues = 20_000_000
  private static let deepest = 24

  init(_ reader: ByteReader) { self.reader = reader }

  /// The fields of a structure.
  mutating func fields(depth: Int = 0) throws(ParquetProblem) -> Thrift {
    guard depth < ThriftReader.deepest else { throw .damaged }
    var fields: [Int: Thrift] = [:]
    var last = 0
    while true {
      let head = try reader.byte()
      if head == 0 { return .fields(fields) }
      let step = Int(head >> 4)
      last = step > 0 ? last + step : Int(truncatingIfNeeded: try reader.zigzag())
      guard (0...32_767).contains(last) else { throw .damaged }
      fields[last] = try value(head & 15, depth, isInList: false)
    }
  }

  private mutating func value(_ type: UInt8, _ depth: Int, isInList: Bool) throws(ParquetProblem) -> Thrift {
    values += 1
    guard values < ThriftReader.mostValues else { throw .tooLarge }
    switch type {
    case 1, 2: return .flag(isInList ? try reader.byte() == 1 : type == 1)
    case 3: return .number(Int64(Int8(bitPattern: try reader.byte())))
    case 4, 5, 6: return .number(try reader.zigzag())
    case 7:
      _ = try reader.number(UInt64.self)
      return .double
    case 8:
      let size = try reader.size(limit: reader.left)
      return .bytes(Array(try reader.take(size)))
    case 9, 10: return try list(depth)
    case 12: return try fields(depth: depth + 1)
    default: throw .damaged
    }
  }

  private mutating func list(_ depth: Int) throws(ParquetProblem) -> Thrift {
    guard depth < ThriftReader.deepest else { throw .damaged }
    let head = try reader.byte()
    let count = head >> 4 == 15 ? try reader.size(limit: reader.left) : Int(head >> 4)
    var items: [Thrift] = []
    for _ in 0..<count { items.append(try value(head & 15, depth + 1, isInList: true)) }
    return .list(items)
  }
}

// MARK: Writing

/// Writes a tree, field by field in ascending order.
struct ThriftWriter {
  private(set) var bytes: [UInt8] = []
  private var last = 0

  mutating func number(_ field: Int, _ value: Int, isLong: Bool = false) {
    head(field, isLong ? 6 : 5)
    zigzag(Int64(value))
  }

  mutating func flag(_ field: Int, _ value: Bool) { head(field, value ? 1 : 2) }

  mutating func text(_ field: Int, _ value: String) {
    head(field, 8)
    text(value)
  }

  /// A structure.
  mutating func fields(_ field: Int, _ write: (inout ThriftWriter) -> Void) {
    head(field, 12)
    add(write)
  }

  /// A list of structures.
  mutating func list<Items: Collection>(
    _ field: Int, _ items: Items, _ write: (inout ThriftWriter, Items.Element) -> Void
  ) {
    head(field, 9)
    count(items.count, 12)
    for item in items { add { write(&$0, item) } }
  }

  mutating func numbers(_ field: Int, _ items: [Int]) {
    head(field, 9)
    count(items.count, 5)
    for item in items { zigzag(Int64(item)) }
  }

  mutating func texts(_ field: Int, _ items: [String]) {
    head(field, 9)
    count(items.count, 8)
    for item in items { text(item) }
  }

  /// The end of the outermost structure.
  mutating func end() { bytes.append(0) }

  private mutating func add(_ write: (inout ThriftWriter) -> Void) {
    var inner = ThriftWriter()
    write(&inner)
    inner.end()
    bytes += inner.bytes
  }

  private mutating func head(_ field: Int, _ type: UInt8) {
    precondition(field > last && field - last < 16, "fields are written in ascending order")
    bytes.append(UInt8(field - last) << 4 | type)
    last = field
  }

  private mutating func count(_ count: Int, _ type: UInt8) {
    if count < 15 {
      bytes.append(UInt8(count) << 4 | type)
    } else {
      bytes.append(0xF0 | type)
      bytes.append(varint: UInt64(count))
    }
  }

  private mutating func text(_ value: String) {
    bytes.append(varint: UInt64(value.utf8.count))
    bytes += Array(value.utf8)
  }

  private mutating func zigzag(_ value: Int64) { bytes.append(varint: UInt64(bitPattern: value << 1 ^ value >> 63)) }
}

extension [UInt8] {
  /// A number of as many bytes as it needs, seven bits each.
  mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  /// A number of so many bytes, the lowest first.
  mutating func append<Number: FixedWidthInteger>(little value: Number) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
