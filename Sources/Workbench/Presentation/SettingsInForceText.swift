// What held in an answer and is not what the documents say, in words and for every form. Knows nothing of how it came
// to hold.

import Answers
import Diagnostics
import Reckoning
import Sessions
import View

/// Settings in force, in words.
enum SettingsText {
  /// `rate_3m = 400 yuan, …`; where several set the same thing, who goes before whom.
  static func spans(_ inForce: SettingsInForce, _ places: Gazetteer) -> [Span] {
    .joined(
      inForce.settings.map { setting in
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
      })
  }

  /// Behind other words of a line; nothing where nothing differs.
  static func further(_ inForce: SettingsInForce, _ places: Gazetteer) -> [Span] {
    let shown = inForce.withoutDate
    return shown.isEmpty ? [] : [Span("; with ", zh: "；设定 ")] + spans(shown, places)
  }

  /// For several programmes side by side: one line where the same holds for all, else one for each.
  static func lines(_ runs: [Session.Run], _ places: Gazetteer) -> [[Span]] {
    lines(runs.map { Ground($0.programme, $0.inForce.withoutDate) }, places)
  }

  /// The same of what an answer rests on.
  static func lines(_ grounds: [Ground], _ places: Gazetteer) -> [[Span]] {
    let told = grounds.map { ($0.programme, spans($0.inForce, places)) }
    guard told.contains(where: { !$0.1.isEmpty }) else { return [] }
    if Set(told.map { $0.1.map(\.text.en).joined() }).count == 1 {
      return [[Span("with ", zh: "设定 ", .muted)] + told[0].1]
    }
    return told.map { name, spans in
      [.data(name, .name)]
        + (spans.isEmpty
          ? [Span(" as the documents say", zh: " 照文件所写", .muted)] : [Span(" with ", zh: " 设定 ", .muted)] + spans)
    }
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
    SettingsInForce(settings.filter { if case .asOf = $0.target { !$0.over.isEmpty } else { true } })
  }
}

extension Desk {
  /// An answer that rests on runs says what held in them: in its object, in its records, and under its chart.
  func tellSettings(_ answer: inout Answer) {
    // The table of places takes a few milliseconds to make, a fifth of what `help` needs from start to end.
    answer.settings = grounds.map { ground in
      ChangedSettings(ground.programme, ground.inForce.settings.map { ($0.target.label, $0.text(library.places)) })
    }
    guard let chart = answer.chart, chart.subtitle == nil, let en = answer.settings.text(.en),
      let zh = answer.settings.text(.zh)
    else { return }
    answer.chart = chart.with(subtitle: Text("with \(en)", zh: "设定 \(zh)"))
    answer.body = answer.body.replacingCharts { $0.with(subtitle: Text("with \(en)", zh: "设定 \(zh)")) }
  }
}
