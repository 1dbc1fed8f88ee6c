// What a cell's number is shown as: a date, a share of a hundred, a number with leading zeros, or plainly itself. Told
// from the format's number or code. Knows nothing of cells.

/// What numbers with a format are.
enum NumberFormat: Equatable {
  case general
  /// Days since the workbook's epoch, with a time behind the point.
  case date
  case percent
  /// Shown with at least so many digits.
  case padded(Int)

  /// One of the formats that have a number and no code. From 27 to 36 and from 50 to 58 are the dates of Chinese Excel.
  init(builtIn number: Int) {
    switch number {
    case 9, 10: self = .percent
    case 14...22, 27...36, 45, 47, 50...58: self = .date
    default: self = .general
    }
  }

  /// A format by its code, such as `yyyy"年"m"月"d"日"` or `[$-804]aaaa`.
  init(code: String) {
    let signs = NumberFormat.signs(of: code)
    if signs.hasElapsed {
      // A duration such as 30:15 is a number of days and no date.
      self = .general
    } else if signs.plain.contains("%") {
      self = .percent
    } else if NumberFormat.isDate(signs.plain) {
      self = .date
    } else if signs.isBare, signs.plain.utf8.count > 1, signs.plain.utf8.allSatisfy({ $0 == 0x30 }) {
      self = .padded(min(signs.plain.utf8.count, 40))
    } else {
      self = .general
    }
  }

  private static func isDate(_ plain: String) -> Bool {
    var text = plain.lowercased()
    for word in ["general", "g/通用格式", "am/pm", "a/p", "上午/下午"] {
      while let range = text.firstRange(of: word) { text.removeSubrange(range) }
    }
    // 1.5E+3
    if let e = text.firstIndex(of: "e"), let sign = text[e...].dropFirst().first, sign == "+" || sign == "-" {
      return false
    }
    if text.contains("aaa") { return true }
    return text.contains { "ydhsme".contains($0) }
  }

  /// What of a code is not quoted: the signs of the first of its parts.
  private static func signs(of code: String) -> (plain: String, hasElapsed: Bool, isBare: Bool) {
    var plain = ""
    var (hasElapsed, isBare) = (false, true)
    var rest = code[...]
    while let sign = rest.popFirst() {
      switch sign {
      case ";": return (plain, hasElapsed, false)
      case "\"":
        while let next = rest.popFirst(), next != "\"" {}
        isBare = false
      case "\\", "_", "*", "!":
        _ = rest.popFirst()
        isBare = false
      case "[":
        let inside = rest.prefix { $0 != "]" }.lowercased()
        rest = rest.dropFirst(inside.count + 1)
        if let first = inside.first, "hms".contains(first), inside.allSatisfy({ $0 == first }) { hasElapsed = true }
      default: plain.append(sign)
      }
    }
    return (plain, hasElapsed, isBare)
  }
}
