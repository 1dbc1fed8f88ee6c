// Figures that rules take from outside: parameters, which a drafter can change, and values, which another document lays
// down.
import Diagnostics
import Reckoning

/// A figure that a drafter can change.
package struct Parameter: Sendable {
  /// `changle-2022.agency_reward.rate_3m`
  package let id: String
  package let type: ValueType
  /// The default in raw form (fen, hundred-millionths, months, a day number, a count); nil when it is a value by
  /// reference.
  package let value: Int64?
  /// The by-reference value that stands where the parameter is not set.
  package let byReference: String?
  package let atLeast: Int64?
  package let atMost: Int64?
  package let meaning: Text?
  /// The Chinese name; nil where there is none.
  package let chinese: String?
  /// The short name of the measure that it belongs to; nil where it is the document's.
  package let owner: String?
  package let location: SourceRange
  /// What it is called together with the table, or the figure that changes on certain days, that it belongs to; nil: it
  /// belongs to none.
  var nameInTable: Text?

  /// What the parameter is called where nothing around it says of what it is: `reward.small`.
  package var fullWords: Text { nameInTable ?? words }

  /// What the parameter is called, in both languages.
  package var words: Text { Text(name, zh: chinese ?? name) }

  /// The parameter's last name: `rate_3m`.
  package var name: String { id.split(separator: ".").last.map(String.init) ?? id }
}

/// A value that a text only refers to.
package struct ReferenceValue: Sendable {
  package let name: String
  /// The Chinese name; nil where there is none.
  package let chinese: String?
  package let type: ValueType
  package let meaning: Text?
  /// The document that sets it.
  package let source: Text?
  /// Whether it changes on certain days.
  package let isByDate: Bool
  package let location: SourceRange

  /// What the value is called, in both languages.
  package var words: Text {
    let parts = name.split(separator: ".")
    guard let last = parts.last else { return Text(name, zh: chinese ?? name) }
    // `lpr.2022-01-20` is the figure from a day on.
    if parts.count > 1, Day(last) != nil {
      return Text("\(parts[parts.count - 2]).\(last)", zh: "\(chinese ?? String(parts[parts.count - 2]))（\(last) 起）")
    }
    return Text(String(last), zh: chinese ?? name)
  }

  /// The same under another name: of one document or one measure.
  package func named(_ name: String) -> ReferenceValue {
    ReferenceValue(
      name: name, chinese: chinese, type: type, meaning: meaning, source: source, isByDate: isByDate, location: location
    )
  }
}
