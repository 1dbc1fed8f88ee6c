// What is assumed of how people respond, as it is written in either language. Knows nothing of which names there are.

import Commands
import Diagnostics

/// One thing that is assumed, as it is written.
///
///     assumption = "take-up" "of" MEASURE share [ "from" FILE ]
///                | "bunching" "at" NAME "within" NUMBER
///                | LIST [ "of" NAME ] "respond" NUMBER "to" NAME [ "within" NUMBER ".." NUMBER ]
enum WrittenAssumption: Sendable {
  case takeUp(of: Written, share: Written, origin: Written?)
  case bunching(at: Written, within: Written)
  case response([Written], number: Written, to: Written, bounds: Written?)

  private static let takeUpWords = ["take-up", "take_up", "takeup", "申领率", "领取率", "兑现率"]
  private static let bunchingWords = ["bunching", "凑足"]
  private static let respondWords = ["respond", "responds"]
  private static let elasticityWords = ["弹性", "弹性系数"]
  private static let towardsWords = ["对", "随"]
  /// Words that need no space around them in Chinese.
  private static let cut = ["弹性系数", "弹性", "申领率", "领取率", "兑现率", "凑足"]

  init(from parser: inout StatementParser) throws(Misread) {
    WrittenAssumption.cutWords(&parser)
    if WrittenAssumption.takeUpWords.contains(parser.token.word) {
      parser.index += 1
      if Keyword.of.matches(parser.token.word) { parser.index += 1 }
      self = try WrittenAssumption.takeUp(&parser, of: try parser.one(Text("a measure", zh: "措施")))
      return
    }
    if WrittenAssumption.bunchingWords.contains(parser.token.word) {
      parser.index += 1
      if Keyword.at.matches(parser.token.word) { parser.index += 1 }
      let name = try parser.one(Text("a threshold, such as threshold", zh: "门槛参数，如 起奖人数"))
      guard Keyword.within.matches(parser.token.word) else {
        throw parser.fail(
          .missing(Text("`within` and how many may be missing", zh: "“范围”和可补足的数目"), usage: parser.usage))
      }
      parser.index += 1
      self = .bunching(at: name, within: try parser.figure(Text("how many may be missing", zh: "可补足的数目")))
      return
    }
    self = try WrittenAssumption.response(&parser)
  }

  private static func takeUp(_ parser: inout StatementParser, of measure: Written) throws(Misread) -> WrittenAssumption
  {
    skipSign(&parser)
    let share = try parser.one(Text("a share, such as 70%", zh: "比例，如 70%"))
    var origin: Written?
    if Keyword.from.matches(parser.token.word) {
      parser.index += 1
      origin = try parser.word(Text("where it comes from", zh: "依据"))
    }
    return .takeUp(of: measure, share: share, origin: origin)
  }

  private static func response(_ parser: inout StatementParser) throws(Misread) -> WrittenAssumption {
    var subject: [Written] = []
    while parser.token.kind == .word || parser.token.kind == .quoted,
      !respondWords.contains(parser.token.word), !towardsWords.contains(parser.token.word),
      !takeUpWords.contains(parser.token.word)
    {
      subject.append(parser.written(parser.token))
      parser.index += 1
    }
    guard !subject.isEmpty else {
      throw parser.fail(
        .missing(
          Text("records that respond, or `take-up of` a measure", zh: "有反应的记录，或某项措施的“申领率”"), usage: parser.usage))
    }
    if takeUpWords.contains(parser.token.word), subject.count == 1 {
      parser.index += 1
      return try takeUp(&parser, of: withoutOf(subject[0]))
    }
    if towardsWords.contains(parser.token.word) {
      parser.index += 1
      let name = withoutOf(try parser.one(Text("what they respond to", zh: "所对的数值，如 首次标准")))
      if parser.token.word == "的" { parser.index += 1 }
      guard elasticityWords.contains(parser.token.word) else {
        throw parser.fail(.missing(Text("`respond 0.4 to …`", zh: "“弹性 0.4”"), usage: parser.usage))
      }
      parser.index += 1
      skipSign(&parser)
      let number = try parser.one(Text("an elasticity, such as 0.4", zh: "弹性，如 0.4"))
      return .response(subject, number: number, to: name, bounds: try bounds(&parser))
    }
    guard respondWords.contains(parser.token.word) else {
      throw parser.fail(.missing(Text("`respond 0.4 to …`", zh: "“对 … 弹性 0.4”"), usage: parser.usage))
    }
    parser.index += 1
    let number = try parser.one(Text("an elasticity, such as 0.4", zh: "弹性，如 0.4"))
    guard Keyword.to.matches(parser.token.word) else {
      throw parser.fail(.missing(Text("`to` and what they respond to", zh: "“对”和所对的数值"), usage: parser.usage))
    }
    parser.index += 1
    let name = try parser.one(Text("what they respond to", zh: "所对的数值，如 首次标准"))
    return .response(subject, number: number, to: name, bounds: try bounds(&parser))
  }

  private static func bounds(_ parser: inout StatementParser) throws(Misread) -> Written? {
    if parser.token.kind == .comma, Keyword.within.matches(parser.peek(1).word) { parser.index += 1 }
    guard Keyword.within.matches(parser.token.word) else { return nil }
    parser.index += 1
    return try parser.one(Text("the least and the most, such as 0.8..1.2", zh: "上下限，如 0.8..1.2"))
  }

  /// 申领率为70%: what only says that a value follows.
  private static func skipSign(_ parser: inout StatementParser) {
    if parser.token.kind == .equals || parser.token.word == "为" {
      parser.index += 1
    } else if parser.token.kind == .word, parser.token.text.hasPrefix("为") {
      parser.split(at: "为".utf8.count)
      parser.index += 1
    }
  }

  /// 机构奖励的 before 申领率.
  private static func withoutOf(_ name: Written) -> Written {
    guard name.text.hasSuffix("的"), name.text.utf8.count > 3 else { return name }
    return Written(text: String(name.text.dropLast()), raw: String(name.raw.dropLast()), location: name.location)
  }

  /// 机构奖励的申领率70% in one piece is cut before and behind the word that says what is assumed.
  private static func cutWords(_ parser: inout StatementParser) {
    let start = parser.index
    defer { parser.index = start }
    while !parser.isAtEnd, parser.token.kind != .comma {
      let text = parser.token.text
      if parser.token.kind == .word, let word = cut.first(where: { text.contains($0) }),
        let found = text.firstRange(of: word)
      {
        let before = text[..<found.lowerBound].utf8.count
        if before > 0 {
          parser.split(at: before)
          parser.index += 1
        }
        if parser.token.text.utf8.count > word.utf8.count { parser.split(at: word.utf8.count) }
      }
      parser.index += 1
    }
  }

  func describe(to meaning: inout Meaning) {
    switch self {
    case .takeUp(let measure, let share, let origin):
      meaning.add("assume", "take-up")
      meaning.add("of", measure)
      meaning.add("share", share)
      meaning.add("from", origin)
    case .bunching(let name, let within):
      meaning.add("assume", "bunching")
      meaning.add("at", name)
      meaning.add("within", within)
    case .response(let subject, let number, let name, let bounds):
      meaning.add("assume", "response")
      meaning.add("of", subject)
      meaning.add("number", number)
      meaning.add("to", name)
      meaning.add("within", bounds)
    }
  }
}
