// What a projection asks for, as it is written: years, a base, and lines about what grows or is another. Knows nothing
// of which names there are.

import Commands
import Diagnostics

/// A projection's words.
///
///     projection = YEAR [ "to" YEAR ] { "from" YEAR | NUMBER "times" | "in" programme } [ ":" line { "," line } ]
///     line       = subject ( "grow" | "shrink" ) share [ "a year" ] | subject "=" value [ "from" YEAR ]
///     subject    = LIST [ "of" NAME ] | NAME
struct ProjectRequest: Sendable {
  /// What grows, or is another from a year on.
  struct Line: Sendable {
    enum Change: Sendable { case grow, shrink, set }

    /// The words before the verb.
    let subject: [Written]
    let change: Change
    let value: Written
    let from: Written?
  }

  let first: Written
  let last: Written?
  let base: Written?
  let times: Written?
  let programme: Programme?
  let lines: [Line]
  /// Whether the command is in Chinese.
  let isChinese: Bool

  init(from parser: inout StatementParser) throws(Misread) {
    isChinese = parser.tokens.first?.raw.utf8.contains { $0 >= 0x80 } ?? false
    // Names of records below the colon may begin with what is a keyword above it.
    let colon = parser.tokens[parser.index...].firstIndex { $0.kind == .colon } ?? parser.tokens.count
    let tail = Array(parser.tokens[colon...])
    parser.tokens.removeSubrange(colon...)
    parser.splitKeywords()
    parser.tokens += tail
    first = try parser.one(Text("the first year, such as 2024", zh: "起始年度，如 2024年"))
    if Keyword.to.matches(parser.token.word) {
      parser.index += 1
      last = try parser.one(Text("the last year", zh: "终了年度"))
    } else {
      last = nil
    }
    var base: Written?
    var times: Written?
    var programme: Programme?
    reading: while !parser.isAtEnd {
      let token = parser.token
      if Keyword.from.matches(token.word) {
        parser.index += 1
        base = try parser.one(Text("the base year", zh: "基年"))
      } else if Keyword.in.matches(token.word) {
        programme = try parser.inProgramme()
      } else if token.kind == .word, token.text.utf8.first.map({ (0x30...0x39).contains($0) }) == true {
        let glued = Keyword.times.spellings.first {
          token.text.hasSuffix($0) && token.text.utf8.count > $0.utf8.count
        }
        if let glued { parser.split(at: token.text.utf8.count - glued.utf8.count) }
        times = try parser.one(Text("how many times", zh: "次数"))
        guard Keyword.times.matches(parser.token.word) else {
          throw parser.fail(.missing(Text("`times`", zh: "“次”"), usage: parser.usage))
        }
        parser.index += 1
      } else {
        break reading
      }
    }
    (self.base, self.times, self.programme) = (base, times, programme)
    var lines: [Line] = []
    if parser.token.kind == .colon {
      repeat {
        parser.index += 1
        lines.append(try ProjectRequest.line(&parser))
      } while parser.token.kind == .comma && !parser.isOption(parser.peek(1))
    }
    self.lines = lines
  }

  private static func line(_ parser: inout StatementParser) throws(Misread) -> Line {
    cutVerb(&parser)
    var subject: [Written] = []
    while parser.token.kind == .word || parser.token.kind == .quoted, !isVerb(parser.token) {
      subject.append(parser.written(parser.token))
      parser.index += 1
    }
    guard !subject.isEmpty else { throw parser.fail(.missing(Text("a name", zh: "名称"), usage: parser.usage)) }
    let change: Line.Change
    if parser.token.kind == .equals {
      change = .set
    } else if Keyword.grow.matches(parser.token.word) {
      change = .grow
    } else if Keyword.shrink.matches(parser.token.word) {
      change = .shrink
    } else {
      throw parser.fail(
        .missing(Text("`grow 5% a year` or `= …`", zh: "“每年增长 5%”或“= …”"), usage: parser.usage))
    }
    parser.index += 1
    if change != .set, parser.token.word == "by" { parser.index += 1 }
    if Keyword.yearly.matches(parser.token.word) { parser.index += 1 }
    let value = try value(&parser, of: subject.map(\.text).joined(separator: " "), change)
    var from: Written?
    if Keyword.from.matches(parser.token.word) {
      parser.index += 1
      from = try parser.one(Text("a year, such as 2026", zh: "年度，如 2026年"))
      if parser.token.word == "起" { parser.index += 1 }
    }
    return Line(subject: subject, change: change, value: value, from: from)
  }

  private static func isVerb(_ token: Token) -> Bool {
    Keyword.grow.matches(token.word) || Keyword.shrink.matches(token.word)
  }

  /// 录用人员每年增长5% in one piece is cut before and behind the verb.
  private static func cutVerb(_ parser: inout StatementParser) {
    let spellings = (Keyword.grow.spellings + Keyword.shrink.spellings).filter { ($0.utf8.first ?? 0) > 0x7F }
      .sorted { $0.utf8.count > $1.utf8.count }
    let start = parser.index
    defer { parser.index = start }
    while parser.token.kind == .word || parser.token.kind == .quoted {
      let text = parser.token.text
      if parser.token.kind == .word, !isVerb(parser.token) {
        if let verb = spellings.first(where: { text.contains($0) }), let at = text.firstRange(of: verb) {
          let before = text[..<at.lowerBound].utf8.count
          if before > 0 {
            parser.split(at: before)
            parser.index += 1
          }
          if parser.token.text.utf8.count > verb.utf8.count { parser.split(at: verb.utf8.count) }
          return
        }
      } else if isVerb(parser.token) {
        return
      }
      parser.index += 1
    }
  }

  /// What stands behind the verb, without `a year`. A distribution may hold commas inside brackets.
  private static func value(
    _ parser: inout StatementParser, of name: String, _ change: Line.Change
  ) throws(Misread) -> Written {
    let start = parser.index
    var depth = 0
    while !parser.isAtEnd {
      let token = parser.token
      if token.kind == .comma, depth <= 0 { break }
      if depth <= 0, parser.index > start {
        if Keyword.from.matches(token.word) { break }
        if token.word != "per", parser.isOption(token) { break }
      }
      if token.kind == .word { for c in token.text { depth += c == "(" ? 1 : c == ")" ? -1 : 0 } }
      parser.index += 1
    }
    guard parser.index > start else {
      let like: Text? =
        switch change {
        case .set: nil
        case .grow: Text("\(shown(name)) grow 5% a year", zh: "\(shown(name)) 每年增长 5%")
        case .shrink: Text("\(shown(name)) shrink 5% a year", zh: "\(shown(name)) 每年下降 5%")
        }
      throw parser.fail(.noValue(name, like: like))
    }
    var end = parser.index
    if end - start > 2, parser.tokens[end - 1].word == "year",
      ["a", "per", "each", "every"].contains(parser.tokens[end - 2].word)
    {
      end -= 2
    } else if end - start > 1, Keyword.yearly.matches(parser.tokens[end - 1].word) {
      end -= 1
    }
    let (first, last) = (parser.tokens[start], parser.tokens[end - 1])
    let text = parser.tokens[start..<end].reduce("") { $0 + ($0.isEmpty || $1.isGlued ? "" : " ") + $1.text }
    return Written(
      text: text, raw: CommandText.slice(parser.source.text, first.start, last.end),
      location: parser.location(from: first, to: last))
  }

  func describe(to meaning: inout Meaning) {
    meaning.add("first", first)
    meaning.add("last", last)
    meaning.add("base", base)
    meaning.add("times", times)
    meaning.add("in", programme)
    for line in lines {
      meaning.add("of", line.subject)
      switch line.change {
      case .grow: meaning.add("is", "grows")
      case .shrink: meaning.add("is", "shrinks")
      case .set: meaning.add("is", "=")
      }
      meaning.add("value", line.value)
      meaning.add("from", line.from)
    }
  }
}
