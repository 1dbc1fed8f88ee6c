// What is wrong with records that stay in files of an engine, looked for before anything is computed over them: the
// same mistakes for which a file is refused that is read here (facts, "Ids, unknown keys, errors"). And how many of
// them do not state a fact for which another stands. Knows nothing of how an engine is started.
import Facts
import PolicyLanguage

/// The looking over of records that stay where they are.
package struct FactChecks {
  /// What is looked for in a field, or in two.
  package enum Kind: Sendable {
    /// A fact that must be stated is not.
    case missing
    /// An id stands more than once.
    case repeated
    /// The value is none of the field's type.
    case unreadable
    /// It has more decimals than the field takes.
    case tooFine
    /// It is none of the choices.
    case unknownChoice
    /// It is no code of a place.
    case unknownPlace
    /// No record of the list has this id.
    case unknownRecord(of: ListDeclaration)
    /// A last day before the first, which is another field's.
    case endsBefore(begins: Field)
    /// Not stated, and another value stands for it: no mistake.
    case taken
  }

  /// One thing that was looked for.
  package struct Sought: Sendable {
    package let list: ListDeclaration
    package let field: Field
    package let kind: Kind
  }

  /// In their order, each with its semicolon.
  package let statements: [String]
  /// For each file of answers what its columns tell of, two by two: how many, and the least value.
  package let sought: [(file: String, sought: [Sought])]

  /// - Parameters:
  ///   - elsewhere: the lists that are to be looked over, by name.
  ///   - folder: where the answers go.
  /// - Returns: nil where no list stays where it is.
  package init?(
    _ programme: EmittedProgramme, _ elsewhere: [String: RecordsElsewhere], folder: String,
    source: (ListDeclaration) throws -> FactSource
  ) rethrows {
    let lists = programme.lists.filter { elsewhere[$0.name] != nil }
    guard !lists.isEmpty else { return nil }
    let dialect = programme.dialect
    var out: [String] = []
    if !dialect.settings.isEmpty { out.append(dialect.settings.joined(separator: "\n") + "\n") }
    let named = Set(lists.flatMap(\.fields).compactMap { FactChecks.list(of: $0) } + lists.map(\.name))
    for list in programme.lists where named.contains(list.name) {
      out.append(programme.reading(list, try source(list)))
    }
    out.append(dialect.functions)
    let codes = dialect.list(programme.places.codes.map { dialect.quoted($0.text) })
    out.append("CREATE \(dialect.passing) VIEW known_places AS SELECT \(dialect.rows(of: codes)) AS code;\n")
    var sought: [(file: String, sought: [Sought])] = []
    for (number, list) in lists.enumerated() {
      guard let place = elsewhere[list.name] else { continue }
      let look = ListLook(programme, list, place)
      let file = "found_\(number + 1).csv"
      out.append(dialect.written(look.select, by: "1", to: folder + "/" + file))
      sought.append((file, look.sought))
    }
    (statements, self.sought) = (out, sought)
  }

  /// The list that a field's values are ids of.
  fileprivate static func list(of field: Field) -> String? {
    if case .reference(let list) = field.type { return list }
    return nil
  }
}

/// The look over one list.
private struct ListLook {
  private let programme: EmittedProgramme
  private let list: ListDeclaration
  private let place: RecordsElsewhere
  private(set) var sought: [FactChecks.Sought] = []
  private var columns: [String] = []
  private var joins: [String] = []

  private var dialect: SQLDialect { programme.dialect }

  init(_ programme: EmittedProgramme, _ list: ListDeclaration, _ place: RecordsElsewhere) {
    self.programme = programme
    self.list = list
    self.place = place
    for field in list.fields { look(at: field) }
    for (begins, ends) in place.periods {
      guard let first = list.field(begins), let last = list.field(ends), let a = day(first), let b = day(last) else {
        continue
      }
      // Of two days that are not both whole the years are compared.
      let isBefore =
        "CASE WHEN length(\(a)) = 10 AND length(\(b)) = 10 THEN \(b) < \(a) "
        + "ELSE substr(\(b), 1, 4) < substr(\(a), 1, 4) END"
      add(last, .endsBefore(begins: first), isBefore, shown: b)
    }
  }

  /// One row: two columns for each thing that is sought.
  var select: String {
    "SELECT \(columns.joined(separator: ",\n  "))\nFROM \(programme.files(of: list)) AS f"
      + joins.map { "\n  " + $0 }.joined()
  }

  private mutating func look(at field: Field) {
    guard let column = place.columns[field.name] else {
      if ListLook.isTaken(field) { add(field, .taken, "TRUE", shown: "''") }
      return
    }
    let raw = "f." + SQLName.column(column), text = programme.text(raw)
    if field.name == "id" {
      add(field, .missing, "\(text) IS NULL", shown: "''")
      joins.append(
        "CROSS JOIN (SELECT count(*) AS many, min(id) AS least FROM (SELECT \(text) AS id "
          + "FROM \(programme.files(of: list)) AS f GROUP BY 1 HAVING count(\(text)) > 1) AS twice) AS ids")
      add(field, .repeated, "ids.many > 0", shown: "ids.least", counted: "max(ids.many)")
      return
    }
    if field.absence == .required { add(field, .missing, "\(text) IS NULL", shown: "''") }
    if ListLook.isTaken(field) { add(field, .taken, "\(text) IS NULL", shown: "''") }
    lookAtValue(of: field, in: column, raw, text)
  }

  private mutating func lookAtValue(of field: Field, in column: String, _ raw: String, _ text: String) {
    func fails(_ type: String) -> String { "\(text) IS NOT NULL AND TRY_CAST(\(raw) AS \(type)) IS NULL" }
    func isOther(_ form: String) -> String {
      "NOT \(dialect.matches(programme.stated(field, column, of: "f."), form))"
    }
    let type = programme.type(field.type)
    switch field.type {
    case .text: break
    case .set(let member):
      guard case .choice(let names) = member else { break }
      let other = dialect.filter("texts_in(\(text))", "one", "one NOT IN (\(all(names)))")
      add(field, .unknownChoice, "\(dialect.size(other)) > 0", shown: text)
    case .bool, .date: add(field, .unreadable, fails(type), shown: text)
    case .dateOrYear: add(field, .unreadable, isOther("[0-9]{4}(-[0-9]{2}-[0-9]{2})?"), shown: text)
    case .dateOrMonth: add(field, .unreadable, isOther("[0-9]{4}-[0-9]{2}(-[0-9]{2})?"), shown: text)
    case .int, .money, .figure:
      var fine = "DECIMAL(28,8)"
      if case .figure = field.type { fine = "DECIMAL(38,11)" }
      add(field, .unreadable, fails(type), shown: text)
      add(field, .tooFine, "TRY_CAST(\(raw) AS \(fine)) <> TRY_CAST(\(raw) AS \(type))", shown: text)
    case .choice(let names):
      add(field, .unknownChoice, "\(text) NOT IN (\(all(names)))", shown: text)
    case .place, .county, .area:
      let name = SQLName.column("at_" + field.name)
      joins.append("LEFT JOIN known_places AS \(name) ON \(name).code = \(text)")
      add(field, .unknownPlace, "\(text) IS NOT NULL AND \(name).code IS NULL", shown: text)
    case .reference(let target):
      guard let other = programme.lists.first(where: { $0.name == target }) else { break }
      let name = SQLName.column("of_" + field.name)
      joins.append(
        "LEFT JOIN (SELECT DISTINCT id FROM \(SQLName.column(target)) WHERE id IS NOT NULL) AS \(name) "
          + "ON \(name).id = \(text)")
      add(field, .unknownRecord(of: other), "\(text) IS NOT NULL AND \(name).id IS NULL", shown: text)
    }
  }

  private func all(_ choices: [String]) -> String { choices.map(dialect.quoted).joined(separator: ", ") }

  /// A field's day as a text; nil where no column states it.
  private func day(_ field: Field) -> String? {
    place.columns[field.name].map { column in
      switch field.type {
      case .date: "CAST(TRY_CAST(f.\(SQLName.column(column)) AS DATE) AS \(dialect.string))"
      case .text, .bool, .int, .money, .figure, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .reference,
        .set:
        programme.stated(field, column, of: "f.")
      }
    }
  }

  private static func isTaken(_ field: Field) -> Bool {
    switch field.absence {
    case .value, .empty: true
    case .required, .none, .unknown, .field: false
    }
  }

  /// - Parameters:
  ///   - condition: which rows are meant.
  ///   - shown: the text of which the least is shown.
  ///   - counted: how many there are, where it is not the rows.
  private mutating func add(
    _ field: Field, _ kind: FactChecks.Kind, _ condition: String, shown: String, counted: String? = nil
  ) {
    // Engines write no file in which two columns have one name.
    let number = sought.count
    sought.append(FactChecks.Sought(list: list, field: field, kind: kind))
    columns.append((counted.map { "coalesce(\($0), 0)" } ?? dialect.count(where: condition)) + " AS many_\(number)")
    columns.append("min(CASE WHEN \(condition) THEN \(shown) END) AS least_\(number)")
  }
}
