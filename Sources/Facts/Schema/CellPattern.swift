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
    guard isNear(head), isNear(tail) else { return nil }
    switch code {
    case "not-money", "not-a-whole-number": return amount(head, inside, tail)
    case "not-a-date": return day(head, String(inside), tail)
    default: return nil
    }
  }

  /// Whether words around a figure or a day leave it about what it is, so that it may be taken without them:
  /// none of 元/天, 续签, 在职 does.
  private static func isNear(_ words: String) -> Bool {
    !words.contains { "/每天时周季续职岗起作取删退拟预待未不无".contains($0) }
      && !["按日", "按年", "至今", "延期", "顺延", "重复", "错误"].contains(where: words.contains)
  }

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

  /// What parts of a month begin with, and its end.
  private static let parts = [
    ("月初", "月1日"), ("月上旬", "月1日"), ("月中旬", "月11日"), ("月下旬", "月21日"), ("月底", "月末日"), ("月末", "月末日"),
  ]

  private static func day(_ head: String, _ inside: String, _ tail: String) -> (text: String, value: String)? {
    for (part, day) in parts where tail.hasPrefix(part) {
      guard DateWriting(text: inside + day, type: .date).isRead else { return nil }
      return (head + "…" + part.dropFirst() + tail.dropFirst(part.count), "…" + day.dropFirst())
    }
    for end in ["日", "号", ""] where tail.hasPrefix(end) {
      guard DateWriting(text: inside + end, type: .date).isRead else { continue }
      let more = tail.dropFirst(end.count)
      return head.isEmpty && more.isEmpty ? nil : (head + "…" + more, "…")
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
