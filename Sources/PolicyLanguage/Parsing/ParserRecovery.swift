// Where clauses begin and end, and what happens to lines that belong to none. Knows nothing of what stands inside them.
import Diagnostics

extension RuleParser {
  // MARK: Boundaries

  /// Whether a token starts a declaration. What goes on with an expression after it makes it a name.
  func startsDeclaration(_ i: Int) -> Bool {
    guard tokens[i].startsLine, tokens[i].word.isDeclaration else { return false }
    return !isNameHere(i)
  }

  /// Whether a token at the beginning of a line starts the next clause of the declaration being read.
  func startsClause(_ i: Int) -> Bool {
    let token = tokens[i]
    guard token.sort == .word else { return false }
    let word = token.word
    let isDeeper = token.column > clauseColumn
    // Facts are raw text: a line below `given` is more of them, whatever its first word.
    if clause == .given, isDeeper { return (word == .given || word == .expect) && !isNameHere(i) }
    if clause == .reading, isDeeper {
      let next = i + 1 < lastIndex ? tokens[i + 1] : tokens[lastIndex]
      if !next.startsLine, next.sort == .string || next.word == .default || next.word == .zh { return false }
    }
    if isDeeper, clause.takes(word) { return false }
    guard isClauseWord(word, i) else { return false }
    return !isNameHere(i)
  }

  private func isClauseWord(_ word: Word, _ i: Int) -> Bool {
    if word.isDeclaration { return true }
    switch DeclarationWord(declaration) {
    case .measure, .duty, .note: return word.isMeasureClause
    case .list: return word.isListClause
    case .example: return word.isExampleClause
    case .limit: return word.isLimitClause
    case .document:
      if word.isHeaderClause { return true }
      // Any word followed by a text is a remark.
      return word != .zh && i + 1 < lastIndex && tokens[i + 1].sort == .string && !tokens[i + 1].startsLine
    case .value, .define, .reading, .param, .table, nil: return false
    }
  }

  /// Whether the word goes on with what came before: `kind is …`, `count of …`, or the last of a bracket.
  private func isNameHere(_ i: Int, as meant: Word? = nil) -> Bool {
    guard i + 1 < lastIndex else { return false }
    let next = tokens[i + 1]
    if next.startsLine { return next.sort == .close || next.sort == .comma }
    let word = meant ?? tokens[i].word
    if word.leads(to: next.word) { return false }
    if word == .where || word == .require { return next.sort == .equals || next.word == .is }
    guard word == .other || word.isLikelyName || meant != nil else { return next.isOperator && next.sort != .word }
    return next.isOperator || next.word.continuesExpression
  }

  /// The words that start clauses where the parser stands, for did-you-mean.
  var clauseWords: [String] {
    let words: [Word] =
      switch DeclarationWord(declaration) {
      case .measure, .duty, .note: Word.allCases.filter(\.isMeasureClause)
      case .list: Word.allCases.filter(\.isListClause)
      case .example: Word.allCases.filter(\.isExampleClause)
      case .limit: Word.allCases.filter(\.isLimitClause)
      case .document: Word.allCases.filter(\.isHeaderClause)
      case .value, .define, .reading, .param, .table, nil: []
      }
    return words.map(\.rawValue)
  }

  // MARK: Clauses

  /// Starts the clause at `index`: from here on the parser sees no further than its end.
  mutating func beginClause() {
    clause = tokens[index].word
    clauseColumn = tokens[index].column
    if clauseColumn > declarationColumn { isIndented = true }
    setLimit()
    let (first, last) = (tokens[index], tokens[max(index, limit - 1)])
    clausePlaces.append((first.line...max(first.line, last.line), first.column))
    index += 1
  }

  private mutating func setLimit() {
    var i = index + 1
    while i < lastIndex, !(tokens[i].startsLine && startsClause(i)) { i += 1 }
    limit = i
    fullLimit = i
  }

  /// Reads one clause. What is left of it when the reader is done, or has given up, is looked through for lines that
  /// were meant as clauses of their own.
  mutating func readClause(_ read: (inout RuleParser) throws(Lost) -> Void) {
    let first = index
    beginClause()
    abandoned = false
    do {
      try read(&self)
      if abandoned { skip() } else { endClause() }
    } catch {
      if index <= first { index = first + 1 }
      skip()
    }
  }

  /// What the reader has left is looked through again up to where the clause ended at first: the reader may have found
  /// the end of it earlier.
  private mutating func skip() {
    limit = max(limit, fullLimit)
    skipToMisspelling()
  }

  private mutating func endClause() {
    limit = max(limit, fullLimit)
    guard !isAtEnd else { return }
    if tokens[index].startsLine, tokens[index].sort == .word, !tokens[index].word.continuesExpression {
      strayLine()
    } else {
      leftover()
      index = min(index + 1, limit)
      skipToMisspelling()
    }
  }

  /// A line that can neither go on with the clause before it nor start one of its own. When its first word is nearly
  /// a clause word it is told, and read as what it was meant for.
  private mutating func strayLine() {
    let token = tokens[index]
    let text = text(of: token)
    if clause == .reading, token.column <= clauseColumn, sort(after: 1) == .string, misspelt(index) == nil {
      report(.deepChoice(text), at: location(of: token))
    } else {
      let shown = Visible.text(text.count > 30 ? text.prefix(29) + "…" : text)
      let meant = misspelt(index)
      let question = meant.flatMap { Nearest.question(for: text, among: [$0.rawValue]) }
      // A clause or declaration that is known, and a word of the language where its name belongs: `count before = …`.
      if meant == nil, clauseWords.contains(text) || token.word.isDeclaration, sort(after: 1) == .word,
        self.word(after: 1) != .other
      {
        report(.reservedName(self.text(of: tokens[index + 1])), at: location(of: tokens[index + 1]))
      } else {
        report(.unknownClause(shown, in: declaration, question: question, words: clauseWords), at: location(of: token))
      }
      if let meant, isCertain(text, meant) {
        correct(to: meant)
        return
      }
    }
    index = min(index + 1, limit)
    skipToMisspelling(upTo: token.column)
  }

  /// After a mistake: up to the end of the clause, or to a line in it that was meant as a clause of its own.
  /// - Parameter column: also stop at lines that stand no deeper than this, since they too were meant so.
  private mutating func skipToMisspelling(upTo column: Int = 0) {
    while index < limit {
      let token = tokens[index]
      if token.startsLine, token.sort == .word, !token.word.continuesExpression, token.word != .zh {
        if token.column <= max(clauseColumn, column), misspelt(index) != nil || token.column <= column {
          strayLine()
          return
        }
      }
      index += 1
    }
  }

  /// The clause or declaration word that a line's first word was meant for, when it is near one and what follows it
  /// would do.
  func misspelt(_ i: Int) -> Word? {
    let token = tokens[i]
    guard token.sort == .word, token.word == .other, token.end - token.start <= 24 else { return nil }
    let text = text(of: token)
    let declarations = Word.allCases.filter(\.isDeclaration).map(\.rawValue)
    guard let near = Nearest.names(to: text, among: clauseWords + declarations, limit: 1).first else { return nil }
    // A word's mere beginning is a name more often than a slip.
    guard abs(near.utf8.count - text.utf8.count) <= 2 else { return nil }
    return Word(rawValue: near).flatMap { isNameHere(i, as: $0) ? nil : $0 }
  }

  /// Whether it is safe to read a word as the one it was meant for. Of three letters with one changed it is not:
  /// `bar` may be anything.
  private func isCertain(_ text: String, _ meant: Word) -> Bool {
    text.utf8.count > 3 || text.utf8.count != meant.rawValue.utf8.count
      || text.utf8.sorted() == meant.rawValue.utf8.sorted()
  }

  /// Ends the clause before a line that was meant as the next one, so that its first word is not taken for a name.
  mutating func endBeforeMisspelling() {
    guard index < limit, tokens[index].startsLine, tokens[index].column <= clauseColumn, misspelt(index) != nil else {
      return
    }
    limit = index
  }

  /// Reads the token as the word it was meant for; the clause before it ends here.
  private mutating func correct(to word: Word) {
    tokens[index].word = word
    limit = index
    fullLimit = index
  }

  // MARK: Lines outside

  /// A line at document level that starts no declaration.
  mutating func strayDeclaration() {
    let token = tokens[index]
    declaration = .other
    clause = .other
    clauseColumn = 0
    setLimit()
    let text = text(of: token)
    if token.word.isMeasureClause || token.word.isListClause || token.word.isExampleClause || token.word.isHeaderClause
    {
      report(.outside(token.word), at: location(of: token))
    } else if token.sort == .word {
      let meant = misspelt(index)
      let shown = Visible.text(text.count > 30 ? text.prefix(29) + "…" : text)
      let question = meant.flatMap { Nearest.question(for: text, among: [$0.rawValue]) }
      report(.unknownDeclaration(shown, question: question), at: location(of: token))
      if let meant {
        tokens[index].word = meant
        return
      }
    } else if !tellStrangeSign(index) {
      let shown = String(text.prefix(30))
      report(.unknownDeclaration(Visible.text(shown), question: nil), at: location(of: token))
    }
    index += 1
    while index < limit {
      if tokens[index].startsLine, tokens[index].column <= token.column, misspelt(index) != nil { return }
      index += 1
    }
  }
}
