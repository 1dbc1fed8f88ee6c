// Answers in which things are called by their titles where a person would type their ids: for papers, whose reader has
// nowhere to type anything. Knows nothing of policies.

import Diagnostics
import View

/// What things are called, by the English words that stand for them otherwise.
package typealias Naming = [String: Text]

extension Span {
  fileprivate func named(_ naming: Naming) -> Span {
    switch role {
    case .name, .plain, .muted, .keyword, .number, .strong: Span(text.named(naming) ?? text, role)
    default: self
    }
  }

  /// Whether it is a question that has come in the place of a name.
  fileprivate func isQuestion(before: Span) -> Bool { text.en.hasSuffix("?") && text.en != before.text.en }
}

extension Text {
  /// The same by other names, as a whole or where one stands in it; nil where it has none.
  ///
  /// Within a text only what cannot be a word of the language is one: `rate_3m`, `changle-2022.agency_reward`.
  func named(_ naming: Naming) -> Text? {
    if let whole = naming[en] { return whole }
    guard en.contains("_"), !naming.isEmpty else { return nil }
    let text = en.replacing(/[A-Za-z0-9_.\-]*_[A-Za-z0-9_.\-]*[A-Za-z0-9]/) { naming[String($0.0)]?.en ?? String($0.0) }
    return text == en ? nil : Text(text, zh: zh)
  }
}

extension [Span] {
  /// The same with other names. A name that has become the question behind it is said once; a question with its answer
  /// reads as one.
  package func named(_ naming: Naming) -> [Span] {
    if naming.isEmpty { return self }
    let all = map { $0.named(naming) }
    var out: [Span] = []
    var number = 0
    while number < all.count {
      let span = all[number]
      guard span.isQuestion(before: self[number]) else {
        out.append(span)
        number += 1
        continue
      }
      let next = number + 1 < all.count ? all[number + 1].text.en : ""
      if next == "  ", number + 2 < all.count, all[number + 2].text.en == span.text.en {
        number += 2
      } else if next == " = " {
        out.append(Span(Text("“\(span.text.en)”", zh: span.text.zh), span.role))
        out.append(Span(Text(": ", zh: all[number + 1].text.zh), all[number + 1].role))
        number += 2
      } else {
        out.append(span)
        number += 1
      }
    }
    return out
  }
}

extension Block {
  fileprivate func named(_ naming: Naming) -> Block {
    switch self {
    case .heading(let level, let spans): .heading(level: level, spans.named(naming))
    case .paragraph(let spans): .paragraph(spans.named(naming))
    case .list(let ordered, let items): .list(ordered: ordered, items.map { $0.named(naming) })
    case .lines(let lines): .lines(lines.map { $0.named(naming) })
    case .note(let kind, let spans): .note(kind, spans.named(naming))
    case .chart(let chart): .chart(chart.named(naming))
    case .table, .tree, .code, .rule: self
    }
  }
}

extension Chart {
  fileprivate func named(_ naming: Naming) -> Chart {
    func name(_ text: Text) -> Text { text.named(naming) ?? text }
    var chart = self
    switch self {
    case .bars(var bars):
      for i in bars.bars.indices { bars.bars[i].label = name(bars.bars[i].label) }
      chart = .bars(bars)
    case .tornado(var tornado):
      for i in tornado.bars.indices {
        tornado.bars[i].label = name(tornado.bars[i].label)
        tornado.bars[i].lowInput = name(tornado.bars[i].lowInput)
        tornado.bars[i].highInput = name(tornado.bars[i].highInput)
      }
      chart = .tornado(tornado)
    case .stacked(var stacked):
      for i in stacked.series.indices { stacked.series[i].name = name(stacked.series[i].name) }
      chart = .stacked(stacked)
    case .lines, .histogram: break
    }
    return chart.subtitle.map { chart.with(subtitle: name($0)) } ?? chart
  }
}

extension AnswerBook.Sheet {
  /// The same with other names.
  package func named(_ naming: Naming) -> AnswerBook.Sheet {
    guard !naming.isEmpty else { return self }
    var out = self
    out.parts = parts.map { part in
      switch part {
      case .block(let block): return .block(block.named(naming))
      case .list(var list):
        list.relation = list.relation.named(naming)
        return .list(list)
      case .chart, .bars: return part
      }
    }
    return out
  }
}

extension AnswerBody {
  /// The same with other names.
  package func named(_ naming: Naming) -> AnswerBody {
    guard !naming.isEmpty else { return self }
    var out = AnswerBody()
    for part in parts {
      switch part {
      case .block(let block): out.append(block.named(naming))
      case .relation(let relation): out.append(relation.named(naming))
      }
    }
    return out
  }
}

extension Relation {
  /// The same with other names, for people.
  package func named(_ naming: Naming) -> Relation {
    var out = self
    out.naming = naming
    out.sections = sections.map { Section(title: $0.title?.named(naming), rows: $0.rows) }
    if let whole { out.whole = { whole().named(naming) } }
    return out
  }
}
