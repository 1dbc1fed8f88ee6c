// Problems of a bulk file's cells, put together by their kind and column: the first in full, how many more there are
// and where the next of them stand, so that a column that is wrong throughout is told of once. Knows nothing of
// cells.
import Diagnostics
import Reckoning

/// Problems gathered by kind.
struct ProblemGroups {
  /// So many of one kind are told one by one.
  private static let apart = 3
  /// So many places of a kind are named.
  private static let places = 3

  private struct Key: Hashable {
    let code: String
    let column: Int
    /// What reads all cells that are written alike, where there is such a thing.
    var pattern = ""
  }

  /// So many ways of writing of one column are told apart.
  private static let patterns = 6

  private struct Group {
    var list: [Diagnostic] = []
    /// All of them, whether told or not.
    var count = 0
  }

  private var groups: [Key: Group] = [:]
  private var order: [Key] = []
  /// How many problems have been added.
  private(set) var count = 0
  /// How many problems are told of elsewhere, with the cells that they come of.
  var told = 0
  /// By column, the cells of a sheet that stand beyond its headings, each row's being one problem that has been told.
  var further: [Int: [BulkRow.Cell]] = [:]

  /// - Parameter column: the number of the column; negative where a problem is the row's.
  mutating func add(_ problem: Diagnostic, column: Int) {
    let key = self.key(problem, column)
    if groups[key] == nil { order.append(key) }
    groups[key, default: Group()].count += 1
    count += 1
    if groups[key, default: Group()].list.count <= ProblemGroups.apart {
      groups[key, default: Group()].list.append(problem)
    }
  }

  /// Problems that one line of the mapping mends are of one kind.
  private func key(_ problem: Diagnostic, _ column: Int) -> Key {
    let plain = Key(code: problem.code, column: column)
    guard let pattern = problem.quoted.flatMap({ CellPattern.offered($0, code: problem.code)?.text }) else {
      return plain
    }
    let own = Key(code: problem.code, column: column, pattern: pattern)
    let told = groups.keys.count { $0.code == problem.code && $0.column == column }
    return groups[own] != nil || told < ProblemGroups.patterns ? own : plain
  }

  /// Tells of each kind.
  func tell(_ findings: inout Findings) {
    for key in order {
      guard let group = groups[key] else { continue }
      if group.count <= ProblemGroups.apart {
        for problem in group.list { findings.add(problem) }
      } else {
        findings.add(ProblemGroups.together(group))
      }
    }
  }

  private static func together(_ group: Group) -> Diagnostic {
    let first = Invariant.value(group.list.first, "groups-have-members: a kind of problems is known by one of them")
    let places = group.list.dropFirst().prefix(places).compactMap(\.location).map(name)
    let more = group.count - 1
    let rest = more > places.count
    return Diagnostic(
      first.severity, code: first.code,
      Text(
        "\(first.message.en); \(more) more of the kind in this column: "
          + places.map(\.en).joined(separator: ", ") + (rest ? ", …" : ""),
        zh: "\(first.message.zh)；这一列还有 \(more) 处同类问题："
          + places.map(\.zh).joined(separator: "、") + (rest ? "……" : "")),
      hint: first.hint, at: first.location)
  }

  private static func name(_ location: SourceRange) -> Text {
    if let naming = location.source?.naming {
      let name = naming(location.start)
      return .same(name.lastIndex(of: "!").map { String(name[name.index(after: $0)...]) } ?? name)
    }
    return Text("line \(location.start.line)", zh: "第 \(location.start.line) 行")
  }
}
