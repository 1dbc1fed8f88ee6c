// A workbook as Excel wrote it before 2007 (`.xls`), turned into one of the present form where libfreexl is installed,
// so that it is read as all others are. The library works in a process of its own and does not say which cells are
// merged or hidden. Knows nothing of what cells mean.
import CFiles
import Glibc
import Workbooks

/// Turns older workbooks into such as are read.
enum OldWorkbook {
  /// Whether the library that reads them is installed.
  static var isReadable: Bool { oldbook_installed() != 0 }

  /// A workbook, and the bytes that it stands in: those of the file, unless that is of an older form.
  static func opened(
    _ bytes: FileBytes
  ) throws(WorkbookProblem) -> (bytes: FileBytes, book: Workbook, isOld: Bool) {
    do {
      return (bytes, try Workbook(UnsafeRawBufferPointer(bytes.bytes)), false)
    } catch {
      guard error == .oldBinary else { throw error }
      let turned = try turned(bytes)
      return (turned, try Workbook(UnsafeRawBufferPointer(turned.bytes)), true)
    }
  }

  /// - Returns: the bytes of a workbook with the same sheets and cells.
  /// - Throws: that the library is not installed, or why it could not read the file.
  static func turned(_ bytes: FileBytes) throws(WorkbookProblem) -> FileBytes {
    guard isReadable else { throw .oldBinary }
    var child: Int32 = 0
    let stream = oldbook_begin(bytes.base, bytes.count, &child)
    guard stream >= 0 else { throw .oldUnread }
    defer { oldbook_end(stream, child) }
    var pieces = Pieces(stream: stream)
    var out: [UInt8] = []
    do {
      let writer = try WorkbookWriter(.init(title: "", program: ""), level: 1) { out.append(contentsOf: $0) }
      try write(&pieces, writer)
      try writer.finish()
    } catch let problem as WorkbookProblem {
      throw problem
    } catch {
      // Nothing is written but to memory, and what is too large for the form is too large to be read.
      throw .tooLarge
    }
    return out.withUnsafeBufferPointer { FileBytes.copy($0) }
  }

  private static func write(_ pieces: inout Pieces, _ writer: WorkbookWriter) throws {
    var row: [WorkbookWriter.Cell] = []
    var hasSheet = false
    while true {
      let piece = try pieces.next()
      switch piece.kind {
      case .end:
        guard hasSheet else { throw WorkbookProblem.noSheets }
        if !row.isEmpty { try writer.add(row) }
        return
      case .protected: throw WorkbookProblem.encrypted
      case .sheet:
        if !row.isEmpty { try writer.add(row) }
        row = []
        hasSheet = true
        try writer.begin(.init(name: String(decoding: piece.bytes, as: UTF8.self), widths: []))
      case .number, .text:
        guard hasSheet else { throw WorkbookProblem.oldUnread }
        // Rows in which nothing stands are rows, too: places of cells stay what they are.
        while writer.nextRow <= piece.row {
          try writer.add(row)
          row = []
        }
        while row.count < piece.column { row.append(.init(.empty)) }
        row.append(.init(try value(piece)))
      }
    }
  }

  private static func value(_ piece: Pieces.Piece) throws -> CellValue {
    guard piece.kind == .number else { return .text(String(decoding: piece.bytes, as: UTF8.self)) }
    guard piece.bytes.count == MemoryLayout<Double>.size else { throw WorkbookProblem.oldUnread }
    let number = piece.bytes.withUnsafeBytes { $0.loadUnaligned(as: Double.self) }
    guard number.isFinite else { return .text("#NUM!") }
    return .number(number == number.rounded() && abs(number) < 1e18 ? String(Int(number)) : String(number))
  }
}

/// What the reading process says, piece by piece.
private struct Pieces {
  struct Piece {
    enum Kind { case end, sheet, number, text, protected }

    let kind: Kind
    /// From 0, as the column.
    let row: Int
    let column: Int
    let bytes: [UInt8]
  }

  /// A cell holds at most 32,767 characters.
  private static let longest = 1 << 18

  let stream: Int32
  private var room: [UInt8] = []
  private var taken = 0

  init(stream: Int32) { self.stream = stream }

  mutating func next() throws(WorkbookProblem) -> Piece {
    let head = try bytes(MemoryLayout<oldbook_piece>.size).withUnsafeBytes { $0.loadUnaligned(as: oldbook_piece.self) }
    let kind: Piece.Kind
    switch Int(head.kind) {
    case Int(OLDBOOK_END): kind = .end
    case Int(OLDBOOK_SHEET): kind = .sheet
    case Int(OLDBOOK_NUMBER): kind = .number
    case Int(OLDBOOK_TEXT): kind = .text
    case Int(OLDBOOK_PROTECTED): kind = .protected
    default: throw .oldUnread
    }
    guard head.length <= Pieces.longest else { throw .oldUnread }
    return Piece(kind: kind, row: Int(head.row), column: Int(head.column), bytes: try bytes(Int(head.length)))
  }

  /// The next bytes; where the process has ended before, the file could not be read to its end.
  private mutating func bytes(_ count: Int) throws(WorkbookProblem) -> [UInt8] {
    while room.count - taken < count {
      room.removeFirst(taken)
      taken = 0
      let before = room.count
      room.append(contentsOf: repeatElement(0, count: 1 << 16))
      let done = room.withUnsafeMutableBytes { read(stream, $0.baseAddress.map { $0 + before }, 1 << 16) }
      let error = errno
      room.removeLast((1 << 16) - max(done, 0))
      if done < 0, error == EINTR { continue }
      guard done > 0 else { throw .oldUnread }
    }
    defer { taken += count }
    return Array(room[taken..<taken + count])
  }
}
