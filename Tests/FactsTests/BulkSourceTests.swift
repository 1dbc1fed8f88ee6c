// The seam between bulk records and the forms of files that hold them: a form of the tests' own, rows of texts in
// memory, comes to the same facts and the same problems as the CSV file that says the same.
import Diagnostics
import Reckoning
import Testing

@testable import Facts

/// Rows of texts, cut into runs of a few rows.
private final class RowsSource: CellSource {
  let file: SourceFile
  private let rows: [[String]]

  init(_ rows: [[String]], name: String) {
    self.rows = rows
    file = SourceFile(name: name, text: "")
  }

  func top(_ count: Int, limit: Int) -> [BulkRow] {
    rows.prefix(count).enumerated().map { RowsSource.row($0.element, line: $0.offset + 1, limit: limit) }
  }

  func cutters(below heading: BulkRow, columns: Int, threads: Int) -> [any RowCutter] {
    stride(from: heading.line, to: rows.count, by: 3).map { first in
      RowsCutter(Array(rows[first..<min(first + 3, rows.count)]), firstLine: first + 1, columns: columns)
    }
  }

  func row(_ suspect: SuspectRow, limit: Int) -> BulkRow? {
    RowsSource.row(rows[suspect.offset - 1], line: suspect.line, limit: limit)
  }

  func find(_ rows: [Int], _ lines: LineIndex) -> [SuspectRow] {
    rows.map { SuspectRow(row: $0, line: lines.line(of: $0), offset: lines.line(of: $0)) }
  }

  private static func row(_ cells: [String], line: Int, limit: Int) -> BulkRow {
    var row = BulkRow(line: line)
    var column = 1
    for cell in cells.prefix(limit) {
      let end = Position(line: line, column: column + cell.count)
      row.cells.append(BulkRow.Cell(text: cell, start: Position(line: line, column: column), end: end))
      column += cell.count + 1
    }
    row.count = cells.count
    row.nextLine = line + 1
    return row
  }
}

private final class RowsCutter: RowCutter {
  let firstLine: Int
  let room: Int
  let isUncertain = false
  private let rows: [[String]]
  private let columns: Int
  private var done = 0
  private var memory: [UnsafeMutablePointer<UInt8>] = []

  init(_ rows: [[String]], firstLine: Int, columns: Int) {
    self.rows = rows
    self.firstLine = firstLine
    self.columns = columns
    room = rows.count
  }

  deinit { for cell in memory { cell.deallocate() } }

  var isAtEnd: Bool { done == rows.count }
  var progress: Double { Double(done) / Double(rows.count) }
  func letGo() {}

  func cut(into block: CellBlock) -> Int {
    let filled = min(2, rows.count - done)
    for r in 0..<filled {
      let row = rows[done + r]
      for column in 0..<columns {
        let text = column < row.count ? Array(row[column].utf8) : []
        let cell = UnsafeMutablePointer<UInt8>.allocate(capacity: text.count + 32)
        cell.initialize(repeating: 0, count: text.count + 32)
        cell.update(from: text, count: text.count)
        memory.append(cell)
        block.column(column).initialize(r, to: CellBlock.Cell(start: cell, count: text.count))
      }
      let line = firstLine + done + r
      block.records.initialize(
        r, to: CellBlock.Record(offset: line, line: line, problems: 0, only: row.count > columns ? 1 : 0))
    }
    done += filled
    return filled
  }
}

@Suite("Sources of bulk records")
struct BulkSourceTests {
  static let rows = [
    ["id", "enterprise", "start", "monthly_wage", "sex"], ["h1", "e1", "2022-03-01", "5000.50", "male"],
    ["h2", "e2", "2022/3/2", "", "女"], ["h3", "e1", "2022-03-03", "1", ""], ["h10", "e2", "2022-03-04", "", "male"],
    ["h2", "e9", "2022-03-05", "x", "male"], ["h12", "e1"], ["h13", "e2", "2022-02-30", "7", "none"],
  ]

  private static func read(_ rows: [[String]], as format: BulkFormat) -> (digest: String, problems: [String]) {
    var builder = DatasetBuilder(dictionary: Contract.dictionary, places: Sample.places)
    for id in ["e1", "e2"] {
      builder.append("enterprises", [StatedValue("id", id), StatedValue("district", "350112")])
    }
    let text = rows.map { $0.joined(separator: ",") + "\n" }.joined()
    builder.append("hires", Array(text.utf8), as: "h", format)
    let (dataset, problems) = builder.finish()
    var digest = Digest()
    dataset.add(to: &digest)
    let told = problems.map { "\($0.location?.start.line ?? 0):\($0.location?.start.column ?? 0) \($0.code)" }
    return (digest.hex, told)
  }

  private static func format(_ rows: [[String]]) -> BulkFormat {
    BulkFormat(endings: ["rows"]) { (_, name, _) throws(BulkRefusal) in RowsSource(rows, name: name) }
  }

  @Test("a form of one's own comes to the same facts and problems as a CSV file", arguments: [1, 2, 5, 8])
  func same(count: Int) {
    let rows = Array(BulkSourceTests.rows.prefix(count))
    let own = BulkSourceTests.read(rows, as: BulkSourceTests.format(rows))
    let csv = BulkSourceTests.read(rows, as: .csv)
    #expect(own.digest == csv.digest)
    #expect(own.problems == csv.problems)
    #expect(own.problems.isEmpty == (count < 8))
  }

  @Test("a form of one's own has titles, headings of registers, totals and ways of writing as a CSV file has")
  func register() {
    var rows = [["登记表", "", "", "", ""], ["序号", "用工单位", "*参保日期", "月工资（万元）", "性别"]]
    for i in 0..<30 {
      rows.append(["h\(i)", i % 3 == 0 ? "e1" : "e2", i % 5 == 0 ? "2022.3.1" : "2022-03-02", "0.\(i % 9)", "男性"])
      if i % 10 == 0 { rows += [["小计", "", "", "3", ""], ["", "", "", "", ""]] }
    }
    rows += [["h2", "e9", "2022-03-05", "x", "男"], ["h13", "e2", "2022-02-30", "", ""]]
    let own = BulkSourceTests.read(rows, as: BulkSourceTests.format(rows))
    let csv = BulkSourceTests.read(rows, as: .csv)
    #expect(own.digest == csv.digest)
    #expect(own.problems == csv.problems)
    #expect(
      Set(own.problems.map { $0.split(separator: " ")[1] }) == [
        "titles-skipped", "headings-read", "rows-skipped", "rows-summed", "read-as", "repeated-id", "unknown-id",
        "not-money", "no-such-day",
      ], "\(own.problems)")
  }

  @Test("a source that cannot be opened is told in the file's name")
  func refused() {
    let format = BulkFormat(endings: []) { (_, _, _) throws(BulkRefusal) in
      throw BulkRefusal(.neitherEncoding, at: Position(line: 3, column: 1))
    }
    #expect(BulkSourceTests.read(BulkSourceTests.rows, as: format).problems == ["3:1 encoding"])
    #expect(BulkSourceTests.read([], as: BulkSourceTests.format([])).problems == ["1:1 no-header"])
  }

  @Test("the ending of a name says its form; without a known one it is CSV")
  func endings() {
    for name in ["a.csv", "A.CSV", "a.list", "a", "a.csv/b", ""] {
      #expect(BulkFormat.of(name).endings == ["csv"])
    }
    let endings = BulkFormat.all.flatMap(\.endings)
    #expect(Set(endings).count == endings.count && endings.allSatisfy { $0 == $0.lowercased() })
  }

  @Test("memory is not read beyond its end")
  func bounds() async throws {
    let buffer = CheckedBuffer<Int32>.allocate(4, repeating: 7)
    defer { buffer.deallocate() }
    buffer[3] += 1
    #expect(buffer[3] == 8 && buffer.part(from: 2, count: 2)[1] == 8)
    let beyond = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let buffer = CheckedBuffer<Int32>.allocate(4, repeating: 7)
      buffer.part(from: 1, count: 2)[2] = 1
    }
    let told = String(decoding: beyond.standardErrorContent, as: UTF8.self)
    #expect(told.contains("broken invariant within-bounds: 1 elements at 2 lie within the 2 of a buffer of Int32"))
    let ahead = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let bytes: [UInt8] = [1, 2, 3]
      bytes.withUnsafeBufferPointer { bytes in
        guard let start = bytes.baseAddress else { return }
        _ = CheckedBytes(start, count: 3).word(0)
      }
    }
    let said = String(decoding: ahead.standardErrorContent, as: UTF8.self)
    #expect(said.contains("broken invariant within-bounds: 8 bytes at 0 lie within the 3 that may be read"))
  }
}
