// The cells of what stands for facts without a column, behind the cells that were cut from a file. Knows nothing of
// what they mean.

/// What stands behind the cells of a block's records. Owned by one thread at a time.
final class StandInCells {
  private let standIns: [StandIn]
  /// The number of the first of them among the block's columns.
  private let first: Int
  /// The text of the row that heads the group, which the next records are of.
  var group: String? { didSet { groupCell = group.map { StandInCells.keep($0, &texts) } ?? empty } }
  private var groupCell: CellBlock.Cell
  private let empty: CellBlock.Cell
  /// What lines of the form said last, by their place among what stands in.
  private var lineCells: [Int: CellBlock.Cell] = [:]
  /// Memory of texts that stay as long as the run.
  private var texts: [UnsafeMutablePointer<UInt8>] = []
  /// Memory of joined texts, for each record of a block, by their place among what stands in.
  private var joined: [Int: UnsafeMutablePointer<UInt8>] = [:]

  /// The longest joined text, in bytes; of a longer one the rest is left out, so that it is no place.
  private static let longest = 240
  private static let room = longest + FileBytes.padding

  init(_ standIns: [StandIn], from first: Int, _ block: CellBlock) {
    self.standIns = standIns
    self.first = first
    var texts: [UnsafeMutablePointer<UInt8>] = []
    empty = StandInCells.keep("", &texts)
    groupCell = empty
    for (i, standIn) in standIns.enumerated() {
      let column = block.column(first + i)
      switch standIn.source {
      case .constant(let text):
        let cell = StandInCells.keep(String(Members.trimmed(text[...])), &texts)
        for r in 0..<CellBlock.rows { column.initialize(r, to: cell) }
      case .line(let text), .above(let text):
        let cell = StandInCells.keep(text, &texts)
        lineCells[i] = cell
        for r in 0..<CellBlock.rows { column.initialize(r, to: cell) }
      case .group, .span, .part: for r in 0..<CellBlock.rows { column.initialize(r, to: empty) }
      case .joined, .dated:
        for r in 0..<CellBlock.rows { column.initialize(r, to: empty) }
        let size = CellBlock.rows * StandInCells.room
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
        memory.initialize(repeating: 0, count: size)
        joined[i] = memory
      }
    }
    self.texts = texts
  }

  deinit {
    for text in texts { text.deallocate() }
    for memory in joined.values { memory.deallocate() }
  }

  /// A text with the bytes behind it that a reader may look at.
  private static func keep(_ text: String, _ texts: inout [UnsafeMutablePointer<UInt8>]) -> CellBlock.Cell {
    let bytes = Array(text.utf8)
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + FileBytes.padding)
    memory.initialize(repeating: 0, count: bytes.count + FileBytes.padding)
    for (i, byte) in bytes.enumerated() { memory[i] = byte }
    texts.append(memory)
    return CellBlock.Cell(start: UnsafePointer(memory), count: bytes.count)
  }

  /// Takes what another line of the form says, for the records below it. What it does not say holds no more.
  func take(_ said: [(field: Int, text: String)], of kinds: Set<Int>) {
    for (i, standIn) in standIns.enumerated() where kinds.contains(standIn.field) {
      guard standIn.isLine else { continue }
      lineCells[i] = said.first { $0.field == standIn.field }.map { StandInCells.keep($0.text, &texts) } ?? empty
    }
  }

  /// Gives a record of the block the cells that stand behind its own.
  func fill(_ row: Int, _ block: CellBlock) {
    for (i, standIn) in standIns.enumerated() {
      switch standIn.source {
      case .constant: break
      case .line, .above: block.column(first + i)[row] = lineCells[i] ?? empty
      case .group: block.column(first + i)[row] = groupCell
      case .joined(let columns): block.column(first + i)[row] = join(i, columns, row, block, as: StandInCells.joined)
      case .dated(let columns): block.column(first + i)[row] = join(i, columns, row, block, as: StandInCells.dated)
      case .part(let own, let which): block.column(first + i)[row] = part(which, of: block.cell(own, row))
      case .span(let own, let isEnd): block.column(first + i)[row] = end(isEnd, of: block.cell(own, row))
      }
    }
  }

  /// One of the two facts of a cell, where it stands in the cell.
  private func part(_ part: CellPart, of cell: CellBlock.Cell) -> CellBlock.Cell {
    let text = String(decoding: UnsafeBufferPointer(start: cell.start, count: cell.count), as: UTF8.self)
    guard text.utf8.count == cell.count else { return cell }
    let range = PartText.range(part, of: text)
    var out = CellBlock.Cell(start: cell.start + range.lowerBound, count: range.count)
    out.trim()
    return out
  }

  /// One of the two days that a cell says, where it stands in the cell.
  private func end(_ isEnd: Bool, of cell: CellBlock.Cell) -> CellBlock.Cell {
    let text = String(decoding: UnsafeBufferPointer(start: cell.start, count: cell.count), as: UTF8.self)
    // What is no text is left whole, so that it is told of.
    guard text.utf8.count == cell.count else { return cell }
    let ends = SpanText.ends(of: text)
    let part = isEnd ? ends.last : ends.first
    var out = CellBlock.Cell(start: cell.start + part.lowerBound, count: part.count)
    out.trim()
    return out
  }

  private func join(
    _ standIn: Int, _ columns: [Int], _ row: Int, _ block: CellBlock, as text: ([String]) -> String
  ) -> CellBlock.Cell {
    guard let joined = joined[standIn] else { return empty }
    let parts = columns.map { column in
      let cell = block.cell(column, row)
      return String(decoding: UnsafeBufferPointer(start: cell.start, count: min(cell.count, 80)), as: UTF8.self)
    }
    let start = joined + row * StandInCells.room
    var count = 0
    for byte in text(parts).utf8.prefix(StandInCells.longest) {
      start[count] = byte
      count += 1
    }
    return CellBlock.Cell(start: UnsafePointer(start), count: count)
  }

  /// Province, city and county one after another; what is said twice counts once, and 市辖区 says nothing.
  static func joined(_ parts: [String]) -> String {
    var out: [String] = []
    for part in parts {
      let text = CellText.closed(part)
      if text.isEmpty || text == "市辖区" || text == "县" || text == out.last { continue }
      // 贵州省毕节市 behind 贵州省 says all of it.
      if let last = out.last, text.hasPrefix(last) { out.removeAll() }
      // Of 陕西省安康市 and 安康市汉滨区 the city counts once.
      let signs = text.count
      let last = signs > 1 ? out.last ?? "" : ""
      let both = (0...signs).last { $0 != 1 && last.hasSuffix(text.prefix($0)) } ?? 0
      if both < signs { out.append(String(text.dropFirst(both))) }
    }
    return out.joined()
  }
}
