// The commands there are, by their words. Knows nothing of what they do.

import Diagnostics

/// The commands that a parser knows.
package struct Vocabulary: Sendable {
  /// Every command, in the order in which help lists them.
  let requests: [any Request.Type]
  /// The words of commands whose quoted texts may have several lines.
  package let long: Set<String>
  private let bySpelling: [String: Int]
  private let byName: [String: Int]

  /// - Precondition: no two commands share a word.
  package init(_ requests: [any Request.Type]) {
    var bySpelling: [String: Int] = [:], byName: [String: Int] = [:]
    for (index, request) in requests.enumerated() {
      for word in request.form.spellings {
        precondition(bySpelling.updateValue(index, forKey: word) == nil, "Two commands are called `\(word)`.")
      }
      precondition(byName.updateValue(index, forKey: request.form.name) == nil, "Two commands have one name.")
    }
    long = Set(requests.filter { $0.form.takesLongText }.flatMap { $0.form.spellings })
    self.requests = requests
    self.bySpelling = bySpelling
    self.byName = byName
  }

  package var forms: [CommandForm] { requests.map { $0.form } }

  /// The command with exactly this spelling.
  package func named(_ word: String) -> (any Request.Type)? { bySpelling[word].map { requests[$0] } }

  /// The use of a command that the grammar itself speaks of.
  /// - Precondition: there is one of this name.
  package func usage(_ name: String) -> Text {
    guard let index = byName[name] else { preconditionFailure("The grammar speaks of `\(name)`, which is no command.") }
    return requests[index].form.usage
  }

  /// A command that the grammar itself speaks of.
  /// - Precondition: there is one of this name.
  package func request(_ name: String) -> any Request.Type {
    guard let index = byName[name] else { preconditionFailure("The grammar speaks of `\(name)`, which is no command.") }
    return requests[index]
  }

  /// The commands that a beginning may stand for.
  package func beginning(with word: String) -> [any Request.Type] {
    requests.filter { request in request.form.spellings.contains { $0.hasPrefix(word) } }
  }

  /// A Chinese word of a command at the beginning of a word that goes on without a space: `测算changle-2022`.
  package func leading(_ word: String) -> (request: any Request.Type, spelling: String)? {
    guard let first = word.unicodeScalars.first, first.value > 0x7F else { return nil }
    return bySpelling.filter { $0.key.unicodeScalars.count >= 2 && word.hasPrefix($0.key) }
      .max { $0.key.utf8.count < $1.key.utf8.count }
      .map { found in
        // 测算一下长乐
        let rest = word.dropFirst(found.key.count)
        let polite = ["一下", "一次", "一遍"].first { rest.hasPrefix($0) } ?? ""
        return (requests[found.value], found.key + polite)
      }
  }
}
