// `simulate`: the budget under uncertainty.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

/// Draws the uncertain inputs many times.
///
///     simulate = "simulate" NUMBER [ "times" ] [ "in" programme ] [ ":" NAME "=" distribution { "," ... } ]
struct SimulateCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "simulate",
    chinese: ["模拟"],
    meaning: Text("the budget under uncertainty: quantiles, risk of overspending", zh: "不确定性下的预算：分位数、超支概率"),
    usage: Text(
      "simulate N times [in PROGRAMME][: NAME = 60%..85%, …] [by DIMENSION|FACT]",
      zh: "模拟 N 次 [于 方案][：名称 = 60%..85%，…] [按 维度|事实]"),
    more: Text("Draws are numbered from a seed: the same command gives the same figures.", zh: "抽样由种子确定：同一命令得到同样的数字。"),
    group: .proposals,
    options: [.settings, .dimension, .fact, .mode],
    isDrawable: true)

  let request: SimulationRequest

  package init(from parser: inout StatementParser) throws(Misread) {
    let first = parser.token
    guard first.kind == .word, first.text.utf8.first.map({ (0x30...0x39).contains($0) }) == true else {
      throw parser.fail(.missing(Text("how many times", zh: "次数"), usage: parser.usage))
    }
    let glued = Keyword.times.spellings.first { first.text.hasSuffix($0) && first.text.utf8.count > $0.utf8.count }
    if let glued { parser.split(at: first.text.utf8.count - glued.utf8.count) }
    let times = Written(text: parser.token.text, raw: parser.token.raw, location: parser.location(of: first))
    parser.index += 1
    if Keyword.times.matches(parser.token.word) { parser.index += 1 }
    let programme = try parser.inProgramme()
    var inputs: [Assignment] = []
    if parser.token.kind == .colon || (Keyword.with.matches(parser.token.word) && parser.peek(2).kind == .equals) {
      repeat {
        parser.index += 1
        inputs.append(try SimulateCommand.distribution(&parser))
      } while parser.token.kind == .comma
    }
    request = SimulationRequest(times: times, programme: programme, inputs: inputs)
  }

  /// `NAME = DISTRIBUTION`; a distribution may hold commas inside brackets.
  private static func distribution(_ parser: inout StatementParser) throws(Misread) -> Assignment {
    guard parser.token.kind == .word || parser.token.kind == .quoted else {
      throw parser.fail(.missing(Text("a name", zh: "名称"), usage: parser.usage))
    }
    let name = parser.written(parser.token)
    parser.index += 1
    guard parser.token.kind == .equals else {
      throw parser.fail(.noEquals(name.text), at: parser.tokens[parser.index - 1])
    }
    parser.index += 1
    let start = parser.index
    var depth = 0
    while !parser.isAtEnd {
      let token = parser.token
      if token.kind == .comma, depth <= 0 { break }
      if token.kind == .word, depth <= 0, parser.index > start, parser.isOption(token) { break }
      if token.kind == .word { for c in token.text { depth += c == "(" ? 1 : c == ")" ? -1 : 0 } }
      parser.index += 1
    }
    guard parser.index > start else { throw parser.fail(.noValue(name.text)) }
    let (first, last) = (parser.tokens[start], parser.tokens[parser.index - 1])
    let text = parser.tokens[start..<parser.index].reduce("") { $0 + ($0.isEmpty || $1.isGlued ? "" : " ") + $1.text }
    return Assignment(
      name: name,
      value: Written(
        text: text, raw: CommandText.slice(parser.source.text, first.start, last.end),
        location: parser.location(from: first, to: last)))
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("times", request.times)
    meaning.add("in", request.programme)
    meaning.add("input", request.inputs)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let keys = try session.groupKeys(command)
    let inquiry = try session.inquiry(request.programme, command)
    let times = try times()
    let (facts, memory) = session.memorised(inquiry.scenario, inquiry.base)
    let inputs = try SimulateInputs(
      request.inputs, of: inquiry, over: facts.dataset, limit: session.budgetLimit(inquiry.settings),
      library: session.library)
    if !inputs.drawsFacts, inputs.all.isEmpty { throw Refusal(.whatIf(.needsCohorts), at: request.times.location) }
    if inputs.drawsFacts, facts.dataset.hireCount > SimulateDraw.mostHires {
      throw Refusal(.whatIf(.tooLargeToVary(SimulateDraw.mostHires)), at: request.times.location)
    }
    let base = try session.baseRun(inquiry)
    let partial =
      inputs.drawsTakeUp && inputs.outlines.isEmpty
      ? PartialRuns(of: SimulateDraw.takenUp, inquiry.documents, scenario: facts, memory: memory) : nil
    let told = inputs.all.map { "\($0.name)=\($0.text)" }.joined(separator: ",")
    let asked = "simulate \(times) seed \(inputs.seed) \(told) "
    let draws = session.simulated(asked, inquiry, by: keys) {
      self.draws(times, of: inputs, inquiry, by: keys, over: facts, partial, in: session)
    }
    session.evidence = Evidence([inquiry], extra: asked + (inputs.limit.map(String.init) ?? ""))
    var answer = SimulationAnswer(
      inputs: inputs.all, drawn: draws.drawn, totals: draws.totals, times: times, refused: draws.refused,
      seed: inputs.seed, limit: inputs.limit, base: Goal().amount(base.ledger), drawsFacts: inputs.drawsFacts,
      inquiry: inquiry, places: session.library.places
    )
    if !keys.isEmpty { answer.groups = SimulatedGroups(keys, draws.groups, base: Budget(base.ledger)) }
    return answer.answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    if WhatIfWords.isInList(after) { return session.settables() }
    if after.isEmpty { return [Completion("1000", Text("times", zh: "次").in(session.language))] }
    let word = WhatIfWords(session)
    let times = word(.times, Text("then a colon and NAME = 60%..85%", zh: "其后冒号和 名称 = 60%..85%"))
    return (after.count == 1 ? [times] : []) + [word.programme]
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text(
        "simulate 200 times: \(n.parameter) = \(n.low)..\(n.high)",
        zh: "模拟 200 次：\(n.zh.parameter) = \(n.low)..\(n.high)")
    ]
  }
}

extension SimulateCommand {
  private static let mostDraws: Int64 = 1_000_000

  private func times() throws(Refusal) -> Int {
    let digits = request.times.text.replacing(",", with: "")
    guard let times = Int64(digits), times >= 1, times <= SimulateCommand.mostDraws else {
      throw Refusal(.whatIf(.notACount(request.times.raw)), at: request.times.location)
    }
    return Int(times)
  }

  /// Every draw re-decides thresholds and quotas, since it is a whole run over its own facts.
  private func draws(
    _ times: Int, of inputs: SimulateInputs, _ inquiry: Inquiry, by keys: [GroupKey], over facts: Scenario,
    _ partial: PartialRuns?, in session: Desk
  ) -> SimulatedDraws {
    var draws = SimulatedDraws(drawn: Array(repeating: [], count: inputs.all.count))
    // Draws that change the facts need nothing of each other: threads share them, and one alone runs each.
    let together = inputs.drawsFacts ? max(inquiry.base.threads, 1) : 1
    for first in stride(from: 0, to: times, by: together) {
      if session.isCancelled() { break }
      session.progress?(Double(first) / Double(times))
      let made = (first..<min(first + together, times)).map { SimulateDraw($0, of: inputs, from: inquiry.base) }
      let ledgers =
        inputs.drawsFacts
        ? SimulateDraw.ledgers(made, inquiry.documents, facts, partial, session.control)
        : made.map { session.ledger(inquiry.documents, inquiry.scenario, $0.settings) }
      if session.isCancelled() { break }
      for (draw, ledger) in zip(made, ledgers) {
        if ledger.diagnostics.contains(where: { $0.severity == .error }) {
          draws.refused += 1
          continue
        }
        draws.totals.append(Goal().amount(ledger))
        if !keys.isEmpty { draws.groups.add(Breakdown(Budget(ledger), by: keys)) }
        for (i, value) in draw.values.enumerated() { draws.drawn[i].append(Double(value)) }
      }
    }
    return draws
  }
}

/// `simulate N times [in PROGRAMME] [: NAME = DISTRIBUTION, ...]`
struct SimulationRequest: Sendable {
  let times: Written
  let programme: Programme?
  let inputs: [Assignment]
}
