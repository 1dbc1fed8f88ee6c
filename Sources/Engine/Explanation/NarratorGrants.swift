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
}
