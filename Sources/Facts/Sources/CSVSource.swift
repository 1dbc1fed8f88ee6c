// Bulk records in a CSV file (RFC 4180): its encoding, its header, where it can be cut into runs of whole records, and each
// record again with care. Knows nothing of what cells mean; the cutting itself is in CSVCutter.swift.
import Diagnostics

extension BulkFormat {
  /// Cells between commas, a record on each line, as UTF-8 or GB18030.
  static let csv = BulkFormat(endings: ["csv"]) { (bytes, name, threads) throws(BulkRefusal) in
    try CSVSource.open(bytes, name, threads)
  }
}

/// An opened CSV file.
final class CSVSource: CellSource {
  let file: SourceFile
  private let bytes: FileBytes
  private let head: BulkRow?
  private let bodyStart: Int
  private let bodyLine: Int

  private init(_ bytes: FileBytes, _ file: SourceFile, head: BulkRow?, bodyStart: Int) {
    self.bytes = bytes
    self.file = file
    self.head = head
    self.bodyStart = bodyStart
    bodyLine = head?.nextLine ?? 1  // Without a header nobody asks for what is below it.
  }

  static func open(_ raw: FileBytes, _ name: String, _ threads: Int) throws(BulkRefusal) -> CSVSource {
    let (bytes, start) = try CSVSource.decoded(raw, threads)
    // The text is only for excerpts in messages; of a very large file they do without.
    let text = UnsafeBufferPointer(rebasing: bytes.bytes[min(start, bytes.count)...])
    let file = SourceFile(name: name, text: bytes.count <= 1 << 22 ? String(decoding: text, as: UTF8.self) : "")
    var offset = start
    var line = 1
    while offset < bytes.count, bytes.base[offset] == 0x0A || bytes.base[offset] == 0x0D {
      if bytes.base[offset] == 0x0A { line += 1 }
      offset += 1
    }
    guard offset < bytes.count else { return CSVSource(bytes, file, head: nil, bodyStart: offset) }
    let (head, next) = CSVRow.read(bytes, at: offset, line: line, limit: BulkHeader.columnLimit)
    return CSVSource(bytes, file, head: head, bodyStart: next)
  }

  func header(limit: Int) throws(BulkRefusal) -> BulkRow {
    guard let head else { throw BulkRefusal(.noHeader) }
    return head
  }

  func cutters(columns: Int, threads: Int) -> [any RowCutter] {
    let survey = Survey(bytes, from: bodyStart, line: bodyLine, threads: threads)
    return survey.runs.map { CSVCutter(bytes, $0, hasQuotes: survey.hasQuotes, columns: columns) }
  }

  func row(_ suspect: SuspectRow, limit: Int) -> BulkRow? {
    CSVRow.read(bytes, at: suspect.offset, line: suspect.line, limit: limit).row
  }

  func find(_ rows: [Int], _ lines: LineIndex) -> [SuspectRow] {
    var out: [SuspectRow] = []
    let p = bytes.view
    var line = bodyLine
    var offset = bodyStart
    for row in rows {
      let target = lines.line(of: row)
      while line < target, offset < bytes.count {
        if p[offset] == 0x0A { line += 1 }
        offset += 1
      }
      out.append(SuspectRow(row: row, line: target, offset: offset))
    }
    return out
  }

  // MARK: encoding

  /// The file as UTF-8, and where its text begins.
  private static func decoded(_ raw: FileBytes, _ threads: Int) throws(BulkRefusal) -> (bytes: FileBytes, start: Int) {
    var bytes = raw
    var start = hasMark(bytes) ? 3 : 0
    let p = bytes.view
    if bytes.count >= 2, (p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF) {
      throw BulkRefusal(.wideCharacters)
    }
    if bytes.bytes.prefix(4096).contains(0) { throw BulkRefusal(.wideCharacters) }
    if let invalid = UTF8Check.firstInvalid(bytes.bytes, threads: max(1, min(threads, 64))) {
      guard start == 0, let converted = bytes.fromGB18030() else {
        let line = 1 + bytes.bytes[..<invalid].count { $0 == 0x0A }
        throw BulkRefusal(
          start == 3 ? .notUTF8(byte: p[invalid]) : .neitherEncoding, at: Position(line: line, column: 1))
      }
      bytes = converted
      if hasMark(bytes) { start = 3 }
    } else if start == 0, bytes.looksLikeGB18030, let converted = bytes.fromGB18030() {
      bytes = converted
    }
    if !bytes.bytes.contains(0x0A), bytes.bytes.contains(0x0D) {
      // Lines that end in a carriage return alone, as very old programs write them.
      let copy = [UInt8](bytes.bytes).map { $0 == 0x0D ? 0x0A : $0 }
      bytes = copy.withUnsafeBufferPointer { FileBytes.copy($0) }
    }
    return (bytes, start)
  }

  /// Whether the bytes begin with the mark of UTF-8.
  private static func hasMark(_ bytes: FileBytes) -> Bool {
    bytes.count >= 3 && bytes.base[0] == 0xEF && bytes.base[1] == 0xBB && bytes.base[2] == 0xBF
  }
}
