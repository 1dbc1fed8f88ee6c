// Lines of clauses as they should look in the measure that is being read: whoever copies one has a line that works,
// whatever the measure goes through. Knows nothing of what is wrong with a line.

/// Lines to be copied, by what the measure goes through.
enum ExampleLines {
  /// A line in English that begins with a word; nil where one serves for all measures.
  /// - Parameters:
  ///   - record: what the measure goes through, such as `hire`.
  ///   - day: a day within the time of the document, as `2026-12-31`.
  static func english(_ word: Word, of record: String, day: String) -> String? {
    if let own = inEnglish[record]?[word] { return own }
    if word == .pay { return "pay \(record) 300 yuan on \(day)" }
    return word == .recover ? "recover all on \(day)" : nil
  }

  private static let inEnglish: [String: [Word: String]] = [
    "hire": [
      .where: "where stable for 6 months", .count: "count past = candidates with same person before it",
      .recover: "recover all on end when end < start + 12 months", .ordered: "ordered by start",
      .only: "only the first 3 for each enterprise by start",
    ],
    "enterprise": [.where: "where district within home"], "agency": [.where: "where district within home"],
  ]

  /// The same in Chinese, of 录用人员.
  static func chinese(_ word: String, of record: String, day: String) -> String? {
    if let own = inChinese[record]?[word] { return own }
    switch word {
    case "付给": return "付给该\(record)：300元，于\(written(day))计为应付"
    case "追回": return "追回 全部，于\(written(day))计为应退"
    case "同一": return "同一\(record)只计一次"
    default: return nil
    }
  }

  private static let inChinese: [String: [String: String]] = [
    "录用人员": [
      "凡": "凡稳定就业满6个月的", "计": "计 此前＝在其之前本人相同的候选", "同一": "同一人只计一次", "次序": "次序 按参保日期先后",
      "追回": "追回 已付×50%，于离职日期计为应退，限离职日期早于参保日期＋12个月的",
    ],
    "企业": ["凡": "凡注册地属于本地区的"], "机构": ["凡": "凡注册地属于本地区的"],
  ]

  /// 2026年12月31日 of `2026-12-31`.
  static func written(_ day: String) -> String {
    let parts = day.split(separator: "-").compactMap { Int($0) }
    return parts.count == 3 ? "\(parts[0])年\(parts[1])月\(parts[2])日" : day
  }
}

extension HeaderSyntax? {
  /// A day that lies within the document's time, as far as its lines say it: its last day, or the last of its first
  /// year.
  var sampleDay: String {
    if let last = self?.window?.to?.writtenDay { return last }
    let begin = self?.window?.from?.writtenDay ?? self?.issued?.text
    let year = begin?.prefix(4) ?? "2026"
    return (year.count == 4 && year.allSatisfy(\.isNumber) ? year : "2026") + "-12-31"
  }
}

extension Expression {
  /// The day that it is where it is written as one.
  var writtenDay: String? { if case .date(let day) = node { day } else { nil } }
}

extension RuleParser {
  /// A line as it should look that begins with the clause's word.
  var model: String? {
    guard declaration.isMeasureForm, let record = frameRecord else { return clause.model }
    return ExampleLines.english(clause, of: record, day: document.header.sampleDay) ?? clause.model
  }
}
