// The engines that may compute an answer in this program's place, by their words. Knows nothing of where they are.

/// An engine for scripts in SQL.
package enum OtherEngine: String, Sendable, CaseIterable {
  case duckdb, spark

  /// What it is called.
  package var title: String {
    switch self {
    case .duckdb: "DuckDB"
    case .spark: "Spark"
    }
  }

  /// The engine of this name, however it is written.
  package static func named(_ word: String) -> OtherEngine? { allCases.first { $0.rawValue == word.lowercased() } }
}
