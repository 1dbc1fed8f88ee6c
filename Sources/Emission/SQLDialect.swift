// How each engine says what scripts are made of: types, lists, windows, and how a step is kept that is asked for more
// than once. Nothing else tells engines apart. Knows nothing of rules.

/// The SQL of an engine.
package enum SQLDialect: Sendable {
  case duckdb, spark

  // MARK: Types and literals

  /// Whole figures of 38 digits, beyond which a script ends.
  var wide: String {
    switch self {
    case .duckdb: "HUGEINT"
    case .spark: "DECIMAL(38,0)"
    }
  }

  /// Texts of any length.
  var string: String {
    switch self {
    case .duckdb: "VARCHAR"
    case .spark: "STRING"
    }
  }

  /// No text.
  var noText: String { "CAST(NULL AS \(string))" }

  /// A text as a literal.
  func quoted(_ text: String) -> String {
    switch self {
    case .duckdb: "'" + text.replacing("'", with: "''") + "'"
    case .spark: "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
  }

  /// Values of several columns as one, to be grouped or ordered by.
  func row(_ values: [String]) -> String {
    let all = values.isEmpty ? "''" : values.joined(separator: ", ")
    switch self {
    case .duckdb: return "row(\(all))"
    case .spark: return "struct(\(all))"
    }
  }

  /// Values by name as one.
  func record(_ values: [(name: String, sql: String)]) -> String {
    switch self {
    case .duckdb: "struct_pack(\(values.map { "\($0.name) := \($0.sql)" }.joined(separator: ", ")))"
    case .spark: "named_struct(\(values.map { "'\($0.name)', \($0.sql)" }.joined(separator: ", ")))"
    }
  }

  // MARK: Lists

  func list(_ values: [String]) -> String {
    switch self {
    case .duckdb: "[\(values.joined(separator: ", "))]"
    case .spark: "array(\(values.joined(separator: ", ")))"
    }
  }

  /// The place of a value in a list, from 1 on.
  func position(of value: String, in values: [String]) -> String {
    switch self {
    case .duckdb: "list_position(\(list(values)), \(value))"
    case .spark: "array_position(\(list(values)), \(value))"
    }
  }

  /// The value that stands at a place from 0 on; nothing where there is none.
  func element(_ values: [String], at index: String) -> String {
    switch self {
    case .duckdb: "list_extract(\(list(values)), \(index) + 1)"
    case .spark: "get(\(list(values)), CAST(\(index) AS INT))"
    }
  }

  func contains(_ set: String, _ value: String) -> String {
    switch self {
    case .duckdb: "list_contains(\(set), \(value))"
    case .spark: "array_contains(\(set), \(value))"
    }
  }

  /// What a set's members are.
  enum Member: String { case texts, numbers, dates }

  /// Whether a set has a member from `a` to `b`.
  func has(_ set: String, of member: Member, from a: String, to b: String) -> String {
    switch self {
    case .duckdb: "\(size(filter(set, "x", "x >= \(a) AND x <= \(b)"))) > 0"
    // What is asked of each member cannot hold functions of the script; theirs are worked out before.
    case .spark: "has_\(member.rawValue)(\(set), \(a), \(b))"
    }
  }

  func size(_ list: String) -> String {
    switch self {
    case .duckdb: "len(\(list))"
    case .spark: "size(\(list))"
    }
  }

  /// The members of a list for which a condition on `name` holds.
  func filter(_ list: String, _ name: String, _ condition: String) -> String {
    switch self {
    case .duckdb: "list_filter(\(list), lambda \(name): \(condition))"
    case .spark: "filter(\(list), \(name) -> \(condition))"
    }
  }

  func append(_ list: String, _ value: String) -> String {
    switch self {
    case .duckdb: "list_append(\(list), \(value))"
    case .spark: "array_append(\(list), \(value))"
    }
  }

  /// A row for each member of a list.
  func rows(of list: String) -> String {
    switch self {
    case .duckdb: "unnest(\(list))"
    case .spark: "explode(\(list))"
    }
  }

  /// The whole numbers from `a` to `b`, which is not less.
  func numbers(from a: String, to b: String) -> String {
    switch self {
    case .duckdb: "generate_series(\(a), \(b))"
    case .spark: "sequence(\(a), \(b))"
    }
  }

  /// The sum of fractions, `above` and `below` by name, as an aggregate with `@` where it says of which rows; what is
  /// NULL adds nothing.
  func sumOfFractions(_ fraction: String) -> String {
    let nought = record([("above", "CAST(0 AS \(wide))"), ("below", "CAST(1 AS \(wide))")])
    let sum = record([
      ("above", "CAST(x['above'] * y['below'] + y['above'] * x['below'] AS \(wide))"),
      ("below", "CAST(x['below'] * y['below'] AS \(wide))"),
    ])
    func lowest(_ divided: (String) -> String) -> String {
      record(["above", "below"].map { ($0, "CAST(\(divided("z['\($0)']")) AS \(wide))") })
    }
    switch self {
    case .duckdb:
      let lowest = lowest { "\($0) // gcd(z['above'], z['below'])" }
      return """
        list_reduce(list_prepend(\(nought), list(\(fraction))@), lambda x, y: CASE WHEN y IS NULL THEN x \
        ELSE list_transform([\(sum)], lambda z: \(lowest))[1] END)
        """
    case .spark:
      // Whatever is reckoned in a list cannot hold functions of the script; 190 divisions do for any 38 digits.
      let divisor = """
        aggregate(sequence(1, 190), named_struct('a', abs(z['above']), 'b', abs(z['below'])), \
        (g, i) -> CASE WHEN g['b'] = 0 THEN g \
        ELSE named_struct('a', g['b'], 'b', CAST(g['a'] % g['b'] AS \(wide))) END)['a']
        """
      let lowest = lowest { "\($0) / \(divisor)" }
      return """
        aggregate(collect_list(\(fraction))@, \(nought), \
        (x, y) -> transform(array(\(sum)), z -> \(lowest))[0])
        """
    }
  }

  // MARK: Words

  /// How many whole times `b` goes into `a`, neither below nought.
  func quotient(_ a: String, _ b: String) -> String {
    switch self {
    case .duckdb: "\(a) // \(b)"
    case .spark: "\(a) div \(b)"
    }
  }

  func starts(_ text: String, with start: String) -> String {
    switch self {
    case .duckdb: "starts_with(\(text), \(start))"
    case .spark: "startswith(\(text), \(start))"
    }
  }

  /// The word behind `*` before columns that are left out.
  var except: String {
    switch self {
    case .duckdb: "EXCLUDE"
    case .spark: "EXCEPT"
    }
  }

  /// How many rows of a window a condition holds for, before OVER.
  func count(where condition: String) -> String {
    switch self {
    case .duckdb: "count(*) FILTER (WHERE \(condition))"
    case .spark: "count(CASE WHEN \(condition) THEN 1 END)"
    }
  }

  /// A number of each row that no other has.
  var anyNumber: String {
    switch self {
    case .duckdb: "row_number() OVER ()"
    case .spark: "monotonically_increasing_id() + 1"
    }
  }

  /// The day so many months after another, where no function of the script may stand: in what goes through lists.
  func monthsAfter(_ day: String, _ months: String, nextDay: Bool) -> String {
    switch self {
    case .duckdb: return "months_after\(nextDay ? "_or_next_day" : "")(\(day), \(months))"
    case .spark:
      let later = "add_months(\(day), CAST(least(greatest(\(months), -240000), 240000) AS INT))"
      let moved = nextDay ? "CASE WHEN day(\(later)) < day(\(day)) THEN \(later) + 1 ELSE \(later) END" : later
      return "CASE WHEN \(day) IS NOT NULL THEN least(\(moved), DATE '9999-12-31') END"
    }
  }

  // MARK: Steps

  /// What a step can be called.
  func stepName(_ name: String) -> String {
    switch self {
    case .duckdb: SQLName.column(name)
    // Steps are tables, whose names take letters, digits and `_` alone.
    case .spark: SQLName.column(SQLDialect.plain(name))
    }
  }

  /// The name of a measure's or limit's table.
  func tableName(_ name: String) -> String {
    let plain = name.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
    switch self {
    case .duckdb: return plain
    case .spark: return SQLDialect.plain(plain)
    }
  }

  /// Other letters by their numbers.
  private static func plain(_ name: String) -> String {
    name.unicodeScalars.map { letter in
      let isPlain = letter.isASCII && (letter.properties.isAlphabetic || letter.properties.numericType != nil)
      if isPlain || letter == "_" { return String(letter) }
      return letter.isASCII ? "_" : "u" + String(letter.value, radix: 16)
    }.joined()
  }

  /// The statement that makes a table of what a SELECT gives, until the script is done.
  func table(_ name: String, as select: String) -> String {
    switch self {
    case .duckdb: "CREATE OR REPLACE TEMP TABLE \(name) AS\n\(select);\n"
    case .spark: "DROP TABLE IF EXISTS \(name);\nCREATE TABLE \(name) USING parquet AS\n\(select);\n"
    }
  }

  /// The statement that makes a table with some columns, unless it is there.
  func table(_ name: String, of columns: String) -> String {
    let table = "CREATE TABLE IF NOT EXISTS \(name) (\(columns))"
    switch self {
    case .duckdb: return table + ";"
    case .spark: return table + " USING parquet;"
    }
  }

  /// The statement that makes a table that stays.
  func lastingTable(_ name: String, as select: String) -> String {
    switch self {
    case .duckdb: "CREATE OR REPLACE TABLE \(name) AS\n\(select);\n"
    case .spark: table("cesuan." + name, as: select)
    }
  }

  /// Whether a step that is asked for more than once is worked out once where the statement says so; else it has to be
  /// a table of its own.
  var keepsSteps: Bool { self == .duckdb }

  /// The functions of a script.
  var functions: String {
    switch self {
    case .duckdb: DuckDBFunctions.text
    case .spark: SparkFunctions.text
    }
  }

  /// What a script says before anything else.
  var settings: [String] {
    switch self {
    case .duckdb: []
    case .spark:
      [
        "SET spark.sql.ansi.enabled = true;", "SET spark.sql.ansi.doubleQuotedIdentifiers = true;",
        "SET spark.sql.ansi.enforceReservedKeywords = false;", "SET spark.sql.parser.escapedStringLiterals = false;",
        "SET spark.sql.variable.substitute = false;",
      ]
    }
  }

  /// What carries its scripts out.
  var versions: String {
    switch self {
    case .duckdb: "DuckDB 1.3 or later"
    case .spark: "Spark 4.3 or later (`spark-sql -f FILE.sql`)"
    }
  }

  /// What the table of everything is called afterwards.
  var ledger: String {
    switch self {
    case .duckdb: "ledger"
    case .spark: "cesuan.ledger"
    }
  }

  /// The statements before the lists of facts are looked at: where the tables of steps go, so that they meet no other
  /// of the same name.
  var beginning: String {
    switch self {
    case .duckdb: ""
    case .spark:
      "CREATE DATABASE IF NOT EXISTS cesuan;\nDROP DATABASE IF EXISTS cesuan_steps CASCADE;\n"
        + "CREATE DATABASE cesuan_steps;\n"
    }
  }

  /// The statement that makes what rules see of a list. Spark would go through a view's functions again wherever it is
  /// looked at.
  func facts(_ name: String, as select: String) -> String {
    switch self {
    case .duckdb: "CREATE OR REPLACE TEMP VIEW \(name) AS\n\(select);"
    case .spark: "CREATE TABLE cesuan_steps.\(name) USING parquet AS\n\(select);"
    }
  }

  /// The statements behind them.
  var middle: String {
    switch self {
    case .duckdb: ""
    case .spark: "USE cesuan_steps;\n"
    }
  }

  /// The statements at the end: nothing is left but what was asked for.
  var end: String {
    switch self {
    case .duckdb: ""
    case .spark: "USE cesuan;\nDROP DATABASE cesuan_steps CASCADE;\n"
    }
  }
}
