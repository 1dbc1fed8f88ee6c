import Diagnostics
import Testing

@testable import View

@Suite("Tables in a terminal") struct TableTests {
  static let budget = Table(
    title: Text("Budget", zh: "预算"),
    columns: [
      .init(Text("Measure", zh: "措施"), .left, .essential, key: "measure"),
      .init(Text("Article", zh: "条款"), .left, .incidental, key: "article"),
      .init(Text("Persons", zh: "人数"), .right, .useful, key: "persons"),
      .init(Text("Total", zh: "合计"), .right, .essential, key: "total"),
    ],
    rows: [
      .init([.data("agency_reward"), .data("三（二）", .article), .integer(1234), .money(fen: 12_345_650)]),
      .init([.data("社会保险补贴"), .data("五", .article), .integer(7), .money(fen: -5)], role: .muted),
    ],
    footer: .init([.text(Text("Total", zh: "合计")), .empty, .integer(1241), .money(fen: 12_345_645)]))

  func shown(_ table: Table, _ width: Int, _ language: Language = .en, ascii: Bool = false) -> String {
    TerminalRenderer(width: width, language: language, ascii: ascii).render(Document([.table(table)]))
  }

  @Test("Chinese and Latin columns are aligned by display width")
  func aligned() {
    #expect(
      shown(Self.budget, 80) == """
        Budget
        Measure        Article   Persons       Total
        ────────────────────────────────────────────
        agency_reward  三（二）    1,234  123,456.50
        社会保险补贴   五              7       -0.05
        ────────────────────────────────────────────
        Total                      1,241  123,456.45

        """)
    #expect(
      shown(Self.budget, 80, .zh, ascii: true) == """
        预算
        措施           条款       人数        合计
        ------------------------------------------
        agency_reward  三（二）  1,234  123,456.50
        社会保险补贴   五            7       -0.05
        ------------------------------------------
        合计                     1,241  123,456.45

        """)
  }

  @Test("In a narrow window the least important columns go first, and are named")
  func dropped() {
    #expect(
      shown(Self.budget, 34) == """
        Budget
        Measure        Persons       Total
        ──────────────────────────────────
        agency_reward    1,234  123,456.50
        社会保险补贴         7       -0.05
        ──────────────────────────────────
        Total            1,241  123,456.45
        Left out for want of room:
        Article.

        """)
    #expect(shown(Self.budget, 28, .zh).contains("未显示：条款、人\n数。"))
  }

  @Test("In twenty columns rows become lists, and nothing is lost")
  func stacked() {
    #expect(
      shown(Self.budget, 20) == """
        Budget
        Measure:
          agency_reward
        Article: 三（二）
        Persons: 1,234
        Total: 123,456.50

        Measure: 社会保险
          补贴
        Article: 五
        Persons: 7
        Total: -0.05
        ────────────────────
        Measure: Total
        Persons: 1,241
        Total: 123,456.45

        """)
  }

  @Test("No line is wider than the window and no figure is cut", arguments: [8, 12, 20, 21, 30, 33, 40, 79])
  func widths(width: Int) {
    for language in Language.allCases {
      let text = shown(Self.budget, width, language)
      #expect(text.split(separator: "\n").allSatisfy { DisplayWidth().of($0) <= width })
      if width >= 20 { #expect(text.contains("123,456.50") && text.contains("-0.05")) }
    }
  }

  @Test("Long texts are wrapped, then shortened, and a line says so")
  func shortened() {
    let text = String(repeating: "用人单位吸纳重点群体就业，", count: 9)
    let table = Table(
      columns: [.init(Text("Text", zh: "文本")), .init(Text("No", zh: "号"), .right)],
      rows: [.init([.data(text), .integer(3)])])
    let lines = shown(table, 24).split(separator: "\n")
    #expect(lines[2] == "用人单位吸纳重点群体   3")
    #expect(lines[3] == "就业，用人单位吸纳重")
    #expect(lines[9].hasSuffix("…"))
    #expect(lines.dropFirst(10).joined(separator: " ") == "One cell is shortened (…).")
    #expect(lines.allSatisfy { DisplayWidth().of($0) <= 24 })
  }

  @Test("A cell of ten megabytes is shortened quickly")
  func huge() {
    let table = Table(
      columns: [.init(Text("A", zh: "甲"))], rows: [.init([.data(String(repeating: "大", count: 3_400_000))])])
    let time = ContinuousClock().measure { #expect(shown(table, 40).utf8.count < 2_000) }
    #expect(time < .seconds(8))
  }

  @Test("Empty tables and uneven rows are shown")
  func uneven() {
    #expect(shown(Table(columns: []), 40) == "(no rows)\n")
    #expect(shown(Table(columns: [.init(Text("A", zh: "甲"))]), 40, .zh) == "甲\n──\n（无）\n")
    let table = Table(columns: [.init(Text("A", zh: "甲"))], rows: [.init([]), .init([.data("x"), .data("y")])])
    #expect(shown(table, 40) == "A\n────\n\nx  y\n")
  }

  @Test("Sections have a line of their own")
  func sections() {
    let table = Table(
      columns: [.init(Text("Name", zh: "名称")), .init(Text("N", zh: "数"), .right)],
      sections: [
        .init(title: [.data("长乐区")], rows: [.init([.data("a"), .integer(1)])]),
        .init(title: [.data("晋江市")], rows: [.init([.data("b"), .integer(2)])]),
      ])
    #expect(shown(table, 40) == "Name  N\n───────\n长乐区\na     1\n晋江市\nb     2\n")
  }

  @Test("Control characters in data never reach the terminal")
  func controls() {
    let bad = "a\u{1B}[2Jb\nc\u{9B}\u{202E}\t"
    let table = Table(
      title: .same(bad), columns: [.init(.same(bad))],
      sections: [.init(title: [.data(bad)], rows: [.init([.data(bad)])])],
      footer: .init([.percent(bad)]))
    let document = Document([
      .table(table), .paragraph([.data(bad)]), .list(ordered: false, [[.data(bad)]]), .heading(1, .same(bad)),
      .tree([TreeNode([.data(bad)], children: [TreeNode([.data(bad)])])]), .lines([[.data(bad)]]), .note(.same(bad)),
      .chart(.bars(BarChart(title: .same(bad), bars: [.init(.same(bad), .moment(1, bad))]))),
      .chart(
        .tornado(
          TornadoChart(
            base: .moment(0, bad),
            bars: [.init(.same(bad), low: .integer(1), at: .same(bad), high: .integer(2), at: .same(bad))]))),
      .chart(
        .lines(
          LineChart(
            xTitle: .same(bad), yTitle: .same(bad),
            series: [.init(.same(bad), points: [.init(.moment(1, bad), .moment(1, bad))])]))),
    ])
    for width in [10, 30, 200] {
      let text = TerminalRenderer(width: width).render(document)
      #expect(!text.unicodeScalars.contains { $0 != "\n" && Visible.acts($0) })
    }
    let code = TerminalRenderer().render(Document([.code("a\tb\u{1B}\r\nc\n", language: nil)]))
    #expect(code == "a\tb␛\nc\n")
  }
}

@Suite("Choosing columns") struct TableLayoutTests {
  func column(_ natural: Int, _ minimum: Int, _ importance: Table.Importance) -> TableLayout.Column {
    .init(natural: natural, minimum: minimum, importance: importance)
  }

  @Test("Columns keep their width while there is room, then the widest shrink first")
  func shrink() {
    let columns = [column(30, 10, .essential), column(20, 10, .useful), column(8, 8, .useful)]
    #expect(TableLayout.fit(columns, width: 62, gap: 2) == .columns([0, 1, 2], widths: [30, 20, 8]))
    #expect(TableLayout.fit(columns, width: 52, gap: 2) == .columns([0, 1, 2], widths: [20, 20, 8]))
    #expect(TableLayout.fit(columns, width: 32, gap: 2) == .columns([0, 1, 2], widths: [10, 10, 8]))
    #expect(TableLayout.fit(columns, width: 31, gap: 2) == .columns([0, 1], widths: [14, 15]))
    #expect(TableLayout.fit(columns, width: 9, gap: 2) == .stacked)
    #expect(TableLayout.fit([], width: 9, gap: 2) == .stacked)
  }
}
