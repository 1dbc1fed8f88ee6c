// Citizens' id numbers in texts that go to other people: the middle, which says when somebody was born, is covered.
// Only numbers whose check digit is right are, so that no other number loses anything. Knows nothing of forms.

/// Covering id numbers.
enum IdNumbers {
  /// The text with the middle of every id number covered: `350112********0011`.
  static func covered(_ text: String) -> String {
    guard text.utf8.count >= 18 else { return text }
    var bytes = Array(text.utf8)
    var start = 0
    var isChanged = false
    while start < bytes.count {
      guard isSign(bytes[start]) else {
        start += 1
        continue
      }
      var end = start
      while end < bytes.count, isSign(bytes[end]) { end += 1 }
      if end - start == 18, isNumber(bytes[start..<end]) {
        for i in (start + 6)..<(start + 14) { bytes[i] = UInt8(ascii: "*") }
        isChanged = true
      }
      start = end
    }
    return isChanged ? String(decoding: bytes, as: UTF8.self) : text
  }

  /// Letters and digits: a number within a longer word is none.
  private static func isSign(_ byte: UInt8) -> Bool { byte &- 0x30 <= 9 || (byte | 0x20) &- 0x61 <= 25 }

  private static let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

  /// GB 11643: seventeen digits with a month and a day among them, and the check digit that follows from them.
  private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
    let signs = Array(bytes)
    var sum = 0
    for (i, weight) in weights.enumerated() {
      guard signs[i] &- 0x30 <= 9 else { return false }
      sum += Int(signs[i] - 0x30) * weight
    }
    func two(_ at: Int) -> Int { Int(signs[at] - 0x30) * 10 + Int(signs[at + 1] - 0x30) }
    guard (1...12).contains(two(10)), (1...31).contains(two(12)) else { return false }
    let check = Array("10X98765432".utf8)[sum % 11]
    return signs[17] == check || check == UInt8(ascii: "X") && signs[17] == UInt8(ascii: "x")
  }
}
