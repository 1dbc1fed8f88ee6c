// Books as workbooks: sheets in the order in which they are read, figures that are sums over other sheets, charts over
// cells, and id numbers with the middle covered.

import Diagnostics
import Testing
import View

@testable import Answers
@testable import Workbooks

@Suite("Books as workbooks")
struct BookFormTests {
  private struct Line: Sendable {
    let name: String
    let fen: Int64
    let status: Text
  }

  private static let paid = Text("paid", zh: "已付")
  private static let open = Text("open", zh: "未付")
  private static let lines = [
    Line(name: "a", fen: 120_000, status: paid), Line(name: "b", fen: 5, status: open),
    Line(name: "c", fen: 30_000, status: paid),
  ]

  /// - Parameter total: what the summary says that the paid lines come to.
  private static func answer(total: Int64 = 150_000) -> Answer {
    var list = BookList(
      "lines",
      Relation(
        of: lines,
        [
          .id("name", Text("Name", zh: "姓名"), .essential) { $0.name },
          .money("amount", Text("Yuan", zh: "金额"), .essential) { $0.fen },
          .words("status", Text("Status", zh: "状态"), .essential) { $0.status },
        ]))
    list.tallied = ["status", "amount"]
    var summary = Relation(
      of: [total],
      [
        .words("what", Text("What", zh: "项目"), .essential) { _ in Text("All", zh: "全部") },
        .count("count", Text("Payments", zh: "笔数"), .essential) { _ in 2 },
        .money("total", Text("Total", zh: "合计"), .essential) { $0 },
      ])
    summary.footer = Relation.Line(
      [Span(Text("Total", zh: "合计"), .strong)], ["total": .money(fen: total)], role: .strong)
    var sums = BookList("summary", summary)
    sums.sums["total"] = { _ in BookSum(of: "amount", in: "lines", where: "status", is: [paid]) }
    sums.sums["count"] = { _ in BookSum(of: nil, in: "lines", where: "status", is: [paid]) }
    let number = "11010519491231002X"
    let book = AnswerBook([
      AnswerBook.Sheet(
        Text("Summary", zh: "汇总"),
        [
          .block(.heading(2, Text("Budget", zh: "预算"))), .block(.paragraph(.same(number + ", 110105194912310021"))),
          .list(sums),
          .bars(BookBars(Text("By", zh: "各项"), axis: .same("元"), list: "summary", names: "what", figures: "total")),
        ]), AnswerBook.Sheet(Text("Lines", zh: "明细"), [.list(list)], isLong: true),
    ])
    var answer = Answer(Document([.heading(2, Text("Budget", zh: "预算"))]))
    answer.book = { book }
    return answer
  }

  private final class Bytes {
    var bytes: [UInt8] = []
  }

  private static func write(_ answer: Answer, _ language: Language = .en, whole: Bool = false) throws -> [UInt8] {
    let out = Bytes()
    let work = FileWork(showsIdNumbers: whole) { out.bytes.append(contentsOf: $0) }
    let tally = try #require(try AnswerRenderer(format: .workbook, language: language).write(answer, work))
    #expect(tally.sheets == 2 && tally.rows == 4)
    return out.bytes
  }

  private static func part(_ name: String, _ bytes: [UInt8]) throws -> String {
    try bytes.withUnsafeBytes { bytes in
      let archive = try ZipArchive(bytes)
      let stream = try PartStream(archive, try #require(archive.entries[name]), limit: 1 << 20)
      var room = [UInt8](repeating: 0, count: 1 << 20)
      let count = try room.withUnsafeMutableBufferPointer { try stream.read(into: $0) }
      return String(decoding: room[..<count], as: UTF8.self)
    }
  }

  @Test("the summary stands first and rests on the sheet behind it, in either language")
  func sums() throws {
    for (language, names, word) in [(Language.en, ["Summary", "Lines"], "paid"), (.zh, ["汇总", "明细"], "已付")] {
      let bytes = try Self.write(Self.answer(), language)
      try bytes.withUnsafeBytes { bytes in
        let book = try Workbook(bytes)
        #expect(book.sheets.map(\.name) == names)
        let table = try book.table(0)
        #expect((0..<table.rows).map { table.cells($0) }[2...].map(\.self).contains { $0.contains("1500.00") })
      }
      // Written second, since its formulas need to know where the lines stand.
      let sheet = try Self.part("xl/worksheets/sheet2.xml", bytes)
      let lines = names[1]
      #expect(
        sheet.contains(
          "<f>SUMIFS('\(lines)'!$B$2:$B$4,'\(lines)'!$C$2:$C$4,&quot;\(word)&quot;)</f>" + "<v>1500.00</v>"))
      #expect(sheet.contains("<f>COUNTIFS('\(lines)'!$C$2:$C$4,&quot;\(word)&quot;)</f><v>2</v>"))
      #expect(sheet.contains("<f>SUM(C4:C4)</f>") && sheet.contains("ySplit=\"3\""))
      let book = try Self.part("xl/workbook.xml", bytes)
      #expect(book.contains("localSheetId=\"0\">'\(names[0])'!$3:$3<"))
      #expect(book.contains("localSheetId=\"1\">'\(lines)'!$1:$1<"))
    }
  }

  @Test("the chart follows the cells of the summary, and brings what stands in them along")
  func chart() throws {
    let bytes = try Self.write(Self.answer())
    let chart = try Self.part("xl/charts/chart1.xml", bytes)
    #expect(chart.contains("<c:f>'Summary'!$C$4</c:f>") && chart.contains("<c:v>1500.00</c:v>"))
    #expect(chart.contains("<c:f>'Summary'!$A$4</c:f>") && chart.contains("<c:v>All</c:v>"))
    #expect(try Self.part("xl/worksheets/sheet2.xml", bytes).contains("<drawing r:id=\"rId1\"/>"))
    #expect(try Self.part("[content_types].xml", bytes).contains("/xl/charts/chart1.xml"))
  }

  @Test("the middle of id numbers is covered unless somebody wants them whole, mistyped ones too")
  func idNumbers() throws {
    let covered = try Self.part("xl/worksheets/sheet2.xml", try Self.write(Self.answer()))
    #expect(covered.contains("110105********002X, 110105********0021"))
    let whole = try Self.part("xl/worksheets/sheet2.xml", try Self.write(Self.answer(), whole: true))
    #expect(whole.contains("11010519491231002X"))
  }

  @Test("every kind of chart is drawn over its figures")
  func kinds() throws {
    let money = { ChartValue.money(fen: $0) }
    let charts: [(Chart, String)] = [
      (.bars(BarChart(bars: [.init(.same("a"), money(5))])), "barDir val=\"bar\""),
      (
        .lines(
          LineChart(
            xTitle: .same("x"), yTitle: .same("y"),
            series: [.init(.same("s"), points: [.init(.integer(1), money(2)), .init(.integer(3), money(4))])])),
        "scatterChart"
      ),
      (
        .tornado(
          TornadoChart(
            base: money(100),
            bars: [.init(.same("r"), low: money(50), at: .same("1"), high: money(300), at: .same("2"))])),
        "<c:v>-0.50</c:v>"
      ), (.histogram(Histogram(bins: [.init(from: money(0), to: money(1_000), count: 3)])), "gapWidth val=\"6\""),
      (
        .stacked(
          StackedChart(
            xTitle: .same("t"), yTitle: .same("y"), places: ["2022-01"], series: [.init(.same("m"), fen: [7])],
            cumulative: [7], limit: 9)), "lineChart"
      ),
    ]
    for (chart, sign) in charts {
      let figures = try #require(ChartFigures(chart, .zh))
      let native = figures.chart(range: { "S!$\($0)" }, head: { "S!\($0)" })
      let text = ChartPart(native).text()
      #expect(text.contains(sign), "\(sign)")
      #expect(text.contains("<c:f>S!$1</c:f>"))
    }
    #expect(ChartFigures(.bars(BarChart(bars: [])), .en) == nil)
  }
}
