// Figures that rules take from outside: parameters, which a drafter can change, and values, which another document lays
// down.
import Diagnostics
import Reckoning

/// A figure that a drafter can change.
package struct Parameter: Sendable {
  /// `changle-2022.agency_reward.rate_3m`
  package let id: String
  package let type: ValueType
  /// The default in raw form (fen, hundred-millionths, months, a day number, a count); nil when it is a value by
  /// reference.
  package let value: Int64?
  /// The by-reference value that stands where the parameter is not set.
  package let byReference: String?
  package let atLeast: Int64?
  package let atMost: Int64?
  package let meaning: Text?
  /// The Chinese name; nil where there is none.
  package let chinese: String?
  /// The short name of the measure that it belongs to; nil where it is the document's.
  package let owner: String?
  package let location: SourceRange
  /// What it is called together with the table, or the figure that changes on certain days, that it belongs to; nil: it
  /// belongs to none.
  var nameInTable: Text?
  /// The word behind its figure in the rule, where it is a number: `persons` of `100 persons`.
  var unit: String?

  /// What the parameter is called where nothing around it says of what it is: `reward.small`.
  package var fullWords: Text { nameInTable ?? words }

  /// What the parameter is called, in both languages.
  package var words: Text { Text(name, zh: chinese ?? name) }

  /// The word with which Chinese counts what the parameter is a number of, as the rule or its name tells: 人 of
  /// `2 persons` and of 起奖人数, 个 of 岗位数; empty where it has a unit already, or neither tells anything.
  package var countingWord: String {
    guard type == .number else { return "" }
    if let word = unit.flatMap({ SurfaceWords.units[$0] }) { return word.hasPrefix("个") ? "个" : word }
    let name = words.zh
    return Parameter.counted.first { name.hasSuffix($0.ending) }?.word ?? ""
  }

  /// Whether a figure of it is a calendar year, which takes no separators.
  package func isYear(_ raw: Int64) -> Bool {
    guard type == .number, (1900...2199).contains(raw) else { return false }
    return ["年度", "年份"].contains { words.zh.hasSuffix($0) } || name == "year" || name.hasSuffix("_year")
  }

  private static let counted: [(ending: String, word: String)] = [
    ("人数", "人"), ("职工数", "人"), ("名额", "个"), ("岗位数", "个"), ("团队数", "个"), ("个数", "个"), ("年数", "年"),
    ("月数", "个月"), ("天数", "天"), ("次数", "次"), ("户数", "户"), ("家数", "家"), ("企业数", "家"), ("笔数", "笔"), ("周岁", "周岁"),
    ("场次", "场"), ("场数", "场"), ("期数", "期"), ("倍数", "倍"),
  ]

  /// The parameter's last name: `rate_3m`.
  package var name: String { id.lastName }
}

extension String {
  /// What stands behind the last dot, which is asked for in every run: byte by byte.
  var lastName: String {
    guard let dot = utf8.lastIndex(of: UInt8(ascii: ".")) else { return self }
    return String(self[utf8.index(after: dot)...])
  }
}

/// A value that a text only refers to.
package struct ReferenceValue: Sendable {
  package let name: String
  /// The Chinese name; nil where there is none.
  package let chinese: String?
  package let type: ValueType
  package let meaning: Text?
  /// The document that sets it.
  package let source: Text?
  /// Whether it changes on certain days.
  package let isByDate: Bool
  package let location: SourceRange

  /// What the value is called, in both languages.
  package var words: Text {
    let parts = name.split(separator: ".")
    guard let last = parts.last else { return Text(name, zh: chinese ?? name) }
    // `lpr.2022-01-20` is the figure from a day on.
    if parts.count > 1, Day(last) != nil {
      return Text("\(parts[parts.count - 2]).\(last)", zh: "\(chinese ?? String(parts[parts.count - 2]))（\(last) 起）")
    }
    return Text(String(last), zh: chinese ?? name)
  }

  /// The same under another name: of one document or one measure.
  package func named(_ name: String) -> ReferenceValue {
    ReferenceValue(
      name: name, chinese: chinese, type: type, meaning: meaning, source: source, isByDate: isByDate, location: location
    )
  }
}
