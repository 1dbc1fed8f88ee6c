// The line under the heading of an answer that rests on a run.

import Answers
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Sessions
import View

/// What a run was asked: programme, mode, home, date, settings.
struct RunHead {
  let run: Session.Run
  let places: Gazetteer

  init(_ run: Session.Run, places: Gazetteer) {
    self.run = run
    self.places = places
  }

  var block: Block {
    .paragraph([.data(run.programme, .name), Span(" ", zh: "，")] + ground + SettingsText.further(run.inForce, places))
  }

  /// Mode, home, day and where it was computed, without what was set.
  var ground: [Span] {
    let settings = run.ledger.settings
    var line: [Span] = [Span(settings.mode.title, .emphasis)]
    line += [Span("; home ", zh: "；本地区 ")] + .joined(homes.map { [Span($0, .place)] })
    if let day = settings.asOf { line += [Span("; as of ", zh: "；核算日 "), .data(day.text, .date)] }
    if let there = run.there { line += RunHead.computed(there) }
    return line
  }

  /// Where it was computed.
  static func computed(_ there: Session.There) -> [Span] {
    [Span("; computed by ", zh: "，由 "), .data(there.engine, .name), Span("", zh: " 计算")]
  }

  /// An answer without its own heading and line: whoever puts answers together says once what they rest on.
  static func left(out parts: [AnswerBody.Part]) -> [AnswerBody.Part] {
    var rest = parts[...]
    if case .block(.heading)? = rest.first { rest = rest.dropFirst() }
    if case .block(.paragraph(let spans))? = rest.first, spans.count > 2, spans[0].role == .name,
      spans[2].role == .emphasis
    {
      rest = rest.dropFirst()
    }
    return Array(rest)
  }

  /// The homes of the documents, each once.
  private var homes: [Text] {
    var seen: [Int32] = []
    for document in run.documents {
      let home = run.ledger.homes[document.id] ?? run.scenario.scenario.district
      if !seen.contains(home) { seen.append(home) }
    }
    return seen.map { places.words($0) }
  }
}
