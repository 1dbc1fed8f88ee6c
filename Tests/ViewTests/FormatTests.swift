import Diagnostics
import Testing

@testable import View

@Suite("Figures as text") struct FigureTests {
  @Test(
    "Amounts have two decimals, separators only for people",
    arguments: [
      (Int64(0), "0.00", "0.00"), (5, "0.05", "0.05"), (-5, "-0.05", "-0.05"), (123_450, "1,234.50", "1234.50"),
      (-100_000_000, "-1,000,000.00", "-1000000.00"), (.max, "92,233,720,368,547,758.07", "92233720368547758.07"),
      (.min, "-92,233,720,368,547,758.08", "-92233720368547758.08"),
    ])
  func money(fen: Int64, grouped: String, plain: String) {
    #expect(Figures.money(fen: fen) == grouped)
    #expect(Figures.money(fen: fen, grouped: false) == plain)
    #expect(Cell.money(fen: fen).plain(.zh) == plain)
  }

  @Test("A difference shows its sign")
  func change() {
    #expect(Cell.change(fen: 100).spans.map(\.text.en) == ["+1.00"])
    #expect(Cell.change(fen: -100).spans.map(\.text.en) == ["-1.00"])
    #expect(Cell.change(fen: 0).spans.map(\.text.en) == ["0.00"])
  }

  @Test(
    "Decimals keep two places at most",
    arguments: [(0.125, "0.13"), (1234.5, "1,234.5"), (3, "3"), (-0.001, "0"), (.nan, "–"), (.infinity, "∞")])
  func decimal(value: Double, text: String) {
    #expect(Figures.decimal(value) == text)
  }
}

@Suite("JSON on one line") struct JSONTests {
  @Test("Keys keep their order and amounts are strings")
  func object() {
    let value: JSONValue = [
      "kind": "budget", "total": .money(fen: 123_456), "payments": 12, "upper_bound": false, "missing": ["甲", nil],
      "share": .number("0.375"), "empty": [:], "none": [],
    ]
    #expect(
      value.line
        == #"{"kind":"budget","total":"1234.56","payments":12,"upper_bound":false,"missing":["甲",null],"#
        + #""share":0.375,"empty":{},"none":[]}"#
    )
    #expect(value["payments"] == 12)
    #expect(value["nothing"] == nil)
  }

  @Test(
    "Whatever could end a line or act on a terminal is escaped",
    arguments: [
      ("\"\\/", #""\"\\/""#), ("a\nb\r\n\t", #""a\nb\r\n\t""#), ("\u{0}\u{1B}\u{7F}", #""\u0000\u001b\u007f""#),
      ("\u{2028}\u{2029}", #""\u2028\u2029""#), ("\u{85}é", #""\u0085é""#), ("“”—\u{202E}", #""“”—\u202e""#),
      ("😀测", #""😀测""#), ("", #""""#),
    ])
  func escapes(text: String, expected: String) {
    #expect(JSONValue.string(text).line == expected)
  }

  @Test(
    "A raw number that is none becomes a string",
    arguments: [
      ("0", true), ("-1.5e+3", true), ("10", true), ("1E5", true), ("01", false), ("1.", false), (".5", false),
      ("-", false), ("", false),
      ("NaN", false), ("1,2", false), ("1e", false), ("１", false), ("0x1", false),
    ])
  func numbers(text: String, isNumber: Bool) {
    #expect(JSONValue.number(text).line == (isNumber ? text : "\"\(text)\""))
  }

  @Test("Large values are written quickly, deep ones without running out of stack")
  func large() {
    let row: JSONValue = [
      "measure": "changle-2022.agency_reward", "beneficiary": "长乐“一号”", "amount": .money(fen: 30_000),
    ]
    let time = ContinuousClock().measure {
      #expect(JSONValue.array(Array(repeating: row, count: 20_000)).line.utf8.count > 1_000_000)
    }
    #expect(time < .seconds(10))
    var deep: JSONValue = 1
    for _ in 0..<2_000 { deep = [deep] }
    #expect(deep.line == String(repeating: "[", count: 2_000) + "1" + String(repeating: "]", count: 2_000))
  }
}

@Suite("CSV for other programs") struct CSVTests {
  @Test("The first table's keys head the records; totals are left to the reader")
  func budget() {
    let document = Document([.paragraph(.same("x")), .table(TableTests.budget), .table(Table(columns: []))])
    #expect(
      CSVRenderer(language: .en).render(document)
        == "measure,article,persons,total\r\nagency_reward,三（二）,1234,123456.50\r\n社会保险补贴,五,7,-0.05\r\n")
    #expect(
      CSVRenderer(language: .zh, keys: false, footer: true).render(document)?.hasPrefix("措施,条款,人数,合计\r\n") == true)
    #expect(CSVRenderer(language: .zh, footer: true).render(document)?.hasSuffix("合计,,1241,123456.45\r\n") == true)
    #expect(CSVRenderer(language: .en).render(Document([.rule])) == nil)
  }

  @Test("Quotes, commas and line ends are quoted")
  func quoting() {
    let table = Table(
      columns: [.init(.same("a,b")), .init(.same("c"))],
      rows: [.init([.data("x\"y\""), .data("1\r\n2")]), .init([.data("\n"), .empty])])
    #expect(CSVRenderer(language: .en).render(table) == "\"a,b\",c\r\n\"x\"\"y\"\"\",\"1\r\n2\"\r\n\"\n\",\r\n")
    #expect(
      CSVRenderer(language: .en).render(Table(columns: [.init(.same("a"))], rows: [.init([])])) == "a\r\n\"\"\r\n")
  }

  @Test("Titles of sections become a column")
  func sections() {
    let table = Table(
      columns: [.init(.same("n"))],
      sections: [.init(title: [.data("甲")], rows: [.init([.integer(1)])]), .init(rows: [.init([.integer(2)])])])
    #expect(CSVRenderer(language: .en).render(table) == "section,n\r\n甲,1\r\n,2\r\n")
  }
}

@Suite("Documents as Markdown") struct MarkdownTests {
  func shown(_ blocks: Block..., language: Language = .en) -> String {
    MarkdownRenderer(language: language).render(Document(blocks))
  }

  @Test("A table is GitHub's, with figures to the right")
  func table() {
    #expect(
      shown(.table(TableTests.budget), language: .zh) == """
        **预算**

        | 措施 | 条款 | 人数 | 合计 |
        | --- | --- | ---: | ---: |
        | agency_reward | 三（二） | 1,234 | 123,456.50 |
        | 社会保险补贴 | 五 | 7 | -0.05 |
        | **合计** |  | **1,241** | **123,456.45** |

        """)
    #expect(shown(.table(Table(columns: [.init(.same("a"))]))) == "| a |\n| --- |\n\n(no rows)\n")
    #expect(shown(.table(Table(columns: []))) == "(no rows)\n")
  }

  @Test(
    "Data read as they are",
    arguments: [
      ("a|b", "a\\|b"), ("*x* [y](z) <b>", "\\*x\\* \\[y\\](z) \\<b\\>"), ("agency_reward", "agency_reward"),
      ("_x_", "\\_x\\_"),
      ("# x", "\\# x"), ("1. x", "1\\. x"), ("1,234.50", "1,234.50"), ("- x", "\\- x"), ("2024-06-30", "2024-06-30"),
      ("a\nb", "a␊b"),
      ("`x`", "\\`x\\`"), ("长乐_区", "长乐_区"), ("&amp;", "\\&amp;"), ("    x", "x"), ("", ""),
    ])
  func escaping(text: String, expected: String) {
    #expect(shown(.paragraph(.same(text))) == (expected.isEmpty ? "" : expected + "\n"))
  }

  @Test("Marks are only written where they work")
  func marks() {
    let strong = Span.data("“合计”", .strong)
    #expect(shown(.paragraph([.data("共"), strong, .data("元")])) == "共“合计”元\n")
    #expect(shown(.paragraph([.data("共 "), strong, .data(" 元")])) == "共 **“合计”** 元\n")
    #expect(shown(.paragraph([.data("共"), .data("合计 ", .strong), .data("元")])) == "共**合计** 元\n")
    #expect(shown(.paragraph([.data("a`b", .code)])) == "``a`b``\n")
    #expect(
      shown(.table(Table(columns: [.init(.same("x"))], rows: [.init([.data("a|b", .code)])]))).contains("`a\\|b`"))
  }

  @Test("Code is fenced by more than it contains; trees are lists")
  func code() {
    #expect(shown(.code("x ```` y\n", language: "policy")) == "`````policy\nx ```` y\n`````\n")
    #expect(
      shown(.tree([TreeNode([.data("a")], children: [TreeNode([.data("b")]), TreeNode([.data("c")])])]))
        == "- a\n  - b\n  - c\n")
    #expect(shown(.heading(9, Text("T", zh: "题")), .note(.warning, [.data("w")])) == "###### T\n\n> **Warning**: w\n")
  }
}
