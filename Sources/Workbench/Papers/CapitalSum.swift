// Sums in the capitals of finance, 捌拾陆万伍仟叁佰元整, and in plain numerals, 八十六万五千三百元. Knows nothing of where they
// stand.

/// A sum that is written in words.
struct CapitalSum {
  let fen: Int64
  let text: String
  /// How far it may be off: plain numerals that end with 元 are rounded to it.
  let tolerance: Int64

  private static let digits: [Character: Int64] = [
    "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    "零": 0, "〇": 0, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9, "两": 2,
  ]
  private static let units: [Character: Int64] = ["拾": 10, "佰": 100, "仟": 1000, "十": 10, "百": 100, "千": 1000]
  private static let plain: Set<Character> = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千"]
  private static let myriads: [Character: Int64] = ["万": 10_000, "萬": 10_000, "亿": 100_000_000]

  /// Takes a sum from the beginning of a text; nil where there is none.
  init?(_ text: Substring) {
    guard let first = text.first, first == "拾" || first == "十" || CapitalSum.digits[first].map({ $0 > 0 }) ?? false
    else { return nil }
    var (whole, section, digit, fen) = (Int64(0), Int64(0), Int64(0), Int64(0))
    var length = 0
    var isPastYuan = false
    for c in text {
      if length > 40 { return nil }
      if let value = CapitalSum.digits[c] {
        digit = value
      } else if let unit = CapitalSum.units[c], !isPastYuan {
        section += (digit == 0 ? 1 : digit) * unit
        digit = 0
      } else if let unit = CapitalSum.myriads[c], !isPastYuan {
        let (product, over) = (whole + section + digit).multipliedReportingOverflow(by: unit)
        if over || product > 1_000_000_000_000_000 { return nil }
        // 亿 counts all that stands before it, 万 what stands behind that.
        whole = unit == 10_000 ? whole + (section + digit) * unit : product
        (section, digit) = (0, 0)
      } else if c == "元" || c == "圆", !isPastYuan {
        whole += section + digit
        (section, digit, isPastYuan) = (0, 0, true)
      } else if c == "角", isPastYuan {
        fen += digit * 10
        digit = 0
      } else if c == "分", isPastYuan {
        fen += digit
        digit = 0
      } else if c == "整" || c == "正", isPastYuan {
        length += 1
        break
      } else {
        break
      }
      length += 1
    }
    guard isPastYuan else { return nil }
    self.fen = whole * 100 + fen
    self.text = String(text.prefix(length))
    tolerance = self.text.hasSuffix("元") && self.text.contains { CapitalSum.plain.contains($0) } ? 50 : 0
  }
}
