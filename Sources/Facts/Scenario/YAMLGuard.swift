// What is refused before the YAML library sees a file, because the library recurses and compares whole trees: too
// large, too deep, or repeating itself too often. A rough look at the characters, which errs on the side of the
// library: its own limit of a thousand levels stands behind this one. Knows nothing of scenarios.
import Diagnostics

/// The look at a file before it is parsed.
enum YAMLGuard {
  static let sizeLimit = 8 << 20
  static let depthLimit = 64
  /// So few aliases cannot blow a file up, however they are chained (fewer than e^(38/e) copies).
  static let aliasLimit = 38

  /// - Returns: a reason to refuse the file, with the byte offset.
  static func refusal(_ bytes: UnsafeBufferPointer<UInt8>) -> (problem: FileProblem, offset: Int)? {
    if bytes.count > sizeLimit { return (.tooLarge(limit: Text.same("\(sizeLimit >> 20) MiB")), 0) }
    if let offset = tooDeep(bytes) { return (.tooDeep, offset) }
    if let offset = tooManyAliases(bytes) { return (.tooManyAliases, offset) }
    return nil
  }

  // MARK: depth

  /// Open brackets, and blocks that begin further and further right.
  private static func tooDeep(_ b: UnsafeBufferPointer<UInt8>) -> Int? {
    var open = 0
    var columns: [Int] = []
    var i = 0
    while i < b.count {
      if open == 0 {
        // Each indicator of a sequence or complex key on a line opens a block of its own.
        var column = 0
        while i < b.count, b[i] == 0x20 || ((b[i] == 0x2D || b[i] == 0x3F) && isBlank(b, i + 1)) {
          if b[i] != 0x20 { enter(&columns, column) }
          column += 1
          i += 1
          if columns.count > depthLimit { return i }
        }
        if i < b.count, b[i] != 0x0A, b[i] != 0x0D, b[i] != 0x23 { enter(&columns, column) }
        if columns.count > depthLimit { return i }
      }
      // The rest of the line.
      while i < b.count, b[i] != 0x0A {
        switch b[i] {
        case 0x5B, 0x7B:
          open += 1
          if open > depthLimit { return i }
        case 0x5D, 0x7D: open = max(0, open - 1)
        case 0x22, 0x27: if let end = quotedEnd(b, i) { i = end }
        case 0x23 where i > 0 && (b[i - 1] == 0x20 || b[i - 1] == 0x09):
          while i + 1 < b.count, b[i + 1] != 0x0A { i += 1 }
        default: break
        }
        i += 1
      }
      i += 1
    }
    return nil
  }

  private static func enter(_ columns: inout [Int], _ column: Int) {
    while let last = columns.last, last >= column { columns.removeLast() }
    columns.append(column)
  }

  private static func isBlank(_ b: UnsafeBufferPointer<UInt8>, _ i: Int) -> Bool {
    i >= b.count || b[i] == 0x20 || b[i] == 0x0A || b[i] == 0x0D || b[i] == 0x09
  }

  /// The closing mark of a quoted text on one line, when the mark at `i` begins one.
  private static func quotedEnd(_ b: UnsafeBufferPointer<UInt8>, _ i: Int) -> Int? {
    guard i == 0 || isBlank(b, i - 1) || b[i - 1] == 0x5B || b[i - 1] == 0x7B || b[i - 1] == 0x2C else { return nil }
    let mark = b[i]
    var k = i + 1
    while k < b.count, b[k] != 0x0A {
      if mark == 0x22, b[k] == 0x5C { k += 1 } else if b[k] == mark { return k }
      k += 1
    }
    return nil
  }

  // MARK: aliases

  /// Anything that might be an alias is counted, in texts and comments too; what only names single values is harmless.
  private static func tooManyAliases(_ b: UnsafeBufferPointer<UInt8>) -> Int? {
    var aliases = 0
    var groups = false
    var first = 0
    var i = 0
    while i < b.count {
      let byte = b[i]
      if byte == 0x2A || byte == 0x26, i + 1 < b.count, isName(b[i + 1]),
        i == 0 || isBlank(b, i - 1) || [0x5B, 0x7B, 0x2C, 0x2D, 0x3A, 0x3F].contains(b[i - 1])
      {
        if byte == 0x2A {
          aliases += 1
          if aliases == aliasLimit + 1 { first = i }
        } else if !groups {
          groups = namesGroup(b, i)
        }
      }
      i += 1
    }
    return aliases > aliasLimit && groups ? first : nil
  }

  private static func isName(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x5F
      || byte == 0x2D
  }

  /// Whether what an anchor names might be more than a single value on the same line.
  private static func namesGroup(_ b: UnsafeBufferPointer<UInt8>, _ anchor: Int) -> Bool {
    var i = anchor + 1
    while i < b.count, isName(b[i]) { i += 1 }
    while i < b.count, b[i] == 0x20 || b[i] == 0x09 { i += 1 }
    guard i < b.count else { return false }
    // A letter, digit or quotation mark, and no colon that would make it a key.
    guard isName(b[i]) && !(b[i] == 0x2D && isBlank(b, i + 1)) || b[i] == 0x22 || b[i] == 0x27 || b[i] >= 0x80 else {
      return true
    }
    while i < b.count, b[i] != 0x0A {
      if b[i] == 0x3A, i + 1 >= b.count || isBlank(b, i + 1) || b[i + 1] == 0x2C { return true }
      i += 1
    }
    return false
  }
}
