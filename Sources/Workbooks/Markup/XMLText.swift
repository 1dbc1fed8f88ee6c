// Text of XML as it is meant: entities, and the escapes of workbooks for characters that XML cannot hold. Knows nothing
// of tags.

/// Texts between tags and in attributes.
enum XMLText {
  /// Gives the bytes of a text with its entities resolved.
  @inline(__always)
  static func decode(
    _ raw: UnsafeBufferPointer<UInt8>, isLiteral: Bool, _ damaged: WorkbookProblem, _ put: (UInt8) -> Void
  ) throws(WorkbookProblem) {
    var i = 0
    while i < raw.count {
      let byte = raw[i]
      guard byte == 0x26, !isLiteral else {
        put(byte)
        i += 1
        continue
      }
      guard let (scalar, next) = entity(raw, i + 1) else { throw damaged }
      for unit in String(Character(scalar)).utf8 { put(unit) }
      i = next
    }
  }

  /// The character of an entity whose name begins at an index, and the index behind its semicolon.
  private static func entity(_ raw: UnsafeBufferPointer<UInt8>, _ start: Int) -> (Unicode.Scalar, Int)? {
    guard start < raw.count, let end = raw[start..<min(start + 12, raw.count)].firstIndex(of: 0x3B) else { return nil }
    let name = String(decoding: raw[start..<end], as: UTF8.self)
    switch name {
    case "lt": return ("<", end + 1)
    case "gt": return (">", end + 1)
    case "amp": return ("&", end + 1)
    case "quot": return ("\"", end + 1)
    case "apos": return ("'", end + 1)
    default:
      guard name.hasPrefix("#") else { return nil }
      let isHex = name.hasPrefix("#x")
      guard let value = UInt32(name.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10),
        let scalar = Unicode.Scalar(value)
      else { return nil }
      return (scalar, end + 1)
    }
  }

  /// Resolves `_x000D_` and its like in a text, from an index on, and takes out what acts on a display: a carriage
  /// return, which stands before a line feed, and other controls, which become spaces.
  static func settle(_ bytes: inout [UInt8], from start: Int) {
    var (read, write) = (start, start)
    while read < bytes.count {
      var byte = bytes[read]
      if byte == 0x5F, let value = escape(bytes, read) {
        read += 7
        guard value >= 0x80 else {
          byte = UInt8(truncatingIfNeeded: value)
          if byte == 0x0D { continue }
          bytes[write] = tame(byte)
          write += 1
          continue
        }
        // Seven characters become at most three bytes.
        for unit in String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8 {
          bytes[write] = unit
          write += 1
        }
        continue
      }
      read += 1
      if byte == 0x0D { continue }
      bytes[write] = tame(byte)
      write += 1
    }
    bytes.removeLast(bytes.count - write)
  }

  private static func tame(_ byte: UInt8) -> UInt8 {
    byte < 0x20 && byte != 0x0A && byte != 0x09 || byte == 0x7F ? 0x20 : byte
  }

  private static func escape(_ bytes: [UInt8], _ at: Int) -> UInt32? {
    guard at + 7 <= bytes.count, bytes[at + 1] == 0x78, bytes[at + 6] == 0x5F else { return nil }
    return UInt32(String(decoding: bytes[(at + 2)..<(at + 6)], as: UTF8.self), radix: 16)
  }
}
