// Conditions and figures of an explanation: each part of the rule with its value, and how far off what fails is.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  // MARK: Conditions

  struct Row {
    let context: Lowering.Context
    let row: Int32
    /// Whether it stands for records in general, of which only figures of the text can be told.
    var isAnywhere = false
  }

  func flat(_ t: Typed) -> [Typed] {
    if case .and(let xs) = t.operation { return xs.flatMap { flat($0) } }
    return [t]
  }

  func conjuncts(_ t: Typed, _ at: Row) -> [Derivation] { conjuncts([t], at) }

  /// Several conditions one beside the other; those that one reading asks for are told as one.
  func conjuncts(_ ts: [Typed], _ at: Row) -> [Derivation] {
    joinedByReading(ts.flatMap(\.conjuncts).map { ($0, condition($0, at, depth: 0)) })
  }

  /// A condition with its value and what decides it: of what holds, the facts; of what fails, the parts that fail.
  func condition(_ written: Typed, _ at: Row, depth: Int) -> Derivation {
    let t = deciding(written, at)
    let v = truth(t, at)
    let isAbove = isToldAbove(t, at)
    // Rules that stand this deep in each other are told by their words alone.
    let (children, gap) =
      isAbove ? ([], Narrator.toldAbove) : depth < 12 ? decided(t, v, at, depth) : ([], nil)
    var told = Derivation(
      verdict(v), needed(t, at) ?? first(t, v, at) ?? phrase(t, at),
      gap: told(gap, t, v, at) ?? noughtBehind(t, v, children, at), children: children, location: t.location)
    if case .or = t.operation { told.isEither = true }
    if case .spellBegins(let join) = t.operation {
      if isUnjoined(join, at) {
        told.text = Text("is part of a \(apart(join.singular))", zh: "计入\(join.chinese.name ?? join.name)")
      } else {
        told.isOfFirstPart = true
      }
    }
    told.remark = firstRemark(t, v, at)
    if depth == 0, case .no = told.verdict { told.inGeneral = general(t) }
    // A definition of one idea fails as a whole; of several ideas each by itself.
    if case .call(let definition, _) = t.operation {
      if case .and = definition.body.operation { told.isNamed = false } else { told.isNamed = true }
    }
    return told
  }

  /// A condition in the rule's words, put together once for all records that fail it.
  private func general(_ t: Typed) -> Text {
    if let known = generalWords[ObjectIdentifier(t)] { return known.words }
    let words = phrase(t)
    generalWords[ObjectIdentifier(t)] = (t, words)
    return words
  }

  /// What a condition that is not known hangs on, where that is a divisor which is nought. One whose parts are not
  /// known leaves it to them.
  private func noughtBehind(_ t: Typed, _ v: UInt8, _ children: [Derivation], _ at: Row) -> Text? {
    guard verdict(v) == .unknown, !children.contains(where: { $0.verdict == .unknown }) else { return nil }
    return nought(run.lowering.lower(t, at.context, .truth), at.row)
  }

  /// How far off a condition is, and whether it fails on what nobody stated.
  private func told(_ gap: Text?, _ t: Typed, _ v: UInt8, _ at: Row) -> Text? {
    guard verdict(v) == .no, let remark = unstated(t, at) else { return gap }
    return gap.map { Text("\($0.en); \(remark.en)", zh: "\($0.zh)；\(remark.zh)") } ?? remark
  }

  /// What decides a condition, and how far off it is.
  private func decided(_ t: Typed, _ v: UInt8, _ at: Row, _ depth: Int) -> (children: [Derivation], gap: Text?) {
    let result = verdict(v)
    switch t.operation {
    case .and(let xs):
      let parts = xs.map { condition($0, at, depth: depth + 1) }
      return (result == .yes ? parts : parts.filter { $0.verdict != .yes }, nil)
    case .or(let xs):
      let parts = xs.map { condition($0, at, depth: depth + 1) }
      return (result == .yes ? Array(parts.filter { $0.verdict == .yes }.prefix(1)) : parts, nil)
    case .call(let definition, let args): return (called(definition, args, result, at, depth), nil)
    case .except(_, let e, let governor, _):
      let elsewhere = Derivation(
        .elsewhere, Text("governed by \(governor)", zh: "适用\(governor)"), location: e.location)
      return (condition(e, at, depth: depth + 1).children + [elsewhere], nil)
    case .compare(let op, let a, let b):
      if let (earlier, gap) = notFirst(t, v, at) { return (earlier, gap) }
      // What the bound comes to stands in the words themselves.
      return (facts([a, b], at) + deadlines([a], at), v & 0b11 == 0 ? gap(op, a, b, at) : nil)
    case .between(let x, let a, let b): return (facts([x, a, b], at) + deadlines([x, a, b], at), nil)
    case .given(let x, _) where inGroup(x) != nil:
      return (inGroup(x).map { group($0, holds: result == .yes, at, depth) } ?? [], nil)
    case .stable(let months, let from, let to): return stay(months, from, to, v, at)
    case .spellBegins(let join): return (joined(join, at), nil)
    case .includesBetween(let x, let a, let b): return (facts([x, a, b], at), nil)
    case .not(let x):
      let own = facts([x], at)
      if !own.isEmpty { return (own, nil) }
      // What a denied condition rests on is what it asks; of several conditions each is told as it stands.
      let inner = condition(x, at, depth: depth + 1)
      let rests = inner.children.allSatisfy { $0.verdict == .told }
      return (rests ? inner.children : [inner], nil)
    case .within(let x, _), .includes(let x, _), .isAny(let x, _), .given(let x, _): return (facts([x], at), nil)
    // Facts and readings that are conditions themselves, and figures, say all by their words.
    case .constant, .textConstant, .placeConstant, .parameter, .value, .readingIs, .home, .asOf, .windowStart,
      .windowEnd,
      .adopted, .selfRecord, .selfField, .argument, .field, .frameRecord, .iteration, .add, .subtract, .multiply,
      .divide,
      .whole, .ifThen, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf,
      .count, .sum, .extreme, .dateOfNumber, .firstDayAtOnce, .spellEnd, .grouped, .sideways, .numberIn, .different,
      .ofFrame, .notKnown,
      .rounded, .form,
      .nothing:
      return ([], nil)
    }
  }

  private func called(
    _ definition: Definition, _ args: [Typed], _ result: Derivation.Verdict, _ at: Row, _ depth: Int
  ) -> [Derivation] {
    var children = facts(args, at)
    let said = args.map { self.words($0) }
    run.lowering.with(args, at.context) {
      argumentWords.append(said)
      defer { argumentWords.removeLast() }
      for part in deciding(definition.body, at).conjuncts {
        let d = condition(part, at, depth: depth + 1)
        // Of what holds, only the facts of the record asked about are worth a line.
        if result == .yes {
          children += d.children.filter { $0.verdict == .told }
        } else if d.verdict != .yes {
          children.append(d)
        }
      }
    }
    return children
  }

  /// What a stay lacks of the months that are asked for.
  private func stay(
    _ months: Typed, _ from: Typed, _ to: Typed, _ v: UInt8, _ at: Row
  ) -> (children: [Derivation], gap: Text?) {
    var children = facts([from, to], at)
    let start = day(from, at), end = day(to, at), n = number(months, at)
    guard !start.isAbsent else { return (children, nil) }
    let needed = Day(number: start).stableFrom(
      months: Int(max(0, min(12_000, n))), run.lowering.clock, run.lowering.monthEnd)
    if n > 0 {
      children.append(
        Derivation(
          .told,
          Text(
            "\(n == 1 ? "1 month is" : "\(n) months are") complete with a last day of \(needed.text) or later",
            zh: "满\(n)个月，须\(endWords(to))不早于 \(needed.text)")))
    }
    guard v & 0b11 == 0, !end.isAbsent else { return (children, nil) }
    let days = Int(needed.number) - Int(end)
    let gap = Text(
      "left \(Day(number: end).text): \(days) day\(days == 1 ? "" : "s") short",
      zh: "\(endWords(to)) \(Day(number: end).text)，差\(days)天")
    return (children, gap)
  }

  /// What the last day of a stay is called: 离职日期, 实习结束日期.
  private func endWords(_ to: Typed) -> String {
    if case .selfField = to.operation { return words(to).zh }
    if case .field = to.operation { return words(to).zh }
    if case .spellEnd = to.operation { return words(to).zh }
    return "最后一日"
  }

  /// The part of a condition that decides it: the branch that a reading or a test chooses, and what stands before an
  /// exception that does not apply.
  func deciding(_ written: Typed, _ at: Row) -> Typed {
    let t = decidedByReadings(written)
    if case .ifThen(let c, let a, let b) = t.operation, t.type == .truth {
      let test = truth(c, at)
      if test & 0b11 == 0b11 { return deciding(a, at) }
      return test & 0b11 == 0 ? deciding(b, at) : t
    }
    if case .except(let x, _, _, _) = t.operation { return Truth.isElsewhere(truth(t, at)) ? t : deciding(x, at) }
    return t
  }

  /// A count against what is needed, in words: "workers placed: 97 of 100 needed (threshold)".
  private func needed(_ t: Typed, _ at: Row) -> Text? {
    guard case .compare(.greaterOrEqual, let a, let b) = t.operation, case .count(let i) = a.operation,
      measure.sets.indices.contains(i), let n = number(orNil: a, at), let wanted = number(orNil: b, at)
    else { return nil }
    let set = measure.sets[i]
    let isFigure = if case .constant = b.operation { true } else { false }
    let source = words(b)
    return Text(
      "\(set.words.en): \(Decimals.grouped(String(n))) of \(Decimals.grouped(String(wanted))) needed"
        + (isFigure ? "" : " (\(source.en))"),
      zh: "\(set.words.zh)\(counted(Int(n), set))，须\(counted(Int(wanted), set))" + (isFigure ? "" : "（\(source.zh)）"))
  }

  /// A number that is known and there; nil for others and for what is not whole.
  private func number(orNil t: Typed, _ at: Row) -> Int64? {
    guard t.type == .number, let v = evaluate(run.lowering.lower(t, at.context), at.row).int64, v > Absent.none64,
      v != Absent.unknown64
    else { return nil }
    return v
  }

  /// The facts, parameters and counts that expressions name, with their values.
  func facts(_ ts: [Typed], _ at: Row) -> [Derivation] {
    var out: [Derivation] = []
    func append(_ line: Derivation) {
      if !out.contains(where: { $0.text == line.text }) { out.append(line) }
    }
    func add(_ t: Typed, _ v: Text? = nil, children: [Derivation] = []) {
      append(factLine(t, v ?? exactText(t, at), children))
    }
    var seen: Set<ObjectIdentifier> = []
    func visit(_ t: Typed) {
      guard seen.insert(ObjectIdentifier(t)).inserted else { return }
      if let line = named(t, at) ?? namedByFrame(t, at) {
        append(line)
        return
      }
      if let line = made(t, at) {
        asked(t).forEach(visit)
        append(line)
        return
      }
      switch t.operation {
      case .selfField, .field, .parameter, .value, .count, .sum, .extreme, .iteration, .asOf, .home, .dateOfNumber,
        .spellEnd, .ofFrame:
        add(t)
      case .sideways(let figure): append(sidewaysLine(t, figure, at))
      case .subtract where leftLine(t, at) != nil: leftLine(t, at).map(append)
      case .different, .numberIn: add(t)
      case .divide(let a, let b) where isForm(a, writtenAs: t):
        a.parts.forEach(visit)
        add(t, quotient(t, a, b, at))
      case .add(let a, let b), .subtract(let a, let b), .multiply(let a, let b), .divide(let a, let b),
        .wholeMonths(let a, let b),
        .wholeYears(let a, let b):
        visit(a)
        visit(b)
        if case .wholeMonths = t.operation { add(t) }
        if case .wholeYears = t.operation { add(t) }
      case .whole(let x), .rounded(let x), .yearOf(let x), .provinceOf(let x): visit(x)
      case .completion(let n, let from):
        visit(n)
        visit(from)
        add(t)
      // A level or a figure of a day is told with what it is asked of.
      case .form(_, let parts):
        parts.forEach(visit)
        add(t)
      case .pick(_, let xs): xs.forEach(visit)
      case .ifThen(_, let a, _) where isAverage(a, of: t): add(t)
      case .ifThen(let test, let a, let b):
        let branch = branch(test, of: t, at)
        branch.step.map(append)
        if branch.takes != false { visit(a) }
        if branch.takes != true { visit(b) }
      case .call(let definition, let args):
        args.forEach(visit)
        add(t, children: insideOf(definition, args, at))
      // What stands in the rule for itself, and conditions within figures, which are told as conditions where they
      // decide.
      case .constant, .textConstant, .placeConstant, .readingIs, .windowStart, .windowEnd, .adopted, .selfRecord,
        .argument, .frameRecord, .not, .and, .or, .compare, .between, .given, .within, .isAny, .includes,
        .includesBetween, .stable, .except, .dayOfYear, .yearsRunning, .firstDayAtOnce, .spellBegins,
        .grouped, .notKnown, .nothing:
        break
      }
    }
    ts.forEach(visit)
    return out
  }

  /// A fact or figure by its name with its value, and whether nobody has stated it.
  func factLine(_ t: Typed, _ v: Text, _ children: [Derivation]) -> Derivation {
    let name = words(t)
    let isOpen = v.zh == "未填"
    // Of what nobody states, such as a quotient of nought, it is only known that it cannot be reckoned.
    let line = Text("\(name.en) = \(v.en)", zh: "\(name.zh)：\(isOpen && !Narrator.isStated(t) ? "无法算出" : v.zh)")
    var told = Derivation(.told, line, children: children, location: t.location)
    if isOpen, !Narrator.isReckoned(t) { told.openFact = withoutOwner(name) }
    return told
  }

  /// Whether somebody states it: a fact, or a value that the text refers to.
  private static func isStated(_ t: Typed) -> Bool {
    if case .ofFrame(let inner) = t.operation { return isStated(inner) }
    if case .selfField = t.operation { return true }
    if case .field = t.operation { return true }
    if case .value = t.operation { return true }
    return false
  }

  /// Whether a figure is reckoned from facts of the record, which stand beside it: nobody states it.
  private static func isReckoned(_ t: Typed) -> Bool {
    switch t.operation {
    case .add, .subtract, .multiply, .divide, .whole, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears,
      .completion, .provinceOf, .rounded, .ifThen:
      true
    case .selfField, .field, .value, .constant, .textConstant, .placeConstant, .parameter, .readingIs, .home, .asOf,
      .windowStart, .windowEnd, .adopted, .selfRecord, .argument, .frameRecord, .iteration, .call, .not, .and, .or,
      .compare, .between, .given, .within, .isAny, .includes, .includesBetween, .stable, .except, .yearsRunning,
      .count, .sum, .extreme, .dateOfNumber, .firstDayAtOnce, .spellEnd, .spellBegins, .grouped, .sideways,
      .numberIn, .different, .ofFrame, .notKnown, .form, .nothing:
      false
    }
  }

  /// 注册日期 rather than 该机构的注册日期: a record's own fact needs no owner.
  private func withoutOwner(_ name: Text) -> Text {
    guard name.zh.hasPrefix("该"), let of = name.zh.firstIndex(of: "的") else { return name }
    let en = name.en.split(separator: ".").last.map(String.init) ?? name.en
    return Text(en, zh: String(name.zh[name.zh.index(after: of)...]))
  }

  func figures(_ t: Typed, _ at: Row) -> [Derivation] { facts([t], at) }

  /// Which branch of a figure is taken, and the condition that decides it with what it rests on. Nil: it is not known.
  private func branch(_ test: Typed, of t: Typed, _ at: Row) -> (takes: Bool?, step: Derivation?) {
    let truth = truth(test, at)
    let takes: Bool? = Truth.holds(truth) ? true : Truth.isUnknown(truth) ? nil : false
    // What the text does not write, such as the bounds of a figure, has no words of its own.
    let isWritten = (test.location.start, test.location.end) != (t.location.start, t.location.end)
    guard isWritten, !excerpt(test).en.isEmpty else { return (takes, nil) }
    let words = phrase(test, at), holds = describe(MeasureRun.Scalar(truth: truth), .truth)
    let below = condition(test, at, depth: 8).children.filter { $0.verdict == .told }
    return (
      takes,
      Derivation(
        .told, Text("\(words.en): \(holds.en)", zh: "\(words.zh)：\(holds.zh)"), children: below, location: test.location
      )
    )
  }

  /// What a member's frame has named, as it is told of the frame; nil for everything else.
  private func namedByFrame(_ t: Typed, _ at: Row) -> Derivation? {
    guard case .ofFrame(let x) = t.operation else { return nil }
    return frame(ofMember: at).flatMap { named(x, $0) }
  }

  /// A figure that the rule has named, by its name, with what it rests on; nil for what has no name of its own, and
  /// while its own parts are told.
  private func named(_ t: Typed, _ at: Row) -> Derivation? {
    guard let name = lets[ObjectIdentifier(t)], t.type != .truth, open.insert(ObjectIdentifier(t)).inserted else {
      return nil
    }
    defer { open.remove(ObjectIdentifier(t)) }
    let v = exactText(t, at), isAbove = isToldAbove(t, at)
    return Derivation(
      .told, Text("\(name.en) = \(v.en)", zh: "\(name.zh)：\(v.zh)"), gap: isAbove ? Narrator.toldAbove : nil,
      children: isAbove ? [] : facts([t], at), location: t.location)
  }

  /// Whether a quotient is an average that stands in the text as one figure: its sum and its number have no words of
  /// their own.
  private func isAverage(_ quotient: Typed, of whole: Typed) -> Bool {
    guard case .divide(let sum, let count) = quotient.operation else { return false }
    let own = [sum, count].map { ($0.location.start, $0.location.end) }
    return own.allSatisfy { $0 == (whole.location.start, whole.location.end) }
  }

  /// Whether days are what the whole of an expression is written as: `years from a to b at 360 days`.
  private func isForm(_ days: Typed, writtenAs t: Typed) -> Bool {
    guard case .form = days.operation else { return false }
    return days.location.start == t.location.start && days.location.end == t.location.end
  }

  /// Months and years of days: how many days of how many, where they have a fixed number.
  private func quotient(_ t: Typed, _ days: Typed, _ of: Typed, _ at: Row) -> Text {
    guard case .form(let form, _) = days.operation, form == .days || form == .days360 else { return exactText(t, at) }
    let (some, all) = (value(days, at), value(of, at))
    return Text("\(some.en)/\(all.en)", zh: "\(some.zh)/\(all.zh)")
  }

  /// What a figure that is told with what it is made of asks about: those are told before it.
  private func asked(_ t: Typed) -> [Typed] {
    if case .call(_, let args) = t.operation { return args }
    if case .steps(let steps)? = t.telling { return [steps.amount] }
    if case .form(.onDay, let parts) = t.operation { return parts }
    return []
  }

  func verdict(_ t: UInt8) -> Derivation.Verdict {
    if t & 0b11 == 0b11 { return .yes }
    if Truth.isElsewhere(t) { return .elsewhere }
    return Truth.isUnknown(t) ? .unknown : .no
  }
}
