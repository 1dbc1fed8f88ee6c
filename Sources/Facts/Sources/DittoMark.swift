// What stands in a cell in place of what another cell says: 同上, 〃 and their like. Knows nothing of rows or columns.
import Diagnostics
import Glibc

/// Marks that point at another cell.
enum DittoMark {
  /// What points at the cell above.
  private static let above: [[UInt8]] = [
    "同上", "同 上", "同上。", "（同上）", "(同上)", "〃", "″", "”", "“", "\"", "''", "'' ", "〃〃", "″″", "ditto", "Ditto", "DITTO",
    "do.", "同上行",
  ].map { Array($0.utf8) }
  /// What points at the cell to the left, which holds something else.
  private static let left: [[UInt8]] = ["同左", "同 左", "（同左）", "(同左)", "←", "同前", "同前列"].map { Array($0.utf8) }

  /// Whether a cell says the same as the one above it.
  static func isAbove(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool { holds(above, start, count) }
  /// Whether a cell points at the one to its left.
  static func isLeft(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool { holds(left, start, count) }

  static func isAbove(_ text: String) -> Bool { above.contains(Array(text.utf8)) }
  static func isLeft(_ text: String) -> Bool { left.contains(Array(text.utf8)) }

  @inline(__always)
  private static func holds(_ marks: [[UInt8]], _ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    guard count > 0, count <= 12 else { return false }
    return marks.contains { $0.count == count && memcmp($0, start, count) == 0 }
  }

  /// What is wrong with a mark that says nothing where it stands.
  static func problem(_ text: String, at location: SourceRange) -> Diagnostic {
    let shown = ValueProblem.shown(text)
    return .error(
      "missing-fact",
      Text("`\(shown)` points at a cell that says nothing of the kind", zh: "`\(shown)` 所指的单元格没有可用的内容"),
      hint: Text("write what is meant", zh: "请写明内容"), at: location)
  }
}
