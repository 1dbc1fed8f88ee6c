// Numbers that say who somebody is, in texts that people see: the middle is covered. The one place that says what is
// covered and how it looks then. Knows nothing of columns, forms or preferences: whoever shows a text asks for it.

/// Covering the numbers of persons.
public enum PersonalNumbers {
  /// A number of fewer digits is no identity number, telephone or account.
  private static let shortest = 11

  /// A text for people with the middle of every identity number covered: `350112********0011`. Told by the province and
  /// the day of birth in it, whether its check digit is right or mistyped; no other number loses anything.
  public static func covered(_ text: String) -> String {
    guard text.utf8.count >= 15 else { return text }
    var text = text
    let found = text.withUTF8 { numbers($0) }
    guard !found.isEmpty else { return text }
    var bytes = Array(text.utf8)
    for range in found { cover(&bytes, range.lowerBound, range.upperBound) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The text of a file's bytes as a message may quote it, with every long number covered, whatever it is. Each covered
  /// digit is a star, so that every place stays where it is.
  public static func quoted(_ bytes: some Collection<UInt8>) -> String {
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
      if end - from == 17, end < out.count, out[end] | 0x20 == 0x78 { end += 1 }
      if end - from >= shortest { cover(&out, from, end) }
      from = max(end, from + 1)
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// A cell as it may be shown: covered where it looks like the number of an identity, a telephone or an account,
  /// whatever its column is called.
  public static func sample(_ text: String) -> String {
    let digits = text.count { $0.isNumber }
    guard digits >= shortest, !text.contains("*"), digits * 10 >= text.count * 8 else { return text }
    return middle(text)
  }

  /// A text that is known to be somebody's number, whatever stands in it: the middle covered.
  public static func middle(_ text: String) -> String {
    let length = text.count
    let head = length >= 15 ? 6 : 3
    guard length > head + 4 else { return text }
    return text.prefix(head) + String(repeating: "*", count: length - head - 4) + text.suffix(4)
  }

  /// Leaves six signs at the beginning of a long number and three of a telephone's, and the last four.
  private static func cover(_ bytes: inout [UInt8], _ from: Int, _ end: Int) {
    let head = end - from >= 15 ? 6 : 3
    for i in from + head..<end - 4 { bytes[i] = 0x2A }
  }

  /// Where identity numbers stand. A number within a longer word is none.
  private static func numbers(_ bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    // Of fourteen digits in a row one stands at such a place: nearly every text has none there.
    guard stride(from: 13, to: bytes.count, by: 14).contains(where: { isDigit(bytes[$0]) }) else { return [] }
    var out: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      guard isSign(bytes[start]) else {
        start += 1
        continue
      }
      var end = start
      while end < bytes.count, isSign(bytes[end]) { end += 1 }
      if isIdentity(bytes, start, end) { out.append(start..<end) }
      start = end
    }
    return out
  }

  private static func isSign(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 <= 25 }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 }

  /// Eighteen signs as of GB 11643, or the fifteen digits of before 1999.
  private static func isIdentity(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let count = end - start
    guard count == 18 || count == 15 else { return false }
    let last = bytes[end - 1]
    guard (start..<end - 1).allSatisfy({ isDigit(bytes[$0]) }),
      isDigit(last) || (count == 18 && last | 0x20 == 0x78)
    else { return false }
    func two(_ at: Int) -> Int { Int(bytes[start + at] - 0x30) * 10 + Int(bytes[start + at + 1] - 0x30) }
    let month = count == 18 ? 10 : 8
    guard count == 15 || two(6) == 19 || two(6) == 20 else { return false }
    return provinces.contains(two(0)) && (1...12).contains(two(month)) && (1...31).contains(two(month + 2))
  }

  /// The first two digits of provinces, and those of residence permits of Hong Kong, Macau and Taiwan.
  private static let provinces: Set<Int> = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83,
  ]
}
