// `settings`: how answers look and what is set, each with its source.

import Answers
import Commands
import Diagnostics
import Sessions
import View

/// Lists preferences and settings.
struct SettingsCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "settings",
    chinese: ["选项", "偏好"],
    meaning: Text("how answers look and what is set, each with its source", zh: "显示方式与各项设定及其来源"),
    usage: Text("settings", zh: "选项"),
    more: Text(
      "A later source wins: default, config (~/.config/cesuan/config), environment (CESUAN_UNIT, …), command "
        + "line, session. `set NAME = VALUE` changes one, `set NAME = default` takes it back.",
      zh: "后面的来源优先：默认、配置文件（~/.config/cesuan/config）、环境变量（CESUAN_UNIT 等）、命令行、本次会话。用“设定 名称 = 值”更改，“设定 名称 = 默认”恢复。"),
    group: .session,
    order: 6)

  package init(from parser: inout StatementParser) throws(Misread) {}

  package func describe(to meaning: inout Meaning) {}

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    SettingsCommand.answer(in: session)
  }

  /// Every preference with its value and where it comes from, and what is set for runs.
  static func answer(in session: Desk) -> Answer {
    let hint: [Span] = [
      Span("Change one: ", zh: "更改："), .command(session.language == .zh ? "设定 单位 = 万" : "set unit = 万"),
      Span("; to keep it, put the line into ", zh: "；要长期保留，请把这一行写入 "),
      .data(session.configFile ?? "~/.config/cesuan/config", .name),
      Span(".", zh: "。"),
    ]
    return SettingsAnswer(entries(of: session)).answer(hint)
  }

  private static func entries(of session: Desk) -> [SettingsAnswer.Entry] {
    typealias Entry = SettingsAnswer.Entry
    let languages = Text("language: `language zh`, `language en`", zh: "语言：`语言 英文`、`语言 中文`")
    var entries = [
      Entry(
        Text("language", zh: "语言"), Text(session.language.rawValue, zh: session.language == .zh ? "中文" : "英文"),
        session.preferences.languageSource, languages)
    ]
    for preference in Preference.allCases {
      entries.append(
        Entry(
          Text(preference.rawValue, zh: preference.chinese), preference.words(session.preferences.value(preference)),
          session.preferences.source(preference), preference.meaning))
    }
    for setting in session.state.settings {
      entries.append(
        Entry(
          setting.target.label, setting.text(session.library.places), (.session, ""),
          setting.target.meaning ?? .same("")))
    }
    for own in session.state.scenario?.settings ?? [] where session.state.setting(own.target.id) == nil {
      entries.append(
        Entry(
          own.target.label, own.text(session.library.places), word: "scenario", title: Text("scenario", zh: "情景"),
          own.target.meaning ?? .same("")))
    }
    return entries
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("settings", zh: "选项"), Text("set unit = 万", zh: "设定 单位 = 万")]
  }

  static let isSpoken = false
}
