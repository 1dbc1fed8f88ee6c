// Parameters and readings, wherever they stand. Knows nothing of what they decide.
import Diagnostics

extension RuleParser {
  /// `param NAME = VALUE [, at least LOW] [, at most HIGH] ["meaning"]`
  mutating func parameter() throws(Lost) -> ParameterSyntax {
    let name = try named()
    var atLeast: Expression?
    var atMost: Expression?
    var meaning: Wording?
    var dated: [ParameterSyntax.Dated] = []
    let value = try kept { p throws(Lost) in
      try p.expect(.equals, "=")
      let value = try p.value()
      while p.sort == .comma || p.word == .at {
        let start = p.index
        _ = p.take(.comma)
        if p.take(.at, .least) {
          p.once(&atLeast, try p.value(), "at least", since: start)
        } else if p.take(.at, .most) {
          p.once(&atMost, try p.value(), "at most", since: start)
        } else {
          if p.splitsNumber(start) { throw p.fail(.badGroups, at: start) }
          let value = try p.value()
          try p.expect(.from)
          dated.append(ParameterSyntax.Dated(value: value, from: try p.value()))
        }
      }
      meaning = try p.optionalWording()
      return value
    }
    return ParameterSyntax(name: name, value: value, atLeast: atLeast, atMost: atMost, meaning: meaning, dated: dated)
  }

  /// `reading NAME "question"` and its choices, each on a line of its own that stands deeper.
  mutating func reading() throws(Lost) -> ReadingSyntax {
    let name = try named()
    let question = sort == .string ? try wording() : Wording.same(name.text)
    if question == .same(name.text), tokens[index - 1].sort != .string { _ = fail(.text) }
    var choices: [ReadingSyntax.Choice] = []
    while sort == .word, tokens[index].startsLine, tokens[index].column > clauseColumn {
      let choice = tokens[index]
      index += 1
      var name = Name(text(of: choice), at: location(of: choice))
      var isDefault = false
      var meaning: Wording?
      do {
        name = try withChinese(name)
        isDefault = take(.default)
        meaning = try optionalWording()
      } catch {
        abandoned = true
      }
      isDefault = take(.default) || isDefault
      choices.append(
        ReadingSyntax.Choice(
          name: name, meaning: meaning, isDefault: isDefault))
      if !isAtEnd, !tokens[index].startsLine {
        leftover()
        while !isAtEnd, !tokens[index].startsLine { index += 1 }
      }
    }
    return ReadingSyntax(name: name, question: question, choices: choices)
  }
}
