// Charts as SVG: for pages, whose colours they take, and as files of their own. Everything that is drawn is also said:
// a title, a description of the figures, and a name on every bar and point. Knows nothing of policies.

import Diagnostics

/// Charts to SVG.
package struct SVGRenderer: Sendable {
  /// The language of titles and figures.
  package var language: Language
  /// Whether the picture stands in a file of its own and brings its colours along.
  package var isStandalone: Bool

  static let width = 720.0

  /// A renderer of charts as pictures.
  package init(language: Language, isStandalone: Bool = false) {
    self.language = language
    self.isStandalone = isStandalone
  }

  /// A picture and the room it takes.
  package struct Picture: Sendable {
    /// Ends in a line feed.
    package let text: String
    /// In points.
    package let width: Int
    package let height: Int
  }

  /// The picture, ending in a line feed.
  package func render(_ chart: Chart) -> String { picture(chart).text }

  /// The picture with the room it takes.
  package func picture(_ chart: Chart) -> Picture {
    var canvas = SVGCanvas()
    var height = draw(chart, &canvas)
    let head = head(chart)
    height += head.height
    let title = chart.title.map { text($0) } ?? kind(chart)
    var out = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" "
    out += "viewBox=\"0 0 \(Markup.number(Self.width)) \(Markup.number(height))\""
    if isStandalone {
      out += " width=\"\(Markup.number(Self.width))\" height=\"\(Markup.number(height))\""
      out += " xml:lang=\"\(language == .zh ? "zh-Hans" : "en")\""
    }
    out += ">\n<title>\(Markup.escaped(title))</title>\n<desc>\(Markup.escaped(description(chart)))</desc>\n"
    if isStandalone {
      out += "<style>\(SVGRenderer.ownStyle)\(SVGRenderer.style)</style>\n"
      out += "<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n"
    }
    if head.height > 0 {
      out += head.body + "<g transform=\"translate(0 \(Markup.number(head.height)))\">\n" + canvas.body + "</g>\n"
    } else {
      out += canvas.body
    }
    return Picture(
      text: out + "</svg>\n", width: Int(Self.width), height: Int(height.isFinite ? height.rounded(.up) : Self.width))
  }

  func text(_ text: Text) -> String { text.in(language) }

  /// What the picture is and what holds in it, in as many lines as it needs: a reader must see all of it. On a page the
  /// title stands above the picture already.
  private func head(_ chart: Chart) -> (body: String, height: Double) {
    var canvas = SVGCanvas()
    var y = 0.0
    if isStandalone, let title = chart.title {
      // Larger letters take more room.
      for line in lines(of: text(title), within: (SVGRenderer.width - 20) * 0.8, canvas) {
        canvas.text(8, y + 20, line, .start, "title")
        y += 20
      }
      y += 6
    }
    if let subtitle = chart.subtitle {
      for line in lines(of: text(subtitle), within: SVGRenderer.width - 20, canvas) {
        canvas.text(10, y + 18, line)
        y += 16
      }
      y += 10
    }
    return (canvas.body, y)
  }

  /// A text in lines of a width, broken at spaces; what has none and is longer, wherever it must be.
  private func lines(of text: String, within room: Double, _ canvas: SVGCanvas) -> [String] {
    var lines = [""]
    let most = max(Int(room / SVGCanvas.columnWidth), 2)
    for word in Visible.text(text).split(separator: " ", omittingEmptySubsequences: true) {
      let longer = lines[lines.count - 1].isEmpty ? String(word) : lines[lines.count - 1] + " " + word
      if canvas.columns.of(longer) <= most {
        lines[lines.count - 1] = longer
        continue
      }
      var rest = word
      while !rest.isEmpty {
        let head = canvas.columns.prefix(of: rest, fitting: most).text
        if lines[lines.count - 1].isEmpty { lines[lines.count - 1] = String(head) } else { lines.append(String(head)) }
        rest = head.isEmpty ? "" : rest[head.endIndex...]
      }
    }
    return lines
  }

  private func kind(_ chart: Chart) -> String {
    switch chart {
    case .bars: text(Text("Bar chart", zh: "条形图"))
    case .lines: text(Text("Line chart", zh: "折线图"))
    case .tornado: text(Text("Tornado chart", zh: "龙卷风图"))
    case .histogram: text(Text("Histogram", zh: "直方图"))
    case .stacked: text(Text("Stacked bars", zh: "堆积柱形图"))
    }
  }

  private func draw(_ chart: Chart, _ canvas: inout SVGCanvas) -> Double {
    switch chart {
    case .bars(let chart): draw(chart, &canvas)
    case .lines(let chart): draw(chart, &canvas)
    case .tornado(let chart): draw(chart, &canvas)
    case .histogram(let chart): draw(chart, &canvas)
    case .stacked(let chart): draw(chart, &canvas)
    }
  }

  /// The figures in a sentence, the first dozen and how many more.
  private func description(_ chart: Chart) -> String {
    let table = chart.table
    let columns = table.allColumns
    let rows = table.sections.flatMap(\.rows)
    let semicolon = text(Text("; ", zh: "；"))
    let head = columns.map { text($0.title) }.joined(separator: text(Text(", ", zh: "，")))
    let told = rows.prefix(12).map { row in
      columns.indices.map { row[cell: $0].spans.map { text($0.text) }.joined() }.joined(
        separator: text(Text(", ", zh: "，")))
    }
    var out =
      kind(chart) + text(Text(". ", zh: "。")) + head + text(Text(": ", zh: "：")) + told.joined(separator: semicolon)
    if rows.count > 12 {
      out += text(Text("; and \(rows.count - 12) more.", zh: "；另有 \(rows.count - 12) 项。"))
    } else {
      out += text(Text(".", zh: "。"))
    }
    if case .stacked(let chart) = chart, let limit = chart.limit { out += " " + text(chart.verdict(limit)) }
    return out
  }

  /// A figure for an axis: short, and exact all the same.
  func tick(_ value: Double, like sample: ChartValue) -> String {
    if case .myriads = sample { return Figures.decimal(value / 1_000_000) }
    guard case .money = sample else { return sample.moved(to: value)?.label ?? "" }
    let yuan = value / 100
    let myriad = yuan / 10_000
    if language == .zh, abs(yuan) >= 10_000, abs(myriad * 100 - (myriad * 100).rounded()) < 1e-6 {
      return Figures.decimal(myriad) + "万"
    }
    return Figures.decimal(yuan)
  }

  /// The classes of the parts of a chart, in turn.
  static func part(_ n: Int) -> String { "c\(n % parts + 1)" }

  /// How many parts have a colour of their own.
  static let parts = 8

  /// What the classes look like; the page and the file bring the variables.
  static let style = """
    .chart text{font:12px/1.3 var(--sans);fill:var(--ink)}
    .chart text.label{fill:var(--ink)}
    .chart text.title{font-size:15px;font-weight:600}
    .chart text.soft{fill:var(--soft)}
    .chart text.figure{font-variant-numeric:tabular-nums}
    .chart .grid{stroke:var(--line);stroke-width:1}
    .chart .axis{stroke:var(--soft);stroke-width:1}
    .chart .limit{stroke:var(--bad);stroke-width:1.5;stroke-dasharray:5 4}
    .chart .base{stroke:var(--ink);stroke-width:1}
    .chart polyline{fill:none;stroke-width:2;stroke-linejoin:round}
    .chart .c1{fill:var(--c1)} .chart .c2{fill:var(--c2)} .chart .c3{fill:var(--c3)}
    .chart .c4{fill:var(--c4)} .chart .c5{fill:var(--c5)} .chart .c6{fill:var(--c6)}
    .chart .c7{fill:var(--c7)} .chart .c8{fill:var(--c8)} .chart rect[class^=c]{stroke:var(--paper);stroke-width:.7}
    .chart polyline.c1{fill:none;stroke:var(--c1)} .chart polyline.c2{fill:none;stroke:var(--c2)}
    .chart polyline.c3{fill:none;stroke:var(--c3)} .chart polyline.c4{fill:none;stroke:var(--c4)}
    .chart polyline.c5{fill:none;stroke:var(--c5)} .chart polyline.c6{fill:none;stroke:var(--c6)}
    .chart polyline.c7{fill:none;stroke:var(--c7)} .chart polyline.c8{fill:none;stroke:var(--c8)}
    .chart .paper{fill:var(--paper)}

    """

  /// The variables of a picture on its own.
  static let ownStyle =
    ":root{" + PageStyle.light + PageStyle.fonts + "}@media(prefers-color-scheme:dark){:root{" + PageStyle.dark + "}}\n"
}
