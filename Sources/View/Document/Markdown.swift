// Escaping: how data are written in Markdown so that they read as they are. Names like agency_reward stay legible,
// because an underscore inside a word means nothing.

/// Writing text as Markdown.
enum Markdown {
  static func escaped(_ text: String) -> String {
    var out = ""
    out.reserveCapacity(text.utf8.count)
    let scalars = text.unicodeScalars
    var last: Unicode.Scalar?
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let scalar = scalars[index]
      index = scalars.index(after: index)
      switch scalar {
      case "\\", "`", "*", "[", "]", "<", ">", "|", "~", "&", "$":
        out += "\\"
      case "_":
        let inside = isWordy(last) && index < scalars.endIndex && isWordy(scalars[index])
        if !inside { out += "\\" }
      default: break
      }
      out.unicodeScalars.append(scalar)
      last = scalar
    }
    return out
  }

  private static func isWordy(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
  }

  /// A line whose beginning cannot be taken for a heading, a list, a quotation or a rule.
  static func guarded(_ line: String) -> String {
    let body = line.drop { $0 == " " }
    guard let first = body.first else { return "" }
    if "#-+=".contains(first) { return "\\" + body }
    let digits = body.prefix { $0.isASCII && $0.isNumber }
    let rest = body.dropFirst(digits.count)
    if !digits.isEmpty, let mark = rest.first, mark == "." || mark == ")" {
      let after = rest.dropFirst().first
      // 1,234.50 and 2024.6 begin no list.
      if after == nil || after == " " { return digits + "\\" + rest }
    }
    return String(body)
  }

  /// Strong or emphasised text. Marks only work where letters are not beside punctuation on the wrong side, which
  /// happens easily between Chinese words; then the text stays unmarked rather than showing asterisks.
  static func marked(_ text: String, _ mark: String, after previous: Character?, before next: Character?) -> String {
    let lead = text.prefix { $0 == " " }
    let trail = text.dropFirst(lead.count).reversed().prefix { $0 == " " }.count
    let body = text.dropFirst(lead.count).dropLast(trail)
    let tail = String(repeating: " ", count: trail)
    guard let first = body.first, let last = body.last else { return text }
    let opens = !isMark(first) || (lead.isEmpty ? isEdge(previous) : true)
    let closes = !isMark(last) || (trail == 0 ? isEdge(next) : true)
    // Marks next to marks would run together.
    let clash = lead.isEmpty && previous == "*"
    guard opens, closes, !clash else { return escaped(text) }
    return lead + mark + escaped(String(body)) + mark + tail
  }

  private static func isMark(_ character: Character) -> Bool { character.isPunctuation || character.isSymbol }

  private static func isEdge(_ character: Character?) -> Bool {
    guard let character else { return true }
    return character.isWhitespace || isMark(character)
  }

  /// Code within a line, between as many backticks as it takes.
  static func code(_ text: String, inTable: Bool) -> String {
    guard !text.isEmpty else { return "" }
    let mark = String(repeating: "`", count: longestRun(of: "`", in: text) + 1)
    let bars = text.split(separator: "|", omittingEmptySubsequences: false)
    let body = inTable ? bars.joined(separator: "\\|") : text
    let space = body.hasPrefix("`") || body.hasSuffix("`") || (body.hasPrefix(" ") && body.hasSuffix(" ")) ? " " : ""
    return mark + space + body + space + mark
  }

  static func longestRun(of character: Character, in text: String) -> Int {
    guard let byte = character.asciiValue else { return 0 }
    var longest = 0
    var run = 0
    for other in text.utf8 {
      run = other == byte ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
