// What stands for a whole kind of cells: a text with a place left open, `约…`, and what is read in its place, `…`. Knows
// nothing of columns or of where the cells stood.
import Diagnostics

/// Texts of cells with a place left open.
package enum CellPattern {
  private static let hole: Character = "…"

  /// A text as somebody writes it, three points being the place that is left open.
  static func written(_ text: String) -> String {
    var out = text.replacing("...", with: "…")
    while out.contains("……") { out = out.replacing("……", with: "…") }
    return out
  }

  /// What a cell says by the pattern that fits it; where several do, by the longest.
  /// - Parameter said: by what `ColumnMapping.plain` makes of a text, what it stands for.
  static func applied(_ text: String, _ said: [String: String]) -> String? {
    guard let (pattern, inside) = fitting(ColumnMapping.plain(text), said) else { return nil }
    return said[pattern]?.replacing(String(hole), with: inside)
  }

  /// What of what is said a cell's text is, or what pattern it fits; nil where nothing is said of it.
  static func met(_ text: String, _ said: [String: String]) -> String? {
    let plain = ColumnMapping.plain(text)
    return said[plain] == nil ? fitting(plain, said)?.pattern : plain
  }

  private static func fitting(_ plain: String, _ said: [String: String]) -> (pattern: String, inside: Substring)? {
    let open = said.keys.filter { $0.contains(hole) }.sorted { ($1.count, $0) < ($0.count, $1) }
    for pattern in open {
      if let inside = match(plain[...], pattern) { return (pattern, inside) }
    }
    return nil
  }

  /// What stands in a pattern's first open place; nil where the text is another.
  private static func match(_ text: Substring, _ pattern: String) -> Substring? {
    let parts = pattern.split(separator: hole, omittingEmptySubsequences: false)
    guard parts.count > 1, let head = parts.first, let tail = parts.last, text.hasPrefix(head) else { return nil }
    var rest = text.dropFirst(head.count)
    var inside: Substring?
    for part in parts.dropFirst().dropLast() {
      guard let found = rest.firstRange(of: part), found.lowerBound > rest.startIndex else { return nil }
      inside = inside ?? rest[..<found.lowerBound]
      rest = rest[found.upperBound...]
    }
    guard rest.hasSuffix(tail), rest.count > tail.count else { return nil }
    return inside ?? rest.dropLast(tail.count)
  }

  /// The pattern that would read a cell that was refused, and all that are written like it.
  /// - Parameter code: why it was refused.
  package static func offered(_ text: String, code: String) -> (text: String, value: String)? {
    let plain = CellText.closed(text)
    guard plain.utf8.count <= 60, let first = plain.firstIndex(where: isDigit),
      let last = plain.lastIndex(where: isDigit)
    else { return nil }
    let (head, inside) = (String(plain[..<first]), plain[first...last])
    let tail = String(plain[plain.index(after: last)...])
    switch code {
    case "not-money", "not-a-whole-number":
      return isNear(head, of: amountWords) && isNear(tail, of: amountWords) ? amount(head, inside, tail) : nil
    // Somebody has to say that it is the day all the same, or that there is none.
    case "goes-on": return goingOn(text).map { ($0, "…") }
    case "not-ended": return goingOn(text).map { ($0, "none") }
    case "not-a-date": return isNear(head, of: dayWords) ? day(head, String(inside), tail) : nil
    default: return nil
    }
  }

  /// `…(续签)`: the day is left open, the word is not.
  private static func goingOn(_ text: String) -> String? {
    DateWords.goingOn(text).map { "…" + CellText.closed(String(CellText.plain(text).dropFirst($0.day.count))) }
  }

  /// Whether words around a figure or a day leave it what it is, so that it may be taken without them. Words that
  /// nobody has looked at may say another amount (千, 百, k), another day (前, 旬) or none (取消): they are not taken off.
  private static func isNear(_ words: String, of kinds: [String]) -> Bool {
    var rest = words.lowercased().filter { !"()[]【】,.;:~-—_*'\"“”‘’+".contains($0) }
    while !rest.isEmpty {
      guard let word = kinds.first(where: rest.hasPrefix) else { return false }
      rest = String(rest.dropFirst(word.count))
    }
    return true
  }

  /// What leaves an amount or a count about what it is, longer words first.
  private static let amountWords = [
    "人民币", "基本工资", "平均工资", "月平均", "大约", "大概", "左右", "上下", "税前", "税后", "含税", "应发", "实发", "底薪", "包吃住", "月薪", "每月", "人均",
    "平均", "工资", "约为", "合计", "共计", "约", "近", "共", "计", "月", "元整", "万元", "元", "圆", "整", "rmb", "cny", "yuan", "about",
    "ca",
    "/月", "人", "名", "个",
  ]

  /// What leaves a day about what it is.
  private static let dayWords = [
    "大约", "大概", "左右", "前后", "约为", "约", "日期", "时间", "about", "ca", "circa", "approx", "around", "on", "the",
  ]

  private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

  private static func amount(_ head: String, _ inside: Substring, _ tail: String) -> (text: String, value: String)? {
    if AmountWriting.ungrouped(String(inside)) != nil {
      // Of what stands behind a figure a unit may be read.
      let unit = AmountWriting.units.first { tail.hasPrefix($0.name) && tail != $0.name }?.name ?? ""
      let more = tail.dropFirst(unit.count)
      return head.isEmpty && more.isEmpty ? nil : (head + "…" + more, "…")
    }
    // Of 4000-5000 nobody knows which.
    return nil
  }

  /// What says the last day of a month, and the first.
  private static let parts = [("月初", "月1日"), ("月底", "月末日"), ("月末", "月末日")]

  private static func day(_ head: String, _ inside: String, _ tail: String) -> (text: String, value: String)? {
    for (part, day) in parts where tail.hasPrefix(part) {
      guard isNear(String(tail.dropFirst(part.count)), of: dayWords),
        DateWriting(text: inside + day, type: .date).isRead
      else { return nil }
      return (head + "…" + part.dropFirst() + tail.dropFirst(part.count), "…" + day.dropFirst())
    }
    for end in ["日", "号", ""] where tail.hasPrefix(end) {
      guard DateWriting(text: inside + end, type: .date).isRead else { continue }
      let more = tail.dropFirst(end.count)
      return (head.isEmpty && more.isEmpty) || !isNear(String(more), of: dayWords) ? nil : (head + "…" + more, "…")
    }
    return nil
  }
}

extension Diagnostic {
  /// The text that the message quotes first, whole.
  package var quoted: String? {
    let parts = message.en.split(separator: "`", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count > 2, !parts[1].isEmpty, !parts[1].hasSuffix("…"), !parts[1].contains("\"") else { return nil }
    return String(parts[1])
  }

  /// The hint without what a scenario may say of a list's columns, for whoever reads a file that no scenario names.
  package var hintWithoutColumns: Text? {
    hint.map { hint in
      let (en, zh) = (ValueProblem.columnsOffer.en, ValueProblem.columnsOffer.zh)
      return Text(
        hint.en.firstRange(of: en).map { String(hint.en[..<$0.lowerBound]) } ?? hint.en,
        zh: hint.zh.firstRange(of: zh).map { String(hint.zh[..<$0.lowerBound]) } ?? hint.zh)
    }
  }
}
