// A number as a sheet holds it, `4200.1999999999998` or `3.5E+17`, and as an office reads it: with the 15 digits that
// are right, never in floating point on the way. Knows nothing of cells.

/// A decimal number of a sheet.
struct CellNumber {
  /// Digits without leading zeros, at most 40; the first stands before the point of `0.d × 10^exponent`.
  private var digits: [UInt8] = []
  private var isNegative = false
  /// Where the point stands, counted from before the first digit.
  private var point = 0

  /// How many digits of a number Excel keeps.
  static let precision = 15

  /// Adds a number's text to what a cell says.
  /// - Returns: nil where the text is no number; otherwise whether more digits stood before the point than are kept.
  static func append(
    _ text: UnsafeBufferPointer<UInt8>, _ format: NumberFormat, _ system: DateSystem, to bytes: inout [UInt8]
  ) -> Bool? {
    if format == .general, isPlain(text) {
      bytes.append(contentsOf: text)
      return false
    }
    if format == .date, text.count <= 7, let days = whole(text), system.append(days: days, seconds: 0, to: &bytes) {
      return false
    }
    guard var number = CellNumber(text) else { return nil }
    if format == .date, !number.isNegative, number.point <= 7 {
      let (days, seconds) = number.daysAndSeconds
      if system.append(days: days, seconds: seconds, to: &bytes) { return false }
    }
    let isCut = number.point > precision
    number.round()
    if format == .percent, !number.digits.isEmpty { number.point += 2 }
    number.write(atLeast: { if case .padded(let count) = format { count } else { 1 } }(), to: &bytes)
    if format == .percent { bytes.append(0x25) }
    return isCut
  }

  /// Digits alone, with a sign and a point perhaps, and few enough: such a number is its own text.
  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count > 0, text.count <= precision else { return false }
    var points = 0
    for (i, byte) in text.enumerated() {
      if byte &- 0x30 <= 9 { continue }
      if byte == 0x2D, i == 0, text.count > 1 { continue }
      guard byte == 0x2E, i > 0, i + 1 < text.count, text[i - 1] &- 0x30 <= 9 else { return false }
      points += 1
    }
    return points <= 1
  }

  private static func whole(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    var value = 0
    for byte in text {
      let digit = byte &- 0x30
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
    }
    return text.isEmpty ? nil : value
  }

  private init?(_ text: UnsafeBufferPointer<UInt8>) {
    var i = 0
    if i < text.count, text[i] == 0x2D || text[i] == 0x2B {
      isNegative = text[i] == 0x2D
      i += 1
    }
    var (seen, isBehind) = (0, false)
    while i < text.count {
      let byte = text[i]
      if byte == 0x2E, !isBehind {
        isBehind = true
      } else if byte &- 0x30 <= 9 {
        seen += 1
        if digits.isEmpty, byte == 0x30 {
          if isBehind { point -= 1 }
        } else {
          if digits.count < 40 { digits.append(byte &- 0x30) }
          if !isBehind { point += 1 }
        }
      } else {
        break
      }
      i += 1
    }
    guard seen > 0, seen < 1_000 else { return nil }
    if i < text.count {
      guard text[i] | 0x20 == 0x65, let power = CellNumber.exponent(text, i + 1) else { return nil }
      point += power
    }
    if digits.isEmpty { point = 0 }
  }

  private static func exponent(_ text: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    var i = start
    var sign = 1
    if i < text.count, text[i] == 0x2D || text[i] == 0x2B {
      sign = text[i] == 0x2D ? -1 : 1
      i += 1
    }
    let digits = UnsafeBufferPointer(rebasing: text[min(i, text.count)...])
    guard digits.count <= 4, let value = whole(digits) else { return nil }
    return sign * value
  }

  /// Of a date: whole days, and the rest in whole seconds.
  private var daysAndSeconds: (days: Int, seconds: Int) {
    var days = 0
    for i in 0..<max(point, 0) { days = days * 10 + Int(i < digits.count ? digits[i] : 0) }
    // A dozen digits behind the point are far more than a second needs.
    var (part, size) = (0, 1)
    for i in 0..<12 {
      let at = point + i
      part = part * 10 + Int(at >= 0 && at < digits.count ? digits[at] : 0)
      size *= 10
    }
    return (days, (part * 86_400 + size / 2) / size)
  }

  /// Keeps the digits that are right, the last one rounded.
  private mutating func round() {
    if digits.count > CellNumber.precision {
      let up = digits[CellNumber.precision] >= 5
      digits.removeLast(digits.count - CellNumber.precision)
      var i = digits.count - 1
      if up {
        while i >= 0, digits[i] == 9 {
          digits[i] = 0
          i -= 1
        }
        if i >= 0 {
          digits[i] += 1
        } else {
          digits.insert(1, at: 0)
          point += 1
        }
      }
    }
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }

  private func write(atLeast width: Int, to bytes: inout [UInt8]) {
    if isNegative, !digits.isEmpty { bytes.append(0x2D) }
    // Beyond these a person writes powers of ten.
    guard point >= -20, point <= 40 else {
      bytes.append(digits[0] + 0x30)
      if digits.count > 1 { bytes.append(0x2E) }
      for digit in digits.dropFirst() { bytes.append(digit + 0x30) }
      bytes.append(contentsOf: "E\(point - 1 < 0 ? "-" : "+")\((point - 1).magnitude)".utf8)
      return
    }
    for _ in 0..<max(0, width - max(point, 1)) { bytes.append(0x30) }
    if point <= 0 { bytes.append(0x30) }
    for i in 0..<max(point, 0) { bytes.append(i < digits.count ? digits[i] + 0x30 : 0x30) }
    guard digits.count > point, !digits.isEmpty else { return }
    bytes.append(0x2E)
    for _ in 0..<max(-point, 0) { bytes.append(0x30) }
    for digit in digits.dropFirst(max(point, 0)) { bytes.append(digit + 0x30) }
  }
}
