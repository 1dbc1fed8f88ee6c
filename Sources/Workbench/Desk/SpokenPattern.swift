// How a question is put, with what may stand in its place: `{r}(为什么|怎么)(没有|没拿到){m}`. Knows nothing of what the
// names in it are; whoever asks for a match says which texts will do.

/// A pattern of words and names.
struct SpokenPattern: Sendable {
  private enum Piece: Sendable {
    /// One of these words; an empty one may be left out.
    case words([String])
    /// A name of some sort.
    case name(Character)
  }

  private let pieces: [Piece]

  /// - Parameter pattern: `(a|b|)` for words to choose from, `{m}` for a name of sort m.
  init(_ pattern: String) {
    var pieces: [Piece] = []
    var plain = ""
    var rest = pattern[...]
    func upTo(_ end: Character) -> Substring {
      let inside = rest.dropFirst().prefix { $0 != end }
      rest = rest.dropFirst(inside.count + 2)
      return inside
    }
    while let first = rest.first {
      guard first == "(" || first == "{" else {
        plain.append(first)
        rest.removeFirst()
        continue
      }
      if !plain.isEmpty { pieces.append(.words([plain])) }
      plain = ""
      if first == "(" {
        let words = upTo(")").split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        pieces.append(.words(words))
      } else if let sort = upTo("}").first {
        pieces.append(.name(sort))
      }
    }
    if !plain.isEmpty { pieces.append(.words([plain])) }
    self.pieces = pieces
  }

  /// The names in a text by their sorts; nil where it is not put so.
  /// - Parameter takes: whether a text is a name of a sort.
  func names(in text: String, takes: (Character, Substring) -> Bool) -> [Character: String]? {
    match(pieces[...], text[...], takes)
  }

  private func match(
    _ pieces: ArraySlice<Piece>, _ text: Substring, _ takes: (Character, Substring) -> Bool
  ) -> [Character: String]? {
    guard let first = pieces.first else { return text.isEmpty ? [:] : nil }
    let after = pieces.dropFirst()
    switch first {
    case .words(let words):
      for word in words where text.hasPrefix(word) {
        if let found = match(after, text.dropFirst(word.count), takes) { return found }
      }
      return nil
    case .name(let sort):
      // The shortest name that leaves what the pattern goes on with.
      var end = text.startIndex
      while end < text.endIndex {
        end = text.index(after: end)
        if var found = match(after, text[end...], takes), case let name = text[..<end].trimmingSpaces,
          takes(sort, name[...])
        {
          found[sort] = name
          return found
        }
      }
      return nil
    }
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    var rest = self
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
  }
}
