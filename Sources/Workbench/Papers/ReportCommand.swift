// `report`: the papers that go with a measure, each from a template that is a notebook, its figures those of the run.

import Answers
import Commands
import Diagnostics
import Districts
import Engine
import PolicyLanguage
import Reckoning
import Reports
import Sessions
import View

/// Makes a paper, or one of the lists that papers are made of.
///
///     report = "report" PAPER [ "of" ] [ programme ] [ "from" TEMPLATE.md ]
struct ReportCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "report",
    chinese: ["报告", "生成材料"],
    meaning: Text("the papers that go with a measure, from templates", zh: "由模板生成报送材料"),
    usage: Text(
      "report estimate|targets|amendment|explanation|package [of] [PROGRAMME|DRAFT] [from TEMPLATE.md]",
      zh: "报告 测算说明|绩效目标|修订对照表|起草说明|全套 [方案|草案] [从 模板.md]"),
    more: Text(
      "Each paper is a notebook that is bundled in both languages: its cells ask this session, and its "
        + "figures are those "
        + "of the run. `package` puts them together, and says whether the totals of all of them agree. What only a "
        + "person can write stays a marked blank. `from FILE.md` takes a template of your own, whose parameter "
        + "`programme` is the programme; `report estimate template into FILE.md` writes the bundled one to begin with. "
        + "The lists by themselves: `report basis`, `lines`, `indicators`, `uncertainty`. Add `into "
        + "FILE.docx`, `.html`, "
        + "`.pdf` or `.xlsx`.",
      zh:
        "每份材料是一个内置的中英文笔记本模板，其中的命令在本次会话中测算，数字即测算结果。“全套”合为一份，并核对各份合计是否一致。"
        + "须由人撰写的，留作标明的空白。“从 文件.md”使用自己的模板，其参数 programme 为方案；“报告 测算说明 模板 存入 文件.md”写出内置模板。"
        + "单独的清单：依据、计算过程、指标、不确定性。可加“存入 文件.docx”或 .html、.pdf、.xlsx。"),
    group: .proposals)

  /// What can be asked for.
  enum Paper: String, CaseIterable, Sendable {
    case estimate, targets, amendment, explanation
    /// All of them in one.
    case whole = "package"
    case basis, lines, indicators, uncertainty

    var spellings: [String] {
      switch self {
      case .estimate: ["estimate", "测算说明", "资金测算说明"]
      case .targets: ["targets", "绩效目标", "绩效目标申报表"]
      case .amendment: ["amendment", "修订对照表", "修订对照"]
      case .explanation: ["explanation", "起草说明"]
      case .whole: ["package", "全套", "全套材料"]
      case .basis: ["basis", "依据"]
      case .lines: ["lines", "计算过程", "测算过程"]
      case .indicators: ["indicators", "指标", "绩效指标"]
      case .uncertainty: ["uncertainty", "不确定性"]
      }
    }

    var words: Text { Text(rawValue, zh: spellings[1]) }

    /// Whether it is made from a template of its own.
    var isTemplate: Bool {
      switch self {
      case .estimate, .targets, .amendment, .explanation: true
      case .whole, .basis, .lines, .indicators, .uncertainty: false
      }
    }
  }

  let paper: Paper
  let programme: Programme?
  let template: Written?
  /// Whether the bundled template itself is asked for.
  let wantsTemplate: Bool

  package init(from parser: inout StatementParser) throws(Misread) {
    let word = parser.token
    guard word.kind == .word, let found = Paper.allCases.first(where: { $0.spellings.contains(word.word) }) else {
      let all = Paper.allCases.map(\.words)
      if parser.isAtEnd { throw parser.fail(.missing(Text("a paper", zh: "材料名称"), usage: parser.usage)) }
      throw parser.fail(.unknownWord(word.raw, what: Text("a paper", zh: "材料名称"), choices: all))
    }
    parser.index += 1
    paper = found
    wantsTemplate = found.isTemplate && ["template", "模板"].contains(parser.token.word)
    if wantsTemplate { parser.index += 1 }
    if Keyword.of.matches(parser.token.word) { parser.index += 1 }
    programme =
      Keyword.from.matches(parser.token.word) || parser.isAtEnd ? nil : try parser.optionalProgramme()
    if found.isTemplate, Keyword.from.matches(parser.token.word) {
      parser.index += 1
      template = try parser.file()
    } else {
      template = nil
    }
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("paper", paper.rawValue)
    meaning.add("programme", programme)
    meaning.add("template", template)
    if wantsTemplate { meaning.add("template", "bundled") }
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    if wantsTemplate {
      let text = PaperTemplate.bundled(paper, session.language)
      return Answer(
        Document([.code(text, language: "markdown")]),
        records: [Record(kind: "template", ["paper": .id(paper.rawValue), "text": .id(text)])])
    }
    let run = try session.carryOut(programme, command, default: .enacted)
    session.evidence = Evidence([run], extra: "report \(paper.rawValue)")
    let name = run.programme
    switch paper {
    case .basis, .lines, .indicators, .uncertainty: return try list(run, in: session)
    case .estimate, .targets, .explanation: return try PaperTemplate(paper, template, in: session).answer(of: name)
    case .amendment:
      _ = try draft(in: session)
      return try PaperTemplate(paper, template, in: session).answer(of: name)
    case .whole: return try whole(run, in: session)
    }
  }

  private func draft(in session: Desk) throws(Refusal) -> Draft {
    if let name = programme?.names.first, let draft = session.draft(named: name) { return draft }
    let name = programme?.names.first
    throw Refusal(.unknownDraft(name?.raw ?? "", session.state.drafts.map(\.name)), at: name?.location)
  }

  private func list(_ run: Session.Run, in session: Desk) throws(Refusal) -> Answer {
    let tables = PaperTables(run, places: session.library.places)
    let relation: Relation
    switch paper {
    case .basis: relation = tables.basis
    case .lines: relation = tables.lines
    case .indicators: relation = tables.indicators
    case .uncertainty:
      let settings = run.ledger.settings
      let report = ReadingReport.make(
        run.documents, settings: settings,
        run: { changes in
          if changes.isEmpty { return run.ledger }
          var other = settings
          other.readings.merge(changes) { $1 }
          return session.ledger(run.documents, run.scenario, other)
        }, isCancelled: session.isCancelled)
      if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
      relation = tables.uncertainty(report)
    case .estimate, .targets, .amendment, .explanation, .whole:
      preconditionFailure("`\(paper.rawValue)` is made from a template.")
    }
    return Answer([.relation(relation)], records: [Record(kind: "paper_\(paper.rawValue)", ["rows": .rows(relation)])])
  }

  /// All papers in one, after a page to sign whose total every one of them has.
  private func whole(_ run: Session.Run, in session: Desk) throws(Refusal) -> Answer {
    let isDraft = programme?.names.contains { session.draft(named: $0) != nil } ?? false
    var papers: [Paper] = [.estimate, .targets]
    if isDraft { papers.append(.amendment) }
    papers.append(.explanation)
    let total = Budget(run.ledger).sum.total
    var body = AnswerBody(blocks: [
      .heading(level: 1, [Span("Papers of ", zh: "报送材料：", .title), .data(run.programme, .title)]),
      .paragraph([
        Span("Total: ", zh: "测算金额合计："), .money(fen: total), Span(run.documents.currency.behind(".", zh: "。")),
        Span(" Signed by: [   ]  on: [   ]", zh: " 签字：〔　　〕　日期：〔　　〕"),
      ]),
    ])
    var diagnostics: [Diagnostic] = []
    var found: [(paper: Paper, totals: [Int64])] = []
    for paper in papers {
      let made = try PaperTemplate(paper, nil, in: session).made(of: run.programme)
      body.append(made.answer.body)
      diagnostics += made.answer.diagnostics
      found.append((paper, made.totals))
    }
    let wrong = found.filter { one in one.totals.contains { $0 != total } }.map(\.paper.words)
    body.append(
      .note(
        wrong.isEmpty ? .note : .error,
        [
          Span(
            wrong.isEmpty
              ? Text("Every paper comes to the same total.", zh: "各份材料合计一致。")
              : Text(
                "The totals of these papers differ: \(wrong.map(\.en).joined(separator: ", ")).",
                zh: "以下材料的合计不一致：\(wrong.map(\.zh).joined(separator: "、"))。"))
        ]))
    let names = papers.map(\.rawValue)
    let isSame = wrong.isEmpty
    var answer = Answer(
      body,
      records: [
        Record(
          kind: "package",
          [
            "programme": .ids(run.names), "total": .money(fen: total), "papers": .ids(names),
            "agree": .flag(isSame),
          ])
      ], diagnostics: diagnostics)
    answer.hasMismatch = !wrong.isEmpty
    return answer
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    if after.isEmpty {
      return Paper.allCases.map { Completion(session.language == .zh ? $0.words.zh : $0.rawValue) }
    }
    return session.documents() + session.state.drafts.map { Completion($0.name) }
  }

  static func fileEndings(_ after: [Token]) -> [String]? {
    Keyword.from.matches(after.last?.word ?? "") ? ["md"] : nil
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text("report lines \(n.document)", zh: "报告 计算过程 \(n.document)"),
      Text("report estimate \(n.document)", zh: "报告 测算说明 \(n.document)"),
    ]
  }
}
