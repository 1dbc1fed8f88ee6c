// What an answer is taken apart by, as it is written behind `by`: dimensions and facts, each with a level, a day or
// bands. Knows nothing of which facts there are.
//
//   by       = "by" key { "," key }
//   key      = dimension | FACT [ "at" ( level | FACT ) ] [ "in" band { "," band } ]
//   band     = figure ".." figure | figure ".." | ".." figure | figure

import Answers
import Diagnostics
import Engine
import Reports

/// One key of groups, as written.
package struct Grouping: Sendable {
  /// What it looks at.
  package enum What: Sendable {
    case dimension(Dimension)
    /// A fact, by the name that somebody has given it.
    case fact(Written)
  }

  package let what: What
  /// A level, such as `prefecture` or `month`, or the fact that has the day of an age.
  package internal(set) var at: Written?
  /// Stretches of figures; empty: each value is a group of its own.
  package internal(set) var bands: [Written] = []

  package init(_ what: What) { self.what = what }

  /// Whether there is nothing but the dimension or the fact.
  var isPlain: Bool { at == nil && bands.isEmpty }
}

extension Command {
  /// The only dimension that an answer is taken apart by; nil: none, or something else.
  package var dimension: Dimension? {
    guard grouping.count == 1, case .dimension(let dimension) = grouping[0].what else { return nil }
    return dimension
  }
}

extension Meaning {
  /// A single key that is plain means what it has always meant: stored fingerprints rest on it.
  mutating func add(_ grouping: [Grouping]) {
    for (i, key) in grouping.enumerated() {
      let mark = i == 0 ? "" : "\(i + 1)"
      switch key.what {
      case .dimension(let dimension): add("by" + mark, dimension.rawValue)
      case .fact(let name): add("fact" + mark, name)
      }
      add("at" + mark, key.at)
      add("band" + mark, key.bands)
    }
  }
}

extension StatementParser {
  /// The keys behind `by`, the first of which stands at the cursor.
  mutating func groupings(_ option: Token, _ form: CommandForm) throws(Misread) -> [Grouping] {
    var keys: [Grouping] = []
    repeat {
      if !keys.isEmpty { index += 1 }
      keys.append(try grouping(option, form))
    } while token.kind == .comma && peek(1).kind == .word && !isOption(peek(1))
    return keys
  }

  /// Whether what stands behind `by` is a key, rather than a mode or a form, which Chinese says with the same word.
  func isGroupingKey(_ value: Token, after option: String, _ form: CommandForm) -> Bool {
    guard Keyword.by.matches(option) else { return false }
    if form.options.contains(.dimension), Dimension.named(value.word) != nil { return true }
    let isOther = Keyword.as.matches(option) && (Mode.named(value.word) != nil || OutputFormat.named(value.word) != nil)
    return form.options.contains(.fact) && !isOther
  }

  private mutating func grouping(_ option: Token, _ form: CommandForm) throws(Misread) -> Grouping {
    guard token.kind == .word else {
      throw fail(.missing(Text("what to group by", zh: "分组依据"), usage: usage))
    }
    if Keyword.bands.matches(token.word), StatementParser.isBand(peek(1)) {
      throw fail(
        .missing(
          Text("a fact before its bands: age at start in 16..24, 25..", zh: "分档之前的事实：年龄 于 参保日期 分档 16..24、25.."),
          usage: usage))
    }
    var key: Grouping
    if form.options.contains(.dimension), let dimension = Dimension.named(token.word) {
      key = Grouping(.dimension(dimension))
    } else {
      guard form.options.contains(.fact) else {
        throw fail(
          .unknownWord(
            token.raw, what: Text("a dimension", zh: "维度"),
            choices: Dimension.allCases.map { Text($0.rawValue, zh: $0.chinese[0]) }))
      }
      key = Grouping(.fact(written(token)))
    }
    index += 1
    if Keyword.at.matches(token.word), peek(1).kind == .word, !StatementParser.isBand(peek(1)) {
      index += 1
      key.at = try one(Text("a level or a day", zh: "级别或日期"))
    }
    if Keyword.bands.matches(token.word) {
      index += 1
      key.bands = try bands()
    }
    return key
  }

  private mutating func bands() throws(Misread) -> [Written] {
    guard StatementParser.isBand(token) else {
      throw fail(.missing(Text("bands such as 16..24, 25..34, 35..", zh: "分档，如 16..24、25..34、35.."), usage: usage))
    }
    var bands = [written(token)]
    index += 1
    while token.kind == .comma, StatementParser.isBand(peek(1)) {
      index += 1
      bands.append(written(token))
      index += 1
    }
    return bands
  }

  /// Figures begin with a digit, or with the dots of a stretch that is open below.
  private static func isBand(_ token: Token) -> Bool {
    guard token.kind == .word, let first = token.text.utf8.first else { return false }
    return (0x30...0x39).contains(first) || token.text.hasPrefix("..") || token.text.hasPrefix("-")
  }
}
