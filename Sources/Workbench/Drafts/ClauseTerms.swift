// Clauses of a rule that stand by themselves in the words of an official document: instalments, what is taken back,
// caps and places. Made of the line's own words; a line of another kind stays as it is. Knows nothing of the sentence
// that they stand in.

/// The words of instalments, recoveries, caps and places.
enum ClauseTerms {
  /// Whether a line that is set in further is a clause of its own, and no rest of the line above.
  static func standsAlone(_ line: String) -> Bool {
    ["分期 ", "追回 ", "part ", "recover "].contains { line.hasPrefix($0) }
  }

  // MARK: Chinese

  /// A line as an official document has it; nil where it is none of these.
  /// - Parameter isFirst: the first instalment names the kind.
  static func chinese(_ line: String, isFirst: Bool) -> String? {
    if line.hasPrefix("分期 ") { return instalment(line.dropFirst(3), isFirst) }
    if line.hasPrefix("追回 ") { return recovery(line.dropFirst(3)) }
    if line.hasPrefix("限额 ") { return cap(line.dropFirst(3)) }
    if line.hasPrefix("名额 ") { return places(line.dropFirst(3)) }
    return nil
  }

  /// `稳定就业满3个月的，于满3个月之日支付50%` of `50%，于满3个月之日计为应付，限稳定就业满3个月的`.
  private static func instalment(_ text: Substring, _ isFirst: Bool) -> String? {
    guard let found = text.wholeMatch(of: #/(.+?)(?:，于(.+?)计为应付)?(?:，限(.+)的)?/#) else { return nil }
    let (amount, day, condition) = (found.output.1, found.output.2, found.output.3)
    return (isFirst ? "分期支付：" : "") + (condition.map { "\($0)的，" } ?? "") + (day.map { "于\($0)" } ?? "")
      + "支付" + (amount == "余额" ? "余额" : String(amount))
  }

  /// `提前离职的，于离职日期追回已付金额的50%` of `50%×已付，于离职日期计为应退，限提前离职的`.
  private static func recovery(_ text: Substring) -> String? {
    let form = #/(?:向([^：]+)：)?(.+?)(?:，于(.+?)计为应退)?(?:，限(.+)的)?/#
    guard let found = text.wholeMatch(of: form) else { return nil }
    let (whom, amount, day, condition) = (found.output.1, found.output.2, found.output.3, found.output.4)
    let all = amount.replacing(#/全部$/#, with: "全部已付金额")
      .replacing(#/(\d[\d.]*%)×已付/#) { "已付金额的\($0.output.1)" }.replacing(#/已付(?!金额)/#, with: "已付金额")
    return (condition.map { "\($0)的，" } ?? "") + (day.map { "于\($0)" } ?? "") + (whom.map { "向\($0)" } ?? "")
      + "追回" + all
  }

  /// `同一机构每年度累计不超过6万元` of `同一机构、年度不超过6万元`.
  private static func cap(_ text: Substring) -> String? {
    guard let found = text.wholeMatch(of: #/(.*?)不超过([^，]+)(.*)/#) else { return nil }
    let (whose, most, rest) = (found.output.1, found.output.2, String(found.output.3))
    let window = rest.firstMatch(of: #/，(任意[^，]+内)/#)?.output.1
    let more = rest.replacing(#/，任意[^，]+内/#, with: "").replacing("，按比例", with: "，超出时按比例支付")
    guard whose != "共" else { return "总额不超过\(most)\(more)" }
    guard let group = group(whose) else { return nil }
    return group.subject + group.period + (window.map(String.init) ?? "") + "累计不超过\(most)\(more)"
  }

  /// `同一就业单位每年度限2人` of `同一就业单位、年度限2人`.
  private static func places(_ text: Substring) -> String? {
    guard let found = text.wholeMatch(of: #/(.*?)限([^，]+)(.*)/#) else { return nil }
    let (whose, most, rest) = (found.output.1, found.output.2, found.output.3)
    if whose == "共" { return "名额共\(most)\(rest)" }
    guard let group = group(whose) else { return nil }
    return group.subject + group.period + "限\(most)\(rest)"
  }

  /// Whom a limit is for and how often it begins anew; nil where the words before it name no group: a source of money.
  private static func group(_ words: Substring) -> (subject: String, period: String)? {
    guard let at = words.firstRange(of: "同一") else { return nil }
    let before = words[..<at.lowerBound]
    let keys = words[at.upperBound...].split(separator: "、")
    let others = keys.filter { $0 != "年度" }.joined(separator: "、")
    let year = others.count == words[at.upperBound...].count ? "" : "每年度"
    return (before + (others.isEmpty ? "" : "同一" + others), year)
  }

  // MARK: English

  /// The same of an English rule.
  static func english(_ line: String) -> String? {
    if let found = line.wholeMatch(of: #/part (.+?)(?: on (.+?))?(?: when (.+))?/#) {
      let (amount, day, condition) = (found.output.1, found.output.2, found.output.3)
      let what = amount == "rest" ? "the rest is" : "\(amount) of it is"
      return "\(what) due" + (day.map { " on \($0)" } ?? "") + (condition.map { ", if \($0)" } ?? "")
    }
    if let found = line.wholeMatch(of: #/recover (.+?)(?: from (.+?))?(?: on (.+?))?(?: when (.+))?/#) {
      let (amount, whom, day, condition) = (found.output.1, found.output.2, found.output.3, found.output.4)
      let what = (amount == "all" ? "all that was paid is" : "\(amount) is") + " taken back"
      return what + (whom.map { " from \($0)" } ?? "") + (day.map { " on \($0)" } ?? "")
        + (condition.map { ", if \($0)" } ?? "")
    }
    if let found = line.wholeMatch(of: #/cap (.+?) (in all|for each .+)/#) {
      return "no more than \(found.output.1) \(found.output.2)"
    }
    if let found = line.wholeMatch(of: #/quota (.+?) (in all|for each .+)/#) {
      return "no more than \(found.output.1) places \(found.output.2)"
    }
    return nil
  }
}
