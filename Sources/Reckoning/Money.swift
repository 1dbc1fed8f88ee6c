// Exact money and shares: integers, never floating point.
// Semantics, "Money": a share of an amount is rounded to the fen, half away from zero, once per payment.

/// An amount of money in fen (1 yuan = 100 fen).
public struct Money: Sendable, Hashable, Comparable {
  /// The amount in fen, hundredths of a yuan.
  public let fen: Int64

  /// An amount of fen.
  @inlinable public init(fen: Int64) { self.fen = fen }

  /// Nothing.
  public static let zero = Money(fen: 0)
  /// The largest amount that a fact or a parameter may state: ten trillion yuan.
  public static let limit = Money(fen: 1_000_000_000_000_000)

  /// Whether the first is less than the second.
  @inlinable public static func < (a: Money, b: Money) -> Bool { a.fen < b.fen }

  /// Yuan with two decimals and no separators, as other programs read it: `-1234.50`.
  public var plain: String { Decimals.text(fen, scale: 2, keep: 2) }

  /// Yuan with thousands separators, decimals only when there are any: `1,234.50`, `50,000`.
  public var grouped: String {
    let digits = Decimals.text(fen, scale: 2, keep: fen % 100 == 0 ? 0 : 2)
    return Decimals.grouped(digits)
  }
}

/// A share such as 80 %, in hundred-millionths: 50 % is 50 000 000.
public struct Share: Sendable, Hashable, Comparable {
  /// How many parts one is.
  public static let unit: Int64 = 100_000_000
  /// The share in hundred-millionths.
  public let parts: Int64

  /// A share of so many hundred-millionths.
  @inlinable public init(parts: Int64) { self.parts = parts }

  /// Whether the first is less than the second.
  @inlinable public static func < (a: Share, b: Share) -> Bool { a.parts < b.parts }

  /// As a percentage with no more decimals than it needs: `80%`, `37.5%`.
  public var text: String { Decimals.text(parts, scale: 6, keep: 0) + "%" }
}

/// Decimal numbers held as scaled integers, and their texts.
public enum Decimals {
  /// `value / 10^scale` as text, with at least `keep` decimals and no more than are needed beyond them.
  public static func text(_ value: Int64, scale: Int, keep: Int) -> String {
    var digits = String(value.magnitude)
    while digits.utf8.count <= scale { digits = "0" + digits }
    let whole = digits.dropLast(scale)
    var fraction = Substring(digits.suffix(scale))
    while fraction.utf8.count > keep, fraction.last == "0" { fraction = fraction.dropLast() }
    return (value < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// Thousands separators in the whole part of a decimal number's text.
  public static func grouped(_ text: String) -> String {
    let negative = text.hasPrefix("-")
    let body = negative ? text.dropFirst() : text[...]
    let parts = body.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first else { return text }
    var out: [Character] = []
    for (i, c) in whole.reversed().enumerated() {
      if i > 0, i % 3 == 0 { out.append(",") }
      out.append(c)
    }
    let fraction = parts.count > 1 ? "." + parts[1] : ""
    return (negative ? "-" : "") + String(out.reversed()) + fraction
  }

  /// Reads an unsigned decimal number with at most `scale` decimals as an integer scaled by `10^scale`.
  /// Nil when it is not such a number or does not fit. Commas between digits are ignored when `commas` is set.
  public static func parse(_ text: Substring, scale: Int, commas: Bool = false) -> Int64? {
    var value: Int64 = 0
    var decimals = -1
    var digits = 0
    var afterComma = false
    for byte in text.utf8 {
      if afterComma, !(0x30...0x39).contains(byte) { return nil }
      afterComma = false
      switch byte {
      case 0x30...0x39:
        if decimals >= 0 {
          decimals += 1
          if decimals > scale { return nil }
        }
        digits += 1
        let (m, o1) = value.multipliedReportingOverflow(by: 10)
        let (s, o2) = m.addingReportingOverflow(Int64(byte - 0x30))
        if o1 || o2 { return nil }
        value = s
      case 0x2E where decimals < 0 && digits > 0: decimals = 0
      case 0x2C where commas && decimals < 0 && digits > 0: afterComma = true
      default: return nil
      }
    }
    if digits == 0 || decimals == 0 || afterComma { return nil }
    for _ in max(decimals, 0)..<scale {
      let (m, o) = value.multipliedReportingOverflow(by: 10)
      if o { return nil }
      value = m
    }
    return value
  }

  /// `a * b / c`, rounded half away from zero; nil when the result does not fit or `c` is not positive.
  @inlinable public static func muldiv(_ a: Int64, _ b: Int64, _ c: Int64) -> Int64? {
    guard c > 0 else { return nil }
    let product = a.multipliedFullWidth(by: b)
    let wide = Int128(product.high) << 64 | Int128(product.low)
    let d = Int128(c)
    let half = d / 2
    let r = wide >= 0 ? (wide + half) / d : -((-wide + half) / d)
    // An odd divisor's half is rounded down by integer division; adding it never reaches a tie wrongly.
    return Int64(exactly: r)
  }
}
