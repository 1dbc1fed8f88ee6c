// The list of places where a rule is broken still: rule, file and detail on a line, and how often where it is more than
// once (` x3`). Files stand without their folders, so that moving one changes nothing here. Knows nothing of rules.

/// What tidy-exceptions.txt says.
struct TidyList {
  private let lines: [String]

  init(_ text: String) {
    lines = text.split(separator: "\n").map(String.init)
  }

  /// One violation as it stands in the list.
  static func line(_ rule: String, _ file: String, _ detail: String) -> String {
    detail.isEmpty ? "\(rule) \(file)" : "\(rule) \(file) \(detail)"
  }

  /// The lines that are no remarks, with how often each is allowed.
  var entries: [(line: String, count: Int)] { lines.filter { !$0.hasPrefix("#") }.map(Self.counted) }

  struct Comparison {
    /// Found and not listed, or more often than listed.
    var new: [String] = []
    /// Listed and not found, or not as often.
    var gone: [String] = []
    /// The text of the list without what is gone.
    var kept = ""
  }

  /// The list against what was found by one rule; what it says of other rules stays.
  func compared(to found: [String], rule: String) -> Comparison {
    var left = Dictionary(found.map { ($0, 1) }, uniquingKeysWith: +)
    var comparison = Comparison()
    for written in lines {
      guard written.hasPrefix(rule + " ") else {
        comparison.kept += written + "\n"
        continue
      }
      let (line, listed) = Self.counted(written)
      let holds = min(left[line, default: 0], listed)
      left[line, default: 0] -= holds
      if holds < listed { comparison.gone.append(Self.written(line, listed - holds)) }
      if holds > 0 { comparison.kept += Self.written(line, holds) + "\n" }
    }
    comparison.new = left.filter { $0.value > 0 }.map(Self.written).sorted()
    return comparison
  }

  private static func counted(_ written: String) -> (line: String, count: Int) {
    let words = written.split(separator: " ")
    guard let last = words.last, last.first == "x", let count = Int(last.dropFirst()), count > 1 else {
      return (written, 1)
    }
    return (words.dropLast().joined(separator: " "), count)
  }

  private static func written(_ line: String, _ count: Int) -> String { count > 1 ? "\(line) x\(count)" : line }
}
