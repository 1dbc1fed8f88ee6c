// The clauses of checked rules: windows, frames, sets, payments, grants, what duties expect. Free of columns and
// settings.
import Diagnostics
import Facts

/// A window of time; nil ends are open.
package struct CheckedWindow: Sendable {
  package let from: Typed?
  package let to: Typed?
  package let location: SourceRange
}

package struct CheckedFrame: Sendable {
  package enum Base: Sendable {
    case list(String)
    /// The distinct texts of a text field of a list.
    case texts(field: Field, list: String)
    case district
  }

  package enum Iteration: Sendable {
    /// The years in which units fall; with a condition only where it holds.
    case years(when: Typed?)
    /// Every calendar year from the window's first, or from the first in which units fall, to the last that the day
    /// of costing completes, or, without such a day, the last in which units fall.
    case completeYears
    case range(name: String, from: Typed, to: Typed)
    case members(list: String, of: Field)
  }

  package let base: Base
  package let iterations: [(name: String, iteration: Iteration)]
  /// What each iteration is called in Chinese, where it has such a name.
  package var chinese: [String?] = []
  package let location: SourceRange

  /// The list whose records frames stand for; nil: texts, or the district.
  package var list: String? {
    switch base {
    case .list(let name): name
    case .texts, .district: nil
    }
  }
}

package struct CheckedSet: Sendable {
  package enum Source: Sendable {
    /// A list's records, joined to the frame by a field; nil: all records (district frames).
    case list(String, link: Field?)
    case set(Int)
    case first(Typed, of: Int)

    /// The set that it is a part of; nil for one of a list's records.
    package var narrowed: Int? {
      switch self {
      case .list: nil
      case .set(let source), .first(_, let source): source
      }
    }
  }

  package let name: String
  /// The Chinese name; nil where there is none.
  package let chinese: String?
  package let source: Source
  /// The list whose records are members.
  package let list: String
  /// Whether the members are the same in frames of every year, rather than those of the frame's.
  package let isOfEveryYear: Bool
  package let conditions: [Typed]
  package let on: Typed?
  package let begins: Typed?
  package let inYear: Typed?
  package let atAnyTime: Bool
  package let persons: SetSyntax.Persons
  /// A condition on settings without which `persons` is by the reading.
  package let personsWhen: Typed?
  /// The joined list through which members are seen.
  package let join: JoinedList?
  /// The joined list of whose record the members are parts; `source` then names a field of its own.
  package var partsOf: JoinedList?
  package let location: SourceRange

  /// What the set is called, in both languages.
  package var words: Text { Text(name.split(separator: "_").joined(separator: " "), zh: chinese ?? name) }
}

package struct CheckedPay: Sendable {
  package let who: Typed
  /// Whether who is paid is the frame's to say, even where members are paid.
  package let whoInFrame: Bool
  package let amount: Typed
  /// Whether the amount is a matter of the frame (its counts, say) even where members are paid.
  package let amountInFrame: Bool
  package let isUpperBound: Bool
  package let low: Typed?
  package let forEach: Int?
  package let on: Typed?
  package let when: Typed?
  package let location: SourceRange
}

package struct CheckedGrant: Sendable {
  package let title: Text
  package let who: Typed
  package let when: Typed?
  package let location: SourceRange
}

/// How much money is paid at most, for each of what.
package struct CheckedCap: Sendable {
  package enum Key: Sendable {
    /// Who is paid.
    case beneficiary
    /// The calendar year of the payment's day.
    case yearOfPayment
    case figure(Typed)
  }

  package let amount: Typed
  /// Empty: in all.
  package let keys: [Key]
  /// How long what was paid counts: calendar years where it is a number, else months; nil: for good.
  package let within: Typed?
  /// Whether what exceeds is taken from all alike, rather than from who comes last.
  package let isShared: Bool
  /// Whose money it is that the cap limits; nil: whatever is paid.
  package let source: CapSource?
  package let location: SourceRange
}

/// The source of money that a cap limits: of each payment what the source bears.
package struct CapSource: Sendable, Hashable {
  package let fund: Fund
  /// What bears what exceeds the cap; nil: it is not paid.
  package let next: Fund?
}

/// A cap of a limit of the document as one of its measures reads it, where it asks for facts or figures of the frame.
package struct JointCap: Sendable {
  /// The limit's name.
  package let limit: String
  /// The cap's place among those of the limit.
  package let place: Int
  package let cap: CheckedCap
}

/// What several measures of a document may come to together, or draw on a source of money.
package struct CheckedLimit: Sendable {
  package let name: String
  package let title: Text
  package let article: String
  /// The names of the measures.
  package let measures: [String]
  /// Of one that asks for facts of the frames how the first of the measures reads it; see `Limits.joint`.
  package let caps: [CheckedCap]
  package let location: SourceRange
}

/// To which other measure of its document a measure gives way.
package struct CheckedYield: Sendable {
  package let to: String
  /// Whether both stand where one of them is unpriced; else the other one stands.
  package let unlessUnpriced: Bool
  /// A condition on settings; nil: always.
  package let when: Typed?
}

/// A measure's own default of a global reading.
package struct CheckedDefault: Sendable {
  package let reading: String
  package let choice: Int
  package let reason: Text?
  package let location: SourceRange
}

/// What a duty asks for.
package struct CheckedExpectation: Sendable {
  package let condition: Typed
  let wording: Text?
  package let location: SourceRange
}

// MARK: - What clauses are made of

extension CheckedWindow {
  package var expressions: [Typed] { [from, to].compactMap { $0 } }
}

extension CheckedFrame {
  var expressions: [Typed] {
    iterations.flatMap { _, iteration -> [Typed] in
      switch iteration {
      case .years(let when): when.map { [$0] } ?? []
      case .range(_, let from, let to): [from, to]
      case .members, .completeYears: []
      }
    }
  }
}

extension CheckedSet {
  var expressions: [Typed] {
    let own = conditions + [on, begins, inYear, personsWhen].compactMap { $0 }
    switch source {
    case .list, .set: return own
    case .first(let n, _): return own + [n]
    }
  }
}

extension CheckedCap {
  package var expressions: [Typed] {
    [amount] + [within].compactMap { $0 } + keys.compactMap { if case .figure(let t) = $0 { t } else { nil } }
  }
}

extension CheckedPay {
  var expressions: [Typed] { [who, amount] + [low, on, when].compactMap { $0 } }
}

extension CheckedGrant {
  var expressions: [Typed] { [who] + [when].compactMap { $0 } }
}
