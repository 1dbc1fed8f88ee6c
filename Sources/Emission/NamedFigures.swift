// Figures that get a name. A script says what a figure is made of wherever it is used, and each use of one that is long
// would say it again: a long one is a step of its own, worked out once for each row, and looked up from then on. So a
// script grows with the rules, not with how often their figures use each other.
import Diagnostics
import PolicyLanguage

extension ExpressionSQL {
  /// What a figure may weigh before it gets a name.
  private static let mostOfFigure = 2_000
  /// A condition is seldom used twice, and reads better where it stands.
  private static let mostOfCondition = 6_000
  /// How long a text may become that can have no name, in bytes.
  private static let longest = 500_000

  /// The figure itself, or its name where it is long.
  func named(_ figure: SQLFigure, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLFigure {
    guard try isLong([figure.sql, figure.unknown], ExpressionSQL.mostOfFigure, t) else { return figure }
    let parts = [("figure", figure.sql), ("is_unknown", figure.unknown)]
    guard let alias = step(of: parts, t, p) else { return figure }
    func column(_ i: Int) -> String { isPlain(parts[i].1) ? parts[i].1 : "\(alias).\(parts[i].0)" }
    return SQLFigure(column(0), unknown: column(1), mayBeNone: figure.mayBeNone)
  }

  func named(_ exact: SQLExact, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLExact {
    guard try isLong([exact.above, exact.below, exact.unknown], ExpressionSQL.mostOfFigure, t) else { return exact }
    let parts = [("above", exact.above), ("below", exact.below), ("is_unknown", exact.unknown)]
    guard let alias = step(of: parts, t, p) else { return exact }
    func column(_ i: Int) -> String { isPlain(parts[i].1) ? parts[i].1 : "\(alias).\(parts[i].0)" }
    return SQLExact(above: column(0), below: column(1), unknown: column(2), mayBeNone: exact.mayBeNone, in: dialect)
  }

  func named(_ truth: SQLTruth, _ t: Typed, _ p: SQLPlace) throws(EmissionRefusal) -> SQLTruth {
    let isOne = truth.here == truth.beyond
    guard try isLong([truth.here, isOne ? "" : truth.beyond], ExpressionSQL.mostOfCondition, t) else { return truth }
    let parts = [("holds", truth.here), ("beyond", isOne ? "TRUE" : truth.beyond)]
    guard let alias = step(of: parts, t, p) else { return truth }
    let here = isPlain(truth.here) ? truth.here : alias + ".holds"
    return isOne
      ? SQLTruth(here) : SQLTruth(here: here, beyond: isPlain(truth.beyond) ? truth.beyond : alias + ".beyond")
  }

  /// Columns as a step that is called by the line of the document.
  private func step(of parts: [(String, String)], _ t: Typed, _ p: SQLPlace) -> String? {
    step("line_\(t.location.start.line)", parts.filter { !isPlain($0.1) }.map { (name: $0.0, sql: $0.1) }, t, p)
  }

  /// What needs no column.
  private func isPlain(_ sql: String) -> Bool {
    SQLLogic.isNumber(sql) || ["TRUE", "FALSE", "NULL"].contains(sql)
  }

  private func isLong(_ texts: [String], _ most: Int, _ t: Typed) throws(EmissionRefusal) -> Bool {
    let bytes = texts.reduce(0) { $0 + $1.utf8.count }
    if bytes > ExpressionSQL.longest { throw refusal(ExpressionSQL.tooLong, t) }
    // Whatever calls no function of the script weighs what it is long; few are heavier than their tenfold.
    if bytes * 10 < most { return false }
    return texts.reduce(0) { $0 + SQLWeight.of($1) } > most
  }

  static let tooLong = Text(
    "figures and conditions that come to more than 2 MB when written out", zh: "展开后超过2 MB的数值和条件")

  /// Columns by row as a step, looked up.
  /// - Returns: its alias; nil where what they say hangs on more than the rows of the place.
  func step(_ name: String, _ columns: [(name: String, sql: String)], _ t: Typed, _ p: SQLPlace) -> String? {
    let rows = p.scope.rows
    let text = columns.map(\.sql).joined(separator: ", ")
    // What stops a script stops it only where it is reached.
    guard !rows.isEmpty, !text.contains("refuse("), let from = p.scope.from(for: text, in: dialect) else { return nil }
    let all = rows + columns.map { "\($0.sql) AS \($0.name)" }
    let line = t.location.start.line
    let step = steps.add(
      name, ["第\(line)行 · line \(line): worked out once."],
      "SELECT\(framesMayRepeat ? " DISTINCT" : "") \(all.joined(separator: ",\n  "))\nFROM \(from)", isOptional: true)
    let conditions = rows.map { row in
      let column = row.split(separator: ".").last.map(String.init) ?? row
      return "@.\(column) \(column == "step" ? "IS NOT DISTINCT FROM" : "=") \(row)"
    }
    return p.scope.join(step, as: step, on: conditions.joined(separator: " AND "))
  }
}

extension MeasureSQL {
  /// A statement, where it is no longer than one may be.
  func bounded(_ statement: String) throws(EmissionRefusal) -> String {
    if statement.utf8.count > 2_000_000 { throw refusal(ExpressionSQL.tooLong) }
    return statement
  }
}

/// The aliases of tables in a text.
struct SQLAliases {
  /// Those whose columns it names and that it does not make itself.
  private(set) var asked: Set<String> = []
  /// Those that it makes: `AS k1`.
  private(set) var made: Set<String> = []

  init(_ text: String, _ dialect: SQLDialect) {
    let bytes = Array(text.utf8)
    var last: Substring = "", i = 0
    while i < bytes.count {
      if bytes[i] == 0x27 {
        i = SQLAliases.end(ofTextAt: i, in: bytes, dialect)
        continue
      }
      guard SQLAliases.isOfName(bytes[i]) else {
        i += 1
        continue
      }
      let start = i
      while i < bytes.count, SQLAliases.isOfName(bytes[i]) { i += 1 }
      let word = Substring(decoding: bytes[start..<i], as: UTF8.self)
      let isNumber = bytes[start] >= 0x30 && bytes[start] <= 0x39
      if i < bytes.count, bytes[i] == 0x2E, !isNumber {
        asked.insert(String(word))
        i += 1
        while i < bytes.count, SQLAliases.isOfName(bytes[i]) { i += 1 }
        last = ""
      } else {
        if last == "AS" { made.insert(String(word)) }
        last = word
      }
    }
    asked.subtract(made)
  }

  /// Behind the text in quotes that begins at a place.
  private static func end(ofTextAt start: Int, in bytes: [UInt8], _ dialect: SQLDialect) -> Int {
    var i = start + 1
    while i < bytes.count, bytes[i] != 0x27 { i += dialect == .spark && bytes[i] == 0x5C ? 2 : 1 }
    return i + 1
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    byte == 0x5F || byte == 0x22 || byte > 0x7F || (byte >= 0x30 && byte <= 0x39)
      || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }
}

/// What a text weighs for the engine that plans it: its letters, those that functions of the script repeat as often as
/// they do, and queries of their own for what they cost.
enum SQLWeight {
  /// How often functions of the script repeat what they are asked of.
  private static let repeated: [String: Int] = [
    "compared": 2, "rounded": 2, "floored": 3, "compared_loosely": 3, "loose_year": 2, "completes": 4,
    "completes_or_next_day": 9, "months_after": 2, "months_after_or_next_day": 8, "months_after_loosely": 8,
    "first_of_insured_month": 2, "last_of_insured_month": 5, "whole_months": 9, "whole_months_or_next_day": 12,
    "whole_years": 9, "periods": 12, "periods_or_next_day": 20, "period_start": 3, "period_start_or_next_day": 8,
    "days_of_thirty": 3, "exactly": 40, "month_parts": 6, "year_parts": 7, "years_running": 2,
  ]
  private static let query = 600

  static func of(_ text: String) -> Int {
    var total = 0, factor = 1
    var outer: [Int] = []
    var word: [UInt8] = []
    for byte in text.utf8 {
      total += factor
      switch byte {
      case 0x28:
        outer.append(factor)
        if !word.isEmpty, let times = repeated[String(decoding: word, as: UTF8.self)], factor < 100_000 {
          factor *= times
        }
        word = []
      case 0x29:
        factor = outer.popLast() ?? 1
        word = []
      case 0x5F, 0x61...0x7A: word.append(byte)
      case 0x53 where word.isEmpty: word = [byte]
      case 0x45 where word == [0x53]:
        // SE: a query begins; no other word of scripts in capitals begins so.
        total += query * factor
        word = []
      default: word = []
      }
    }
    return total
  }
}
