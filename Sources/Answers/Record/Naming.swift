// Answers in which things are called by their titles where a person would type their ids: for papers, whose reader has
// nowhere to type anything. Knows nothing of policies.

import Diagnostics
import View

/// What things are called, by the English words that stand for them otherwise.
package typealias Naming = [String: Text]

extension Span {
  fileprivate func named(_ naming: Naming) -> Span {
    guard role == .name || role == .plain, let name = naming[text.en] else { return self }
    return Span(name, role)
  }
}

extension [Span] {
  /// The same with other names.
  package func named(_ naming: Naming) -> [Span] { naming.isEmpty ? self : map { $0.named(naming) } }
}

extension Block {
  fileprivate func named(_ naming: Naming) -> Block {
    switch self {
    case .heading(let level, let spans): .heading(level: level, spans.named(naming))
    case .paragraph(let spans): .paragraph(spans.named(naming))
    case .list(let ordered, let items): .list(ordered: ordered, items.map { $0.named(naming) })
    case .lines(let lines): .lines(lines.map { $0.named(naming) })
    case .note(let kind, let spans): .note(kind, spans.named(naming))
    case .chart(.bars(let chart)): .chart(.bars(chart.named(naming)))
    case .table, .tree, .chart, .code, .rule: self
    }
  }
}

extension BarChart {
  fileprivate func named(_ naming: Naming) -> BarChart {
    var chart = self
    for i in chart.bars.indices { chart.bars[i].label = naming[chart.bars[i].label.en] ?? chart.bars[i].label }
    return chart
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
    if let whole { out.whole = { whole().named(naming) } }
    return out
  }
}
