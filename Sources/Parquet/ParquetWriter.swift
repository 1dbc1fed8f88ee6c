// Writes Parquet group of rows by group of rows, without going back: texts by a dictionary where that is shorter,
// amounts as decimals, days as dates, each page packed by gzip. The same rows give the same bytes. Knows nothing of
// answers.

/// What a column of a file holds.
package enum ParquetType: Sendable, Equatable {
  case text
  case integer
  case flag
  case double
  /// Hundredths, told as decimals with two digits behind the point.
  case decimal
  /// Days since 1970.
  case date
}

/// The values of one column for a group of rows; none where there is no value.
package enum ParquetValues: Sendable {
  case texts([String?])
  /// Whole numbers, hundredths or days.
  case numbers([Int64?])
  case flags([Bool?])
  case doubles([Double?])

  var count: Int {
    switch self {
    case .texts(let values): values.count
    case .numbers(let values): values.count
    case .flags(let values): values.count
    case .doubles(let values): values.count
    }
  }

  /// Which rows have a value.
  var present: [Bool] {
    switch self {
    case .texts(let values): values.map { $0 != nil }
    case .numbers(let values): values.map { $0 != nil }
    case .flags(let values): values.map { $0 != nil }
    case .doubles(let values): values.map { $0 != nil }
    }
  }
}

/// Writes a file.
package final class ParquetWriter {
  /// Takes the next bytes of the file.
  package typealias Sink = (UnsafeRawBufferPointer) throws -> Void
  /// A column's name and type.
  package typealias Column = (name: String, type: ParquetType)

  /// So many rows make a good group.
  package static let groupRows = 131_072

  private struct Chunk {
    let dictionary: Int?
    let data: Int
    let count: Int
    let packed: Int
    let size: Int
    let encodings: [Int]
  }

  private let columns: [Column]
  private let sink: Sink
  private var written = 0
  private var rows = 0
  private var groups: [(rows: Int, chunks: [Chunk])] = []

  package init(_ columns: [Column], _ sink: @escaping Sink) throws {
    precondition(!columns.isEmpty, "a file has a column")
    self.columns = columns
    self.sink = sink
    try write(Array("PAR1".utf8))
  }

  /// Writes a group of rows: for each column as many values as for the others.
  package func add(_ values: [ParquetValues]) throws {
    let count = values.first?.count ?? 0
    precondition(
      values.count == columns.count && values.allSatisfy { $0.count == count }, "a group of rows has all columns")
    guard count > 0 else { return }
    var chunks: [Chunk] = []
    for (column, values) in zip(columns, values) { chunks.append(try chunk(column, values, count)) }
    groups.append((count, chunks))
    rows += count
  }

  /// Writes the end.
  /// - Parameter about: what else is said of the file, by name.
  package func finish(_ about: [(name: String, text: String)] = []) throws {
    let footer = footer(about)
    var end = footer
    end.append(little: UInt32(footer.count))
    try write(end + Array("PAR1".utf8))
  }

  private func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try sink($0) }
    written += bytes.count
  }

  // MARK: Values

  private func chunk(_ column: Column, _ values: ParquetValues, _ count: Int) throws -> Chunk {
    var levels: [UInt8] = []
    let runs = RunWriter.bytes(values.present.map { $0 ? 1 : 0 }, width: 1)
    levels.append(little: UInt32(runs.count))
    levels += runs
    var dictionary: Int?
    var (packed, size) = (0, 0)
    func page(_ body: [UInt8], _ head: (inout ThriftWriter) -> Void, type: Int) throws -> Int {
      let small = Gzip.packed(body)
      var writer = ThriftWriter()
      writer.number(1, type)
      writer.number(2, body.count)
      writer.number(3, small.count)
      head(&writer)
      writer.end()
      let start = written
      try write(writer.bytes)
      try write(small)
      packed += writer.bytes.count + small.count
      size += writer.bytes.count + body.count
      return start
    }
    var body: [UInt8]
    var encoding = 0
    if case .texts(let texts) = values, let found = ParquetWriter.dictionary(texts) {
      dictionary = try page(
        found.body,
        {
          $0.fields(7) {
            $0.number(1, found.count)
            $0.number(2, 0)
          }
        }, type: 2)
      let width = RunWriter.width(below: found.count)
      body = [UInt8(width)] + RunWriter.bytes(found.numbers, width: width)
      encoding = 8
    } else {
      body = ParquetWriter.plain(values, column.type)
    }
    let data = try page(
      levels + body,
      {
        $0.fields(5) {
          $0.number(1, count)
          $0.number(2, encoding)
          $0.number(3, 3)
          $0.number(4, 3)
        }
      }, type: 0)
    return Chunk(
      dictionary: dictionary, data: data, count: count, packed: packed, size: size,
      encodings: encoding == 8 ? [0, 3, 8] : [0, 3])
  }

  /// Texts by number, where fewer than half of them differ.
  private static func dictionary(_ texts: [String?]) -> (body: [UInt8], count: Int, numbers: [UInt32])? {
    var known: [String: UInt32] = [:]
    var numbers: [UInt32] = []
    numbers.reserveCapacity(texts.count)
    var body: [UInt8] = []
    let limit = max(16, texts.count / 2)
    for case let text? in texts {
      if let number = known[text] {
        numbers.append(number)
        continue
      }
      guard known.count < limit else { return nil }
      let number = UInt32(known.count)
      known[text] = number
      numbers.append(number)
      body.append(text: text)
    }
    return known.isEmpty ? nil : (body, known.count, numbers)
  }

  private static func plain(_ values: ParquetValues, _ type: ParquetType) -> [UInt8] {
    var body: [UInt8] = []
    switch values {
    case .texts(let texts): for case let text? in texts { body.append(text: text) }
    case .numbers(let numbers):
      for case let number? in numbers {
        if type == .date { body.append(little: Int32(clamping: number)) } else { body.append(little: number) }
      }
    case .doubles(let doubles): for case let double? in doubles { body.append(little: double.bitPattern) }
    case .flags(let flags):
      var (byte, count): (UInt8, Int) = (0, 0)
      for case let flag? in flags {
        if flag { byte |= 1 << UInt8(count & 7) }
        count += 1
        if count & 7 == 0 {
          body.append(byte)
          byte = 0
        }
      }
      if count & 7 != 0 { body.append(byte) }
    }
    return body
  }

  // MARK: The end

  private func footer(_ about: [(name: String, text: String)]) -> [UInt8] {
    var out = ThriftWriter()
    out.number(1, 1)
    out.list(2, [nil] + columns.map(Optional.some)) { writer, column in
      guard let column else {
        writer.text(4, "schema")
        writer.number(5, columns.count)
        return
      }
      ParquetWriter.describe(column, &writer)
    }
    out.number(3, rows, isLong: true)
    out.list(4, groups) { writer, group in
      writer.list(1, Array(zip(columns, group.chunks))) { writer, pair in
        ParquetWriter.describe(pair.0, pair.1, &writer)
      }
      writer.number(2, group.chunks.reduce(0) { $0 + $1.size }, isLong: true)
      writer.number(3, group.rows, isLong: true)
    }
    if !about.isEmpty {
      out.list(5, about) { writer, entry in
        writer.text(1, entry.name)
        writer.text(2, entry.text)
      }
    }
    out.text(6, "Cesuan")
    out.end()
    return out.bytes
  }

  /// How values of a type are held: the form's number.
  private static func form(_ type: ParquetType) -> Int {
    switch type {
    case .flag: 0
    case .date: 1
    case .integer, .decimal: 2
    case .double: 5
    case .text: 6
    }
  }

  private static func describe(_ column: Column, _ writer: inout ThriftWriter) {
    writer.number(1, form(column.type))
    writer.number(3, 1)
    writer.text(4, column.name)
    switch column.type {
    case .text:
      writer.number(6, 0)
      writer.fields(10) { $0.fields(1) { _ in } }
    case .decimal:
      writer.number(6, 5)
      writer.number(7, 2)
      writer.number(8, 18)
      writer.fields(10) {
        $0.fields(5) {
          $0.number(1, 2)
          $0.number(2, 18)
        }
      }
    case .date:
      writer.number(6, 6)
      writer.fields(10) { $0.fields(6) { _ in } }
    case .integer, .flag, .double: break
    }
  }

  private static func describe(_ column: Column, _ chunk: Chunk, _ writer: inout ThriftWriter) {
    writer.number(2, chunk.dictionary ?? chunk.data, isLong: true)
    writer.fields(3) {
      $0.number(1, form(column.type))
      $0.numbers(2, chunk.encodings)
      $0.texts(3, [column.name])
      $0.number(4, 2)
      $0.number(5, chunk.count, isLong: true)
      $0.number(6, chunk.size, isLong: true)
      $0.number(7, chunk.packed, isLong: true)
      $0.number(9, chunk.data, isLong: true)
      if let dictionary = chunk.dictionary { $0.number(11, dictionary, isLong: true) }
    }
  }
}

extension [UInt8] {
  /// A text behind its length.
  fileprivate mutating func append(text: String) {
    append(little: UInt32(text.utf8.count))
    append(contentsOf: text.utf8)
  }
}
