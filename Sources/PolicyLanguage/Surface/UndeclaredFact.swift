// A word that nothing is called may be a fact of the register that rules have no name for yet: the line that declares
// it, with the type that what stands beside it asks for. Knows nothing of what the dictionary holds.
import Diagnostics

extension ChineseParser {
  /// What to declare where the present token is a word that nothing is called; nil where it cannot be the name of a
  /// fact, or where nothing beside it says of what type the fact would be.
  func undeclaredFact(_ text: String) -> Text? {
    guard canBegin, let end = endOfName, let type = type(upTo: end) else { return nil }
    let name = text + tokens[(index + 1)..<end].map(\.words).joined()
    let isName = (2...10).contains(name.count) && name.allSatisfy { $0.isLetter && !$0.isASCII }
    let isTurn = name.contains("分之") || name == "进位"
    let isPiece =
      UndeclaredFact.beginnings.contains(where: name.hasPrefix)
      || UndeclaredFact.endings.contains(where: name.hasSuffix)
    guard isName, !isTurn, !isPiece else { return nil }
    let line = "字段 \(name) \(type)"
    return Text(
      "if `\(name)` is a fact of the register, declare it first, in its list: `\(line)`.",
      zh: "如“\(name)”是台账中的一项事实，请先声明，例如“\(line)”（见“自己的清单和字段”）。")
  }

  /// Whether a name can begin at the present token: what stands before it is no part of one.
  private var canBegin: Bool {
    guard index > 0 else { return false }
    guard case .word(let before) = tokens[index - 1].sort else { return false }
    return UndeclaredFact.openers.contains(before) || ChineseWords.relations[before] != nil
  }

  /// Behind the name that begins at the present token: its last part may be a word of its own, 认证＋日期.
  private var endOfName: Int? {
    guard index < tokens.count else { return nil }
    let next = index + 1
    if next < tokens.count, UndeclaredFact.lastParts.contains(tokens[next].words),
      tokens[next].line == tokens[index].line, tokens[next].column == tokens[index].endColumn
    {
      return next + 1
    }
    return next
  }

  /// The type of a fact of which the name ends before a token; nil where nothing says it.
  private func type(upTo end: Int) -> String? {
    // 裁员率不高于5.5%, 裁员率为5%
    if let relation = word(end), ChineseWords.relations[relation] != nil || relation == "为", isClosed(end + 2) {
      return typeOfFigure(end + 1)
    }
    guard isClosed(end) || word(end) == "×" else { return nil }
    // 5.5%不少于裁员率
    if let relation = word(index - 1), ChineseWords.relations[relation] != nil {
      return isClosed(end) ? typeOfFigure(index - 2) : nil
    }
    // 付给该企业：失业保险费×60%
    guard tokens.first?.words == "付给", word(index - 1) == "：" else { return nil }
    if word(end) != "×" { return "金额" }
    return typeOfFigure(end + 1) == "比例" && isClosed(end + 2) ? "金额" : nil
  }

  private func word(_ i: Int) -> String? {
    guard tokens.indices.contains(i), case .word(let word) = tokens[i].sort else { return nil }
    return word
  }

  /// Whether a condition or an amount is whole before a token.
  private func isClosed(_ i: Int) -> Bool { i >= tokens.count || word(i).map(UndeclaredFact.closers.contains) ?? false }

  /// The type of a fact that is compared with a figure.
  private func typeOfFigure(_ i: Int) -> String? {
    guard tokens.indices.contains(i) else { return nil }
    switch tokens[i].sort {
    case .number(_, unit: "%"?): return "比例"
    case .number(_, unit: "yuan"?): return "金额"
    case .number(let digits, unit: nil): return digits.contains(".") ? "小数" : "数"
    case .number(let digits, unit: "persons"?): return digits.contains(".") ? nil : "数"
    case .date: return "日期"
    case .number, .word, .name, .monthDay, .text, .id, .place, .unknown: return nil
    }
  }
}

/// What tells a name of a fact from a piece of a sentence.
private enum UndeclaredFact {
  static let openers: Set<String> = [
    "凡", "，", "、", "且", "或", "并且", "或者", "同时", "（", "：", "其中", "要求", "如", "非", "的",
  ]
  static let closers: Set<String> = ["，", "、", "的", "且", "或", "并且", "或者", "同时", "）", "。", "；", "则"]
  static let lastParts: Set<String> = ["日期", "数", "金额", "比例", "时间", "人数"]
  static let beginnings = [
    "属", "为", "是", "不", "或", "且", "的", "在", "之", "满", "未", "已", "每", "各", "该", "后", "前", "内",
  ]
  static let endings = ["内", "后", "前", "时", "以上", "以下", "之间"]
}

extension ChineseToken {
  /// The characters of a name or a word; none of anything else.
  fileprivate var words: String {
    switch sort {
    case .word(let text), .name(let text), .unknown(let text): text
    case .number, .date, .monthDay, .text, .id, .place: ""
    }
  }
}
