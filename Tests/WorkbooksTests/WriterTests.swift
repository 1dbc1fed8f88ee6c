// Workbooks that are written: they read back as they were meant, with the same bytes every time.
import Testing

@testable import Workbooks

@Suite("Writing workbooks")
struct WriterTests {
  private static func style(_ format: CellStyle.Format) -> CellStyle {
    var style = CellStyle()
    style.format = format
    return style
  }

  private static func book(rowLimit: Int? = nil, _ fill: (WorkbookWriter) throws -> Void) throws -> [UInt8] {
    let out = Gathered()
    let properties = WorkbookWriter.Properties(title: "预算 <1>", program: "Cesuan")
    let writer = try WorkbookWriter(properties) { out.bytes.append(contentsOf: $0) }
    if let rowLimit { writer.rowLimit = rowLimit }
    try fill(writer)
    try writer.finish()
    return out.bytes
  }

  private static func text(_ text: String) -> WorkbookWriter.Cell { WorkbookWriter.Cell(.text(text)) }

  /// A part of a workbook as text.
  private static func part(_ name: String, of bytes: [UInt8]) throws -> String {
    try bytes.withUnsafeBytes { bytes in
      let archive = try ZipArchive(bytes)
      let entry = try #require(archive.entries[name])
      let stream = try PartStream(archive, entry, limit: 1 << 20)
      var room = [UInt8](repeating: 0, count: 1 << 20)
      let count = try room.withUnsafeMutableBufferPointer { try stream.read(into: $0) }
      return String(decoding: room[..<count], as: UTF8.self)
    }
  }

  @Test("cells read back as they were written, and no text becomes a formula")
  func roundTrip() throws {
    let texts = [
      "=1+1", "+86 591", "-", "@me", "<&>\"'", " 空 格 ", "行\n行", "_x0041_", "a\u{1}b\r", "\u{FFFF}", "\u{FFFE}x", "",
      "𠮷",
    ]
    let bytes = try Self.book { writer in
      try writer.begin(WorkbookWriter.Layout(name: "名单", widths: [10, 12.34]))
      try writer.add(texts.map { Self.text($0) })
      try writer.add([
        WorkbookWriter.Cell(.number("1234.50"), Self.style(.money)),
        WorkbookWriter.Cell(.number("44621"), Self.style(.date)),
        WorkbookWriter.Cell(.number("0.375"), Self.style(.percent(decimals: 1))), WorkbookWriter.Cell(.empty),
        WorkbookWriter.Cell(.formula("SUM(A1:A2)", "7"), Self.style(.marked(before: "≤ ", behind: "d\"y"))),
      ])
    }
    let table = try Book.read(bytes)
    #expect(
      table.texts[0] == [
        "=1+1", "+86 591", "-", "@me", "<&>\"'", " 空 格 ", "行\n行", "_x0041_", "a b", "\u{FFFD}", "\u{FFFD}x", "", "𠮷",
      ])
    #expect(table.texts[1] == ["1234.50", "2022-03-01", "37.5%", "", "7"])
    let sheet = try Self.part("xl/worksheets/sheet1.xml", of: bytes)
    #expect(sheet.components("<f>") == 1 && sheet.contains("<f>SUM(A1:A2)</f><v>7</v>"))
    #expect(sheet.contains("<col min=\"2\" max=\"2\" width=\"12.3\" customWidth=\"1\"/>"))
  }

  @Test("the same cells give the same bytes")
  func deterministic() throws {
    let make = {
      try Self.book { writer in
        for name in ["a", "b"] {
          try writer.begin(WorkbookWriter.Layout(name: name, widths: []))
          for row in 0..<3_000 { try writer.add([Self.text("r\(row)"), WorkbookWriter.Cell(.number("\(row)"))]) }
        }
      }
    }
    let first = try make()
    #expect(try make() == first)
    #expect(try Book.read(first, "b").rows == 3_000)
  }

  @Test("names of sheets become ones that there can be, none twice")
  func names() throws {
    let wanted = [
      "预算: 一/二?", "预算: 一/二?", "'x'", "", "  ", "History", String(repeating: "长", count: 40),
      String(repeating: "长", count: 40),
      "A\nB",
    ]
    let bytes = try Self.book { writer in
      for name in wanted { try writer.begin(WorkbookWriter.Layout(name: name, widths: [])) }
    }
    let names = try bytes.withUnsafeBytes { try Workbook($0).sheets.map(\.name) }
    #expect(
      names == [
        "预算_ 一_二_", "预算_ 一_二_ (2)", "x", "Sheet", "Sheet (2)", "History_", String(repeating: "长", count: 31),
        String(repeating: "长", count: 27) + " (2)", "A_B",
      ])
  }

  @Test("a list that is longer than a sheet goes on in the next, below its heading")
  func split() throws {
    let bytes = try Self.book(rowLimit: 4) { writer in
      var layout = WorkbookWriter.Layout(name: "明细", widths: [])
      layout.headRows = 1
      layout.filters = true
      try writer.begin(layout)
      try writer.add([Self.text("编号")])
      for row in 1...7 { try writer.add([WorkbookWriter.Cell(.number("\(row)"))]) }
      try writer.endList()
      try writer.add([Self.text("合计")])
    }
    #expect(try Book.read(bytes, "1").texts == [["编号"], ["1"], ["2"], ["3"]])
    #expect(try Book.read(bytes, "明细 (2)").texts == [["编号"], ["4"], ["5"], ["6"]])
    #expect(try Book.read(bytes, "3").texts == [["编号"], ["7"], ["合计"]])
    let sheet = try Self.part("xl/worksheets/sheet3.xml", of: bytes)
    #expect(sheet.contains("<autoFilter ref=\"A1:A2\"/>") && sheet.contains("state=\"frozen\""))
    let book = try Self.part("xl/workbook.xml", of: bytes)
    #expect(
      book.contains("localSheetId=\"2\">&apos;明细 (3)&apos;!$1:$1<")
        || book.contains("localSheetId=\"2\">'明细 (3)'!$1:$1<"))
  }

  @Test("a text that is longer than a cell is cut and says so")
  func long() throws {
    let bytes = try Self.book { writer in
      try writer.begin(WorkbookWriter.Layout(name: "a", widths: []))
      try writer.add([
        Self.text(String(repeating: "长", count: 40_000)), Self.text(String(repeating: "x", count: 32_767)),
      ])
    }
    let cells = try Book.read(bytes).cells(0)
    #expect(cells[0].utf16.count == 32_767 && cells[0].hasSuffix("长…"))
    #expect(cells[1].utf16.count == 32_767 && cells[1].hasSuffix("x"))
  }

  @Test("what a workbook says of itself is its title and the program")
  func properties() throws {
    let bytes = try Self.book { try $0.begin(WorkbookWriter.Layout(name: "a", widths: [])) }
    let core = try Self.part("docprops/core.xml", of: bytes)
    #expect(core.contains("<dc:title>预算 &lt;1&gt;</dc:title>") && !core.contains("created"))
  }
}

extension String {
  /// How often a text stands in it.
  fileprivate func components(_ wanted: String) -> Int {
    var (count, rest) = (0, self[...])
    while let found = rest.firstRange(of: wanted) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }
}
