// The lists of facts in SQL: the tables that a script reads, one for each list with the columns of the dictionary of
// facts, and views over them in which what is absent stands as it is meant.
import Facts
import PolicyLanguage

extension EmittedProgramme {
  /// The lists that the rules may look at, in the dictionary's order.
  var lists: [ListDeclaration] { dictionary.lists }

  /// The statement that makes a list's table.
  func table(_ list: ListDeclaration) -> String {
    let columns = list.fields.map { "\(SQLName.column($0.name)) \(type($0.type))" }
    return dialect.table(SQLName.column(list.name), of: columns.joined(separator: ", "))
  }

  func type(_ type: FieldType) -> String {
    switch type {
    case .text, .place, .county, .area, .choice, .reference, .dateOrYear, .dateOrMonth: dialect.string
    case .bool: "BOOLEAN"
    case .int: "BIGINT"
    case .money: "DECIMAL(18,2)"
    case .figure: "DECIMAL(18,8)"
    case .date: "DATE"
    // As files have them: `a; b`, `a, b` or `[a, b]`.
    case .set: dialect.string
    }
  }

  /// How a list's table is filled.
  func filling(_ list: ListDeclaration) -> String {
    let into = "-- INSERT INTO \(SQLName.column(list.name)) BY NAME SELECT * FROM "
    switch dialect {
    case .duckdb: return into + "'\(list.name).parquet';"
    case .spark: return into + "parquet.`\(list.name).parquet`;"
    }
  }

  /// The view over a list's table: money as fen, absent facts by what their absence means, persons.
  func view(_ list: ListDeclaration) -> String {
    var columns: [String] = []
    if !list.hasID { columns.append("CAST(\(dialect.anyNumber) AS \(dialect.string)) AS id") }
    for field in list.fields {
      let name = SQLName.column(field.name)
      let made = defaulted(raw(field, name), field, list)
      columns.append(made == name ? name : "\(made) AS \(name)")
    }
    if list.person != nil, let name = list.personName {
      let own = SQLName.column(name)
      let named = list.field(name).map { defaulted(own, $0, list) } ?? own
      if let id = list.personID.map(SQLName.column) {
        columns.append("CASE WHEN \(id) IS NULL THEN \(named) ELSE upper(\(id)) END AS person")
        // A number and a name are never one person.
        columns.append(
          "CASE WHEN \(id) IS NULL THEN 'name ' || \(named) ELSE 'number ' || upper(\(id)) END AS person_key")
      } else {
        columns.append("\(named) AS person_key")
      }
    }
    return dialect.facts(
      facts(list), as: "SELECT \(columns.joined(separator: ",\n  "))\nFROM \(SQLName.column(list.name))")
  }

  /// A column as expressions reckon with it.
  private func raw(_ field: Field, _ name: String) -> String {
    switch field.type {
    case .money, .figure(.amount): "CAST(round(\(name) * 100) AS BIGINT)"
    case .figure(.decimal), .figure(.share): "CAST(round(CAST(\(name) AS DECIMAL(28, 8)) * 100000000) AS BIGINT)"
    case .dateOrYear: "loose_day(\(name))"
    case .dateOrMonth: "day_or_month(\(name))"
    case .set(let member):
      switch member {
      case .date, .dateOrMonth: "dates_in(\(name))"
      case .int: "numbers_in(\(name))"
      case .text, .place, .county, .area, .choice, .reference, .bool, .money, .figure, .dateOrYear, .set:
        "texts_in(\(name))"
      }
    case .text, .bool, .int, .date, .place, .county, .area, .choice, .reference: name
    }
  }

  private func defaulted(_ sql: String, _ field: Field, _ list: ListDeclaration) -> String {
    switch field.absence {
    case .required, .none, .unknown: return sql
    case .empty: return sql
    case .value(let raw): return "coalesce(\(sql), \(literal(raw, ValueType(field.type))))"
    case .field(let other):
      guard let other = list.field(other) else { return sql }
      return "coalesce(\(sql), \(defaulted(self.raw(other, SQLName.column(other.name)), other, list)))"
    }
  }
}
