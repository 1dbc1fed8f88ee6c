// Questions as they are put to a colleague: 为什么洞江人力没有机构奖励, 按月份测算, 今年要付多少. Knows the lines that answer
// them, nothing of the answers.

import Commands
import Diagnostics
import PolicyLanguage
import Sessions

/// A question in words, and the lines that ask it.
struct QuestionInWords {
  let familiar: Familiar

  private static let whys = ["为什么", "为何", "怎么", "凭什么"]
  private static let lacks = ["没有得到", "没有领到", "没有拿到", "没领到", "没拿到", "领不到", "拿不到", "没有", "不给", "没给"]
  private static let sums = ["付多少", "花多少", "发多少", "支出多少", "用多少钱"]

  init?(_ text: String, _ session: Desk) {
    let plain = text.filter { !$0.isWhitespace && !"?？。！!".contains($0) }
    if let line = QuestionInWords.whyNot(plain, session) ?? QuestionInWords.apart(plain) {
      familiar = .does(line)
      return
    }
    guard QuestionInWords.sums.contains(where: { plain.hasSuffix($0) || plain.hasSuffix($0 + "钱") }) else { return nil }
    let asksYears = plain.contains("年")
    familiar = .offers(
      asksYears
        ? [Text("run by year", zh: "测算 按 年度"), Text("run", zh: "测算")]
        : [Text("run", zh: "测算"), Text("run by year", zh: "测算 按 年度")])
  }

  /// 为什么洞江人力没有机构奖励
  private static func whyNot(_ text: String, _ session: Desk) -> String? {
    guard let lead = whys.first(where: { text.hasPrefix($0) }) else { return nil }
    let rest = text.dropFirst(lead.count)
    for lack in lacks {
      guard let found = String(rest).firstRange(of: lack) else { continue }
      let whole = String(rest)
      let who = whole[..<found.lowerBound], what = whole[found.upperBound...]
      guard !who.isEmpty, !what.isEmpty,
        session.nearDocuments.flatMap(\.measures).contains(where: { $0.words.zh == what || $0.name == what })
      else { continue }
      return "为何没有 \(what) 给 \(who)"
    }
    return nil
  }

  /// 按月份测算, 分年度测算
  private static func apart(_ text: String) -> String? {
    guard text.hasPrefix("按") || text.hasPrefix("分"), text.hasSuffix("测算"), text.count > 3 else { return nil }
    return "测算 按 " + text.dropFirst().dropLast(2)
  }
}
