import Diagnostics
import Foundation
import FoundationXML
import Testing

@testable import View

@Suite("Pages and pictures") struct PageTests {
  static let stacked = Chart.stacked(
    StackedChart(
      title: Text("Cash flow", zh: "现金流"), xTitle: Text("Month", zh: "月份"), yTitle: Text("Yuan", zh: "元"),
      places: ["2022-03", "2022-04", "2022-05"],
      series: [.init(.same("agency"), fen: [3_000_000, 0, 6_000_000]), .init(.same("base"), fen: [0, 1_500_000])],
      cumulative: [3_000_000, 4_500_000, 10_500_000], limit: 5_000_000))

  static let all: [Chart] = [
    ChartTests.bars, ChartTests.lines, stacked,
    .tornado(
      TornadoChart(
        title: Text("What moves it", zh: "影响"), base: .money(fen: 100),
        bars: [
          .init(.same("<rate> & co"), low: .money(fen: 50), at: .same("270"), high: .money(fen: 150), at: .same("330"))
        ])),
    .histogram(
      Histogram(bins: [
        .init(from: .money(fen: 0), to: .money(fen: 10), count: 3),
        .init(from: .money(fen: 10), to: .money(fen: 20), count: 0),
      ])),
    .bars(BarChart(bars: [])), .lines(LineChart(xTitle: Text("x", zh: "x"), yTitle: Text("y", zh: "y"), series: [])),
    .tornado(TornadoChart(base: .integer(0), bars: [])), .histogram(Histogram(bins: [])),
    .stacked(StackedChart(xTitle: Text("x", zh: "x"), yTitle: Text("y", zh: "y"), places: [], series: [])),
  ]

  @Test("a picture is well-formed, named and described, alone and within a page", arguments: all.indices)
  func pictures(index: Int) throws {
    for standalone in [true, false] {
      let svg = SVGRenderer(language: .zh, isStandalone: standalone).render(Self.all[index])
      let parser = XMLParser(data: Data(svg.utf8))
      #expect(parser.parse(), "\(String(describing: parser.parserError)) in \(svg)")
      #expect(svg.contains("<title>") && svg.contains("<desc>") && svg.contains("role=\"img\""))
      #expect(svg.contains("<style>") == standalone)
      #expect(!svg.contains("nan") && !svg.contains("inf"))
    }
  }

  @Test("a picture in a file says what it is and what its axes measure; on a page the title stands above it")
  func titled() {
    let (title, axis) = (Text("What it is", zh: "这是什么"), Text("Total, yuan", zh: "合计（元）"))
    let count = Text("Draws", zh: "次数")
    let money = ChartValue.money(fen: 100)
    let charts: [Chart] = [
      .bars(BarChart(title: title, axis: axis, bars: [.init(.same("a"), money)])),
      .tornado(
        TornadoChart(
          title: title, axis: axis, base: money,
          bars: [.init(.same("a"), low: .money(fen: 50), at: .same("1"), high: .money(fen: 150), at: .same("2"))])),
      .histogram(
        Histogram(title: title, xTitle: axis, yTitle: count, bins: [.init(from: .money(fen: 0), to: money, count: 3)])),
      .lines(
        LineChart(
          title: title, xTitle: count, yTitle: axis,
          series: [.init(.same("a"), points: [.init(.integer(1), money), .init(.integer(2), money)])])),
      .stacked(
        StackedChart(title: title, xTitle: count, yTitle: axis, places: ["1"], series: [.init(.same("a"), fen: [1])])),
    ]
    for chart in charts {
      let file = SVGRenderer(language: .en, isStandalone: true).render(chart)
      #expect(file.contains(">What it is</text>") && file.contains(">Total, yuan</text>"))
      let page = SVGRenderer(language: .en).render(chart)
      #expect(!page.contains(">What it is</text>") && page.contains(">Total, yuan</text>"))
    }
    for chart in charts[2...] {
      #expect(SVGRenderer(language: .zh, isStandalone: true).render(chart).contains(">次数</text>"))
    }
  }

  @Test("no two of the first eight parts have one colour, light or dark")
  func colours() {
    for style in [PageStyle.light, PageStyle.dark] {
      let colours = (1...8).compactMap { n in
        style.split(separator: ";").first { $0.hasPrefix("--c\(n):") }?.split(separator: ":").last
      }
      #expect(Set(colours).count == 8)
    }
    #expect(Set((0..<8).map { SVGRenderer.part($0) }).count == 8)
  }

  @Test("figures without end or size are drawn nowhere and do no harm")
  func wild() {
    let wild: [Double] = [.nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0, 1e-300]
    let text = Text("x", zh: "x")
    let charts: [Chart] = [
      .bars(BarChart(bars: wild.map { .init(text, .number($0)) })),
      .lines(
        LineChart(
          xTitle: text, yTitle: text, series: [.init(text, points: wild.map { .init(.number($0), .number($0)) })])),
      .histogram(Histogram(bins: wild.map { .init(from: .share($0), to: .number($0), count: .max) })),
      .tornado(
        TornadoChart(
          base: .number(.nan),
          bars: wild.map { .init(text, low: .number($0), at: .same("1"), high: .money(fen: .min), at: .same("2")) })),
      .stacked(
        StackedChart(
          xTitle: text, yTitle: text, places: ["a", "b"],
          series: [.init(text, fen: [.max, .min]), .init(text, fen: [.max, .max])],
          cumulative: [.max, .min], limit: .min)),
    ]
    for chart in charts {
      let svg = SVGRenderer(language: .en).render(chart)
      #expect(XMLParser(data: Data(svg.utf8)).parse())
      #expect(!TerminalRenderer(width: 40).render(Document([.chart(chart)])).isEmpty)
      #expect(!HTMLRenderer(language: .en).render(Document([.chart(chart)])).isEmpty)
    }
  }

  @Test("months stand on one another, in signs where there is no colour, with the budget's verdict")
  func months() {
    #expect(
      TerminalRenderer(width: 60).render(Document([.chart(Self.stacked)])) == """
        Cash flow
        Yuan  So far, yuan
        2022-03 ██████████████ 30,000.00  30,000.00
        2022-04 ▓▓▓▓▓▓▓ 15,000.00  45,000.00
        2022-05 ████████████████████████████ 60,000.00  105,000.00
        █ agency
        ▓ base
        The budget of 50,000.00 yuan is passed in 2022-05, by
        55,000.00 yuan at its end.

        """)
    #expect(
      TerminalRenderer(width: 60, ascii: true).render(Document([.chart(Self.stacked)])).contains(
        "2022-04 ======= 15,000.00"))
    #expect(
      CSVRenderer(language: .en).render(Document([.chart(Self.stacked)]))
        == "month,agency,base,\"Yuan\",cumulative\r\n".replacingOccurrences(of: "\"Yuan\"", with: "sum")
        + "2022-03,30000.00,0.00,30000.00,30000.00\r\n2022-04,0.00,15000.00,15000.00,45000.00\r\n"
        + "2022-05,60000.00,0.00,60000.00,105000.00\r\n"
    )
  }

  @Test("data are data in HTML, and roles are classes")
  func escaping() {
    let renderer = HTMLRenderer(language: .en) { span, _ in span.role == .article ? "#a\"b" : nil }
    let html = renderer.render(
      Document([
        .paragraph([.data("<b>&\"'"), .data("x<y", .code), .data("三", .article), .money(fen: 100)]),
        .code("</code>\u{1B}", language: "po\"licy"),
        .note(.warning, [.data("<i>")]), .lines([[.data("  a<")]]), .list(ordered: true, [[.data("<")]]),
      ]))
    #expect(
      html.contains(
        "&lt;b&gt;&amp;&quot;&#39;<code>x&lt;y</code><a href=\"#a&quot;b\"><span class=\"article\">三</span></a>"
          + "<span class=\"money\">1.00</span>"
      ))
    #expect(html.contains("class=\"policy\"><code>&lt;/code&gt;␛</code>"))
    #expect(!html.contains("<i>"))
  }

  @Test("a derivation is nested lists that fold, however deep it is")
  func trees() {
    var node = TreeNode([.data("leaf")])
    for i in 0..<5_000 { node = TreeNode([.data("\(i)")], children: [node]) }
    let html = HTMLRenderer(language: .en).render(Document([.tree([node])]))
    #expect(html.contains("<summary>4999</summary>") && html.contains("<li>leaf</li>"))
    #expect(html.components(separatedBy: "<ul").count == html.components(separatedBy: "</ul>").count)
    #expect(html.components(separatedBy: "<details").count == html.components(separatedBy: "</details>").count)
  }
}
