// The options behind a verb and its things: by DIMENSION, as MODE, as FORMAT, into FILE, in any order. Knows nothing of
// what the verbs mean, only which options each takes.

import Answers
import Diagnostics
import Engine
import Reports

extension StatementParser {
  func isOption(_ token: Token) -> Bool {
    guard token.kind == .word else { return false }
    let word = token.word
    return [Keyword.by, .as, .into].contains { $0.matches(word) } || glued(token) != nil
  }

  /// `按措施`, `以json`: a keyword and its word in one.
  private func glued(_ token: Token) -> Int? {
    for keyword in [Keyword.by, .as, .into] {
      for spelling in keyword.spellings where spelling.utf8.first.map({ $0 > 0x7F }) == true {
        guard token.text.hasPrefix(spelling), token.text.utf8.count > spelling.utf8.count else { continue }
        let rest = String(token.text.dropFirst(spelling.count))
        if keyword == .into || Dimension.named(rest) != nil || Mode.named(rest) != nil
          || OutputFormat.named(rest) != nil
        {
          return spelling.utf8.count
        }
      }
    }
    return nil
  }

  mutating func options(_ verb: Verb, _ command: inout Command) throws(Misread) {
    while !isAtEnd, token.kind == .word || token.kind == .comma {
      if token.kind == .comma {
        guard isOption(peek(1)) else { return }
        index += 1
      }
      if let offset = glued(token) { split(at: offset) }
      let option = token
      let word = option.word
      let isChineseBy = word == "按"
      if Keyword.into.matches(word) {
        index += 1
        guard !isAtEnd else {
          throw fail(.missing(Text("a file name after `into`", zh: "`存入` 之后的文件名"), usage: verb.usage))
        }
        if command.into != nil { throw fail(.optionTwice(option.raw), at: option) }
        command.into = fileName()
      } else if Keyword.by.matches(word) || Keyword.as.matches(word) {
        index += 1
        let value = token
        guard value.kind == .word else {
          throw fail(.missing(Text("a word after `\(option.raw)`", zh: "`\(option.raw)` 之后的词"), usage: verb.usage))
        }
        if let dimension = Dimension.named(value.word), Keyword.by.matches(word) {
          if command.dimension != nil { throw fail(.optionTwice(option.raw), at: option) }
          guard verb.takesDimension else { throw fail(.notHere("by", verb: verb.rawValue), at: option) }
          command.dimension = dimension
        } else if let mode = Mode.named(value.word), Keyword.as.matches(word) {
          if command.mode != nil { throw fail(.optionTwice(option.raw), at: option) }
          guard verb.takesMode else { throw fail(.notHere("as " + value.raw, verb: verb.rawValue), at: option) }
          command.mode = mode
        } else if let format = OutputFormat.named(value.word), Keyword.as.matches(word) {
          if command.format != nil { throw fail(.optionTwice(option.raw), at: option) }
          command.format = format
        } else if Keyword.by.matches(word), !isChineseBy || verb.takesDimension {
          throw fail(
            .unknownWord(value.raw, what: Text("a dimension", zh: "维度"), choices: Dimension.allCases.map(\.rawValue)),
            at: value)
        } else {
          throw fail(
            .unknownWord(
              value.raw, what: Text("a mode or a format", zh: "方式或格式"),
              choices: ["enacted", "adopted"] + OutputFormat.allCases.map(\.rawValue)), at: value)
        }
        index += 1
      } else {
        return
      }
    }
  }
}

extension Verb {
  /// Whether `with` may stand before it.
  var takesSettings: Bool {
    switch self {
    case .run, .compare, .payments, .duties, .readings, .explain, .why, .show, .list, .diff, .sweep, .find, .cliffs,
      .sensitivity, .simulate, .plot:
      true
    default: false
    }
  }

  var takesDimension: Bool { self == .run || self == .compare }

  var takesMode: Bool {
    switch self {
    case .run, .compare, .payments, .duties, .readings, .explain, .why, .diff, .sweep, .find, .cliffs, .sensitivity,
      .simulate, .plot:
      true
    default: false
    }
  }
}
