// Conditions on facts of undertakings that documents declare themselves: whether such a fact is one of ownership, of
// place or of an office's choice, only its name says, which the screen does not know. They are named, and not judged.

import Diagnostics
import Facts
import PolicyLanguage

extension RuleScreen {
  /// A fact by its list.
  struct OwnField: Hashable {
    let list: String
    let field: String

    /// Those that documents declare beside the facts that are bundled, in one document or another.
    static func all(_ dictionary: FactDictionary) -> Set<OwnField> {
      // Enterprises are bundled.
      let bundled = dictionary.origins["enterprises.id"]
      let all = dictionary.lists.flatMap { list in
        list.fields.map { OwnField(list: list.name, field: $0.name) }
      }
      return Set(
        all.filter { one in
          let origin = dictionary.origins[one.list + "." + one.field]
          return origin != nil && origin != bundled
        })
    }

    /// The lists of no persons of which no fact is bundled.
    static func lists(_ dictionary: FactDictionary) -> Set<String> {
      let own = all(dictionary)
      let lists = dictionary.lists.filter { list in
        list.person == nil && list.personID == nil && !list.fields.isEmpty
          && list.fields.allSatisfy { own.contains(OwnField(list: list.name, field: $0.name)) }
      }
      return Set(lists.map(\.name))
    }
  }

  /// A fact that is compared with a word or that something is a member of: not numbers, days, amounts. Places are
  /// looked at by themselves.
  private static func isWord(_ type: FieldType) -> Bool {
    switch type {
    case .bool, .text, .choice, .reference, .set: true
    case .place, .county, .area, .int, .money, .date, .dateOrMonth, .dateOrYear, .figure: false
    }
  }

  /// A condition on a word of an undertaking, or of what it refers to on a list that a document declares.
  mutating func lookAtWord(_ x: Typed, _ t: Typed, _ place: Place) {
    if let fact = fact(x, t, place) {
      guard ownFields.contains(OwnField(list: fact.list, field: fact.field.name)), RuleScreen.isWord(fact.field.type)
      else { return }
      addUnjudged(fact.field, fact.list, at: fact.at.location)
      return
    }
    guard case .field(let base, let field) = x.operation, let list = RuleScreen.list(of: base),
      ownLists.contains(list), RuleScreen.isWord(field.type), fact(base, t, place) != nil
    else { return }
    addUnjudged(field, list, at: t.location)
  }

  /// Whether there is a record of a list at all is asked: at least one, none.
  mutating func lookAtMembership(_ a: Typed, _ b: Typed, _ t: Typed) {
    guard let measure else { return }
    for (side, other) in [(a, b), (b, a)] {
      guard case .count(let set) = side.operation, case .constant(let raw) = other.operation, (0...1).contains(raw),
        measure.sets.indices.contains(set), ownLists.contains(measure.sets[set].list)
      else { continue }
      addUnjudged(nil, measure.sets[set].list, at: t.location)
    }
  }

  private mutating func addUnjudged(_ field: Field?, _ list: String, at location: SourceRange) {
    guard let measure else { return }
    guard let same = unjudged.firstIndex(where: { $0.list == list && $0.field?.name == field?.name }) else {
      unjudged.append(UnjudgedCondition(field: field, list: list, measures: [measure], locations: [location]))
      return
    }
    if !unjudged[same].measures.contains(where: { $0.id == measure.id }) { unjudged[same].measures.append(measure) }
    let isKnown = unjudged[same].locations.contains { $0.start == location.start && $0.end == location.end }
    if !isKnown { unjudged[same].locations.append(location) }
  }
}
