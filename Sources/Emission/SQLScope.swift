// The FROM of one SELECT while its expressions are being written: whatever an expression looks up in another table is
// joined to it once. And where an expression is asked: of a frame, of a member, or of nothing.
import Facts

/// One SELECT's tables.
final class SQLScope {
  private let base: String
  private var lines: [String] = []
  private var aliases: [String: String] = [:]
  private var taken: Set<String>
  /// Stands before the names of what is joined, where the SELECT lies within another, whose names are seen too.
  private let prefix: String

  /// - Parameters:
  ///   - base: what stands behind FROM.
  ///   - taken: the aliases that it uses.
  ///   - prefix: what aliases begin with.
  init(_ base: String, taken: [String], prefix: String = "") {
    self.base = base
    self.prefix = prefix
    self.taken = Set(taken)
  }

  /// Everything behind FROM.
  var from: String { ([base] + lines).joined(separator: "\n    ") }

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
    lines.append("LEFT JOIN \(table) AS \(alias) ON \(condition.replacing("@", with: alias))")
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
