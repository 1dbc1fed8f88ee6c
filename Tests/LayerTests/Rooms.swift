// Where types live: a type lives in the room, a folder below Sources (`Engine/Measures`), that declares it. Reads
// declarations and extensions at the beginning of a line, which is where the formatter puts them, and nothing else.

/// What is said about the types of a tree, outside of their rooms.
struct Rooms {
  /// A source: its path below Sources, and its text.
  typealias Source = (path: String, text: String)

  /// An extension may say a word about a type of another room: how it is shown, what it means here. What is longer
  /// than this has a life of its own there.
  static let longestVisit = 60

  let sources: [Source]

  /// A line for each type that lives in two rooms of one target, or is extended at length outside of the room that
  /// declares it: the type, the file, how many lines.
  var violations: [String] {
    var homes: [String: Set<String>] = [:]
    for source in sources {
      for (name, _) in heads(source, ["struct", "class", "enum", "actor", "protocol"]) {
        homes[name, default: []].insert(room(source.path))
      }
    }
    return sources.flatMap { source -> [String] in
      let here = room(source.path)
      var visits: [String: Int] = [:]
      for (name, length) in heads(source, ["extension"]) where !(homes[name] ?? [here]).contains(here) {
        visits[name, default: 0] += length
      }
      return visits.filter { $0.value > Self.longestVisit }.map { "\($0.key) in \(source.path): \($0.value) lines" }
    }.sorted()
  }

  private func room(_ path: String) -> String {
    path.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// The names behind some keywords at the beginning of a line, each with the lines of its body.
  private func heads(_ source: Source, _ keywords: Set<Substring>) -> [(name: String, length: Int)] {
    let lines = source.text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.compactMap { i in
      guard let first = lines[i].first, first.isLetter else { return nil }
      let words = lines[i].split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "." }
      guard let at = words.firstIndex(where: keywords.contains), at + 1 < words.count,
        words[..<at].allSatisfy(Self.modifiers.contains)
      else { return nil }
      let end = lines[i...].firstIndex { $0.hasPrefix("}") } ?? i
      return (String(words[at + 1].prefix { $0 != "." }), max(end - i - 1, 0))
    }
  }

  private static let modifiers: Set<Substring> = ["public", "package", "internal", "final", "indirect"]
}
