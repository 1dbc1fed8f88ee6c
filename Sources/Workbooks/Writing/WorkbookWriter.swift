// A workbook written sheet by sheet and row by row, with no more in memory than a block of rows. A list that is longer
// than a sheet goes on in a further one, below the same heading. Knows nothing of what the cells say.

/// Writes a workbook (`.xlsx`).
package final class WorkbookWriter {
  /// A cell with its look.
  package struct Cell: Sendable {
    package var value: CellValue
    package var style: CellStyle

    package init(_ value: CellValue, _ style: CellStyle = CellStyle()) {
      self.value = value
      self.style = style
    }
  }

  /// A sheet's form.
  package struct Layout: Sendable {
    package var name: String
    /// In characters of usual width.
    package var widths: [Double]
    /// Rows that stay in sight and are printed on every page; the last of them names the columns.
    package var headRows = 0
    /// Whether the rows below the head can be filtered.
    package var filters = false
    /// Whether pages lie on their side.
    package var isLandscape = false
    /// Rows above the head that say what the sheet is; they stay in sight too, and stand on the first page only.
    package var titleRows = 0
    /// Whether each printed page has the rows of heads once more.
    package var repeatsHead = true
    /// Among the sheets those with a lower number stand first, whenever they were written.
    package var place = 0
    /// Whether only open cells may be changed. There is no password: who wants to can take the protection away.
    package var isProtected = false
    /// Whether the workbook opens at this sheet; nil: where it is the first that was written.
    package var isFront: Bool?

    package init(name: String, widths: [Double]) {
      self.name = name
      self.widths = widths
    }
  }

  /// What the workbook says of itself.
  package struct Properties: Sendable {
    package var title: String
    package var program: String

    package init(title: String, program: String) {
      self.title = title
      self.program = program
    }
  }

  /// How many rows a sheet has at most; tests set less.
  package var rowLimit = CellName.rowLimit

  private let zip: ZipWriter
  private let properties: Properties
  private var names = SheetNames()
  private var styles = StyleList()
  private var letters: [[UInt8]] = []
  private var printed: [(layout: Layout, rows: Int)] = []
  private var merges: [String] = []
  private var admitted = AdmittedValues()
  private var drawing = SheetDrawing()
  private var drawings = 0
  private var charts = 0

  private var layout: Layout?
  private var wanted = ""
  private var head: [[Cell]] = []
  private var isHead = true
  private var row = 0
  private var listEnd: Int?
  private var width = 0
  private var xml = SheetXML()
  private var known: (style: CellStyle, number: Int) = (CellStyle(), 0)

  /// - Parameter level: how hard to try to make the file small, from 1 to 9.
  package init(_ properties: Properties, level: Int = 6, _ sink: @escaping ZipWriter.Sink) throws {
    self.properties = properties
    zip = ZipWriter(level: level, sink)
    try zip.add(
      "_rels/.rels",
      SheetXML.head + "<Relationships xmlns=\"\(WorkbookWriter.package)/relationships\">"
        + WorkbookWriter.relation("rId1", SheetXML.relations + "/officeDocument", "xl/workbook.xml")
        + WorkbookWriter.relation(
          "rId2", "\(WorkbookWriter.package)/relationships/metadata/core-properties", "docProps/core.xml")
        + WorkbookWriter.relation("rId3", SheetXML.relations + "/extended-properties", "docProps/app.xml")
        + "</Relationships>")
  }

  // MARK: sheets

  /// Begins a sheet; the one before it ends.
  package func begin(_ layout: Layout) throws {
    try endSheet()
    wanted = layout.name
    self.layout = layout
    head = []
    isHead = true
    try open(layout)
  }

  /// Where the next row stands, from 1.
  package var nextRow: Int { row + 1 }
  /// How many sheets have begun.
  package var sheetCount: Int { names.names.count }
  /// What the sheet that has begun last is called.
  package var sheetName: String { names.names.last ?? "" }

  /// Keeps a name for a sheet that is written later, so that no other takes it: the sheet begins under this name.
  package func reserve(_ name: String) -> String { names.reserve(name) }

  /// The list ends here: what follows stands below it, and no filter hides it.
  package func endList() throws {
    guard layout != nil else { preconditionFailure("a list ends in a sheet that has begun") }
    listEnd = row
  }

  /// Lays a chart on the sheet, its upper left corner at the next row.
  /// - Parameters:
  ///   - column: from 1.
  ///   - width: in millimetres, as the height.
  ///   - told: what it is, for readers who cannot see it.
  package func place(_ chart: NativeChart, column: Int = 1, width: Int, height: Int, told: String) {
    precondition(layout != nil, "a chart lies on a sheet that has begun")
    drawing.add(
      SheetDrawing.Placed(chart: chart, told: told, row: row, column: column - 1, width: width, height: height))
  }

  /// Says what may be written into a cell of the row that was added last.
  package func admit(_ values: AdmittedValues.Kind, column: Int) {
    precondition(row > 0, "values are admitted to a cell of a row that is there")
    admitted.add(values, CellName.text(row: row, column: column))
  }

  /// Adds a row whose first cell reaches over some columns, as high as so many lines.
  package func add(_ cell: Cell, over columns: Int, lines: Int) throws {
    // A merged cell does not grow with its text by itself.
    try add(
      [cell] + Array(repeating: Cell(.empty, cell.style), count: max(columns - 1, 0)),
      height: lines > 1 || cell.style.isTitle ? Double(lines) * (cell.style.isTitle ? 24 : 15.5) + 1 : nil)
    if columns > 1 { merges.append("A\(row):" + CellName.text(row: row, column: columns)) }
  }

  /// Adds a row to the sheet.
  /// - Parameter height: in points; nil: as its cells need.
  package func add(_ cells: [Cell], height: Double? = nil) throws {
    guard let layout else { preconditionFailure("a row is added to a sheet that has begun") }
    if row < layout.titleRows + layout.headRows, isHead { head.append(cells) }
    if row >= rowLimit {
      try endSheet()
      self.layout = layout
      isHead = false
      try open(layout)
      for cells in head { try write(cells, nil) }
    }
    try write(cells, height)
  }

  private func open(_ layout: Layout) throws {
    _ = names.take(wanted)
    (row, width, listEnd) = (0, 0, nil)
    merges = []
    admitted = AdmittedValues()
    drawing = SheetDrawing()
    try zip.begin("xl/worksheets/sheet\(names.names.count).xml")
    var text = SheetXML.head + "<worksheet xmlns=\"\(SheetXML.space)\" xmlns:r=\"\(SheetXML.relations)\">"
    text += "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\""
    text += layout.isFront ?? (names.names.count == 1) ? " tabSelected=\"1\">" : ">"
    let still = layout.titleRows + layout.headRows
    if layout.headRows > 0 {
      let cell = "A\(still + 1)"
      text += "<pane ySplit=\"\(still)\" topLeftCell=\"\(cell)\" activePane=\"bottomLeft\" state=\"frozen\"/>"
      text += "<selection pane=\"bottomLeft\" activeCell=\"\(cell)\" sqref=\"\(cell)\"/>"
    }
    text += "</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/>"
    if !layout.widths.isEmpty {
      text += "<cols>"
      for (i, width) in layout.widths.enumerated() {
        text += "<col min=\"\(i + 1)\" max=\"\(i + 1)\" width=\"\(WorkbookWriter.tenths(width))\" customWidth=\"1\"/>"
      }
      text += "</cols>"
    }
    text += "<sheetData>"
    xml.bytes.append(contentsOf: text.utf8)
  }

  private func write(_ cells: [Cell], _ height: Double?) throws {
    row += 1
    if listEnd == nil { width = max(width, row > (layout?.titleRows ?? 0) ? cells.count : 0) }
    while letters.count < cells.count { letters.append(Array(CellName.letters(letters.count + 1).utf8)) }
    xml.add("<row r=\"")
    xml.add(number: row)
    if let height {
      xml.bytes.append(contentsOf: "\" ht=\"\(WorkbookWriter.tenths(height))\" customHeight=\"1".utf8)
    }
    xml.add("\">")
    for (i, cell) in cells.enumerated() {
      if cell.style != known.style { known = (cell.style, styles.number(cell.style)) }
      xml.add(cell.value, style: known.number, letters[i], row: row)
    }
    xml.add("</row>")
    if xml.bytes.count > 1 << 17 { try flush() }
  }

  private func flush() throws {
    try xml.bytes.withUnsafeBufferPointer { try zip.write($0) }
    xml.bytes.removeAll(keepingCapacity: true)
  }

  /// As many rows as are readable on one page with a chart.
  private static let rowsBesideChart = 60

  private func endSheet() throws {
    guard let layout else { return }
    var text = "</sheetData>"
    let still = layout.titleRows + layout.headRows
    if layout.isProtected { text += AdmittedValues.protection }
    if layout.filters, row > still, layout.headRows > 0, width > 0 {
      let last = CellName.text(row: listEnd ?? row, column: width)
      text += "<autoFilter ref=\"A\(still):\(last)\"/>"
    }
    if !merges.isEmpty {
      text +=
        "<mergeCells count=\"\(merges.count)\">"
        + merges.map { "<mergeCell ref=\"\($0)\"/>" }.joined() + "</mergeCells>"
    }
    text += admitted.part
    text += "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
    text += "<pageSetup paperSize=\"9\" orientation=\"\(layout.isLandscape ? "landscape" : "portrait")\""
    // A chart and its few figures are read together, on one page. Each printed page says which sheet it is of.
    let pages = !drawing.isEmpty && row <= WorkbookWriter.rowsBesideChart ? 1 : 0
    text += " fitToWidth=\"1\" fitToHeight=\"\(pages)\"/><headerFooter><oddHeader>&amp;R&amp;A</oddHeader>"
    text += "<oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>"
    if !drawing.isEmpty { text += "<drawing r:id=\"rId1\"/>" }
    text += "</worksheet>"
    xml.bytes.append(contentsOf: text.utf8)
    try flush()
    try zip.end()
    printed.append((layout, row))
    self.layout = nil
    if !drawing.isEmpty { try writeDrawing() }
  }

  /// The sheet's charts, and what leads from the sheet to them.
  private func writeDrawing() throws {
    drawings += 1
    try zip.add(
      "xl/worksheets/_rels/sheet\(names.names.count).xml.rels",
      WorkbookWriter.relations([("/drawing", "../drawings/drawing\(drawings).xml")]))
    try zip.add("xl/drawings/drawing\(drawings).xml", drawing.part)
    var targets: [(String, String)] = []
    for placed in drawing.charts {
      charts += 1
      targets.append(("/chart", "../charts/chart\(charts).xml"))
      try zip.add("xl/charts/chart\(charts).xml", ChartPart(placed.chart).text())
    }
    try zip.add("xl/drawings/_rels/drawing\(drawings).xml.rels", WorkbookWriter.relations(targets))
  }

  /// Relations to parts, numbered from one.
  private static func relations(_ targets: [(kind: String, target: String)]) -> String {
    SheetXML.head + "<Relationships xmlns=\"\(package)/relationships\">"
      + targets.enumerated().map { relation("rId\($0 + 1)", SheetXML.relations + $1.kind, $1.target) }.joined()
      + "</Relationships>"
  }

  // MARK: the workbook

  /// Writes what holds the sheets together, which ends the workbook. It has at least one sheet.
  package func finish() throws {
    try endSheet()
    precondition(!names.names.isEmpty, "a workbook has a sheet")
    try zip.add("xl/styles.xml", styles.part)
    try zip.add("xl/workbook.xml", book)
    try zip.add("[Content_Types].xml", types)
    var relations = SheetXML.head + "<Relationships xmlns=\"\(WorkbookWriter.package)/relationships\">"
    for i in names.names.indices {
      relations += WorkbookWriter.relation(
        "rId\(i + 1)", SheetXML.relations + "/worksheet", "worksheets/sheet\(i + 1).xml")
    }
    relations += WorkbookWriter.relation("rId\(names.names.count + 1)", SheetXML.relations + "/styles", "styles.xml")
    try zip.add("xl/_rels/workbook.xml.rels", relations + "</Relationships>")
    try WorkbookWriter.add(properties, to: zip)
    try zip.finish()
  }

  /// What a file of an office says of itself.
  static func add(_ properties: Properties, to zip: ZipWriter) throws {
    try zip.add(
      "docProps/core.xml",
      SheetXML.head + "<cp:coreProperties xmlns:cp=\"\(WorkbookWriter.package)/metadata/core-properties\""
        + " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>\(SheetXML.escaped(properties.title))</dc:title>"
        + "</cp:coreProperties>")
    try zip.add(
      "docProps/app.xml",
      SheetXML.head
        + "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">"
        + "<Application>\(SheetXML.escaped(properties.program))</Application></Properties>")
  }

  private var book: String {
    var text = SheetXML.head + "<workbook xmlns=\"\(SheetXML.space)\" xmlns:r=\"\(SheetXML.relations)\"><bookViews>"
    text +=
      "<workbookView xWindow=\"0\" yWindow=\"0\" windowWidth=\"24000\" windowHeight=\"12000\"/></bookViews><sheets>"
    // As they are to stand, not as they were written.
    let order = printed.indices.sorted { (printed[$0].layout.place, $0) < (printed[$1].layout.place, $1) }
    for i in order {
      text += "<sheet name=\"\(SheetXML.escaped(names.names[i]))\" sheetId=\"\(i + 1)\" r:id=\"rId\(i + 1)\"/>"
    }
    text += "</sheets>"
    let defined = order.enumerated().compactMap { place, i -> String? in
      let layout = printed[i].layout
      guard layout.headRows > 0, layout.repeatsHead else { return nil }
      return "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"\(place)\">"
        + "\(SheetXML.escaped(CellName.sheet(names.names[i])))!$\(layout.titleRows + 1):"
        + "$\(layout.titleRows + layout.headRows)</definedName>"
    }
    if !defined.isEmpty { text += "<definedNames>" + defined.joined() + "</definedNames>" }
    return text + "</workbook>"
  }

  private static let package = "http://schemas.openxmlformats.org/package/2006"

  /// Parts are sheets unless they are named here.
  private var types: String {
    let main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    var named = [
      ("/xl/workbook.xml", main + ".sheet.main+xml"), ("/xl/styles.xml", main + ".styles+xml"),
      ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
      ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ]
    named += (0..<drawings).map { ("/xl/drawings/drawing\($0 + 1).xml", SheetDrawing.contentType) }
    named += (0..<charts).map { ("/xl/charts/chart\($0 + 1).xml", ChartPart.contentType) }
    return SheetXML.head + "<Types xmlns=\"\(WorkbookWriter.package)/content-types\">"
      + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      + "<Default Extension=\"xml\" ContentType=\"\(main).worksheet+xml\"/>"
      + named.map { "<Override PartName=\"\($0.0)\" ContentType=\"\($0.1)\"/>" }.joined() + "</Types>"
  }

  private static func relation(_ id: String, _ type: String, _ target: String) -> String {
    "<Relationship Id=\"\(id)\" Type=\"\(type)\" Target=\"\(target)\"/>"
  }

  private static func tenths(_ number: Double) -> String {
    let whole = Int((number * 10).rounded())
    return "\(whole / 10).\(whole % 10)"
  }
}
