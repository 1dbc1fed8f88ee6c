// What runs that stand side by side rest on: one line where all of them rest on the same but for their programmes, else
// a line for each with its facts, mode and day, and a word that the programmes are not all that differs.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

struct ComparisonHead: Sendable {
  private let runs: [Session.Run]
  private let places: Gazetteer

  init(_ runs: [Session.Run], _ places: Gazetteer) { (self.runs, self.places) = (runs, places) }

  /// In what the runs differ besides programme and settings, each by its name for programs.
  var differences: [(key: String, words: Text)] {
    func differ<Value: Hashable>(_ value: (Session.Run) -> Value) -> Bool { Set(runs.map(value)).count > 1 }
    var out: [(key: String, words: Text)] = []
    if differ(\.scenario.serial) { out.append(("scenario", Text("the facts", zh: "数据"))) }
    if differ(\.ledger.settings.mode) { out.append(("mode", Text("the mode", zh: "施行方式"))) }
    if differ(\.ledger.settings.asOf) { out.append(("as_of", Text("the day of costing", zh: "核算日"))) }
    return out
  }

  /// The scenarios, each once.
  var title: [Span] {
    var titles: [String] = []
    for run in runs where !titles.contains(run.scenario.scenario.title) { titles.append(run.scenario.scenario.title) }
    return Array(titles.map { [Span(.halves($0), .title)] }.joined(separator: [Span(" / ", zh: " / ", .title)]))
  }

  /// - Parameter verb: what was done with the runs.
  func blocks(_ verb: Text = Text("Compared ", zh: "比较：")) -> [Block] {
    guard let first = runs.first else { return [] }
    let differences = differences
    guard !differences.isEmpty else { return [.paragraph([Span(verb)] + ground(first))] }
    let lines = runs.map { run in
      [
        Span.data(run.programme, .name), Span(": ", zh: "："), Span(.halves(run.scenario.scenario.title)),
        Span("; ", zh: "；"),
      ]
        + ground(run)
    }
    let words = differences.map(\.words)
    let all = words.map(\.en).enumerated(", ", last: " and ")
    let (does, has, parts) = words.count == 1 ? ("does", "has", "its part") : ("do", "have", "their part")
    return [
      .lines(lines),
      .note(
        .warning,
        [
          Span(
            Text(
              "not only the programmes differ: \(all) \(does) as well, "
                + "and \(has) \(parts) in every difference below.",
              zh: "所比较的不只方案不同：\(words.map(\.zh).joined(separator: "、"))也不同，以下差额中含其影响。"))
        ]),
    ]
  }

  /// Mode, place and day of a run.
  private func ground(_ run: Session.Run) -> [Span] {
    let settings = run.ledger.settings
    var line: [Span] = [Span(settings.mode.title, .emphasis)]
    if settings.mode == .adopted {
      line += [Span("; home ", zh: "；本地区 "), Span(places.words(run.scenario.scenario.district), .place)]
    } else {
      line.append(Span("; each document in its own district", zh: "；各文件在其本地区"))
    }
    if let day = settings.asOf { line += [Span("; as of ", zh: "；核算日 "), .data(day.text, .date)] }
    if let there = run.there { line += RunHead.computed(there) }
    return line
  }
}
