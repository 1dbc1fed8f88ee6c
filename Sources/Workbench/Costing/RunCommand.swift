// `run`: what a programme costs.

import Answers
import Commands
import Diagnostics
import Engine
import Reports
import Sessions

/// Costs a programme.
struct RunCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "run",
    chinese: ["测算", "运行"],
    meaning: Text("what a programme costs", zh: "测算预算"),
    usage: Text(
      "run [PROGRAMME] [by DIMENSION|FACT[, …]] [per NAME] [as adopted] [on duckdb|spark]",
      zh: "测算 [方案] [按 维度|事实[，…]] [每 名称] [假设本地采用] [在 duckdb|spark]"),
    more: Text(
      "Without a programme: the documents that the scenario names, else everything that is or was in force in "
        + "its district. Dimensions: measure, kind, year, month, beneficiary, fund (where the money comes from). "
        + "A fact is one of whom or what is paid "
        + "for, or of what that refers to: size, enterprise.size; at a level (origin at prefecture), as an age (age at "
        + "start) or in bands (in 16..24, 25..34, 35..). Two of them cross: by year, agency. "
        + "`per` tells the yuan for each beneficiary, each record that is paid for (hire), or each that a measure "
        + "counts under a name (placed), and how that spreads. "
        + "`on duckdb` or `on spark` has the same computed by that engine: the facts are handed over, or read in the "
        + "folder of Parquet files that the scenario names (`hires_from: FOLDER`), which is never read here.",
      zh:
        "不写方案时：取情景写明的文件，否则取该地区现行和曾在此施行的文件。维度：措施、待遇类型、年度、月份、对象、资金来源。事实指支付对象或所涉记录的事实，"
        + "也可沿引用：就业单位的规模；可取级别（户籍地 取 市级）、年龄（年龄 于 参保日期）或分档（分档 16..24、25..34、35..）。"
        + "两项交叉：按 年度，介绍机构。“每”给出平均每个对象、每条所付记录（录用人员）或某项措施所计每人（达标人员）的金额及分布。"
        + "“在 duckdb”“在 spark”由该引擎作同样的计算：事实交给它，"
        + "或由它直接读取情景所指的 Parquet 文件夹（`hires_from: 文件夹`），本程序不读。"
    ),
    group: .costing,
    options: [.settings, .dimension, .fact, .per, .mode, .engine],
    isDrawable: true)

  let programme: Programme?

  package init(from parser: inout StatementParser) throws(Misread) {
    programme = try parser.optionalProgramme()
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("programme", programme)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    if let engine = command.engine { return try perform(on: engine, in: session, command) }
    // A mistake in the name is told before anything is run.
    let keys = try session.groupKeys(command)
    if let per = command.per, keys.count > 1 { throw Refusal(.grouping(.perOfPairs), at: per.location) }
    if let per = command.per, keys.contains(where: \.isFund) {
      throw Refusal(.grouping(.fundAlone), at: per.location)
    }
    let settled = programme.map { session.latest($0) }
    let run = try session.carryOut(settled?.0, command, default: .enacted)
    session.last = run
    let budget = Budget(run.ledger)
    let limit = session.budgetLimit(run.settings)
    let breakdown = keys.isEmpty ? nil : Breakdown(budget, by: keys)
    let flow = breakdown.flatMap { CashFlow(budget, $0, limit: limit) }
    session.evidence = Evidence([run], extra: "run", tally: budget.sum)
    var told = BudgetAnswer(budget, run: run, places: session.library.places)
    if let per = command.per {
      let costs = try UnitQuestion(per, run.documents, run.facts, run.ledger.settings, in: session).answer(budget)
      told.unitCosts = costs
      if let key = keys.first {
        guard let groups = costs.costs.groups(by: key) else {
          throw Refusal(.grouping(.notOf(key.name, list: costs.title)), at: per.location)
        }
        told.groupCosts = groups
      }
    }
    (told.breakdown, told.flow, told.limit) = (breakdown, flow, limit)
    told.funds = FundLimits(limits: session.fundLimits(run.settings))
    var answer = told.answer
    answer.diagnostics = (settled?.told ?? []) + answer.diagnostics
    if keys.contains(where: \.isFund) { answer.diagnostics += RunCommand.uneven(budget, at: command) }
    return answer
  }

  /// The same as another engine computes it.
  private func perform(on engine: OtherEngine, in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    try EngineRun(session: session, engine: engine, command: command).demandTold()
    let inquiry = try session.inquiryThere(programme, command, default: .enacted)
    let wish = EngineRun.Wish(everybody: command.grouping.contains(where: \.isBeneficiary))
    let run = try EngineRun(session: session, engine: engine, command: command).carryOut(inquiry, wish: wish)
    let budget = run.budget
    let limit = session.budgetLimit(run.settings)
    session.evidence = Evidence([run], extra: "run", tally: budget.sum)
    var told = BudgetAnswer(budget, run: run, places: session.library.places)
    if let grouping = command.grouping.first, case .dimension(let dimension) = grouping.what {
      let breakdown = Breakdown(budget, by: dimension)
      (told.breakdown, told.flow) = (breakdown, CashFlow(budget, breakdown, limit: limit))
    }
    told.limit = limit
    told.funds = FundLimits(limits: session.fundLimits(run.settings))
    var answer = told.answer
    answer.diagnostics += EngineRun(session: session, engine: engine, command: command).leftOut([run])
    if case .dimension(.fund)? = command.grouping.first?.what {
      answer.diagnostics += RunCommand.uneven(budget, at: command)
    }
    return answer
  }

  /// Measures whose sources have been set so that they do not come to the whole.
  private static func uneven(_ budget: Budget, at command: Command) -> [Diagnostic] {
    FundSplit(budget).uneven.map { one in
      let percent = ValueText.text(one.share, .share, places: budget.ledger.dataset.places)
      return Diagnostic(
        .warning, code: "fund-uneven",
        Text(
          "the sources of `\(one.measure.id)` come to \(percent.en)",
          zh: "“\(one.measure.words.zh)”的资金来源合计 \(percent.zh)"),
        hint: Text("set another of its shares as well", zh: "请同时改动另一来源的比例"), at: command.location)
    }
  }

  func besides(_ command: Command) -> Besides {
    if command.engine != nil { return .nothing }
    return command.grouping.isEmpty && command.per == nil ? .total : .both
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    guard after.isEmpty || after.last?.kind == .plus else { return [] }
    return session.documents()
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text("run", zh: "测算"), Text("run \(n.document) by month", zh: "测算 \(n.document) 按月份"),
      Text("run \(n.document) by enterprise.size", zh: "测算 \(n.document) 按 就业单位的规模"),
      Text(
        "with \(n.parameter) = \(n.value) run \(n.document)",
        zh: "若 \(n.zh.parameter) = \(n.zh.value)，测算 \(n.document)"),
    ]
  }

  func next(in session: Desk) -> [Text] {
    let n = ExampleNames(session)
    let subject = session.paidSubject ?? n.subject
    let typed = session.last.map { Records.typed(subject, in: $0.ledger.dataset) } ?? subject
    return [
      Text(
        "explain \(subject)", zh: "解释 \(typed)"),
      Text(
        "with \(n.parameter) = \(n.value) run", zh: "若 \(n.zh.parameter) = \(n.zh.value)，测算"
      ),
      Text("readings", zh: "口径"),
    ]
  }
}
