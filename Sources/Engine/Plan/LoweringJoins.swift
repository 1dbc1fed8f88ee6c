// Records that follow on one another, and figures over records of the same person, lowered to operations on whole
// columns. Where every record is somebody's only one, nothing can be joined and plain columns are left.
import Facts
import PolicyLanguage
import Reckoning

/// An operation that needs a whole column at once, since a row's value hangs on other rows. Worked out once and
/// looked up.
enum WholeOp: Hashable, Sendable {
  /// The row of the first record of the joined one that a record belongs to: inputs are the condition, the person,
  /// the first and the last day, how much may lie between, and further keys.
  case spellFirst(SpellGap, list: Int)
  /// The latest last day of the records with the same first: inputs are the first record's row, and the last day.
  case spellEnd
  /// The largest or smallest of a figure over the records with a key: inputs are the key that a record has, the
  /// condition and the figure, and the key that is asked for.
  case grouped(Expression.Pick)
  /// A figure over records with equal keys.
  case sideways(SidewaysOp)
  /// The place of members in their set, frame by frame, by the day on which they count, then the list's ids.
  case place(list: Int)
  /// Whether a record is one of those that alone are looked at; told to the evaluator.
  case isThere
}

/// What may lie between records that follow on.
enum SpellGap: Hashable, Sendable {
  case days
  case months
  /// No whole calendar month.
  case calendarMonth
}

extension Lowering {
  /// Of each record of the source list the first of the joined one that it is a part of.
  func firstParts(_ join: JoinedList) -> Node { spells(join).first }

  /// A node of the record's own list, seen from where it is asked.
  private func ofRecord(_ node: Node, _ c: Context) -> Node {
    switch c {
    case .frame: graph.gather(node, frameBase)
    case .member: node
    case .pair(let pairs, _): graph.gather(node, member(of: pairs))
    }
  }

  /// The list's persons as a column; nil where no record shares one with another.
  private func sharedPersons(_ list: Int) -> Node? {
    guard let person = dataset.tables[list].declaration.personField, sharesPersons(list) else { return nil }
    return column(list, person)
  }

  func spellEnd(_ join: JoinedList, _ c: Context) -> Node { ofRecord(spells(join).end, c) }
  func spellBegins(_ join: JoinedList, _ c: Context) -> Node { ofRecord(spells(join).begins, c) }

  /// Of each record of the source list: whether it begins a joined one, that one's last day, and its first record.
  private func spells(_ join: JoinedList) -> (begins: Node, end: Node, first: Node) {
    guard let list = dataset.dictionary.index(join.list), let ends = dataset.tables[list].declaration.ends,
      let begins = dataset.tables[list].declaration.begins,
      let endField = dataset.tables[list].declaration.field(ends),
      let startField = dataset.tables[list].declaration.field(begins)
    else { Invariant.broken("joined-list-dated: a joined list has been checked to have persons, first and last days") }
    let inner = Context.member(list: list, link: nil, year: nil)
    let choice = join.choices.first { holds($0.when) }
    let condition =
      choice.map { $0.condition.map { lower($0, inner, .truth) } ?? graph.truth(Truth.yes) }
      ?? graph.truth(Truth.no)
    let row = graph.make(.row, domain: .table(list), register: .int32, mayBeAbsent: false)
    let end = column(list, endField)
    guard let persons = sharedPersons(list), let choice else {
      let own = graph.apply(
        .ifThen, [condition, row, graph.constant32(Absent.none32)], register: .int32, mayBeAbsent: true,
        liftsAbsence: false)
      return (condition, end, own)
    }
    let gap = join.gaps.first { holds($0.when) }
    let days = gap?.days.map { lower($0, .frame(list: nil), .int64) } ?? graph.constant64(0)
    let kind: SpellGap = gap.map { $0.days.map { $0.type == .months ? .months : .days } ?? .calendarMonth } ?? .days
    let first = graph.make(
      .whole(.spellFirst(kind, list: list)),
      [condition, persons, column(list, startField), end, days] + choice.keys.map { column(list, $0) },
      domain: .table(list), register: .int32, mayBeAbsent: true)
    let latest = graph.make(
      .whole(.spellEnd), [first, end], domain: .table(list), register: .int32, mayBeAbsent: true)
    let isFirst = graph.make(
      .compare(.equal), [first, row], domain: .table(list), register: .truth, mayBeAbsent: false)
    return (isFirst, latest, first)
  }

  /// Whether a condition on settings holds.
  func holds(_ condition: Typed?) -> Bool {
    guard let condition else { return true }
    if case .constantTruth(Truth.yes) = lower(condition, .frame(list: nil), .truth).op { return true }
    return false
  }

  func grouped(_ figure: GroupedFigure, _ c: Context) -> Node {
    let list = dataset.list(named: figure.list)
    let inner = Context.member(list: list, link: nil, year: nil)
    var condition = figure.condition.map { lower($0, inner, .truth) } ?? graph.truth(Truth.yes)
    let value = lower(figure.value, inner, .int32)
    let row = graph.make(.row, domain: .table(list), register: .int32, mayBeAbsent: false)
    let memberKey: Node, askedKey: Node
    switch figure.members {
    case .samePerson:
      guard let persons = sharedPersons(list) else {
        // Everybody's only record is the only one to look at.
        return ofRecord(ifThen(condition, value), c)
      }
      (memberKey, askedKey) = (persons, persons)
    case .parts(let parts, let outer):
      condition = graph.and([spells(parts).begins, condition])
      if sharedPersons(list) == nil, outer.list == figure.list {
        // Each record is a spell of its own, where it is one.
        let isOne = graph.apply(
          .given, [spells(outer).first], register: .truth, mayBeAbsent: false, liftsAbsence: false)
        return ofRecord(ifThen(isOne, ifThen(condition, value)), c)
      }
      (memberKey, askedKey) = (spells(outer).first, row)
    }
    let node = graph.make(
      .whole(.grouped(figure.pick)), [memberKey, condition, value, askedKey], domain: .table(list), register: .int32,
      mayBeAbsent: true)
    return ofRecord(node, c)
  }

  /// A figure where a condition holds, none where it does not, unknown where nobody can say.
  private func ifThen(_ condition: Node, _ value: Node) -> Node {
    graph.apply(
      .ifThen, [condition, value, graph.constant32(Absent.none32)], register: .int32, mayBeAbsent: true,
      liftsAbsence: false)
  }
}
