// No English word stands in what the program answers in Chinese: every command there is, over the bundled scenarios, as
// a table and in Markdown, with its mistakes, hints and what it offers next. What may stand in other letters is listed
// below, each with its reason.

import Answers
import Commands
import Diagnostics
import Facts
import Foundation
import PolicyLanguage
import Reports
import Sessions
import Testing
import View

@testable import Workbench

@Suite("Answers in Chinese")
struct ChineseAnswersTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

  @Test("no English word in the answer of any command, on every scenario", arguments: OfferedLinesTests.scenarios)
  func answers(scenario: String) throws {
    let session = try desk(scenario)
    let dataset = try #require(session.state.scenario).scenario.dataset
    let isLarge = dataset.tables.reduce(0) { $0 + $1.count } > 1_000
    let isWhole = ProcessInfo.processInfo.environment["CESUAN_WHOLE_MATRIX"] != nil
    var lines = ["测算"] + examples(session, without: isLarge && !isWhole ? Self.heavy : [])
    if !isLarge { lines += ["变动分解", "修订对照", "审查"].map { "\($0) 宽松" } + ["历史", "导览"] }
    lines += ["假设", "测算", "测算 按 年度", "取消假设 1", "假设 无"]
    lines += ["测算"] + whyNot(session) + records(session)
    if isWhole { lines += everything }
    let found = lint(session, lines)
    #expect(found.isEmpty, "\(found)")
  }

  /// Commands that run a programme many times: over thousands of records they are asked only where everything is,
  /// with CESUAN_WHOLE_MATRIX set, which takes minutes.
  private static let heavy: Set<String> = [
    "readings", "sensitivity", "cliffs", "simulate", "sweep", "find", "attribute", "verify", "tour", "report",
  ]

  /// What has no examples of its own, or what would change the session that asks.
  private static let apart: Set<String> = ["quit", "language", "save", "load", "source"]

  @Test("every command is among those that are asked")
  func commands() throws {
    let session = try desk("agency-edge.yaml")
    let silent = WorkbenchCommands.vocabulary.forms.filter {
      !Self.apart.contains($0.name) && session.examples(of: $0).isEmpty
    }
    // Files that a reader has, what is left to do after another command, and years that this scenario has none of.
    let apart: Set<String> = ["import", "audit", "outturn", "new", "translate", "check", "emit", "project"]
    let askedOfDrafts: Set<String> = ["attribute", "amend", "history", "tour", "reset", "forget"]
    let known = apart.union(askedOfDrafts)
    #expect(Set(silent.map(\.name)).subtracting(known).isEmpty, "\(silent.map(\.name))")
  }

  /// Every way to part a costing, every document as adopted, and drafts with all that is asked of them.
  private var everything: [String] {
    var lines = Dimension.allCases.map { "测算 按 \($0.chinese[0])" } + ["测算 每 人", "明细 按 措施", "审查", "敏感性"]
    lines += Listing.allCases.map { "列出 " + $0.chinese[0] }
    for document in Library().ids {
      lines += ["测算 \(document) 假设本地采用", "明细", "比较 changle-2022，\(document)", "门槛 \(document)", "审查 \(document)"]
    }
    lines += ["明细", "未支付", "字段", "结果", "录用人员"].map { "查询 \"SELECT * FROM \($0) LIMIT 40\"" }
    lines += ["草案 甲 从 changle-2022：首次标准 = 400元，去掉 专员补助"]
    lines += ["差异", "比较"].map { "\($0) changle-2022，甲" } + ["修订对照 甲", "变动分解 甲", "审查 甲", "查看 甲"]
    return lines + ["测算说明", "绩效目标", "起草说明", "审签表"].map { "报告 " + $0 }
  }

  @Test("no English word in what is shown of documents, measures and names, in help, and in what is said of mistakes")
  func pages() throws {
    let session = try desk("agency-edge.yaml")
    let documents = session.library.documents
    var lines: [String] = []
    for document in documents { lines += ["查看 \(document.id)", "任务 \(document.id) 假设本地采用"] }
    lines += documents.flatMap(\.measures).filter { $0.form != .note }.map { "查看 \($0.typedName.zh)" }
    let names = NameTable(documents).all
    lines += zip(names, Settable.typedNames(names)).map { "查看 \($1.zh)" }
    lines += session.library.dictionary.lists.map { "查看 \($0.words.zh)" }
    lines += WorkbenchCommands.vocabulary.forms.map { "帮助 \($0.chinese[0])" }
    lines += HelpTopic.allCases.map { "帮助 \($0.chinese)" } + ["帮助"]
    lines += Listing.allCases.map { "列出 " + $0.chinese[0] }
    let found = lint(session, lines + mistakes)
    #expect(found.isEmpty, "\(found)")
  }

  @Test("no English word in the outputs of the Chinese notebooks")
  func notebooks() throws {
    let folder = Self.root.appending(path: "notebooks")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false))
      .filter { $0.hasSuffix(".zh.md") }.sorted()
    #expect(names.count > 5)
    let session = try desk("agency-edge.yaml")
    let ids = try OfferedLinesTests.scenarios.flatMap { ChineseLint(try desk($0)).ids }
    var lint = ChineseLint(session)
    for name in names {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      // What the notebook itself calls something: drafts, cohorts, records of a scenario of its own.
      lint.ids = Set(ids + ChineseAnswersTests.own(text))
      for line in ChineseAnswersTests.outputs(of: text) { lint.look(at: line, name) }
    }
    #expect(lint.found.isEmpty, "\(lint.report)")
  }

  /// The lines of a notebook's outputs.
  private static func outputs(of text: String) -> [String] {
    var out: [String] = []
    var isOutput = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isOutput = line.hasPrefix("```output")
      } else if isOutput {
        out.append(String(line))
      }
    }
    return out
  }

  /// The words of a notebook's own cells and prose.
  private static func own(_ text: String) -> [String] {
    let outputs = Set(outputs(of: text))
    return text.split(separator: "\n").map(String.init).filter { !outputs.contains($0) }.flatMap { line in
      line.split { !$0.isASCII || !($0.isLetter || $0.isNumber || "-_.@".contains($0)) }.map(String.init)
    }
  }

  private func desk(_ scenario: String) throws -> Desk {
    let session = Desk(library: Library(), language: .zh)
    session.suggestsNext = true
    let path = Self.root.appending(path: "scenarios/" + scenario).path(percentEncoded: false)
    try #require(!lint(session, ["加载 \"\(path)\""]).contains("failed"))
    return session
  }

  private func lint(_ session: Desk, _ lines: [String]) -> String {
    var lint = ChineseLint(session)
    for line in lines {
      session.play(SourceFile(name: "输入", text: line), keepGoing: true) { answer in
        lint.look(at: answer, to: line)
        return true
      }
    }
    return lint.report
  }

  /// Every command by its own examples, so that a new one is among them; files that are not there are a mistake.
  private func examples(_ session: Desk, without left: Set<String>) -> [String] {
    let forms = WorkbenchCommands.vocabulary.forms.filter {
      !Self.apart.contains($0.name) && !left.contains($0.name)
    }
    let lines = forms.flatMap { session.examples(of: $0) }.filter { !$0.contains("存入") }
    let documents = session.state.scenario.map { session.defaultDocuments($0) } ?? []
    return lines
      + documents.flatMap { document in Dimension.allCases.map { "测算 \(document.id) 按\($0.chinese[0])" } }
  }

  /// Why the first, the middle and the last record of every measure's list gets nothing.
  private func whyNot(_ session: Desk) -> [String] {
    let tables = session.state.scenario?.scenario.dataset.tables ?? []
    var lines: [String] = []
    for measure in session.state.scenario.map({ session.defaultDocuments($0) })?.flatMap(\.measures) ?? [] {
      guard measure.form != .note, case .list(let list)? = measure.frame?.base,
        let table = tables.first(where: { $0.declaration.name == list }), let ids = table.ids, table.count > 0
      else { continue }
      let rows = table.count > 1_000 ? [0] : Set([0, table.count / 2, table.count - 1]).sorted()
      lines += rows.map { "为何没有 \(measure.typedName.zh) 给 \(ids.text($0))" }
    }
    return lines
  }

  private func records(_ session: Desk) -> [String] {
    var lines: [String] = []
    for table in session.state.scenario?.scenario.dataset.tables ?? [] where table.count > 0 {
      lines.append("列出 \(table.declaration.words.zh)")
      guard let ids = table.ids else { continue }
      for row in Set([0, table.count - 1]).sorted() { lines += ["查看 \(ids.text(row))", "解释 \(ids.text(row))"] }
    }
    return lines
  }

  /// What goes wrong most often.
  private let mistakes = [
    "测算一下", "测算 长乐", "查看 没有的", "解释 没有的", "为何没有 没有的 给 没有的", "设定 没有的 = 4", "设定 核算日 = 四",
    "设定 核算日", "扫描 没有的 从 1 到 2", "求解 没有的 使 合计 = 100", "列出 没有的", "加载 没有的.yaml", "语言 法文",
    "比较 changle-2022", "测算 按没有的", "撤销 9", "核验 r99", "使用 没有的", "草案 没有的", "帮助 没有的", "明细 没有的",
    "敏感性 按 没有的", "模拟 没有的", "首次标准 = 400", "谁受损", "导出", "报告", "清屏", "设定 首次标准 = 四百", "设定 期限判断 = 没有的",
    "设定 首次月数 = 300元", "若 首次标准 = 400", "合计", "为何没有", "绘图 列出 措施", "上次 没有的", "计时 没有的",
  ]
}

/// Looks for English words in answers.
struct ChineseLint {
  /// What may stand in other letters.
  private static let allowed: [String: String] = [
    "id": "the head of a column of ids",
    "CSV": "the name of a form", "JSON": "the name of a form", "SVG": "the name of a form",
    "Markdown": "the name of a form", "YAML": "the name of a form", "Excel": "the name of a program",
    "csv": "a form, or the ending of a file's name", "json": "a form, or the ending of a file's name",
    "markdown": "a form as it is typed", "xlsx": "the ending of a file's name", "svg": "the ending of a file's name",
    "png": "the ending of a file's name", "docx": "the ending of a file's name", "html": "the ending of a file's name",
    "pdf": "the ending of a file's name", "duckdb": "the name of a program as it is typed",
    "DuckDB": "the name of a program", "spark": "the name of a program as it is typed",
    "Spark": "the name of a program",
    "spark-sql": "the name of a program as it is typed", "hires_from": "a key of scenario files",
    "Jupyter": "the name of a program", "ipynb": "the ending of a file's name",
    "sql": "a language as it is typed", "Parquet": "the name of a form", "ledger": "the table that a script ends with",
    "programme": "the parameter of a template",
    "yaml": "the ending of a file's name", "md": "the ending of a file's name",
    "policy": "what a fence of rules is called in Markdown", "force": "an option of the command line",
    "lang": "an option of the command line", "format": "an option of the command line",
    "Tab": "a key", "Enter": "a key", "Alt": "a key", "Alt-Enter": "a key", "editrc": "the name of a file",
    "bind": "a word of libedit", "vi": "the name of an editor", "emacs": "the name of an editor",
    "less": "the name of a program", "TERM": "a variable of the environment", "dumb": "a value of TERM",
    "cesuan/config": "the name of a file", "config/cesuan/config": "the name of a file",
    "cesuan/history": "the name of a file", "local/state/cesuan/history": "the name of a file",
    "cesuan": "the program's name",
    // Keys of JSON, which the page of formats names.
    "kind": "a key of JSON", "error": "a key of JSON", "message": "a key of JSON", "line": "a key of JSON",
    "column": "a key of JSON", "hint": "a key of JSON", "correction": "a key of JSON", "cut": "a key of JSON",
  ]

  /// A line that says that English will do as well says it in English.
  private static let english = "也可以用英文："

  private(set) var found: [String: String] = [:]
  var ids: Set<String>
  /// The keys under which scenario files state facts; they stand in brackets behind the fact's name.
  private let keys: Set<String>

  init(_ session: Desk) {
    var ids = Set(session.library.ids)
    for table in session.state.scenario?.scenario.dataset.tables ?? [] {
      guard let own = table.ids else { continue }
      for row in 0..<table.count { ids.insert(own.text(row)) }
    }
    if let name = session.state.scenario?.name { ids.insert(name) }
    self.ids = ids
    keys = Set(session.library.dictionary.lists.flatMap(\.fields).map(\.name))
  }

  var report: String {
    let grouped = Dictionary(grouping: found, by: \.value).map { place, words in
      "\(words.map(\.key).sorted().joined(separator: " ")) in \(place)"
    }
    return grouped.sorted().joined(separator: "\n")
  }

  mutating func look(at answer: Answer, to command: String) {
    // What is asked for as values for other programs has their names.
    for format in answer.format.map({ [$0].filter { $0 != .csv && $0 != .json } }) ?? [OutputFormat.table, .markdown] {
      let text = AnswerRenderer(format: format, language: .zh, width: 400).render(answer)
      for line in text.split(separator: "\n") { look(at: String(line), command) }
    }
    if answer.format == nil {
      let picture = AnswerRenderer(format: .picture, language: .zh)
      if answer.chart != nil { look(atPicture: picture.render(answer), command) }
      var sheet = AnswerRenderer(format: .csv, language: .zh)
      sheet.headsAreNames = true
      // Payments are as many as there are records, and all alike.
      for line in sheet.render(answer).split(whereSeparator: \.isNewline).prefix(200) {
        look(at: String(line), command)
      }
    }
    for problem in answer.diagnostics {
      look(at: problem.message.zh, command)
      if let hint = problem.hint { look(at: hint.zh, command) }
    }
    for line in answer.next + [answer.correction].compactMap(\.self) { look(at: line, command) }
  }

  /// The words of a picture: what stands between its tags, without its style.
  private mutating func look(atPicture text: String, _ command: String) {
    let bare = text.replacing(#/<style>[\s\S]*?<\/style>/#, with: "").replacing(#/<[^>]*>/#, with: "\n")
    for line in bare.split(separator: "\n") { look(at: String(line), command) }
  }

  mutating func look(at line: String, _ command: String) {
    if line.contains(ChineseLint.english) { return }
    for word in words(line) where found[word] == nil && !isAllowed(word) {
      found[word] = "`\(command)`: \(line.trimmingCharacters(in: .whitespaces).prefix(160))"
    }
  }

  /// Runs of letters, with the signs that ids and names of files have; what stands in 〔〕 is an id that was asked for.
  private func words(_ line: String) -> [String] {
    var out: [String] = []
    var word = ""
    var depth = 0
    for character in line + " " {
      if character == "〔" { depth += 1 }
      if character == "〕" { depth -= 1 }
      if depth == 0, character.isASCII, character.isLetter || character.isNumber || "_-./@*".contains(character) {
        word.append(character)
      } else {
        let bare = word.trimmingCharacters(in: CharacterSet(charactersIn: "-./*"))
        if bare.filter({ $0.isLetter }).count > 1, !(character == "）" && keys.contains(bare)) { out.append(bare) }
        word = ""
      }
    }
    return out
  }

  private func isAllowed(_ word: String) -> Bool {
    if ChineseLint.allowed[word] != nil || ids.contains(word) { return true }
    // One of a cohort, and a record's year.
    if let member = word.wholeMatch(of: /(.+)-[0-9]+/), ids.contains(String(member.1)) { return true }
    if let group = word.split(separator: "@").first, word.contains("@"), ids.contains(String(group)) { return true }
    // Fingerprints, codes of places that are no districts, keys pressed together, variables of the environment.
    if word.wholeMatch(of: /[0-9a-f]{16}|[0-9]{6}-[a-z]+|Ctrl-[A-Z]|[A-Z]+(_[A-Z]+)*/) != nil { return true }
    let endings = [".yaml", ".csv", ".md", ".svg", ".cesuan", ".html", ".xlsx", ".json", ".png", ".docx", ".pdf"]
    return endings.contains { word.hasSuffix($0) }
  }
}
