// Days as workbooks count them, as text. The system of 1900 has a 29 February that there was not; that of 1904 begins
// later. Knows nothing of formats.

/// Which day is counted as the first.
enum DateSystem {
  case from1900
  case from1904

  /// The last day that a workbook knows, 9999-12-31.
  private var last: Int { self == .from1900 ? 2_958_465 : 2_957_003 }

  /// Adds a date as `2022-03-01`, with the time behind it where there is one, or the time alone below the first day.
  /// - Parameters:
  ///   - days: whole days.
  ///   - seconds: of the day, rounded; may be a whole day.
  /// - Returns: false where there is no such date.
  func append(days: Int, seconds: Int, to bytes: inout [UInt8]) -> Bool {
    let days = days + seconds / 86_400, seconds = seconds % 86_400
    guard days >= 0, days <= last else { return false }
    if days == 0, self == .from1900 {
      DateSystem.appendTime(seconds, to: &bytes)
      return true
    }
    if days == 60, self == .from1900 {
      bytes.append(contentsOf: "1900-02-29".utf8)
    } else {
      // Days since 1970.
      let since: Int
      switch self {
      case .from1900: since = days - 25_569 + (days < 60 ? 1 : 0)
      case .from1904: since = days - 24_107
      }
      DateSystem.appendDay(since, to: &bytes)
    }
    if seconds > 0 {
      bytes.append(0x20)
      DateSystem.appendTime(seconds, to: &bytes)
    }
    return true
  }

  private static func appendTime(_ seconds: Int, to bytes: inout [UInt8]) {
    append(seconds / 3600, 2, to: &bytes)
    bytes.append(0x3A)
    append(seconds / 60 % 60, 2, to: &bytes)
    bytes.append(0x3A)
    append(seconds % 60, 2, to: &bytes)
  }

  /// A day of the Gregorian calendar: years are counted from March, so that the leap day is a year's last.
  private static func appendDay(_ since1970: Int, to bytes: inout [UInt8]) {
    let day = since1970 + 719_468
    let era = day / 146_097
    let ofEra = day - era * 146_097
    let year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * year + year / 4 - year / 100)
    let month = (5 * ofYear + 2) / 153
    append(year + era * 400 + (month >= 10 ? 1 : 0), 4, to: &bytes)
    bytes.append(0x2D)
    append(month < 10 ? month + 3 : month - 9, 2, to: &bytes)
    bytes.append(0x2D)
    append(ofYear - (153 * month + 2) / 5 + 1, 2, to: &bytes)
  }

  private static func append(_ number: Int, _ digits: Int, to bytes: inout [UInt8]) {
    var power = 1
    for _ in 1..<digits { power *= 10 }
    while power > 0 {
      bytes.append(0x30 + UInt8(truncatingIfNeeded: number / power % 10))
      power /= 10
    }
  }
}
