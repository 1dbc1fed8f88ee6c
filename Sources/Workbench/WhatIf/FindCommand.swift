// `find`: which value of a parameter reaches a total.

import Commands
import Diagnostics
import Reports

/// Seeks the values of a figure that reach a goal.
/// 
///     find = "find" NAME [ "from" value "to" value ] "so that" goal ( "=" | "<=" | ">=" ) value [ "in" programme ]
///     goal = any of: "total" "due" "pending" MEASURE YEAR MONTH ID
struct FindCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "find",
    chinese: ["求解", "反求", "求"],
    meaning: Text("which value of a parameter reaches a total", zh: "参数取何值可达到某一合计"),
    usage: Text("find NAME so that TOTAL =|<=|>= V [in PROGRAMME]", zh: "求解 名称 使 合计 =|<=|>= V [于 方案]"),
    more: Text(
      "Every solution is found, to the smallest step of the parameter, not only the first; where the total jumps over the figure, both sides are told.",
      zh: "按参数的最小步长给出全部解，而不只是第一个；合计跳过目标值时，给出两侧的值。"),
    group: .proposals,
    options: [.settings, .mode],
    isDrawable: true)

  let request: FindRequest

  package init(from parser: inout StatementParser) throws(Misread) {
    parser.splitKeywords()
    let name = try parser.one(Text("a parameter", zh: "参数"))
    let range = try parser.range()
    var programme = try parser.inProgramme()
    guard Keyword.so.matches(parser.token.word) else {
      throw parser.fail(.missing(Text("`so that total = …`", zh: "`使 合计 = …`"), usage: parser.usage))
    }
    parser.index += 1
    if Keyword.that.matches(parser.token.word) { parser.index += 1 }
    var goal: [Written] = []
    while parser.token.kind == .word || parser.token.kind == .quoted {
      goal.append(parser.written(parser.token))
      parser.index += 1
    }
    guard !goal.isEmpty else {
      throw parser.fail(
        .missing(Text("what is to reach the figure, such as total", zh: "目标，例如 合计"), usage: parser.usage))
    }
    let comparison = try FindCommand.comparison(&parser)
    let value = try parser.figure(Text("an amount", zh: "金额"))
    programme = try parser.inProgramme() ?? programme
    request = FindRequest(
      name: name, range: range, goal: goal, comparison: comparison, value: value, programme: programme)
  }

  private static func comparison(_ parser: inout StatementParser) throws(Misread) -> GoalComparison {
    let signs: [(kind: Token.Kind, comparison: GoalComparison)] = [
      (.equals, .equal), (.atMost, .atMost), (.atLeast, .atLeast),
    ]
    guard let found = signs.first(where: { $0.kind == parser.token.kind }) else {
      throw parser.fail(.missing(Text("=, <= or >=", zh: "=、<= 或 >="), usage: parser.usage))
    }
    parser.index += 1
    return found.comparison
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("name", request.name)
    meaning.add("from", request.range?.from)
    meaning.add("to", request.range?.to)
    meaning.add("goal", request.goal)
    switch request.comparison {
    case .equal: meaning.add("is", "=")
    case .atMost: meaning.add("is", "<=")
    case .atLeast: meaning.add("is", ">=")
    }
    meaning.add("value", request.value)
    meaning.add("in", request.programme)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.find(request, command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    if after.isEmpty { return session.settables() }
    let word = WhatIfWords(session)
    if Keyword.so.matches(position.previous) || Keyword.that.matches(position.previous) {
      return [word(.total, Text("the whole budget", zh: "预算合计"))]
    }
    if Keyword.total.matches(position.previous) { return ["=", "<=", ">="].map { Completion($0) } }
    if let name = WhatIfWords.axis(position, after) { return session.values(of: name) }
    return [
      word(.so, Text("that total = …", zh: "合计 = …")), word(.from, Text("where to look first", zh: "查找的起点")),
      word.programme,
    ]
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("find \(n.parameter) so that total = 1,000,000", zh: "求解 \(n.parameter) 使 合计 = 100万")]
  }
}

/// `find NAME so that TOTAL = V`
struct FindRequest: Sendable {
  let name: Written
  let range: (from: Written, to: Written)?
  /// What is to reach the figure: total, due, pending, a measure, a year, a month, somebody.
  let goal: [Written]
  let comparison: GoalComparison
  let value: Written
  let programme: Programme?
}
