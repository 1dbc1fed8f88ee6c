// Records and their fields in SQL: the frame's own, a member's, the one that a reference names.
import Diagnostics
import Facts
import PolicyLanguage

extension ExpressionSQL {
  func selfRecord(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    if let record = p.record { return SQLFigure(record.alias + ".id") }
    if let text = p.text { return SQLFigure(text) }
    throw refusal(Text("a record where there is none", zh: "此处没有记录"), t)
  }

  func frameRecord(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    if let link = p.link { return link }
    if p.frame != nil || p.isAsker { return try selfRecord(t, p) }
    if let outer = p.outer { return try frameRecord(t, outer.place) }
    // Where it is not told which frame a member is of, its record is not known.
    return .unknown
  }

  func iteration(_ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    if let year = p.year { return year }
    if p.frame == nil, let outer = p.outer { return try iteration(t, outer.place) }
    // Where no year is known of a member, it has none.
    guard let frame = p.frame else { return .none }
    return SQLFigure(frame + ".step", unknown: frame + ".step_unknown", mayBeNone: !framesHaveSteps)
  }

  func selfField(_ field: Field, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLTerm {
    // Texts and the district have no fields.
    guard let record = p.record else { return absent(field) }
    return column(field, of: record.list, record.alias, through: nil)
  }

  private func absent(_ field: Field) -> SQLTerm { field.type == .bool ? .truth(.no) : .figure(.none) }

  /// A field of the record that an expression names.
  func field(of record: Typed, _ field: Field, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLTerm {
    guard case .record(let name) = record.type, let list = programme.dictionary.list(name) else { return absent(field) }
    if let asker = asker(of: record, p) { return try self.field(of: record, field, t, asker) }
    if let own = own(record, p) { return column(field, of: own.list, own.alias, through: nil) }
    if case .argument(let i) = record.operation {
      return try inArgument(i) { argument, place throws(EmissionRefusal) in
        try self.field(of: argument, field, t, place)
      }
    }
    let index = try figure(record, p)
    let alias = p.scope.join(programme.facts(list), as: list.singular, on: "@.id = \(index.sql)")
    return column(field, of: list, alias, through: index.isSure ? nil : index)
  }

  /// The record of the place itself, where that is what an expression names.
  private func own(_ record: Typed, _ p: SQLPlace) -> SQLPlace.Record? {
    if case .selfRecord = record.operation { return p.record }
    if case .frameRecord = record.operation, p.link == nil, p.frame != nil || p.isAsker { return p.record }
    return nil
  }

  /// Where a record is looked up that hangs on the frame alone, asked among the records beside it: in the query around
  /// theirs, since a join may not hang on what stands outside its own.
  private func asker(of record: Typed, _ p: SQLPlace) -> SQLPlace? {
    guard p.link == nil, p.frame == nil, !p.isAsker, let outer = p.outer else { return nil }
    var root = record
    while case .field(let of, _) = root.operation { root = of }
    if case .frameRecord = root.operation { return outer.place }
    return nil
  }

  /// A field of a record by its alias.
  /// - Parameter index: the id that led to the record, where there may be none.
  private func column(
    _ field: Field, of list: ListDeclaration, _ alias: String, through index: SQLFigure?
  ) -> SQLTerm {
    let name = alias + "." + SQLName.column(field.name)
    let absence = absence(field, list)
    let unstated = absence == .unknown ? "\(name) IS NULL" : "FALSE"
    if field.type == .bool {
      guard let index else { return .truth(SQLTruth(name)) }
      if index.unknown == "FALSE", absence != .unknown { return .truth(SQLTruth("coalesce(\(name), FALSE)")) }
      let none = index.unknown == "FALSE" ? "FALSE" : "CASE WHEN \(index.unknown) THEN NULL ELSE FALSE END"
      return .truth(SQLTruth("CASE WHEN \(alias).id IS NULL THEN \(none) ELSE \(name) END"))
    }
    guard let index else {
      return .figure(SQLFigure(name, unknown: unstated, mayBeNone: absence == Field.Absence.none))
    }
    let there = unstated == "FALSE" ? "FALSE" : "(\(alias).id IS NOT NULL AND \(unstated))"
    return .figure(
      SQLFigure(
        name, unknown: SQLLogic.or([index.unknown, there]),
        mayBeNone: index.mayBeNone || absence == Field.Absence.none))
  }

  /// What it means that a column is NULL; required: it never is.
  private func absence(_ field: Field, _ list: ListDeclaration) -> Field.Absence {
    if case .field(let other) = field.absence, let other = list.field(other) { return absence(other, list) }
    return field.absence
  }

  // MARK: Sets of a record

  /// The column of a set, and the id that leads to its record where there may be none.
  private func members(_ set: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> (column: String, index: SQLFigure?)? {
    switch try setColumn(set, p) {
    case (let column, let index)?: return (column, index)
    case nil: return nil
    }
  }

  private func setColumn(_ set: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> (String, SQLFigure?)? {
    if case .selfField(let field) = set.operation {
      return p.record.map { ($0.alias + "." + SQLName.column(field.name), nil) }
    }
    guard case .field(let record, let field) = set.operation, case .record(let name) = record.type,
      let list = programme.dictionary.list(name)
    else { return nil }
    if case .argument(let i) = record.operation {
      return try inArgument(i) { argument, place throws(EmissionRefusal) in
        try setColumn(Typed(.field(argument, field), set.type, at: set.location), place)
      }
    }
    if let asker = asker(of: record, p) { return try setColumn(set, asker) }
    if let own = own(record, p) { return (own.alias + "." + SQLName.column(field.name), nil) }
    let index = try figure(record, p)
    let alias = p.scope.join(programme.facts(list), as: list.singular, on: "@.id = \(index.sql)")
    return (alias + "." + SQLName.column(field.name), index.isSure ? nil : index)
  }

  func includes(_ set: Typed, _ options: [Typed], _ p: SQLPlace) throws(EmissionRefusal) -> SQLTruth {
    guard let (column, index) = try members(set, p) else { return .no }
    var all: [SQLTruth] = []
    for option in options {
      let wanted = try figure(option, p)
      all.append(.asked([wanted], dialect.contains(column, wanted.sql)))
    }
    return asked(.or(all), index)
  }

  func includes(_ set: Typed, from a: Typed, to b: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLTruth {
    guard let (column, index) = try members(set, p) else { return .no }
    let from = try figure(a, p), to = try figure(b, p)
    let member: SQLDialect.Member = a.type == .date ? .dates : isNumber(a.type) ? .numbers : .texts
    return asked(.asked([from, to], dialect.has(column, of: member, from: from.sql, to: to.sql)), index)
  }

  /// A condition on a set of a record that may not be there.
  private func asked(_ truth: SQLTruth, _ index: SQLFigure?) -> SQLTruth {
    guard let index else { return truth }
    let none = index.unknown == "FALSE" ? "FALSE" : "CASE WHEN \(index.unknown) THEN NULL ELSE FALSE END"
    return truth.map { "CASE WHEN \(index.sql) IS NULL THEN \(none) ELSE \($0) END" }
  }

  func yearsRunning(_ set: Typed, _ from: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    guard let (column, index) = try members(set, p) else { return SQLFigure("0") }
    let year = try figure(from, p)
    let unknown = SQLLogic.or([year.unknown, index?.unknown ?? "FALSE"])
    return SQLFigure(
      "coalesce(years_running(\(column), \(year.sql)), 0)", unknown: unknown)
  }
}
