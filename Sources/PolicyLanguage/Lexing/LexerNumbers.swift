// Numbers, dates and place codes: where they end, and their text in plain digits. Knows nothing of units.
import Diagnostics

extension Lexer {
  private func digit(_ i: Int) -> Int? {
    guard let (byte, length) = plain(i), byte >= 0x30, byte <= 0x39 else { return nil }
    return length
  }

  private func isSign(_ i: Int, _ sign: UInt8) -> Int? {
    guard let (byte, length) = plain(i), byte == sign else { return nil }
    return length
  }

  /// The end of a run of digits, and how many there are; no more than `limit` are taken.
  private func digits(_ start: Int, atMost limit: Int = .max) -> (end: Int, count: Int) {
    var end = start
    var count = 0
    while count < limit, let length = digit(end) {
      end += length
      count += 1
    }
    return (end, count)
  }

  /// What begins with a digit at an offset. A comma belongs to a number only between groups of three digits; a dash
  /// makes a date (`2022-01-28`, as do two points: `2022.1.28`) or, before a letter and after six digits, the code of
  /// a place (`350500-tiz`).
  func numberEnd(_ start: Int) -> (TokenSort, end: Int, needsCare: Bool) {
    var (end, count) = digits(start)
    if let dash = isSign(end, 0x2D) {
      if count == 4, let date = dateEnd(end + dash, 0x2D) { return (.date, date, date - start != 10) }
      if count == 6, let (letter, _) = plain(end + dash), Self.isWordByte(letter), digit(end + dash) == nil {
        return (.code, codeEnd(end), false)
      }
    }
    // 2022.12.31, as registers have it: no number has two points.
    if count == 4, let dot = isSign(end, 0x2E), let date = dateEnd(end + dot, 0x2E) { return (.date, date, true) }
    var needsCare = end - start != count
    if count <= 3 {
      while let comma = isSign(end, 0x2C) {
        let group = digits(end + comma, atMost: 4)
        guard group.count == 3 else { break }
        end = group.end
        needsCare = true
      }
    }
    if let dot = isSign(end, 0x2E), digit(end + dot) != nil {
      let fraction = digits(end + dot)
      needsCare = needsCare || fraction.end - end != fraction.count + 1
      end = fraction.end
    }
    while let multiplier = multiplierEnd(end) {
      end = multiplier
      needsCare = true
    }
    return (.number, end, needsCare)
  }

  private func dateEnd(_ start: Int, _ sign: UInt8) -> Int? {
    let month = digits(start, atMost: 3)
    guard month.count == 1 || month.count == 2, let second = isSign(month.end, sign) else { return nil }
    let day = digits(month.end + second, atMost: 3)
    return day.count == 1 || day.count == 2 ? day.end : nil
  }

  private func codeEnd(_ start: Int) -> Int {
    var end = start
    while let (byte, length) = plain(end) {
      if Self.isWordByte(byte) {
        end += length
      } else if byte == 0x2D, let (next, _) = plain(end + length), Self.isWordByte(next) {
        end += length
      } else {
        break
      }
    }
    return end
  }

  /// 万 (ten thousand) or 亿 (a hundred million), after spaces if any.
  private func multiplierEnd(_ start: Int) -> Int? {
    var i = start
    while byte(i) == 0x20 { i += 1 }
    let character = (byte(i), byte(i + 1), byte(i + 2))
    return character == (0xE4, 0xB8, 0x87) || character == (0xE4, 0xBA, 0xBF) ? i + 3 : nil
  }

  // MARK: Text

  /// The text with full-width forms made plain.
  func plainText(_ start: Int, _ end: Int) -> String {
    var out: [UInt8] = []
    var i = start
    while i < end {
      if let (byte, length) = plain(i) {
        out.append(byte)
        i += length
      } else {
        out.append(bytes[i])
        i += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// What a string says: without its quotation marks, `\"` and `\\` resolved.
  func stringText(_ token: Token) -> String {
    let opening = byte(token.start) == 0x22 ? 1 : 3
    let closing = closingLength(token, opening)
    let start = token.start + opening
    let end = token.end - closing
    guard token.needsCare else { return bytes.text(start, end) }
    var out: [UInt8] = []
    var i = start
    while i < end {
      if bytes[i] == 0x5C, i + 1 < end, bytes[i + 1] == 0x5C || bytes[i + 1] == 0x22 { i += 1 }
      out.append(bytes[i])
      i += 1
    }
    return String(decoding: out, as: UTF8.self)
  }

  private func closingLength(_ token: Token, _ opening: Int) -> Int {
    let body = token.end - token.start - opening
    if opening == 1 || byte(token.start) == 0xEF {
      if body >= 1, byte(token.end - 1) == 0x22 { return 1 }
      if body >= 3, let (quote, length) = plain(token.end - 3), quote == 0x22, length == 3 { return 3 }
      return 0
    }
    return body >= 3 && byte(token.end - 3) == 0xE2 && byte(token.end - 2) == 0x80 && byte(token.end - 1) == 0x9D
      ? 3 : 0
  }

  /// A number's digits without separators, 万 and 亿 multiplied out: `1.5万` is 15000. Nil beyond thirty digits.
  func numberText(_ token: Token) -> String? {
    var whole: [UInt8] = []
    var fraction: [UInt8] = []
    var inFraction = false
    var i = token.start
    while i < token.end {
      guard whole.count + fraction.count <= 30 else { return nil }
      if let (byte, length) = plain(i) {
        i += length
        if byte == 0x2E {
          inFraction = true
        } else if byte >= 0x30, byte <= 0x39 {
          if inFraction { fraction.append(byte) } else { whole.append(byte) }
        }
        continue
      }
      let places = byte(i + 1) == 0xB8 ? 4 : 8
      for _ in 0..<places { whole.append(fraction.isEmpty ? 0x30 : fraction.removeFirst()) }
      i += 3
    }
    guard whole.count + fraction.count <= 30 else { return nil }
    if isMultiplied(token) {
      whole.removeFirst(min(whole.firstIndex { $0 != 0x30 } ?? whole.count, max(0, whole.count - 1)))
    }
    return String(decoding: fraction.isEmpty ? whole : whole + [0x2E] + fraction, as: UTF8.self)
  }

  private func isMultiplied(_ token: Token) -> Bool {
    token.end - token.start >= 3 && byte(token.end - 3) == 0xE4
  }

  /// A date with two digits each for month and day.
  func dateText(_ token: Token) -> String {
    let parts = plainText(token.start, token.end).split(omittingEmptySubsequences: false) { "-.".contains($0) }
    return parts.enumerated().map {
      $0.offset > 0 && $0.element.utf8.count == 1 ? "0" + $0.element : String($0.element)
    }
    .joined(separator: "-")
  }
}

extension WordTable {
  func word(_ bytes: [UInt8]) -> Word { word(bytes, 0, bytes.count) }
}
