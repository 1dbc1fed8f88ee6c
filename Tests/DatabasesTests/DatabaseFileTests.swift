// Databases written to files: what SQLite reads of their bytes.

import CSQLite
import Testing

@testable import Databases

@Suite("Databases as files")
struct DatabaseFileTests {
  /// The rows that a statement finds in a database's bytes, values as SQLite writes them.
  private func rows(_ bytes: [UInt8], _ statement: String) throws -> [[String]] {
    var connection: OpaquePointer?
    try #require(sqlite3_open(":memory:", &connection) == SQLITE_OK)
    defer { sqlite3_close(connection) }
    var copy = bytes
    return try copy.withUnsafeMutableBufferPointer { bytes in
      let size = sqlite3_int64(bytes.count)
      try #require(sqlite3_deserialize(connection, "main", bytes.baseAddress, size, size, 0) == SQLITE_OK)
      var prepared: OpaquePointer?
      try #require(sqlite3_prepare_v2(connection, statement, -1, &prepared, nil) == SQLITE_OK)
      defer { sqlite3_finalize(prepared) }
      var rows: [[String]] = []
      while sqlite3_step(prepared) == SQLITE_ROW {
        rows.append(
          (0..<sqlite3_column_count(prepared)).map { column in
            sqlite3_column_text(prepared, column).map { String(cString: $0) } ?? "NULL"
          })
      }
      return rows
    }
  }

  private final class Gathered {
    var bytes: [UInt8] = []
  }

  private func written(_ count: Int) throws -> [UInt8] {
    let file = DatabaseFile()
    try file.begin("payments", [(name: "id", type: "TEXT"), (name: "a \"b\"", type: "DECIMAL(18,2)")])
    for row in 0..<count { try file.add([.text("h\(row)"), row % 3 == 0 ? .none : .real(Double(row) / 4)]) }
    #expect(try file.begin("payments", [(name: "n", type: "INTEGER")]) == "payments_2")
    try file.add([.integer(.min)])
    try file.add([.text("")])
    let out = Gathered()
    try file.finish { out.bytes.append(contentsOf: $0) }
    return out.bytes
  }

  @Test("tables, values and names are read by SQLite, and the same rows give the same bytes")
  func tables() throws {
    let bytes = try written(5000)
    #expect(bytes.starts(with: Array("SQLite format 3".utf8)))
    #expect(try rows(bytes, "select count(*), sum(\"a \"\"b\"\"\") from payments") == [["5000", "2082916.75"]])
    #expect(try rows(bytes, "select * from payments limit 2") == [["h0", "NULL"], ["h1", "0.25"]])
    #expect(
      try rows(bytes, "select n, typeof(n) from payments_2") == [["-9223372036854775808", "integer"], ["", "text"]])
    #expect(try rows(bytes, "pragma integrity_check") == [["ok"]])
    #expect(try written(5000) == bytes)
  }
}
