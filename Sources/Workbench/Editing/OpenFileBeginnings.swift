// What may be written at a place of the rules, by where it stands: a declaration at the margin, a clause below one, the
// facts of a record behind its dot, and within a clause what its words ask for. Knows nothing of protocols.

import Diagnostics
import Facts
import PolicyLanguage

extension OpenFile {
  /// The declaration around a line.
  func block(_ lines: [Substring], _ line: Int, _ head: String) -> RuleBlock {
    RuleBlock(
      lines, inside: Set(ruleLines(lines)), line: line, head: head, dictionary: desk.library.dictionary,
      fallback: desk.language == .zh)
  }

  /// What fits a place of the rules and no other; nil where any name may stand.
  func fitting(_ lines: [Substring], _ line: Int, _ head: String) -> (partial: String, words: [Completion])? {
    let partial = String(head.reversed().prefix { OpenFile.isNamePart($0) }.reversed())
    let before = head.dropLast(partial.count)
    let block = block(lines, line, head)
    if before.last == "." {
      let record = String(before.dropLast().reversed().prefix { OpenFile.isNamePart($0) }.reversed())
      if let found = facts(of: record) { return (partial, Offered.matching(found, partial)) }
    }
    if before.allSatisfy({ $0 == " " }) {
      let words = beginnings(block, partial, indented: !before.isEmpty)
      // A Chinese clause has no spaces: what goes on behind its word is no beginning any more.
      let further = block.isChinese ? ChineseOffers(RuleOffers(self, block)).offered(head) : nil
      if let further, !further.partial.isEmpty, further.partial != partial { return further }
      if !words.isEmpty { return (partial, words) }
    }
    let offers = RuleOffers(self, block)
    return block.isChinese ? ChineseOffers(offers).offered(head) : EnglishOffers(offers).offered(partial)
  }

  /// Lines that may begin at a place: at the margin declarations, else clauses; the others where only they fit.
  private func beginnings(_ block: RuleBlock, _ partial: String, indented: Bool) -> [Completion] {
    let measure = RuleOffers(self, block).measures.first?.text
    func lines(_ begun: [LineBeginning], below declaration: String) -> [Completion] {
      begun.compactMap { one in
        // An example expects something of a measure of this file.
        if let measure, ["example", "算例"].contains(declaration), one.word == "expect" {
          return block.isChinese
            ? Completion("结果 \(measure) 0元", one.line, alias: one.word)
            : Completion("expect \(measure) 0 yuan", one.chinese, alias: one.chinese)
        }
        guard block.isChinese else { return Completion(one.line, one.chinese, alias: one.chinese) }
        let line = ChineseLines.line(one.word, below: declaration) ?? one.chinese
        return Completion(line, RuleWords.meaning(of: one.word, desk.language) ?? one.line, alias: one.word)
      }.filter { $0.text.hasPrefix(partial) || (!partial.isEmpty && $0.alias.hasPrefix(partial)) }
    }
    let declarations = lines(LineBeginnings.declarations, below: "")
    let clauses = lines(LineBeginnings.clauses(of: block.declaration), below: block.declaration)
    let (first, second) = indented ? (clauses, declarations) : (declarations, clauses)
    return first.isEmpty ? second : first
  }

  /// The facts that a record has, by its name or by that of a fact that refers to one; nil where it names no record.
  func facts(of record: String) -> [Completion]? {
    let lists = desk.library.dictionary.lists
    var wanted = Set(lists.filter { $0.singular == record || $0.record.zh == record }.map(\.name))
    for field in lists.flatMap(\.fields) where field.name == record || field.chinese == record {
      if case .reference(let list) = field.type { wanted.insert(list) }
    }
    guard !wanted.isEmpty else { return nil }
    let isChinese = record.first.map { !$0.isASCII } ?? false
    return lists.filter { wanted.contains($0.name) }.flatMap(\.fields).map { field in
      let meaning = field.meaning.in(desk.language)
      return Completion(
        isChinese ? field.words.zh : field.name, meaning, alias: isChinese ? field.name : field.words.zh)
    }
  }
}

extension OpenFile {
  /// The blanks before a declaration in Chinese that has been taken where clauses stand: it has to stand at the margin,
  /// unless a measure has clauses of that name as well (参数, 口径).
  package func indentation(before word: Completion, from column: Int, line: Int) -> SourceRange? {
    let lines = OpenFile.lines(source.text)
    guard kind == .policy, column > 1, lines.indices.contains(line - 1) else { return nil }
    let head = lines[line - 1].prefix(column - 1)
    guard head.allSatisfy({ $0 == " " }) else { return nil }
    let clauses = Set(LineBeginnings.clauses(of: "measure").map(\.word))
    let isDeclaration = LineBeginnings.declarations.contains {
      !clauses.contains($0.word) && ChineseLines.line($0.word, below: "") == word.text
    }
    guard isDeclaration else { return nil }
    return SourceRange(
      source: source, start: Position(line: line, column: 1), end: Position(line: line, column: column))
  }
}
