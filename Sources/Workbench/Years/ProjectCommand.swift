// `project`: a programme over the years, from what begins in a base year.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

/// Carries the records of a base year into later years and costs them.
struct ProjectCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "project",
    chinese: ["逐年推算", "推算", "推演"],
    meaning: Text("the budget over the years, from what begins in a base year", zh: "以基年情况推算今后各年度的预算"),
    usage: Text(
      "project YEAR to YEAR [from YEAR] [N times] [in PROGRAMME]"
        + "[: LIST [of NAME] grow 5% a year, NAME = V [from YEAR], …]",
      zh: "逐年推算 年度 到 年度 [自 基年] [N 次] [于 方案][：清单 每年增长 5%，名称 = 值 [自 年度]，…]"),
    more: Text(
      "The records that begin in the base year, by default the last full year of the scenario, come again in each "
        + "following year with their days so many years later and with other persons. Every growth is what the line "
        + "says; none is 0 %. What is not whole is spread evenly over the records in the order of what they refer to, "
        + "then of their first day. A parameter or value that grows holds for all payments of its year, a value by "
        + "date from its 1 January. `retention` is the share of each year's hires who stay. With a range or "
        + "distribution the inputs are drawn (200 times), and bands are told. `find … over` searches a projection.",
      zh:
        "基年（默认为情景中最后一个完整年度）开始的记录，在以后各年再次出现：日期整年顺延，人员另计。增长率以所写为准，未写即为 0%。人数不是整数时，"
        + "按所指对象、再按起始日期的顺序均匀分摊。参数、引用标准的增长适用于该年度的全部支付，按日期变动的标准自该年 1 月 1 日起。“留存率”为每年录用人员中"
        + "不离职的比例。写成范围或分布时抽取（200 次）并给出区间。“求解 … 跨年 …”可在推算上求解。"),
    group: .proposals,
    options: [.settings, .mode],
    isDrawable: true)

  let request: ProjectRequest

  package init(from parser: inout StatementParser) throws(Misread) { request = try ProjectRequest(from: &parser) }

  package func describe(to meaning: inout Meaning) { request.describe(to: &meaning) }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let inquiry = try session.inquiry(request.programme, command)
    let projector = try session.projector(request, inquiry)
    let inputs = projector.inputs
    let times = try ProjectCommand.times(request.times)
    guard let amounts = projector.amounts(inquiry.base, inputs.middle) else {
      if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
      throw Refusal(projector.lastLedger?.diagnostics.filter { $0.severity == .error } ?? [])
    }
    let ledger = Invariant.value(
      projector.lastLedger, "projections-have-ledgers: what was reckoned has the ledger of the last year")
    let told = projector.told(projector.lastLedgers)
    let counts = projector.counts(inquiry.base, inputs.middle)
    let draws = inputs.isDrawn ? draws(times, projector, inquiry, in: session) : nil
    session.evidence = Evidence([inquiry], extra: ProjectCommand.evidence(request, inputs, times))
    return ProjectionAnswer(
      inputs: inputs, amounts: amounts, counts: counts, ledger: ledger, ledgers: told, draws: draws, inquiry: inquiry,
      limit: session.budgetLimit(inquiry.settings), places: session.library.places
    ).answer
  }

  /// How often inputs are drawn.
  private static func times(_ written: Written?) throws(Refusal) -> Int {
    guard let written else { return 200 }
    guard let times = Int(written.text.replacing(",", with: "")), (1...100_000).contains(times) else {
      throw Refusal(.whatIf(.notACount(written.raw, from: 1, upTo: 100_000)), at: written.location)
    }
    return times
  }

  /// What decides about the answer beside the programme.
  static func evidence(_ request: ProjectRequest, _ inputs: ProjectInputs, _ times: Int) -> String {
    let lines = request.lines.map { line in
      "\(line.subject.map(\.text).joined(separator: " ")) \(line.change) \(line.value.text) \(line.from?.text ?? "")"
    }
    return "project \(inputs.years) from \(inputs.base) seed \(inputs.seed) \(times) " + lines.joined(separator: ", ")
  }

  /// Each draw has a figure for every input, the same in all its years.
  private func draws(
    _ times: Int, _ projector: Projector, _ inquiry: Inquiry, in session: Desk
  ) -> ProjectionDraws {
    let inputs = projector.inputs
    var draws = ProjectionDraws(times: times, seed: inputs.seed)
    for number in 0..<times {
      if session.isCancelled() { break }
      session.progress?(Double(number) / Double(times))
      var numbers = SeededNumbers(seed: inputs.seed, draw: number)
      let values = inputs.all.map { $0.spread.draw(&numbers, atLeast: $0.atLeast, atMost: $0.atMost) }
      guard projector.size(values) <= ProjectMistake.mostRecords,
        let amounts = projector.amounts(inquiry.base, values)
      else {
        if session.isCancelled() { break }
        draws.refused += 1
        continue
      }
      draws.totals.append(amounts.totals)
    }
    return draws
  }

  func besides(_ command: Command) -> Besides { .answer }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    if WhatIfWords.isInList(after) { return YearWords(session).subjects }
    return YearWords(session).words(after)
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    guard let year = n.lastYear else { return [] }
    return [
      Text("project \(year + 1) to \(year + 3)", zh: "逐年推算 \(year + 1)年 到 \(year + 3)年"),
      Text(
        "project \(year + 1) to \(year + 5): \(n.growing.en) grow 5% a year, \(n.parameter) grow 2% a year",
        zh: "逐年推算 \(year + 1)年 到 \(year + 5)年：\(n.growing.zh) 每年增长 5%，\(n.zh.parameter) 每年增长 2%"),
    ]
  }
}

/// What the draws of a projection have come to, as far as they got.
struct ProjectionDraws: Sendable {
  let times: Int
  let seed: UInt64
  /// By draw and year (fen).
  var totals: [[Int64]] = []
  /// Draws without a budget.
  var refused = 0
}

extension Desk {
  /// A projection over the present scenario, of a size that can be made.
  func projector(_ request: ProjectRequest, _ inquiry: Inquiry) throws(Refusal) -> Projector {
    let facts = memorised(inquiry.scenario, inquiry.base).0
    let inputs = try ProjectInputs(
      request, over: facts.dataset, inquiry.documents, inquiry.base, library: library)
    let projector = Projector(inputs, inquiry.documents, facts, in: self)
    let size = projector.size(inputs.middle)
    if size > ProjectMistake.mostRecords {
      throw ProjectMistake.tooManyRecords(size).refusal(at: (request.last ?? request.first).location)
    }
    for figure in inputs.figures {
      let bounds = figure.varied.bounds
      for year in inputs.made where year > inputs.base {
        let raw = figure.course.figure(inputs.figure(figure, inquiry.base), base: inputs.base, in: year, inputs.middle)
        guard let raw, raw < bounds.atLeast ?? raw || raw > bounds.atMost ?? raw else { continue }
        throw ProjectMistake.outOfBounds(
          figure.varied.target.label, year, ValueText.text(raw, figure.type, places: library.places)
        ).refusal(at: request.lines.first { $0.subject.count == 1 }?.value.location)
      }
    }
    return projector
  }
}

/// What completes a projection.
struct YearWords {
  private let session: Desk

  init(_ session: Desk) { self.session = session }

  /// What may grow: lists whose records begin on a day, parameters, values.
  var subjects: [Completion] {
    let dataset = session.state.scenario?.scenario.dataset
    let lists = dataset?.tables.filter { $0.count > 0 && $0.declaration.begins != nil }.map(\.declaration) ?? []
    let names = NameTable(session.nearDocuments).all.filter { target in
      switch target {
      case .parameter, .value: true
      case .reading, .asOf, .mode, .budget, .assumption, .programme: false
      }
    }
    return lists.map { list in
      Completion(session.language == .zh ? list.words.zh : list.name, list.title.in(session.language))
    }
      + zip(names, Settable.typedNames(names)).map { target, name in
        Completion(name.in(session.language), target.meaning?.in(session.language) ?? "")
      }
  }

  func words(_ after: [Token]) -> [Completion] {
    let word = WhatIfWords(session)
    if after.contains(where: { $0.kind == .colon }) {
      return [
        word(.grow, Text("by so much each year", zh: "每年的增长率")), word(.shrink, Text("each year", zh: "每年的降幅")),
        Completion("="),
      ]
    }
    if after.isEmpty {
      let scenario = session.state.scenario?.scenario
      let year = scenario.flatMap { YearlyRecords.lastFullYear(of: $0.dataset, asOf: $0.asOf) }
      return year.map { [Completion(String($0 + 1))] } ?? []
    }
    return [
      word(.to, Text("the last year", zh: "终了年度")), word(.from, Text("the base year", zh: "基年")), word.programme,
    ]
  }
}
