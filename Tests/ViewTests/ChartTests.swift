import Diagnostics
import Testing

@testable import View

@Suite("Charts") struct ChartTests {
  static let bars = Chart.bars(
    BarChart(
      title: Text("By measure", zh: "按措施"),
      bars: [
        .init(.same("社保补贴"), .money(fen: 800_000)), .init(.same("reward"), .money(fen: 400_000)),
        .init(.same("none"), .money(fen: 0)), .init(.same("small"), .money(fen: 1)),
      ]))
  static let lines = Chart.lines(
    LineChart(
      xTitle: Text("rate_3m, yuan", zh: "rate_3m，元"), yTitle: Text("total, yuan", zh: "合计，元"),
      series: [
        .init(.same("changle"), points: (0...4).map { .init(.integer(100 * $0), .money(fen: 2_000_000 * $0 * $0)) })
      ]))

  func shown(_ chart: Chart, width: Int = 40, ascii: Bool = false) -> String {
    TerminalRenderer(width: width, ascii: ascii).render(Document([.chart(chart)]))
  }

  @Test("Bars are as long as their figures")
  func bar() {
    #expect(
      shown(Self.bars) == """
        By measure
        社保补贴 ██████████████████████ 8,000.00
        reward   ███████████ 4,000.00
        none      0.00
        small    ▏ 0.01

        """)
    #expect(shown(Self.bars, ascii: true).contains("reward   ########### 4,000.00"))
  }

  @Test("Negative bars lie on the other side of zero")
  func negative() {
    let chart = Chart.bars(BarChart(bars: [.init(.same("a"), .integer(-10)), .init(.same("b"), .integer(10))]))
    #expect(shown(chart, width: 20) == "a ███████ -10\nb        ███████ 10\n")
  }

  @Test("A line goes through its points, with the ends of the axes named")
  func line() {
    #expect(
      shown(Self.lines, width: 44, ascii: true) == """
        total, yuan
        320,000.00 |                               *
                   |                             ..
                   |                           ..
                   |                          .
                   |                        ..
        160,000.00 |                      .*
                   |                    ..
                   |                  ..
                   |                *.
                   |            ....
                   |      ..*...
              0.00 |*.....
                   +--------------------------------
                    0                            400
        rate_3m, yuan

        """)
  }

  @Test("Figures that are not finite, single points and no points at all are answered")
  func odd() {
    let wild: [Double] = [.nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 0]
    let points = wild.map { LineChart.Point(.number($0), .number($0)) }
    let text = Text("x", zh: "x")
    for width in [8, 20, 80] {
      for points in [points, [], [.init(.integer(1), .integer(1))]] {
        let chart = Chart.lines(
          LineChart(xTitle: text, yTitle: text, series: [.init(text, points: points), .init(text, points: [])]))
        #expect(!shown(chart, width: width).isEmpty)
      }
      #expect(!shown(.bars(BarChart(bars: wild.map { .init(text, .number($0)) })), width: width).isEmpty)
      #expect(
        !shown(
          .histogram(Histogram(bins: wild.map { .init(from: .share($0), to: .number($0), count: .max) })), width: width
        ).isEmpty)
      let tornado = TornadoChart(
        base: .number(.nan),
        bars: wild.map { .init(text, low: .number($0), at: .same("1"), high: .money(fen: .min), at: .same("2")) }
      )
      #expect(!shown(.tornado(tornado), width: width).isEmpty)
    }
  }

  @Test("Any chart can be read as a table")
  func tables() {
    #expect(
      CSVRenderer(language: .en).render(Document([.chart(Self.lines)]))
        == "\"rate_3m, yuan\",\"total, yuan\"\r\n0,0.00\r\n100,20000.00\r\n200,80000.00\r\n300,180000.00\r\n"
        + "400,320000.00\r\n"
    )
    let two = LineChart(
      xTitle: Text("x", zh: "x"), yTitle: Text("y", zh: "y"),
      series: [
        .init(.same("a"), points: [.init(.integer(2), .integer(1))]),
        .init(.same("b"), points: [.init(.integer(1), .share(0.5))]),
      ])
    #expect(CSVRenderer(language: .zh).render(Document([.chart(.lines(two))])) == "x,a,b\r\n1,,50%\r\n2,1,\r\n")
  }
}
