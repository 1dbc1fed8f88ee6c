// A programme as statements that an engine carries out over facts in files, with what is asked of the ledger
// afterwards: sums by measure, month and beneficiary, or the payments themselves. The answers are files of
// comma-separated values without headings, in a folder. Knows nothing of how an engine is started.
import Diagnostics
import Engine
import Facts
import PolicyLanguage
import Reckoning

/// Where the records of a list are.
package enum FactSource: Sendable {
  /// A file of comma-separated values: a column for each field in the list's order, amounts in yuan, nothing where
  /// there is none.
  case csv(String)
  /// The Parquet files of a folder; what no column states has no values.
  case parquet(RecordsElsewhere)
}

/// What is asked of the ledger.
package struct CarriedQuestion: Sendable {
  /// The folder for the answers.
  package var folder: String
  /// Whether what everybody is paid is asked for.
  package var asksBeneficiaries = false
  /// Whether the payments are.
  package var asksPayments = false
  /// The measure whose payments are wanted; nil: all.
  package var measure: String?

  /// Sums by measure and month.
  package init(folder: String) { self.folder = folder }
}

/// A programme as statements.
package struct CarriedScript: Sendable {
  /// In their order, each with its semicolon.
  package let statements: [String]
  /// The least that a clause pays where its amount is the most that the text allows (fen), by measure and number.
  package let lows: [String: [Int: Int64]]

  /// The names of the answers' files.
  package enum File: String, Sendable, CaseIterable {
    /// measure, clause, status, upper bound, payments, fen
    case sums
    /// measure, different beneficiaries that are paid
    case payees
    /// measure, year, month, status, payments, fen
    case months
    /// beneficiary, status, payments, fen
    case beneficiaries
    /// measure, units, whether they are months, what is missing
    case unpriced
    /// entry, measure, subjects, what governs them
    case open
    /// entry, measure, subject: the first thousand
    case subjects
    /// measure, clause, beneficiary, subject
    case granted
    /// measure, beneficiary, subject, date, fen, status, upper bound, what is paid instead, fen claimed before a cap
    /// cut it, which cap; in the order in which a list has them
    case payments
    /// how many of these a cap has cut
    case cuts
  }

  /// How many subjects are named of those that are undetermined or governed elsewhere.
  package static let named = 1_000

  /// Writes a programme. Where places are given out elsewhere (`SeatScript`), the folder of the answers tells of them.
  /// - Parameter source: where a list's records are.
  /// - Throws: what of a rule a script cannot say, with its place.
  package init(
    _ programme: EmittedProgramme, asking question: CarriedQuestion, source: (ListDeclaration) throws -> FactSource
  ) throws {
    let parts = try SQLEmission.parts(programme)
    let dialect = programme.dialect
    let own = programme.seatTables(in: question.folder) + parts.statements + [parts.ledger + dialect.end]
    statements =
      try programme.statements(own, source: source) + CarriedScript.asked(question, dialect, programme.settings.asOf)
    lows = try CarriedScript.lows(programme)
  }

  private static func lows(_ programme: EmittedProgramme) throws(EmissionRefusal) -> [String: [Int: Int64]] {
    var lows: [String: [Int: Int64]] = [:]
    for document in programme.documents {
      for measure in document.measures {
        for (i, pay) in measure.pays.enumerated() {
          guard let low = pay.low else { continue }
          let figure = try MeasureSQL(programme, document, measure).e.figure(low, .constant)
          if figure.unknown == "FALSE", let fen = Int64(figure.sql) { lows[measure.id, default: [:]][i + 1] = fen }
        }
      }
    }
    return lows
  }

  /// The status of a recovery that is still to come, in sums.
  package static let pendingRecovery = "recovered_pending"

  /// - Parameter asOf: the day up to which payments, and what is taken back, are due; nil: all are.
  private static func asked(_ question: CarriedQuestion, _ dialect: SQLDialect, _ asOf: Day?) -> [String] {
    let status =
      asOf.map {
        "CASE WHEN status = 'recovered' AND date > \(SQLDate.text($0)) THEN '\(pendingRecovery)' "
          + "ELSE status END AS status"
      } ?? "status"
    func file(_ file: File, _ select: String, by order: String = "ALL") -> String {
      dialect.written(select, by: order, to: question.folder + "/" + file.rawValue + ".csv")
    }
    let paid = "FROM ledger WHERE entry = 'payment'"
    var all = [
      file(
        .sums,
        """
        SELECT measure, clause, \(status), upper_bound, count(*), CAST(sum(fen) AS \(dialect.string)) \(paid)
        GROUP BY ALL
        """
      ),
      file(
        .payees,
        "SELECT measure, count(DISTINCT beneficiary) \(paid) AND status IN ('due', 'pending') GROUP BY ALL"
      ),
      file(
        .months,
        """
        SELECT measure, year(date), month(date), \(status), count(*), CAST(sum(fen) AS \(dialect.string)) \(paid)
        GROUP BY ALL
        """),
      file(
        .unpriced, "SELECT measure, units, is_months, missing FROM ledger WHERE entry = 'unpriced'"),
      file(
        .open,
        """
        SELECT entry, measure, count(*), missing FROM ledger
        WHERE entry IN ('undetermined', 'elsewhere') GROUP BY ALL
        """),
      file(
        .subjects,
        """
        SELECT entry, measure, subject FROM (
          SELECT *, row_number() OVER (PARTITION BY entry, measure ORDER BY subject) AS number
          FROM ledger WHERE entry IN ('undetermined', 'elsewhere')
        ) AS numbered
        WHERE number <= \(named)
        """),
      file(
        .granted,
        "SELECT measure, clause, beneficiary, subject FROM ledger WHERE entry = 'granted'", by: "measure, subject"),
    ]
    if question.asksBeneficiaries {
      all.append(
        file(
          .beneficiaries,
          "SELECT beneficiary, \(status), count(*), CAST(sum(fen) AS \(dialect.string)) \(paid) GROUP BY ALL"))
    }
    if question.asksPayments {
      let listed = paid + (question.measure.map { " AND measure = " + dialect.quoted($0) } ?? "")
      all.append(file(.cuts, "SELECT count(claimed) \(listed)"))
      all.append(
        file(
          .payments,
          """
          SELECT measure, beneficiary, subject, date, fen, status, upper_bound, displaced_by, claimed, cut_by \(listed)
          """, by: "date, measure, beneficiary, subject, status, fen"))
    }
    return all
  }
}

extension EmittedProgramme {
  /// The statement by which a list's records are read: a table of what is in a file of ours, a view over files that are
  /// looked at where they lie.
  func reading(_ list: ListDeclaration, _ source: FactSource) -> String {
    let name = SQLName.column(list.name)
    let typed = list.fields.map {
      "CAST(\(SQLName.column($0.name)) AS \(type($0.type))) AS \(SQLName.column($0.name))"
    }
    .joined(separator: ",\n  ")
    switch (dialect, source) {
    case (.spark, .csv(let path)):
      let columns = list.fields.map { "\(SQLName.column($0.name)) STRING" }.joined(separator: ", ")
      return """
        CREATE TEMPORARY VIEW \(SQLName.column(list.name + "_file")) (\(columns))
        \(dialect.values(in: path, columns: list.fields.map(\.name)));
        CREATE TEMPORARY VIEW \(name) AS
        SELECT \(typed)
        FROM \(SQLName.column(list.name + "_file"));

        """
    case (_, .parquet(let place)):
      let stated = list.fields.map { field in
        let stated = place.columns[field.name].map { self.stated(field, $0) } ?? "CAST(NULL AS \(type(field.type)))"
        return "\(stated) AS \(SQLName.column(field.name))"
      }
      return """
        \(dialect.parquet(RecordFolder.files(of: place.folder).map(\.name), in: place.folder, as: files(of: list)))
        CREATE \(dialect.passing) VIEW \(name) AS
        SELECT \(stated.joined(separator: ",\n  "))
        FROM \(files(of: list));

        """
    case (.duckdb, .csv(let path)):
      return """
        CREATE TEMP TABLE \(name) AS
        SELECT \(typed)
        FROM \(dialect.values(in: path, columns: list.fields.map(\.name)));

        """
    }
  }
  /// The view over the files themselves.
  func files(of list: ListDeclaration) -> String { SQLName.column(list.name + "_files") }

  /// A column of such a file as the list has it.
  /// - Parameter table: what stands before the column's name.
  func stated(_ field: Field, _ column: String, of table: String = "") -> String {
    let name = table + SQLName.column(column)
    switch field.type {
    case .text, .place, .county, .area, .choice, .reference, .set: return text(name)
    // A day may come with a time of day.
    case .dateOrYear, .dateOrMonth: return "substr(\(text(name)), 1, 10)"
    case .bool, .int, .money, .figure, .date: return "CAST(\(name) AS \(type(field.type)))"
    }
  }

  /// A text without the blanks around it; a blank one is none.
  func text(_ column: String) -> String { "nullif(trim(CAST(\(column) AS \(dialect.string))), '')" }
}
