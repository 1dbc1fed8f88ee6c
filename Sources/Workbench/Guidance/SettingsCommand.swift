// `settings`: how answers look and what is set, each with its source.

import Commands
import Diagnostics

/// Lists preferences and settings.
struct SettingsCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "settings",
    chinese: ["选项", "偏好"],
    meaning: Text("how answers look and what is set, each with its source", zh: "显示方式与各项设定及其来源"),
    usage: Text("settings", zh: "选项"),
    more: Text(
      "A later source wins: default, config (~/.config/cesuan/config), environment (CESUAN_UNIT, …), command line, session. `set NAME = VALUE` changes one, `set NAME = default` takes it back.",
      zh: "后面的来源优先：默认、配置文件（~/.config/cesuan/config）、环境变量（CESUAN_UNIT 等）、命令行、本次会话。用“设定 名称 = 值”更改，“设定 名称 = default”恢复。"),
    group: .session,
    order: 6)

  package init(from parser: inout StatementParser) throws(Misread) {}

  package func describe(to meaning: inout Meaning) {}

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return session.listSettings()
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("settings", zh: "选项"), Text("set unit = 万", zh: "设定 单位 = 万")]
  }

  static let isSpoken = false
}
