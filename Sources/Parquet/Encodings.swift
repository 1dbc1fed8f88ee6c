// How numbers and texts stand in pages: runs and packed bits, differences, lengths before texts. Every size is looked
// at before memory is taken for it.

/// Numbers of few bits, in runs of one or packed together.
struct RunReader {
  private var reader: ByteReader
  private let width: Int
  private var left = 0
  private var isRun = false
  private var run: UInt32 = 0
  /// Bits that were read and not yet given.
  private var bits: UInt64 = 0
  private var bitCount = 0

  init(_ bytes: UnsafeRawBufferPointer, width: Int) throws(ParquetProblem) {
    guard (0...32).contains(width) else { throw .damaged }
    reader = ByteReader(bytes)
    self.width = width
  }

  /// The next number.
  @inline(__always)
  mutating func next() throws(ParquetProblem) -> UInt32 {
    if left == 0 { try begin() }
    left -= 1
    if isRun { return run }
    while bitCount < width {
      bits |= UInt64(try reader.byte()) << UInt64(bitCount)
      bitCount += 8
    }
    let value = UInt32(truncatingIfNeeded: bits & (1 << UInt64(width) - 1))
    bits >>= UInt64(width)
    bitCount -= width
    return value
  }

  private mutating func begin() throws(ParquetProblem) {
    let head = try reader.size(limit: 1 << 40)
    isRun = head & 1 == 0
    (bits, bitCount) = (0, 0)
    left = isRun ? head >> 1 : (head >> 1) * 8
    guard left > 0 else { throw .damaged }
    guard isRun else { return }
    run = 0
    for i in 0..<((width + 7) / 8) { run |= UInt32(try reader.byte()) << UInt32(8 * i) }
  }
}

/// Numbers by their differences.
enum Deltas {
  /// Reads numbers; the reader is behind them then.
  /// - Parameter limit: no more than there can be.
  static func read(_ reader: inout ByteReader, limit: Int) throws(ParquetProblem) -> [Int64] {
    let block = try reader.size(limit: 1 << 20)
    let parts = try reader.size(limit: 1 << 12)
    let count = try reader.size(limit: limit)
    guard parts > 0, block % parts == 0, block / parts % 32 == 0, block > 0 else { throw .damaged }
    var value = try reader.zigzag()
    var out: [Int64] = []
    out.reserveCapacity(min(count, 1 << 20))
    if count > 0 { out.append(value) }
    while out.count < count {
      let least = try reader.zigzag()
      let widths = Array(try reader.take(parts))
      for width in widths where out.count < count {
        guard width <= 64 else { throw .damaged }
        var bits = BitReader(try reader.take(block / parts * Int(width) / 8))
        for _ in 0..<min(block / parts, count - out.count) {
          value = value &+ least &+ Int64(bitPattern: bits.next(Int(width)))
          out.append(value)
        }
      }
    }
    return out
  }
}

/// Bits of some bytes, the lowest first; behind their end there are noughts.
struct BitReader {
  private let bytes: UnsafeRawBufferPointer
  private var at = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func next(_ width: Int) -> UInt64 {
    var value: UInt64 = 0
    var done = 0
    while done < width {
      let byte = at >> 3 < bytes.count ? bytes[at >> 3] : 0
      let taken = min(8 - at & 7, width - done)
      let part = UInt64(byte >> UInt8(at & 7)) & (1 << UInt64(taken) - 1)
      value |= part << UInt64(done)
      at += taken
      done += taken
    }
    return value
  }
}

// MARK: Writing

/// Writes numbers of few bits: a run where they are all one, else packed together.
enum RunWriter {
  static func bytes(_ numbers: [UInt32], width: Int) -> [UInt8] {
    var out: [UInt8] = []
    guard let first = numbers.first else { return out }
    if numbers.allSatisfy({ $0 == first }) {
      out.append(varint: UInt64(numbers.count) << 1)
      for i in 0..<((width + 7) / 8) { out.append(UInt8(truncatingIfNeeded: first >> UInt32(8 * i))) }
      return out
    }
    let groups = (numbers.count + 7) / 8
    out.append(varint: UInt64(groups) << 1 | 1)
    out.reserveCapacity(out.count + groups * width)
    var (bits, count): (UInt64, Int) = (0, 0)
    for i in 0..<(groups * 8) {
      bits |= UInt64(i < numbers.count ? numbers[i] : 0) << UInt64(count)
      count += width
      while count >= 8 {
        out.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
        count -= 8
      }
    }
    return out
  }

  /// How many bits numbers below a limit need.
  static func width(below limit: Int) -> Int { limit <= 1 ? 0 : Int.bitWidth - (limit - 1).leadingZeroBitCount }
}
