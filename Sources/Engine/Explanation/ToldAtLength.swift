// What an explanation has told at length. A rule may use a figure in many places, and that figure another in many: told
// each time, there would be no end of it. Knows nothing of what is told.
import Diagnostics
import Facts
import PolicyLanguage

/// What has been told of one subject.
struct ToldAtLength {
  private var told: Set<[Int]> = []
  private var steps = 0

  /// So many steps are told before what has been told at length is only named.
  private static var stepsAtLength: Int { 600 }

  /// Counts a step, and says whether to name it is enough.
  /// - Parameters:
  ///   - node: what is worked out.
  ///   - row: where.
  mutating func isAbove(_ node: Node, _ row: Int32) -> Bool {
    steps += 1
    let isNew = told.insert([node.number, Int(row)]).inserted
    return !isNew && steps > ToldAtLength.stepsAtLength
  }
}

extension Narrator {
  /// Counts a step, and says whether to name it is enough.
  func isToldAbove(_ t: Typed, _ at: Row) -> Bool { told.isAbove(run.lowering.lower(t, at.context), at.row) }

  /// What stands beside a step that is only named.
  static var toldAbove: Text { Text("told above", zh: "见上") }
}
