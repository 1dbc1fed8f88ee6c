// The options behind a verb and its things: by KEY, …, as MODE, as FORMAT, into FILE, in any order. Knows nothing of
// what the verbs mean, only which options each takes.

import Answers
import Diagnostics
import Engine
import Reports

extension StatementParser {
  package func isOption(_ token: Token) -> Bool {
    guard token.kind == .word else { return false }
    let word = token.word
    return [Keyword.by, .as, .into].contains { $0.matches(word) } || glued(token) != nil
      || Mode.standing(word) != nil || isPer(token) || isOn(token)
  }

  /// `per placed`, `每达标人员`: only where the command takes it, since units have the same word.
  private func isPer(_ token: Token) -> Bool {
    guard form?.options.contains(.per) == true else { return false }
    return Keyword.per.matches(token.word)
      || Keyword.per.spellings.contains { $0.utf8.count > 3 && token.text.hasPrefix($0) }
      || token.text.hasPrefix("每")
  }

  /// Reads what there is one each of.
  private mutating func per(_ option: Token, _ command: inout Command) throws(Misread) {
    if command.per != nil { throw fail(.optionTwice(option.raw), at: option) }
    let spelling = Keyword.per.spellings.filter { token.text.hasPrefix($0) }.max { $0.utf8.count < $1.utf8.count }
    if let spelling, !Keyword.per.matches(token.word) { split(at: spelling.utf8.count) }
    index += 1
    command.per = try one(Text("what there is one each of", zh: "按什么平均"))
  }

  /// `on duckdb`, `在 duckdb`, `在duckdb`: only where the command takes it, and in Chinese only before an engine, since
  /// levels and bands have the same word.
  private func isOn(_ token: Token) -> Bool {
    guard form?.options.contains(.engine) == true else { return false }
    if Keyword.on.matches(token.word) {
      let next = tokens.first { $0.start >= token.end }
      return token.word == Keyword.on.spellings[0] || next.map { OtherEngine.named($0.word) != nil } == true
    }
    return engineGlued(token) != nil
  }

  /// How long the word is that an engine stands behind without a space.
  private func engineGlued(_ token: Token) -> Int? {
    Keyword.on.spellings.first { spelling in
      spelling.utf8.count >= 3 && token.word.hasPrefix(spelling)
        && OtherEngine.named(String(token.word.dropFirst(spelling.count))) != nil
    }?.utf8.count
  }

  /// Reads which engine computes.
  private mutating func engine(_ option: Token, _ command: inout Command) throws(Misread) {
    if command.engine != nil { throw fail(.optionTwice(option.raw), at: option) }
    if let offset = engineGlued(token) { split(at: offset) }
    index += 1
    command.engine = try otherEngine()
  }

  /// Reads the name of an engine.
  package mutating func otherEngine() throws(Misread) -> OtherEngine {
    guard let engine = OtherEngine.named(token.word) else {
      throw fail(
        .unknownWord(
          isAtEnd ? "" : token.raw, what: Text("an engine", zh: "引擎名称"),
          choices: OtherEngine.allCases.map { Text.same($0.rawValue) }))
    }
    index += 1
    return engine
  }

  /// `按措施`, `以json`: a keyword and its word in one.
  private func glued(_ token: Token) -> Int? {
    for keyword in [Keyword.by, .as, .into] {
      for spelling in keyword.spellings where spelling.utf8.first.map({ $0 > 0x7F }) == true {
        guard token.text.hasPrefix(spelling), token.text.utf8.count > spelling.utf8.count else { continue }
        let rest = String(token.text.dropFirst(spelling.count))
        if spelling == "按", form?.options.contains(.fact) == true { return spelling.utf8.count }
        if keyword == .into || Dimension.named(rest) != nil || Mode.named(rest) != nil
          || OutputFormat.named(rest) != nil
        {
          return spelling.utf8.count
        }
      }
    }
    return nil
  }

  private func take(
    _ mode: Mode, _ option: Token, _ command: inout Command, _ form: CommandForm
  ) throws(Misread) {
    if command.mode != nil { throw fail(.optionTwice(option.raw), at: option) }
    guard form.options.contains(.mode) else { throw fail(.notHere(option.raw, of: form), at: option) }
    command.mode = mode
  }

  package mutating func options(_ command: inout Command) throws(Misread) {
    // What is drawn takes its own options.
    let form = command.optionForm
    while !isAtEnd, token.kind == .word || token.kind == .comma {
      if token.kind == .comma {
        guard isOption(peek(1)) else { return }
        index += 1
      }
      if let mode = Mode.standing(token.word) {
        try take(mode, token, &command, form)
        index += 1
        continue
      }
      if let offset = glued(token) { split(at: offset) }
      let option = token
      let word = option.word
      let isChineseBy = word == "按"
      if isPer(option) {
        try per(option, &command)
        continue
      }
      if isOn(option) {
        try engine(option, &command)
        continue
      }
      if Keyword.into.matches(word) {
        index += 1
        guard !isAtEnd else {
          throw fail(.missing(Text("a file name after `into`", zh: "`存入` 之后的文件名"), usage: usage))
        }
        if command.into != nil { throw fail(.optionTwice(option.raw), at: option) }
        command.into = fileName()
      } else if Keyword.by.matches(word) || Keyword.as.matches(word) {
        index += 1
        let value = token
        guard value.kind == .word else {
          throw fail(.missing(Text("a word after `\(option.raw)`", zh: "`\(option.raw)` 之后的词"), usage: usage))
        }
        if isGroupingKey(value, after: word, form) {
          if !command.grouping.isEmpty { throw fail(.optionTwice(option.raw), at: option) }
          command.grouping = try groupings(option, form)
          continue
        }
        if Keyword.by.matches(word), Dimension.named(value.word) != nil {
          throw fail(.notHere(option.raw, of: form), at: option)
        }
        if let mode = Mode.named(value.word), Keyword.as.matches(word) {
          try take(mode, option, &command, form)
        } else if let format = OutputFormat.named(value.word), Keyword.as.matches(word) {
          if command.format != nil { throw fail(.optionTwice(option.raw), at: option) }
          command.format = format
        } else if Keyword.by.matches(word), !isChineseBy || form.options.contains(.dimension) {
          throw fail(
            .unknownWord(
              value.raw, what: Text("a dimension", zh: "维度"),
              choices: Dimension.allCases.map { Text($0.rawValue, zh: $0.chinese[0]) }),
            at: value)
        } else {
          throw fail(
            .unknownWord(
              value.raw, what: Text("a mode or a format", zh: "方式或格式"),
              choices: [Text("enacted", zh: "原文件施行"), Text("adopted", zh: "假设采用")]
                + OutputFormat.texts.map { Text($0.rawValue, zh: $0.chinese[0]) }), at: value)
        }
        index += 1
      } else {
        return
      }
    }
  }
}
