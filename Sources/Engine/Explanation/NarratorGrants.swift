// What is granted without a payment, such as a title: each with the conditions that stand behind its `when`.
import Diagnostics
import PolicyLanguage

extension Narrator {
  /// The grants of the measure that hang on a condition, with what decides each.
  func grantSteps(_ at: Row) -> [Derivation] {
    measure.grants.compactMap { grant in
      guard let when = grant.when else { return nil }
      return Derivation(
        verdict(truth(when, at)), grant.title, children: conjuncts(when, at), location: grant.location)
    }
  }

  /// What becomes of a frame that is granted things only under conditions of theirs, where it is granted none; nil
  /// where it is granted something, or they hang on nothing more.
  func standing(ofGrants steps: [Derivation]) -> Derivation.Verdict? {
    guard !steps.isEmpty, steps.count == measure.grants.count, measure.pays.isEmpty,
      !steps.contains(where: { $0.verdict == .yes })
    else { return nil }
    return steps.contains { $0.verdict == .unknown } ? .unknown : .no
  }

  /// Whether a set is taken from another and only payments ask for it.
  func isOfPaymentsAlone(_ i: Int) -> Bool {
    guard !measure.sets[i].isScan, measure.pays.contains(where: { $0.forEach == i }) else { return false }
    let asked =
      measure.selection.conditions + measure.selection.requirements + measure.outcome.expectations.map(\.condition)
    return !asked.contains { $0.hasPart { if case .count(let j) = $0.operation { i == j } else { false } } }
  }
}
