// A condition in Chinese that stands by itself, as people type it at a prompt: signs of comparison beside the words,
// commas between conditions, ids and names without quotation marks. Knows nothing of what they name.
import Diagnostics

extension ChineseParser {
  /// The whole text as one condition; `broken` where it could not be read.
  mutating func wholeCondition() -> Expression {
    var lexer = ChineseLexer(names: names, source: source)
    tokens = Self.asTyped(lexer.lines(text, firstLine: firstLine).flatMap(\.tokens))
    diagnostics += lexer.diagnostics
    index = 0
    do {
      var parts = [try expression()]
      // 其中规模为小型，参保日期不早于…的
      while isWord("，"), index + 1 < tokens.count {
        index += 1
        parts.append(try expression())
      }
      _ = take("的")
      if !isAtEnd {
        leftover()
        return made(.broken, since: 0)
      }
      guard diagnostics.isEmpty else { return made(.broken, since: 0) }
      return parts.count == 1 ? parts[0] : made(.and(parts), since: 0)
    } catch {
      return made(.broken, since: 0)
    }
  }

  /// Signs as the words that rules have for them, and what is no word as a name.
  private static func asTyped(_ tokens: [ChineseToken]) -> [ChineseToken] {
    withSigns(tokens).map { token in
      guard case .unknown(let text) = token.sort else { return token }
      return ChineseToken(sort: .name(text), line: token.line, column: token.column, endColumn: token.endColumn)
    }
  }

  /// Signs of comparison as the words that rules have for them: ≥ as 不少于.
  static func withSigns(_ tokens: [ChineseToken]) -> [ChineseToken] {
    guard tokens.contains(where: { if case .unknown = $0.sort { true } else { false } }) else { return tokens }
    var out: [ChineseToken] = []
    var i = 0
    while i < tokens.count {
      let token = tokens[i]
      guard case .unknown(let text) = token.sort else {
        out.append(token)
        i += 1
        continue
      }
      let isJoined = i + 1 < tokens.count && tokens[i + 1].sort == .word("=") && tokens[i + 1].column == token.endColumn
      let sign = text + (isJoined ? "=" : "")
      if let word = signs[sign] {
        let end = isJoined ? tokens[i + 1].endColumn : token.endColumn
        out.append(ChineseToken(sort: .word(word), line: token.line, column: token.column, endColumn: end))
        i += isJoined ? 2 : 1
      } else {
        out.append(token)
        i += 1
      }
    }
    return out
  }

  private static let signs = [
    ">": "超过", "＞": "超过", "<": "少于", "＜": "少于", ">=": "不少于", "＞=": "不少于", "≥": "不少于", "<=": "不超过",
    "＜=": "不超过", "≤": "不超过", "≠": "不等于", "!=": "不等于", "！=": "不等于",
  ]
}
