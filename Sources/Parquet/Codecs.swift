// How pages are packed: not at all, by gzip, by Snappy, whose decoder is here, or by zstd where the machine has it.
// The size that a page says it has is what it may have, and no more.

import CZlib
import Glibc

/// A way of packing.
enum Codec: Int {
  case none = 0
  case snappy = 1
  case gzip = 2
  case zstd = 6

  /// What the form calls them, by number.
  static let names = ["none", "snappy", "gzip", "lzo", "brotli", "lz4", "zstd", "lz4_raw"]

  /// The bytes of a page.
  func unpacked(_ bytes: UnsafeRawBufferPointer, size: Int) throws(ParquetProblem) -> [UInt8] {
    switch self {
    case .none:
      guard bytes.count == size else { throw .damaged }
      return Array(bytes)
    case .snappy: return try Snappy.unpacked(bytes, size: size)
    case .gzip: return try Gzip.unpacked(bytes, size: size)
    case .zstd: return try Zstd.unpacked(bytes, size: size)
    }
  }

  /// Whether it can be undone on this machine.
  var isKnown: Bool {
    switch self {
    case .none, .snappy, .gzip: true
    case .zstd: Zstd.isThere
    }
  }
}

/// Zlib's own head and end around what is packed.
enum Gzip {
  static func unpacked(_ bytes: UnsafeRawBufferPointer, size: Int) throws(ParquetProblem) -> [UInt8] {
    var stream = z_stream()
    guard czlib_gunzip_begin(&stream) == Z_OK else { throw .tooLarge }
    defer { inflateEnd(&stream) }
    var done = 0
    let out = [UInt8](unsafeUninitializedCapacity: size) { room, count in
      stream.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
      stream.avail_in = uInt(bytes.count)
      stream.next_out = room.baseAddress
      stream.avail_out = uInt(size)
      let result = inflate(&stream, Z_FINISH)
      done = result == Z_STREAM_END ? size - Int(stream.avail_out) : -1
      count = max(done, 0)
    }
    guard done == size else { throw .damaged }
    return out
  }

  static func packed(_ bytes: [UInt8], level: Int32 = 5) -> [UInt8] {
    var stream = z_stream()
    precondition(czlib_gzip_begin(&stream, level) == Z_OK, "zlib has memory for a page")
    defer { deflateEnd(&stream) }
    let room = Int(deflateBound(&stream, uLong(bytes.count))) + 64
    return [UInt8](unsafeUninitializedCapacity: room) { out, count in
      bytes.withUnsafeBufferPointer { bytes in
        stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.avail_in = uInt(bytes.count)
        stream.next_out = out.baseAddress
        stream.avail_out = uInt(room)
        precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END, "a page fits into the room that zlib asks for")
      }
      count = room - Int(stream.avail_out)
    }
  }
}

/// Zstandard, whose library is looked for when a file asks for it: nothing else needs it.
enum Zstd {
  private typealias Decompress = @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeRawPointer?, Int) -> Int

  private static let decompress: Decompress? = {
    guard let library = dlopen("libzstd.so.1", RTLD_NOW), let found = dlsym(library, "ZSTD_decompress") else {
      return nil
    }
    return unsafeBitCast(found, to: Decompress.self)
  }()

  static var isThere: Bool { decompress != nil }

  static func unpacked(_ bytes: UnsafeRawBufferPointer, size: Int) throws(ParquetProblem) -> [UInt8] {
    guard let decompress else { throw .damaged }
    var done = -1
    let out = [UInt8](unsafeUninitializedCapacity: size) { room, count in
      done = decompress(room.baseAddress, size, bytes.baseAddress, bytes.count)
      count = done == size ? size : 0
    }
    guard done == size else { throw .damaged }
    return out
  }
}

/// Snappy without a frame around it: what is copied from further back, and what stands for itself.
enum Snappy {
  static func unpacked(_ bytes: UnsafeRawBufferPointer, size: Int) throws(ParquetProblem) -> [UInt8] {
    var reader = ByteReader(bytes)
    guard try reader.varint() == UInt64(size) else { throw .damaged }
    var out: [UInt8] = []
    out.reserveCapacity(size)
    while reader.left > 0 {
      let tag = try reader.byte()
      if tag & 3 == 0 {
        var length = Int(tag >> 2)
        if length >= 60 {
          var number = 0
          for i in 0..<(length - 59) { number |= Int(try reader.byte()) << (8 * i) }
          length = number
        }
        guard length < size - out.count else { throw .damaged }
        out.append(contentsOf: try reader.take(length + 1))
        continue
      }
      let (length, offset): (Int, Int)
      switch tag & 3 {
      case 1: (length, offset) = (Int(tag >> 2 & 7) + 4, Int(tag >> 5) << 8 | Int(try reader.byte()))
      case 2: (length, offset) = (Int(tag >> 2) + 1, Int(try reader.number(UInt16.self)))
      default: (length, offset) = (Int(tag >> 2) + 1, Int(try reader.number(UInt32.self)))
      }
      guard offset > 0, offset <= out.count, length <= size - out.count else { throw .damaged }
      // What is copied may run into itself.
      for i in (out.count - offset)..<(out.count - offset + length) { out.append(out[i]) }
    }
    guard out.count == size else { throw .damaged }
    return out
  }
}
