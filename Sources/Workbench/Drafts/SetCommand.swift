// `set`: parameters, readings, values and dates that hold until undone, and how answers look.

import Answers
import Commands
import Diagnostics
import Sessions
import View

/// Sets something until undone.
struct SetCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "set",
    chinese: ["设定", "设置", "设"],
    meaning: Text("set a parameter, reading, value or as_of until undone", zh: "设定参数、口径、引用标准或核算日，直到撤销"),
    usage: Text("set NAME = VALUE, …", zh: "设定 名称 = 值，…"),
    more: Text(
      "Any unique end of a name will do. `default` takes a setting back, `as_of = none` forgets the date.",
      zh: "名称写能唯一识别的末尾部分即可。“名称 = 默认”取消设定，“核算日 = 无”取消核算日。"),
    group: .whatIf)

  let settings: [Assignment]

  package init(from parser: inout StatementParser) throws(Misread) {
    var settings = [try parser.assignment(beforeVerb: false)]
    while parser.token.kind == .comma {
      parser.index += 1
      settings.append(try parser.assignment(beforeVerb: false))
    }
    self.settings = settings
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("set", settings)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let preferred = settings.compactMap { one in session.preference(one.name).map { ($0, one.value) } }
    if preferred.count == settings.count { return try session.prefer(preferred) }
    let understood = try session.understand(
      settings.filter { session.preference($0.name) == nil }, in: session.nearDocuments)
    var next = session.state
    var lines: [[Span]] = []
    var records: [Record] = []
    for setting in understood {
      let before = session.now(setting.target, next)
      next.set(setting)
      let after = session.now(setting.target, next)
      lines.append(SettingView.line(setting.target, after, before: before))
      records.append(SettingView.record(setting.target.id, after, before: before))
    }
    let owners = session.library.documents.filter { document in
      understood.contains { $0.target.id.hasPrefix(document.id + ".") }
    }
    try TableOrder.demand(owners, next.settings, at: settings[0].name.location)
    // What is refused changes nothing, the look of answers included.
    let told = preferred.isEmpty ? nil : try session.prefer(preferred)
    session.log.change(next, by: command.text)
    let all = records + (told?.records ?? [])
    var body: AnswerBody = [.block(.lines(lines))]
    if let told { body.append(told.body) }
    return Answer(body, records: all)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    after.isEmpty
      ? session.names(forSet: true) : [Completion("=", Text("and a value", zh: "后接值").in(session.language))]
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text("set \(n.parameter) = \(n.value)", zh: "设定 \(n.zh.parameter) = \(n.zh.value)"),
      Text("set \(n.reading) = \(n.choice)", zh: "设定 \(n.zh.reading) = \(n.zh.choice)"),
      Text("set unit = 万", zh: "设定 单位 = 万"),
    ]
  }

  func next(in session: Desk) -> [Text] {
    [Text("run", zh: "测算"), Text("undo", zh: "撤销")]
  }

  static let isSpoken = false
  static let isShownAgain = false
  static let namesPreferences = true
}
