// What each expression of the rule language becomes. A new one has to be named here.
import Facts
import PolicyLanguage
import Reckoning

extension Lowering {
  func lowered(_ t: Typed, _ c: Context) -> Node {
    switch t.operation {
    // Figures
    case .constant(let raw): constant(raw, t.type)
    case .textConstant(let s): graph.constant32(texts.number(s))
    case .placeConstant(let id): graph.constant32(id)
    case .parameter(let id): parameter(id, t.type)
    case .value(let name): value(name, t.type)
    case .readingIs(let id, let index): graph.truth(choice(id) == index ? Truth.yes : Truth.no)
    case .home: graph.constant32(home)
    case .asOf: asOf()
    case .windowStart: windowEnd(measure.window?.from)
    case .windowEnd: windowEnd(measure.window?.to)
    case .adopted: graph.truth(isEnacted ? Truth.no : Truth.yes)
    // Records
    case .selfRecord: selfRecord(c)
    case .selfField(let own): selfField(own, c)
    case .field(let record, let other): field(of: record, other, c)
    case .frameRecord: frameRecord(c)
    case .iteration: iteration(c)
    // Definitions
    case .argument(let i): argument(i, t.type)
    case .call(let definition, let args): call(definition, args, c)
    // Conditions
    case .not(let x): not(lower(x, c, .truth))
    case .and(let xs): graph.and(xs.map { lower($0, c, .truth) })
    case .or(let xs): graph.or(xs.map { lower($0, c, .truth) })
    case .compare(let op, let a, let b): compare(op, a, b, c)
    case .between(let x, let a, let b): between(x, a, b, c)
    case .given(let x, let negated): given(x, negated: negated, c)
    case .within(let x, let areas): within(x, areas, c)
    case .isAny(let x, let options): graph.or(options.map { compare(.equal, x, $0, c) })
    case .includes(let set, let options): includes(set, options, c)
    case .includesBetween(let set, let a, let b): includes(set, from: a, to: b, c)
    case .stable(let months, let from, let to): stable(months, from, to, c)
    case .except(let x, let exception, let governor, let when): except(x, exception, governor, when, c)
    // Arithmetic and choice
    case .add, .subtract, .multiply, .divide: isScaled(t.type) || !isFractional(t) ? plain(t, c) : exactly(t, c)
    case .whole(let x): isFractional(x) ? made(exact(x, c), .down, x) : lower(x, c, .int64)
    case .ifThen where isQuotient(t), .pick where isQuotient(t): exactly(t, c)
    case .ifThen(let condition, let a, let b): ifThen(condition, a, b, t.type, c)
    case .pick(let pick, let xs): choose(pick, xs, t.type, c)
    // Dates
    case .yearOf(let x): yearOf(x, c)
    case .dayOfYear(let day, let month, let year): dayOfYear(day, month, year, c)
    case .wholeMonths(let a, let b): pair(.wholeMonths(monthEnd), a, b, c, .int64)
    case .wholeYears(let a, let b): pair(.wholeYears, a, b, c, .int64)
    case .completion(let n, let from): pair(.completes(clock, monthEnd), from, n, c, .int32, second: .int64)
    case .yearsRunning(let set, let from): yearsRunning(set, from, c)
    case .provinceOf(let p): province(p, c)
    // What a frame asks of its sets
    case .count(let i): aggregate(.count(i), .int64, mayBeAbsent: false)
    case .sum(let x, let i): isScaled(t.type) || !isFractional(t) ? sum(x, over: i) : exactly(t, c)
    case .extreme(let pick, let x, let i): needsParts(t) ? exactly(t, c) : extreme(pick, x, over: i)
    case .dateOfNumber(let n, let i): aggregate(.dateOfNumber(i, lower(n, c, .int64)), .int32, mayBeAbsent: true)
    case .firstDayAtOnce(let n, let i): aggregate(.firstDay(i, lower(n, c, .int64)), .int32, mayBeAbsent: true)
    // Other records of the same person
    case .spellEnd(let join): spellEnd(join, c)
    case .spellBegins(let join): spellBegins(join, c)
    case .grouped(let figure): grouped(figure, c)
    case .sideways(let figure): beside(figure, t, c)
    case .numberIn(let set): number(in: set, c)
    case .different(let x, let set): different(x, over: set)
    case .ofFrame(let x): ofFrame(x, c)
    case .rounded(let x): isFractional(x) ? made(exact(x, c), .rounded, x) : lower(x, c, .int64)
    case .notKnown(let name): notKnown(name, register(t.type))
    case .form(let form, let parts): self.form(form, parts, t, c)
    case .nothing: absent(.none, .int64)
    }
  }

  /// A figure over records beside this one; a sum of fractions, or the largest of them, is rounded once.
  private func beside(_ figure: SidewaysFigure, _ t: Typed, _ c: Context) -> Node {
    figure.isOfValues && needsParts(t) ? exactly(t, c) : sideways(figure, c)
  }

  /// A fraction as it is, rounded where a whole is asked for.
  private func exactly(_ t: Typed, _ c: Context) -> Node { made(exact(t, c), .rounded, t) }

  /// What a table has no row for. Where something that it is asked about may not be there, that is what is missing.
  private func notKnown(_ name: String, _ register: Register) -> Node {
    let asked = (arguments.last ?? []).filter { $0.mayBeAbsent && $0.domain != .constant }
    if register == .truth || asked.isEmpty {
      let isNumber = register != .truth
      return graph.make(.missing(name, register), domain: .constant, register: register, mayBeAbsent: isNumber)
    }
    return noRow(name, asked, register)
  }

  /// Whether a choice is one between exact quotients; of whole numbers alone it is one between whole numbers.
  private func isQuotient(_ t: Typed) -> Bool { (t.type == .fraction || t.type == .partMonths) && isFractional(t) }

  /// Whether a type's figures are whole numbers of hundred-millionths.
  func isScaled(_ type: ValueType) -> Bool { type == .share || type == .decimal }

  private func constant(_ raw: Int64, _ type: ValueType) -> Node {
    switch register(type) {
    case .truth: graph.truth(raw == 0 ? Truth.no : Truth.yes)
    case .int32: graph.constant32(Int32(clamping: raw))
    case .int64: graph.constant64(raw)
    }
  }

  // MARK: Definitions

  /// A definition's argument. Whoever looks at a definition's parts outside a call finds nothing for it.
  private func argument(_ i: Int, _ type: ValueType) -> Node {
    arguments.last.map { $0[i] } ?? absent(.none, register(type))
  }

  /// A definition of the same arguments is the same, wherever it stands.
  private func call(_ definition: Definition, _ args: [Typed], _ c: Context) -> Node {
    let nodes = args.map { lower($0, c) }
    let key = Call(definition, nodes, areExact: args.map { isFractional($0) })
    if let known = calls[key] { return known }
    let node = with(args, c) { lower(definition.body, c) }
    calls[key] = node
    return node
  }

  /// Does something with a definition's arguments in place, as when its parts are looked at one by one.
  func with<T>(_ args: [Typed], _ context: Context, _ body: () -> T) -> T {
    let nodes = args.map { lower($0, context) }
    let exacts = args.map { isFractional($0) ? exact($0, context) : .leaf(lower($0, context)) }
    arguments.append(nodes)
    exactArguments.append(exacts)
    defer {
      arguments.removeLast()
      exactArguments.removeLast()
    }
    return body()
  }

  /// An argument of the definition that is being lowered, in its exact form; nil outside one.
  func exactArgument(_ i: Int) -> Exact? {
    guard let arguments = exactArguments.last, arguments.indices.contains(i) else { return nil }
    return arguments[i]
  }

  // MARK: Conditions

  func not(_ n: Node) -> Node {
    if case .constantTruth(let v) = n.op { return graph.truth(Truth.not(v)) }
    if n.op == .not { return n.inputs[0] }
    return graph.apply(.not, [n], register: .truth, mayBeAbsent: false, liftsAbsence: false)
  }

  private func between(_ x: Typed, _ a: Typed, _ b: Typed, _ c: Context) -> Node {
    if let counted = countBetween(x, a, b, c) { return counted }
    // What need not be whole is compared as it is, not as it would be rounded.
    if [x, a, b].contains(where: { register($0.type) == .int64 && isFractional($0) }) {
      return graph.and([compare(.greaterOrEqual, x, a, c), compare(.lessOrEqual, x, b, c)])
    }
    let nodes = [x, a, b].map { lower($0, c, register(x.type == .nothing ? a.type : x.type)) }
    let isLoose = [x, a, b].contains { $0.type == .dateOrYear }
    return graph.apply(isLoose ? .betweenDateOrYear : .between, nodes, register: .truth, mayBeAbsent: false)
  }

  private func given(_ x: Typed, negated: Bool, _ c: Context) -> Node {
    let n = lower(x, c)
    if n.register != .truth, !n.mayBeAbsent { return graph.truth(negated ? Truth.no : Truth.yes) }
    let given = graph.apply(.given, [n], register: .truth, mayBeAbsent: false, liftsAbsence: false)
    return negated ? not(given) : given
  }

  private func within(_ x: Typed, _ areas: [Typed], _ c: Context) -> Node {
    let place = lower(x, c, .int32)
    return graph.or(areas.map { within(place, lower($0, c, .int32)) })
  }

  private func includes(_ set: Typed, _ options: [Typed], _ c: Context) -> Node {
    includes(set, c) { list, field, row in
      graph.apply(
        .includes(list: list, field: field), [row] + options.map { narrow(lower($0, c)) }, register: .truth,
        mayBeAbsent: false)
    }
  }

  private func includes(_ set: Typed, from a: Typed, to b: Typed, _ c: Context) -> Node {
    includes(set, c) { list, field, row in
      graph.apply(
        .includesBetween(list: list, field: field), [row, narrow(lower(a, c)), narrow(lower(b, c))], register: .truth,
        mayBeAbsent: false)
    }
  }

  private func stable(_ months: Typed, _ from: Typed, _ to: Typed, _ c: Context) -> Node {
    let n = lower(months, c, .int64), start = lower(from, c, .int32), end = lower(to, c, .int32)
    let threshold = graph.apply(
      .stableFrom(clock, monthEnd), [start, n], register: .int32, mayBeAbsent: start.mayBeAbsent || n.mayBeAbsent)
    return graph.apply(.stable, [end, threshold], register: .truth, mayBeAbsent: false, liftsAbsence: false)
  }

  private func except(_ x: Typed, _ exception: Typed, _ governor: String, _ when: Typed?, _ c: Context) -> Node {
    let base = lower(x, c, .truth)
    let active = when.map { lower($0, c, .truth) } ?? graph.truth(Truth.yes)
    let excepted = graph.and([active, lower(exception, c, .truth)])
    if case .constantTruth(Truth.no) = excepted.op { return base }
    if !governedBy.contains(governor) { governedBy.append(governor) }
    return graph.apply(.except(governedBy: governor), [base, excepted], register: .truth, mayBeAbsent: false)
  }

  // MARK: Choice

  /// `nothing` takes the form of what it stands beside.
  private func fitted(_ t: Typed, _ c: Context, _ type: ValueType) -> Node { lower(t, c, register(type)) }

  private func ifThen(_ condition: Typed, _ a: Typed, _ b: Typed, _ type: ValueType, _ c: Context) -> Node {
    let test = lower(condition, c, .truth)
    if case .constantTruth(let v) = test.op {
      if v == Truth.yes { return fitted(a, c, type) }
      if v == Truth.no { return fitted(b, c, type) }
    }
    let x = fitted(a, c, type), y = fitted(b, c, type)
    return graph.apply(
      .ifThen, [test, x, y], register: x.register, mayBeAbsent: x.register != .truth, liftsAbsence: false)
  }

  private func choose(_ pick: Expression.Pick, _ xs: [Typed], _ type: ValueType, _ c: Context) -> Node {
    let nodes = xs.map { fitted($0, c, type) }
    if nodes.count == 1 { return nodes[0] }
    return graph.apply(
      .pick(pick), nodes, register: nodes[0].register, mayBeAbsent: nodes.contains { $0.mayBeAbsent },
      liftsAbsence: false)
  }

  // MARK: Dates and localities

  private func pair(_ op: Op, _ a: Typed, _ b: Typed, _ c: Context, _ r: Register, second: Register = .int32) -> Node {
    let x = lower(a, c, .int32), y = lower(b, c, second)
    return graph.apply(op, [x, y], register: r, mayBeAbsent: x.mayBeAbsent || y.mayBeAbsent)
  }

  private func yearOf(_ x: Typed, _ c: Context) -> Node {
    let n = lower(x, c, .int32)
    return graph.apply(
      x.type == .dateOrYear ? .yearOfDateOrYear : .yearOf, [n], register: .int64, mayBeAbsent: n.mayBeAbsent)
  }

  private func dayOfYear(_ day: Int, _ month: Int, _ year: Typed, _ c: Context) -> Node {
    let n = lower(year, c, .int64)
    return graph.apply(.dayOfYear(day: day, month: month), [n], register: .int32, mayBeAbsent: n.mayBeAbsent)
  }

  private func yearsRunning(_ set: Typed, _ from: Typed, _ c: Context) -> Node {
    includes(set, c) { list, field, row in
      graph.apply(
        .yearsRunning(list: list, field: field), [row, lower(from, c, .int64)], register: .int64, mayBeAbsent: true)
    }
  }

  private func province(_ place: Typed, _ c: Context) -> Node {
    let table = graph.make(.placeProvince, domain: .places, register: .int32, mayBeAbsent: false)
    return graph.gather(table, lower(place, c, .int32))
  }
}
