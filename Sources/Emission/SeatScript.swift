// Places of several quotas that allow as many as they can: no script finds a largest set, so the engine says who asks
// for a place, and is told who has one. Knows nothing of how the places are given out.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

/// The statements by which an engine says who asks for places.
package struct SeatScript: Sendable {
  /// What is asked of one measure.
  package struct Asked: Sendable {
    package let measure: CheckedMeasure
    /// The file of the answer in the folder, without headings: number in filing order, frame, and of each quota the
    /// group and how many places it has.
    package let file: String
    /// The file in which the engine is then told who has a place: frame, `true` or `false`.
    package let told: String
  }

  /// In their order, each with its semicolon.
  package let statements: [String]
  package let asked: [Asked]

  /// Writes what is to be asked; nil where nobody has to be.
  /// - Parameters:
  ///   - folder: where the answers go.
  ///   - source: where a list's records are.
  /// - Throws: what of a rule a script cannot say, with its place.
  package init?(
    _ programme: EmittedProgramme, folder: String, source: (ListDeclaration) throws -> FactSource
  ) throws {
    let dialect = programme.dialect
    var tables: [String] = [], files: [String] = []
    let seats = programme.seats
    if seats.isEmpty { return nil }
    asked = seats.map { i, made in
      Asked(measure: made.measure, file: "asked_\(i).csv", told: EmittedProgramme.toldFile(i))
    }
    for (i, made) in seats {
      guard let table = try made.candidates("asked_\(i)") else { continue }
      tables.append(try made.bounded(table))
      files.append(dialect.written("SELECT * FROM asked_\(i)", by: "number", to: "\(folder)/asked_\(i).csv"))
    }
    statements = try programme.statements(tables + files + [dialect.end].filter { !$0.isEmpty }, source: source)
  }
}

extension EmittedProgramme {
  /// The measures whose places are given out elsewhere, by number.
  var seats: [(number: Int, measure: MeasureSQL)] {
    let all = documents.flatMap { d in d.measures.map { (d, $0) } }.filter { $0.1.form == .measure }
    return all.enumerated().map { ($0 + 1, MeasureSQL(self, $1.0, $1.1)) }.filter(\.1.asksForSeats)
  }

  static func toldFile(_ number: Int) -> String { "seats_\(number).csv" }

  /// The statements that read who has a place.
  func seatTables(in folder: String) -> [String] {
    seats.map { number, made in
      let path = "\(folder)/\(EmittedProgramme.toldFile(number))"
      switch dialect {
      case .duckdb:
        return """
          CREATE OR REPLACE TEMP TABLE \(made.seats) AS
          SELECT frame, CAST(taken AS BOOLEAN) AS taken
          FROM \(dialect.values(in: path, columns: ["frame", "taken"]));

          """
      case .spark:
        return """
          CREATE TEMPORARY VIEW \(made.seats) (frame STRING, taken BOOLEAN)
          \(dialect.values(in: path, columns: ["frame", "taken"]));

          """
      }
    }
  }

  /// The lists that some statements look at.
  func lists(in statements: [String]) -> [ListDeclaration] {
    let said = statements.joined()
    return lists.filter { said.contains(facts($0) + " ") || said.contains(facts($0) + "\n") }
  }

  /// Statements over facts, with those before them by which the facts are read.
  func statements(_ own: [String], source: (ListDeclaration) throws -> FactSource) throws -> [String] {
    let lists = lists(in: own)
    var out: [String] = []
    if !dialect.settings.isEmpty { out.append(dialect.settings.joined(separator: "\n") + "\n") }
    for list in lists { out.append(reading(list, try source(list))) }
    out.append(dialect.functions + dialect.beginning)
    out += lists.map(view)
    if !dialect.middle.isEmpty { out.append(dialect.middle) }
    return out + own
  }
}
