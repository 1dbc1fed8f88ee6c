// What separates the cells of a text: a comma, or what programs of other countries, databases and people write for it.
// Found by the first lines. Knows nothing of what cells mean.
import Diagnostics

/// The mark between two cells.
struct CSVMark {
  /// As it stands in the text.
  let text: String
  /// What stands for it in the bytes that are read: marks of several bytes are replaced by one that no text holds.
  let byte: UInt8

  static let comma = CSVMark(text: ",", byte: 0x2C)
  private static let others = [
    CSVMark(text: "\t", byte: 0x09), CSVMark(text: ";", byte: 0x3B), CSVMark(text: "|", byte: 0x7C),
    CSVMark(text: "，", byte: 0x1F), CSVMark(text: "；", byte: 0x1F), CSVMark(text: "｜", byte: 0x1F),
  ]
  /// How much of a text is looked at.
  private static let lines = 40
  private static let bytes = 1 << 18

  /// What a message calls it.
  var name: Text {
    switch text {
    case "\t": Text("a tab", zh: "制表符")
    default: Text("`\(text)`", zh: "“\(text)”")
    }
  }

  /// The mark that the first lines have. Another than the comma has to stand in more of them, or in as many and far
  /// more often: a semicolon between the members of a set, a comma within an amount and a tab behind a name mislead
  /// nobody.
  static func found(in file: FileBytes, from start: Int) -> CSVMark {
    let lines = firstLines(file, start)
    let commas = tally(lines, comma)
    var best = (mark: comma, lines: commas.lines, marks: commas.marks)
    for mark in others {
      let found = tally(lines, mark)
      guard found.lines > 0 else { continue }
      if found.lines > best.lines || found.lines == best.lines && found.marks > best.marks * 2 {
        best = (mark, found.lines, found.marks)
      }
    }
    return best.mark
  }

  /// The first lines that hold anything, without what stands in quotation marks.
  private static func firstLines(_ file: FileBytes, _ start: Int) -> [[UInt8]] {
    var out: [[UInt8]] = []
    var line: [UInt8] = []
    var isQuoted = false
    for byte in file.bytes[min(start, file.count)...].prefix(bytes) {
      if byte == 0x22 {
        isQuoted.toggle()
      } else if byte == 0x0A, !isQuoted {
        if line.contains(where: { $0 > 0x20 }) { out.append(line) }
        line.removeAll(keepingCapacity: true)
        if out.count == lines { return out }
      } else if !isQuoted {
        line.append(byte)
      }
    }
    if line.contains(where: { $0 > 0x20 }) { out.append(line) }
    return out
  }

  /// In how many lines a mark stands between two cells, and how often in all.
  private static func tally(_ lines: [[UInt8]], _ mark: CSVMark) -> (lines: Int, marks: Int) {
    let wanted = Array(mark.text.utf8)
    var (hits, marks) = (0, 0)
    for line in lines {
      var count = 0
      for i in line.indices where line[i] == wanted[0] && line[i...].starts(with: wanted) { count += 1 }
      if count > 0 { hits += 1 }
      marks += count
    }
    return (hits, marks)
  }

  /// The bytes with the mark's own byte for each mark outside quotation marks; the same bytes where it is one byte.
  func settled(_ file: FileBytes) -> FileBytes {
    let wanted = Array(text.utf8)
    guard wanted.count > 1 else { return file }
    var out: [UInt8] = []
    out.reserveCapacity(file.count)
    var isQuoted = false
    var i = 0
    while i < file.count {
      let current = file.base[i]
      if current == 0x22 { isQuoted.toggle() }
      if !isQuoted, current == wanted[0], i + wanted.count <= file.count,
        wanted.indices.allSatisfy({ file.base[i + $0] == wanted[$0] })
      {
        out.append(byte)
        i += wanted.count
      } else {
        // No text holds the byte that stands for the mark; one that does would gain cells.
        out.append(current == byte ? 0x20 : current)
        i += 1
      }
    }
    return out.withUnsafeBufferPointer { FileBytes.copy($0) }
  }
}
