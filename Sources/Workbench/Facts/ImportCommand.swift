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
        + "[constant FACT = VALUE, …] [into FILE.yaml]",
      zh: "导入 文件[，文件 …] [作为 清单] [在 区县] [核算日 日期] [仿照|并入 情景.yaml] [各列 表头 = 事实, …] [常量 事实 = 值, …] [存入 文件.yaml]"),
    more: Text(
      "Says what each column is read as, writes a scenario beside the register that points at it, and loads it. "
        + "Enterprises and agencies that are only named become records of their own. `like` takes everything but the "
        + "register from an earlier scenario: for next month's whole file. `onto` keeps its register as well: for a "
        + "file that holds only who is new. `columns` says what a heading means that is not known (`none`: not to be "
        + "read), `constant` what holds for every record; the scenario keeps both.",
      zh: "说明各列读作什么，在台账旁写出引用它的情景并读入；只有名称的企业、机构各成一条记录。“仿照”沿用原情景的其余内容，用于下月的全量台账；"
        + "“并入”连同原台账一并保留，用于只列新增人员的台账。“各列”说明未能识别的表头（写“不读”则不读），“常量”说明各条记录都相同的事实，均保存在情景中。"),
    group: .scenarios)

  /// The registers, the first of which the scenario is called after.
  private(set) var files: [Written]
  private(set) var list: Written?
  private(set) var district: Written?
  private(set) var day: Written?
  private(set) var model: Written?
  /// Whether the earlier scenario keeps its own register beside the new one.
  private(set) var keepsRegister = false
  /// What is said of headings.
  private(set) var columns: [Assignment] = []
  /// What holds for every record and no column states.
  private(set) var constants: [Assignment] = []

  var file: Written { files[0] }

  package init(from parser: inout StatementParser) throws(Misread) {
    files = [try parser.file()]
    while !parser.isAtEnd, parser.token.kind == .comma {
      parser.index += 1
      files.append(try parser.file())
    }
    while !parser.isAtEnd {
      let word = parser.token.word
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
      } else if ImportCommand.columnsWords.contains(word), columns.isEmpty {
        parser.index += 1
        columns = [try ImportCommand.column(&parser)]
        while !parser.isAtEnd, parser.token.kind == .comma {
          parser.index += 1
          columns.append(try ImportCommand.column(&parser))
        }
      } else if ColumnMapping.constantWords.contains(word), constants.isEmpty {
        parser.index += 1
        constants = [try ImportCommand.column(&parser)]
        while !parser.isAtEnd, parser.token.kind == .comma {
          parser.index += 1
          constants.append(try ImportCommand.column(&parser))
        }
      } else {
        return
      }
    }
  }

  /// `合同起始日期 = start`
  static func column(_ parser: inout StatementParser) throws(Misread) -> Assignment {
    let heading = try parser.one(Text("a heading of the register", zh: "台账的表头"))
    guard !parser.isAtEnd, parser.token.kind == .equals else { throw parser.fail(.noEquals(heading.text)) }
    parser.index += 1
    return Assignment(name: heading, value: try parser.one(Text("a fact, or none", zh: "事实，或“不读”")))
  }

  static let columnsWords = ["columns", "column", "各列", "列"]
  /// A file's name as a command has it.
  package static func spelled(_ file: String) -> String {
    file.contains { $0.isWhitespace || ";；,，()（）\"".contains($0) } ? "\"\(file)\"" : file
  }

  static let likeWords = ["like", "仿照", "依照"]
  static let ontoWords = ["onto", "并入", "接在"]
  private static let ofWords = ["of"]
  private static let dayWords = ["核算日", "核算日期", "截至", "as_of"]

  package func describe(to meaning: inout Meaning) {
    for file in files { meaning.add("file", file) }
    meaning.add("as", list)
    meaning.add("in", district)
    meaning.add("day", day)
    meaning.add(keepsRegister ? "onto" : "like", model)
    for column in columns { meaning.add(column.name.text, column.value) }
    for constant in constants { meaning.add("constant " + constant.name.text, constant.value) }
  }

  /// Its own words say which files it writes.
  static let ownEndings: [String]? = []

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let target = try self.target(command)
    for file in files {
      if let barrier = session.door.barrier(reading: RegisterSurvey.parts(of: session.path(file.raw)).file) {
        throw Refusal(.barred(file.raw, barrier, isWriting: false), at: file.location)
      }
    }
    let old: ScenarioModel? =
      if let model { try ScenarioModel(model, keepsRegister: keepsRegister, in: session) } else { nil }
    if let first = columns.first ?? constants.first, model != nil {
      throw Refusal([
        .error(
          "import-model", Text("the columns are those of the earlier scenario", zh: "各列沿用原情景的写法"),
          hint: Text("state them under `columns:` in it, or leave out `like`", zh: "请写在该情景的 `columns:` 下，或去掉“仿照”"),
          at: first.name.location)
      ])
    }
    var proposals: [RegisterProposal] = []
    for file in files {
      proposals.append(try look(at: session.path(file.raw), as: file, old, after: proposals.first, in: session))
    }
    let found = try importedDistrict(proposals, old, in: session)
    let plan = ImportPlan(
      proposals, registers: files, target: target, district: found.place, day: try asOf(), model: old,
      columns: columns, constants: constants, session: session)
    if let refusal = plan.refusal(at: file.location) { throw Refusal([refusal]) }
    let text = try plan.text(files.map { session.path($0.raw) }, session.path(target.raw), by: command.text)
    let folder = Files.folder(session.path(target.raw))
    let reading = session.scenarioReader().read(text, source: SourceFile(name: target.raw, text: text), folder: folder)
    if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
    // With an error nothing is written, so that the register can be mended and imported again.
    let (scenario, said) = try session.understood(
      reading, name: Files.stem(target.raw), path: session.keepsWholePaths ? session.path(target.raw) : target.raw)
    try session.put(text, into: target)
    session.door.load(session.path(target.raw))
    let doubts = found.doubts + plan.doubts(of: scenario.scenario.dataset, at: file.location)
    let loaded = try session.take(
      scenario, doubts + said, name: nil, path: scenario.path, by: "load \"\(target.raw)\"")
    var answer = ImportAnswer(plan, loaded: loaded).answer
    answer.isWritten = true
    answer.format = command.format
    return answer
  }

  /// The day as of which is reckoned; nil where none is given.
  private func asOf() throws(Refusal) -> Day? {
    guard let day else { return nil }
    if let known = Day(day.text[...]) ?? Day(day.raw[...], loose: true) { return known }
    throw Refusal([
      .error(
        "import-day", Text("`\(day.raw)` is no day", zh: "`\(day.raw)` 不是日期"),
        hint: Text("write it as 2023-12-31", zh: "请写作 2023-12-31"), at: day.location)
    ])
  }

  /// The scenario's file: the one that was asked for, or one beside the register.
  private func target(_ command: Command) throws(Refusal) -> Written {
    guard let target = command.into else {
      let register = RegisterSurvey.parts(of: file.raw).file
      let stem = register.dropLast(Files.ending(register).isEmpty ? 0 : Files.ending(register).count + 1)
      return Written(text: stem + ".yaml", raw: stem + ".yaml", location: file.location)
    }
    if ["yaml", "yml"].contains(Files.ending(target.raw)) { return target }
    throw Refusal([
      .error(
        "import-target", Text("a register becomes a scenario, a file that ends in .yaml", zh: "台账导入为情景，文件应以 .yaml 结尾"),
        hint: Text("write `into FILE.yaml`", zh: "请写“存入 文件.yaml”"), at: target.location)
    ])
  }

  /// - Parameter first: what the first register was taken for, which the others are taken for as well.
  private func look(
    at path: String, as file: Written, _ old: ScenarioModel?, after first: RegisterProposal?, in session: Desk
  ) throws(Refusal) -> RegisterProposal {
    var declaration = first?.list
    if let list {
      guard let found = session.dictionary.list(named: list.raw) ?? session.dictionary.list(named: list.text) else {
        throw Refusal(.unknownList(list.raw, session.dictionary.lists.map(\.words)), at: list.location)
      }
      declaration = found
    }
    let said = try mapping(declaration, in: session)
    let mapping = old?.loaded.scenario.columns ?? said
    let survey = RegisterSurvey(
      session.dictionary, session.library.places, mapping: mapping, threads: session.threads,
      control: WorkControl(isCancelled: session.isCancelled, progress: session.progress))
    do {
      let proposal = try survey.look(at: path, as: file.raw, of: declaration)
      if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
      return proposal
    } catch let refusal as RegisterRefusal {
      throw Refusal(
        refusal.diagnostics.map {
          $0.location == nil
            ? Diagnostic($0.severity, code: $0.code, $0.message, hint: $0.hint, at: file.location) : $0
        })
    } catch {
      throw (error as? Refusal) ?? Refusal(.interrupted, at: nil)
    }
  }

  /// What the command says of headings. Where it names no list, a heading may be one of any list that has the fact.
  private func mapping(_ list: ListDeclaration?, in session: Desk) throws(Refusal) -> ColumnMapping {
    var mapping = ColumnMapping()
    let lists = list.map { [$0] } ?? session.dictionary.lists
    for column in columns {
      if ColumnMapping.unread.contains(column.value.text) {
        for one in lists { mapping.leave(column.name.raw, of: one.name) }
        continue
      }
      var isKnown = false
      for one in lists {
        guard let field = one.columnField(column.value.raw) ?? one.columnField(column.value.text) else { continue }
        mapping.add(column.name.raw, as: field, of: one.name)
        isKnown = true
      }
      if !isKnown { throw unknownFact(column.value) }
    }
    for constant in constants {
      let fields = lists.compactMap { one in (one.columnField(constant.name.raw)).map { (one.name, $0) } }
      guard let first = fields.first, first.1 != "id" else { throw unknownFact(constant.name) }
      for (list, field) in fields { mapping.add(constant: constant.value.raw, for: field, of: list) }
    }
    return mapping
  }

  private func unknownFact(_ name: Written) -> Refusal {
    Refusal([
      .error(
        "unknown-fact", Text("no list has the fact `\(name.raw)`", zh: "没有清单含有事实 `\(name.raw)`"),
        hint: Text("`show hires` lists its facts", zh: "“显示 录用人员”列出其事实"), at: name.location)
    ])
  }

  /// The district whose budget it is, and what is assumed about it.
  private func importedDistrict(
    _ proposals: [RegisterProposal], _ old: ScenarioModel?, in session: Desk
  ) throws(Refusal) -> (place: Int32, doubts: [Diagnostic]) {
    let places = session.library.places
    if let district { return (try session.district(district), []) }
    if let old { return (old.loaded.scenario.district, []) }
    let told = Set(proposals.flatMap(\.named).flatMap(\.records).compactMap(\.place))
    let (place, why): (Int32, Text)
    if let only = told.first, told.count == 1 {
      (place, why) = (only, Text("the only place that the register names", zh: "台账只有这一个所在地"))
    } else if let scenario = session.state.scenario?.scenario {
      (place, why) = (scenario.district, Text("that of the scenario that is loaded", zh: "取自已读入的情景"))
    } else {
      throw Refusal([
        .error(
          "import-district", Text("nothing says whose budget this is", zh: "未说明由哪个区县承担"),
          hint: Text("say the district: `import \(file.raw) in 350112`", zh: "请写明区县：“导入 \(file.raw) 在 350112”"),
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
