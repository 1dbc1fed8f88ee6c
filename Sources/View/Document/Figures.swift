// Figures as text: amounts held in fen as yuan with two decimals, or with none where the currency has no smaller coin;
// thousands separated by commas for people and not separated for programs.

/// Texts of figures.
package enum Figures {
  /// Fen as yuan: `1,234.50`, or `1234.50` without grouping. Every Int64 has a text.
  package static func money(fen: Int64, grouped: Bool = true) -> String {
    let text = money(exactly: fen, grouped: grouped)
    return fen % 100 == 0 && AmountWriting.isWhole ? String(text.dropLast(3)) : text
  }

  /// The same with two decimals whatever the currency, for programs.
  static func money(exactly fen: Int64, grouped: Bool) -> String {
    let size = fen.magnitude
    let cents = size % 100
    let yuan = String(size / 100)
    return (fen < 0 ? "-" : "") + (grouped ? separated(yuan) : yuan) + (cents < 10 ? ".0" : ".") + String(cents)
  }

  /// Fen as tens of thousands of yuan, exactly: `123.45万`. Decimals: 2, or 4 and 6 where yuan or fen need them.
  static func wan(fen: Int64, decimals: Int) -> String {
    let decimals = max(decimals, wanDecimals(fen: fen))
    let size = fen.magnitude
    let digits = String(size % 1_000_000)
    let fraction = (String(repeating: "0", count: 6 - digits.utf8.count) + digits).prefix(min(max(decimals, 2), 6))
    return (fen < 0 ? "-" : "") + separated(String(size / 1_000_000)) + "." + fraction + "万"
  }

  /// The same without its unit, for columns that state it.
  package static func myriads(fen: Int64, decimals: Int) -> String {
    String(wan(fen: fen, decimals: decimals).dropLast())
  }

  /// How many decimals an amount needs in tens of thousands of yuan: 2, 4 or 6.
  package static func wanDecimals(fen: Int64) -> Int {
    if fen % 10_000 == 0 { return 2 }
    return fen % 100 == 0 ? 4 : 6
  }

  /// A whole number: `12,345`, or `12345` without grouping.
  package static func integer(_ value: Int64, grouped: Bool = true) -> String {
    let digits = String(value.magnitude)
    return (value < 0 ? "-" : "") + (grouped ? separated(digits) : digits)
  }

  /// The text of a figure with a plus sign before it unless it is zero or negative.
  package static func signed(_ text: String, _ value: Int64) -> String { value > 0 ? "+" + text : text }

  /// A number for a chart's labels, with at most two decimals. Not for amounts of money.
  package static func decimal(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "–" : value < 0 ? "-∞" : "∞" }
    guard abs(value) < 1e15 else { return "\(value)" }
    let hundredths = Int64((value * 100).rounded())
    var text = money(exactly: hundredths, grouped: true)
    if text.hasSuffix(".00") {
      text.removeLast(3)
    } else if text.hasSuffix("0") {
      text.removeLast()
    }
    return text
  }

  private static func separated(_ digits: String) -> String {
    guard digits.utf8.count > 3 else { return digits }
    var out: [UInt8] = []
    for (i, digit) in digits.utf8.enumerated() {
      if i > 0, (digits.utf8.count - i) % 3 == 0 { out.append(UInt8(ascii: ",")) }
      out.append(digit)
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// In what amounts are written on a screen.
package enum MoneyUnit: Sendable {
  case yuan
  /// Tens of thousands of yuan, 万.
  case wan
}
