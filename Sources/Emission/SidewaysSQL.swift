// Figures over records with equal keys, in SQL: a query of its own for each record that asks, over the list's records
// that have the same keys, or over the measure's own frames where candidates are asked about.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension ExpressionSQL {
  func sideways(_ figure: SidewaysFigure, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    if figure.kind == .sum, try isQuotient(t) { return try exactSideways(figure, t, p).rounded() }
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
      if try isQuotient(asked) {
        throw refusal(Text("the largest of quotients", zh: "商的最大值"), t)
      }
      if case .choice = asked.type { throw refusal(Text("the largest of choices", zh: "选项的最大值"), t) }
      let value = try self.figure(asked, beside.place)
      let isLarger = pick == .larger || pick == .later
      return beside.made("\(isLarger ? "max" : "min")(\(value.sql))@", value, mayBeNone: true)
    case .different:
      let asked = value(of: figure)
      if try isQuotient(asked) { throw refusal(Text("different quotients", zh: "不同的商"), t) }
      let value = try self.figure(asked, beside.place)
      return beside.made("count(DISTINCT \(value.sql))@", value)
    }
  }

  /// A sum of fractions, where all members have one denominator.
  func exactSideways(_ figure: SidewaysFigure, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLExact {
    besides += 1
    defer { besides -= 1 }
    let beside = try Beside(self, figure.set, t, p)
    let value = try exact(value(of: figure), beside.place)
    guard SQLLogic.isNumber(value.below) else {
      throw refusal(Text("a sum of fractions with different denominators", zh: "不同分母的分数之和"), t)
    }
    let asked = beside.made(
      "coalesce(CAST(sum(\(value.above))@ AS \(dialect.wide)), 0)",
      SQLFigure(value.above, unknown: value.unknown, mayBeNone: value.mayBeNone))
    let above = kept([asked], named(figure), t, p)[0]
    return SQLExact(above: above.sql, below: value.below, unknown: above.unknown, mayBeNone: false, in: dialect)
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
    case .candidates(let conditions, let requirements):
      try Beside.checkCandidates(e, conditions, requirements, t)
      let frame = alias + "_frame"
      inner = SQLPlace(
        SQLScope(
          "frames AS \(frame)\n    JOIN \(e.programme.facts(list)) AS \(alias) ON \(alias).id = \(frame).record",
          taken: [alias, frame], prefix: alias + "_", rows: [frame + ".record"]),
        record: .init(alias: alias, list: list), frame: frame)
    }
    place = inner
    for key in set.keys {
      for one in [key.member, key.asker] {
        if try e.isQuotient(one) {
          throw e.refusal(Text("a quotient as a key", zh: "以商为相同字段"), t)
        }
      }
      let own = try e.figure(key.member, inner), asked = try e.figure(key.asker, p)
      matches.append("\(own.sql) = \(asked.sql)")
      isOpen.append(asked.unknown)
    }
    var parts: [SQLTruth] = []
    for condition in set.conditions + set.conditionsOnBoth { parts.append(try e.truth(condition, inner)) }
    if case .candidates = set.members { parts.insert(SQLTruth(alias + "_frame.here"), at: 0) }
    test = SQLTruth(SQLTruth.and(parts).here)
    if set.order != nil || set.leavesOutSelf { try lookAside(e, set, list, alias, t, p) }
  }

  /// Candidates are the frames of one step, which have passed every condition before any set is looked at: those that
  /// have passed only some of them, or that lie in an order of their own, are no such step.
  private static func checkCandidates(
    _ e: ExpressionSQL, _ conditions: Int, _ requirements: Int, _ t: Typed
  ) throws(EmissionRefusal) {
    let selection = e.measure.selection
    let isAll =
      conditions == selection.conditions.count && requirements == 0
      && !selection.conditions.flatMap(\.conjuncts).contains(where: \.asksSets)
    let isPlain = !e.framesHaveSteps && selection.begins == nil && !(e.windowOnAccrual && e.measure.window != nil)
    guard isAll, isPlain else {
      throw e.refusal(Text("candidates that passed some of the conditions only", zh: "只满足部分条件的候选对象"), t)
    }
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
    guard let field = list.begins.flatMap(list.field), field.type != .int else {
      throw e.refusal(Text("an order by years", zh: "按年度的先后"), t)
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
