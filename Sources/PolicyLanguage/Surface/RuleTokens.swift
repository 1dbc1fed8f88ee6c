// Rules cut into the pieces that a reader sees, in either surface, for editors: words, names, figures, texts, places,
// comments. Knows nothing of what the names stand for.
import Diagnostics
import Facts

/// A piece of a rule, and what it is to a reader.
package struct RuleToken: Sendable {
  package enum Sort: Sendable {
    /// A word of the language.
    case word
    case name
    case number
    case date
    /// A text in quotation marks.
    case text
    /// A place by its code, or a province.
    case place
    case comment
  }

  package let sort: Sort
  /// As written; of an id in brackets what stands between them.
  package let text: String
  package let location: SourceRange
}

/// Cuts the rules of one document.
package struct RuleTokens {
  private let source: SourceFile
  private let names: ChineseNames

  /// - Parameter dictionary: with the lists that the document declares.
  package init(_ source: SourceFile, dictionary: FactDictionary) {
    self.source = source
    names = ChineseNames(dictionary, document: source.text)
  }

  /// The pieces of one fence, in their order, signs left out.
  /// - Parameter firstLine: the line of the file that the text begins on.
  package func tokens(_ text: String, firstLine: Int) -> [RuleToken] {
    let rules = ChineseParser.reads(text) ? chinese(text, firstLine) : english(text, firstLine)
    let comments = comments(text, firstLine)
    return (rules + comments).sorted { $0.location.start < $1.location.start }
  }

  /// Whether a text could stand for a name in rules: letters, digits and `_`, or Chinese; no word that the language
  /// keeps for itself.
  package static func isName(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter else { return false }
    if first.isASCII {
      guard text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else { return false }
      return Word(rawValue: text).map { !$0.isReserved } ?? true
    }
    return text.allSatisfy { ChineseLexer.isChinese($0) || ($0.isASCII && ($0.isLetter || $0.isNumber)) }
  }

  /// Whether the language has a meaning for a word.
  package static func isWord(_ text: String) -> Bool { Word(rawValue: text).map { $0 != .other } ?? false }

  private func location(_ line: Int, _ column: Int, _ end: Int) -> SourceRange {
    SourceRange(
      source: source, start: Position(line: line, column: column), end: Position(line: line, column: end))
  }

  // MARK: Surfaces

  private func english(_ text: String, _ firstLine: Int) -> [RuleToken] {
    var lexer = Lexer(Array(text.utf8), in: source, firstLine: firstLine)
    lexer.run()
    return lexer.tokens.compactMap { token in
      let sort: RuleToken.Sort
      switch token.sort {
      case .word: sort = token.word == .other ? .name : .word
      case .number: sort = .number
      case .date: sort = .date
      case .code: sort = .place
      case .string: sort = .text
      case .open, .close, .comma, .colon, .semicolon, .dot, .percent, .equals, .notEqual, .less, .lessOrEqual,
        .greater, .greaterOrEqual, .plus, .minus, .times, .divide, .foreign, .unknown, .end:
        return nil
      }
      return RuleToken(
        sort: sort, text: lexer.bytes.text(token.start, token.end),
        location: location(token.line, token.column, token.endColumn))
    }
  }

  private func chinese(_ text: String, _ firstLine: Int) -> [RuleToken] {
    var lexer = ChineseLexer(names: names, source: source)
    return lexer.lines(text, firstLine: firstLine).flatMap { line in
      line.tokens.compactMap { token -> RuleToken? in
        let sort: RuleToken.Sort
        var (start, end) = (token.column, token.endColumn)
        switch token.sort {
        case .word(let word):
          guard word.first?.isLetter ?? false else { return nil }
          sort = .word
        case .name: sort = .name
        case .number: sort = .number
        case .date, .monthDay: sort = .date
        case .text: sort = .text
        case .id:
          sort = .name
          (start, end) = (start + 1, max(start + 1, end - 1))
        case .place: sort = .place
        case .unknown: return nil
        }
        return RuleToken(
          sort: sort, text: String(line.characters[(start - 1)..<(end - 1)]),
          location: location(line.number, start, end))
      }
    }
  }

  private func comments(_ text: String, _ firstLine: Int) -> [RuleToken] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { i, line in
      guard let at = RuleTokens.commentStart(in: line) else { return nil }
      let comment = line.dropFirst(at).filter { $0 != "\r" }
      return RuleToken(
        sort: .comment, text: comment, location: location(firstLine + i, at + 1, at + 1 + comment.count))
    }
  }

  /// How many characters of a line stand before its comment; nil: it has none. A mark within a text begins none.
  static func commentStart(in line: some StringProtocol) -> Int? {
    var closing: Character?
    for (at, character) in line.enumerated() {
      if let mark = closing {
        if character == mark { closing = nil }
      } else if character == "\"" || character == "“" {
        closing = character == "“" ? "”" : "\""
      } else if character == "#" || character == "＃" {
        return at
      }
    }
    return nil
  }
}
