// What held in an answer and is not what the documents say, for the forms that have no place for it in their body: a
// member
// of an object, a column of records. Knows nothing of policies.

import Diagnostics
import View

/// A programme that an answer rests on, with what held in it and differs from its documents.
package struct ChangedSettings: Sendable {
  package let programme: String
  /// Names with their values, the English names for programs, in the order in which they were set.
  package let values: [(name: Text, value: Text)]

  package init(_ programme: String, _ values: [(name: Text, value: Text)]) {
    (self.programme, self.values) = (programme, values)
  }

  /// Names with their values, one after another.
  fileprivate func line(_ language: Language) -> String {
    let (equals, between) = language == .zh ? ("＝", "、") : (" = ", "; ")
    return values.map { $0.name.in(language) + equals + $0.value.in(language) }.joined(separator: between)
  }

  /// Names and values as members of an object.
  package var record: Record { Record(values.map { Record.Member($0.name.en, .words($0.value)) }) }
}

extension [ChangedSettings] {
  /// The member `settings` of an object: the names of the one programme, or a list with those of each.
  package var datum: Datum { count == 1 ? .record(self[0].record) : .list(map { .record($0.record) }) }

  /// The member, as it is written behind others.
  package var member: String { ",\"settings\":" + JSONValue(datum).line }

  /// What stands in every record of a file of values; nil where nothing differs.
  package func text(_ language: Language) -> String? {
    let changed = filter { !$0.values.isEmpty }
    guard !changed.isEmpty else { return nil }
    let texts = changed.map { one in
      let values = one.line(language)
      return count == 1 ? values : "\(one.programme): \(values)"
    }
    // Where all of them hold the same, it is said once.
    if count > 1, changed.count == count,
      Set(changed.map { $0.values.map { $0.name.en + $0.value.en }.joined() }).count == 1
    {
      return changed[0].line(language)
    }
    return texts.joined(separator: " | ")
  }

  /// The heading of the column.
  package static let heading = "settings"
}
