// What this program's own lists of payments say has become of each: 应付, 未到期, 超出名额. Rows of what was reckoned and
// is not paid are no payments. Knows nothing of other lists' words.
import Diagnostics

/// The words of a payment's status.
enum PaidStatus {
  private static let paid: Set<String> = ["due", "pending", "recovered", "应付", "未到期", "追回"]
  private static let unpaid = [
    "displaced", "overquota", "overcap", "belownought", "notpaid", "就高不重复", "超出名额", "超出限额", "低于零", "不付",
  ]

  private static func plain(_ text: String) -> String {
    CellText.closed(text).lowercased().replacing("_", with: "")
  }

  /// Whether a text is one of this program's words for a payment that is not made.
  static func isUnpaid(_ text: String?) -> Bool {
    guard let word = text.map(plain) else { return false }
    return unpaid.contains { word == $0 || $0.hasPrefix("displaced") && word.hasPrefix($0 + "by") }
      || word.hasPrefix("就高不重复")
  }

  /// Whether a text is one of them of any kind.
  static func isOwn(_ text: String) -> Bool { paid.contains(plain(text)) || isUnpaid(text) }

  /// That some rows are not read; nil where there are none.
  static func note(_ lines: [PaidRegister.Line], at location: SourceRange) -> Diagnostic? {
    guard !lines.isEmpty else { return nil }
    var words: [String] = []
    for word in lines.compactMap(\.status) where !words.contains(word) { words.append(word) }
    let some = words.prefix(3).map { ValueProblem.shown($0) }, more = words.count > some.count
    let numbers = lines.prefix(5).map { String($0.number) }.joined(separator: ", ")
    let further = lines.count > 5
    return Diagnostic(
      .note, code: "paid-unread",
      Text(
        "\(lines.count) \(lines.count == 1 ? "row says" : "rows say") "
          + "\(some.map { "`\($0)`" }.joined(separator: ", "))\(more ? ", …" : "") (line \(numbers)"
          + "\(further ? " …" : "")): nothing was paid there, and they are left out",
        zh: "\(lines.count) 行的状态为\(some.map { "“\($0)”" }.joined(separator: "、"))\(more ? "等" : "")"
          + "（第 \(numbers) 行\(further ? "等" : "")）：没有支付，未计入实付"),
      hint: Text(
        "if they were paid all the same: `columns HEADING = none` for the column", zh: "如已支付，请将该列写作“各列 表头 = 不读”"),
      at: location)
  }
}
