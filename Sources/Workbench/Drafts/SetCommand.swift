// `set`: parameters, readings, values and dates that hold until undone, and how answers look.

import Commands
import Diagnostics

/// Sets something until undone.
struct SetCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "set",
    chinese: ["设定", "设置", "设"],
    meaning: Text("set a parameter, reading, value or as_of until undone", zh: "设定参数、读法、引用值或截止日，直到撤销"),
    usage: Text("set NAME = VALUE, …", zh: "设定 名称 = 值，…"),
    more: Text(
      "Any unique end of a name will do. `default` takes a setting back, `as_of = none` forgets the date.",
      zh: "名称写能唯一识别的末尾部分即可。`default` 取消设定，`as_of = none` 取消截止日。"),
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

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.set(settings, command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    after.isEmpty
      ? session.names(forSet: true) : [Completion("=", Text("and a value", zh: "后接值").in(session.language))]
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text("set \(n.parameter) = \(n.value)", zh: "设定 \(n.parameter) = \(n.value.replacing(" yuan", with: "元"))"),
      Text("set \(n.reading) = \(n.choice)", zh: "设定 \(n.reading) = \(n.choice)"),
      Text("set unit = 万", zh: "设定 单位 = 万"),
    ]
  }

  func next(in session: Session) -> [Text] {
    [Text("run", zh: "测算"), Text("undo", zh: "撤销")]
  }

  static let isSpoken = false
  static let isShownAgain = false
  static let namesPreferences = true
}
