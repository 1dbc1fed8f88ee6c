// `import`: a register as an office keeps it, made into a scenario beside it that points at it.

import Answers
import Commands
import Diagnostics
import Facts
import Reckoning
import Sessions

/// Makes a scenario of a register.
package struct ImportCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "import",
    chinese: ["导入"],
    meaning: Text("make a scenario of a register", zh: "由台账生成情景"),
    usage: Text(
      "import FILE[, FILE …] [as LIST] [in DISTRICT] [as of DAY] [like|onto SCENARIO.yaml] [columns HEADING = FACT, …] "
        + "[constant FACT = VALUE, …] [cells TEXT = VALUE, …] [dates \"day first\"] [carry FACT, …] [skip TEXT, …] "
        + "[header ROW|none|cards] [split worker] [from_number FACT] [into FILE.yaml]",
      zh: "导入 文件[，文件 …] [作为 清单] [在 区县] [核算日 日期] [仿照|并入 情景.yaml] [各列 表头 = 事实, …] [常量 事实 = 值, …] "
        + "[单元格 文字 = 值, …] [日期写法 日在前] [沿用上行 事实, …] [不读行 文字, …] [表头行 行号|无|卡片] "
        + "[拆分 劳动者] [由身份证号 事实] [存入 文件.yaml]"),
    more: Text(
      "Says what each column is read as, writes a scenario beside the register that points at it, and loads it. "
        + "Enterprises and agencies that are only named become records of their own. `like` takes everything but the "
        + "register from an earlier scenario: for next month's whole file. `onto` keeps its register as well: for a "
        + "file that holds only who is new. `columns` says what a heading means that is not known (`none`: not to be "
        + "read), `constant` what holds for every record, `cells` what a cell's text stands for that means nothing by "
        + "itself, `dates` which day is meant where several could be, `carry` a fact that is written once for the rows "
        + "below it, `skip` rows that are no records, by their first cell or their number, `header` which row names "
        + "the columns (`none`: no row does, and columns are called `column 2`; `cards`: each person has a form), "
        + "`split` that "
        + "each person whom a cell names with others is a record, `from_number` what identity "
        + "numbers may stand for (`origin`); the scenario keeps them. "
        + "At the prompt what cannot be known is asked.",
      zh: "说明各列读作什么，在台账旁写出引用它的情景并读入；只有名称的企业、机构各成一条记录。“仿照”沿用原情景的其余内容，用于下月的全量台账；"
        + "“并入”连同原台账一并保留，用于只列新增人员的台账。“各列”说明未能识别的表头（写“不读”则不读），“常量”说明各条记录都相同的事实，“单元格”说明无法识别的文字"
        + "按什么读，“日期写法”说明有两种可能的日期指哪一天，“沿用上行”说明只写在每组首行的事实，“不读行”说明不是记录的行（写第一格的文字或行号），"
        + "“表头行”说明第几行是表头（没有表头写“无”，各列称“第2列”等；一人一表写“卡片”），"
        + "“拆分”说明一格写有多人的每人作为一条，“由身份证号”说明可由号码推定的事实（户籍地），均保存在情景中。在提示符下，无法确定的会逐项询问。"
    ),
    group: .scenarios)

  /// The registers, the first of which the scenario is called after.
  var files: [Written]
  var list: Written?
  var district: Written?
  var day: Written?
  private(set) var model: Written?
  /// Whether the earlier scenario keeps its own register beside the new one.
  private(set) var keepsRegister = false
  /// What is said of headings.
  var columns: [Assignment] = []
  /// What holds for every record and no column states.
  var constants: [Assignment] = []

  /// What is said of cells whose texts mean nothing by themselves.
  var cells: [Assignment] = []
  /// Facts whose blank cells have what stands above them, and rows that are not to be read.
  var carried: [Written] = []
  var skips: [Written] = []
  /// The facts that identity numbers give on request.
  var given: [Written] = []
  /// Which row names the columns, or that none does.
  var header: Written?
  /// The name each of whose people is a record, where a cell has several.
  var split: Written?
  /// Whether it has been settled what columns without headings state.
  var isSettled = false
  /// What has been said of tables side by side.
  var beside: [Diagnostic] = []
  /// How many of `dates` the command says itself.
  var spoken = 0
  /// The registers whose headings are not in the row that the earlier scenario keeps.
  var moved: [Written] = []
  var words: CellWords {
    CellWords(
      constants: constants, cells: cells, dates: dates, carried: carried, skips: skips, given: given,
      header: header, split: split)
  }
  /// What is said of how days are written, of one fact or of all.
  var dates: [(fact: Written?, order: Written)] = []

  var file: Written { files[0] }

  package init(from parser: inout StatementParser) throws(Misread) {
    files = [try parser.file()]
    while !parser.isAtEnd, parser.token.kind == .comma {
      parser.index += 1
      files.append(try parser.file())
    }
    while !parser.isAtEnd {
      let word = ImportCommand.opened(&parser)
      let isDay = Keyword.as.matches(word) && ImportCommand.ofWords.contains(parser.peek(1).word)
      if isDay || ImportCommand.dayWords.contains(word), day == nil {
        parser.index += isDay ? 2 : 1
        day = try parser.one(Text("a day, such as 2023-12-31", zh: "日期，如 2023-12-31"))
      } else if Keyword.as.matches(word), list == nil, OutputFormat.named(parser.peek(1).word) == nil {
        parser.index += 1
        list = try parser.one(Text("a list after `as`, such as hires", zh: "`作为` 之后的清单，如 录用人员"))
      } else if Keyword.in.matches(word), district == nil {
        parser.index += 1
        district = try parser.one(Text("a district after `in`, such as 350112", zh: "`在` 之后的区县，如 350112"))
      } else if ImportCommand.likeWords.contains(word) || ImportCommand.ontoWords.contains(word), model == nil {
        keepsRegister = ImportCommand.ontoWords.contains(word)
        parser.index += 1
        model = try parser.file()
      } else if ImportCommand.columnsWords.contains(word) {
        columns += try ImportCommand.pairs(&parser)
      } else if ColumnMapping.constantWords.contains(word) {
        constants += try ImportCommand.pairs(&parser)
      } else if ColumnMapping.cellWords.contains(word) {
        cells += try ImportCommand.pairs(&parser)
      } else if ColumnMapping.carryWords.contains(word) {
        carried += try ImportCommand.words(&parser, Text("a fact, such as agency", zh: "事实，如 介绍机构"))
      } else if ColumnMapping.skipWords.contains(word) {
        skips += try ImportCommand.words(&parser, Text("a row's first cell, or its number", zh: "该行第一格的文字，或行号"))
      } else if ColumnMapping.numberWords.contains(word) {
        given += try ImportCommand.words(&parser, Text("a fact, such as origin", zh: "事实，如 户籍地"))
      } else if ColumnMapping.headerWords.contains(word), header == nil {
        parser.index += 1
        header = try parser.one(Text("a row's number, or none", zh: "行号，或“无”"))
      } else if ColumnMapping.splitWords.contains(word), split == nil {
        parser.index += 1
        split = try parser.one(Text("the fact that names people, such as worker", zh: "写姓名的事实，如 劳动者"))
      } else if ColumnMapping.dateWords.contains(word) {
        dates += try ImportCommand.orders(&parser)
      } else {
        return
      }
    }
  }

  static let columnsWords = ["columns", "column", "各列", "列"]
  /// A file's name as a command has it.
  package static func spelled(_ file: String) -> String {
    file.contains { $0.isWhitespace || ";；,，()（）\"".contains($0) } ? "\"\(file)\"" : file
  }

  static let likeWords = ["like", "仿照", "依照"]
  static let ontoWords = ["onto", "并入", "接在"]
  private static let ofWords = ["of"]
  static let dayWords = ["核算日", "核算日期", "截至", "as_of"]

  package func describe(to meaning: inout Meaning) {
    for file in files { meaning.add("file", file) }
    meaning.add("as", list)
    meaning.add("in", district)
    meaning.add("day", day)
    meaning.add(keepsRegister ? "onto" : "like", model)
    for column in columns { meaning.add(column.name.text, column.value) }
    words.describe(to: &meaning)
  }

  /// Its own words say which files it writes.
  static let ownEndings: [String]? = []

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    var whole = self
    do { return try whole.carryOut(command, in: session) } catch {
      throw whole.keepingAnswers(error, since: self, into: command.into, in: session)
    }
  }

  private mutating func carryOut(_ command: Command, in session: Desk) throws(Refusal) -> Answer {
    let target = try self.target(command)
    for file in files {
      if let barrier = session.door.barrier(reading: RegisterSurvey.parts(of: session.path(file.raw)).file) {
        throw Refusal(.barred(file.raw, barrier, isWriting: false), at: file.location)
      }
    }
    let old: ScenarioModel? =
      if let model { try ScenarioModel(model, keepsRegister: keepsRegister, in: session) } else { nil }
    if let old, let refusal = contradiction(old.loaded.scenario.columns, in: session) { throw refusal }
    let before = spelledOut(in: session.language, into: command.into)
    var proposals = try self.proposals(old, into: target, in: session)
    if model == nil, session.ask != nil { try askRest(proposals, in: session) }
    let asked = spelledOut(in: session.language, into: command.into)
    if let guesses = proposals[0].headless {
      settle(guesses, of: proposals[0].list, in: session)
      if files.count > 1 { proposals = try self.proposals(old, into: target, in: session) }
    }
    let after = spelledOut(in: session.language, into: command.into)
    try settleDates(proposals, old, in: session)
    if let old, let refusal = headingsMoved(onto: old) { throw refusal }
    let found = try importedDistrict(proposals, old, in: session)
    let plan = ImportPlan(
      proposals, registers: files, target: target, district: found.place, day: try asOf(), model: old,
      said: self, session: session)
    if let refusal = plan.refusal(at: file.location) { throw Refusal([refusal]) }
    let text = try plan.text(
      files.map { session.path($0.raw) }, session.path(target.raw), by: after == before ? command.text : after)
    let folder = Files.folder(session.path(target.raw))
    let reading = session.scenarioReader().read(text, source: SourceFile(name: target.raw, text: text), folder: folder)
    if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
    // With an error nothing is written, so that the register can be mended and imported again.
    let understood: (LoadedScenario, [Diagnostic])
    do {
      understood = try session.understood(
        reading, name: Files.stem(target.raw), path: session.keepsWholePaths ? session.path(target.raw) : target.raw)
    } catch {
      let ids = proposals[0].columns.first { $0.field?.name == "id" }?.heading
      throw Refusal(ImportRemedy.told(error.diagnostics, of: files, onto: old, ids: ids))
    }
    let (scenario, said) = understood
    try session.put(text, into: target)
    session.door.load(session.path(target.raw))
    let doubts = beside + found.doubts + plan.doubts(of: scenario.scenario.dataset, at: file.location)
    let loaded = try session.take(
      scenario, doubts + said, name: nil, path: scenario.path, by: "load \"\(target.raw)\"")
    var answer = ImportAnswer(plan, loaded: loaded, said: asked == before ? nil : after).answer
    answer.isWritten = true
    answer.format = command.format
    return answer
  }

  /// What each register is taken for. Whoever sits at the prompt is asked what it does not say.
  private mutating func proposals(
    _ old: ScenarioModel?, into target: Written, in session: Desk
  ) throws(Refusal) -> [RegisterProposal] {
    var hasAsked = false
    while true {
      var proposals: [RegisterProposal] = []
      var question: RegisterQuestion?
      var refusal: Refusal?
      for file in files {
        do {
          proposals.append(
            try look(at: session.path(file.raw), as: file, old, after: proposals.first, &question, in: session))
        } catch {
          refusal = proposals.first.flatMap { apart(file, from: $0, old, into: target, in: session) } ?? error
          break
        }
      }
      if let refusal {
        if takes(question, at: proposals.count, in: session) { continue }
        guard model == nil, session.ask != nil, let question, try ask(question, in: session) else { throw refusal }
        continue
      }
      // Each column is asked about once.
      let unread = proposals.first?.unread ?? []
      guard model == nil, session.ask != nil, !hasAsked, try ask(unread, in: session) else { return proposals }
      hasAsked = true
    }
  }

  /// That a further file is of another list than the first; nil where it is not.
  private func apart(
    _ file: Written, from first: RegisterProposal, _ old: ScenarioModel?, into target: Written, in session: Desk
  ) -> Refusal? {
    var question: RegisterQuestion?
    var own = self
    let other: RegisterProposal
    do {
      other = try own.look(at: session.path(file.raw), as: file, old, after: nil, &question, in: session)
    } catch { return nil }
    guard list == nil, other.list.name != first.list.name else { return nil }
    let line = "\(ImportCommand.spelled(file.raw))"
    return Refusal([
      .error(
        "import-lists",
        Text(
          "`\(file.raw)` holds \(other.list.name), and the first file \(first.list.name)",
          zh: "`\(file.raw)` 是\(other.list.title.zh)，第一份是\(first.list.title.zh)，不能合成一份清单"),
        hint: Text(
          "import the \(first.list.name) first, then `import \(line) onto \(target.raw)`",
          zh: "请先导入\(first.list.title.zh)，再“导入 \(line) 并入 \(target.raw)”"), at: file.location)
    ])
  }

  /// Asks whose budget it is, and as of which day, where nobody has said it.
  private mutating func askRest(_ proposals: [RegisterProposal], in session: Desk) throws(Refusal) {
    if district == nil { try askDistrict(assumed(proposals, in: session)?.place, in: session) }
    let list = proposals[0].list
    if day == nil, let ends = list.ends ?? list.field("end")?.name, list.field(ends)?.type == .date {
      try askDay(in: session)
    }
  }

  /// The day as of which is reckoned; nil where none is given.
  private func asOf() throws(Refusal) -> Day? {
    guard let day else { return nil }
    if let known = ValueText.day(day.raw) { return known }
    throw Refusal([
      .error(
        "import-day", Text("`\(day.raw)` is no day", zh: "`\(day.raw)` 不是日期"),
        hint: Text("write it as 2023-12-31", zh: "请写作 2023-12-31"), at: day.location)
    ])
  }

  /// The scenario's file: the one that was asked for, or one beside the register.
  private func target(_ command: Command) throws(Refusal) -> Written {
    guard let target = command.into else {
      let (register, part) = RegisterSurvey.parts(of: file.raw)
      func beside(_ name: String) -> Written { Written(text: name, raw: name, location: file.location) }
      let stem = register.dropLast(Files.ending(register).isEmpty ? 0 : Files.ending(register).count + 1)
      let other = (part ?? "2").map { "!:".contains($0) ? "-" : String($0) }.joined()
      return beside(model?.raw == stem + ".yaml" ? stem + "-\(other).yaml" : stem + ".yaml")
    }
    if ["yaml", "yml"].contains(Files.ending(target.raw)) { return target }
    throw Refusal([
      .error(
        "import-target", Text("a register becomes a scenario, a file that ends in .yaml", zh: "台账导入为情景，文件应以 .yaml 结尾"),
        hint: Text("write `into FILE.yaml`", zh: "请写“存入 文件.yaml”"), at: target.location)
    ])
  }

  /// - Parameter first: what the first register was taken for, which the others are taken for as well.
  private mutating func look(
    at path: String, as file: Written, _ old: ScenarioModel?, after first: RegisterProposal?,
    _ question: inout RegisterQuestion?, in session: Desk
  ) throws(Refusal) -> RegisterProposal {
    var declaration = first?.list
    if let list {
      guard let found = session.dictionary.list(named: list.raw) ?? session.dictionary.list(named: list.text) else {
        throw Refusal(.unknownList(list.raw, session.dictionary.lists.map(\.words)), at: list.location)
      }
      declaration = found
    }
    var mapping = try mapping(declaration, in: session, onto: old?.columns ?? ColumnMapping())
    mapping.isProposing = old == nil && mapping.isProposing && !isSettled
    let day = try asOf()
    do {
      let proposal = try surveyed(path, file, mapping, declaration, asOf: day, in: session)
      if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
      return proposal
    } catch let refusal as RegisterRefusal {
      question = refusal.question
      throw Refusal(
        refusal.diagnostics.map {
          $0.location == nil
            ? Diagnostic($0.severity, code: $0.code, $0.message, hint: $0.hint, at: file.location) : $0
        })
    } catch {
      throw (error as? Refusal) ?? Refusal(.interrupted, at: nil)
    }
  }

  /// The district whose budget it is, and what is assumed about it.
  private func importedDistrict(
    _ proposals: [RegisterProposal], _ old: ScenarioModel?, in session: Desk
  ) throws(Refusal) -> (place: Int32, doubts: [Diagnostic]) {
    let places = session.library.places
    if let district { return (try session.district(district), []) }
    if let old { return (old.loaded.scenario.district, []) }
    guard let (place, why) = assumed(proposals, in: session) else {
      let (known, spelled) = (session.documented, ImportCommand.spelled(file.raw))
      throw Refusal([
        .error(
          "import-district", Text("nothing says whose budget this is", zh: "未说明由哪个区县承担"),
          hint: Text(
            "say the district: `import \(spelled) in …`; these have documents: \(known.en)",
            zh: "请写明区县：“导入 \(spelled) 在 …”；有文件的地区：\(known.zh)"),
          at: file.location)
      ])
    }
    let label = places.label(place)
    return (
      place,
      [
        Diagnostic(
          .warning, code: "import-assumed",
          Text("the district is taken to be \(label), \(why.en)", zh: "区县按\(label)处理：\(why.zh)"),
          hint: Text("say another: `in CODE`", zh: "如有不同，请写“在 代码”"), at: file.location)
      ]
    )
  }

  /// The district that is meant where nobody says one, and why.
  private func assumed(_ proposals: [RegisterProposal], in session: Desk) -> (place: Int32, why: Text)? {
    let told = Set(proposals.flatMap(\.named).flatMap(\.records).compactMap(\.place))
    if let only = told.first, told.count == 1 {
      return (only, Text("the only place that the register names", zh: "台账只有这一个所在地"))
    }
    return session.state.scenario.map {
      ($0.scenario.district, Text("that of the scenario that is loaded", zh: "取自已读入的情景"))
    }
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    let isChinese = session.language == .zh
    let last = after.last?.word ?? ""
    if Keyword.as.matches(last) { return session.dictionary.lists.map { Completion($0.name) } }
    if Keyword.in.matches(last) || after.isEmpty { return [] }
    let words =
      isChinese ? ["作为", "在", "核算日", "仿照", "并入", "各列", "存入"] : ["as", "in", "like", "onto", "columns", "into"]
    return words.map { Completion($0) }
  }

  static func fileEndings(_ after: [Token]) -> [String]? {
    if after.isEmpty { return ["xlsx", "xlsm", "csv"] }
    return (likeWords + ontoWords).contains(after.last?.word ?? "") ? ["yaml", "yml"] : nil
  }

  func next(in session: Desk) -> [Text] { [Text("run", zh: "测算"), Text("missing", zh: "缺什么")] }

  static let isSpoken = false
  static let nameFollowsAs = true
}
