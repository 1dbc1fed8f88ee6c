// Rows that are looked at one after another, each with what those before it have left: where an engine has no step that
// goes on from itself, a list of the rows that is gone through. Knows nothing of what is asked of them.

/// Rows in turn, for an engine that goes through lists.
struct SQLTurns {
  /// A value of a row or of what is carried along.
  struct Value {
    let name: String
    let type: String
    let sql: String

    init(_ name: String, _ type: String, _ sql: String) { (self.name, self.type, self.sql) = (name, type, sql) }

    var cast: String { "'\(name)', CAST(\(sql) AS \(type))" }
  }

  /// The step of the rows.
  let queue: String
  /// The column of whose rows go by themselves; nil: all are one queue.
  var group: String?
  /// What is looked at of a row `c`; the first says its turn.
  let columns: [String]
  /// What is carried along in `t`: what it is at first.
  let start: [Value]
  /// What it is after a row, in the same order.
  let next: [Value]
  /// What is told of each row.
  let told: [Value]

  /// The SELECT of what is told.
  var select: String {
    let type = "ARRAY<STRUCT<\(told.map { "\($0.name): \($0.type)" }.joined(separator: ", "))>>"
    let first = start.map(\.cast) + ["'told', CAST(array() AS \(type))"]
    let one = "named_struct(\(told.map(\.cast).joined(separator: ", ")))"
    let then = next.map(\.cast) + ["'told', array_append(t.told, \(one))"]
    return """
      SELECT row.*
      FROM (
        SELECT explode(aggregate(
          array_sort(collect_list(struct(\(columns.joined(separator: ", "))))),
          named_struct(\(first.joined(separator: ", "))),
          (t, c) -> named_struct(
            \(then.joined(separator: ",\n        "))),
          t -> t.told)) AS row
        FROM \(queue)\(group.map { "\n  GROUP BY " + $0 } ?? "")
      ) AS turned
      """
  }
}
