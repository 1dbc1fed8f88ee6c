// What held in an answer and is not what the documents say, in words and for every form. Knows nothing of how it came
// to hold.

import Answers
import Diagnostics
import Reckoning
import Sessions
import View

/// What stands beside the figures of the answer that is being made.
enum BesideFigures {
  /// Whether those with what is assumed do; else the answer is without what is assumed.
  @TaskLocal static var areListed = true
}

/// Settings in force, in words.
enum SettingsText {
  /// `rate_3m = 400 yuan, …`; where several set the same thing, who goes before whom.
  static func spans(_ inForce: SettingsInForce, _ places: Gazetteer) -> [Span] {
    var lines: [[Span]] = []
    var rest = inForce.settings[...]
    while let setting = rest.first {
      let series = rest.prefix { $0.series != nil && $0.series == setting.series }
      if series.count > mostDays {
        lines.append(short(Array(series), places))
        rest = rest.dropFirst(series.count)
      } else {
        lines.append(line(setting, places))
        rest = rest.dropFirst()
      }
    }
    return .joined(lines)
  }

  /// How many figures of a value by date are told one by one.
  private static let mostDays = 3

  /// `lpr.2019-08-20 = 4.25% to lpr.2024-10-21 = 3.1% (63 figures)`
  private static func short(_ series: [Setting], _ places: Gazetteer) -> [Span] {
    guard let first = series.first, let last = series.last else { return [] }
    return line(first, places) + [Span(" to ", zh: " 至 ", .muted)] + line(last, places)
      + [Span(Text(" (\(series.count) figures)", zh: "（共 \(series.count) 个数值）"), .muted)]
  }

  private static func line(_ setting: Setting, _ places: Gazetteer) -> [Span] {
    // What a draft is has commas of its own.
    if case .programme = setting.target { return definition(setting, places) }
    var spans: [Span] = [
      Span(setting.target.label, .name), Span(" = ", zh: "＝"), Span(setting.text(places), .number),
    ]
    guard !setting.over.isEmpty else { return spans }
    spans.append(Span(" (", zh: "（", .muted))
    spans.append(Span(who(setting.source), .muted))
    for other in setting.over.reversed() {
      spans += [
        Span(" before ", zh: "先于", .muted), Span(who(other.source), .muted), Span(" ", zh: " ", .muted),
        Span(other.text(places), .muted),
      ]
    }
    spans.append(Span(")", zh: "）", .muted))
    return spans
  }

  /// `less (changle-2022 without base_operating)`
  private static func definition(_ setting: Setting, _ places: Gazetteer) -> [Span] {
    [
      Span(setting.target.label, .name), Span(" (", zh: "（", .muted), Span(setting.text(places), .muted),
      Span(")", zh: "）", .muted),
    ]
  }

  /// Behind other words of a line; nothing where nothing differs.
  /// - Parameter lead: what leads to them.
  static func further(
    _ inForce: SettingsInForce, _ places: Gazetteer, lead: Text = Text("; with ", zh: "；设定 ")
  ) -> [Span] {
    let shown = inForce.withoutDate.withoutAssumptions, assumed = inForce.assumptions
    var line = shown.isEmpty ? [] : [Span(lead)] + spans(shown, places)
    if !assumed.isEmpty {
      line += [Span("; ", zh: "；"), Span(how(inForce))]
      line += spans(assumed, places)
    }
    return line
  }

  /// For several programmes side by side: one line where the same holds for all, else one for each.
  static func lines(_ runs: [Session.Run], _ places: Gazetteer) -> [[Span]] {
    lines(runs.map { Ground($0.programme, $0.inForce.withoutDate) }, places)
  }

  /// The same of what an answer rests on.
  /// - Parameter tellsMode: whether the mode of each is told, which no heading says.
  static func lines(_ grounds: [Ground], _ places: Gazetteer, tellsMode: Bool = false) -> [[Span]] {
    let isOne = Set(grounds.map(\.programme)).count == 1
    let told = grounds.map { ground -> (String, [Span]) in
      func isOwn(_ setting: Setting) -> Bool {
        if case .programme(let name, _) = setting.target { name == ground.programme && !isOne } else { false }
      }
      // A line that begins with a draft's name says behind it what it is.
      let own = ground.inForce.settings.first(where: isOwn)
      let inForce = ground.inForce.only { !isOwn($0) }
      let shown = inForce.withoutAssumptions, assumed = inForce.assumptions
      var line: [Span] = own.map { Array(definition($0, places).dropFirst()) } ?? []
      if tellsMode, inForce.scenario != nil {
        if !line.isEmpty { line.append(Span("; ", zh: "；", .muted)) }
        line.append(Span(inForce.mode.title, .muted))
      }
      if !shown.isEmpty {
        if !line.isEmpty { line.append(Span("; ", zh: "；", .muted)) }
        line += [Span("with ", zh: "设定 ", .muted)] + spans(shown, places)
      }
      if !assumed.isEmpty {
        if !line.isEmpty { line.append(Span("; ", zh: "；", .muted)) }
        line.append(Span(how(inForce), .muted))
        line += spans(assumed, places)
      }
      return (ground.programme, line)
    }
    guard told.contains(where: { !$0.1.isEmpty }) else { return [] }
    if Set(told.map { $0.1.map(\.text.en).joined() }).count == 1 { return [told[0].1] }
    return told.map { name, line in
      [.data(name, .name)]
        + (line.isEmpty
          ? [Span(" as the documents say", zh: " 照文件所写", .muted)]
          : line.first?.text.en == " (" ? line : [Span(" ", zh: " ", .muted)] + line)
    }
  }

  /// What becomes of what is assumed, before it is named.
  private static func how(_ inForce: SettingsInForce) -> Text {
    if inForce.isResponding { return Text("assuming ", zh: "假设 ") }
    if inForce.engine != nil { return Text("assumed, and not reckoned there: ", zh: "已作假设、由引擎计算时不计：") }
    return BesideFigures.areListed
      ? Text("beside it assumed: ", zh: "另列假设：") : Text("without what is assumed: ", zh: "不含假设：")
  }

  private static func who(_ source: SettingSource) -> Text {
    switch source {
    case .scenario: Text("the scenario", zh: "情景")
    case .session: Text("`set`", zh: "“设定”")
    case .draft: Text("the draft", zh: "草案")
    case .command: Text("`with`", zh: "“若”")
    }
  }
}

extension SettingsInForce {
  /// Without the date, which stands in the heading by itself.
  fileprivate var withoutDate: SettingsInForce {
    only { if case .asOf = $0.target { !$0.over.isEmpty } else { true } }
  }
}

extension Desk {
  /// An answer that rests on runs says what held in them: in its object, in its records, and under its chart.
  func tellSettings(_ answer: inout Answer) {
    answer.settings = changed(grounds) { $0 }
    // What is assumed says itself beside a chart what it does.
    let plain = changed(grounds, \.withoutAssumptions)
    guard let chart = answer.chart, chart.subtitle == nil, let en = plain.sentence(.en), let zh = plain.sentence(.zh)
    else { return }
    answer.chart = chart.with(subtitle: Text(en, zh: zh))
    answer.body = answer.body.replacingCharts { $0.with(subtitle: Text(en, zh: zh)) }
  }

  /// What differed from the documents in an earlier result, in a line; nil where nothing did.
  func changed(_ evidence: Evidence) -> Text? {
    let all = changedSettings(evidence)
    return all.text(.en).flatMap { en in all.text(.zh).map { Text(en, zh: $0) } }
  }

  /// The same for every form.
  func changedSettings(_ evidence: Evidence) -> [ChangedSettings] {
    // What stood beside the figures then is not told by what asks now.
    BesideFigures.$areListed.withValue(true) { changed(evidence.parts.map(\.ground)) { $0 } }
  }

  /// What is told of programmes in every form; the table of places is asked only where something is, since making it
  /// takes a fifth of what `help` needs from start to end.
  func changed(
    _ grounds: [Ground], _ wanted: (SettingsInForce) -> SettingsInForce
  ) -> [ChangedSettings] {
    grounds.map { ground in
      let inForce = ground.inForce
      return ChangedSettings(
        ground.programme, wanted(inForce).settings.map { ($0.target.label, told($0, in: inForce)) },
        grounds: apart(ground, among: grounds), mode: inForce.scenario == nil ? nil : inForce.mode.rawValue)
    }
  }

  /// What a programme rests on besides settings, where it is not what a file is taken for: its mode where the documents
  /// are taken out of their place and time; and facts, mode and day where those of other programmes beside it differ.
  private func apart(_ ground: Ground, among grounds: [Ground]) -> [(name: Text, value: Text)] {
    let own = ground.inForce
    guard let scenario = own.scenario else { return [] }
    let all = grounds.map(\.inForce).filter { $0.scenario != nil }
    var told: [(name: Text, value: Text)] = []
    if all.contains(where: { $0.scenario?.serial != scenario.serial }) {
      told.append((Text("scenario", zh: "情景"), scenario.title))
    }
    if own.mode == .adopted || all.contains(where: { $0.mode != own.mode }) {
      told.append((Text("mode", zh: "施行方式"), own.mode.title))
    }
    if all.contains(where: { $0.asOf != own.asOf }) {
      told.append((Text("as_of", zh: "核算日"), own.asOf.map { .same($0.text) } ?? Text("none", zh: "无")))
    }
    return told
  }

  /// A setting's value; of what is assumed beside static figures, that it is.
  private func told(_ setting: Setting, in inForce: SettingsInForce) -> Text {
    let value = setting.text(library.places)
    return setting.isAssumption && !inForce.isResponding ? Setting.assumed(value, inForce) : value
  }
}

extension Setting {
  /// A value that is assumed, with whether figures with it stand beside the others.
  fileprivate static func assumed(_ value: Text, _ inForce: SettingsInForce) -> Text {
    if inForce.engine != nil || !BesideFigures.areListed {
      return Text("\(value.en), not reckoned", zh: "\(value.zh)，未计")
    }
    return Text("\(value.en), beside", zh: "\(value.zh)，另列")
  }

  /// The value by date of which this is the scenario's figure from a day on; nil for anything else.
  fileprivate var series: String? {
    guard source == .scenario, over.isEmpty, case .value(let value) = target, value.isByDate,
      let day = value.name.lastIndex(of: ".")
    else { return nil }
    return String(value.name[..<day])
  }
}
