// The difference of two texts by lines, for people: what is gone, what has come, with the lines around it. Knows
// nothing of
// notebooks.

import Diagnostics
import View

enum LineDifference {
  enum Change: Hashable {
    case same(String)
    case gone(String)
    case new(String)
  }

  /// More work than this is not done: the middle is told as wholly replaced.
  private static let limit = 4_000_000

  /// Lines of both texts in order.
  static func changes(_ old: [String], _ new: [String]) -> [Change] {
    var head = 0
    while head < old.count, head < new.count, old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < old.count - head, tail < new.count - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] {
      tail += 1
    }
    let (a, b) = (Array(old[head..<(old.count - tail)]), Array(new[head..<(new.count - tail)]))
    var middle: [Change] = []
    if a.count * b.count <= limit, !a.isEmpty, !b.isEmpty {
      // The longest common subsequence, from the end.
      var table = Array(repeating: [Int32](repeating: 0, count: b.count + 1), count: a.count + 1)
      for i in a.indices.reversed() {
        for j in b.indices.reversed() {
          table[i][j] = a[i] == b[j] ? table[i + 1][j + 1] + 1 : max(table[i + 1][j], table[i][j + 1])
        }
      }
      var (i, j) = (0, 0)
      while i < a.count || j < b.count {
        if i < a.count, j < b.count, a[i] == b[j] {
          middle.append(.same(a[i]))
          (i, j) = (i + 1, j + 1)
        } else if i < a.count, j == b.count || table[i + 1][j] >= table[i][j + 1] {
          middle.append(.gone(a[i]))
          i += 1
        } else {
          middle.append(.new(b[j]))
          j += 1
        }
      }
    } else {
      middle = a.map { .gone($0) } + b.map { .new($0) }
    }
    return old[..<head].map { .same($0) } + middle + old[(old.count - tail)...].map { .same($0) }
  }

  /// The changes with two lines around each, at most so many lines.
  static func lines(_ old: [String], _ new: [String], limit: Int = 60) -> [[Span]] {
    let changes = changes(old, new)
    var near = Set<Int>()
    for (i, change) in changes.enumerated() {
      if case .same = change { continue }
      for j in max(0, i - 2)...min(changes.count - 1, i + 2) { near.insert(j) }
    }
    var out: [[Span]] = []
    var last = -1
    for i in near.sorted() {
      if out.count >= limit {
        out.append([Span("  … and more", zh: "  ……另有更多", .muted)])
        break
      }
      if i > last + 1, last >= 0 { out.append([.data("  …", .muted)]) }
      last = i
      switch changes[i] {
      case .same(let line): out.append([.data("    " + line, .muted)])
      case .gone(let line): out.append([.data("  - " + line, .bad)])
      case .new(let line): out.append([.data("  + " + line, .good)])
      }
    }
    return out
  }
}
