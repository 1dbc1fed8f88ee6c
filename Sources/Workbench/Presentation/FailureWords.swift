// Conditions that stand in the way, in a line each: with the facts by which they fail, or the fact that nobody has
// stated. Knows nothing of how they were found.

import Diagnostics
import Engine
import View

extension ExplanationAnswer {
  /// A condition that fails or is not known, with the facts that it rests on.
  static func failure(_ derivation: Derivation) -> [Span] { failure([derivation]) }

  /// Conditions that hang on one fact which nobody has stated are told together, all others one by one.
  static func joined(_ parts: [Derivation]) -> [[Derivation]] {
    var out: [(facts: [Text], parts: [Derivation])] = []
    for part in parts {
      let facts = part.openFacts
      if !facts.isEmpty, !part.isByItself, let k = out.firstIndex(where: { $0.facts == facts }) {
        out[k].parts.append(part)
      } else {
        out.append((facts, [part]))
      }
    }
    return out.map(\.parts)
  }

  static func failure(_ parts: [Derivation]) -> [Span] {
    guard let derivation = parts.first else { return [] }
    let open = derivation.openFacts
    if case .unknown = derivation.verdict, !open.isEmpty, !derivation.isByItself {
      var line: [Span] = .joined(open.map { [Span($0, .keyword)] })
      line.append(Span(" not stated, so these cannot be told: ", zh: "未填，无从判断：", .warning))
      for (i, part) in parts.enumerated() {
        if i > 0 { line.append(Span("; ", zh: "；")) }
        line.append(Span(part.text))
      }
      return line
    }
    var line: [Span] = [Span(derivation.text)]
    if let gap = derivation.gap { line += [Span(", ", zh: "，"), Span(gap, .bad)] }
    switch derivation.verdict {
    // What says itself that it cannot be told says why.
    case .unknown:
      if !derivation.isByItself, !derivation.text.en.contains(" cannot be told") {
        line.append(Span(" (not known)", zh: "（未填）", .warning))
      }
    case .elsewhere, .no: line += grounds(derivation)
    case .yes, .told: break
    }
    return line
  }

  /// The facts by which a condition fails, where it does not say itself how far off it is.
  private static func grounds(_ derivation: Derivation) -> [Span] {
    let most = 4
    let facts = derivation.gap == nil ? derivation.grounds : []
    guard !facts.isEmpty else {
      if case .elsewhere = derivation.verdict { return [Span(" (governed elsewhere)", zh: "（适用其他文件）", .warning)] }
      return []
    }
    var line: [Span] = [Span(" (", zh: "（", .muted)]
    for (i, fact) in facts.prefix(most).enumerated() {
      if i > 0 { line.append(Span("; ", zh: "；", .muted)) }
      line.append(Span(fact.text, .muted))
    }
    if facts.count > most { line.append(Span(", …", zh: "等", .muted)) }
    return line + [Span(")", zh: "）", .muted)]
  }
}
