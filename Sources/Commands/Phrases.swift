// Pieces of grammar that several commands share: words, files, phrases, programmes, figures. Knows nothing of what they
// are for.

import Diagnostics

extension StatementParser {
  // MARK: Words

  /// One word or quoted text, with what is glued to it.
  package mutating func word(_ what: Text) throws(Misread) -> Written {
    guard token.kind == .word || token.kind == .quoted else { throw fail(.missing(what, usage: usage)) }
    return fileName()
  }

  /// One word by itself, whatever is glued to it.
  package mutating func one(_ what: Text) throws(Misread) -> Written {
    guard token.kind == .word || token.kind == .quoted else { throw fail(.missing(what, usage: usage)) }
    defer { index += 1 }
    return written(token)
  }

  package mutating func file() throws(Misread) -> Written { try word(Text("a file's name", zh: "文件名")) }

  /// A file of this ending, before a colon perhaps; nil where something else stands.
  package mutating func file(ending: String) -> Written? {
    guard token.kind == .word || token.kind == .quoted else { return nil }
    var ahead = self
    let file = ahead.fileName(endsAtColon: true)
    guard file.raw.lowercased().hasSuffix("." + ending) else { return nil }
    self = ahead
    return file
  }

  /// Everything up to an option; nil where there is nothing.
  package mutating func optionalPhrase() -> Written? {
    let start = index
    while !isAtEnd, !isOption(token) { index += 1 }
    guard index > start else { return nil }
    let (first, last) = (tokens[start], tokens[index - 1])
    if index == start + 1 { return written(first) }
    return Written(
      text: tokens[start..<index].reduce("") { $0 + ($0.isEmpty || $1.isGlued ? "" : " ") + $1.text },
      raw: CommandText.slice(source.text, first.start, last.end),
      location: location(from: first, to: last))
  }

  package mutating func phrase(_ what: Text) throws(Misread) -> Written {
    guard let found = optionalPhrase() else { throw fail(.missing(what, usage: usage)) }
    return found
  }

  /// The name of a language, in either.
  package mutating func language() throws(Misread) -> Language {
    if isAtEnd { throw fail(.missing(Text("a language", zh: "语言"), usage: vocabulary.usage("language"))) }
    let word = token.word
    if ["en", "english", "英文", "英语"].contains(word) {
      index += 1
      return .en
    }
    if ["zh", "chinese", "中文", "汉语"].contains(word) {
      index += 1
      return .zh
    }
    throw fail(
      .unknownWord(
        token.raw, what: Text("a language", zh: "语言"), choices: [Text("en", zh: "英文"), Text("zh", zh: "中文")]))
  }

  // MARK: Programmes

  package mutating func optionalProgramme() throws(Misread) -> Programme? {
    if isAtEnd || isOption(token) { return nil }
    if token.kind == .comma, isOption(peek(1)) { return nil }
    return try programme()
  }

  package mutating func programme() throws(Misread) -> Programme {
    var names: [Written] = []
    repeat {
      if !names.isEmpty { index += 1 }
      guard token.kind == .word || token.kind == .quoted, !isOption(token) else {
        throw fail(.missing(Text("a document's name", zh: "文件名称"), usage: usage))
      }
      names.append(written(token))
      index += 1
    } while token.kind == .plus
    return Programme(names: names)
  }

  /// `in PROGRAMME`; nil where it does not stand here.
  package mutating func inProgramme() throws(Misread) -> Programme? {
    guard Keyword.in.matches(token.word) else { return nil }
    index += 1
    return try programme()
  }

  // MARK: Figures

  /// `from A to B`, `= A..B`, `A to B`; nil where none of them stands here.
  package mutating func range() throws(Misread) -> (from: Written, to: Written)? {
    // `= 80..120` and `80 to 120`, as people write it.
    if Keyword.from.matches(token.word) || token.kind == .equals && startsFigure(peek(1)) {
      index += 1
    } else if !startsFigure(token) {
      return nil
    }
    splitRange()
    let from = try figure(Text("where to begin", zh: "起点"))
    guard Keyword.to.matches(token.word) || StatementParser.rangeSigns.contains(token.text) else {
      throw fail(.missing(Text("`to` and where to end", zh: "`到` 和终点"), usage: usage))
    }
    index += 1
    return (from, try figure(Text("where to end", zh: "终点")))
  }

  private func startsFigure(_ token: Token) -> Bool {
    token.kind == .word && (token.text.utf8.first.map { (0x30...0x39).contains($0) } ?? false)
  }

  private static let rangeSigns = ["..", "…", "~", "～", "—"]

  /// Cuts `80..120` at its sign.
  private mutating func splitRange() {
    guard token.kind == .word else { return }
    for sign in StatementParser.rangeSigns {
      guard let found = token.text.firstRange(of: sign), found.upperBound < token.text.endIndex else { continue }
      split(at: token.text[..<found.lowerBound].utf8.count)
      index += 1
      split(at: sign.utf8.count)
      index -= 1
      return
    }
  }

  /// A figure with its units, up to the next keyword.
  package mutating func figure(_ what: Text) throws(Misread) -> Written {
    guard token.kind == .word || token.kind == .quoted, !isOption(token) else {
      throw fail(.missing(what, usage: usage))
    }
    let start = index
    index += 1
    while token.kind == .word,
      UnitWord.isKnown(token.word) || UnitWord.scale(of: token.word) != nil || token.word == "per"
    { index += 1 }
    return joined(from: start)
  }

  private func joined(from start: Int) -> Written {
    let (first, last) = (tokens[start], tokens[index - 1])
    if index == start + 1 { return written(first) }
    return Written(
      text: tokens[start..<index].map(\.text).joined(separator: " "),
      raw: CommandText.slice(source.text, first.start, last.end), location: location(from: first, to: last))
  }
}
