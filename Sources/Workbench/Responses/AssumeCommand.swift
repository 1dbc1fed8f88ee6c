// `assume`: how people respond to a programme. Nothing is assumed by default, and static figures always stand beside.

import Answers
import Commands
import Diagnostics
import Engine
import Reports
import Sessions
import View

/// Assumes how people respond, until undone.
///
///     assume = "assume" [ "nothing" | assumption { "," assumption } ]
struct AssumeCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "assume",
    chinese: ["假设", "假定"],
    meaning: Text("how people respond, beside the static figures", zh: "假设人员如何反应，结果列在静态数字旁"),
    usage: Text(
      "assume [LIST [of NAME] respond 0.4 to NAME [within 0.5..1.5] | take-up of MEASURE 70% [from FILE]"
        + " | bunching at NAME within K | nothing]",
      zh: "假设 [清单 对 名称 弹性 0.4 [范围 0.5..1.5]｜措施 申领率 70% [依据 文件]｜凑足 门槛 范围 K｜无]"),
    more: Text(
      "`hires of agencies respond 0.4 to rate_3m`: for each per cent that the rate is above the document's, 0.4 % more "
        + "of these records come, never fewer than half as many nor more than half as many again, or within the bounds "
        + "that are written; records come again evenly over the list and as other persons. `take-up of M 70%`: every "
        + "payment of the measure counts with 70 % of its amount, as `outturn` has found it perhaps. `bunching at "
        + "agency_reward.threshold within 4`: whoever is up to four short of it brings the missing records. Estimates "
        + "(`run`, `compare`, `sweep`, `find`, `sensitivity`, `simulate`, `project`, `readings`, `attribute`) then "
        + "show both figures; lists of payments stay static. `assume` alone lists what is assumed, "
        + "`forget 1` takes one back, "
        + "`assume nothing` all.",
      zh:
        "“机构的录用人员 对 首次标准 弹性 0.4”：标准比文件每高 1%，这些记录多 0.4%，默认限于 0.5 至 1.5 倍；增减按清单均匀分摊，人员另计。"
        + "“机构奖励 申领率 70%”：该措施每笔支付按 70% 计，可取自“执行情况”的执行率。“凑足 起奖人数 范围 4”：差 4 人以内的补足到门槛。"
        + "测算、比较、扫描、求解、敏感性、模拟、逐年推算、口径、变动分解并列静态与含假设两种数字；支付明细保持静态。"
        + "“假设”列出各项，“取消假设 1”取消一项，“假设 无”全部取消。"),
    group: .whatIf)

  let items: [WrittenAssumption]
  /// Whether nothing is to be assumed any more.
  let isNothing: Bool

  package init(from parser: inout StatementParser) throws(Misread) {
    let words = ["nothing", "none", "无", "不作假设", "无假设"]
    isNothing = words.contains(parser.token.word)
    var items: [WrittenAssumption] = []
    if isNothing {
      parser.index += 1
    } else if !parser.isAtEnd, !parser.isOption(parser.token) {
      items.append(try WrittenAssumption(from: &parser))
      while parser.token.kind == .comma, !parser.isOption(parser.peek(1)) {
        parser.index += 1
        items.append(try WrittenAssumption(from: &parser))
      }
    }
    self.items = items
  }

  package func describe(to meaning: inout Meaning) {
    if isNothing { meaning.add("assume", "nothing") }
    for item in items { item.describe(to: &meaning) }
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let scenario = try session.scenario(at: command.location)
    if isNothing { return session.forget(session.assumed, by: command) }
    guard !items.isEmpty else { return AssumptionsAnswer(session.assumed).answer }
    let plain = session.runSettings(scenario, mode: .enacted, with: [])
    let reading = AssumptionReading(
      session.library, session.defaultDocuments(scenario), session.memorised(scenario, plain).0.dataset, plain)
    var next = session.state
    var lines: [[Span]] = []
    var records: [Record] = []
    let places = session.library.places
    for item in items {
      let setting = try reading.setting(item)
      let before = SettingView.current(setting.target, next, places)
      next.set(setting)
      let after = setting.text(places)
      lines.append(SettingView.line(setting.target, after, before: before))
      records.append(SettingView.record(setting.target.id, after, before: before))
    }
    session.log.change(next, by: command.text)
    let all = records
    return Answer(AnswerBody(blocks: [.lines(lines)]), records: all)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    AssumptionWords(session).words(position, after)
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [
      Text("assume take-up of \(n.measure) 70%", zh: "假设 \(n.zh.measure) 申领率 70%"),
      Text(
        "assume \(n.list) respond 0.4 to \(n.parameter) within 0.8..1.2",
        zh: "假设 \(n.zh.list) 对 \(n.zh.parameter) 弹性 0.4 范围 0.8..1.2"),
      Text("assume", zh: "假设"),
    ]
  }

  func next(in session: Desk) -> [Text] { [Text("run", zh: "测算"), Text("assume nothing", zh: "假设 无")] }

  static let isSpoken = false
  static let isShownAgain = false
}

/// What is assumed of how people respond, taken back one by one.
///
///     forget = "forget" ( NUMBER | NAME )
struct ForgetCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "forget",
    chinese: ["取消假设", "不再假设"],
    meaning: Text("take back what is assumed of how people respond", zh: "取消一项对人员反应的假设"),
    usage: Text("forget NUMBER|NAME", zh: "取消假设 序号|名称"),
    more: Text(
      "By its number in the list of `assume`, or by the measure or figure that it is about.",
      zh: "写“假设”所列序号，或其所涉的措施、数值。"),
    group: .whatIf)

  let which: Written

  package init(from parser: inout StatementParser) throws(Misread) {
    which = try parser.phrase(Text("a number or a name", zh: "序号或名称"))
  }

  package func describe(to meaning: inout Meaning) { meaning.add("which", which) }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    let all = session.assumed
    let found: [Setting]
    if let number = Int(which.text) {
      found = all.indices.contains(number - 1) ? [all[number - 1]] : []
    } else {
      let name = which.text
      found = all.filter { setting in
        let label = setting.target.label
        return setting.target.id.hasSuffix("." + name) || setting.target.id == name || label.zh.contains(name)
      }
    }
    guard found.count == 1 else { throw AssumeMistake.notAssumed(which.raw).refusal(at: which.location) }
    return session.forget(found, by: command)
  }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    guard after.isEmpty else { return [] }
    return session.assumed.enumerated().map {
      Completion(String($0.offset + 1), $0.element.target.label.in(session.language))
    }
  }

  static let isSpoken = false
  static let isShownAgain = false
}

extension Desk {
  /// What is assumed now, by the scenario and then in the session.
  var assumed: [Setting] {
    var all: [Setting] = []
    for (settings, source) in [(state.scenario?.settings ?? [], SettingSource.scenario), (state.settings, .session)] {
      for setting in settings where setting.isAssumption {
        all.removeAll { $0.target.id == setting.target.id }
        guard setting.value != .none else { continue }
        var setting = setting
        setting.source = source
        all.append(setting)
      }
    }
    return all
  }

  /// Takes back what is assumed; what the scenario assumes is set aside.
  func forget(_ some: [Setting], by command: Command) -> Answer {
    var next = state
    for setting in some {
      let isOfScenario = state.scenario?.settings.contains { $0.target.id == setting.target.id } ?? false
      next.set(Setting(setting.target, value: isOfScenario ? .none : .byDefault))
    }
    if !some.isEmpty { log.change(next, by: command.text) }
    let lines: [[Span]] = some.map {
      [Span("No longer assumed: ", zh: "不再假设：", .muted), Span($0.target.label, .name)]
    }
    let none: [[Span]] = [[Span("Nothing was assumed.", zh: "没有作过假设。")]]
    return Answer(
      AnswerBody(blocks: [.lines(lines.isEmpty ? none : lines)]),
      records: [Record(kind: "forgotten", ["assumptions": .ids(some.map(\.target.id))])])
  }
}

/// What is assumed, in a list.
struct AssumptionsAnswer: Sendable {
  private struct Row: Sendable {
    let number: Int
    let setting: Setting
    let assumption: Assumption
  }

  private let rows: [Row]

  init(_ settings: [Setting]) {
    rows = settings.enumerated().compactMap { i, setting in
      guard case .assumption(var assumption) = setting.target, case .raw(let raw) = setting.value else { return nil }
      assumption.number = raw
      return Row(number: i + 1, setting: setting, assumption: assumption)
    }
  }

  private var relation: Relation {
    Relation(
      title: Text("What is assumed of how people respond", zh: "对人员反应的假设"), of: rows,
      [
        .count("number", Text("No.", zh: "序号"), .essential) { Int64($0.number) },
        .id("assumption", Text("Assumption", zh: "假设"), .essential) { $0.assumption.id }
          .shown { [Span($0.assumption.label, .name)] },
        .words("value", Text("Value", zh: "取值"), .essential) { $0.assumption.text($0.assumption.number) }
          .role(.number),
        .words("source", Text("Set by", zh: "来源"), .useful) {
          $0.setting.source == .scenario ? Text("the scenario", zh: "情景") : Text("`assume`", zh: "“假设”")
        },
      ])
  }

  var answer: Answer {
    let none = AnswerBody(blocks: [
      .paragraph([
        Span("Nothing is assumed: all figures are static. ", zh: "没有作假设，数字均为静态。"),
        Span("Help: ", zh: "用法：", .muted), .command("help assume", zh: "帮助 假设"),
      ])
    ])
    return Answer(
      rows.isEmpty ? none : [.relation(relation)],
      records: [Record(kind: "assumptions", ["assumptions": .rows(relation)])])
  }
}

/// What completes an assumption.
struct AssumptionWords {
  private let session: Desk
  private let word: WhatIfWords

  init(_ session: Desk) {
    self.session = session
    word = WhatIfWords(session)
  }

  private func said(_ en: String, _ zh: String, _ meaning: Text) -> Completion {
    Completion(session.language == .zh ? zh : en, meaning.in(session.language))
  }

  private var figures: [Completion] {
    let names = NameTable(session.nearDocuments).all.filter { target in
      switch target {
      case .parameter, .value: true
      case .reading, .asOf, .mode, .budget, .assumption, .programme: false
      }
    }
    return zip(names, Settable.typedNames(names)).map { target, name in
      Completion(name.in(session.language), target.meaning?.in(session.language) ?? "")
    }
  }

  private var measures: [Completion] {
    session.nearDocuments.flatMap(\.measures).filter { !$0.pays.isEmpty }.map {
      Completion(session.language == .zh ? $0.words.zh : $0.name, $0.title.in(session.language))
    }
  }

  func words(_ position: CursorContext, _ after: [Token]) -> [Completion] {
    let isChinese = session.language == .zh
    switch position.previous {
    case "to", "对", "随", "at", "凑足": return figures
    case "of": return after.first?.word == "take-up" ? measures : []
    case "bunching": return [Completion("at")]
    case "respond", "弹性": return [Completion("0.4", Text("% for 1 %", zh: "每 1% 的变动").in(session.language))]
    default: break
    }
    guard after.isEmpty else {
      return isChinese
        ? [
          said("", "对", Text("a figure", zh: "所对的数值")), said("", "弹性", Text("", zh: "每 1% 变动多少")),
          said("", "申领率", Text("", zh: "申领的比例")), word(.within, Text("bounds", zh: "上下限")),
        ]
        : [
          said("respond", "", Text("by how much", zh: "")), Completion("of"), Completion("to"),
          word(.within, Text("bounds", zh: "上下限")),
        ]
    }
    let lists = session.state.scenario?.scenario.dataset.tables.filter { $0.count > 0 }.map(\.declaration) ?? []
    return (isChinese ? measures : [said("take-up", "", Text("the share that is claimed", zh: ""))])
      + lists.map { Completion(isChinese ? $0.words.zh : $0.name, $0.title.in(session.language)) }
      + [
        said("bunching", "凑足", Text("those who are short of a threshold", zh: "差一点达到门槛的补足")),
        said("nothing", "无", Text("take all back", zh: "全部取消")),
      ]
  }
}
