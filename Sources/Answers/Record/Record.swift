// What a program reads of an answer: named values in order, some of them records or lists of records themselves. Made
// once; knows nothing of JSON.

/// Named values in order.
package struct Record: Sendable {
  /// A value and its name.
  package struct Member: Sendable {
    /// The name that programs read. Part of the contract with them.
    package let key: String
    package let value: Datum

    package init(_ key: String, _ value: Datum) {
      self.key = key
      self.value = value
    }
  }

  package private(set) var members: [Member]

  /// A record within another.
  package init(_ members: KeyValuePairs<String, Datum>) {
    self.members = members.map { Member($0.key, $0.value) }
  }

  /// A record whose names come from data.
  package init(_ members: [Member]) { self.members = members }

  /// An answer's record, which says first what it is.
  /// - Parameter kind: the word by which programs tell answers apart, such as `budget`.
  package init(kind: String, _ members: KeyValuePairs<String, Datum> = [:]) {
    self.members = [Member("kind", .id(kind))] + members.map { Member($0.key, $0.value) }
  }

  /// The value of a member; nil where there is no such member.
  package subscript(key: String) -> Datum? { members.first { $0.key == key }?.value }

  /// Adds a member behind the others.
  package mutating func add(_ key: String, _ value: Datum) { members.append(Member(key, value)) }

  /// Adds members behind the others.
  package mutating func add(_ more: KeyValuePairs<String, Datum>) {
    members += more.map { Member($0.key, $0.value) }
  }

  /// The record with members behind its own.
  package func with(_ more: KeyValuePairs<String, Datum>) -> Record {
    var record = self
    record.add(more)
    return record
  }
}
