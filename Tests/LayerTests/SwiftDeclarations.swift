// What of Swift's grammar the tidy rules have to know: where functions begin and end, what is declared for other
// targets, which words stand in a declaration's head. Reads tokens and nothing else.

extension SwiftText {
  /// A function, an initialiser, a subscript or a computed variable, from its first word to its closing brace.
  struct Function {
    let name: String
    let lines: ClosedRange<Int>

    var length: Int { lines.count }
  }

  /// A declaration that says `public` or `package`.
  struct Permission {
    let access: String
    let keyword: String
    /// None for an initialiser, a subscript, an operator.
    let names: [String]
    let line: Int
    /// The words between the name and the body: parameters, types, conformances.
    let head: Set<String>
  }

  private static let modifiers: Set<String> = [
    "static", "final", "class", "mutating", "nonmutating", "nonisolated", "override", "convenience", "required",
    "indirect",
    "lazy", "weak", "unowned", "consuming", "borrowing", "sending", "isolated", "prefix", "postfix", "infix", "dynamic",
    "optional",
  ]
  private static let keywords: Set<String> = [
    "func", "var", "let", "struct", "enum", "class", "actor", "protocol", "typealias", "init", "subscript", "case",
    "deinit",
    "extension", "operator", "associatedtype", "macro", "import", "return", "precedencegroup",
  ]

  /// The functions, those within others included.
  var functions: [Function] {
    var found: [Function] = []
    for i in tokens.indices {
      let word = tokens[i].text
      guard ["func", "init", "subscript", "deinit", "var"].contains(word), i == 0 || tokens[i - 1].text != ".",
        let open = body(of: i), let close = closing(open)
      else { continue }
      let named = word == "func" || word == "var"
      found.append(Function(name: named ? name(at: i + 1) : String(word), lines: tokens[i].line...tokens[close].line))
    }
    return found
  }

  /// A name, or the signs of an operator.
  private func name(at start: Int) -> String {
    if tokens[start].isWord { return tokens[start].name }
    return tokens[start...].prefix { !$0.isWord && $0.text != "(" }.map { String($0.text) }.joined()
  }

  /// The name of the innermost function around a line, `file` outside of all.
  func function(around line: Int) -> String {
    functions.filter { $0.lines.contains(line) }.min { $0.length < $1.length }?.name ?? "file"
  }

  /// The opening brace of the declaration whose keyword stands at `start`; nothing where it has no body.
  private func body(of start: Int) -> Int? {
    let isVariable = tokens[start].text == "var"
    var depth = 0
    var sawColon = false
    for i in tokens.indices.dropFirst(start + 1) {
      let text = tokens[i].text
      if depth == 0, text == "{" { return !isVariable || sawColon ? i : nil }
      if ["(", "[", "{"].contains(text) { depth += 1 }
      if [")", "]", "}"].contains(text) { depth -= 1 }
      if depth < 0 { return nil }
      guard depth == 0 else { continue }
      if text == ":" { sawColon = true }
      // A stored variable, or the next member of a protocol.
      if isVariable, text == "=" { return nil }
      if tokens[i].leads, i > start + 1,
        text == "@" || Self.keywords.contains(String(text)) || Self.modifiers.contains(String(text))
      {
        return nil
      }
    }
    return nil
  }

  /// The brace that closes the one at `open`.
  func closing(_ open: Int) -> Int? {
    var depth = 0
    for i in tokens.indices.dropFirst(open) {
      if tokens[i].text == "{" { depth += 1 }
      if tokens[i].text == "}" { depth -= 1 }
      if depth == 0 { return i }
    }
    return nil
  }

  /// All declarations that say `public` or `package`.
  var permissions: [Permission] {
    tokens.indices.compactMap { i in
      guard tokens[i].text == "public" || tokens[i].text == "package" else { return nil }
      var j = i + 1
      if j + 2 < tokens.count, tokens[j].text == "(", tokens[j + 1].text == "set" { return nil }
      // `class` is a modifier before another keyword.
      while j + 1 < tokens.count, Self.modifiers.contains(tokens[j].name),
        tokens[j].text != "class" || Self.keywords.contains(tokens[j + 1].name)
      {
        // `private(set)` and its like.
        j += 1
      }
      while j + 3 < tokens.count, tokens[j + 1].text == "(", tokens[j + 2].text == "set" { j += 4 }
      guard j + 1 < tokens.count, Self.keywords.contains(tokens[j].name),
        !["import", "extension"].contains(tokens[j].text)
      else { return nil }
      return Permission(
        access: tokens[i].name, keyword: tokens[j].name, names: names(after: j), line: tokens[i].line,
        head: head(after: j))
    }
  }

  private func names(after keyword: Int) -> [String] {
    guard !["init", "subscript", "deinit"].contains(tokens[keyword].text), tokens[keyword + 1].isWord else { return [] }
    var names = [tokens[keyword + 1].name]
    guard ["let", "var", "case"].contains(tokens[keyword].text) else { return names }
    // `let year, month, day: Int`
    var i = keyword + 2
    while i + 1 < tokens.count, tokens[i].text == ",", tokens[i + 1].isWord {
      names.append(tokens[i + 1].name)
      i += 2
    }
    return names
  }

  private func head(after keyword: Int) -> Set<String> {
    var words: Set<String> = []
    var depth = 0
    for i in tokens.indices.dropFirst(keyword + 2) {
      let text = tokens[i].text
      if depth == 0,
        text == "{" || text == "}"
          || tokens[i].leads && Self.keywords.union(["public", "package"]).contains(String(text))
      {
        break
      }
      if ["(", "[", "{"].contains(text) { depth += 1 }
      if [")", "]", "}"].contains(text) { depth -= 1 }
      if depth < 0 { break }
      if tokens[i].isWord { words.insert(tokens[i].name) }
    }
    return words
  }

  /// The words of every `case`: what an enumeration carries has to be as open as the enumeration.
  var carried: Set<String> {
    var words: Set<String> = []
    for i in tokens.indices where tokens[i].text == "case" {
      let line = tokens[i].line
      for token in tokens[i...].dropFirst().prefix(while: { $0.line == line }) where token.isWord {
        words.insert(token.name)
      }
    }
    return words
  }

  /// What protocols of this source ask for: whoever conforms has to be as open as the protocol.
  var requirements: Set<String> {
    var words: Set<String> = []
    for i in tokens.indices where tokens[i].text == "protocol" {
      guard let open = tokens[i...].firstIndex(where: { $0.text == "{" }), let close = closing(open) else { continue }
      for j in open..<close where ["func", "var"].contains(tokens[j].text) { words.insert(tokens[j + 1].name) }
    }
    return words
  }
}
