// Why subjects get nothing from a measure: the conditions at the bottom of its derivations that fail or cannot be
// judged, for many subjects in one run of the measure. Knows nothing of wording beyond what the derivations say.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Derivation {
  /// Whether it is not known for a figure that is too large to be reckoned, which its gap says: no fact is missing.
  package var isTooLarge: Bool { gap == Narrator.tooLarge }
  /// Whether it is not known for what its gap says, a divisor that is nought or what is too large: no fact is missing.
  package var isByItself: Bool { if case .unknown = verdict { gap != nil } else { false } }

  /// Whether nothing is open but what an amount comes to, for want of a figure laid down elsewhere: no fact is missing.
  package var isOpenOnlyByPrice: Bool {
    if lacksPrice { return true }
    let open = children.filter { $0.verdict == .unknown }
    return !open.isEmpty && open.allSatisfy(\.isOpenOnlyByPrice)
  }

  /// Whether a step stands in the way: it fails, is not known or is governed elsewhere.
  package var isInTheWay: Bool {
    switch verdict {
    case .no, .unknown, .elsewhere: true
    case .yes, .told: false
    }
  }

  /// The conditions at the bottom that fail or are not known. Of alternatives that all fail the whole is what fails;
  /// where one of them is not known, it hangs on that.
  package var failures: [Derivation] {
    switch verdict {
    case .yes: return []
    case .told, .no, .unknown, .elsewhere:
      let below = children.filter(\.isInTheWay).flatMap(\.failures)
      if verdict == .told { return [] }
      // A comparison that says how far off it is speaks for itself.
      if gap != nil || below.isEmpty || isNamed { return [self] }
      if isEither {
        // Where all alternatives fail, what is open within one of them decides nothing.
        guard case .unknown = verdict else { return [self] }
        let undecided = children.filter { if case .unknown = $0.verdict { true } else { false } }
        let open = undecided.flatMap(\.failures).filter { if case .unknown = $0.verdict { true } else { false } }
        return open.isEmpty ? [self] : open
      }
      return below
    }
  }
}

extension Derivation {
  /// What it rests on at the bottom: the facts, and what governs it elsewhere, each once.
  package var grounds: [Derivation] {
    var out: [Derivation] = []
    for child in children {
      let own: [Derivation]
      switch child.verdict {
      case .told: own = [child]
      case .elsewhere where child.children.isEmpty: own = [child]
      case .yes, .no, .unknown, .elsewhere: own = child.grounds
      }
      for one in own where !out.contains(where: { $0.text == one.text }) { out.append(one) }
    }
    return out
  }

  /// The facts that nobody has stated and it hangs on, each once.
  package var openFacts: [Text] {
    var out = openFact.map { [$0] } ?? []
    for child in children where child.verdict == .told || child.verdict == .unknown {
      for name in child.openFacts where !out.contains(name) { out.append(name) }
    }
    return out
  }
}

extension Explainer {
  /// What a measure asks of several subjects, in their order; empty for one that it has nothing to do with.
  /// - Parameter list: the list that they are records of; nil: whichever has their ids.
  package func derivations(of subjects: [String], in list: Int? = nil, under measure: CheckedMeasure) -> [[Derivation]]
  {
    guard measure.form != .note, measure.lacks(in: scenario.dataset.dictionary) == nil,
      let index = ledger.measures.firstIndex(where: { $0.id == measure.id })
    else { return subjects.map { _ in [] } }
    let narrator = narrator(of: index)
    narrator.list = list
    return subjects.map { narrator.derivations(for: $0) + narrator.capSteps($0, ledger) }
  }
}
