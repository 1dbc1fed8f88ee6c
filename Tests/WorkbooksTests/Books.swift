// Workbooks of the tests' own, put together part by part, so that each can have what no program would write.
import Testing

@testable import Workbooks

/// A workbook in parts.
struct Book {
  var sheets: [(name: String, xml: String)] = []
  var strings: String?
  var styles: String?
  var properties = ""
  var hidden: Set<String> = []

  /// A workbook of one sheet, `花名册`, with these rows.
  init(_ rows: String = "", after: String = "", before: String = "") {
    sheets = [("花名册", Book.sheet(rows, after: after, before: before))]
  }

  static func sheet(_ rows: String, after: String = "", before: String = "") -> String {
    "<worksheet xmlns=\"\(SheetXML.space)\">\(before)<sheetData>\(rows)</sheetData>\(after)</worksheet>"
  }

  /// Rows of texts and numbers as they are, without names of cells.
  static func plain(_ rows: [[String]]) -> String {
    rows.map { row in "<row>" + row.map { "<c t=\"inlineStr\"><is><t>\($0)</t></is></c>" }.joined() + "</row>" }
      .joined()
  }

  /// Styles with one number format of their own, which cells have as `s="1"`.
  static func styles(code: String) -> String {
    "<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"\(SheetXML.escaped(code))\"/></numFmts>"
      + "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
      + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"200\"/></cellXfs></styleSheet>"
  }

  /// Styles with one of the formats that have numbers.
  static func styles(number: Int) -> String {
    "<styleSheet><cellXfs><xf/><xf numFmtId=\"\(number)\"/></cellXfs></styleSheet>"
  }

  var parts: [(name: String, text: String)] {
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
    let kind = SheetXML.relations
    var book = "<workbook xmlns:r=\"\(kind)\"><workbookPr \(properties)/><sheets>"
    var relations = "<Relationships>"
    for (i, sheet) in sheets.enumerated() {
      let state = hidden.contains(sheet.name) ? " state=\"hidden\"" : ""
      book += "<sheet name=\"\(SheetXML.escaped(sheet.name))\" sheetId=\"\(i + 1)\" r:id=\"r\(i)\"\(state)/>"
      relations += "<Relationship Id=\"r\(i)\" Type=\"\(kind)/worksheet\" Target=\"/xl/worksheets/s\(i).xml\"/>"
    }
    relations += "<Relationship Id=\"s\" Type=\"\(kind)/styles\" Target=\"styles.xml\"/>"
    relations += "<Relationship Id=\"t\" Type=\"\(kind)/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>"
    var parts = [
      ("[Content_Types].xml", types),
      (
        "_rels/.rels",
        "<Relationships><Relationship Id=\"a\" Type=\"\(kind)/officeDocument\" Target=\"xl/workbook.xml\"/>"
          + "</Relationships>"
      ),
      ("xl/workbook.xml", book + "</sheets></workbook>"), ("xl/_rels/workbook.xml.rels", relations),
    ]
    for (i, sheet) in sheets.enumerated() { parts.append(("xl/worksheets/s\(i).xml", sheet.xml)) }
    if let strings { parts.append(("xl/sharedStrings.xml", "<sst>\(strings)</sst>")) }
    if let styles { parts.append(("xl/styles.xml", styles)) }
    return parts
  }

  var bytes: [UInt8] { Book.archive(parts) }

  static func archive(_ parts: [(name: String, text: String)]) -> [UInt8] {
    let out = Gathered()
    let zip = ZipWriter { out.bytes.append(contentsOf: $0) }
    do {
      for part in parts { try zip.add(part.name, part.text) }
      try zip.finish()
    } catch {
      Issue.record(error)
    }
    return out.bytes
  }

  /// The cells of a sheet, by rows.
  static func read(_ bytes: [UInt8], _ sheet: String? = nil) throws -> SheetTable {
    try bytes.withUnsafeBytes { bytes in
      let book = try Workbook(bytes)
      return try book.table(book.sheet(sheet))
    }
  }

  func table(_ sheet: String? = nil) throws -> SheetTable { try Book.read(bytes, sheet) }

  /// What the first cell says.
  func first() throws -> String { try table().cells(0).first ?? "" }
}

/// Bytes as they come.
final class Gathered {
  var bytes: [UInt8] = []
}

extension SheetTable {
  var texts: [[String]] { (0..<rows).map { cells($0) } }
}
