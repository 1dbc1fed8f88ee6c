// Finds the figures in prose that are worked out, by their bytes: `**59,700.00 元**<!-- = edge.total as 元 -->`, which
// every
// Markdown reader shows as the bold figure alone, and `{= edge.total }`, which holds none. Code is passed over.

/// Finding inline values.
enum InlineScan {
  enum Problem {
    case noFigure
    case open
  }

  struct Found {
    var expression: Range<Int>
    var stored: Range<Int>?
    var range: Range<Int>
    var problem: Problem?
  }

  static func values(in bytes: [UInt8], _ block: Range<Int>) -> [Found] {
    var found: [Found] = []
    var i = block.lowerBound
    /// The last run of marks that ended a bold, slanted or code figure, and where its inside began.
    var lastInside: (range: Range<Int>, end: Int)?
    var open: (mark: [UInt8], start: Int)?
    /// No backtick run of this length comes any more: the scan stays linear.
    var exhausted: Set<Int> = []
    var hasComments = true
    var hasBraces = true
    while i < block.upperBound {
      switch bytes[i] {
      case 0x5C: i += 2
      case 0x60:
        let length = run(bytes, i, block.upperBound)
        if !exhausted.contains(length), let close = closing(bytes, from: i + length, block.upperBound, length) {
          lastInside = (i + length..<close, close + length)
          i = close + length
        } else {
          exhausted.insert(length)
          i += length
        }
      case 0x2A:
        let length = min(run(bytes, i, block.upperBound), 2)
        let mark = Array(bytes[i..<i + length])
        if let opened = open, opened.mark == mark {
          lastInside = (opened.start..<i, i + length)
          open = nil
        } else {
          open = (mark, i + length)
        }
        i += length
      case 0x3C where starts(bytes, i, "<!--", block.upperBound):
        var j = i + 4
        while j < block.upperBound, bytes[j] == 0x20 || bytes[j] == 0x0A { j += 1 }
        let end = hasComments ? find(bytes, "-->", from: i + 4, block.upperBound) : nil
        hasComments = end != nil
        guard j < block.upperBound, bytes[j] == 0x3D else {
          i = end.map { $0 + 3 } ?? i + 4
          continue
        }
        guard let end else {
          found.append(Found(expression: i..<i, stored: nil, range: i..<min(i + 5, block.upperBound), problem: .open))
          return found
        }
        let expression = trimmed(bytes, j + 1..<max(end, j + 1))
        if let inside = lastInside, inside.end == i {
          found.append(
            Found(expression: expression, stored: inside.range, range: inside.range.lowerBound..<end + 3, problem: nil))
        } else {
          found.append(Found(expression: expression, stored: nil, range: i..<end + 3, problem: .noFigure))
        }
        i = end + 3
      case 0x7B where hasBraces && i + 1 < block.upperBound && bytes[i + 1] == 0x3D:
        guard let end = find(bytes, "}", from: i + 2, block.upperBound) else {
          hasBraces = false
          i += 2
          continue
        }
        found.append(Found(expression: trimmed(bytes, i + 2..<end), stored: nil, range: i..<end + 1, problem: nil))
        i = end + 1
      default: i += 1
      }
    }
    return found
  }

  private static func run(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
    var i = start
    while i < end, bytes[i] == bytes[start] { i += 1 }
    return i - start
  }

  private static func closing(_ bytes: [UInt8], from start: Int, _ end: Int, _ length: Int) -> Int? {
    var i = start
    while i < end {
      if bytes[i] == 0x60 {
        let found = run(bytes, i, end)
        if found == length { return i }
        i += found
      } else {
        i += 1
      }
    }
    return nil
  }

  private static func starts(_ bytes: [UInt8], _ i: Int, _ text: String, _ end: Int) -> Bool {
    i + text.utf8.count <= end && bytes[i...].starts(with: text.utf8)
  }

  private static func find(_ bytes: [UInt8], _ text: String, from start: Int, _ end: Int) -> Int? {
    guard let first = text.utf8.first else { return nil }
    var i = start
    while i < end {
      if bytes[i] == first, starts(bytes, i, text, end) { return i }
      i += 1
    }
    return nil
  }

  private static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var (from, to) = (range.lowerBound, range.upperBound)
    while from < to, bytes[from] == 0x20 || bytes[from] == 0x0A { from += 1 }
    while to > from, bytes[to - 1] == 0x20 || bytes[to - 1] == 0x0A { to -= 1 }
    return from..<to
  }
}
