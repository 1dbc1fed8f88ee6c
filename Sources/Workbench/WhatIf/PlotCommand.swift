// `plot`: a result drawn, in the window or into a file.

import Commands
import Diagnostics

/// Draws a result.
struct PlotCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "plot",
    chinese: ["绘图", "画图"],
    meaning: Text("draw a result, in the window or into an SVG file", zh: "绘制结果，显示或存为 SVG"),
    usage: Text("plot [r3|COMMAND] [into FILE.svg]", zh: "绘图 [r3|命令] [存入 文件.svg]"),
    more: Text(
      "Answers about money are numbered: r1, r2, …; the number names one later.", zh: "涉及金额的回答都有编号 r1、r2……，此后可用编号引用。"),
    group: .proposals,
    options: [.settings, .mode])

  /// An earlier result; nil where a command is drawn, or the last result that has a chart.
  let result: Written?
  /// A command that is carried out now.
  let inner: [Command]

  package init(from parser: inout StatementParser) throws(Misread) {
    if parser.isAtEnd || parser.isOption(parser.token) {
      (result, inner) = (nil, [])
    } else if parser.token.kind == .word, ResultName.isOne(parser.token.text) {
      (result, inner) = (parser.written(parser.token), [])
      parser.index += 1
    } else {
      let first = parser.token
      let command = try parser.request().command
      guard command.request.form.isDrawable else {
        throw parser.fail(.notHere("plot", verb: command.request.form.name), at: first)
      }
      (result, inner) = (nil, [command])
    }
  }

  package var optionForm: CommandForm { inner.first?.request.form ?? PlotCommand.form }

  package func describe(to meaning: inout Meaning) {
    meaning.add("result", result)
    meaning.add("draw", inner.first)
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.plot(result, inner.first, command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    guard after.isEmpty else { return [] }
    return WhatIfWords.results(session) + session.commandWords(all: !position.partial.isEmpty)
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text(
        "plot sweep \(n.parameter) from \(n.low) to \(n.high) step \(n.step)",
        zh: "绘图 扫描 \(n.parameter) 从 \(n.low) 到 \(n.high) 步长 \(n.step)")
    ]
  }
}
