// The inner loop of the CSV reader: a run of whole records cut into cells a block at a time, without a text per cell.
// Knows nothing of what cells mean, of other runs, or of messages.
import Glibc

/// A run of whole records of a CSV file, cut by one thread.
final class CSVCutter: RowCutter {
  let firstLine: Int
  let room: Int
  private let file: FileBytes
  private let text: CheckedBytes
  private let begin: Int
  private let end: Int
  private let hasQuotes: Bool
  private let columns: Int
  private let part: Range<Int>?
  /// What separates cells, in each byte of a word.
  private let marks: UInt64

  private(set) var isUncertain = false
  private var offset: Int
  private var line: Int
  /// Up to where the memory of bytes that have been cut was given up.
  private var released: Int
  /// Cells of the block that are not in the file as they read.
  private var copies: [UnsafeMutablePointer<UInt8>] = []

  init(
    _ file: FileBytes, _ run: Survey.Run, hasQuotes: Bool, columns: Int, of part: Range<Int>? = nil,
    mark: UInt8 = CSVMark.comma.byte
  ) {
    self.file = file
    self.hasQuotes = hasQuotes
    self.columns = columns
    self.part = part
    marks = UInt64(mark) &* 0x0101_0101_0101_0101
    text = file.view
    (begin, end, firstLine, room) = (run.begin, run.end, run.line, run.lines)
    (offset, line, released) = (run.begin, run.line, run.begin)
  }

  deinit { freeCopies() }

  var isAtEnd: Bool { offset >= end }
  var progress: Double { Double(offset - begin) / Double(end - begin) }

  func letGo() {
    // What has been cut takes as much memory as what it became.
    guard offset - released >= 1 << 22 else { return }
    file.release(released..<offset)
    released = offset
  }

  func cut(into block: CellBlock) -> Int {
    if !copies.isEmpty { freeCopies() }
    let p = text
    var i = offset
    var line = self.line
    var filled = 0
    while i < end, filled < CellBlock.rows {
      if p[i] == 0x0A || (p[i] == 0x0D && p[i &+ 1] == 0x0A) {
        i &+= p[i] == 0x0A ? 1 : 2
        line &+= 1
        continue
      }
      let start = i
      let (only, innerLines, hasMore) = cutRow(&i, filled, block)
      block.records.initialize(
        filled, to: CellBlock.Record(offset: start, line: line, problems: 0, only: only, hasMore: hasMore))
      line &+= 1 &+ innerLines
      filled &+= 1
    }
    offset = i
    self.line = line
    return filled
  }

  /// Cuts one record.
  /// - Returns: its problems where they are of its form, how many line feeds stand inside its cells, and whether a cell
  ///   beyond the columns holds anything.
  @inline(__always)
  private func cutRow(_ offset: inout Int, _ row: Int, _ block: CellBlock) -> (
    only: Int, innerLines: Int, hasMore: Bool
  ) {
    let p = text
    var i = offset
    var misplaced = 0
    var innerLines = 0
    var fill = RowFill(row, block, columns: columns, of: part)
    while true {
      var cell = CellBlock.Cell(start: p.start + i, count: 0)
      let stop: Int
      if hasQuotes, p[i] == 0x22 {
        let quoted = quoted(i)
        cell = quoted.cell
        stop = quoted.stop
        innerLines &+= quoted.lines
        if !quoted.wellFormed { misplaced &+= 1 }
      } else {
        stop = delimiter(p, i)
        cell.count = stop &- i
        if p[stop] == 0x0A, cell.count > 0, p[stop &- 1] == 0x0D { cell.count &-= 1 }
        if hasQuotes, cell.count > 0, memchr(cell.start, 0x22, cell.count) != nil, !CSVRow.isFormulaText(cell) {
          isUncertain = true
          misplaced &+= 1
        }
      }
      cell.trim()
      if cell.count > 1, cell.start[0] == 0x27, CSVRow.isInert(cell) {
        cell.start += 1
        cell.count -= 1
      }
      fill.add(cell)
      i = stop &+ 1
      if p[stop] == 0x0A { break }
    }
    fill.finish(at: p.start)
    offset = i
    // Of a row whose quotation marks are wrong nothing else is said.
    return (misplaced > 0 ? misplaced : fill.hasMore ? 1 : 0, innerLines, fill.hasMore)
  }

  /// The offset of the first mark between cells or line feed at or after `from`.
  @inline(__always)
  private func delimiter(_ p: CheckedBytes, _ from: Int) -> Int {
    var i = from
    while true {
      let word = p.word(i)
      // A byte that is zero after the exclusive or is the one sought; the lowest mark is always a true one.
      let mark = word ^ marks
      let feed = word ^ 0x0A0A_0A0A_0A0A_0A0A
      let found =
        (((mark &- 0x0101_0101_0101_0101) & ~mark) | ((feed &- 0x0101_0101_0101_0101) & ~feed))
        & 0x8080_8080_8080_8080
      if found != 0 { return i &+ (found.trailingZeroBitCount &>> 3) }
      i &+= 8
    }
  }

  /// A cell in quotation marks, from the first of them.
  @inline(never)
  private func quoted(_ start: Int) -> (cell: CellBlock.Cell, stop: Int, lines: Int, wellFormed: Bool) {
    let p = text
    var i = start + 1
    var doubled = 0
    var lines = 0
    var closed = false
    var close = end
    while i < end {
      if p[i] == 0x22 {
        guard i + 1 < end, p[i + 1] == 0x22 else {
          close = i
          i += 1
          closed = true
          break
        }
        doubled += 1
        i += 1
      }
      if p[i] == 0x0A { lines += 1 }
      i += 1
    }
    var cell = CellBlock.Cell(start: p.start + start + 1, count: max(min(close, i) - start - 1, 0))
    if doubled > 0 { cell = single(cell, doubled) }
    let stop = i < end ? delimiter(p, i) : file.count
    let returns = stop > i && p[stop] == 0x0A && p[stop - 1] == 0x0D ? 1 : 0
    let wellFormed = closed && stop - returns <= i
    if !wellFormed { isUncertain = true }
    return (cell, stop, lines, wellFormed)
  }

  /// The cell with each doubled quotation mark once.
  private func single(_ cell: CellBlock.Cell, _ doubled: Int) -> CellBlock.Cell {
    let room = cell.count - doubled + FileBytes.padding
    let copy = CheckedBuffer<UInt8>.allocate(room)
    copies.append(copy.start)
    var count = 0
    var i = 0
    while i < cell.count {
      copy[count] = cell.start[i]
      i += cell.start[i] == 0x22 ? 2 : 1
      count += 1
    }
    return CellBlock.Cell(start: UnsafePointer(copy.start), count: count)
  }

  private func freeCopies() {
    for copy in copies { copy.deallocate() }
    copies = []
  }
}
