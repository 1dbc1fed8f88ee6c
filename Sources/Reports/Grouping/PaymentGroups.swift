// The groups that payments belong to, one by one: a fact beside each payment. Codes are worked out part by part in
// columns; a name is made once for each group. Knows nothing of how payments are shown.

import Diagnostics
import Engine
import Facts
import Reckoning

/// What each payment of a list is, by one key or several.
package struct PaymentGroups: Sendable {
  /// A group's name for programs and for people.
  package struct Name: Sendable {
    package let key: String
    package let title: Text
  }

  private struct Key: Sendable {
    /// The number of each payment's name, part by part.
    let parts: [[Int32]]
    let names: [Name]
  }

  package let keys: [GroupKey]
  private let found: [Key]

  /// Looks up the keys of all payments of a list.
  package init(_ list: PaymentList, by keys: [GroupKey]) {
    self.keys = keys
    let ledger = list.ledger
    found = keys.map { key in
      let codes = GroupCodes(key, of: ledger.dataset)
      let parts = list.parts.map { part -> [Int32] in
        let found = BlockCodes(part.block, codes, ledger)
        return (0..<part.count).map { Int32(truncatingIfNeeded: found[$0]) }
      }
      let named = NamedGroups(
        codes, ledger: ledger, dataset: ledger.dataset, weights: Array(repeating: 0, count: codes.count))
      let names = named.groups.map { group -> Name in
        let place = Invariant.value(group, "groups-named: every code has a name")
        let name = named.names[place]
        return Name(key: name.key, title: name.title ?? .same(name.key))
      }
      return Key(parts: parts, names: names)
    }
  }

  /// The group of a payment by the key of a number.
  package func name(_ payment: PaymentList.Payment, _ key: Int) -> Name {
    let key = found[key]
    return key.names[Int(key.parts[payment.place.part][payment.place.row])]
  }
}
