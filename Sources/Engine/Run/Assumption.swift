// What is assumed of how people respond to a programme: more come where a rate is higher, not everybody claims, a group
// just short of a threshold brings itself up to it. Values only: nothing here changes facts or runs anything.

import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// One thing that is assumed of how people respond.
package struct Assumption: Sendable, Hashable {
  /// How the number of some records follows a figure.
  package struct Response: Sendable, Hashable {
    /// Whose number it is.
    package let part: ListPart
    /// What they respond to.
    package let figure: Watched
    /// The figure at which there are as many as stated, in raw form; more than nought.
    package let base: Int64
    /// The least and the most that the number may be multiplied by, in parts of a share.
    package let bounds: ClosedRange<Int64>

    /// Records that respond to a figure.
    package init(part: ListPart, figure: Watched, base: Int64, bounds: ClosedRange<Int64>) {
      self.part = part
      self.figure = figure
      self.base = base
      self.bounds = bounds
    }

    /// By what the number is multiplied at a value of the figure, in parts of a share: one, and for each per cent that
    /// the figure is above its base so many per cent more, within the bounds.
    ///
    /// - Parameter elasticity: per cent more for one per cent, in parts of a share.
    package func factor(_ elasticity: Int64, at value: Int64) -> Int64 {
      let rises = (elasticity >= 0) == (value >= base)
      let change = Decimals.muldiv(elasticity, value &- base, base)
      let moved = change.map { Share.unit.addingReportingOverflow($0) }
      guard let moved, !moved.overflow else { return rises ? bounds.upperBound : bounds.lowerBound }
      return min(max(moved.partialValue, bounds.lowerBound), bounds.upperBound)
    }
  }

  /// What is assumed.
  package enum What: Sendable, Hashable {
    /// The number of some records follows a figure; the number is an elasticity in parts of a share.
    case response(Response)
    /// Of what a measure would pay so much is claimed; the number is a share.
    case takeUp(measure: String)
    /// Groups short of a threshold by no more than the number bring themselves up to it.
    case bunching(at: Watched)
  }

  /// What is assumed.
  package let what: What
  /// How much, by what it is.
  package var number: Int64
  /// Programs' name for it: `take-up of changle-2022.agency_reward`.
  package let id: String
  /// What people read instead.
  package let label: Text
  /// The document that it is about; nil: a value that belongs to none.
  package let document: String?
  /// Where the number comes from, as it was written; nil where nobody said.
  package let origin: String?

  /// Whether the number of some records follows a figure.
  package var isResponse: Bool { if case .response = what { true } else { false } }

  /// Something that is assumed.
  package init(_ what: What, number: Int64, id: String, label: Text, document: String?, origin: String? = nil) {
    self.what = what
    self.number = number
    self.id = id
    self.label = label
    self.document = document
    self.origin = origin
  }
}

extension Watched {
  /// The figure that holds in a run: as it is set, or as one of the documents has it; nil where none knows it.
  package func current(_ settings: RunSettings, _ documents: [CheckedDocument]) -> Int64? {
    guard isParameter else { return settings.values[name] }
    for document in documents {
      guard let parameter = document.parametersByID[name] ?? document.fundParameters.first(where: { $0.id == name })
      else { continue }
      return settings.parameters[name] ?? parameter.value ?? parameter.byReference.flatMap { settings.values[$0] }
    }
    return nil
  }
}
