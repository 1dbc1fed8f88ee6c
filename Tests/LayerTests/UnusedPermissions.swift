// Permissions that nobody uses: what is `public` or `package` although no other target, and no test, says its name.
// Looks for words, not for meanings: a name that another target uses for something else counts as used.

/// Finds what could be internal.
struct UnusedPermissions {
  static let name = "unused-permission"

  /// Sources by target; a test target is one like any other.
  let targets: [String: [SwiftText]]

  /// Names that the standard library's protocols, or the macros of packages, ask for: whoever conforms has no choice.
  static let askedFor: Set<String> = [
    "hash", "description", "debugDescription", "encode", "next", "makeIterator", "startIndex", "endIndex", "index",
    "count",
    "rawValue", "allCases", "id", "body", "run", "configuration", "validate", "Element", "Index", "RawValue",
    "Iterator",
  ]

  /// The violations in one target, as lines of the list.
  func violations(in target: String) -> [String] {
    let own = targets[target, default: []]
    let elsewhere = words(ofAllBut: target)
    let open = own.flatMap(\.permissions)
    var required = Self.askedFor
    for source in own { required.formUnion(source.requirements) }
    // A type that another permission names, or that an enumeration carries, is needed although nobody else names it.
    var named: [String: Int] = [:]
    for permission in open { for word in permission.head { named[word, default: 0] += 1 } }
    var carried: Set<String> = []
    for source in own { carried.formUnion(source.carried) }
    let types: Set<String> = ["struct", "enum", "class", "actor", "protocol", "typealias"]
    return own.flatMap { source in
      source.permissions.flatMap { permission in
        permission.names.filter { name in
          if elsewhere.contains(name) || required.contains(name) { return false }
          guard types.contains(permission.keyword) else { return true }
          return named[name, default: 0] == 0 && !carried.contains(name)
        }.map { TidyList.line(Self.name, source.file, $0) }
      }
    }
  }

  private func words(ofAllBut target: String) -> Set<String> {
    var words: Set<String> = []
    for (other, sources) in targets where other != target {
      for source in sources { for token in source.tokens where token.isWord { words.insert(token.name) } }
    }
    return words
  }
}
