// What expressions become in SQL: conditions, values and exact amounts, each with what tells *none* from *unknown*.
// Knows nothing of rules.
import PolicyLanguage
import Reckoning

/// A condition: NULL where it is unknown, so that SQL's own three-valued logic is Kleene's.
struct SQLTruth: Equatable {
  /// Under the reading in force.
  let here: String
  /// As if nothing were governed elsewhere.
  let beyond: String

  init(_ sql: String) { (here, beyond) = (sql, sql) }

  init(here: String, beyond: String) { (self.here, self.beyond) = (here, beyond) }

  static let yes = SQLTruth("TRUE")
  static let no = SQLTruth("FALSE")
  static let unknown = SQLTruth("NULL")

  /// Both sides through one function.
  func map(_ f: (String) -> String) -> SQLTruth { SQLTruth(here: f(here), beyond: f(beyond)) }

  static func and(_ all: [SQLTruth]) -> SQLTruth {
    SQLTruth(here: SQLLogic.and(all.map(\.here)), beyond: SQLLogic.and(all.map(\.beyond)))
  }

  /// The same, each on a line of its own.
  static func lines(_ all: [SQLTruth]) -> SQLTruth {
    SQLTruth(
      here: SQLLogic.and(all.map(\.here), between: "\n    AND"),
      beyond: SQLLogic.and(all.map(\.beyond), between: "\n    AND"))
  }

  static func or(_ all: [SQLTruth]) -> SQLTruth {
    SQLTruth(here: SQLLogic.or(all.map(\.here)), beyond: SQLLogic.or(all.map(\.beyond)))
  }

  /// A condition that SQL finds NULL where a value is absent, as it is meant: unknown where one is, else false.
  static func asked(_ all: [SQLFigure], _ sql: String) -> SQLTruth {
    guard all.contains(where: \.mayBeNone) else { return SQLTruth(sql) }
    let unknown = SQLLogic.or(all.map(\.unknown))
    if unknown == "FALSE" { return SQLTruth("coalesce(\(sql), FALSE)") }
    return SQLTruth("CASE WHEN \(unknown) THEN NULL ELSE coalesce(\(sql), FALSE) END")
  }

  var negated: SQLTruth { map(SQLLogic.not) }

  /// What is excepted is not true here, and stays true as if nothing were governed elsewhere.
  func except(_ exception: SQLTruth) -> SQLTruth {
    SQLTruth(here: SQLLogic.and([here, SQLLogic.not(exception.here)]), beyond: beyond)
  }
}

/// A value: NULL where there is none or it is unknown.
struct SQLFigure: Equatable {
  let sql: String
  /// A condition, never NULL, that says whether a NULL means unknown.
  let unknown: String
  /// Whether it may be none.
  let mayBeNone: Bool

  init(_ sql: String, unknown: String = "FALSE", mayBeNone: Bool = false) {
    (self.sql, self.unknown, self.mayBeNone) = (sql, unknown, mayBeNone)
  }

  static let none = SQLFigure("NULL", mayBeNone: true)
  static let unknown = SQLFigure("NULL", unknown: "TRUE")

  var isSure: Bool { !mayBeNone && unknown == "FALSE" }

  /// A function of several values: unknown where one is, else none where one is.
  static func of(_ all: [SQLFigure], _ sql: String) -> SQLFigure {
    SQLFigure(sql, unknown: SQLLogic.or(all.map(\.unknown)), mayBeNone: all.contains(where: \.mayBeNone))
  }
}

/// An amount or number that is rounded nowhere: whole figures above and below a line.
struct SQLExact {
  let above: String
  /// `1` where it is whole.
  let below: String
  let unknown: String
  let mayBeNone: Bool
  let dialect: SQLDialect

  init(above: String, below: String, unknown: String, mayBeNone: Bool, in dialect: SQLDialect) {
    (self.above, self.below, self.unknown, self.mayBeNone) = (above, below, unknown, mayBeNone)
    self.dialect = dialect
  }

  init(_ whole: SQLFigure, in dialect: SQLDialect) {
    self.init(
      above: SQLLogic.isNumber(whole.sql) ? whole.sql : "CAST(\(whole.sql) AS \(dialect.wide))", below: "1",
      unknown: whole.unknown, mayBeNone: whole.mayBeNone, in: dialect)
  }

  var isWhole: Bool { below == "1" }

  static func times(_ a: SQLExact, _ b: SQLExact) -> SQLExact {
    SQLExact(
      above: a.product(a.above, b.above), below: a.product(a.below, b.below),
      unknown: SQLLogic.or([a.unknown, b.unknown]), mayBeNone: a.mayBeNone || b.mayBeNone, in: a.dialect)
  }

  /// Dividing by nought gives nothing known.
  static func divided(_ a: SQLExact, by b: SQLExact) -> SQLExact {
    let isNought =
      SQLLogic.isNumber(b.above) ? (Int(b.above) == 0 ? "TRUE" : "FALSE") : "coalesce(\(b.above) = 0, FALSE)"
    return SQLExact(
      above: a.product(a.above, b.below), below: a.product(a.below, b.above),
      unknown: SQLLogic.or([a.unknown, b.unknown, isNought]), mayBeNone: a.mayBeNone || b.mayBeNone, in: a.dialect)
  }

  static func sum(_ a: SQLExact, _ b: SQLExact, adding: Bool) -> SQLExact {
    let sign = adding ? "+" : "-"
    let unknown = SQLLogic.or([a.unknown, b.unknown]), mayBeNone = a.mayBeNone || b.mayBeNone
    if a.below == b.below {
      let above = SQLLogic.isNumber(a.above) ? "CAST(\(a.above) AS \(a.dialect.wide))" : a.above
      return SQLExact(
        above: "(\(above) \(sign) \(b.above))", below: a.below, unknown: unknown, mayBeNone: mayBeNone, in: a.dialect)
    }
    return SQLExact(
      above: "(\(a.product(a.above, b.below)) \(sign) \(a.product(b.above, a.below)))",
      below: a.product(a.below, b.below), unknown: unknown, mayBeNone: mayBeNone, in: a.dialect)
  }

  /// Figures over one number, where each is over a number: those above the line, and that one.
  static func overOne(_ all: [SQLExact]) -> (above: [String], below: String)? {
    let numbers = all.compactMap { Int64($0.below) }
    guard numbers.count == all.count, let most = numbers.max() else { return nil }
    if numbers.contains(where: { $0 <= 0 || most % $0 != 0 }) { return nil }
    return (zip(all, numbers).map { $0.product($0.above, String(most / $1)) }, String(most))
  }

  private func product(_ a: String, _ b: String) -> String {
    if a == "1" { return b }
    if b == "1" { return a }
    guard let x = Int64(a), let y = Int64(b) else {
      // Of two figures as they are written the engine would make a small one: 100000000 * 360 is too much for it.
      let isWide = [a, b].contains { $0.hasPrefix("CAST(") && $0.hasSuffix(" AS \(dialect.wide))") }
      return isWide ? "(\(a) * \(b))" : "(CAST(\(a) AS \(dialect.wide)) * \(b))"
    }
    let (p, over) = x.multipliedReportingOverflow(by: y)
    return over ? "(CAST(\(a) AS \(dialect.wide)) * \(b))" : String(p)
  }

  /// Rounded half away from nought, or down.
  func rounded(down: Bool = false) -> SQLFigure {
    let sql =
      isWhole ? "CAST(\(above) AS BIGINT)" : "CAST(\(down ? "floored" : "rounded")(\(above), \(below)) AS BIGINT)"
    return SQLFigure(sql, unknown: unknown, mayBeNone: mayBeNone)
  }

  /// What is equal where figures of one expression are, and goes up where they do; NULL where there is none.
  var key: String { Int64(below).map { $0 > 0 } == true ? above : "exactly(\(above), \(below))" }

  /// Whether two figures are equal, as a condition; NULL where one is absent.
  static func equal(_ a: SQLExact, _ b: SQLExact) -> String {
    a.below == b.below && Int64(a.below) != nil
      ? "\(a.above) = \(b.above)" : "compared(\(a.above), \(a.below), \(b.above), \(b.below)) = 0"
  }

  /// The largest or smallest of the rows', as an aggregate: what stands above and below the line, with `@` where it
  /// says of which rows.
  func extreme(isLarger: Bool) -> (above: String, below: String) {
    let function = isLarger ? "max" : "min"
    if let number = Int64(below), number > 0 { return ("\(function)(\(above))@", below) }
    let record = dialect.record([("key", key), ("above", above), ("below", below)])
    let best = "\(function)(CASE WHEN \(key) IS NOT NULL THEN \(record) END)@"
    return ("(\(best))['above']", "(\(best))['below']")
  }

  /// The sum of the rows', as an aggregate, as above: kept in lowest terms from one row to the next.
  func summed() -> (above: String, below: String) {
    let isPlain = Int64(below).map { $0 > 0 } == true
    let parts = [
      ("above", isPlain ? above : "CASE WHEN \(below) < 0 THEN -(\(above)) ELSE \(above) END"),
      ("below", isPlain ? below : "abs(\(below))"),
    ].map { (name: $0.0, sql: "CAST(\($0.1) AS \(dialect.wide))") }
    let test = isPlain ? "\(above) IS NOT NULL" : "\(above) IS NOT NULL AND \(below) <> 0"
    let sum = dialect.sumOfFractions("CASE WHEN \(test) THEN \(dialect.record(parts)) END")
    return ("\(sum)['above']", "\(sum)['below']")
  }

  /// -1, 0 or 1.
  static func order(_ a: SQLExact, _ b: SQLExact) -> SQLFigure {
    SQLFigure(
      "compared(\(a.above), \(a.below), \(b.above), \(b.below))", unknown: SQLLogic.or([a.unknown, b.unknown]),
      mayBeNone: a.mayBeNone || b.mayBeNone)
  }
}

/// What an expression is.
enum SQLTerm {
  case truth(SQLTruth)
  case figure(SQLFigure)
}

/// Conditions joined, without what decides nothing.
enum SQLLogic {
  static func and(_ all: [String], between word: String = " AND") -> String {
    joined(all, word, neutral: "TRUE", absorbing: "FALSE")
  }
  static func or(_ all: [String]) -> String { joined(all, " OR", neutral: "FALSE", absorbing: "TRUE") }

  static func not(_ a: String) -> String {
    switch a {
    case "TRUE": "FALSE"
    case "FALSE": "TRUE"
    case "NULL": "NULL"
    case let a: "NOT " + wrapped(a)
    }
  }

  private static func joined(_ all: [String], _ word: String, neutral: String, absorbing: String) -> String {
    var parts: [String] = []
    for part in all where part != neutral && !parts.contains(part) { parts.append(part) }
    if parts.contains(absorbing) { return absorbing }
    if parts.isEmpty { return neutral }
    if parts.count == 1 { return parts[0] }
    return parts.map { $0 == "NULL" ? "CAST(NULL AS BOOLEAN)" : wrapped($0) }.joined(separator: "\(word) ")
  }

  /// In brackets, unless it is one name, number or call.
  static func wrapped(_ sql: String) -> String {
    var depth = 0
    var isQuoted = false
    var hasSpace = false
    for byte in sql.utf8 {
      if byte == 0x27 { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x28 { depth += 1 }
      if byte == 0x29 { depth -= 1 }
      if byte == 0x20 || byte == 0x0A, depth == 0 { hasSpace = true }
    }
    return hasSpace ? "(\(sql))" : sql
  }

  /// A sum, difference or product of whole numbers in 64 bits: those of literals and cases would be of 32.
  static func reckoned(_ a: String, _ sign: String, _ b: String) -> String {
    let isColumn = [a, b].contains { sql in
      !isNumber(sql) && sql.utf8.allSatisfy { $0 == 0x2E || $0 == 0x5F || $0 == 0x22 || $0 > 0x7F || isLetter($0) }
    }
    return isColumn ? "(\(a) \(sign) \(b))" : "(CAST(\(a) AS BIGINT) \(sign) \(b))"
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }

  static func isNumber(_ sql: String) -> Bool { Int64(sql) != nil }
}

/// Names as SQL writes them.
enum SQLName {
  /// Names that are words of SQL are quoted; quoting all is as right and harder to read.
  static func column(_ name: String) -> String {
    let isPlain =
      name.utf8.allSatisfy { ($0 >= 0x61 && $0 <= 0x7A) || $0 == 0x5F || ($0 >= 0x30 && $0 <= 0x39) }
      && !words.contains(name)
    return isPlain ? name : "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  private static let words: Set<String> = [
    "all", "analyse", "analyze", "and", "anti", "any", "array", "as", "asc", "asof", "asymmetric",
    "authorization", "binary", "both", "by", "case", "cast", "check", "collate", "collation", "column",
    "concurrently", "constraint", "create", "cross", "date", "day", "default", "deferrable", "desc", "describe",
    "distinct", "do", "else", "end", "except", "false", "fetch", "for", "foreign", "freeze", "from", "full",
    "generated", "glob", "grant", "group", "having", "ilike", "in", "initially", "inner", "intersect", "into",
    "is", "isnull", "join", "key", "lambda", "lateral", "leading", "left", "level", "like", "limit", "map",
    "month", "name", "natural", "not", "notnull", "null", "number", "offset", "on", "only", "or", "order",
    "outer", "overlaps", "pivot", "placing", "position", "positional", "primary", "qualify", "references",
    "returning", "right", "row", "rows", "select", "semi", "share", "show", "similar", "some", "start", "struct",
    "summarize", "symmetric", "table", "tablesample", "text", "then", "time", "timestamp", "to", "trailing",
    "true", "try_cast", "type", "union", "unique", "unpivot", "user", "using", "value", "values", "variadic",
    "verbose", "when", "where", "window", "with", "year",
  ]
}

extension Expression.Comparison {
  var sign: String {
    switch self {
    case .equal: "="
    case .notEqual: "<>"
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }
}

/// One and a share, multiplied by itself.
enum SQLGrowth {
  /// The powers above and below a line, from the noughth on, as long as they stay small enough to be reckoned with.
  static func powers(of share: Int64) -> (above: [Int64], below: [Int64]) {
    let common = greatestDivisor(Share.unit + share, Share.unit)
    let (a, b) = ((Share.unit + share) / common, Share.unit / common)
    var above: [Int64] = [1], below: [Int64] = [1]
    while above.count <= Int(TypedForm.mostYears) {
      let (next, over) = above[above.count - 1].multipliedReportingOverflow(by: a)
      if over || next > 200_000_000_000_000 { break }
      above.append(next)
      below.append(below[below.count - 1] * b)
    }
    return (above, below)
  }

  private static func greatestDivisor(_ a: Int64, _ b: Int64) -> Int64 { b == 0 ? a : greatestDivisor(b, a % b) }
}
