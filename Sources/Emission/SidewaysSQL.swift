// Figures over records with equal keys, in SQL: a query of its own for each record that asks, over the list's records
// that have the same keys, or over the measure's own frames where candidates are asked about.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension ExpressionSQL {
  func sideways(_ figure: SidewaysFigure, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    if figure.isOfValues, try isQuotient(t) { return try exactSideways(figure, t, p).rounded() }
    besides += 1
    defer { besides -= 1 }
    let beside = try Beside(self, figure.set, t, p)
    return kept([try asked(figure, beside, t)], named(figure), t, p)[0]
  }

  /// What a step of such figures is called.
  private func named(_ figure: SidewaysFigure) -> String {
    let what: String
    switch figure.kind {
    case .count: what = "count"
    case .sum: what = "sum"
    case .pick(let pick): what = pick.rawValue
    case .different: what = "different"
    }
    return what + "_of_" + (figure.set.list ?? "candidates")
  }

  private func asked(_ figure: SidewaysFigure, _ beside: Beside, _ t: Typed) throws(EmissionRefusal) -> AskedBeside {
    switch figure.kind {
    case .count: return beside.counted(open: .unknown)
    case .sum:
      let value = try self.figure(value(of: figure), beside.place)
      return beside.made("coalesce(CAST(sum(\(value.sql))@ AS BIGINT), 0)", value)
    case .pick(let pick):
      let asked = value(of: figure)
      let value = try self.figure(asked, beside.place)
      let isLarger = pick == .larger || pick == .later
      return beside.made(extreme(of: value.sql, asked.type, isLarger, rows: "@"), value, mayBeNone: true)
    case .different:
      let asked = value(of: figure)
      let isExact = try isQuotient(asked)
      let value = isExact ? compared(try exact(asked, beside.place)) : try self.figure(asked, beside.place)
      return beside.made("count(DISTINCT \(value.sql))@", value)
    }
  }

  /// A sum of fractions, or the largest or smallest of them.
  func exactSideways(_ figure: SidewaysFigure, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLExact {
    besides += 1
    defer { besides -= 1 }
    let beside = try Beside(self, figure.set, t, p)
    let value = try exact(value(of: figure), beside.place)
    if case .pick(let pick) = figure.kind {
      return parts(value.extreme(isLarger: pick == .larger || pick == .later), true, value, beside, figure, t, p)
    }
    if !SQLLogic.isNumber(value.below) { return parts(value.summed(), false, value, beside, figure, t, p) }
    let asked = beside.made(
      "coalesce(CAST(sum(\(value.above))@ AS \(dialect.wide)), 0)",
      SQLFigure(value.above, unknown: value.unknown, mayBeNone: value.mayBeNone))
    let above = kept([asked], named(figure), t, p)[0]
    return SQLExact(above: above.sql, below: value.below, unknown: above.unknown, mayBeNone: false, in: dialect)
  }

  /// A fraction of the members', above and below as aggregates.
  private func parts(
    _ found: (above: String, below: String), _ mayBeNone: Bool, _ value: SQLExact, _ beside: Beside,
    _ figure: SidewaysFigure, _ t: Typed, _ p: SQLPlace
  ) -> SQLExact {
    let parts = [found.above, found.below].filter { !SQLLogic.isNumber($0) }.map {
      beside.made(
        $0, SQLFigure(value.above, unknown: value.unknown, mayBeNone: value.mayBeNone), mayBeNone: mayBeNone)
    }
    let all = kept(parts, named(figure), t, p)
    return SQLExact(
      above: all[0].sql, below: all.count > 1 ? all[1].sql : found.below, unknown: all[0].unknown,
      mayBeNone: mayBeNone, in: dialect)
  }

  private func value(of figure: SidewaysFigure) -> Typed {
    Invariant.value(figure.value, "figures-have-values: what is added up or compared is asked of each member")
  }

  /// How many there are, and how many at least and at most, where of some it cannot be told whether they belong; nil
  /// for what is no such count.
  func countsBeside(
    _ t: Typed, _ p: SQLPlace
  ) throws(EmissionRefusal) -> (asked: SQLFigure, least: SQLFigure, most: SQLFigure)? {
    guard case .sideways(let figure) = t.operation, figure.kind == .count else { return nil }
    besides += 1
    defer { besides -= 1 }
    let beside = try Beside(self, figure.set, t, p)
    let counts = [Beside.Open.unknown, .leftOut, .takenIn].map(beside.counted)
    let all = kept(counts, named(figure), t, p)
    return (all[0], all[1], all[2])
  }

  /// Figures over the records beside one as a step, worked out once for each row that asks; where that cannot be, as
  /// they stand.
  private func kept(_ all: [AskedBeside], _ name: String, _ t: Typed, _ p: SQLPlace) -> [SQLFigure] {
    // What is asked once and for all is one figure.
    let different = all.indices.filter { i in all.firstIndex(of: all[i]) == i }
    var columns: [(name: String, sql: String)] = []
    for i in different {
      let number = different.count == 1 ? "" : "_\(i + 1)"
      columns.append(("figure" + number, all[i].found))
      if all[i].unknown != "FALSE" { columns.append(("is_unknown" + number, all[i].unknown)) }
    }
    guard let alias = step(name, columns, t, p) else { return all.map(\.figure) }
    var figures: [SQLFigure] = []
    for asked in all {
      for i in different where all[i] == asked {
        let number = different.count == 1 ? "" : "_\(i + 1)"
        let isSure = asked.unknown == "FALSE"
        let figure = "\(alias).figure\(number)", unknown = "\(alias).is_unknown\(number)"
        figures.append(
          SQLFigure(
            isSure ? figure : "(CASE WHEN NOT \(unknown) THEN \(figure) END)", unknown: isSure ? "FALSE" : unknown,
            mayBeNone: asked.mayBeNone))
      }
    }
    return figures
  }
}

/// A figure over the records beside one, and where it is not known.
private struct AskedBeside: Equatable {
  let found: String
  let unknown: String
  var mayBeNone = false

  /// The figure as it stands.
  var figure: SQLFigure {
    SQLFigure(
      unknown == "FALSE" ? found : "(CASE WHEN NOT \(SQLLogic.wrapped(unknown)) THEN \(found) END)", unknown: unknown,
      mayBeNone: mayBeNone)
  }
}

/// The records beside one that asks.
private struct Beside {
  enum Open { case unknown, leftOut, takenIn }

  let place: SQLPlace
  /// What makes a record one of the group that is looked at.
  private var matches: [String] = []
  /// Where it cannot be told which group that is.
  private var isOpen: [String] = []
  /// Whether a record belongs.
  private var test = SQLTruth.yes

  init(_ e: ExpressionSQL, _ set: SidewaysSet, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) {
    guard let list = set.list.flatMap({ e.programme.dictionary.list($0) }) else {
      throw e.refusal(Text("candidates that are no records", zh: "候选对象不是记录"), t)
    }
    let alias = "k\(e.besides)"
    var inner: SQLPlace
    switch set.members {
    case .list:
      inner = SQLPlace(
        SQLScope(
          "\(e.programme.facts(list)) AS \(alias)", taken: [alias], prefix: alias + "_", rows: [alias + ".id"]),
        record: .init(alias: alias, list: list))
      var asker = p
      asker.isAsker = true
      inner.outer = SQLPlace.Outer(asker)
    case .candidates:
      let frame = alias + "_frame"
      inner = SQLPlace(
        SQLScope(
          "frames AS \(frame)\n    JOIN \(e.programme.facts(list)) AS \(alias) ON \(alias).id = \(frame).record",
          taken: [alias, frame], prefix: alias + "_", rows: [frame + ".record"]),
        record: .init(alias: alias, list: list), frame: frame)
    }
    place = inner
    for key in set.keys {
      let isExact = (try e.isQuotient(key.member), try e.isQuotient(key.asker))
      if isExact.0 || isExact.1 {
        let own = try e.exact(key.member, inner), asked = try e.exact(key.asker, p)
        matches.append(SQLExact.equal(own, asked))
        isOpen.append(asked.unknown)
        continue
      }
      let own = try e.figure(key.member, inner), asked = try e.figure(key.asker, p)
      matches.append("\(own.sql) = \(asked.sql)")
      isOpen.append(asked.unknown)
    }
    var parts: [SQLTruth] = []
    for condition in set.conditions + set.conditionsOnBoth { parts.append(try e.truth(condition, inner)) }
    if case .candidates(let conditions, let requirements) = set.members {
      parts = try Beside.passed(e, conditions, requirements, inner, t) + parts
    }
    test = SQLTruth(SQLTruth.and(parts).here)
    if set.order != nil || set.leavesOutSelf { try lookAside(e, set, list, alias, t, p) }
  }

  /// What a candidate meets: all that is asked before any set is looked at, and whatever stands above the set. Those
  /// that lie in an order of their own, or that are several of one record, are not compared.
  private static func passed(
    _ e: ExpressionSQL, _ conditions: Int, _ requirements: Int, _ inner: SQLPlace, _ t: Typed
  ) throws(EmissionRefusal) -> [SQLTruth] {
    let selection = e.measure.selection
    guard !e.framesHaveSteps, selection.begins == nil, !(e.windowOnAccrual && e.measure.window != nil) else {
      throw e.refusal(Text("candidates in an order of their own", zh: "另有先后的候选对象"), t)
    }
    var parts = inner.frame.map { [SQLTruth($0 + ".here")] } ?? []
    let first = e.measure.firstCandidates ?? conditions
    let asked = selection.conditions.prefix(conditions).enumerated().flatMap { i, condition in
      condition.conjuncts.filter { i >= first || $0.asksSets }
    }
    for condition in asked + selection.requirements.prefix(requirements) { parts.append(try e.truth(condition, inner)) }
    return parts
  }

  /// What stands before the record that asks, or beside it.
  private mutating func lookAside(
    _ e: ExpressionSQL, _ set: SidewaysSet, _ list: ListDeclaration, _ alias: String, _ t: Typed, _ p: SQLPlace
  ) throws(EmissionRefusal) {
    let own: SQLFigure
    if let asker = set.asker {
      own = try e.figure(asker, p)
    } else if let record = p.record {
      own = SQLFigure(record.alias + ".id")
    } else {
      throw e.refusal(Text("a record where there is none", zh: "此处没有记录"), t)
    }
    isOpen.append(own.unknown)
    guard let order = set.order else {
      matches.append("\(alias).id IS DISTINCT FROM \(own.sql)")
      return
    }
    guard let field = list.begins.flatMap(list.field) else {
      throw e.refusal(Text("records without a first and last day", zh: "没有起止日期的记录"), t)
    }
    let column = SQLName.column(field.name)
    let known = p.scope.join(e.programme.facts(list), as: "asker", on: "@.id = \(own.sql)")
    let sign = order == .before ? "<" : "<="
    let comes =
      "(\(alias).\(column) < \(known).\(column) OR (\(alias).\(column) = \(known).\(column) "
      + "AND \(alias).id \(sign) \(known).id))"
    if field.absence == .unknown {
      isOpen.append("(\(known).id IS NOT NULL AND \(known).\(column) IS NULL)")
      // Of whom nobody said when it begins, it cannot be told whether it comes before.
      matches.append("(\(alias).\(column) IS NULL OR \(comes))")
      test = SQLTruth(
        "CASE WHEN \(alias).\(column) IS NULL AND (\(test.here)) IS NOT FALSE THEN NULL ELSE \(test.here) END")
    } else {
      matches.append(comes)
    }
  }

  /// A figure of those that belong.
  /// - Parameter figure: the aggregate, with `@` where it says of which.
  func made(_ figure: String, _ value: SQLFigure, mayBeNone: Bool = false) -> AskedBeside {
    let holds = SQLLogic.wrapped(test.here)
    let found = asked(figure.replacing("@", with: test == .yes ? "" : " FILTER (WHERE \(test.here))"))
    var open = isOpen
    if test != .yes || value.unknown != "FALSE" {
      let isOne = SQLLogic.or([test == .yes ? "FALSE" : "\(holds) IS NULL", value.unknown])
      open.append("coalesce(\(asked("bool_or(coalesce(\(holds), TRUE) AND (\(isOne)))")), FALSE)")
    }
    return AskedBeside(found: found, unknown: SQLLogic.or(open), mayBeNone: mayBeNone)
  }

  func counted(open: Open) -> AskedBeside {
    let all = made("count(*)@", SQLFigure("1"))
    if test == .yes { return all }
    switch open {
    case .unknown: return all
    case .leftOut: return bound("\(SQLLogic.wrapped(test.here)) IS TRUE")
    case .takenIn: return bound("\(SQLLogic.wrapped(test.here)) IS NOT FALSE")
    }
  }

  private func bound(_ which: String) -> AskedBeside {
    AskedBeside(found: asked("count(*) FILTER (WHERE \(which))"), unknown: SQLLogic.or(isOpen))
  }

  private func asked(_ figure: String) -> String {
    "(SELECT \(figure) FROM \(place.scope.from)\(matches.isEmpty ? "" : " WHERE \(SQLLogic.and(matches))"))"
  }
}
