// `find`: which value of a parameter reaches a total.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning
import Reports
import Sessions

/// Seeks the values of a figure that reach a goal, or of several figures those that do best.
///
///     find = "find" figure { "," figure } "so that" goal ( "=" | "<=" | ">=" ) value [ aim ] [ "in" programme ]
///            [ "over" projection ]
///     figure = NAME [ "from" value "to" value ]
///     goal = any of: "total" "due" "pending" MEASURE YEAR MONTH ID; or COUNT, where the aim is the total; of a
///            projection also "every year"
///     aim = "with" ( "most" | "fewest" | "least" ) ( COUNT | "total" )
struct FindCommand: WorkbenchCommand {
  package static let form = CommandForm(
    "find",
    chinese: ["求解", "反求", "求"],
    meaning: Text("which value of a parameter reaches a total", zh: "参数取何值可达到某一合计"),
    usage: Text(
      "find NAME[, NAME …] so that TOTAL =|<=|>= V [with most|fewest COUNT] [in PROGRAMME] [over YEAR to YEAR …]",
      zh: "求解 名称[、名称 …] 使 合计 等于|不超过|不少于 金额 [且 计数 最多|最少] [于 方案] [跨年 年度 到 年度 …]"),
    more: Text(
      "Every solution is found, to the smallest step of the parameter, not only the first; where the total "
        + "jumps over the figure, both sides are told. Of several figures the combination is found that does best "
        + "(`with most placed`), beside what each more of it costs. `over 2024 to 2028: hires grow 5% a year` searches "
        + "a projection: the total is that of its years, `every year <= V` asks of each.",
      zh: "按参数的最小步长给出全部解，而不只是第一个；合计跳过目标值时，给出两侧的值。多个参数时给出最优组合（“且 达标人员 最多”）及其费用前沿。"
        + "“跨年 2024年 到 2028年：录用人员 每年增长 5%”在逐年推算上求解：合计为各年度之和，“每年 不超过 金额”则要求每一年度。"),
    group: .proposals,
    options: [.settings, .mode],
    isDrawable: true)

  let request: FindRequest

  package init(from parser: inout StatementParser) throws(Misread) {
    parser.splitKeywords()
    let name = try parser.one(Text("a parameter", zh: "参数"))
    let range = try parser.range()
    var further: [FindRequest.Figure] = []
    while parser.token.kind == .comma {
      parser.index += 1
      let name = try parser.one(Text("a parameter", zh: "参数"))
      further.append(FindRequest.Figure(name: name, range: try parser.range()))
    }
    var programme = try parser.inProgramme()
    guard Keyword.so.matches(parser.token.word) else {
      throw parser.fail(.missing(Text("`so that total = …`", zh: "`使 合计 = …`"), usage: parser.usage))
    }
    parser.index += 1
    if Keyword.that.matches(parser.token.word) { parser.index += 1 }
    var goal: [Written] = []
    while parser.token.kind == .word || parser.token.kind == .quoted {
      FindCommand.splitComparison(&parser)
      let isStrict = FindCommand.strictly.contains { parser.token.text.hasPrefix($0.word) }
      if !goal.isEmpty, isStrict || FindCommand.said(parser.token) != nil { break }
      goal.append(parser.written(parser.token))
      parser.index += 1
    }
    guard !goal.isEmpty else {
      throw parser.fail(
        .missing(Text("what is to reach the figure, such as total", zh: "目标，例如 合计"), usage: parser.usage))
    }
    let comparison = try FindCommand.comparison(&parser)
    FindCommand.splitJoint(&parser)
    let value = try parser.figure(Text("an amount", zh: "金额"))
    programme = try parser.inProgramme() ?? programme
    let aim = try FindCommand.aim(&parser)
    programme = try parser.inProgramme() ?? programme
    // Several figures at once are searched in the scenario as it is stated.
    var over: ProjectRequest?
    if further.isEmpty, aim == nil, Keyword.over.matches(parser.token.word) {
      parser.index += 1
      if ProjectCommand.form.spellings.contains(parser.token.word) { parser.index += 1 }
      over = try ProjectRequest(from: &parser)
    }
    request = FindRequest(
      name: name, range: range, further: further, goal: goal, comparison: comparison, value: value, aim: aim,
      programme: programme ?? over?.programme, over: over)
  }

  private static let spoken: [(word: String, comparison: GoalComparison)] = [
    ("等于", .equal), ("不超过", .atMost), ("不高于", .atMost), ("不大于", .atMost), ("至多", .atMost), ("不少于", .atLeast),
    ("不低于", .atLeast), ("不小于", .atLeast), ("至少", .atLeast), ("为", .equal),
  ]
  /// Words that leave the figure itself out, and those that have it.
  private static let strictly: [(word: String, meant: String)] = [
    ("小于", "不超过"), ("低于", "不超过"), ("少于", "不超过"), ("大于", "不少于"), ("高于", "不少于"), ("超过", "不少于"), ("<", "<="),
    (">", ">="),
  ]

  /// The comparison that a word says or begins with.
  private static func said(_ token: Token) -> (word: String, comparison: GoalComparison)? {
    guard token.kind == .word else { return nil }
    return spoken.first { token.text.hasPrefix($0.word) }
  }

  /// 合计不超过80万 in one piece is cut before the comparison.
  private static func splitComparison(_ parser: inout StatementParser) {
    let text = parser.token.text
    guard parser.token.kind == .word,
      let found = spoken.dropLast().compactMap({ text.firstRange(of: $0.word)?.lowerBound }).min(),
      found > text.startIndex
    else { return }
    parser.split(at: text[..<found].utf8.count)
  }

  private static let most = ["most", "maximum", "最多", "最大", "最高"]
  private static let fewest = ["fewest", "least", "minimum", "最少", "最小", "最低"]

  /// What stands before an aim in Chinese, the longer before what it begins with.
  private static let joints = ["并且", "同时", "且", "并"]

  /// 300万且达标人员最多 in one piece is cut behind the amount.
  private static func splitJoint(_ parser: inout StatementParser) {
    let text = parser.token.text
    guard parser.token.kind == .word, text.utf8.first.map({ (0x30...0x39).contains($0) }) == true,
      let found = joints.compactMap({ text.firstRange(of: $0)?.lowerBound }).min()
    else { return }
    parser.split(at: text[..<found].utf8.count)
  }

  /// `with most placed`, `且 达标人员 最多`, `且达标人员最多`.
  private static func aim(_ parser: inout StatementParser) throws(Misread) -> FindRequest.Aim? {
    let next = parser.token.kind == .comma ? parser.peek(1) : parser.token
    guard next.kind == .word, Keyword.with.matches(next.word) || joints.contains(where: next.text.hasPrefix) else {
      return nil
    }
    if parser.token.kind == .comma { parser.index += 1 }
    if let joint = joints.first(where: { next.text.hasPrefix($0) && next.text != $0 }) {
      parser.split(at: joint.utf8.count)
    }
    parser.index += 1
    if Keyword.that.matches(parser.token.word) || parser.token.word == "the" { parser.index += 1 }
    func said(_ word: String) -> Bool? { most.contains(word) ? true : fewest.contains(word) ? false : nil }
    if let isMost = said(parser.token.word) {
      parser.index += 1
      return FindRequest.Aim(isMost: isMost, what: try parser.one(Text("a count, such as placed", zh: "计数，例如 达标人员")))
    }
    let text = parser.token.text
    let ending = (most + fewest).first { text.hasSuffix($0) && text != $0 }
    if parser.token.kind == .word, let ending { parser.split(at: text.utf8.count - ending.utf8.count) }
    let what = try parser.one(Text("`most` or `fewest`, and a count", zh: "计数和“最多”或“最少”"))
    guard let isMost = said(parser.token.word) else {
      throw parser.fail(.missing(Text("`most` or `fewest` before the count", zh: "“最多”或“最少”"), usage: parser.usage))
    }
    parser.index += 1
    return FindRequest.Aim(isMost: isMost, what: what)
  }

  private static func comparison(_ parser: inout StatementParser) throws(Misread) -> GoalComparison {
    let signs: [(kind: Token.Kind, comparison: GoalComparison)] = [
      (.equals, .equal), (.atMost, .atMost), (.atLeast, .atLeast),
    ]
    if let said = said(parser.token) {
      parser.split(at: said.word.utf8.count)
      parser.index += 1
      return said.comparison
    }
    guard let found = signs.first(where: { $0.kind == parser.token.kind }) else {
      let strict = strictly.first { parser.token.text.hasPrefix($0.word) }
      if let strict {
        throw parser.fail(
          .missing(
            Text(
              "`=`, `<=` or `>=`, since the goal itself is reached", zh: "“\(strict.meant)”：目标含本数，不写“\(strict.word)”"),
            usage: parser.usage))
      }
      throw parser.fail(.missing(Text("=, <= or >=", zh: "“等于”“不超过”或“不少于”（=、<=、>=）"), usage: parser.usage))
    }
    parser.index += 1
    return found.comparison
  }

  package func describe(to meaning: inout Meaning) {
    meaning.add("name", request.name)
    meaning.add("from", request.range?.from)
    meaning.add("to", request.range?.to)
    for figure in request.further {
      meaning.add("name", figure.name)
      meaning.add("from", figure.range?.from)
      meaning.add("to", figure.range?.to)
    }
    meaning.add("goal", request.goal)
    switch request.comparison {
    case .equal: meaning.add("is", "=")
    case .atMost: meaning.add("is", "<=")
    case .atLeast: meaning.add("is", ">=")
    }
    meaning.add("value", request.value)
    if let aim = request.aim {
      meaning.add(aim.isMost ? "most" : "fewest", aim.what)
    }
    meaning.add("in", request.programme)
    if let over = request.over {
      meaning.add("over", "years")
      over.describe(to: &meaning)
    }
  }

  func perform(in session: Desk, _ command: Command) throws(Refusal) -> Answer {
    if request.aim != nil || !request.further.isEmpty {
      return try JointFind(request, command, in: session).answer(self)
    }
    let inquiry = try session.inquiry(request.programme, varying: request.name, command)
    let varied = try session.varied(request.name, in: inquiry)
    guard case .figure(let watched, let type) = varied.what else {
      if case .reading(let reading, _) = varied.what {
        throw Refusal(
          .whatIf(.readingHasRange(varied.target.typedName, reading.choices.map(\.words))), at: request.name.location)
      }
      throw Refusal(.whatIf(.notVaried(varied.id)), at: request.name.location)
    }
    let goal = try goal(of: inquiry, in: session)
    let target = try target(in: session)
    let search = try request.over.map { over throws(Refusal) in
      try YearlySearch(over, of: request, goal, inquiry, in: session)
    }
    func amount(_ raw: Int64) -> Int64? {
      if let search { return search.amount(watched.set(raw, in: inquiry.base)) }
      return session.budgetLedger(inquiry, watched.set(raw, in: inquiry.base)).map { goal.amount($0) }
    }
    func course(_ raw: Int64) -> Solver.Course {
      let settings = watched.set(raw, in: inquiry.base)
      if let search { return search.course(watched, settings) }
      return session.course(of: goal, on: watched, inquiry, settings)
    }
    let written = try request.range.map { written throws(Refusal) in try session.range(written, of: varied) }
    let range = written?.range ?? searchRange(varied, type, inquiry, target: target, amount, course)
    // A currency without smaller coins has no values between.
    let solution = Solver.solve(
      range, by: type.step, target: target, comparison: request.comparison,
      also: [varied.current(inquiry.base)].compactMap(\.self), isCancelled: session.isCancelled,
      progress: { session.progress?($0) },
      amount: amount, course: course)
    let what = [
      goal.part.rawValue, goal.measure ?? "", goal.days.map { "\($0)" } ?? "", goal.beneficiary ?? "",
      request.comparison.rawValue,
    ]
    session.evidence = Evidence(
      [inquiry],
      extra: "find \(varied.id) \(range) \(what.joined(separator: " ")) \(target)" + (search?.evidence ?? ""))
    var found = SolutionAnswer(
      solution, varied: varied, goal: request.goal, comparison: request.comparison,
      target: target, inquiry: inquiry, isWholeRange: request.range == nil, places: session.library.places,
      now: varied.current(inquiry.base),
      amountNow: varied.current(inquiry.base).flatMap { raw in amount(raw) },
      chineseName: session.typedInChinese(varied.target))
    found.cut = written?.cut(of: varied, session.library.places)
    found.uncosted = found.refused { raw in
      let settings = watched.set(raw, in: inquiry.base)
      return search.map { $0.refusal(settings) } ?? session.budget(inquiry, settings).refusal
    }
    let told = found
    // What it comes to is told of the value that is offered.
    let total = told.offered.flatMap { amount($0) }
    if let search {
      let parts = search.ledgers(
        watched.set(solution.stretches.first?.lowerBound ?? range.lowerBound, in: inquiry.base))
      return search.answer(told, total: total).telling(Unreckoned(parts, session.library.places))
    }
    return Answer(told.document, records: [told.record(total: total)]).telling(
      session.unreckoned(inquiry, at: solution, of: varied, watched) ?? session.unreckoned([inquiry]))
  }

  /// The figure that is to be reached, in fen.
  private func target(in session: Desk) throws(Refusal) -> Int64 {
    do { return try ValueText.read(request.value.text, as: .money, places: session.library.places) } catch {
      throw Refusal(
        .value(error, name: .same(request.goal.map(\.raw).joined(separator: " "))), at: request.value.location)
    }
  }

  func besides(_ command: Command) -> Besides { .answer }

  static func completions(_ position: CursorContext, _ after: [Token], in session: Desk) -> [Completion] {
    if let common = WhatIfWords.common(position, after, session) { return common }
    if after.isEmpty { return session.settables() }
    let word = WhatIfWords(session)
    if Keyword.so.matches(position.previous) || Keyword.that.matches(position.previous) {
      return [word(.total, Text("the whole budget", zh: "预算合计"))]
    }
    if joints.contains(position.previous) || Keyword.with.matches(position.previous) {
      let (many, few) = (Text("as many as may be", zh: "尽量多"), Text("as few as may be", zh: "尽量少"))
      return [
        Completion(session.language == .zh ? "最多" : "most", many.in(session.language)),
        Completion(session.language == .zh ? "最少" : "fewest", few.in(session.language)),
      ]
    }
    if (most + fewest).contains(position.previous) { return UnitQuestion.counts(in: session) }
    if let last = after.last, last.kind == .comma, !after.contains(where: { Keyword.so.matches($0.word) }) {
      return session.settables()
    }
    if Keyword.total.matches(position.previous) { return ["=", "<=", ">="].map { Completion($0) } }
    if let name = WhatIfWords.axis(position, after) { return session.values(of: name) }
    return [
      word(.so, Text("that total = …", zh: "合计 = …")), word(.from, Text("where to look first", zh: "查找的起点")),
      word.programme,
    ]
  }

  static func examples(_ n: ExampleNames) -> [Text] {
    [Text("find \(n.parameter) so that total = 1,000,000", zh: "求解 \(n.zh.parameter) 使 合计 = 100万")]
  }
}

extension FindCommand {
  // MARK: Goals

  func goal(of inquiry: Inquiry, in session: Desk) throws(Refusal) -> Goal {
    try FindCommand.goal(request.goal, isOverYears: request.over != nil, of: inquiry, in: session)
  }

  /// What the words of a goal stand for.
  static func goal(
    _ words: [Written], isOverYears: Bool, of inquiry: Inquiry, in session: Desk
  ) throws(Refusal) -> Goal {
    var goal = Goal()
    var hasPart = false
    for word in words {
      let text = word.text.lowercased()
      if isOverYears, YearlySearch.everyYear.contains(text) { continue }
      if Keyword.total.matches(text) || Keyword.of.matches(text)
        || ["in", "for", "元", "yuan", "中", "the"].contains(text)
      {
        continue
      }
      switch text {
      case "due", "应付", "pending", "待付", "未到期":
        if hasPart { throw Refusal(.whatIf(.goalTwice(word.raw)), at: word.location) }
        goal.part = text == "due" || text == "应付" ? .due : .pending
        hasPart = true
        continue
      default: break
      }
      if let days = FindCommand.days(word.text) {
        if goal.days != nil { throw Refusal(.whatIf(.goalTwice(word.raw)), at: word.location) }
        goal.days = days
      } else if let measure = inquiry.documents.flatMap(\.measures).first(where: {
        $0.id == word.text || $0.name == word.text || $0.words.zh == word.text
      }) {
        if goal.measure != nil { throw Refusal(.whatIf(.goalTwice(word.raw)), at: word.location) }
        if measure.pays.isEmpty { throw Refusal(.whatIf(.goalNotMoney(word.raw)), at: word.location) }
        goal.measure = measure.id
      } else if Records.exists(word.raw, in: inquiry.scenario.scenario.dataset)
        || Records.exists(word.text, in: inquiry.scenario.scenario.dataset)
      {
        if goal.beneficiary != nil { throw Refusal(.whatIf(.goalTwice(word.raw)), at: word.location) }
        goal.beneficiary = Records.exists(word.raw, in: inquiry.scenario.scenario.dataset) ? word.raw : word.text
      } else if case .unknown = session.library.resolve(word.text, in: inquiry.documents) {
        let names =
          inquiry.documents.flatMap(\.measures).filter { !$0.pays.isEmpty }.map(\.name) + ["total", "due", "pending"]
        throw Refusal(
          .whatIf(.goalUnknown(word.raw, nearest: Nearest.names(to: word.text, among: names))), at: word.location)
      } else {
        throw Refusal(.whatIf(.goalNotMoney(word.raw)), at: word.location)
      }
    }
    return goal
  }

  /// `2023`, `2023年`, `2023-05`: its first and last day.
  private static func days(_ text: String) -> ClosedRange<Int32>? {
    var text = text
    if text.hasSuffix("年") { text.removeLast() }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let year = Int(parts[0]), parts[0].utf8.count == 4, (1900...2200).contains(year) else { return nil }
    if parts.count == 1 {
      return Day.clamped(year: year, month: 1, day: 1).number...Day.clamped(year: year, month: 12, day: 31).number
    }
    guard parts.count == 2, let month = Int(parts[1]), (1...12).contains(month) else { return nil }
    return Day.clamped(year: year, month: month, day: 1).number...Day.clamped(year: year, month: month, day: 31).number
  }
}
