// What lies on a sheet besides its cells: charts, each at a place and of a size. Knows nothing of what they show.

/// The charts of one sheet.
struct SheetDrawing {
  /// A chart on a sheet.
  struct Placed {
    let chart: NativeChart
    /// Whether readers who cannot see it are told something.
    let told: String
    /// The cell at its upper left, from nought.
    let row: Int
    let column: Int
    /// In millimetres.
    let width: Int
    let height: Int
  }

  private(set) var charts: [Placed] = []

  var isEmpty: Bool { charts.isEmpty }

  mutating func add(_ chart: Placed) { charts.append(chart) }

  static let contentType = "application/vnd.openxmlformats-officedocument.drawing+xml"
  private static let space = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
  /// Parts of a length in which drawings are measured, for each millimetre.
  private static let unit = 36_000

  /// The part, whose relations lead to charts in their order.
  var part: String {
    var out = SheetXML.head + "<xdr:wsDr xmlns:xdr=\"\(SheetDrawing.space)\" xmlns:a=\"\(ChartPart.drawing)\">"
    for (i, placed) in charts.enumerated() {
      out += "<xdr:oneCellAnchor><xdr:from><xdr:col>\(placed.column)</xdr:col><xdr:colOff>0</xdr:colOff>"
      out += "<xdr:row>\(placed.row)</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
      out += "<xdr:ext cx=\"\(placed.width * SheetDrawing.unit)\" cy=\"\(placed.height * SheetDrawing.unit)\"/>"
      out += "<xdr:graphicFrame macro=\"\"><xdr:nvGraphicFramePr>"
      out += "<xdr:cNvPr id=\"\(i + 2)\" name=\"Chart \(i + 1)\" descr=\"\(SheetXML.escaped(placed.told))\"/>"
      out += "<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>"
      out += "<xdr:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/></xdr:xfrm>"
      out += "<a:graphic><a:graphicData uri=\"\(ChartPart.space)\"><c:chart xmlns:c=\"\(ChartPart.space)\""
      out += " xmlns:r=\"\(SheetXML.relations)\" r:id=\"rId\(i + 1)\"/></a:graphicData></a:graphic>"
      out += "</xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>"
    }
    return out + "</xdr:wsDr>"
  }
}
