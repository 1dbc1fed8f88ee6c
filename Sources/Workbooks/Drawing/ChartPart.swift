// The part of a file that holds a chart: the same XML in a workbook and in a text. Knows nothing of archives.

/// Writes the part of a chart.
package struct ChartPart {
  static let space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
  static let drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
  static let contentType = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
  /// The numbers of the axes.
  private static let (across, upwards) = (111_111_111, 222_222_222)
  /// Those of lines that run over stacked bars and come to far more than any of them.
  private static let (behind, beside) = (333_333_333, 444_444_444)

  private let chart: NativeChart

  package init(_ chart: NativeChart) { self.chart = chart }

  /// The part's text.
  /// - Parameter data: the relation that leads to the workbook behind it; nil in a workbook itself.
  package func text(data: String? = nil) -> String {
    var out = SheetXML.head
    out += "<c:chartSpace xmlns:c=\"\(ChartPart.space)\" xmlns:a=\"\(ChartPart.drawing)\""
    out += " xmlns:r=\"\(SheetXML.relations)\"><c:date1904 val=\"0\"/><c:roundedCorners val=\"0\"/><c:chart>"
    out += title(chart.title, chart.subtitle)
    out += "<c:autoTitleDeleted val=\"0\"/><c:plotArea><c:layout/>" + plots + axes
    out += "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea>"
    if chart.series.count > 1 {
      out += "<c:legend><c:legendPos val=\"b\"/><c:overlay val=\"0\"/></c:legend>"
    }
    out += "<c:plotVisOnly val=\"1\"/><c:dispBlanksAs val=\"gap\"/></c:chart>"
    out += "<c:spPr><a:solidFill><a:srgbClr val=\"FFFFFF\"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>"
    out += "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>\(run("defRPr", size: 900))</a:pPr>"
    out += "<a:endParaRPr lang=\"zh-CN\"/></a:p></c:txPr>"
    if let data { out += "<c:externalData r:id=\"\(data)\"><c:autoUpdate val=\"0\"/></c:externalData>" }
    return out + "</c:chartSpace>"
  }

  // MARK: Text

  private func run(_ name: String, size: Int, bold: Bool = false, colour: String = "404040") -> String {
    let font = SheetXML.escaped(chart.font)
    return "<a:\(name) sz=\"\(size)\" b=\"\(bold ? 1 : 0)\"><a:solidFill><a:srgbClr val=\"\(colour)\"/></a:solidFill>"
      + "<a:latin typeface=\"\(font)\"/><a:ea typeface=\"\(font)\"/></a:\(name)>"
  }

  private func title(_ title: String, _ subtitle: String = "", size: Int = 1200, turned: Bool = false) -> String {
    guard !title.isEmpty else { return "" }
    var out = "<c:title><c:tx><c:rich><a:bodyPr\(turned ? " rot=\"-5400000\" vert=\"horz\"" : "")/><a:lstStyle/><a:p>"
    out += "<a:pPr>\(run("defRPr", size: size, bold: size > 1000))</a:pPr>"
    out += "<a:r>\(run("rPr", size: size, bold: size > 1000))<a:t>\(SheetXML.escaped(title))</a:t></a:r></a:p>"
    if !subtitle.isEmpty {
      out += "<a:p><a:pPr>\(run("defRPr", size: 900))</a:pPr>"
      out += "<a:r>\(run("rPr", size: 900))<a:t>\(SheetXML.escaped(subtitle))</a:t></a:r></a:p>"
    }
    return out + "</c:rich></c:tx><c:overlay val=\"0\"/></c:title>"
  }

  // MARK: Figures

  private func cells(_ cells: NativeChart.Cells) -> String {
    let range = "<c:f>\(SheetXML.escaped(cells.range))</c:f>"
    switch cells.values {
    case .texts(let texts):
      let points = texts.enumerated().map { "<c:pt idx=\"\($0)\"><c:v>\(SheetXML.escaped($1))</c:v></c:pt>" }
      return
        "<c:strRef>\(range)<c:strCache><c:ptCount val=\"\(texts.count)\"/>\(points.joined())</c:strCache></c:strRef>"
    case .numbers(let numbers, let format):
      let points = numbers.enumerated().map { i, number in
        number.map { "<c:pt idx=\"\(i)\"><c:v>\($0)</c:v></c:pt>" } ?? ""
      }
      return "<c:numRef>\(range)<c:numCache><c:formatCode>\(SheetXML.escaped(format))</c:formatCode>"
        + "<c:ptCount val=\"\(numbers.count)\"/>\(points.joined())</c:numCache></c:numRef>"
    }
  }

  /// - Parameter number: its place among all series.
  private func series(_ number: Int, asLine: Bool) -> String {
    let one = chart.series[number]
    let colour = one.isDashed ? "B3261E" : NativeChart.colours[number % NativeChart.colours.count]
    var out = "<c:ser><c:idx val=\"\(number)\"/><c:order val=\"\(number)\"/><c:tx><c:strRef>"
    out += "<c:f>\(SheetXML.escaped(one.nameCell))</c:f><c:strCache><c:ptCount val=\"1\"/>"
    out += "<c:pt idx=\"0\"><c:v>\(SheetXML.escaped(one.name))</c:v></c:pt></c:strCache></c:strRef></c:tx>"
    let fill = "<a:solidFill><a:srgbClr val=\"\(colour)\"/></a:solidFill>"
    if asLine {
      let dash = one.isDashed ? "<a:prstDash val=\"dash\"/>" : ""
      out += "<c:spPr><a:ln w=\"25400\" cap=\"rnd\">\(fill)\(dash)<a:round/></a:ln></c:spPr>"
      let mark = one.isDashed ? "none" : "circle"
      out += "<c:marker><c:symbol val=\"\(mark)\"/>"
      if !one.isDashed { out += "<c:size val=\"5\"/><c:spPr>\(fill)<a:ln>\(fill)</a:ln></c:spPr>" }
      out += "</c:marker>"
    } else {
      out += "<c:spPr>\(fill)</c:spPr><c:invertIfNegative val=\"0\"/>" + labels
    }
    switch chart.form {
    case .points:
      out += "<c:xVal>\(cells(one.categories))</c:xVal><c:yVal>\(cells(one.figures))</c:yVal><c:smooth val=\"0\"/>"
    case .bars, .columns, .stacked, .lines:
      out += "<c:cat>\(cells(one.categories))</c:cat><c:val>\(cells(one.figures))</c:val>"
      if asLine { out += "<c:smooth val=\"0\"/>" }
    }
    return out + "</c:ser>"
  }

  /// Lying bars of one series say what they come to.
  private var labels: String {
    guard chart.form == .bars, chart.series.count == 1 else { return "" }
    return "<c:dLbls><c:numFmt formatCode=\"#,##0.00\" sourceLinked=\"0\"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln>"
      + "</c:spPr><c:showLegendKey val=\"0\"/><c:showVal val=\"1\"/><c:showCatName val=\"0\"/>"
      + "<c:showSerName val=\"0\"/><c:showPercent val=\"0\"/><c:showBubbleSize val=\"0\"/></c:dLbls>"
  }

  private var plots: String {
    let axes = "<c:axId val=\"\(ChartPart.across)\"/><c:axId val=\"\(ChartPart.upwards)\"/>"
    let (lines, bars) = (
      chart.series.indices.filter { chart.series[$0].isLine },
      chart.series.indices.filter { !chart.series[$0].isLine }
    )
    let others = "<c:axId val=\"\(ChartPart.behind)\"/><c:axId val=\"\(ChartPart.beside)\"/>"
    func lineChart(_ numbers: [Int], _ axes: String) -> String {
      "<c:lineChart><c:grouping val=\"standard\"/><c:varyColors val=\"0\"/>"
        + numbers.map { series($0, asLine: true) }.joined() + "<c:marker val=\"1\"/>\(axes)</c:lineChart>"
    }
    func barChart(_ numbers: [Int], lying: Bool, grouping: String, gap: Int, overlap: Int) -> String {
      "<c:barChart><c:barDir val=\"\(lying ? "bar" : "col")\"/><c:grouping val=\"\(grouping)\"/>"
        + "<c:varyColors val=\"0\"/>" + numbers.map { series($0, asLine: false) }.joined()
        + "<c:gapWidth val=\"\(gap)\"/><c:overlap val=\"\(overlap)\"/>\(axes)</c:barChart>"
    }
    switch chart.form {
    case .bars:
      return barChart(bars, lying: true, grouping: "clustered", gap: 45, overlap: chart.series.count > 1 ? 100 : 0)
    case .columns: return barChart(bars, lying: false, grouping: "clustered", gap: 6, overlap: 0)
    case .stacked:
      return barChart(bars, lying: false, grouping: "stacked", gap: 40, overlap: 100)
        + (lines.isEmpty ? "" : lineChart(lines, others))
    case .lines: return lineChart(Array(chart.series.indices), axes)
    case .points:
      return "<c:scatterChart><c:scatterStyle val=\"lineMarker\"/><c:varyColors val=\"0\"/>"
        + chart.series.indices.map { series($0, asLine: true) }.joined() + "\(axes)</c:scatterChart>"
    }
  }

  // MARK: Axes

  private var axes: String {
    let lies = chart.form == .bars
    let first =
      chart.form == .points
      ? valueAxis(ChartPart.across, chart.xTitle, at: "b", crosses: ChartPart.upwards, "autoZero", grid: false)
      : nameAxis(lies: lies)
    // Below lying bars, whose first is at the top, the figures stand at the far end of the names.
    return first
      + valueAxis(
        ChartPart.upwards, chart.yTitle, at: lies ? "b" : "l", crosses: ChartPart.across, lies ? "max" : "min",
        grid: true)
      + (chart.form == .stacked && chart.series.contains(where: \.isLine) ? otherAxes : "")
  }

  /// Names that are not shown a second time, and figures at the right.
  private var otherAxes: String {
    let name = chart.series.first(where: \.isLine)?.name ?? ""
    return "<c:catAx><c:axId val=\"\(ChartPart.behind)\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling>"
      + "<c:delete val=\"1\"/><c:axPos val=\"b\"/><c:crossAx val=\"\(ChartPart.beside)\"/>"
      + "<c:crosses val=\"autoZero\"/></c:catAx>"
      + valueAxis(ChartPart.beside, name, at: "r", crosses: ChartPart.behind, "max", grid: false)
  }

  private func nameAxis(lies: Bool) -> String {
    var out =
      "<c:catAx><c:axId val=\"\(ChartPart.across)\"/><c:scaling><c:orientation val=\"\(lies ? "maxMin" : "minMax")\"/>"
    out += "</c:scaling><c:delete val=\"0\"/><c:axPos val=\"\(lies ? "l" : "b")\"/>"
    out += title(chart.xTitle, size: 900, turned: lies)
    out += "<c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>"
    out += "<c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/>\(ChartPart.line("8C959F"))"
    out += "<c:crossAx val=\"\(ChartPart.upwards)\"/><c:crosses val=\"autoZero\"/><c:auto val=\"0\"/>"
    return out + "<c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/><c:noMultiLvlLbl val=\"1\"/></c:catAx>"
  }

  private func valueAxis(
    _ id: Int, _ name: String, at place: String, crosses other: Int, _ where: String, grid: Bool
  ) -> String {
    var out = "<c:valAx><c:axId val=\"\(id)\"/><c:scaling><c:orientation val=\"minMax\"/>"
    out += (id == ChartPart.upwards ? ends : "") + "</c:scaling>"
    out += "<c:delete val=\"0\"/><c:axPos val=\"\(place)\"/>"
    if grid { out += "<c:majorGridlines>\(ChartPart.line("DDE1E5"))</c:majorGridlines>" }
    out += title(name, size: 900, turned: place != "b")
    out += "<c:numFmt formatCode=\"\(format(of: id))\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>"
    out += "<c:minorTickMark val=\"none\"/><c:tickLblPos val=\"\(grid || place == "r" ? "nextTo" : "low")\"/>"
    out += ChartPart.line(grid ? "FFFFFF" : "8C959F")
    out += "<c:crossAx val=\"\(other)\"/><c:crosses val=\"\(`where`)\"/>"
    return out + "<c:crossBetween val=\"\(chart.form == .points ? "midCat" : "between")\"/></c:valAx>"
  }

  /// Where the axis of bars ends: it begins at nought, so that lengths compare as figures do; below nought there is
  /// room for what stands at the end of a bar.
  private var ends: String {
    guard [.bars, .columns, .stacked].contains(chart.form) else { return "" }
    let figures = chart.series.filter { !$0.isLine }.flatMap { one -> [Double] in
      if case .numbers(let texts, _) = one.figures.values { texts.compactMap { $0.flatMap(Double.init) } } else { [] }
    }
    guard let least = figures.min(), let most = figures.max() else { return "" }
    if least >= 0 { return most > 0 ? "<c:min val=\"0\"/>" : "" }
    let hasRoom = chart.form == .bars && least < -10
    let low = hasRoom ? "<c:min val=\"-\(ChartPart.rounded(above: -least * 1.2))\"/>" : ""
    return (most <= 0 ? "<c:max val=\"0\"/>" : "") + low
  }

  /// A round number that is no smaller.
  private static func rounded(above number: Double) -> Int {
    var step = 1.0
    while step * 10 < number { step *= 10 }
    let factor = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].first { $0 * step >= number } ?? 10
    return Int(min((factor * step).rounded(.up), 1e15))
  }

  /// How figures look on an axis: those of the first series without their fractions.
  private func format(of axis: Int) -> String {
    guard let one = chart.series.first else { return "General" }
    let cells = axis == ChartPart.across ? one.categories : one.figures
    guard case .numbers(_, let format) = cells.values else { return "General" }
    return format == "#,##0.00" ? "#,##0" : format == "+#,##0.00;-#,##0.00;0.00" ? "+#,##0;-#,##0;0" : format
  }

  private static func line(_ colour: String) -> String {
    "<c:spPr><a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"\(colour)\"/></a:solidFill></a:ln></c:spPr>"
  }
}
