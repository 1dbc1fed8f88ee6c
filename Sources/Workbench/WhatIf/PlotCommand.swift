// `plot`: a result drawn, in the window or into a file.

import Answers
import Commands
import Diagnostics
import Sessions
import View

/// Draws a result.
struct PlotCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "plot",
    chinese: ["绘图", "画图"],
    meaning: Text("draw a result, in the window or into a picture", zh: "绘制结果，显示或存为图片"),
    usage: Text("plot [r3|COMMAND] [into FILE.svg]", zh: "绘图 [r3|命令] [存入 文件.svg]"),
    more: Text(
      "Answers about money are numbered: r1, r2, …; the number names one later. A picture may be .svg, with its "
        + "data as CSV beside it, or .png.",
      zh: "涉及金额的回答都有编号 r1、r2……，此后可用编号引用。图片可存为 .svg（旁附 CSV 数据）或 .png。"),
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
        throw parser.fail(.notHere("plot", of: command.request.form), at: first)
      }
      (result, inner) = (nil, [command])
    }
  }

  package var optionForm: CommandForm { inner.first?.request.form ?? PlotCommand.form }

  package func describe(to meaning: inout Meaning) {
    meaning.add("result", result)
    meaning.add("draw", inner.first)
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let drawn: Drawn
    switch try self.drawn(in: session, command) {
    case .chart(let found): drawn = found
    case .failed(let answer): return answer
    }
    guard let file = command.into, Files.ending(file.raw) == "svg" else {
      var answer = Answer(Document([.chart(drawn.chart)]), records: [PlotCommand.record(drawn)])
      answer.chart = drawn.chart
      return answer
    }
    return try draw(drawn, into: file, in: session)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    guard after.isEmpty else { return [] }
    return WhatIfWords.results(session) + session.commandWords(all: !position.partial.isEmpty)
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text(
        "plot sweep \(n.parameter) from \(n.low) to \(n.high) step \(n.step)",
        zh: "绘图 扫描 \(n.zh.parameter) 从 \(n.low) 到 \(n.high) 步长 \(n.step)")
    ]
  }
}

extension PlotCommand {
  /// A chart and what it is of: a result, or a command that has no number.
  private struct Drawn {
    let chart: Chart
    let about: String
    /// What held in it.
    let settings: [ChangedSettings]

    /// What stands below the title, of many settings all.
    func ground(_ language: Language) -> String? {
      guard let subtitle = chart.subtitle?.in(language) else { return nil }
      return settings.sentence(language) == subtitle ? settings.sentence(language, isWhole: true) : subtitle
    }
  }

  private enum Found {
    case chart(Drawn)
    /// The answer of a command that was to be drawn.
    case failed(Answer)
  }

  private func drawn(in session: Desk, _ command: Command) throws(Refusal) -> Found {
    var chart: Chart?
    var about = ""
    var settings: [ChangedSettings] = []
    if var inner = inner.first {
      inner.grouping = command.grouping
      inner.per = command.per
      inner.engine = command.engine
      inner.mode = command.mode
      if inner.with.isEmpty { inner.with = command.with }
      let answer = session.perform(inner)
      if answer.failed { return .failed(answer) }
      chart = answer.chart
      settings = answer.settings
      about = answer.result?.name ?? inner.text
      session.evidence = nil
    } else if let result {
      let found = try session.result(result)
      chart = session.charts[found.number]
      about = found.name
      settings = session.changedSettings(found.evidence)
      session.rest(on: found.evidence)
    } else {
      guard let found = session.results.all.last(where: { session.charts[$0.number] != nil }) else {
        throw Refusal(.whatIf(.nothingToPlot), at: command.location)
      }
      chart = session.charts[found.number]
      about = found.name
      settings = session.changedSettings(found.evidence)
      session.rest(on: found.evidence)
    }
    guard let chart else { throw Refusal(.whatIf(.notPlotted(about)), at: result?.location ?? command.location) }
    return .chart(Drawn(chart: chart, about: about, settings: settings))
  }

  private static func record(_ drawn: Drawn) -> Record {
    let table = drawn.chart.table
    return Record(
      kind: "chart",
      [
        "of": .id(drawn.about),
        "columns": .list(table.columns.map { column in column.key.map { Datum.id($0) } ?? Datum.words(column.title) }),
        "rows": .list(table.sections.flatMap(\.rows).map { .list($0.cells.map { Datum(drawn: $0) }) }),
      ])
  }

  /// Writes the picture, and its data as CSV beside it.
  private func draw(_ drawn: Drawn, into file: Written, in session: Desk) throws(Refusal) -> Answer {
    let svg = SVGRenderer(language: session.language, isStandalone: true).render(drawn.chart)
    let table = CSVRenderer(
      language: session.language, keys: !session.preferences.headsAreNames(session.language, isFile: true),
      companions: drawn.ground(session.language).map {
        [(Text("settings", zh: "设定").in(session.language), $0)]
      } ?? []
    )
    .render(drawn.chart.table)
    let data = String(file.raw.dropLast(4)) + ".csv"
    let replaces = try session.put(svg, into: file)
    // The name of the data's file is ours and not the user's: what lies there is left alone, whatever else is allowed,
    // be it another answer of this run.
    let isTaken: Bool
    do { isTaken = try session.door.write(beside: UTF8Mark.text + table, to: session.path(data)) == false } catch {
      throw Refusal(.writing(data, error), at: file.location)
    }
    var line: [Span] = [Span("Drawn into ", zh: "已绘制到 "), .data(file.raw, .name)]
    if replaces { line.append(Span(", in place of what was there", zh: "，替换了原有文件")) }
    line +=
      isTaken
      ? [
        Span("; its data are not written: ", zh: "；数据未写出："), .data(data, .name),
        Span(" was there already and is not what `plot` has written.", zh: " 已存在，且不是“绘图”所写。"),
      ] : [Span("; its data are in ", zh: "；数据在 "), .data(data, .name), Span(".", zh: "。")]
    var answer = Answer(
      Document([.paragraph(line)]),
      records: [
        Record(
          kind: "written",
          [
            "file": .id(file.raw), "data": isTaken ? .none : .id(data), "of": .id(drawn.about),
            "replaced": .flag(replaces),
          ])
      ])
    answer.isWritten = true
    return answer
  }
}

extension Datum {
  /// A cell of a chart's own table.
  init(drawn cell: Cell) {
    switch cell {
    case .money(let fen): self = .money(fen: fen)
    case .integer(let value): self = .count(value)
    case .empty: self = .none
    case .spans, .change, .percent, .date: self = .id(cell.plain(.en))
    }
  }
}
