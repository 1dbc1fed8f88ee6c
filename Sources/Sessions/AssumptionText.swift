// What is assumed of how people respond, in words and with the figures that it may take. Knows nothing of runs.

import Diagnostics
import Engine
import PolicyLanguage
import Reckoning

/// Thresholds that people are brought to, by their names in Chinese.
package enum BroughtTo {
  /// What stands behind the threshold's name.
  package static let suffix = "凑足"

  private static let counts: [(ending: String, word: String)] = [
    ("人数", "人"), ("职工数", "人"), ("岗位数", "个"), ("团队数", "个"), ("个数", "个"), ("家数", "家"), ("企业数", "家"),
    ("户数", "户"), ("次数", "次"),
  ]

  /// The word with which Chinese counts what somebody is short of, as the threshold's name tells; empty where it does
  /// not, and for what is no such assumption.
  package static func counted(_ label: Text) -> String {
    guard label.zh.hasSuffix(suffix) else { return "" }
    let name = label.zh.dropLast(suffix.count)
    return counts.first { name.hasSuffix($0.ending) }?.word ?? ""
  }
}

extension Assumption {
  /// An elasticity beyond this is nobody's, in parts of a share.
  package static let mostElastic = 10 * Share.unit
  /// Nobody is brought to a threshold over more records than this.
  package static let mostBrought: Int64 = 1000

  /// The unit of its number.
  package var type: ValueType {
    switch what {
    case .response, .takeUp: .share
    case .bunching: .number
    }
  }

  /// The smallest number that it may have.
  package var least: Int64 {
    if case .response = what { -Assumption.mostElastic } else { 0 }
  }

  /// The largest number that it may have.
  package var most: Int64 {
    switch what {
    case .response: Assumption.mostElastic
    case .takeUp: Share.unit
    case .bunching: Assumption.mostBrought
    }
  }

  /// Its number for people, with its bounds and where it comes from.
  package func text(_ number: Int64) -> Text {
    let bare: Text
    switch what {
    case .response(let response):
      let (low, high) = (response.bounds.lowerBound, response.bounds.upperBound)
      let range = "\(Assumption.plain(low))..\(Assumption.plain(high))"
      bare = Text(
        "\(Assumption.plain(number)) within \(range)", zh: "\(Assumption.plain(number))（范围 \(range)）")
    case .takeUp: bare = .same(Share(parts: number).text)
    case .bunching: bare = Text("up to \(number) short", zh: "差 \(number) \(BroughtTo.counted(label))以内")
    }
    return origin.map { Text("\(bare.en) from \($0)", zh: "\(bare.zh)（依据 \($0)）") } ?? bare
  }

  /// A number of parts as a decimal: 0.4, -0.25, 1.
  package static func plain(_ parts: Int64) -> String {
    let (whole, rest) = parts.magnitude.quotientAndRemainder(dividingBy: UInt64(Share.unit))
    var digits = String(rest)
    digits = String(repeating: "0", count: 8 - digits.utf8.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return (parts < 0 ? "-" : "") + String(whole) + (digits.isEmpty ? "" : "." + digits)
  }

  /// A decimal in parts: `0.4`, `-0.25`, `40%`; nil where it is none.
  package static func parts(_ text: String) -> Int64? {
    let isBelow = text.hasPrefix("-") || text.hasPrefix("−")
    var digits = isBelow ? text.dropFirst() : text[...]
    let isPercent = digits.hasSuffix("%")
    if isPercent { digits = digits.dropLast() }
    guard let read = Decimals.parse(digits, scale: isPercent ? 6 : 8) else { return nil }
    return isBelow ? -read : read
  }
}
