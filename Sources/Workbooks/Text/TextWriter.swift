// A text document (`.docx`) written from its beginning to its end: headings, paragraphs, tables with heads that repeat,
// and charts that bring their figures along. Knows nothing of what it says.

/// Writes a text document.
package final class TextWriter {
  /// What a paragraph is.
  package enum Sort: Sendable, Hashable {
    case title
    /// 1 is the largest, 4 the smallest.
    case heading(Int)
    case body
    /// One of several things, with what stands before it.
    case item(String)
    case remark
    case code
    /// Above a table or a chart, on the page where that begins.
    case caption
  }

  /// A stretch of text.
  package struct Run: Sendable {
    package var text: String
    package var isBold = false
    package var isMuted = false

    package init(_ text: String, isBold: Bool = false, isMuted: Bool = false) {
      self.text = text
      self.isBold = isBold
      self.isMuted = isMuted
    }
  }

  /// A table: how wide its columns are, what heads them, and its rows.
  package struct Table: Sendable {
    package struct Row: Sendable {
      package var cells: [String]
      package var isBold = false
      package var isMuted = false
      /// Its first cell reaches over all columns.
      package var isSection = false

      package init(_ cells: [String], isBold: Bool = false, isMuted: Bool = false, isSection: Bool = false) {
        self.cells = cells
        self.isBold = isBold
        self.isMuted = isMuted
        self.isSection = isSection
      }
    }

    /// Shares of the width of a page, which add up to one.
    package var widths: [Double]
    package var heads: [String]
    /// Whether a column's cells stand at its right.
    package var areFigures: [Bool]
    package var rows: [Row]

    package init(widths: [Double], heads: [String], areFigures: [Bool], rows: [Row]) {
      precondition(
        widths.count == heads.count && heads.count == areFigures.count, "a table's columns are of one number")
      self.widths = widths
      self.heads = heads
      self.areFigures = areFigures
      self.rows = rows
    }
  }

  /// A4, in twentieths of a point.
  private static let (pageWidth, pageHeight, side) = (11_906, 16_838, 1_474)
  private static let (above, below) = (1_588, 1_418)
  private static let textWidth = pageWidth - 2 * side
  /// In millimetres.
  package static let width = 158

  private let isChinese: Bool
  private let properties: WorkbookWriter.Properties
  private var xml = SheetXML()
  private var charts: [(part: String, figures: [UInt8])] = []
  private var beginsPage = false
  /// Whether a table has just ended.
  private var hasGap = false

  package init(_ properties: WorkbookWriter.Properties, isChinese: Bool) {
    self.properties = properties
    self.isChinese = isChinese
    xml.bytes += Array(
      (SheetXML.head + "<w:document xmlns:w=\"\(TextStyles.space)\" xmlns:r=\"\(SheetXML.relations)\""
        + " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
        + " xmlns:a=\"\(ChartPart.drawing)\"><w:body>").utf8)
  }

  private func put(_ text: String) { xml.bytes.append(contentsOf: text.utf8) }

  // MARK: Text

  /// Lets the next paragraph begin a page.
  package func beginPage() { beginsPage = true }

  /// Adds a paragraph.
  package func add(_ sort: Sort, _ runs: [Run]) {
    // Below a table that fills its page the line would begin a page of its own.
    if beginsPage { hasGap = false }
    closeGap()
    put("<w:p><w:pPr><w:pStyle w:val=\"\(style(sort))\"/>")
    if beginsPage { put("<w:pageBreakBefore/>") }
    beginsPage = false
    if case .item = sort { put("<w:ind w:left=\"560\" w:hanging=\"280\" w:firstLineChars=\"0\"/>") }
    put("</w:pPr>")
    if case .item(let mark) = sort { put(run(Run(mark + " "))) }
    for one in runs { put(run(one)) }
    put("</w:p>")
  }

  private func style(_ sort: Sort) -> String {
    switch sort {
    case .title: "Title"
    case .heading(let level): "Heading\(min(max(level, 1), 4))"
    case .body, .item: "BodyText"
    case .remark: "Remark"
    case .code: "Code"
    case .caption: "Caption"
    }
  }

  private func run(_ run: Run) -> String {
    var look = run.isBold ? "<w:b/>" : ""
    if run.isMuted { look += "<w:color w:val=\"57606A\"/>" }
    let lines = run.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      TextWriter.whole(TextWriter.escaped(String(line))).map { "<w:t xml:space=\"preserve\">\($0)</w:t>" }
        .joined(separator: "<w:noBreakHyphen/>")
    }
    return "<w:r>" + (look.isEmpty ? "" : "<w:rPr>\(look)</w:rPr>") + lines.joined(separator: "<w:br/>") + "</w:r>"
  }

  /// The parts of a text between the hyphens of its days: no line ends within 2022-07-01.
  private static func whole(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    func isDigit(_ at: Int) -> Bool { bytes.indices.contains(at) && (0x30...0x39).contains(bytes[at]) }
    var parts: [String] = []
    var from = 0
    for at in bytes.indices where bytes[at] == 0x2D && isDigit(at - 1) && isDigit(at + 1) {
      // 2022-07 or 07-01, and no longer number.
      let isYear = (1...4).allSatisfy { isDigit(at - $0) } && !isDigit(at - 5)
      let isMonth = isDigit(at - 2) && bytes.indices.contains(at - 3) && bytes[at - 3] == 0x2D
      guard isYear || isMonth, isDigit(at + 2), !isDigit(at + 3) else { continue }
      parts.append(String(decoding: bytes[from..<at], as: UTF8.self))
      from = at + 1
    }
    return parts + [String(decoding: bytes[from...], as: UTF8.self)]
  }

  /// What XML cannot hold is shown as a mark of its own: a text document has no other way of writing it.
  private static func escaped(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out.append(contentsOf: "&amp;".unicodeScalars)
      case "<": out.append(contentsOf: "&lt;".unicodeScalars)
      case ">": out.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": out.append(contentsOf: "&quot;".unicodeScalars)
      case _ where scalar.value < 0x20 && scalar != "\t", "\u{FFFE}", "\u{FFFF}": out.append("\u{FFFD}")
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  /// The line that stands between a table and what follows: two tables without one would be one.
  private func closeGap() {
    guard hasGap else { return }
    hasGap = false
    put("<w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"200\" w:lineRule=\"exact\"/></w:pPr></w:p>")
  }

  // MARK: Tables

  /// A text of so many bytes makes a row that may stand on two pages.
  private static let longCell = 600

  /// Adds a table, whose head stands on every page that it reaches.
  package func add(_ table: Table) {
    closeGap()
    let widths = table.widths.map { Int($0 * Double(TextWriter.textWidth)) }
    put("<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"\(widths.reduce(0, +))\" w:type=\"dxa\"/>")
    put(
      "<w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0420\" w:firstRow=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>"
    )
    for width in widths { put("<w:gridCol w:w=\"\(width)\"/>") }
    put("</w:tblGrid>")
    row(Table.Row(table.heads, isBold: true), table, widths, isHead: true)
    for one in table.rows { row(one, table, widths, isHead: false) }
    put("</w:tbl>")
    hasGap = true
  }

  private func row(_ row: Table.Row, _ table: Table, _ widths: [Int], isHead: Bool) {
    // A row that would fill half a page may go on over the next.
    let isLong = row.cells.contains { $0.utf8.count > TextWriter.longCell }
    put("<w:tr><w:trPr>\(isLong ? "" : "<w:cantSplit/>")\(isHead ? "<w:tblHeader/>" : "")</w:trPr>")
    if row.isSection {
      put("<w:tc><w:tcPr><w:tcW w:w=\"\(widths.reduce(0, +))\" w:type=\"dxa\"/>")
      put("<w:gridSpan w:val=\"\(widths.count)\"/></w:tcPr>")
      cell(row.cells.first ?? "", Run("", isBold: true), isFigure: false)
    } else {
      for (i, width) in widths.enumerated() {
        put("<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/>")
        if isHead { put("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E8EDF3\"/><w:vAlign w:val=\"center\"/>") }
        put("</w:tcPr>")
        cell(
          i < row.cells.count ? row.cells[i] : "", Run("", isBold: row.isBold, isMuted: row.isMuted),
          isFigure: table.areFigures[i])
      }
    }
    put("</w:tr>")
  }

  private func cell(_ text: String, _ look: Run, isFigure: Bool) {
    put("<w:p><w:pPr><w:pStyle w:val=\"TableText\"/>\(isFigure ? "<w:jc w:val=\"right\"/>" : "")</w:pPr>")
    if !text.isEmpty { put(run(Run(text, isBold: look.isBold, isMuted: look.isMuted))) }
    put("</w:p></w:tc>")
  }

  // MARK: Charts

  /// Adds a chart as wide as the text.
  /// - Parameters:
  ///   - figures: a workbook with the cells that it is drawn of, for whoever changes them.
  ///   - height: in millimetres.
  ///   - told: what it is, for readers who cannot see it.
  package func add(_ chart: NativeChart, figures: [UInt8], height: Int, told: String) {
    closeGap()
    var chart = chart
    chart.font = isChinese ? "黑体" : "Arial"
    charts.append((ChartPart(chart).text(data: "rId1"), figures))
    let number = charts.count
    let (width, tall) = (TextWriter.width * 36_000, height * 36_000)
    put(
      "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:drawing>"
        + "<wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
    )
    put("<wp:extent cx=\"\(width)\" cy=\"\(tall)\"/>")
    put(
      "<wp:docPr id=\"\(number)\" name=\"Chart \(number)\" descr=\"\(TextWriter.escaped(told))\"/>"
        + "<wp:cNvGraphicFramePr/>"
    )
    put("<a:graphic><a:graphicData uri=\"\(ChartPart.space)\"><c:chart xmlns:c=\"\(ChartPart.space)\" ")
    put("r:id=\"rIdChart\(number)\"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>")
  }

  // MARK: The document

  /// Writes the document.
  package func write(_ sink: @escaping ZipWriter.Sink) throws {
    closeGap()
    let zip = ZipWriter(level: 6, sink)
    let relation = { (id: String, type: String, target: String) in
      "<Relationship Id=\"\(id)\" Type=\"\(type)\" Target=\"\(target)\"/>"
    }
    let package = "http://schemas.openxmlformats.org/package/2006"
    func relations(_ all: [String]) -> String {
      SheetXML.head + "<Relationships xmlns=\"\(package)/relationships\">" + all.joined() + "</Relationships>"
    }
    try zip.add("[Content_Types].xml", types)
    try zip.add(
      "_rels/.rels",
      relations([
        relation("rId1", SheetXML.relations + "/officeDocument", "word/document.xml"),
        relation("rId2", "\(package)/relationships/metadata/core-properties", "docProps/core.xml"),
        relation("rId3", SheetXML.relations + "/extended-properties", "docProps/app.xml"),
      ]))
    put(section + "</w:body></w:document>")
    try zip.begin("word/document.xml")
    try xml.bytes.withUnsafeBufferPointer { try zip.write($0) }
    try zip.end()
    var targets = [
      relation("rIdStyles", SheetXML.relations + "/styles", "styles.xml"),
      relation("rIdFooter", SheetXML.relations + "/footer", "footer1.xml"),
    ]
    for number in charts.indices {
      targets.append(relation("rIdChart\(number + 1)", SheetXML.relations + "/chart", "charts/chart\(number + 1).xml"))
    }
    try zip.add("word/_rels/document.xml.rels", relations(targets))
    try zip.add("word/styles.xml", TextStyles(isChinese: isChinese).part)
    try zip.add("word/footer1.xml", footer)
    for (number, chart) in charts.enumerated() {
      try zip.add("word/charts/chart\(number + 1).xml", chart.part)
      try zip.add(
        "word/charts/_rels/chart\(number + 1).xml.rels",
        relations([relation("rId1", SheetXML.relations + "/package", "../embeddings/chart\(number + 1).xlsx")]))
      try zip.begin("word/embeddings/chart\(number + 1).xlsx")
      try chart.figures.withUnsafeBufferPointer { try zip.write($0) }
      try zip.end()
    }
    try WorkbookWriter.add(properties, to: zip)
    try zip.finish()
  }

  private var section: String {
    let margins =
      "w:top=\"\(TextWriter.above)\" w:bottom=\"\(TextWriter.below)\" w:left=\"\(TextWriter.side)\" "
      + "w:right=\"\(TextWriter.side)\" w:header=\"720\" w:footer=\"800\" w:gutter=\"0\""
    return "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rIdFooter\"/>"
      + "<w:pgSz w:w=\"\(TextWriter.pageWidth)\" w:h=\"\(TextWriter.pageHeight)\"/><w:pgMar \(margins)/></w:sectPr>"
  }

  /// The number of the page, as papers here have it.
  private var footer: String {
    let number = "<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>"
    return SheetXML.head + "<w:ftr xmlns:w=\"\(TextStyles.space)\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>"
      + run(Run("— ")) + number + run(Run(" —")) + "</w:p></w:ftr>"
  }

  private var types: String {
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    var named = [
      ("/word/document.xml", main + ".document.main+xml"), ("/word/styles.xml", main + ".styles+xml"),
      ("/word/footer1.xml", main + ".footer+xml"),
      ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
      ("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ]
    named += charts.indices.map { ("/word/charts/chart\($0 + 1).xml", ChartPart.contentType) }
    return SheetXML.head + "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
      + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      + "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
      + "<Default Extension=\"xlsx\" "
      + "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\"/>"
      + named.map { "<Override PartName=\"\($0.0)\" ContentType=\"\($0.1)\"/>" }.joined() + "</Types>"
  }
}
