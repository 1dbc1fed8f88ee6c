// What the cells of a sheet say, one trap at a time.
import Testing

@testable import Workbooks

@Suite("Sheets")
struct SheetTests {
  @Test("texts come shared, inline, in runs, without how they are pronounced, and with what XML cannot hold")
  func texts() throws {
    var book = Book(
      "<row><c t=\"s\"><v>1</v></c><c t=\"s\"><v>0</v></c>"
        + "<c t=\"inlineStr\"><is><r><t>a </t></r><r><t>b</t></r></is></c>"
        + "<c t=\"str\"><f>A1</f><v>x&amp;y</v></c><c t=\"s\"><v> 2 </v></c></row>")
    book.strings =
      "<si><t>张&#x4E09;</t></si><si><r><rPr><b/></rPr><t>入职</t></r><r><t xml:space=\"preserve\"> 时间</t></r>"
      + "<rPh sb=\"0\" eb=\"1\"><t>ニュウ</t></rPh></si><si><t>一_x000D_&#10;二<![CDATA[<&>]]>_x005F_x0041_</t></si>"
    #expect(try book.table().texts == [["入职 时间", "张三", "a b", "x&y", "一\n二<&>_x0041_"]])
  }

  @Test("cells without names follow each other; gaps between named cells and rows stay gaps")
  func gaps() throws {
    let book = Book(
      "<row r=\"2\"><c><v>1</v></c><c r=\"D2\"><v>4</v></c><c><v>5</v></c></row><row r=\"7\"/>"
        + "<row r=\"9\"><c r=\"AB9\"><v>9</v></c><c r=\"AC9\" s=\"0\"/></row><row><c><v>10</v></c></row>")
    let table = try book.table()
    #expect(table.texts == [["1", "", "", "4", "5"], Array(repeating: "", count: 27) + ["9"], ["10"]])
    #expect(table.numbers == [2, 9, 10])
    #expect(table.width(0) == 5 && table.cells(0, limit: 2) == ["1", ""])
  }

  @Test("truths, errors and ISO dates")
  func marks() throws {
    let book = Book(
      "<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c>"
        + "<c t=\"d\"><v>2022-03-01T00:00:00</v></c><c t=\"d\"><v>2022-03-01T08:30:00.5Z</v></c></row>")
    let table = try book.table()
    #expect(table.texts == [["TRUE", "FALSE", "#N/A", "2022-03-01", "2022-03-01 08:30:00"]])
    #expect(table.remarks[.error]?.places == [CellRange(row: 1, column: 3)])
  }

  @Test("a formula says its saved result; one without says itself and is remarked")
  func formulas() throws {
    let book = Book(
      "<row><c><f>1+1</f><v>2</v></c><c><f>B1&amp;\"x\"</f></c><c><f t=\"shared\" si=\"0\"/><v/></c>"
        + "<c t=\"str\"><f>IF(1,\"\")</f><v></v></c></row>")
    let table = try book.table()
    #expect(table.texts == [["2", "=B1&\"x\"", "="]])
    #expect(table.remarks[.formulaWithoutValue]?.places.map(\.name) == ["B1", "C1"])
  }

  @Test("rows with text struck through and cells with comments are remarked and read")
  func struck() throws {
    var book = Book(
      "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>1</v></c><c r=\"B1\" s=\"1\"><v>2</v></c></row>"
        + "<row r=\"2\"><c r=\"A2\"><v>3</v></c><c r=\"B2\" s=\"1\"/></row>")
    book.styles =
      "<styleSheet><fonts><font/><font><strike/></font><font><strike val=\"0\"/></font></fonts>"
      + "<cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/><xf fontId=\"2\"/></cellXfs></styleSheet>"
    let kind = SheetXML.relations
    let parts =
      book.parts + [
        (
          "xl/worksheets/_rels/s0.xml.rels",
          "<Relationships><Relationship Id=\"c\" Type=\"\(kind)/comments\" Target=\"../comments1.xml\"/>"
            + "</Relationships>"
        ),
        ("xl/comments1.xml", "<comments><commentList><comment ref=\"A2\"><text/></comment></commentList></comments>"),
      ]
    let table = try Book.archive(parts).withUnsafeBytes { try Workbook($0).table(0) }
    #expect(table.texts == [["1", "2"], ["3"]])
    #expect(table.remarks[.struck]?.places.map(\.name) == ["A1"])
    #expect(table.remarks[.comment]?.places.map(\.name) == ["A2"])
  }

  @Test("merged cells hold downwards and not across; what is hidden is remarked and read")
  func merged() throws {
    let rows =
      "<row><c t=\"inlineStr\"><is><t>名册</t></is></c></row>"
      + "<row r=\"2\"><c t=\"inlineStr\"><is><t>企业甲</t></is></c><c><v>1</v></c></row>"
      + "<row r=\"3\" hidden=\"1\"><c r=\"B3\"><v>2</v></c></row><row r=\"5\"><c r=\"A5\"><v>7</v></c></row>"
    let book = Book(
      rows,
      after: "<autoFilter ref=\"A1:B5\"/><mergeCells><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A2:A4\"/>"
        + "<mergeCell ref=\"C2:C3\"/></mergeCells>", before: "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>")
    let table = try book.table()
    #expect(table.texts == [["名册"], ["企业甲", "1"], ["企业甲", "2"], ["7"]])
    #expect(table.remarks[.merged]?.places.map(\.name) == ["A1:C1", "A2:A4", "C2:C3"])
    #expect(table.remarks[.hiddenRow]?.places.map(\.name) == ["A3"] && table.isFiltered)
    #expect(table.remarks[.hiddenColumn]?.places.map(\.name) == ["B1"])
  }

  @Test("elements with prefixes, attributes in either quotation marks, comments and instructions")
  func careful() throws {
    var book = Book()
    book.sheets[0].xml =
      "\u{FEFF}<?xml version='1.0'?><!-- a > b --><x:worksheet xmlns:x='\(SheetXML.space)'><x:sheetData><x:row x:r='3'>"
      + "<x:c r='B3' t='inlineStr' note='a>b'><x:is><x:t>甲<!-- no -->乙</x:t></x:is></x:c></x:row></x:sheetData>"
      + "<x:extLst><x:ext><other><v>1</v></other></x:ext></x:extLst></x:worksheet>"
    let table = try book.table()
    #expect(table.texts == [["", "甲乙"]] && table.numbers == [3])
  }

  @Test("a sheet is found by its name, in any capitals, or its number; without either the first that is shown")
  func sheets() throws {
    var book = Book(Book.plain([["a"]]))
    book.sheets.append(("2023", Book.sheet(Book.plain([["b"]]))))
    book.sheets.append(("Tab", Book.sheet(Book.plain([["c"]]))))
    book.hidden = ["花名册"]
    #expect(try book.table().texts == [["b"]])
    for (name, text) in [("花名册", "a"), ("1", "a"), ("2023", "b"), ("3", "c"), ("tAB", "c")] {
      #expect(try book.table(name).texts == [[text]])
    }
    #expect(throws: WorkbookProblem.noSheet("4", known: ["花名册", "2023", "Tab"])) { try book.table("4") }
    book.sheets = []
    #expect(throws: WorkbookProblem.noSheets) { try book.table() }
  }

  @Test("a row beyond the last of any sheet is too much")
  func rows() throws {
    var book = Book()
    book.sheets[0].xml = Book.sheet("<row r=\"1048577\"/>")
    #expect(throws: WorkbookProblem.tooLarge) { try book.table() }
  }

  @Test(
    "what no workbook says is refused and never guessed",
    arguments: [
      "<row r=\"2\"/><row r=\"2\"/>", "<row r=\"3\"/><row r=\"2\"/>", "<row r=\"0\"/>",
      "<row><c r=\"B1\"/><c r=\"A1\"/></row>", "<row><c r=\"A2\"/></row>", "<row><c r=\"XFE1\"/></row>",
      "<row><c t=\"s\"><v>0</v></c></row>", "<row><c t=\"s\"><v>x</v></c></row>", "<row><c t=\"q\"><v>1</v></c></row>",
      "<row><c><v>1,5</v></c></row>", "<row><c><v>abc</v></c></row>", "<row><c><v>&bogus;</v></c></row>",
      "<row><c t=\"inlineStr\"><is><t>&#xD800;</t></is></c></row>", "<row", "<row><c></row>", "</row>",
      "<!DOCTYPE a [<!ENTITY b \"c\">]>", "<row r=x/>",
    ])
  func refused(rows: String) {
    var book = Book()
    book.sheets[0].xml = Book.sheet(rows)
    if rows == "<row" { book.sheets[0].xml = "<worksheet><sheetData><row" }
    #expect(throws: WorkbookProblem.damaged(part: "xl/worksheets/s0.xml")) { try book.table() }
  }
}
