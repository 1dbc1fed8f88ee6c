// One column of a file, page by page: dictionaries, levels, values. Texts of a dictionary are made once, and rows have
// their numbers.

/// The reading of a column.
struct ColumnReading {
  private let file: ParquetFile
  private let column: ParquetFile.Column
  private var writer: ValueText
  private var numbers: [Int32] = []
  /// Texts one after another; the first is empty and stands for what is missing.
  private var texts: [UInt8] = []
  private var ends = [0, 0]
  /// The number of the dictionary's first text, and how many it has.
  private var dictionary: (first: Int, count: Int)?
  private let bytesLimit: Int

  /// No page is larger unpacked.
  private static let largestPage = 1 << 28
  /// A column may have so many bytes of text, and so many more for each byte of the file.
  private static let mostBytes = (1 << 26, each: 1000)
  /// A page may grow to so many times its size in the file; small ones are harmless.
  private static let ratio = 2000
  private static let harmless = 1 << 22

  init(_ file: ParquetFile, _ column: ParquetFile.Column) {
    self.file = file
    self.column = column
    writer = ValueText(column.meaning, column: column.name)
    bytesLimit = ColumnReading.mostBytes.0 + file.bytes.count * ColumnReading.mostBytes.each
    numbers.reserveCapacity(min(file.rows, 1 << 24))
  }

  func finished() throws(ParquetProblem) -> ParquetTexts {
    guard numbers.count == file.rows else { throw .damaged }
    if column.meaning == .text || column.form == 6, String(validating: texts, as: UTF8.self) == nil {
      throw .notText(column: column.name)
    }
    return ParquetTexts(numbers: numbers, ends: ends, bytes: texts)
  }

  /// The values of one group of rows.
  mutating func add(_ chunk: Thrift, rows: Int) throws(ParquetProblem) {
    guard let about = chunk[3], let codec = about[4]?.number, let first = about[9]?.number,
      about[1]?.number == column.form
    else { throw .damaged }
    if chunk[1] != nil { throw .damaged }
    guard let codec = Codec(rawValue: codec), codec.isKnown else {
      throw .codec(Codec.names.indices.contains(codec) ? Codec.names[codec] : String(codec), column: column.name)
    }
    dictionary = nil
    let start = about[11]?.number.flatMap { $0 > 0 ? min($0, first) : nil } ?? first
    guard start >= 4, start < file.bytes.count else { throw .damaged }
    var reader = ByteReader(file.bytes, from: start)
    let wanted = numbers.count + rows
    while numbers.count < wanted {
      var thrift = ThriftReader(reader)
      let head = try thrift.fields()
      reader = thrift.reader
      guard let size = head[2]?.number, let packed = head[3]?.number, size >= 0 else { throw .damaged }
      guard size <= ColumnReading.largestPage,
        size <= ColumnReading.harmless || size / ColumnReading.ratio <= packed
      else { throw .tooLarge }
      let body = try reader.take(packed)
      switch head[1]?.number {
      case 0: try page(head, codec.unpacked(body, size: size), limit: wanted)
      case 2: try addDictionary(head, codec.unpacked(body, size: size))
      case 3: try newerPage(head, body, size, codec, limit: wanted)
      case 1: continue
      default: throw .damaged
      }
    }
  }

  // MARK: Pages

  private mutating func addDictionary(_ head: Thrift, _ bytes: [UInt8]) throws(ParquetProblem) {
    guard let count = head[7]?[1]?.number, (0...bytes.count * 8).contains(count), dictionary == nil else {
      throw .damaged
    }
    dictionary = (ends.count - 1, count)
    try bytes.withReader { (reader) throws(ParquetProblem) in
      try plain(&reader, count)
    }
  }

  private mutating func page(_ head: Thrift, _ bytes: [UInt8], limit: Int) throws(ParquetProblem) {
    guard let about = head[5], let count = about[1]?.number, let encoding = about[2]?.number,
      (0...limit - numbers.count).contains(count)
    else { throw .damaged }
    try bytes.withReader { (reader) throws(ParquetProblem) in
      var levels: [Bool]?
      if column.isOptional {
        guard about[3]?.number == 3 else { throw .encoding(about[3]?.number ?? -1, column: column.name) }
        let size = Int(try reader.number(UInt32.self))
        levels = try ColumnReading.levels(try reader.take(size), count)
      }
      try values(&reader, encoding, count, levels)
    }
  }

  /// The second form of pages, whose levels are not packed.
  private mutating func newerPage(
    _ head: Thrift, _ body: UnsafeRawBufferPointer, _ size: Int, _ codec: Codec, limit: Int
  ) throws(ParquetProblem) {
    guard let about = head[8], let count = about[1]?.number, let encoding = about[4]?.number,
      (0...limit - numbers.count).contains(count), let levelBytes = about[5]?.number,
      let repeats = about[6]?.number, repeats == 0
    else { throw .damaged }
    var reader = ByteReader(body)
    let levelBody = try reader.take(levelBytes)
    let levels = column.isOptional ? try ColumnReading.levels(levelBody, count) : nil
    let rest = try reader.take(reader.left)
    let isPacked = about[7]?.flag ?? true
    let bytes = try (isPacked && !rest.isEmpty ? codec : .none).unpacked(
      rest, size: isPacked ? size - levelBytes : rest.count)
    try bytes.withReader { (reader) throws(ParquetProblem) in
      try values(&reader, encoding, count, levels)
    }
  }

  /// Which of the rows have a value.
  private static func levels(_ bytes: UnsafeRawBufferPointer, _ count: Int) throws(ParquetProblem) -> [Bool] {
    var runs = try RunReader(bytes, width: 1)
    var levels: [Bool] = []
    levels.reserveCapacity(min(count, 1 << 20))
    for _ in 0..<count { levels.append(try runs.next() == 1) }
    return levels
  }

  private mutating func values(
    _ reader: inout ByteReader, _ encoding: Int, _ count: Int, _ levels: [Bool]?
  ) throws(ParquetProblem) {
    let present = levels?.count { $0 } ?? count
    if encoding == 2 || encoding == 8 {
      try numbered(&reader, count, levels, present)
      return
    }
    let first = ends.count - 1
    switch (encoding, column.form) {
    case (0, _): try plain(&reader, present)
    case (3, 0):
      let size = Int(try reader.number(UInt32.self))
      var runs = try RunReader(try reader.take(size), width: 1)
      for _ in 0..<present { try append(try runs.next() == 1) }
    case (5, 1), (5, 2):
      let all = try Deltas.read(&reader, limit: max(present, 1))
      guard all.count == present else { throw .damaged }
      for value in all {
        try append(try writer.text(column.form == 1 ? Int64(Int32(truncatingIfNeeded: value)) : value))
      }
    case (6, 6):
      let lengths = try Deltas.read(&reader, limit: max(present, 1))
      guard lengths.count == present else { throw .damaged }
      for length in lengths { try append(try writer.text(try reader.take(Int(clamping: length)))) }
    case (7, 6): try prefixed(&reader, present)
    default: throw .encoding(encoding, column: column.name)
    }
    try place(from: first, count, levels)
  }

  /// Texts of which each begins as the one before.
  private mutating func prefixed(_ reader: inout ByteReader, _ count: Int) throws(ParquetProblem) {
    let heads = try Deltas.read(&reader, limit: max(count, 1))
    let tails = try Deltas.read(&reader, limit: max(count, 1))
    guard heads.count == count, tails.count == count else { throw .damaged }
    var last: [UInt8] = []
    for (head, tail) in zip(heads, tails) {
      guard head >= 0, head <= last.count else { throw .damaged }
      last.removeLast(last.count - Int(head))
      last.append(contentsOf: try reader.take(Int(clamping: tail)))
      let text = last
      try append(text)
    }
  }

  /// Numbers of texts in the dictionary.
  private mutating func numbered(
    _ reader: inout ByteReader, _ count: Int, _ levels: [Bool]?, _ present: Int
  ) throws(ParquetProblem) {
    guard let dictionary else { throw .damaged }
    guard present > 0 else {
      numbers.append(contentsOf: repeatElement(0, count: count))
      return
    }
    let width = Int(try reader.byte())
    var runs = try RunReader(try reader.take(reader.left), width: width)
    for row in 0..<count {
      if let levels, !levels[row] {
        numbers.append(0)
        continue
      }
      let number = Int(try runs.next())
      guard number < dictionary.count else { throw .damaged }
      numbers.append(Int32(truncatingIfNeeded: dictionary.first + number))
    }
  }

  /// Gives the texts that were just read to the rows that have one.
  private mutating func place(from first: Int, _ count: Int, _ levels: [Bool]?) throws(ParquetProblem) {
    guard ends.count < Int32.max else { throw .tooLarge }
    var next = Int32(first)
    for row in 0..<count {
      if let levels, !levels[row] {
        numbers.append(0)
      } else {
        numbers.append(next)
        next += 1
      }
    }
  }

  // MARK: Values

  /// Values one after another, as they are.
  private mutating func plain(_ reader: inout ByteReader, _ count: Int) throws(ParquetProblem) {
    switch column.form {
    case 0:
      var bits = BitReader(try reader.take((count + 7) / 8))
      for _ in 0..<count { try append(bits.next(1) == 1) }
    case 1:
      let isUnsigned = column.meaning == .unsigned
      for _ in 0..<count {
        let number = try reader.number(Int32.self)
        try append(try writer.text(isUnsigned ? Int64(UInt32(bitPattern: number)) : Int64(number)))
      }
    case 2: for _ in 0..<count { try append(try writer.text(try reader.number(Int64.self))) }
    case 3:
      for _ in 0..<count {
        let nanoseconds = try reader.number(Int64.self)
        let day = try reader.number(Int32.self)
        guard (0..<86_400_000_000_000).contains(nanoseconds) else { throw .type(column: column.name) }
        try append(try writer.text(nanoseconds: nanoseconds, julian: day))
      }
    case 4: for _ in 0..<count { try append(try writer.text(Float(bitPattern: try reader.number(UInt32.self)))) }
    case 5: for _ in 0..<count { try append(try writer.text(Double(bitPattern: try reader.number(UInt64.self)))) }
    case 6:
      for _ in 0..<count {
        let size = Int(try reader.number(UInt32.self))
        try append(try writer.text(try reader.take(size)))
      }
    case 7:
      guard column.meaning != .plain else { throw .type(column: column.name) }
      for _ in 0..<count { try append(try writer.text(try reader.take(column.size))) }
    default: throw .damaged
    }
  }

  private mutating func append(_ holds: Bool) throws(ParquetProblem) {
    try append(Array((holds ? "true" : "false").utf8))
  }

  private mutating func append(_ text: [UInt8]) throws(ParquetProblem) {
    guard texts.count < bytesLimit else { throw .tooLarge }
    texts.append(contentsOf: text)
    ends.append(texts.count)
  }
}

extension [UInt8] {
  /// Reads the bytes from their beginning.
  func withReader(_ read: (inout ByteReader) throws(ParquetProblem) -> Void) throws(ParquetProblem) {
    var problem: ParquetProblem?
    withUnsafeBytes { bytes in
      var reader = ByteReader(bytes)
      do throws(ParquetProblem) { try read(&reader) } catch { problem = error }
    }
    if let problem { throw problem }
  }
}
