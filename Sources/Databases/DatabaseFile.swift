// A database as a file: tables written row by row, and the bytes of all of it at the end. It is made in memory, so that
// whoever takes the bytes decides how they become a file.

import CSQLite

/// Writes a database.
package final class DatabaseFile {
  /// Why there is no file.
  package enum Failure: Error {
    /// There is not enough memory, or SQLite says something else.
    case refused(String)
  }

  private var connection: OpaquePointer?
  private var insertion: OpaquePointer?
  private var names: Set<String> = []

  package init() {
    var connection: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
    precondition(
      sqlite3_open_v2(":memory:", &connection, flags, nil) == SQLITE_OK, "SQLite opens a database in memory")
    self.connection = connection
  }

  deinit {
    sqlite3_finalize(insertion)
    sqlite3_close_v2(connection)
  }

  /// Begins a table; `add` writes its rows.
  /// - Parameter columns: names and types as SQLite declares them.
  /// - Returns: its name, which has a number behind it where another table is called so.
  @discardableResult
  package func begin(_ name: String, _ columns: [(name: String, type: String)]) throws(Failure) -> String {
    precondition(!columns.isEmpty, "a table has a column")
    var unique = name
    var number = 1
    while !names.insert(unique.lowercased()).inserted {
      number += 1
      unique = "\(name)_\(number)"
    }
    let fields = columns.map { SQLText.quoted($0.name) + " " + $0.type }.joined(separator: ", ")
    try run("CREATE TABLE \(SQLText.quoted(unique)) (\(fields))")
    try end()
    let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
    try check(
      sqlite3_prepare_v2(
        connection, "INSERT INTO \(SQLText.quoted(unique)) VALUES (\(marks))", -1, &insertion, nil))
    try run("BEGIN")
    return unique
  }

  /// Writes a row of the table that was begun last.
  package func add(_ row: [QueryValue]) throws(Failure) {
    for (i, value) in row.enumerated() {
      let place = Int32(i + 1)
      switch value {
      case .none: sqlite3_bind_null(insertion, place)
      case .integer(let number): sqlite3_bind_int64(insertion, place, number)
      case .real(let number): sqlite3_bind_double(insertion, place, number)
      case .text(var text):
        text.withUTF8 { bytes in
          _ = bytes.withMemoryRebound(to: CChar.self) {
            cesuan_bind_text(insertion, place, $0.baseAddress ?? UnsafePointer(EmptyText.start), Int32($0.count))
          }
        }
      }
    }
    let result = sqlite3_step(insertion)
    guard result == SQLITE_DONE else { return try check(result) }
    try check(sqlite3_reset(insertion))
  }

  /// Ends the file.
  /// - Parameter sink: takes its bytes.
  package func finish(_ sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    try end()
    var size: sqlite3_int64 = 0
    guard let bytes = sqlite3_serialize(connection, "main", &size, 0) else {
      throw Failure.refused("out of memory")
    }
    defer { sqlite3_free(bytes) }
    let all = UnsafeRawBufferPointer(start: bytes, count: Int(size))
    var done = 0
    while done < all.count {
      let next = min(done + 1 << 20, all.count)
      try sink(UnsafeRawBufferPointer(rebasing: all[done..<next]))
      done = next
    }
  }

  /// Ends the table that was begun last.
  private func end() throws(Failure) {
    guard insertion != nil else { return }
    sqlite3_finalize(insertion)
    insertion = nil
    try run("COMMIT")
  }

  private func run(_ text: String) throws(Failure) { try check(sqlite3_exec(connection, text, nil, nil, nil)) }

  private func check(_ result: Int32) throws(Failure) {
    guard result != SQLITE_OK else { return }
    throw .refused(String(cString: sqlite3_errmsg(connection)))
  }
}

/// Where a text without bytes begins.
private enum EmptyText {
  nonisolated(unsafe) static let start: UnsafeMutablePointer<CChar> = {
    let memory = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
    memory.initialize(to: 0)
    return memory
  }()
}
