// The FROM of one SELECT while its expressions are being written: whatever an expression looks up in another table is
// joined to it once. And where an expression is asked: of a frame, of a member, or of nothing.
import Facts

/// One SELECT's tables.
final class SQLScope {
  private let base: String
  private var lines: [(alias: String, text: String)] = []
  private var aliases: [String: String] = [:]
  private var taken: Set<String>
  /// Stands before the names of what is joined, where the SELECT lies within another, whose names are seen too.
  private let prefix: String
  /// The columns that tell each row of the base from all others; none: nothing is worked out by row beside it.
  let rows: [String]

  /// - Parameters:
  ///   - base: what stands behind FROM.
  ///   - taken: the aliases that it uses.
  ///   - prefix: what aliases begin with.
  ///   - rows: the columns that tell its rows apart.
  init(_ base: String, taken: [String], prefix: String = "", rows: [String] = []) {
    self.base = base
    self.prefix = prefix
    self.taken = Set(taken)
    self.rows = rows
  }

  /// Everything behind FROM.
  var from: String { ([base] + lines.map(\.text)).joined(separator: "\n    ") }

  /// What has to stand behind FROM for a text to be understood; nil where it names what stands outside of it.
  func from(for text: String, in dialect: SQLDialect) -> String? {
    let own = SQLAliases(base, dialect).made
    var wanted = SQLAliases(text, dialect).asked
    var needed: [String] = []
    for line in lines.reversed() where wanted.contains(line.alias) {
      wanted.remove(line.alias)
      wanted.formUnion(SQLAliases(line.text, dialect).asked)
      needed.append(line.text)
    }
    return wanted.isSubset(of: own) ? ([base] + needed.reversed()).joined(separator: "\n    ") : nil
  }

  /// Joins a table once for each condition.
  /// - Parameters:
  ///   - name: what its alias is called, unless that is taken.
  ///   - on: the condition, with `@` for the alias.
  /// - Returns: the alias.
  func join(_ table: String, as name: String, on condition: String) -> String {
    let key = table + " ON " + condition
    if let known = aliases[key] { return known }
    let name = prefix + name.replacing("\"", with: "")
    var alias = SQLName.column(name)
    var number = 1
    while !taken.insert(alias).inserted {
      number += 1
      alias = SQLName.column("\(name)_\(number)")
    }
    aliases[key] = alias
    lines.append((alias, "LEFT JOIN \(table) AS \(alias) ON \(condition.replacing("@", with: alias))"))
    return alias
  }
}

/// Where an expression is asked.
struct SQLPlace {
  /// A record by its alias.
  struct Record {
    let alias: String
    let list: ListDeclaration
  }

  let scope: SQLScope
  /// The record that bare fields belong to; nil for texts, the district, and where there is none.
  var record: Record?
  /// The alias of the frame; nil for members and where there is none.
  var frame: String?
  /// The frame's record as a member names it.
  var link: SQLFigure?
  /// The year that a member falls into.
  var year: SQLFigure?
  /// The frame's own record where it is no record of a list: a text, the district.
  var text: String?
  /// The step of the set whose member is asked, with the alias `s`.
  var memberOf: String?
  /// The member's frame, where it is known while the member is asked.
  var outer: Outer?
  /// Whether other records are looked at for the record here, which is then what they call the frame's.
  var isAsker = false

  /// Another place.
  final class Outer {
    let place: SQLPlace
    init(_ place: SQLPlace) { self.place = place }
  }

  init(_ scope: SQLScope, record: Record? = nil, frame: String? = nil) {
    (self.scope, self.record, self.frame) = (scope, record, frame)
  }

  /// What hangs on no record.
  static var constant: SQLPlace { SQLPlace(SQLScope("", taken: [])) }
}
