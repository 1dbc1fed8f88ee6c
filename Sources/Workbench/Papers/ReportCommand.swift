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
///            | "report" "check" FILE { [ "," ] FILE } [ "of" programme ]
struct ReportCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "report",
    chinese: ["报告", "生成材料"],
    meaning: Text("the papers that go with a measure, from templates", zh: "由模板生成报送材料"),
    usage: Text(
      "report estimate|targets|amendment|explanation|summary [of] [PROGRAMME|DRAFT] [from TEMPLATE.md]"
        + " | report package [of] [PROGRAMME|DRAFT] | report check FILE… [of PROGRAMME]",
      zh: "报告 测算说明|绩效目标|修订对照表|起草说明|审签表 [方案|草案] [从 模板.md] | 报告 全套 [方案|草案]"
        + " | 报告 核验 文件… [方案 名称]"),
    more: Text(
      "Each paper is a notebook that is bundled in both languages: its cells ask this session, and its "
        + "figures are those "
        + "of the run. `package` puts them together behind a summary to sign, and says whether the totals of all of "
        + "them agree. `check` reads written papers back (docx, xlsx, html, md), whoever saved them last, and "
        + "finds where a "
        + "form does not add up, forms have different totals, a sentence speaks of a sum that no form has, amounts "
        + "have "
        + "no unit; `of` holds them against a run, with counts, standards and shares of who pays; what was not "
        + "looked at is said. What only a person can write stays a marked blank. "
        + "All of it is of one run: without a programme of what was run last, in its mode. "
        + "`from FILE.md` takes a template of your own, whose parameter "
        + "`programme` is the programme; `report estimate template into FILE.md` writes the bundled one to begin with. "
        + "The lists by themselves: `report basis`, `lines`, `beneficiaries`, `overlap`, `indicators`, `changes`, "
        + "`uncertainty`. Add `into FILE.docx`, `.html`, "
        + "`.pdf` or `.xlsx`.",
      zh:
        "每份材料是一个内置的中英文笔记本模板，其中的命令在本次会话中测算，数字即测算结果。“全套”以审签表为首合为一份，并核对各份合计是否一致。"
        + "“核验”读回已写出的材料（docx、xlsx、html、md，无论最后由谁保存），查出表内合计不符、各表合计不一致、文字与表格不一致、未标单位之处；"
        + "“方案”与测算结果核对，包括笔数、标准和资金来源比例；没有核对的另行写明。"
        + "全部材料出自同一次测算：不写方案时为上次测算的方案及其方式。须由人撰写的，留作标明的空白。“从 文件.md”使用自己的模板，其参数 programme 为方案；“报告 测算说明 模板 存入 文件.md”写出内置模板。"
        + "单独的清单：依据、计算过程、受益对象、不重复、指标、改动、不确定性。可加“存入 文件.docx”或 .html、.pdf、.xlsx。"),
    group: .proposals,
    options: [.settings, .mode])

  /// What can be asked for.
  enum Paper: String, CaseIterable, Sendable {
    case estimate, targets, amendment, explanation, summary
    /// All of them in one.
    case whole = "package"
    case basis, lines, beneficiaries, overlap, indicators, uncertainty
    /// What a draft changes, with what each change costs.
    case changes
    /// Not a paper, but a look at papers.
    case check

    var spellings: [String] {
      switch self {
      case .estimate: ["estimate", "测算说明", "资金测算说明", "估算"]
      case .targets: ["targets", "绩效目标", "绩效目标申报表"]
      case .amendment: ["amendment", "修订对照表", "修订对照"]
      case .explanation: ["explanation", "起草说明"]
      case .summary: ["summary", "审签表", "报送审签表"]
      case .check: ["check", "核验", "核对数字"]
      case .whole: ["package", "全套", "全套材料"]
      case .basis: ["basis", "依据"]
      case .lines: ["lines", "计算过程", "测算过程"]
      case .beneficiaries: ["beneficiaries", "受益对象"]
      case .overlap: ["overlap", "不重复"]
      case .indicators: ["indicators", "指标", "绩效指标"]
      case .uncertainty: ["uncertainty", "不确定性"]
      case .changes: ["changes", "改动", "修改内容"]
      }
    }

    var words: Text { Text(rawValue, zh: spellings[1]) }

    /// Whether it is made from a template of its own.
    var isTemplate: Bool {
      switch self {
      case .estimate, .targets, .amendment, .explanation, .summary: true
      case .whole, .basis, .lines, .beneficiaries, .overlap, .indicators, .uncertainty, .changes, .check: false
      }
    }
  }

  let paper: Paper
  let programme: Programme?
  let template: Written?
  /// Whether the bundled template itself is asked for.
  let wantsTemplate: Bool
  /// What is read back.
  private(set) var files: [Written] = []

  package init(from parser: inout StatementParser) throws(Misread) {
    let word = parser.token
    guard word.kind == .word, let found = Paper.allCases.first(where: { $0.spellings.contains(word.word) }) else {
      let all = Paper.allCases.map(\.words)
      if parser.isAtEnd { throw parser.fail(.missing(Text("a paper", zh: "材料名称"), usage: parser.usage)) }
      throw parser.fail(.unknownWord(word.raw, what: Text("a paper", zh: "材料名称"), choices: all))
    }
    parser.index += 1
    paper = found
    if found == .check {
      (files, programme) = try ReportCommand.files(&parser)
      (template, wantsTemplate) = (nil, false)
      return
    }
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

  /// The papers that are to be read back, and what they are held against.
  private static func files(_ parser: inout StatementParser) throws(Misread) -> ([Written], Programme?) {
    var files = [try parser.file()]
    while !parser.isAtEnd, !parser.isOption(parser.token) {
      if Keyword.of.matches(parser.token.word) || parser.token.word == "方案" {
        parser.index += 1
        return (files, try parser.programme())
      }
      if parser.token.kind == .comma { parser.index += 1 }
      files.append(try parser.file())
    }
    return (files, nil)
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("paper", paper.rawValue)
    meaning.add("programme", programme)
    meaning.add("template", template)
    if wantsTemplate { meaning.add("template", "bundled") }
    meaning.add("files", files)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    if wantsTemplate {
      let text = PaperTemplate.bundled(paper, session.language)
      return Answer(
        Document([.code(text, language: "markdown")]),
        records: [Record(kind: "template", ["paper": .id(paper.rawValue), "text": .id(text)])])
    }
    return try session.amending(names(command, in: session), command) { () throws(Refusal) in
      paper == .check ? try check(command, in: session) : try answer(command, in: session)
    }
  }

  /// What it is about: what it names, else what was asked about last.
  private func names(_ command: Command, in session: Desk) -> [Written] {
    if let programme { return programme.names }
    if paper == .check { return [] }
    return (session.last?.names ?? session.recent?.names ?? []).map {
      Written(text: $0, raw: $0, location: command.location)
    }
  }

  private func answer(_ command: Command, in session: Desk) throws(Refusal) -> Answer {
    let run =
      programme == nil
      ? try session.lastRun(command, asItStands: true) : try session.carryOut(programme, command, default: .enacted)
    let evidence = Evidence([run], extra: "report \(paper.rawValue)")
    session.evidence = evidence
    switch paper {
    case .check: preconditionFailure("papers are read back before anything is run")
    case .basis, .lines, .beneficiaries, .overlap, .indicators, .uncertainty: return try list(run, in: session)
    case .changes: return try changes(run, command, in: session)
    case .estimate, .targets, .explanation, .summary:
      return try ReportCommand.made(paper, of: run, from: template, in: session)
    case .amendment:
      try demandDraft(of: run, command, in: session)
      return try ReportCommand.made(paper, of: run, from: template, in: session)
    case .whole:
      return try PaperPackage(run, isDraft: isOfDraft(session), session).answer()
    }
  }

  /// One paper, with what it rests on behind it in forms that are handed in.
  ///
  /// - Parameter beside: the papers that are handed in with it.
  static func made(
    _ paper: Paper, of run: Session.Run, from template: Written?, beside: [Paper] = [], in session: Desk
  ) throws(Refusal) -> Answer {
    let fingerprint = PaperPackage.fingerprint(run, session)
    let made = try PaperTemplate(paper, template, in: session).made(of: run, fingerprint, beside: beside)
    let record = Record(
      kind: "paper",
      [
        "paper": .id(paper.rawValue), "programme": .id(run.programme),
        "totals": .list(made.totals.map { .money(fen: $0) }),
      ])
    let (body, language) = (made.body, session.language)
    var answer = Answer(body, records: [record.with(body.record(language))], diagnostics: made.diagnostics)
    answer.isPaper = true
    let places = session.library.places
    // The clauses belong to what explains them.
    let grounds = GroundSheets([GroundSheets.Part(run)], places, plainIn: session.language).sheets
    let annex = paper == .explanation ? grounds : Array(grounds.prefix(1))
    answer.book = { AnswerBook([made.sheet] + annex) }
    return answer
  }

  private func check(_ command: Command, in session: Desk) throws(Refusal) -> Answer {
    var papers: [PaperText] = []
    for file in files { papers.append(try PaperText(file, in: session)) }
    let held = try programme.map { programme throws(Refusal) in
      try session.carryOut(programme, command, default: session.recentMode(programme) ?? .enacted)
    }
    var check = PaperCheck(papers)
    if let held {
      check.hold(against: try RemadePapers(papers, of: held, isDraft: isOfDraft(session), session))
    }
    check.check(against: held.map { PaperRun($0, places: session.library.places) })
    return PaperCheckAnswer(check, files: files.map(\.raw), against: held, session.library.places).answer
  }

  /// Whether a draft is asked for by name.
  private func isOfDraft(_ session: Desk) -> Bool {
    programme?.names.contains { session.draft(named: $0) != nil } ?? false
  }

  /// An amendment is of a draft.
  private func demandDraft(of run: Session.Run, _ command: Command, in session: Desk) throws(Refusal) {
    let names = (programme ?? run.written(command.location)).names
    guard let first = names.first, session.draft(named: first) == nil else { return }
    throw Refusal(.unknownDraft(first.raw, session.state.drafts.map(\.name)), at: first.location)
  }

  /// What a draft changes, clause by clause; of a document as it stands, that it changes nothing.
  private func changes(_ run: Session.Run, _ command: Command, in session: Desk) throws(Refusal) -> Answer {
    let name = (programme ?? run.written(command.location)).names.first
    guard run.names.count == 1, let name, let draft = session.draft(named: name) else {
      let text =
        run.names.contains { name in session.state.drafts.contains { $0.name == name } }
        ? Text("What each draft changes stands in its table of amendments.", zh: "各草案的改动见各自的修订对照表。")
        : Text("The text in force is costed; nothing of it is changed.", zh: "按原文件测算，没有拟修改的条款。")
      return Answer(
        Document([.paragraph(text)]), records: [Record(kind: "paper_changes", ["rows": .list([])])])
    }
    if try session.unfold(draft, at: name.location).changes.count > Attribution.most {
      let text = Text(
        "There are more changes than can be taken apart; `show \(draft.name)` lists them.",
        zh: "改动过多，无法逐项分解；“查看 \(draft.name)”列出全部改动。")
      return Answer(Document([.paragraph(text)]), records: [Record(kind: "paper_changes", ["rows": .list([])])])
    }
    let amendment = try Amendment(try DraftSplit(draft, command, in: session, at: name.location), in: session)
    let relation = AmendmentAnswer(amendment, places: session.library.places).changes
    return Answer([.relation(relation)], records: [Record(kind: "paper_changes", ["rows": .rows(relation)])])
  }

  private func list(_ run: Session.Run, in session: Desk) throws(Refusal) -> Answer {
    let tables = PaperTables(run, places: session.library.places)
    let relation: Relation
    switch paper {
    case .basis: relation = tables.basis
    case .lines: relation = tables.lines
    case .beneficiaries: relation = tables.beneficiaries
    case .overlap: return overlap(tables)
    case .indicators: relation = tables.indicators
    case .uncertainty:
      let report = session.readingReport(of: run)
      if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
      var box = UncertaintyBox(run, session.preferences.moneyUnit)
      box.tryOpenFacts(in: session)
      box.tryDraws(in: session)
      if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
      session.evidence = Evidence([run], extra: "report uncertainty")
      relation = box.relation(report)
    case .estimate, .targets, .amendment, .explanation, .summary, .whole, .changes, .check:
      preconditionFailure("`\(paper.rawValue)` is made from a template.")
    }
    var body: AnswerBody = [.relation(relation)]
    if paper == .lines, let remark = tables.countRemark(relation) { body.append(.note(.note, [Span(remark)])) }
    return Answer(body, records: [Record(kind: "paper_\(paper.rawValue)", ["rows": .rows(relation)])])
  }

  /// What is not paid beside other policies; where that is nothing, that it is.
  private func overlap(_ tables: PaperTables) -> Answer {
    let relation = tables.overlap
    var body: AnswerBody = []
    if let relation {
      body.append(relation)
    } else {
      body.append(
        .paragraph(
          Text("Nothing is left out since another measure that is costed here pays more.", zh: "本次测算中没有因就高不重复而不付的款项。")))
    }
    let remarks = tables.overlapRemarks
    if !remarks.isEmpty { body.append(.list(ordered: false, remarks.map { [Span($0)] })) }
    return Answer(
      body, records: [Record(kind: "paper_overlap", ["rows": relation.map { .rows($0) } ?? .list([])])])
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    if after.isEmpty {
      return Paper.allCases.map { Completion(session.language == .zh ? $0.words.zh : $0.rawValue) }
    }
    return session.documents() + session.state.drafts.map { Completion($0.name) }
  }

  static func fileEndings(_ after: [Token]) -> [String]? {
    if let word = after.first?.word, Paper.check.spellings.contains(word) { return PaperText.endings }
    return Keyword.from.matches(after.last?.word ?? "") ? ["md"] : nil
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text("report lines \(n.document)", zh: "报告 计算过程 \(n.document)"),
      Text("report estimate \(n.document)", zh: "报告 测算说明 \(n.document)"),
    ]
  }
}
