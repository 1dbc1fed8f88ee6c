// `timer`: whether answers tell how long they took.

import Answers
import Commands
import Diagnostics
import Sessions

/// Turns the telling of time on or off.
struct TimerCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "timer",
    chinese: ["计时"],
    meaning: Text("tell how long answers take, or not", zh: "是否显示用时"),
    usage: Text("timer on|off", zh: "计时 开|关"),
    group: .session,
    order: 7)

  let isOn: Bool

  package init(from parser: inout StatementParser) throws(Misread) {
    if parser.isAtEnd { throw parser.fail(.missing(Text("`on` or `off`", zh: "“开”或“关”"), usage: parser.usage)) }
    guard let choice = Preference.timer.choices.firstIndex(where: { $0.contains(parser.token.word) }) else {
      throw parser.fail(
        .unknownWord(
          parser.token.raw, what: Text("`on` or `off`", zh: "“开”或“关”"),
          choices: [Text("on", zh: "开"), Text("off", zh: "关")]))
    }
    parser.index += 1
    isOn = choice == 1
  }

  /// As it would be written in `set timer = on`.
  func value(at location: SourceRange) -> Written { Written(text: isOn ? "on" : "off", raw: "", location: location) }

  package func describe(to meaning: inout Meaning) {
    meaning.add("on", isOn ? "yes" : "no")
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    return try session.prefer([(.timer, value(at: command.location))])
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    after.isEmpty ? session.choices(.timer) : []
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("timer on", zh: "计时 开")]
  }

  static let isSpoken = false
  static let isShownAgain = false
}
