// A connection that reads tables in memory and nothing else: no file, no setting, no extension. One statement at a
// time,
// which can be stopped, and whose answer has a limit.

import CSQLite

/// A value of an answer.
package enum QueryValue: Sendable, Equatable {
  case none
  case integer(Int64)
  case real(Double)
  case text(String)
}

/// What a statement answers.
package struct QueryResult: Sendable {
  /// A column: its name as asked for, and the type where it is that of a table's column.
  package struct Column: Sendable {
    package let name: String
    package let type: QueryType?
  }

  package let columns: [Column]
  /// Row by row.
  let values: [QueryValue]

  /// How many rows there are.
  package var count: Int { columns.isEmpty ? 0 : values.count / columns.count }

  package subscript(row: Int, column: Int) -> QueryValue { values[row * columns.count + column] }
}

/// Why there is no answer.
package enum QueryFailure: Error, Equatable {
  /// SQLite's words for it, and the UTF-8 offset in the statement where it knows one.
  case refused(String, offset: Int?)
  /// Something other than reading was asked for.
  case notReading
  /// There is no statement, or more than one, which begins at the offset.
  case notOne(offset: Int?)
  /// There are more values than this.
  case tooLarge(Int)
  case interrupted
}

/// A connection to tables in memory.
package final class Database {
  private var connection: OpaquePointer?
  /// What SQLite was given and reads as long as the connection lives.
  private var tables: [QueryTable] = []
  private var descriptions: [UnsafeMutablePointer<cesuan_table>] = []
  private var declarations: [UnsafeMutablePointer<CChar>] = []
  private let passed: UnsafeMutablePointer<Int64>

  package init() {
    passed = .allocate(capacity: 1)
    passed.initialize(to: 0)
    var connection: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX
    precondition(
      sqlite3_open_v2(":memory:", &connection, flags, nil) == SQLITE_OK, "SQLite opens a database in memory")
    self.connection = connection
    precondition(
      sqlite3_exec(connection, "PRAGMA temp_store = memory; PRAGMA trusted_schema = off", nil, nil, nil) == SQLITE_OK
        && cesuan_add_sums(connection) == SQLITE_OK,
      "SQLite takes our settings")
  }

  deinit {
    sqlite3_close_v2(connection)
    for description in descriptions { description.deallocate() }
    for declaration in declarations { declaration.deallocate() }
    passed.deallocate()
  }

  /// Adds a table under both of its names.
  package func add(_ table: QueryTable) {
    tables.append(table)
    for (name, isChinese) in [(table.name, false), (table.chinese, true)]
    where !isChinese || name != table.name {
      let text = Array(table.declaration(inChinese: isChinese).utf8CString)
      let declaration = UnsafeMutablePointer<CChar>.allocate(capacity: text.count)
      for (i, byte) in text.enumerated() { (declaration + i).initialize(to: byte) }
      declarations.append(declaration)
      let description = UnsafeMutablePointer<cesuan_table>.allocate(capacity: 1)
      description.initialize(to: table.table(declaration, passed: passed, inChinese: isChinese))
      descriptions.append(description)
      // A table that was looked at once is declared, which statements themselves may not do.
      let look = "SELECT 1 FROM " + SQLText.quoted(name) + " LIMIT 0"
      precondition(
        cesuan_add_table(connection, name, description) == SQLITE_OK
          && sqlite3_exec(connection, look, nil, nil, nil) == SQLITE_OK,
        "SQLite takes table \(name): \(String(cString: sqlite3_errmsg(connection)))")
    }
  }

  /// Carries out one statement that only reads.
  ///
  /// - Parameters:
  ///   - limit: more values than this are not kept.
  ///   - isCancelled: asked every few thousand steps.
  ///   - progress: told how much of the rows has been gone through, 0 to 1.
  package func answer(
    _ text: String, limit: Int, isCancelled: @escaping () -> Bool = { false },
    progress: ((Double) -> Void)? = nil
  ) throws(QueryFailure) -> QueryResult {
    passed.pointee = 0
    precondition(cesuan_only_read(connection) == SQLITE_OK, "SQLite lets its statements be judged")
    defer { sqlite3_set_authorizer(connection, nil, nil) }
    let watch = Watch(
      isCancelled: isCancelled, progress: progress, passed: passed, rows: tables.map(\.count).max() ?? 0)
    sqlite3_progress_handler(
      connection, 5000,
      { pointer in
        guard let pointer else { return 0 }
        return Unmanaged<Watch>.fromOpaque(pointer).takeUnretainedValue().isStopped ? 1 : 0
      }, Unmanaged.passUnretained(watch).toOpaque())
    defer { sqlite3_progress_handler(connection, 0, nil, nil) }
    return try withExtendedLifetime(watch) { () throws(QueryFailure) in
      let statement = try prepared(text)
      defer { sqlite3_finalize(statement) }
      return try result(of: statement, asked: SQLText.asked(text), limit: limit)
    }
  }

  /// What is asked while a statement is carried out.
  private final class Watch {
    private let isCancelled: () -> Bool
    private let progress: ((Double) -> Void)?
    private let passed: UnsafePointer<Int64>
    private let rows: Int

    init(
      isCancelled: @escaping () -> Bool, progress: ((Double) -> Void)?, passed: UnsafeMutablePointer<Int64>, rows: Int
    ) {
      self.isCancelled = isCancelled
      self.progress = progress
      self.passed = UnsafePointer(passed)
      self.rows = rows
    }

    var isStopped: Bool {
      if let progress, rows > 0 { progress(min(Double(passed.pointee) / Double(rows), 0.99)) }
      return isCancelled()
    }
  }

  // MARK: One statement

  private func prepared(_ text: String) throws(QueryFailure) -> OpaquePointer {
    var statement: OpaquePointer?
    var rest = 0
    var bytes = Array(text.utf8CString)
    let size = Int32(clamping: bytes.count)
    let result = bytes.withUnsafeMutableBufferPointer { bytes in
      var tail: UnsafePointer<CChar>?
      let result = sqlite3_prepare_v2(connection, bytes.baseAddress, size, &statement, &tail)
      if let tail, let start = bytes.baseAddress { rest = tail - UnsafePointer(start) }
      return result
    }
    guard result == SQLITE_OK else { throw failure(result) }
    guard let statement else { throw .notOne(offset: nil) }
    let behind = SQLText.words(of: text).first { $0.range.lowerBound >= rest && $0.text != ";" }
    if let behind {
      sqlite3_finalize(statement)
      throw .notOne(offset: behind.range.lowerBound)
    }
    guard sqlite3_stmt_readonly(statement) != 0, sqlite3_column_count(statement) > 0 else {
      sqlite3_finalize(statement)
      throw .notReading
    }
    return statement
  }

  private func failure(_ result: Int32) -> QueryFailure {
    if result == SQLITE_INTERRUPT { return .interrupted }
    let words = String(cString: sqlite3_errmsg(connection))
    if result == SQLITE_AUTH || words.hasSuffix(" may not be modified") { return .notReading }
    let offset = Int(sqlite3_error_offset(connection))
    return .refused(words, offset: offset < 0 ? nil : offset)
  }

  private func result(of statement: OpaquePointer, asked: [String?], limit: Int) throws(QueryFailure) -> QueryResult {
    let width = Int(sqlite3_column_count(statement))
    var values: [QueryValue] = []
    while true {
      let result = sqlite3_step(statement)
      if result == SQLITE_DONE { break }
      guard result == SQLITE_ROW else { throw failure(result) }
      guard values.count + width <= limit else { throw .tooLarge(limit) }
      for column in 0..<Int32(width) { values.append(Database.value(statement, column)) }
    }
    let columns = (0..<width).map { column in
      let name = sqlite3_column_name(statement, Int32(column)).map { String(cString: $0) } ?? ""
      let declared = sqlite3_column_decltype(statement, Int32(column)).map { String(cString: $0) }
      var type = declared.flatMap { QueryType(declared: $0) }
      if type == nil, asked.count == width, let source = asked[column] { type = self.type(of: source) }
      return QueryResult.Column(name: name, type: type)
    }
    return QueryResult(columns: columns, values: values)
  }

  /// What the sum of a column is: of amounts an amount. A name that stands for several things is none of them.
  private func type(of column: String) -> QueryType? {
    let wanted = column.lowercased()
    let types = Set(
      tables.flatMap(\.columns).filter { $0.name.lowercased() == wanted || $0.chinese == column }.map(\.type))
    guard types.count == 1, let only = types.first else { return nil }
    switch only {
    case .money, .date: return only
    case .text, .integer, .flag, .decimal: return nil
    }
  }

  private static func value(_ statement: OpaquePointer, _ column: Int32) -> QueryValue {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
    case SQLITE_NULL: return .none
    case SQLITE_BLOB:
      let start = sqlite3_column_blob(statement, column)
      let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
      return .text("x'" + bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + "'")
    default:
      let start = sqlite3_column_text(statement, column)
      let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
      return .text(String(decoding: bytes, as: UTF8.self))
    }
  }
}
