// What the columns of a paper's forms hold, as their heads say. Knows nothing of what their figures ought to be.

extension PaperCheck {
  /// Heads that say what is in a column and not what it is of.
  static let units: Set<String> = ["元", "万元", "yuan", "10,000 yuan"]

  /// What a column holds, as its head says.
  enum Role {
    case count, each, amount, due, pending, total, cumulative, effect
    /// Things that are counted once however often they occur.
    case people
    /// Months or times that a standard is paid for.
    case times
    case money
    case other
  }

  static func role(_ head: String) -> Role {
    let name = bare(head).lowercased()
    switch name {
    case "笔数", "数量", "number", "payments": return .count
    case "标准", "standard": return .each
    case "金额", "amount": return .amount
    case "应付", "due": return .due
    case "未到期", "pending": return .pending
    case "合计", "total": return .total
    case "累计", "cumulative", "added up": return .cumulative
    case "资金影响", "effect", "差额", "change", "difference": return .effect
    case "月数", "次数", "期数", "天数", "months", "times": return .times
    case "对象数", "beneficiaries", "得益", "受损", "gain", "lose", "人数", "户数": return .people
    default: return hasUnit(head) ? .money : .other
    }
  }

  /// A head without its unit: `合计（元）`, `Total, yuan`.
  static func bare(_ head: String) -> String {
    let cut = head.firstIndex { "（(,，".contains($0) } ?? head.endIndex
    return head[..<cut].trimmingSpaces
  }

  static func hasUnit(_ head: String) -> Bool { head.contains("元") || head.lowercased().contains("yuan") }
}
