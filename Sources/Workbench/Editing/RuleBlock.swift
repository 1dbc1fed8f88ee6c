// The declaration around a line of rules, read from its lines: while somebody types it is half-written, and no checker
// says what it holds. Knows nothing of what may be written there.

import Facts
import PolicyLanguage

/// A declaration as far as it is written.
struct RuleBlock {
  /// A name that the declaration gives.
  struct Own {
    enum Sort { case set, parameter, figure, reading }

    let sort: Sort
    let name: String
    /// The Chinese name of one that has an English one, too.
    let chinese: String?
    /// What stands behind its name.
    let meaning: String
    /// The list that a set is of; empty where it does not say so yet.
    var list = ""

    /// The names in rules of one language, the one that is written there first.
    func words(chinese isChinese: Bool) -> (text: String, other: String) {
      isChinese ? (chinese ?? name, chinese == nil ? "" : name) : (name, chinese ?? "")
    }
  }

  /// The word that begins it: `measure`, 措施; empty at a file's first line.
  let declaration: String
  /// What it is called; empty where that is not written yet.
  private(set) var name = ""
  let isChinese: Bool
  /// The clause at the line, up to the place that is asked about, without what is indented before it.
  let clause: String
  private(set) var own: [Own] = []
  /// The list that it goes over; nil where none is written.
  private(set) var frame: ListDeclaration?

  var sets: [Own] { own.filter { $0.sort == .set } }

  /// - Parameters:
  ///   - lines: of the file.
  ///   - inside: the numbers of those that are rules.
  ///   - head: the line at the place, up to it.
  init(_ lines: [Substring], inside: Set<Int>, line: Int, head: String, dictionary: FactDictionary, fallback: Bool) {
    func begins(_ number: Int) -> String? { inside.contains(number) ? Self.declaration(lines[number - 1]) : nil }
    let start = (1..<max(line, 1)).reversed().first { begins($0) != nil }
    let end = (line + 1..<max(line + 1, lines.count + 1)).first { begins($0) != nil || !inside.contains($0) }
    let word = start.flatMap(begins) ?? ""
    declaration = word
    isChinese = start == nil ? fallback : word.first.map { !$0.isASCII } ?? false
    clause = Self.clause(lines, from: (start ?? line - 1) + 1, line, head, isChinese, declaration: word)
    guard let start else { return }
    let behind = lines[start - 1].drop { $0 == " " }.dropFirst(word.count).drop { $0 == " " }
    name = String(behind.prefix { OpenFile.isNamePart($0) })
    for number in start...max(start, (end ?? lines.count + 1) - 1) where inside.contains(number) {
      read(String(lines[number - 1].drop { $0 == " " }), dictionary)
    }
  }

  /// The word that begins a declaration on a line; nil where it begins none. English ones may be indented.
  private static func declaration(_ line: Substring) -> String? {
    let text = line.drop { $0 == " " }
    let word = String(text.prefix { OpenFile.isNamePart($0) })
    guard !word.isEmpty else { return nil }
    if word.allSatisfy(\.isASCII) {
      let isMargin = text.count == line.count
      let known = LineBeginnings.declarations.contains { $0.word == word }
      let rest = text.dropFirst(word.count)
      return known && (isMargin || deep.contains(word) && rest.first == " " && rest.contains { $0.isLetter })
        ? word : nil
    }
    guard text.count == line.count else { return nil }
    return LineBeginnings.declarations.map(\.chinese).filter { text.hasPrefix($0) }.max { $0.count < $1.count }
  }

  /// Declarations whose words stand for nothing else at the beginning of an indented line.
  private static let deep: Set<String> = ["measure", "duty", "example"]

  // MARK: The clause

  /// A clause may go on over lines: English ones until a line begins with the word of another, Chinese ones as long as
  /// lines stand deeper than its first.
  private static func clause(
    _ lines: [Substring], from first: Int, _ line: Int, _ head: String, _ isChinese: Bool, declaration: String
  ) -> String {
    var text = head.drop { $0 == " " }
    let words = Set(LineBeginnings.clauses(of: declaration).map(\.word))
    var number = line
    var depth = head.count - text.count
    func isWhole(_ text: Substring) -> Bool {
      let word = String(text.prefix { OpenFile.isNamePart($0) })
      if isChinese { return false }
      guard words.contains(word) || text.isEmpty else { return false }
      // `where` below `count` belongs to it.
      guard parts.contains(word), number - 1 >= first else { return true }
      let above = lines[number - 2]
      return above.prefix { $0 == " " }.count >= depth
    }
    while !isWhole(text), number - 1 >= first, number - 2 >= 0 {
      let above = lines[number - 2]
      let deep = above.prefix { $0 == " " }.count
      if deep == above.count { break }
      if isChinese, deep >= depth || text.isEmpty { break }
      text = above.drop { $0 == " " } + " " + text
      number -= 1
      depth = deep
    }
    return String(text)
  }

  private static let parts: Set<String> = ["where", "begins", "every", "once", "for"]

  // MARK: What it declares

  private mutating func read(_ line: String, _ dictionary: FactDictionary) {
    if isChinese { return readChinese(line, dictionary) }
    let words = line.split(separator: " ").map(String.init)
    guard words.count > 1 else { return }
    if words[0] == "for", frame == nil {
      let named = words.dropFirst().map { $0.filter { $0 != "," } }
      frame =
        dictionary.lists.first { $0.singular == named.dropFirst().first }
        ?? named.firstIndex(of: "of").flatMap { at in
          dictionary.lists.first { named.dropFirst(at + 1).first == $0.name }
        }
      return
    }
    let sorts: [String: Own.Sort] = ["count": .set, "param": .parameter, "let": .figure, "reading": .reading]
    guard let sort = sorts[words[0]], words[1].first?.isLetter ?? false else { return }
    let chinese = words.count > 3 && words[2] == "zh" ? words[3] : nil
    let rest = line.firstIndex(of: "=").map { line[line.index(after: $0)...].drop { $0 == " " } } ?? ""
    var found = Own(sort: sort, name: words[1], chinese: chinese, meaning: String(rest))
    if sort == .set { found.list = list(of: rest.split(separator: " ").map(String.init), dictionary) }
    own.append(found)
  }

  /// The list that `hires of agency`, `all hires` or `first 3 of placed` takes records of.
  private func list(of words: [String], _ dictionary: FactDictionary) -> String {
    for word in words.prefix(4) {
      if let list = dictionary.lists.first(where: { $0.name == word }) { return list.name }
      if let set = sets.first(where: { $0.name == word }) { return set.list }
    }
    return ""
  }

  private mutating func readChinese(_ line: String, _ dictionary: FactDictionary) {
    if line.hasPrefix("对"), frame == nil {
      let first = line.prefix { !"，,".contains($0) }
      frame = dictionary.lists.filter { first.contains($0.record.zh) || first.contains($0.words.zh) }
        .max { $0.record.zh.count < $1.record.zh.count }
      return
    }
    let sorts: [(String, Own.Sort)] = [("计", .set), ("参数", .parameter), ("设", .figure), ("口径", .reading)]
    guard let (word, sort) = sorts.first(where: { line.hasPrefix($0.0) }) else { return }
    let behind = line.dropFirst(word.count).drop { $0 == " " || $0 == "　" }
    let name = behind.prefix { !"＝=〔 　“，".contains($0) }
    guard !name.isEmpty else { return }
    let id = behind.dropFirst(name.count).first == "〔" ? behind.dropFirst(name.count + 1).prefix { $0 != "〕" } : nil
    let rest = behind.firstIndex { $0 == "＝" || $0 == "=" }.map { behind[behind.index(after: $0)...] } ?? ""
    var found = Own(
      sort: sort, name: id.map(String.init) ?? String(name), chinese: String(name), meaning: String(rest))
    if sort == .set {
      let source = rest.prefix { !"，,（".contains($0) }
      let list = dictionary.lists.filter { source.hasSuffix($0.words.zh) }.max { $0.words.zh.count < $1.words.zh.count }
      found.list = list?.name ?? sets.first { source.contains($0.chinese ?? $0.name) }?.list ?? ""
    }
    own.append(found)
  }
}
