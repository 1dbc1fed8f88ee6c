// Bulk records in a CSV file (RFC 4180): its encoding, its header, where it can be cut into runs of whole records, and
// each record again with care. Knows nothing of what cells mean; the cutting itself is in CSVCutter.swift.
import Diagnostics

extension BulkFormat {
  /// Cells between commas or another mark, a record on each line, as UTF-8, UTF-16 or GB18030.
  static let csv = BulkFormat(endings: ["csv"]) { (bytes, name, threads) throws(BulkRefusal) in
    try CSVSource.open(bytes, name, threads)
  }
}

/// An opened CSV file.
final class CSVSource: CellSource {
  let file: SourceFile
  private let bytes: FileBytes
  private let start: Int
  /// The columns that are read; nil where all are.
  private let part: Range<Int>?
  /// What separates cells.
  private let mark: CSVMark
  /// How many columns have headings.
  private var width = 0
  private var bodyStart: Int
  private var bodyLine = 1
  /// Whether a mark stood behind the last row that says that the file ends.
  private let hasEndMark: Bool

  private init(
    _ bytes: FileBytes, _ file: SourceFile, start: Int, _ mark: CSVMark, _ part: Range<Int>?, hasEndMark: Bool
  ) {
    self.part = part
    self.hasEndMark = hasEndMark
    self.bytes = bytes
    self.file = file
    self.start = start
    self.mark = mark
    bodyStart = start
  }

  static func open(_ raw: FileBytes, _ name: String, _ threads: Int) throws(BulkRefusal) -> CSVSource {
    let (whole, start) = try CSVSource.decoded(raw, threads)
    let bytes = CSVSource.ended(whole)
    // The text is only for excerpts in messages; of a very large file they do without.
    let text = bytes.count <= 1 << 22 ? PersonalNumbers.quoted(bytes.bytes[min(start, bytes.count)...]) : ""
    let mark = CSVMark.found(in: bytes, from: start)
    let place = BulkPlace(name)
    return CSVSource(
      mark.settled(bytes), SourceFile(name: place.file, text: text), start: start, mark, place.columns,
      hasEndMark: bytes.count < whole.count)
  }

  /// The bytes without the mark behind the last row with which old systems end a file (Ctrl-Z), and blanks around it.
  private static func ended(_ bytes: FileBytes) -> FileBytes {
    var at = bytes.count, end: Int?
    while at > 0, bytes.base[at - 1] <= 0x20 {
      at -= 1
      if bytes.base[at] == 0x1A { end = at }
    }
    return end.map { bytes.beginning($0) } ?? bytes
  }

  func records(_ request: BulkRequest, _ suggestions: inout Suggestions, _ findings: inout Findings) -> BulkRecords {
    let records = cellRecords(request, &suggestions, &findings)
    if hasEndMark {
      let top = Position(line: 1, column: 1)
      findings.add(
        Diagnostic(
          .note, code: "end-mark",
          Text(
            "the sign U+001A (Ctrl-Z) behind the last row is the end of the file", zh: "文件末尾的 Ctrl-Z（U+001A）按文件结束处理"),
          hint: Text("nothing needs to be done", zh: "无需处理")),
        at: SourceRange(source: file, start: top, end: top))
    }
    if records.header != nil, mark.text != CSVMark.comma.text {
      let top = Position(line: 1, column: 1)
      findings.add(
        Diagnostic(
          .note, code: "separator",
          Text("cells are separated by \(mark.name.en)", zh: "单元格以\(mark.name.zh)分隔"),
          hint: Text("nothing needs to be done, if the columns are right", zh: "若各列无误，无需处理")),
        at: SourceRange(source: file, start: top, end: top))
    }
    return records
  }

  func top(_ rows: Int, limit: Int) -> [BulkRow] {
    var out: [BulkRow] = []
    var offset = start
    var line = 1
    while out.count < rows, offset < bytes.count {
      if bytes.base[offset] == 0x0A || bytes.base[offset] == 0x0D {
        if bytes.base[offset] == 0x0A { line += 1 }
        offset += 1
        continue
      }
      let (row, next) = read(offset, line, limit)
      out.append(row)
      (offset, line) = (next, row.nextLine)
    }
    return out
  }

  func cutters(below heading: BulkRow, columns: Int, threads: Int) -> [any RowCutter] {
    (bodyStart, bodyLine, width) = (heading.next, heading.nextLine, columns)
    let survey = Survey(bytes, from: bodyStart, line: bodyLine, threads: threads)
    return survey.runs.map {
      CSVCutter(bytes, $0, hasQuotes: survey.hasQuotes, columns: columns, of: part, mark: mark.byte)
    }
  }

  /// A row's cells in the columns that are read, and where the next one begins.
  private func read(_ offset: Int, _ line: Int, _ limit: Int) -> (row: BulkRow, next: Int) {
    let more = part?.lowerBound ?? 0
    let (row, next) = CSVRow.read(bytes, at: offset, line: line, limit: limit + more, mark: mark.byte)
    return (part.map { row.part($0) } ?? row, next)
  }

  func row(_ suspect: SuspectRow, limit: Int) -> BulkRow? {
    var row = read(suspect.offset, suspect.line, limit).row
    // What a row leaves out at its end is empty.
    let end = row.end
    while row.cells.count < min(width, limit) { row.cells.append(BulkRow.Cell(text: "", start: end, end: end)) }
    row.count = max(row.count, width)
    return row
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
    let p = bytes.view
    if let other = CSVSource.other(bytes) { throw BulkRefusal(.other(.notCSV(other.what, isPicture: other.isPicture))) }
    if bytes.count >= 2, (p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF) {
      guard let converted = bytes.converted(from: p[0] == 0xFF ? "UTF-16LE" : "UTF-16BE") else {
        throw BulkRefusal(.wideCharacters)
      }
      bytes = converted
    }
    var start = hasMark(bytes) ? 3 : 0
    if bytes.bytes.prefix(4096).contains(0) { throw BulkRefusal(.wideCharacters) }
    if let invalid = UTF8Check.firstInvalid(bytes.bytes, threads: max(1, min(threads, 64))) {
      guard start == 0, let converted = bytes.fromGB18030() else {
        let line = 1 + bytes.bytes[..<invalid].count { $0 == 0x0A }
        throw BulkRefusal(
          start == 3 ? .notUTF8(byte: bytes.base[invalid]) : .neitherEncoding, at: Position(line: line, column: 1))
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

  /// What a file is that is no text, by its first bytes, and whether it is a picture of what it shows.
  private static func other(_ bytes: FileBytes) -> (what: Text, isPicture: Bool)? {
    let head = Array(bytes.bytes.prefix(8))
    if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      return (Text("a workbook (.xlsx) or another archive", zh: "工作簿（.xlsx）或压缩包"), false)
    }
    if head.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return (Text("an old workbook (.xls)", zh: "旧式工作簿（.xls）"), false)
    }
    if head.starts(with: Array("%PDF".utf8)) { return (Text("a PDF document", zh: " PDF 文档"), true) }
    let pictures: [[UInt8]] = [[0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], Array("GIF8".utf8), Array("RIFF".utf8)]
    if pictures.contains(where: { head.starts(with: $0) }) { return (Text("a picture", zh: "图片"), true) }
    let start = String(decoding: bytes.bytes.prefix(256), as: UTF8.self).lowercased()
    if ["<html", "<!doctype", "<table", "<?xml"].contains(where: { Members.trimmed(start[...]).hasPrefix($0) }) {
      return (Text("a web page or XML", zh: "网页或 XML 文件"), false)
    }
    return nil
  }

  /// Whether the bytes begin with the mark of UTF-8.
  private static func hasMark(_ bytes: FileBytes) -> Bool {
    bytes.count >= 3 && bytes.base[0] == 0xEF && bytes.base[1] == 0xBB && bytes.base[2] == 0xBF
  }
}
