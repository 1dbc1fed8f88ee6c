// What stands after the verbs of the what-if suite. Knows nothing of which names exist, nor of what a distribution is.

import Diagnostics
import Engine
import Reports

extension StatementParser {
  // MARK: Explanations of differences

  /// `explain ID [MEASURE]`, or `explain A vs B [for ID]`.
  mutating func explain() throws(Misread) -> Action {
    if let vs = tokens.indices.dropFirst(index).first(where: { tokens[$0].kind == .word && isVersus(tokens[$0]) }),
      vs > index
    {
      let first = try programme()
      guard isVersus(token) else { throw fail(.unexpected(token.raw, usage: Verb.explain.usage)) }
      index += 1
      let second = try programme()
      var subject: Written?
      if Keyword.for.matches(token.word) {
        index += 1
        subject = try word(Text("an id", zh: "编号"), .explain)
      }
      return .explainDifference(first, second, subject: subject)
    }
    let subject = try word(Text("an id", zh: "编号"), .explain)
    return .explain(subject: subject, measure: optionalPhrase())
  }

  private func isVersus(_ token: Token) -> Bool { ["vs", "versus", "against", "对比"].contains(token.word) }

  mutating func diff() throws(Misread) -> Action {
    let first = try programme()
    guard token.kind == .comma || Keyword.vs.matches(token.word) else {
      throw fail(.missing(Text("a second programme", zh: "第二套方案"), usage: Verb.diff.usage))
    }
    index += 1
    return .diff(first, try programme())
  }

  // MARK: Drafts

  mutating func draft() throws(Misread) -> Action {
    let name = try word(Text("a name for the draft", zh: "草案名称"), .draft)
    guard Keyword.from.matches(token.word) else {
      throw fail(.missing(Text("`from` and a programme", zh: "`从` 和方案"), usage: Verb.draft.usage))
    }
    index += 1
    let base = try programme()
    var changes: [DraftRequest.Change] = []
    if token.kind == .colon {
      repeat {
        index += 1
        if isAtEnd, changes.isEmpty { break }
        changes.append(try change())
      } while token.kind == .comma
    }
    return .draft(DraftRequest(name: name, base: base, changes: changes))
  }

  private mutating func change() throws(Misread) -> DraftRequest.Change {
    if peek(1).kind != .equals {
      if Keyword.without.matches(token.word) {
        index += 1
        return .without(try word(Text("a measure", zh: "措施"), .draft))
      }
      if Keyword.add.matches(token.word) {
        index += 1
        return .add(try file(.draft))
      }
    }
    return .set(try assignment(beforeVerb: false))
  }

  // MARK: Sweeps and goals

  mutating func sweep() throws(Misread) -> Action {
    splitKeywords()
    var axes = [try axis(.sweep)]
    while token.kind == .comma, !isOption(peek(1)) {
      index += 1
      axes.append(try axis(.sweep))
    }
    var programmes: [Programme] = []
    if Keyword.in.matches(token.word) {
      repeat {
        index += 1
        programmes.append(try programme())
      } while token.kind == .comma && !isOption(peek(1))
    }
    return .sweep(SweepRequest(axes: axes, programmes: programmes))
  }

  private mutating func axis(_ verb: Verb) throws(Misread) -> SweepRequest.Axis {
    let name = try one(Text("a parameter or reading", zh: "参数或读法"), verb)
    guard let range = try range(verb) else { return SweepRequest.Axis(name: name, range: nil, step: nil) }
    var step: Written?
    if Keyword.step.matches(token.word) {
      index += 1
      step = try figure(Text("the step's size", zh: "步长"), verb)
    }
    return SweepRequest.Axis(name: name, range: range, step: step)
  }

  /// One word by itself, whatever is glued to it.
  private mutating func one(_ what: Text, _ verb: Verb) throws(Misread) -> Written {
    guard token.kind == .word || token.kind == .quoted else { throw fail(.missing(what, usage: verb.usage)) }
    defer { index += 1 }
    return written(token)
  }

  private mutating func range(_ verb: Verb) throws(Misread) -> (from: Written, to: Written)? {
    guard Keyword.from.matches(token.word) else { return nil }
    index += 1
    let from = try figure(Text("where to begin", zh: "起点"), verb)
    guard Keyword.to.matches(token.word) else {
      throw fail(.missing(Text("`to` and where to end", zh: "`到` 和终点"), usage: verb.usage))
    }
    index += 1
    return (from, try figure(Text("where to end", zh: "终点"), verb))
  }

  /// A figure with its units, up to the next keyword.
  private mutating func figure(_ what: Text, _ verb: Verb) throws(Misread) -> Written {
    guard token.kind == .word || token.kind == .quoted, !isOption(token) else {
      throw fail(.missing(what, usage: verb.usage))
    }
    let start = index
    index += 1
    while token.kind == .word, UnitWord.isKnown(token.word) || token.word == "per" { index += 1 }
    return joined(from: start)
  }

  private func joined(from start: Int) -> Written {
    let (first, last) = (tokens[start], tokens[index - 1])
    if index == start + 1 { return written(first) }
    return Written(
      text: tokens[start..<index].map(\.text).joined(separator: " "),
      raw: CommandText.slice(source.text, first.start, last.end), location: location(from: first, to: last))
  }

  mutating func find() throws(Misread) -> Action {
    splitKeywords()
    let name = try one(Text("a parameter", zh: "参数"), .find)
    let range = try range(.find)
    var before: Programme?
    if Keyword.in.matches(token.word) {
      index += 1
      before = try programme()
    }
    guard Keyword.so.matches(token.word) else {
      throw fail(.missing(Text("`so that total = …`", zh: "`使 合计 = …`"), usage: Verb.find.usage))
    }
    index += 1
    if Keyword.that.matches(token.word) { index += 1 }
    var goal: [Written] = []
    while token.kind == .word || token.kind == .quoted {
      goal.append(written(token))
      index += 1
    }
    guard !goal.isEmpty else {
      throw fail(.missing(Text("what is to reach the figure, such as total", zh: "目标，例如 合计"), usage: Verb.find.usage))
    }
    let comparison: GoalComparison
    switch token.kind {
    case .equals: comparison = .equal
    case .atMost: comparison = .atMost
    case .atLeast: comparison = .atLeast
    default: throw fail(.missing(Text("=, <= or >=", zh: "=、<= 或 >="), usage: Verb.find.usage))
    }
    index += 1
    let value = try figure(Text("an amount", zh: "金额"), .find)
    if Keyword.in.matches(token.word) {
      index += 1
      before = try programme()
    }
    return .find(
      FindRequest(name: name, range: range, goal: goal, comparison: comparison, value: value, programme: before))
  }

  /// `200元到580元`, `rate_3m从200`: Chinese keywords need no space before them.
  private mutating func splitKeywords() {
    let spellings = [Keyword.from, .to, .step, .so, .in].flatMap(\.spellings).filter { ($0.utf8.first ?? 0) > 0x7F }
      .sorted { $0.utf8.count > $1.utf8.count }
    let saved = index
    defer { index = saved }
    var i = index
    while i < tokens.count, tokens.count < CommandLexer.limit {
      defer { i += 1 }
      guard tokens[i].kind == .word else { continue }
      let text = tokens[i].text
      if spellings.contains(text) { continue }
      index = i
      if let spelling = spellings.first(where: { text.hasPrefix($0) && text.utf8.count > $0.utf8.count }) {
        split(at: spelling.utf8.count)
        continue
      }
      var cut: Int?
      for spelling in spellings {
        if let found = text.firstRange(of: spelling), found.lowerBound > text.startIndex,
          text[..<found.lowerBound].allSatisfy({ $0.isASCII || "元万亿个月人天年日％".contains($0) })
        {
          let at = text[..<found.lowerBound].utf8.count
          cut = min(cut ?? at, at)
        }
      }
      if let cut { split(at: cut) }
    }
  }

  // MARK: Cliffs, sensitivity

  mutating func cliffs() throws(Misread) -> Action {
    var programme: Programme?
    if !isAtEnd, !isOption(token), !Keyword.within.matches(token.word), !Keyword.for.matches(token.word) {
      programme = try self.programme()
    }
    var within: Written?
    var subject: Written?
    while !isAtEnd {
      if Keyword.within.matches(token.word) {
        index += 1
        within = try figure(Text("how near", zh: "范围"), .cliffs)
      } else if Keyword.for.matches(token.word) {
        index += 1
        subject = try word(Text("an id", zh: "编号"), .cliffs)
      } else {
        break
      }
    }
    return .cliffs(programme, within: within, subject: subject)
  }

  mutating func sensitivity() throws(Misread) -> Action {
    var programme: Programme?
    if !isAtEnd, !isOption(token) { programme = try self.programme() }
    var change: Written?
    // `by 10%` is no dimension.
    if Keyword.by.matches(token.word), isPercent(peek(1)) {
      index += 1
      change = written(token)
      index += 1
    } else if token.kind == .word, isPercent(token) {
      change = written(token)
      index += 1
    }
    return .sensitivity(programme, change: change)
  }

  private func isPercent(_ token: Token) -> Bool {
    let text = token.text.hasPrefix("±") ? String(token.text.dropFirst()) : token.text
    return token.kind == .word && text.hasSuffix("%") && text.utf8.first.map { (0x30...0x39).contains($0) } == true
  }

  // MARK: Uncertainty

  mutating func simulate() throws(Misread) -> Action {
    let first = token
    guard token.kind == .word, token.text.utf8.first.map({ (0x30...0x39).contains($0) }) == true else {
      throw fail(.missing(Text("how many times", zh: "次数"), usage: Verb.simulate.usage))
    }
    if let suffix = Keyword.times.spellings.first(where: {
      token.text.hasSuffix($0) && token.text.utf8.count > $0.utf8.count
    }) {
      split(at: token.text.utf8.count - suffix.utf8.count)
    }
    let times = Written(text: token.text, raw: token.raw, location: location(of: first))
    index += 1
    if Keyword.times.matches(token.word) { index += 1 }
    var programme: Programme?
    if Keyword.in.matches(token.word) {
      index += 1
      programme = try self.programme()
    }
    var inputs: [Assignment] = []
    if token.kind == .colon || (Keyword.with.matches(token.word) && peek(2).kind == .equals) {
      repeat {
        index += 1
        inputs.append(try distribution())
      } while token.kind == .comma
    }
    return .simulate(SimulationRequest(times: times, programme: programme, inputs: inputs))
  }

  /// `NAME = DISTRIBUTION`; a distribution may hold commas inside brackets.
  private mutating func distribution() throws(Misread) -> Assignment {
    guard token.kind == .word || token.kind == .quoted else {
      throw fail(.missing(Text("a name", zh: "名称"), usage: Verb.simulate.usage))
    }
    let name = written(token)
    index += 1
    guard token.kind == .equals else { throw fail(.noEquals(name.text), at: tokens[index - 1]) }
    index += 1
    let start = index
    var depth = 0
    while !isAtEnd {
      if token.kind == .comma, depth <= 0 { break }
      if token.kind == .word, depth <= 0, index > start, isOption(token) { break }
      if token.kind == .word { for c in token.text { depth += c == "(" ? 1 : c == ")" ? -1 : 0 } }
      index += 1
    }
    guard index > start else { throw fail(.noValue(name.text)) }
    let (first, last) = (tokens[start], tokens[index - 1])
    let text = tokens[start..<index].reduce("") { $0 + ($0.isEmpty || $1.isGlued ? "" : " ") + $1.text }
    return Assignment(
      name: name,
      value: Written(
        text: text, raw: CommandText.slice(source.text, first.start, last.end),
        location: location(from: first, to: last)))
  }

  // MARK: Plots

  mutating func plot() throws(Misread) -> Action {
    if isAtEnd || isOption(token) { return .plot(result: nil, command: nil) }
    if token.kind == .word, ResultName.isOne(token.text) {
      let name = written(token)
      index += 1
      return .plot(result: name, command: nil)
    }
    let first = token
    let settings = try withList()
    let verb = try self.verb(after: settings)
    switch verb {
    case .run, .compare, .sweep, .find, .cliffs, .sensitivity, .simulate, .readings, .diff: break
    default: throw fail(.notHere("plot", verb: verb.rawValue), at: first)
    }
    splitSuffix()
    var inner = Command(try action(verb), text: text, location: location)
    inner.with = settings
    return .plot(result: nil, command: inner)
  }
}

/// Names of earlier results: `r3`, and `_` for the last.
enum ResultName {
  static func isOne(_ text: String) -> Bool { text == "_" || number(text) != nil }

  static func number(_ text: String) -> Int? {
    guard text.hasPrefix("r"), text.utf8.count <= 7 else { return nil }
    let digits = text.dropFirst()
    guard let first = digits.utf8.first, first != 0x30, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(digits)
  }
}

extension Verb {
  /// The verb of an action that can be drawn.
  static func named(of action: Action) -> Verb? {
    switch action {
    case .run: .run
    case .compare: .compare
    case .sweep: .sweep
    case .find: .find
    case .cliffs: .cliffs
    case .sensitivity: .sensitivity
    case .simulate: .simulate
    case .readings: .readings
    case .diff: .diff
    default: nil
    }
  }
}
