// What a notebook comes to for each row of a list of parameters. Knows nothing of how it is played.

import Answers
import Diagnostics
import View

struct NotebookRows {
  /// One row: its parameters, and the sums that came out.
  private struct Row: Sendable {
    let number: Int
    let parameters: [String]
    let results: [Result]
    let values: [(expression: String, text: String)]
    let failed: Bool
  }

  /// The sums of a cell.
  private struct Result: Sendable {
    let name: String
    /// Fen.
    let total: Int64
    let sums: Record
  }

  /// The names of the parameters.
  private let heads: [String]
  private var rows: [Row] = []

  init(_ heads: [String]) { self.heads = heads }

  /// Adds what a run came to.
  /// - Parameters:
  ///   - number: of the row, from 1.
  ///   - parameters: as many as there are names.
  mutating func add(_ run: NotebookRun, _ number: Int, _ parameters: [String]) {
    rows.append(
      Row(
        number: number, parameters: parameters, results: NotebookRows.results(run),
        values: run.values.map { ($0.value.expression, $0.text) }, failed: run.failed))
  }

  /// - Parameter problems: what was wrong in any row.
  func answer(_ problems: [Diagnostic]) -> Answer {
    let records = rows.map { row in
      Record(
        kind: "row",
        [
          "row": .count(row.number), "ok": .flag(!row.failed),
          "parameters": .record(Record(zip(heads, row.parameters).map { Record.Member($0, .id($1)) })),
          "results": .record(Record(row.results.map { Record.Member($0.name, .record($0.sums)) })),
          "values": .record(Record(row.values.map { Record.Member($0.expression, .id($0.text)) })),
        ])
    }
    var answer = Answer([.relation(relation)], records: records, diagnostics: problems)
    answer.failed = !problems.isEmpty
    return answer
  }

  /// Names come from files and may be anything, so that they are titles here and no keys.
  private var relation: Relation {
    var columns: [AnswerColumn<Row>] = heads.enumerated().map { i, name in
      .id("parameter_\(i)", .same(name), .essential) { $0.parameters[i] }.forPeople().headedByTitle()
    }
    let names = rows.first { !$0.results.isEmpty }?.results.map(\.name) ?? []
    columns += names.enumerated().map { i, name in
      .money("result_\(i)", .same(name), .essential) { row in row.results.first { $0.name == name }?.total }
        .shown { row in
          let total = row.results.first { $0.name == name }?.total
          return total.map { [.data(Figures.money(fen: $0, grouped: false), .number)] }
        }.forPeople().headedByTitle()
    }
    return Relation(of: rows, role: { $0.failed ? .bad : nil }, columns)
  }

  /// The sums of the named cells, or of the last cell that has one.
  private static func results(_ run: NotebookRun) -> [Result] {
    func sum(_ outcome: CellOutcome, _ name: String) -> Result? {
      guard let record = outcome.record, case .money(let total)? = record["total"] else { return nil }
      let parts = ["total", "due", "pending", "displaced", "recovered"].compactMap { key in
        record[key].map { Record.Member(key, $0) }
      }
      return Result(name: name, total: total, sums: Record(parts))
    }
    let named = run.outcomes.compactMap { outcome in outcome.cell.options.name.flatMap { sum(outcome, $0) } }
    if !named.isEmpty { return named }
    return run.outcomes.reversed().lazy.compactMap { sum($0, "total") }.first.map { [$0] } ?? []
  }
}
