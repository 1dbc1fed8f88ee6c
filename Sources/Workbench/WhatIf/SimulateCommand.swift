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
///     simulate = "simulate" NUMBER [ "times" ] [ "of" figure ] [ "in" programme [ "against" programme ] ]
///                [ ":" NAME "=" distribution { "," ... } ]
///     figure   = "total" | MEASURE | YEAR | ID | FUND | COUNT | "per" NAME
///              | ( "beneficiaries" | "payments" ) [ "of" MEASURE ]
struct SimulateCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "simulate",
    chinese: ["模拟"],
    meaning: Text("the budget under uncertainty: quantiles, risk of overspending", zh: "不确定性下的预算：分位数、超支概率"),
    usage: Text(
      "simulate N times [of FIGURE] [in PROGRAMME [against PROGRAMME]][: NAME = 60%..85%, …] [by DIMENSION|FACT]",
      zh: "模拟 N 次 [的 数字] [于 方案 [对比 方案]][：名称 = 60%..85%，…] [按 维度|事实]"),
    more: Text(
      "Draws are numbered from a seed: the same command gives the same figures, another (`: …, seed = 7`) gives "
        + "others. `of` asks how a figure spreads that is not the total: a measure, a year, a beneficiary, where the "
        + "money comes from, `beneficiaries`, `payments`, what a measure counts (`placed`), `per placed`. `in A "
        + "against B` makes the same draws for both programmes, so that what B costs more has an interval of its own.",
      zh:
        "抽样由种子确定：同一命令得到同样的数字，写“种子 = 7”则换一组。“的”之后可写合计以外的数字：措施、年度、对象、资金来源、"
        + "受益对象数、支付笔数、措施所计的数目（达标人员）、“每 达标人员”。“于 甲 对比 乙”两个方案用同样的抽样，其差额另有区间。"),
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
    var figure: [Written] = []
    if !Keyword.with.matches(parser.token.word), Keyword.of.matches(parser.token.word) { parser.index += 1 }
    while parser.token.kind == .word || parser.token.kind == .quoted, !Keyword.in.matches(parser.token.word),
      !Keyword.with.matches(parser.token.word), !Keyword.vs.matches(parser.token.word), !parser.isOption(parser.token)
    {
      figure.append(parser.written(parser.token))
      parser.index += 1
    }
    let programme = try parser.inProgramme()
    var against: Programme?
    if programme != nil, Keyword.vs.matches(parser.token.word) {
      parser.index += 1
      against = try parser.programme()
    }
    var inputs: [Assignment] = []
    if parser.token.kind == .colon || (Keyword.with.matches(parser.token.word) && parser.peek(2).kind == .equals) {
      repeat {
        parser.index += 1
        inputs.append(try SimulateCommand.distribution(&parser))
      } while parser.token.kind == .comma
    }
    request = SimulationRequest(
      times: times, figure: figure, programme: programme, against: against, inputs: inputs)
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
    meaning.add("figure", request.figure)
    meaning.add("in", request.programme)
    meaning.add("against", request.against)
    meaning.add("input", request.inputs)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let keys = try session.groupKeys(command)
    let (inquiry, other) = try inquiries(in: session, command)
    if let other {
      try session.demandOneCurrency(of: inquiry.documents + other.documents, at: command.location)
      if !keys.isEmpty { throw Refusal(.whatIf(.groupsOfOne), at: command.location) }
    }
    let times = try times()
    let (facts, memory) = session.memorised(inquiry.scenario, inquiry.base)
    let figure = try SimulatedFigure(request.figure, of: inquiry, facts, in: session)
    if !keys.isEmpty, !figure.isTotal { throw Refusal(.whatIf(.groupsOfTotal), at: command.location) }
    let hints = SimulateHints(
      programme: request.programme, inquiry: inquiry, dataset: facts.dataset, library: session.library,
      paying: session.paying(inquiry))
    let inputs = try SimulateInputs(request.inputs, hints, limit: session.budgetLimit(inquiry.settings))
    if !inputs.drawsFacts, inputs.all.isEmpty {
      throw Refusal(
        .whatIf(.drawn(.nothingVaries(hasCohorts: !inputs.outlines.isEmpty, line: hints.sample))),
        at: request.times.location)
    }
    if inputs.drawsFacts, facts.dataset.hireCount > SimulateDraw.mostHires {
      throw Refusal(.whatIf(.tooLargeToVary(SimulateDraw.mostHires)), at: request.times.location)
    }
    let both = [inquiry] + (other.map { [$0] } ?? [])
    let bases = try both.map { one throws(Refusal) in try session.baseRun(one) }
    // Where only take-up is drawn, parts of what is reckoned of all hires are put together; responses move the hires.
    let partial = both.map { one in
      inputs.drawsTakeUp && inputs.outlines.isEmpty && !one.base.movesRecords
        ? PartialRuns(of: SimulateDraw.takenUp, one.documents, scenario: facts, memory: memory) : nil
    }
    let told = inputs.all.map { "\($0.name)=\($0.text)" }.joined(separator: ",")
    let asked = "simulate \(times) seed \(inputs.seed) \(told) " + (figure.isTotal ? "" : "of \(figure.id) ")
    let draws = session.simulated(asked, both, by: keys) {
      self.draws(times, of: inputs, both, figure, by: keys, over: facts, partial, in: session)
    }
    session.evidence = Evidence(both, extra: asked + (inputs.limit.map(String.init) ?? ""))
    let stated = bases.map { figure.value($0.ledger, facts, RunMemory()) }
    var answer = SimulationAnswer(
      figure: figure, inputs: inputs.all, drawn: draws.drawn, totals: draws.totals, times: times,
      refused: draws.refused, seed: inputs.seed, limit: figure.isTotal ? inputs.limit : nil, base: stated[0],
      drawsStays: inputs.drawsStays, drawsTakeUp: inputs.drawsTakeUp, inquiry: inquiry,
      places: session.library.places)
    if let other {
      answer.against = SimulatedDifference(
        other, against: inquiry, inputs, draws, stated: stated, figure, session.library.places)
    }
    if !keys.isEmpty { answer.groups = SimulatedGroups(keys, draws.groups, base: Budget(bases[0].ledger)) }
    let most = draws.leftOut.max { $0.runs < $1.runs } ?? LeftOut()
    return answer.answer.telling(
      Unreckoned(both, draws.leftOut, session.library.places),
      Unreckoned.lead(most, of: Text("draws", zh: "次抽取"), at: nil))
  }

  /// What is drawn for, and what it is held against. Where one of them belongs elsewhere both are costed as if the
  /// scenario's district had adopted them, as `compare` does: else the other comes to nothing whatever is drawn.
  private func inquiries(in session: Desk, _ command: Command) throws(Refusal) -> (Inquiry, Inquiry?) {
    guard let against = request.against else { return (try session.inquiry(request.programme, command), nil) }
    let scenario = try session.scenario(at: command.location)
    var (own, mode) = try session.programmeAsked(request.programme, scenario, command)
    let other = try session.resolve(against)
    let district = scenario.scenario.district
    let areLocal = (own.documents + other.documents).allSatisfy {
      session.library.places.lies(district, within: $0.jurisdiction)
    }
    if !areLocal { mode = .adopted }
    let first = try session.inquiry(own, scenario, command, default: mode)
    let recent = session.recent
    let second = try session.inquiry(other, scenario, command, default: mode)
    session.recent = recent
    return (first, second)
  }

  func besides(_ command: Command) -> Besides { .answer }

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
      let mistake = WhatIfMistake.notACount(request.times.raw, from: 1, upTo: SimulateCommand.mostDraws)
      throw Refusal(.whatIf(mistake), at: request.times.location)
    }
    return Int(times)
  }

  /// Every draw re-decides thresholds and quotas, since it is a whole run over its own facts; several programmes have
  /// the same draws.
  private func draws(
    _ times: Int, of inputs: SimulateInputs, _ inquiries: [Inquiry], _ figure: SimulatedFigure, by keys: [GroupKey],
    over facts: Scenario, _ partial: [PartialRuns?], in session: Desk
  ) -> SimulatedDraws {
    var draws = SimulatedDraws(drawn: Array(repeating: [], count: inputs.all.count))
    let memory = RunMemory()
    // Draws that change the facts need nothing of each other: threads share them, and one alone runs each.
    let together = inputs.drawsFacts ? max(inquiries[0].base.threads, 1) : 1
    for first in stride(from: 0, to: times, by: together) {
      if session.isCancelled() { break }
      session.progress?(Double(first) / Double(times))
      let numbers = Array(first..<min(first + together, times))
      let ledgers = zip(inquiries, partial).map { inquiry, partial in
        let made = numbers.map { SimulateDraw($0, of: inputs, from: inquiry.base) }
        return inputs.drawsFacts
          ? SimulateDraw.ledgers(made, inquiry.documents, facts, partial, session.control)
          : made.map { session.ledger(inquiry.documents, inquiry.scenario, $0.settings) }
      }
      if session.isCancelled() { break }
      for (place, number) in numbers.enumerated() {
        let own = ledgers.map { $0[place] }
        let isRefused = own.contains { $0.diagnostics.contains { $0.severity == .error } }
        let values = isRefused ? [] : own.map { figure.value($0, facts, memory) }
        guard !isRefused, !values.contains(nil) else {
          draws.refused += 1
          continue
        }
        for (i, ledger) in own.enumerated() {
          if draws.leftOut.count == i { draws.leftOut.append(LeftOut()) }
          draws.leftOut[i].look(at: ledger, number)
        }
        let found = values.compactMap(\.self)
        draws.totals.append(found[0])
        if found.count > 1 { draws.others.append(found[1]) }
        if !keys.isEmpty { draws.groups.add(Breakdown(Budget(own[0]), by: keys)) }
        for (i, value) in SimulateDraw(number, of: inputs, from: inquiries[0].base).values.enumerated() {
          draws.drawn[i].append(Double(value))
        }
      }
    }
    return draws
  }
}

/// What a simulation asks for, as it is written.
struct SimulationRequest: Sendable {
  let times: Written
  /// The words of the figure; none: the total.
  let figure: [Written]
  let programme: Programme?
  /// A programme that has the same draws.
  let against: Programme?
  let inputs: [Assignment]
}

extension Desk {
  /// The measures that pay anything as things stand.
  fileprivate func paying(_ inquiry: Inquiry) -> Set<String> {
    guard let ledger = budgetLedger(inquiry, inquiry.base) else { return [] }
    let budget = Budget(ledger)
    return Set(budget.lines.filter { $0.tally.total != 0 }.map { budget.measure($0).id })
  }
}
