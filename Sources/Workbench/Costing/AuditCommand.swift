// `audit`: what was paid, as a list of an office says, against what is due.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

/// Holds a list of payments against a programme.
///
///     audit = "audit" FILE { "," FILE } { "against" programme | "across" SCENARIO { "," SCENARIO } | "for" MEASURE
///           | "within" N "days" | "from" DAY "to" DAY | "columns" HEADING "=" FACT { "," HEADING "=" FACT }
///           | "constant" FACT "=" VALUE … | "cells" TEXT "=" VALUE … | "dates" WAY … }
struct AuditCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "audit",
    chinese: ["核对", "核对发放"],
    meaning: Text("what was paid, from a list, against what is due", zh: "将实际发放明细与应付核对"),
    usage: Text(
      "audit FILE[, FILE …] [against PROGRAMME] [across SCENARIO, SCENARIO] [for MEASURE] [within N days] "
        + "[from DAY to DAY] [columns HEADING = FACT, …] [constant FACT = VALUE, …] [cells TEXT = VALUE, …] "
        + "[dates \"day first\"]",
      zh: "核对 文件[，文件 …] [对照 方案] [跨情景 名称, 名称] [措施 名称] [允许 N天] [从 日期 到 日期] [各列 表头 = 事实, …] "
        + "[常量 事实 = 值, …] [单元格 文字 = 值, …] [日期写法 日在前]"),
    more: Text(
      "The list is a table as an office keeps it, a workbook or CSV: who (by name, identity number or id), how much, "
        + "and if it says so what for and when; several, as a sheet for each month (`FILE#SHEET`), "
        + "are read as one. Found are: paid twice; paid and not due, with the "
        + "condition that fails; "
        + "due and not paid; another amount; another day; one person under two names; lines that match nobody, or that "
        + "can be understood in several ways. Without `against`: the last run. `for` says which measure a "
        + "list is about "
        + "whose lines do not say; `within` lets payments pass that come so many days late; `from … to` says whose "
        + "payments are missed. `columns`, `constant`, `cells` and `dates` say what headings and cells mean, as with "
        + "`import`. `across` holds the list against several scenarios that are loaded, each line where it "
        + "fits best, and names who was paid in more than one. The sums add up: what was paid is "
        + "the sum of its findings, and so is what is due. "
        + "`into FILE.xlsx` writes a sheet for each finding.",
      zh:
        "发放明细为单位平时所用的表格（工作簿或 CSV），列明发放对象（姓名、身份证号或编号）和金额，以及项目、日期（如有）；"
        + "可写几份，如每月一张工作表（`文件#工作表`），合并核对。可查出：重复发放、"
        + "不应发放（附不满足的条件）、应付未付、金额不符、日期不符、同一人两个姓名、查无此人、无法对应的行。不写“对照”时取最近一次测算。"
        + "“措施”用于没有项目列的表格；“允许”放过迟发若干天的；“从…到”限定查找应付未付的期间。"
        + "“各列”“常量”“单元格”“日期写法”说明表头和单元格的含义，同“导入”。"
        + "“跨情景”将明细与已读入的几个情景一并核对，每行计入最相符的一个，并列出在不止一个情景中领取的人。合计可核：实付等于各类之和，应付亦然。"
        + "“存入 文件.xlsx”时每类一张工作表。"),
    group: .costing,
    options: [.settings, .mode])

  let files: [Written]
  private(set) var programme: Programme?
  private(set) var measure: Written?
  private(set) var grace: Written?
  private(set) var days: (from: Written, to: Written)?
  private(set) var columns: [Assignment] = []
  private(set) var said = CellWords()
  private(set) var scenarios: [Written] = []

  /// The first list, which messages without a place are about.
  var file: Written { files[0] }
  /// The lists as headings name them.
  var name: String { files.map(\.raw).joined(separator: ", ") }

  package init(from parser: inout StatementParser) throws(Misread) {
    var files = [try parser.file()]
    while !parser.isAtEnd, parser.token.kind == .comma {
      parser.index += 1
      files.append(try parser.file())
    }
    self.files = files
    while !parser.isAtEnd, !parser.isOption(parser.token) {
      let word = parser.token.word
      if AuditCommand.againstWords.contains(word), programme == nil {
        parser.index += 1
        programme = try parser.programme()
      } else if AuditCommand.acrossWords.contains(word), scenarios.isEmpty {
        repeat {
          parser.index += 1
          scenarios.append(try parser.one(Text("a scenario's name", zh: "情景名称")))
        } while !parser.isAtEnd && parser.token.kind == .comma
      } else if AuditCommand.graceWords.contains(word), grace == nil {
        parser.index += 1
        grace = try parser.figure(Text("a number of days", zh: "天数"))
      } else if Keyword.from.matches(word), days == nil {
        days = try parser.range()
      } else if ImportCommand.columnsWords.contains(word), columns.isEmpty {
        repeat {
          parser.index += 1
          columns.append(try ImportCommand.column(&parser))
        } while !parser.isAtEnd && parser.token.kind == .comma
      } else if ColumnMapping.constantWords.contains(word) {
        said.constants += try ImportCommand.pairs(&parser)
      } else if ColumnMapping.cellWords.contains(word) {
        said.cells += try ImportCommand.pairs(&parser)
      } else if ColumnMapping.carryWords.contains(word) {
        said.carried += try ImportCommand.words(&parser, Text("a fact, such as payee", zh: "事实，如 发放对象"))
      } else if ColumnMapping.skipWords.contains(word) {
        said.skips += try ImportCommand.words(&parser, Text("a row's first cell, or its number", zh: "该行第一格的文字，或行号"))
      } else if ColumnMapping.headerWords.contains(word), said.header == nil {
        parser.index += 1
        said.header = try parser.one(Text("a row's number, or none", zh: "行号，或“无”"))
      } else if ColumnMapping.dateWords.contains(word) {
        said.dates += try ImportCommand.orders(&parser)
      } else if Keyword.for.matches(word) || word == "措施", measure == nil {
        parser.index += 1
        measure = try parser.one(Text("a measure", zh: "措施"))
      } else {
        return
      }
    }
  }

  private static let againstWords = ["against", "对照", "对比"]
  private static let acrossWords = ["across", "跨情景"]
  private static let graceWords = ["within", "允许", "宽限"]

  package func describe(to meaning: inout Meaning) {
    for file in files { meaning.add("file", file) }
    meaning.add("programme", programme)
    meaning.add("measure", measure)
    meaning.add("within", grace)
    meaning.add("from", days?.from)
    meaning.add("to", days?.to)
    for scenario in scenarios { meaning.add("across", scenario) }
    for column in columns { meaning.add("column " + column.name.text, column.value) }
    said.describe(to: &meaning)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    if !scenarios.isEmpty { return try across(in: session, command) }
    let held = try held(in: session, command)
    session.evidence = Evidence(
      [held.run], extra: "audit " + AuditCommand.digest(held.register) + AuditBounds(held.question).digest)
    var told = AuditAnswer(
      held.audit, held.register, files: files.map(\.raw), held.question, run: held.run, places: session.library.places)
    told.language = session.language
    var answer = told.answer
    answer.diagnostics += held.register.doubts.map(ImportRemedy.addedToPayments)
    return answer
  }

  /// The list held against the ledger.
  struct Held {
    let audit: PaidAudit
    let register: PaidRegister
    let run: Session.Run
    let question: PaidAudit.Question
  }

  /// Reads the list and holds it against what the command names.
  func held(in session: Desk, _ command: Command) throws(Refusal) -> Held {
    try demandLeave(in: session)
    let mapping = try self.mapping()
    let run =
      programme == nil
      ? try session.lastRun(command, asShown: true) : try session.carryOut(programme, command, default: .enacted)
    if programme != nil { session.last = run }
    let question = try question(run, in: session)
    let register = try read(mapping, in: session)
    if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
    let audit = PaidAudit(register, Explainer(ledger: run.ledger, scenario: run.facts), question)
    return Held(audit: audit, register: register, run: run, question: question)
  }

  /// What the list says, so that another list makes another result.
  static func digest(_ register: PaidRegister) -> String {
    var digest = Digest()
    for line in register.lines {
      for text in [
        line.measure, line.payee, line.payeeNumber, line.person, line.personNumber, line.record, line.day?.text,
        line.month?.text,
      ] { digest.add(text ?? "") }
      digest.add(line.fen ?? -1)
      digest.add(line.year.map { Int64($0) } ?? -1)
      if let list = line.list { digest.add(Int64(list.number)) }
      switch line.payeeHeading {
      case .holder?: digest.add("holder")
      case .firm?: digest.add("firm")
      case .paid?, nil: break
      }
    }
    return digest.hex
  }

  /// Refuses files that somebody else's notebook or script may not read.
  func demandLeave(in session: Desk) throws(Refusal) {
    for file in files {
      if let barrier = session.door.barrier(reading: RegisterSurvey.parts(of: session.path(file.raw)).file) {
        throw Refusal(.barred(file.raw, barrier, isWriting: false), at: file.location)
      }
    }
  }

  /// Reads the lists, as one.
  func read(_ mapping: ColumnMapping, in session: Desk) throws(Refusal) -> PaidRegister {
    var lists: [(name: String, register: PaidRegister)] = []
    for file in files {
      if let first = lists.first(where: { $0.name == file.raw }) {
        throw Refusal([
          .error(
            "paid-across", Text("`\(first.name)` is named twice", zh: "`\(first.name)` 写了两次"),
            hint: Text("name each list once", zh: "每份明细只写一次"), at: file.location)
        ])
      }
      lists.append((file.raw, try read(file, mapping, in: session)))
    }
    return PaidRegister(joining: lists)
  }

  private func read(_ file: Written, _ mapping: ColumnMapping, in session: Desk) throws(Refusal) -> PaidRegister {
    let path = session.path(file.raw)
    do {
      let register = try RegisterSurvey.paid(
        at: path, as: file.raw, session.library.places, mapping: mapping, threads: session.threads,
        control: WorkControl(isCancelled: session.isCancelled, progress: session.progress))
      session.door.loadIfForeign(RegisterSurvey.parts(of: path).file)
      return register
    } catch {
      if session.isCancelled() { throw Refusal(.interrupted, at: nil) }
      throw Refusal(
        error.diagnostics.map {
          $0.location == nil
            ? Diagnostic($0.severity, code: $0.code, $0.message, hint: $0.hint, at: file.location) : $0
        })
    }
  }

  func mapping() throws(Refusal) -> ColumnMapping {
    var mapping = ColumnMapping()
    let list = PaidRegister.list
    for column in columns {
      if ColumnMapping.unread.contains(column.value.text) {
        mapping.leave(column.name.raw, of: list.name)
      } else if let field = list.columnField(column.value.raw) ?? list.columnField(column.value.text) {
        mapping.add(column.name.raw, as: field, of: list.name)
      } else {
        throw AuditCommand.unknownFact(column.value)
      }
    }
    try said.add(to: &mapping, [list]) { AuditCommand.unknownFact($0) }
    return mapping
  }

  private static func unknownFact(_ name: Written) -> Refusal {
    let facts = PaidRegister.list.fields.map(\.words)
    let who = PaidRegister.list.fields.filter { PaidRegister.whoFields.contains($0.name) }.map(\.words)
    return Refusal([
      .error(
        "paid-fact", Text("a list of payments has no `\(name.raw)`", zh: "发放明细没有“\(name.raw)”一项"),
        hint: Text(
          "it has \(facts.map(\.en).joined(separator: ", ")); who was paid is said by "
            + who.map(\.en).joined(separator: " or "),
          zh: "可用：\(facts.map(\.zh).joined(separator: "、"))；说明发放对象的是\(who.map(\.zh).joined(separator: "、"))"),
        at: name.location)
    ])
  }

  func question(_ run: Session.Run, in session: Desk) throws(Refusal) -> PaidAudit.Question {
    var question = PaidAudit.Question()
    if let measure {
      // What lines may call a measure, `for` may as well.
      let named = MeasureWords.named(measure.raw, among: run.documents.flatMap(\.measures))
      if named.count > 1 {
        throw Refusal(.ambiguousMeasure(measure.raw, named.map(\.typedName)), at: measure.location)
      }
      let found = try named.count == 1 ? named[0] : session.measure(measure, in: run.documents)
      try session.check(found, isIn: run, at: measure.location)
      question.measure = found
    }
    if let grace {
      let digits = grace.text.prefix { $0.isASCII && $0.isNumber }
      let unit = grace.text.dropFirst(digits.count).trimmingPrefix(" ")
      guard let days = Int(digits), days <= 36_500, ["", "day", "days", "d", "天", "日"].contains(unit) else {
        throw Refusal([
          .error(
            "paid-within", Text("`\(grace.raw)` is no number of days", zh: "`\(grace.raw)` 不是天数"),
            hint: Text("write `within 30 days`", zh: "请写“允许 30天”"), at: grace.location)
        ])
      }
      question.grace = days
    }
    if let days {
      let (from, to) = (try day(days.from), try day(days.to))
      guard from <= to else {
        throw Refusal([
          .error(
            "paid-days",
            Text("`\(days.to.raw)` lies before `\(days.from.raw)`", zh: "`\(days.to.raw)` 早于 `\(days.from.raw)`"),
            hint: Text("write the earlier day first", zh: "请先写较早的日期"), at: days.to.location)
        ])
      }
      question.days = from.number...to.number
    }
    return question
  }

  private func day(_ text: Written) throws(Refusal) -> Day {
    if let day = ValueText.day(text.raw) { return day }
    throw Refusal([
      .error(
        "paid-days", Text("`\(text.raw)` is no day", zh: "`\(text.raw)` 不是日期"),
        hint: Text("write it as 2023-12-31", zh: "请写作 2023-12-31"), at: text.location)
    ])
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    let last = after.last?.word ?? ""
    if after.isEmpty { return [] }
    if againstWords.contains(last) { return session.documents() }
    if acrossWords.contains(last) { return session.state.scenarios.map { Completion($0.name, $0.scenario.title) } }
    if Keyword.for.matches(last) || last == "措施" { return session.measures(paying: true) }
    if last == "=" || after.last?.kind == .equals {
      return PaidRegister.list.fields.map { Completion(session.language == .zh ? $0.words.zh : $0.name) }
    }
    let words =
      session.language == .zh
      ? ["对照", "跨情景", "措施", "允许", "从", "各列", "常量", "单元格", "日期写法", "存入"]
      : ["against", "across", "for", "within", "from", "columns", "constant", "cells", "dates", "into"]
    return words.map { Completion($0) }
  }

  static func fileEndings(_ after: [Token]) -> [String]? { after.isEmpty ? ["xlsx", "xlsm", "csv"] : nil }

  func next(in session: Desk) -> [Text] {
    let en = files.map { ImportCommand.spelled($0.raw) }.joined(separator: ", ")
    return [Text("audit \(en) into audit.xlsx", zh: "核对 \(en) 存入 核对.xlsx")]
  }
}
