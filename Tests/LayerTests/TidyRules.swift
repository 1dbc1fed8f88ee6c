// How the sources have to look, rule by rule, as far as one file tells. What takes several files is in
// `UnusedPermissions`; which files break a rule still is in tidy-exceptions.txt. Knows the sources only as text.

/// A rule over one source. What breaks it is told by a detail that stays the same when lines move: the name of a
/// declaration, or nothing where the file as a whole is meant.
struct TidyRule: Sendable {
  let name: String
  /// The folders below the root that it is for.
  var folders = ["Sources", "Tests"]
  /// One detail for each violation.
  let violations: @Sendable (SwiftText) -> [String]
}

extension TidyRule {
  /// The violations as lines of the list.
  func lines(for source: SwiftText) -> [String] {
    violations(source).map { TidyList.line(name, source.file, $0) }
  }

  static let longestLine = 120
  static let longestFunction = 70
  static let longestFile = 400

  /// In characters, as swift-format counts.
  static let lines = TidyRule(name: "line-length") { source in
    source.lines.filter { $0.count > longestLine }.map { _ in "" }
  }

  static let functions = TidyRule(name: "function-length") { source in
    source.functions.filter { $0.length > longestFunction }.map(\.name)
  }

  static let files = TidyRule(name: "file-length") { source in
    source.lines.count > longestFile ? [""] : []
  }

  static let documentation = TidyRule(name: "undocumented", folders: ["Sources"]) { source in
    source.permissions.filter { $0.access == "public" && !source.isDocumented($0.line) }
      .map { $0.names.first ?? $0.keyword }
  }

  /// Where the cases are the program's own, a new one has to be met at every switch, and `default` would hide it.
  /// Numbers, texts and values of C libraries have no end of cases.
  static let defaults = TidyRule(
    name: "default", folders: ["Sources/Engine", "Sources/PolicyLanguage", "Sources/Emission"]
  ) { source in
    source.defaultsOverCases.map { source.function(around: $0) }
  }

  /// What stops the program without a sentence, asks for the names of our own types, or takes a missing place for the
  /// first.
  static let traps = TidyRule(name: "trap", folders: ["Sources"]) { source in
    source.traps
  }

  /// A decision is referred to as `(architecture: One evaluator)`, by its name in ARCHITECTURE.md, since numbers drift.
  static func references(to decisions: Set<String>) -> TidyRule {
    TidyRule(name: "decision") { source in
      source.references.filter { !decisions.contains($0) }
    }
  }

  /// The names of decisions: what is bold at the head of each item below `## Decisions`.
  static func decisions(in architecture: String) -> Set<String> {
    var names: Set<String> = []
    var inside = false
    for line in architecture.split(separator: "\n") {
      if line.hasPrefix("## ") { inside = line == "## Decisions" }
      let parts = line.split(separator: "**", omittingEmptySubsequences: false)
      guard inside, parts.count >= 3, parts[0].allSatisfy({ "-*. ".contains($0) || $0.isNumber }) else { continue }
      names.insert(String(parts[1].hasSuffix(".") ? parts[1].dropLast() : parts[1]))
    }
    return names
  }
}

extension SwiftText {
  /// Whether `///` stands above a line, attributes between.
  func isDocumented(_ line: Int) -> Bool {
    var above = line - 1
    while above > 0 {
      let text = lines[above - 1].drop { $0 == " " }
      guard text.hasPrefix("@") else { return text.hasPrefix("///") }
      above -= 1
    }
    return false
  }

  /// The lines of `default:` in switches that name a case by its dot.
  fileprivate var defaultsOverCases: [Int] {
    tokens.indices.compactMap { i in
      guard tokens[i].text == "default", tokens[i].leads, i + 1 < tokens.count, tokens[i + 1].text == ":" else {
        return nil
      }
      return namesCases(before: i) ? tokens[i].line : nil
    }
  }

  /// Whether a `case` of the switch that is open at `end` has a pattern with a leading dot.
  private func namesCases(before end: Int) -> Bool {
    var depth = 0
    var patternEnd: Int?
    for i in tokens[..<end].indices.reversed() {
      let text = tokens[i].text
      if text == "}" { depth += 1 }
      if text == "{" { depth -= 1 }
      if depth < 0 { return false }
      guard depth == 0 else { continue }
      if text == ":" { patternEnd = i }
      guard text == "case", tokens[i].leads, let until = patternEnd else { continue }
      for j in (i + 1)..<until where tokens[j].text == "." {
        let before = tokens[j - 1].text
        let isMember =
          tokens[j - 1].isWord && !["case", "let", "var", "is"].contains(before)
          || [".", ")", "]", "\""].contains(before)
        if !isMember, tokens[j + 1].isWord { return true }
      }
    }
    return false
  }

  fileprivate var traps: [String] {
    var found: [String] = []
    for i in tokens.indices {
      let after = tokens[(i + 1)...].prefix(2).map(\.text)
      switch tokens[i].text {
      case "Mirror", "fatalError": if after.first == "(" { found.append(tokens[i].name) }
      case "try", "as": if after.first == "!" { found.append(tokens[i].name + "!") }
      case "index", "firstIndex", "lastIndex": if isReplacedByZero(i) { found.append("?? 0") }
      default: break
      }
    }
    return found
  }

  /// Whether the call at `start` ends, and `?? 0` follows.
  private func isReplacedByZero(_ start: Int) -> Bool {
    var i = start + 1
    while i < tokens.count, tokens[i].text == "(" || tokens[i].text == "{" {
      var depth = 0
      repeat {
        if "({[".contains(tokens[i].text) { depth += 1 }
        if ")}]".contains(tokens[i].text) { depth -= 1 }
        i += 1
      } while depth > 0 && i < tokens.count
    }
    return i > start + 1 && i + 2 < tokens.count && tokens[i].text == "?" && tokens[i + 1].text == "?"
      && tokens[i + 2].text == "0"
  }

  /// What comments refer to as decisions: a name, or the number where one is given.
  fileprivate var references: [String] {
    var found: [String] = []
    let words = comments.split(separator: " ")
    for (word, next) in zip(words, words.dropFirst()) {
      let plain = word.lowercased().filter(\.isLetter)
      if ["decision", "decisions"].contains(plain), let first = next.first, first.isNumber {
        found.append("decision " + next.prefix { $0.isNumber })
      }
    }
    var rest = comments[...]
    while let mark = rest.firstRange(of: "(architecture: ") {
      rest = rest[mark.upperBound...]
      found.append(String(rest.prefix { $0 != ")" }))
    }
    return found
  }
}
