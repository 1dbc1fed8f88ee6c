// `sweep`: the total along a parameter, a reading or two of them.

import Commands
import Diagnostics

/// Runs a programme along one or two axes.
/// 
///     sweep = "sweep" axis { "," axis } [ "in" programme { "," programme } ]
///     axis  = NAME [ "from" value "to" value [ "step" value ] ]
struct SweepCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "sweep",
    chinese: ["扫描", "逐点"],
    meaning: Text("the total along a parameter, a reading or two of them", zh: "参数或读法逐点变化时的合计"),
    usage: Text("sweep NAME from A to B [step C][, NAME …] [in PROGRAMME]", zh: "扫描 名称 从 A 到 B [步长 C][，名称 …] [于 方案]"),
    more: Text(
      "Without a range every choice of a reading is tried. Two names give a grid. Without a programme it is about what was asked last.",
      zh: "读法不写范围时逐一试全部选项；两个名称得到一张网格。不写方案时沿用上次所问。"),
    group: .proposals,
    options: [.settings, .mode],
    isDrawable: true)

  let request: SweepRequest

  package init(from parser: inout StatementParser) throws(Misread) {
    parser.splitKeywords()
    var axes = [try SweepCommand.axis(&parser)]
    while parser.token.kind == .comma, !parser.isOption(parser.peek(1)) {
      parser.index += 1
      axes.append(try SweepCommand.axis(&parser))
    }
    var programmes: [Programme] = []
    if Keyword.in.matches(parser.token.word) {
      repeat {
        parser.index += 1
        programmes.append(try parser.programme())
      } while parser.token.kind == .comma && !parser.isOption(parser.peek(1))
    }
    request = SweepRequest(axes: axes, programmes: programmes)
  }

  private static func axis(_ parser: inout StatementParser) throws(Misread) -> SweepRequest.Axis {
    let name = try parser.one(Text("a parameter or reading", zh: "参数或读法"))
    guard let range = try parser.range() else { return SweepRequest.Axis(name: name, range: nil, step: nil) }
    var step: Written?
    if Keyword.step.matches(parser.token.word) {
      parser.index += 1
      step = try parser.figure(Text("the step's size", zh: "步长"))
    }
    return SweepRequest.Axis(name: name, range: range, step: step)
  }

  package func describe(to meaning: inout Meaning) {
    for axis in request.axes {
      meaning.add("axis", axis.name)
      meaning.add("from", axis.range?.from)
      meaning.add("to", axis.range?.to)
      meaning.add("step", axis.step)
    }
    for programme in request.programmes { meaning.add("in", programme) }
  }

  func perform(in session: Session, _ command: Command) throws(Refusal) -> Answer {
    return try session.sweep(request, command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Session) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    if after.isEmpty || WhatIfWords.isInList(after) { return session.settables() }
    if let name = WhatIfWords.axis(position, after) { return session.values(of: name) }
    let word = WhatIfWords(session)
    return [
      word(.from, Text("where to begin", zh: "起点")), word(.to, Text("where to end", zh: "终点")),
      word(.step, Text("the step's size", zh: "步长")), word.programme,
    ]
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text(
        "sweep \(n.parameter) from \(n.low) to \(n.high) step \(n.step)",
        zh: "扫描 \(n.parameter) 从 \(n.low) 到 \(n.high) 步长 \(n.step)"),
      Text("sweep \(n.reading)", zh: "扫描 \(n.reading)"),
    ]
  }
}

/// `sweep NAME from A to B [step C], ... [in PROGRAMME, ...]`
struct SweepRequest: Sendable {
  struct Axis: Sendable {
    let name: Written
    /// Nil for readings, of which every choice is taken.
    let range: (from: Written, to: Written)?
    let step: Written?
  }

  let axes: [Axis]
  let programmes: [Programme]
}
