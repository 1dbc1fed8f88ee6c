// The text of a file as a message may quote it: the middle of identity numbers, telephones and accounts covered. Knows
// nothing of columns; whatever has so many digits may be one.

/// Texts with long numbers covered.
enum CoveredText {
  /// A number of fewer digits is no identity number, telephone or account.
  private static let shortest = 11

  /// The text of bytes, each covered digit a star, so that every place stays where it is.
  static func covered(_ bytes: some Collection<UInt8>) -> String {
    var out = Array(bytes)
    var from = 0
    while from < out.count {
      guard isDigit(out[from]) else {
        from += 1
        continue
      }
      var end = from
      while end < out.count, isDigit(out[end]) { end += 1 }
      // The last sign of an identity number may be a letter.
      let length = end - from
      if length == 17, end < out.count, out[end] | 0x20 == 0x78 { end += 1 }
      if length >= shortest { cover(&out, from, end) }
      from = max(end, from + 1)
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Leaves six signs at the beginning of a long number and three of a telephone's, and the last four.
  private static func cover(_ bytes: inout [UInt8], _ from: Int, _ end: Int) {
    let shown = end - from >= 15 ? 6 : 3
    for i in from + shown..<end - 4 { bytes[i] = 0x2A }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }
}
