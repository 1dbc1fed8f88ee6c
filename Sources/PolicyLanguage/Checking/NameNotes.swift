// What the names in a document's rules were found to stand for, by their place: what a printer of rules needs to write
// them in either language. Taken down while the document is checked, where somebody asks. Knows nothing of printing.
import Diagnostics

/// What was found out about the names and expressions of a document, by their place in its text.
package final class NameNotes {
  /// Where something stands.
  struct Place: Hashable {
    let start: Position
    let end: Position

    init(_ location: SourceRange) {
      start = location.start
      end = location.end
    }
  }

  /// What a name stands for.
  struct Note {
    /// The name in either language.
    let words: Text
    var role: Role = .plain
  }

  enum Role: Equatable {
    case plain
    /// A definition of one thing, said of the thing before it: `x为重点企业`, `x的工作月数`.
    case said(isTruth: Bool)
    /// A yes-or-no fact in the words for what holds, or for what does not: 已备案, 未备案. `id` is the fact's name.
    case reads(holds: Bool, yes: String, no: String)
  }

  private(set) var names: [Place: Note] = [:]
  private(set) var types: [Place: ValueType] = [:]

  package init() {}

  func name(_ words: Text, _ role: Role = .plain, at location: SourceRange) {
    names[Place(location)] = Note(words: words, role: role)
  }

  func type(_ type: ValueType, at location: SourceRange) { types[Place(location)] = type }

  func note(at location: SourceRange) -> Note? { names[Place(location)] }
  func type(at location: SourceRange) -> ValueType? { types[Place(location)] }
}

/// Names and Chinese names of one scope, each found by the other.
struct NamePairs {
  private(set) var ids: [String: String] = [:]
  private(set) var chinese: [String: String] = [:]

  mutating func add(_ id: String, _ zh: String?) {
    guard let zh else {
      chinese[id] = nil
      return
    }
    ids[zh] = id
    chinese[id] = zh
  }

  mutating func add(_ name: Name) { add(name.text, name.zh) }

  func words(_ id: String) -> Text { Text(id, zh: chinese[id] ?? id) }
}

extension String {
  /// Whether the name begins with a character that no id of the contract has.
  var isChinese: Bool { utf8.first.map { $0 >= 0x80 } ?? false }
}
