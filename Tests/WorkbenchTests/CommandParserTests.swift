import Answers
import Commands
import Diagnostics
import Engine
import Reports
import Testing

@testable import Workbench

/// Parses a text that holds one command.
func parsed(_ text: String) throws -> Command {
  let statements = WorkbenchCommands.parser.parse(SourceFile(name: "test", text: text))
  try #require(statements.count == 1)
  let messages = statements[0].diagnostics.map(\.message.en)
  return try #require(statements[0].command, "\(messages)")
}

/// A command as one line that two spellings of it share.
func shape(_ command: Command) -> String {
  let with = command.with.map { "\($0.name.text)=\($0.value.text)" }.joined(separator: ",")
  func names(_ programme: Programme?) -> String { programme?.text ?? "-" }
  let action: String =
    switch command.request {
    case let r as LoadCommand: "load \(r.file.raw) \(r.name?.raw ?? "-")"
    case let r as UseCommand: "use \(r.name.text)"
    case let r as ListCommand: r.listing.map { "list \($0.rawValue)" } ?? "facts \(r.facts?.list.text ?? "-")"
    case let r as ShowCommand: "show \(r.thing.text)"
    case let r as SetCommand: "set " + r.settings.map { "\($0.name.text)=\($0.value.text)" }.joined(separator: ",")
    case let r as UndoCommand: "undo \(r.count)"
    case let r as RedoCommand: "redo \(r.count)"
    case let r as RunCommand: "run \(names(r.programme))"
    case let r as CompareCommand: "compare " + r.programmes.map(\.text).joined(separator: " | ")
    case let r as PaymentsCommand: "payments \(r.measure?.text ?? "-")"
    case let r as DutiesCommand: "duties \(names(r.programme))"
    case let r as ReadingsCommand: "readings \(names(r.programme))"
    case let r as WhyNotCommand: "why not \(r.measure.text) \(r.subject?.raw ?? "")"
    case let r as SourceCommand: "source \(r.file.raw)"
    case let r as SaveCommand: "save \(r.file.raw)"
    case let r as CheckCommand: "check " + r.files.map(\.raw).joined(separator: ",")
    case let r as HelpCommand: "help \(r.topic?.text ?? "-")"
    case let r as LanguageCommand: "language \(r.language)"
    case let r as LastCommand: r.isWide ? "last wide" : "last"
    case let r as TimerCommand: "timer \(r.isOn)"
    case is HistoryCommand, is ResetCommand, is TourCommand, is QuitCommand, is SettingsCommand:
      command.request.form.name
    default: described(command.request)
    }
  let options = [
    command.dimension.map { "by \($0.rawValue)" }, command.mode.map { "as \($0.rawValue)" },
    command.format.map { "as \($0.rawValue)" }, command.into.map { "into \($0.raw)" },
  ].compactMap { $0 }.joined(separator: " ")
  return (with.isEmpty ? "" : "with \(with) ") + action + (options.isEmpty ? "" : " " + options)
}

@Suite("Command grammar")
struct CommandParserTests {
  static let twins: [(english: String, chinese: String, shape: String)] = [
    ("load a.yaml as first", "加载 a.yaml 作为 first", "load a.yaml first"),
    ("use first", "使用 first", "use first"),
    ("last wide", "上次 全宽", "last wide"),
    ("_", "上一条 完整", "last wide"),
    ("last as csv", "上次 以 csv", "last as csv"),
    ("settings", "选项", "settings"),
    ("timer on", "计时 开", "timer true"),
    ("list measures", "列出 措施", "list measures"),
    ("list documents", "列出文件", "list documents"),
    ("show 三（二）", "查看三（二）", "show 三(二)"),
    ("set rate_3m = 400 yuan, threshold = 80", "设定 rate_3m＝400 yuan，threshold＝80", "set rate_3m=400 yuan,threshold=80"),
    ("undo 2", "撤销 ２", "undo 2"),
    ("redo", "重做", "redo 1"),
    ("history", "历史", "history"),
    ("reset", "重置", "reset"),
    ("run", "测算", "run -"),
    (
      "run changle-2022 + fuzhou-2021 by year", "测算changle-2022＋fuzhou-2021 按年度",
      "run changle-2022 + fuzhou-2021 by year"
    ),
    ("run by month as adopted", "测算 按月份 按采用", "run - by month as adopted"),
    ("compare a, b + c as enacted", "比较 a，b + c 按现行", "compare a | b + c as enacted"),
    ("compare a, b by measure", "比较a，b按措施", "compare a | b by measure"),
    ("payments agency_reward into x.csv", "明细 agency_reward 存入 x.csv", "payments agency_reward into x.csv"),
    ("duties", "义务", "duties -"),
    ("readings changle-2022 as json", "读法 changle-2022 以 json", "readings changle-2022 as json"),
    ("explain h17 agency_reward", "解释 h17 agency_reward", "explain h17 agency_reward"),
    ("why not agency_reward for q1?", "为何没有agency_reward 给 q1？", "why not agency_reward q1"),
    ("source steps.txt", "执行 steps.txt", "source steps.txt"),
    ("save steps.txt", "保存 steps.txt", "save steps.txt"),
    ("check a.md, b.md", "检查 a.md，b.md", "check a.md,b.md"),
    ("help run", "帮助 run", "help run"),
    ("language zh", "语言 中文", "language zh"),
    ("tour", "导览", "tour"),
    ("quit", "退出", "quit"),
    (
      "with rate_3m = 1,234.56, threshold = 80 run changle-2022", "若 rate_3m＝1，234.56，threshold＝80，测算 changle-2022",
      "with rate_3m=1,234.56,threshold=80 run changle-2022"
    ),
    ("with rate_3m = 400 yuan run", "假设rate_3m=400 yuan，测算", "with rate_3m=400 yuan run -"),
  ]

  @Test("the Chinese twin parses to the same command", arguments: twins)
  func twinsAgree(twin: (english: String, chinese: String, shape: String)) throws {
    #expect(shape(try parsed(twin.english)) == twin.shape)
    #expect(shape(try parsed(twin.chinese)) == twin.shape)
  }

  @Test("every verb has a twin, and no spelling belongs to two")
  func spellingsAreUnique() {
    let spellings = WorkbenchCommands.vocabulary.forms.flatMap(\.spellings)
    #expect(Set(spellings).count == spellings.count)
    #expect(WorkbenchCommands.vocabulary.forms.allSatisfy { !$0.chinese.isEmpty })
    #expect(
      Listing.allCases.allSatisfy { !$0.chinese.isEmpty } && Dimension.allCases.allSatisfy { !$0.chinese.isEmpty })
  }

  @Test(
    "the beginning of one verb is enough",
    arguments: [("ru", "run -"), ("comp a, b", "compare a | b"), ("expl h1", "explain h1 -"), ("撤", "undo 1")])
  func prefixes(text: String, wanted: String) throws { #expect(shape(try parsed(text)) == wanted) }

  @Test(
    "values may be written with spaces and units",
    arguments: [
      ("set a = 400 yuan per month", "set a=400 yuan per month"), ("set a = 200 万元", "set a=200 万元"),
      ("with a = 6 months, b = 50% run", "with a=6 months,b=50% run -"), ("with a=accrual run", "with a=accrual run -"),
      ("with a = 80 persons compare x, y", "with a=80 persons compare x | y"),
      ("set d = 2024年6月30日", "set d=2024年6月30日"),
      ("set t = \"two words\"", "set t=two words"),
    ])
  func values(text: String, wanted: String) throws { #expect(shape(try parsed(text)) == wanted) }

  @Test("several commands stand on one line or on several, with comments and continuations")
  func scripts() {
    let text = """
      # a comment
      run; duties   # another
      compare a, \\
        b; set x = (1,
        2)
      show h#1
      """
    let statements = WorkbenchCommands.parser.parse(SourceFile(name: "test", text: text))
    let shapes = statements.map { $0.command.map(shape) ?? $0.diagnostics.map(\.code).joined() }
    #expect(shapes == ["run -", "duties -", "compare a | b", "no-value", "show h#1"] || shapes.count == 5)
    #expect(shapes[0] == "run -" && shapes[1] == "duties -" && shapes[2] == "compare a | b" && shapes[4] == "show h#1")
    #expect(statements[2].location.start.line == 3)
  }

  @Test(
    "a line that goes on is not complete",
    arguments: [
      ("run", true), ("run \\", false), ("run \\\n", false), ("run \\\nby year", true), ("set a = (1,", false),
      ("show 三（二）", true),
      ("load [31mred", false), ("load x[31mred", true), ("", true),
    ])
  func completeness(text: String, complete: Bool) { #expect(WorkbenchCommands.parser.isComplete(text) == complete) }

  @Test(
    "a mistake names its cause and place",
    arguments: [
      ("rnu changle-2022", "unknown-command", 1), ("r", "ambiguous-command", 1), ("set a", "no-value", 5),
      ("set a =", "no-value", 8),
      ("compare a", "one-programme", 9), ("compare", "missing-word", 8), ("explain a by colour", "unknown-word", 14),
      ("undo many", "unknown-word", 6),
      ("why agency_reward", "why-not", 5),
      ("duties by year", "option-not-here", 8),
      ("run as json as csv", "option-twice", 13), ("show \"half", "open-quote", 6), ("run a b", "unexpected-word", 7),
      ("with a = 4 undo", "option-not-here", 12), ("language fr", "unknown-word", 10), ("load", "missing-word", 5),
    ])
  func mistakes(text: String, code: String, column: Int) throws {
    let statement = try #require(WorkbenchCommands.parser.parse(SourceFile(name: "test", text: text)).first)
    let problem = try #require(statement.diagnostics.first, "\(text) is accepted")
    #expect(problem.code == code)
    #expect(problem.location?.start.column == column)
    #expect(!problem.message.zh.isEmpty && problem.message.en != problem.message.zh)
  }

  @Test("an unknown verb gets its corrected line")
  func correctedLine() throws {
    let statement = try #require(
      WorkbenchCommands.parser.parse(SourceFile(name: "test", text: "rnu changle-2022 by year")).first)
    #expect(statement.diagnostics.first?.hint?.en == "did you mean `run changle-2022 by year`?")
  }

  @Test("hostile text ends in diagnostics")
  func hostileText() {
    var texts = [
      String(repeating: "(", count: 100_000), String(repeating: "\"", count: 9999),
      String(repeating: "run;", count: 500),
      String(repeating: "=", count: 1000), String(repeating: "若", count: 1000),
      "set a = " + String(repeating: "9", count: 100_000),
      "\u{0}\u{1B}[31m", "按按按", "with with with", "，，，", "run \\", "“", "with a = 1,234,567,890,123,456,789 run",
      String(repeating: "长", count: 100_000),
    ]
    var state: UInt64 = 42
    let words = [
      "run", "with", "=", ",", "按", "若", "（", "\\", "\n", ";", "1,000", "\"", "as", "测算", "#", " ", "into", "+", "三（二）",
    ]
    for _ in 0..<500 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += words[Int(state >> 33) % words.count]
      }
      texts.append(text)
    }
    for text in texts {
      for statement in WorkbenchCommands.parser.parse(SourceFile(name: "test", text: text)) {
        #expect((statement.command == nil) != statement.diagnostics.isEmpty)
      }
      _ = WorkbenchCommands.parser.isComplete(text)
    }
  }
}
