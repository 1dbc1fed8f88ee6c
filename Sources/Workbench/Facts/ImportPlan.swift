// A scenario out of a register: what is written, what is assumed, what cannot be. Knows nothing of how the register was
// read, or of how the answer looks.

import Commands
import Diagnostics
import Facts
import Reckoning
import Sessions

/// What becomes of a register, or of several of one list.
struct ImportPlan: Sendable {
  let proposals: [RegisterProposal]
  let registers: [Written]
  let target: Written
  let district: Int32
  /// The day as of which is reckoned; nil where none is given.
  let day: Day?
  let model: ScenarioModel?
  /// What was said of headings, records, cells and days, to be kept with the scenario.
  let said: ImportCommand
  let places: Gazetteer
  let dictionary: FactDictionary
  /// The records that the scenario gets because the register only names them, list by list.
  let named: [RegisterProposal.Named]
  /// What rules ask of those that are only named.
  let asked: ImportStubs
  private let language: Language

  /// What the first register was taken for; the others are of the same list.
  var proposal: RegisterProposal { proposals[0] }
  var register: Written { registers[0] }

  init(
    _ proposals: [RegisterProposal], registers: [Written], target: Written, district: Int32, day: Day?,
    model: ScenarioModel?, said: ImportCommand, session: Desk
  ) {
    Invariant.holds(
      !proposals.isEmpty && proposals.count == registers.count, "a-proposal-each: every register has been looked at")
    (self.proposals, self.registers, self.target) = (proposals, registers, target)
    (self.district, self.day, self.model) = (district, day, model)
    (self.said, language) = (said, session.language)
    (places, dictionary) = (session.library.places, session.dictionary)
    var lists: [RegisterProposal.Named] = []
    for var one in proposals.flatMap(\.named) {
      // Two columns may name records of one list, and of the same name: 借出单位 and 借入单位.
      let known = model?.known(one.list.name) ?? []
      let before = Set(
        lists.filter { $0.list.name == one.list.name }.flatMap(\.records).map { ScenarioModel.plain($0.name) })
      one.records.removeAll {
        known.contains(ScenarioModel.plain($0.name)) || before.contains(ScenarioModel.plain($0.name))
      }
      if !one.records.isEmpty { lists.append(one) }
    }
    named = lists
    asked = ImportStubs(session.library.inForce(in: district), session.dictionary, isChinese: session.language == .zh)
  }

  /// What keeps the register from becoming a scenario; nil where nothing does.
  func refusal(at location: SourceRange) -> Diagnostic? {
    guard let one = named.first(where: { !$0.lacking.isEmpty }) else { return nil }
    let facts = one.lacking.joined(separator: ", ")
    let chinese = one.lacking.map { one.list.field($0)?.words.zh ?? $0 }.joined(separator: "、")
    return .error(
      "import-names",
      Text(
        "`\(one.heading)` names \(one.records.count) of the list \(one.list.name), which must state \(facts)",
        zh: "`\(one.heading)` 列有 \(one.records.count) 个\(one.list.title.zh)，须写明\(chinese)"),
      hint: Text(
        "state them under `\(one.list.name):` in a scenario, then `import FILE like THAT.yaml`; or remove the column",
        zh: "请在情景的\(one.list.title.zh)清单下写明，再“导入 文件 仿照 该情景.yaml”；或删去该列"),
      at: one.records.first?.location ?? location)
  }

  /// What one should look at.
  ///
  /// - Parameter facts: what the new scenario was read into.
  func doubts(of facts: Dataset, at location: SourceRange) -> [Diagnostic] {
    // What holds of each sheet of a year is said once.
    var told: Set<String> = []
    var out = proposals.flatMap(\.doubts).filter { told.insert($0.code + $0.message.en).inserted }
    for (register, proposal) in zip(registers, proposals) where proposal.rows == 0 {
      out.append(
        Diagnostic(
          .warning, code: "import-empty",
          Text(
            "`\(register.raw)` has headings and no record below them", zh: "`\(register.raw)` 只有表头，没有记录"),
          hint: ["csv", "txt", "tsv"].contains(Files.ending(register.raw))
            ? Text("write the records below the headings", zh: "请在表头下方填写记录")
            : Text("name the sheet that holds them: `FILE#SHEET`", zh: "如记录在另一张工作表，请写“文件#工作表”"),
          at: register.location))
    }
    out += sheets
    out += numbered(at: location)
    if let model { out += said.kept(of: proposals, in: model) }
    if let model, !model.sources(of: proposal.list.name, seenFrom: target.raw).isEmpty,
      let change = RegisterChange(proposal.list, from: model.loaded.scenario.dataset, to: facts)
    {
      out += change.doubts(model, registers, at: location)
    }
    if let model, let taken = StubsTaken(model, proposals, facts) { out += taken.doubts(target.raw, at: location) }
    if day == nil, model?.loaded.scenario.asOf == nil, let open = openEnds(facts), open > 0 {
      let records = Text(
        "\(open) \(open == 1 ? proposal.list.singular : proposal.list.name)",
        zh: "\(proposal.list.title.zh) \(open) 条")
      out.append(
        Diagnostic(
          .note, code: "import-no-day",
          Text(
            "no day is given: \(records.en) without a last day are taken to stay as long as any rule asks",
            zh: "未给出核算日：\(records.zh)没有终止日期，一律视为一直在职"),
          hint: Text("say the day: `import … as of 2023-12-31`", zh: "如需截至某日，请写“导入 … 核算日 2023-12-31”"), at: location))
    }
    if !proposal.others.isEmpty {
      let others = proposal.others.map { name in
        model?.loaded.scenario.dataset.dictionary.list(name)?.title.zh ?? facts.dictionary.list(name)?.title.zh ?? name
      }
      out.append(
        Diagnostic(
          .note, code: "register-list",
          Text(
            "the sheet is taken for \(proposal.list.name); it could be of \(proposal.others.joined(separator: ", "))",
            zh: "按\(proposal.list.title.zh)读入；也可能是\(others.joined(separator: "、"))"),
          hint: Text("say another: `as LIST`", zh: "如有不同，请写“作为 清单”"), at: register.location))
    }
    if !asked.reads(proposal.list.name) {
      let label = places.label(district)
      out.append(
        Diagnostic(
          .note, code: "import-unasked",
          Text(
            "no measure in force in \(label) reads \(proposal.list.name): the list is kept for looking at and counts "
              + "towards no budget",
            zh: "\(label)现行措施都不使用\(proposal.list.title.zh)清单，只供查阅和统计，不计入测算"),
          hint: Text(
            "look at it with `list`, `count` and `describe`", zh: "可用“列出”“统计”“概览”查看"), at: register.location))
    }
    return out + named.flatMap(doubts) + alike
  }

  /// The warnings on rows that an earlier scenario leaves out by their number: in another file they are others.
  private func numbered(at location: SourceRange) -> [Diagnostic] {
    guard let model else { return [] }
    return model.loaded.scenario.columns.numberedSkips(of: proposal.list.name).map { row in
      Diagnostic(
        .warning, code: "import-rows",
        Text(
          "row \(row) is left out of every file of this list, as \(model.file.raw) says by its number",
          zh: "\(model.file.raw) 按行号指定“不读行 \(row)”，本清单各份文件的第 \(row) 行均未读入"),
        hint: Text(
          "check row \(row) of the new file; under `skip:` in \(model.file.raw) say its first cell instead",
          zh: "请核对新文件的第 \(row) 行；请在 \(model.file.raw) 的 `skip:` 下改写该行第一格的文字"), at: location)
    }
  }

  /// The note on other sheets of a workbook that hold records of another list, which go into the same scenario.
  private var sheets: [Diagnostic] {
    zip(registers, proposals).compactMap { register, proposal in
      guard !proposal.sheets.isEmpty else { return nil }
      let found = Text(
        proposal.sheets.map { "`\($0.name)` (\($0.list.name))" }.joined(separator: ", "),
        zh: proposal.sheets.map { "“\($0.name)”（\($0.list.title.zh)）" }.joined(separator: "、"))
      let next = ImportCommand.spelled("\(register.raw)#\(proposal.sheets[0].name)")
      return Diagnostic(
        .note, code: "import-sheets",
        Text(
          "the workbook has sheets of other lists, which are not read: \(found.en)", zh: "工作簿另有其他清单的工作表，未读取：\(found.zh)"
        ),
        hint: Text(
          "add one: `import \(next) onto \(target.raw)`", zh: "可接着并入：“导入 \(next) 并入 \(target.raw)”"),
        at: register.location)
    }
  }

  /// What is assumed of those that are only named.
  private func doubts(of one: RegisterProposal.Named) -> [Diagnostic] {
    var out: [Diagnostic] = []
    let assumed = one.records.filter { $0.place == nil }
    let told = one.records.count - assumed.count
    let names = one.records.prefix(3).map(\.name)
    let list = Text(
      "\(one.list.name) only named: \(one.records.count) (\(names.joined(separator: ", "))"
        + "\(one.records.count > 3 ? ", …" : ""))",
      zh:
        "只有名称的\(one.list.title.zh) \(one.records.count) 个（"
        + "\(names.joined(separator: "、"))\(one.records.count > 3 ? "等" : "")）"
    )
    let label = places.label(district)
    let place =
      assumed.isEmpty
      ? Text("their place is the register's", zh: "所在地取自台账")
      : Text(
        "\(told == 0 ? "all" : "\(assumed.count) of them") taken to be in \(label)",
        zh: "\(told == 0 ? "均" : "其中 \(assumed.count) 个")按所在地为\(label)处理")
    out.append(
      Diagnostic(
        assumed.isEmpty ? .note : .warning, code: "import-assumed",
        Text("\(list.en); \(place.en), all else not stated", zh: "\(list.zh)；\(place.zh)，其余未说明"),
        hint: Text(
          "complete `\(one.list.name):` in \(target.raw), where the facts that rules ask for are listed; `missing` "
            + "says what matters",
          zh: "请在 \(target.raw) 的\(one.list.title.zh)清单中补充（其中列有各措施要问的事实）；“缺什么”说明其影响"),
        at: one.records.first?.location))
    return out
  }

  /// Names that are nearly those of others: of the same register, of other files, of the scenario that it goes into.
  private var alike: [Diagnostic] {
    var lists: [String] = []
    for one in named where !lists.contains(one.list.name) { lists.append(one.list.name) }
    return lists.compactMap { list in
      let new = named.filter { $0.list.name == list }
      guard let first = new.first else { return nil }
      return AlikeNames(new.flatMap(\.records).map(\.name), known: model?.names(of: list) ?? [])
        .doubt(first.list, at: first.records.first?.location)
    }
  }

  /// How many records have no last day; nil where the list has none.
  private func openEnds(_ facts: Dataset) -> Int? {
    guard let table = facts.table(proposal.list.name), table.declaration.field("end")?.type == .date,
      let ends = table.columns["end"]
    else { return nil }
    return (0..<table.count).count { ends.raw($0) == Int64(Absent.none32) }
  }

  // MARK: The scenario's text

  /// - Parameters:
  ///   - paths: the registers' paths.
  ///   - target: the scenario's.
  func text(_ paths: [String], _ target: String, by command: String) throws(Refusal) -> String {
    var sources = paths.map { ImportPlan.reference($0, from: target) }
    let lists = Dictionary(grouping: named, by: \.list.name).sorted { $0.key < $1.key }
    let first = "# " + command.split(separator: "\n").joined(separator: " ")
    var unread: [String] = []
    for name in proposals.flatMap(\.ignored) where !unread.contains(name) { unread.append(name) }
    if let model {
      if model.keepsRegister { sources = model.sources(of: proposal.list.name, seenFrom: target) + sources }
      return try model.text(
        list: proposal.list.name, sources: sources, ignored: unread, lists: lists, title: title, command: first, self)
    }
    var lines = [first, "scenario: \(ImportPlan.quoted(title))"]
    lines.append("district: \(places.code(district))")
    lines.append(day.map { "as_of: \($0.text)" } ?? "# as_of: 2023-12-31")
    if !unread.isEmpty {
      lines.append("ignore: [" + unread.map(ImportPlan.quoted).joined(separator: ", ") + "]")
    }
    if let header = said.header, let row = ColumnMapping.headerRow(header.raw) ?? ColumnMapping.headerRow(header.text) {
      lines.append("header_row: {\(proposal.list.name): \(ImportPlan.headerWord(row))}")
    }
    let mapping = mappingLines
    if !mapping.isEmpty {
      lines += ["columns:", "  \(proposal.list.name): {" + mapping.joined(separator: ", ") + "}"]
    }
    for (list, named) in lists {
      lines.append("\(list):")
      lines += asked.comments(of: list).map { "  " + $0 }
      lines += named.flatMap { one in one.records.map { record($0, of: one.list) } }.map { "  " + $0 }
    }
    lines.append("\(proposal.list.name)_from: \(ImportPlan.list(sources))")
    return lines.joined(separator: "\n") + "\n"
  }

  /// What was said of the register, as the scenario's `columns` has it.
  var mappingLines: [String] {
    func pairs(_ key: String, _ pairs: [String]) -> [String] {
      pairs.isEmpty ? [] : ["\(key): {" + pairs.joined(separator: ", ") + "}"]
    }
    var lines = said.columns.map { "\(ImportPlan.quoted($0.name.raw)): \(fact($0.value))" }
    lines += pairs("constant", said.constants.map { "\(fact($0.name)): \(ImportPlan.quoted($0.value.raw))" })
    lines += pairs("cells", said.cells.map { "\(ImportPlan.quoted($0.name.raw)): \(ImportPlan.quoted($0.value.raw))" })
    if !said.carried.isEmpty { lines.append("carry: [" + said.carried.map(carried).joined(separator: ", ") + "]") }
    if !said.skips.isEmpty {
      lines.append("skip: [" + said.skips.map { ImportPlan.quoted($0.raw) }.joined(separator: ", ") + "]")
    }
    if said.split != nil, let name = proposal.list.personName { lines.append("split: [\(name)]") }
    if !said.given.isEmpty {
      let fields = said.given.map { proposal.list.columnField($0.raw) ?? ImportPlan.quoted($0.raw) }
      lines.append("from_number: [" + fields.joined(separator: ", ") + "]")
    }
    lines += dayLines(pairs)
    return lines
  }

  /// How days are written: what was said, or what of an earlier scenario's words it changes.
  private func dayLines(_ pairs: (String, [String]) -> [String]) -> [String] {
    func line(_ words: [String]) -> String { "[" + words.map(ImportPlan.quoted).joined(separator: ", ") + "]" }
    if let model {
      let changed = said.days(of: proposal.list, in: model).map { ($0.field, line($0.words.map { $0.in(language) })) }
      return pairs("dates", changed.filter { !$0.0.isEmpty }.map { "\($0.0): \($0.1)" })
        + changed.filter(\.0.isEmpty).map { "日期写法: \($0.1)" }
    }
    let apart = Dictionary(grouping: said.dates.filter { $0.fact != nil }, by: { $0.fact.map(fact) ?? "" })
    let all = said.dates.filter { $0.fact == nil }.map(\.order.raw)
    return pairs(
      "dates", apart.sorted { $0.key < $1.key }.map { key, orders in "\(key): \(line(orders.map(\.order.raw)))" })
      + (all.isEmpty ? [] : ["日期写法: \(line(all))"])
  }

  /// The row of headings that the scenario is to have in place of the earlier one's, as it is written there; empty
  /// where it is to have none, nil where it stays.
  var headerRow: String? {
    if let header = said.header, let row = ColumnMapping.headerRow(header.raw) ?? ColumnMapping.headerRow(header.text) {
      return ImportPlan.headerWord(row)
    }
    return said.moved.isEmpty ? nil : ""
  }

  /// A fact whose blank cells have what stands above, as `columns` has it.
  private func carried(_ name: Written) -> String {
    var mapping = ColumnMapping()
    for column in said.columns {
      if let field = proposal.list.columnField(column.value.raw) {
        mapping.add(column.name.raw, as: field, of: proposal.list.name)
      }
    }
    return mapping.stated(by: name.raw, in: proposal.list) ?? ImportPlan.quoted(name.raw)
  }

  /// What the scenario is called: after its file.
  private var title: String { Files.stem(target.raw) }

  /// Which row names the columns, as a scenario has it.
  private static func headerWord(_ row: Int) -> String {
    switch row {
    case 0: "none"
    case ColumnMapping.cards: "cards"
    default: String(row)
    }
  }

  /// One file, or several in brackets.
  static func list(_ sources: [String]) -> String {
    sources.count == 1 ? quoted(sources[0]) : "[" + sources.map(quoted).joined(separator: ", ") + "]"
  }

  /// A fact as `columns` has it.
  private func fact(_ value: Written) -> String {
    if ColumnMapping.unread.contains(value.text) { return "none" }
    if ColumnMapping.spanWords.contains(value.raw) { return "span" }
    if ColumnMapping.mixedWords.contains(value.raw) { return "mixed" }
    return proposal.list.columnField(value.raw) ?? ImportPlan.quoted(value.raw)
  }

  /// `- {id: "甲企业", name: "甲企业", district: 350112}`
  func record(_ record: RegisterProposal.Record, of list: ListDeclaration) -> String {
    var fields = ["id: \(ImportPlan.quoted(record.name))"]
    if list.field("name") != nil { fields.append("name: \(ImportPlan.quoted(record.name))") }
    if let place = list.fields.first(where: { $0.absence == .required && $0.type == .place }) {
      fields.append("\(place.name): \(places.code(record.place ?? district))")
    }
    return "- {" + fields.joined(separator: ", ") + "}"
  }

  /// The register as the scenario names it: by its name alone where both lie in one folder.
  static func reference(_ path: String, from target: String) -> String {
    let (file, sheet) = RegisterSurvey.parts(of: path)
    let part = sheet.map { "#" + $0 } ?? ""
    let (own, other) = (Files.folder(file), Files.folder(target))
    if Files.whole(own.isEmpty ? "." : own) == Files.whole(other.isEmpty ? "." : other) {
      return Files.name(file) + part
    }
    return (Files.whole(file) ?? file) + part
  }

  /// A text for YAML.
  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": out += "\\" + String(scalar)
      default:
        if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          out += "\\x" + (digits.count < 2 ? "0" + digits : digits)
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out + "\""
  }
}
