import Diagnostics
import Testing

@testable import View

@Suite("Documents in a terminal") struct TerminalRendererTests {
  func shown(_ blocks: Block..., width: Int = 40, colour: Bool = false, language: Language = .en, ascii: Bool = false)
    -> String
  {
    TerminalRenderer(width: width, colour: colour, language: language, ascii: ascii).render(Document(blocks))
  }

  @Test("Blocks stand apart, a heading stands by what follows")
  func blocks() {
    let text = shown(
      .heading(1, Text("Answer", zh: "结果")), .paragraph(Text("Two words", zh: "两句")), .rule,
      .list(ordered: true, [[.data("one")], [.data("two")]]), .note(Text("remark", zh: "说明")), width: 12)
    #expect(text == "Answer\n══════\nTwo words\n\n────────────\n\n1. one\n2. two\n\nNote: remark\n")
    #expect(shown() == "")
  }

  @Test("Chinese is broken between characters, never before closing punctuation")
  func chinese() {
    let text = Text.same("用人单位（含个体户）吸纳登记失业人员，给予补贴。")
    #expect(shown(.paragraph(text), width: 20) == "用人单位（含个体户）\n吸纳登记失业人员，给\n予补贴。\n")
    #expect(shown(.paragraph(text), width: 18) == "用人单位（含个体\n户）吸纳登记失业人\n员，给予补贴。\n")
    #expect(shown(.paragraph(text), width: 9) == "用人单位\n（含个体\n户）吸纳\n登记失业\n人员，给\n予补贴。\n")
  }

  @Test("Words stay whole where they fit, and are cut where they do not")
  func words() {
    #expect(shown(.paragraph(.same("the quick  brown fox")), width: 10) == "the quick\nbrown fox\n")
    #expect(shown(.paragraph(.same("abcdefghijklmnop qr")), width: 8) == "abcdefgh\nijklmnop\nqr\n")
    #expect(shown(.list(ordered: false, [[.data("alpha beta gamma")]]), width: 12) == "• alpha beta\n  gamma\n")
  }

  @Test("Trees are drawn with their reasons below, folded ones are counted")
  func trees() {
    let tree = TreeNode(
      [.data("reward "), .money(fen: 30_000)],
      children: [
        TreeNode([.data("settled for 3 months")], children: [TreeNode([.data("hired 2022-03-01")])]),
        TreeNode([.data("agency filed")], children: [TreeNode([.data("x")]), TreeNode([.data("y")])], isFolded: true),
      ])
    #expect(
      shown(.tree([tree])) == """
        reward 300.00
        ├─ settled for 3 months
        │  └─ hired 2022-03-01
        └─ agency filed (2 more lines)

        """)
    #expect(
      shown(.tree([tree]), width: 20, ascii: true) == """
        reward 300.00
        |- settled for 3
        |  |  months
        |  `- hired
        |     2022-03-01
        `- agency filed (2
           more lines)

        """)
  }

  @Test("A deep tree neither runs over the edge nor out of stack")
  func deep() {
    var node = TreeNode([.data("最深")])
    for depth in 0..<2_000 { node = TreeNode([.data("层 \(depth)")], children: [node]) }
    let text = shown(.tree([node]), width: 20)
    #expect(text.contains("[2000] 最深"))
    #expect(text.split(separator: "\n").allSatisfy { DisplayWidth().of($0) <= 20 })
  }

  @Test("Colours come only when asked for, and end where they began")
  func colours() {
    let spans: [Span] = [.data("a"), .money(fen: 100), .data("坏", .bad)]
    #expect(TerminalRenderer(colour: false).render(line: spans) == "a1.00坏")
    #expect(
      TerminalRenderer(colour: true).render(line: spans) == "a\u{1B}[38;5;29m1.00\u{1B}[0m\u{1B}[38;5;160m坏\u{1B}[0m")
  }

  @Test("Every colour can be read on its background, those for any on both", arguments: Role.allCases)
  func contrast(role: Role) {
    for palette in [TerminalLook.Palette.middle, .dark, .light] {
      guard let light = luminance(role.code(palette)) else { continue }
      if palette != .light { #expect((light + 0.05) / 0.05 > 3) }
      if palette != .dark { #expect(1.05 / (light + 0.05) > 3) }
    }
  }

  /// The luminance of a colour of the 256, 0 to 1.
  private func luminance(_ code: String?) -> Double? {
    guard let code, code.contains("38;5;"), let number = Int(code.split(separator: ";").last ?? "") else { return nil }
    let steps = [0.0, 95, 135, 175, 215, 255]
    let cube = number - 16
    let rgb =
      number >= 232
      ? Array(repeating: Double(8 + 10 * (number - 232)), count: 3)
      : [steps[cube / 36], steps[cube / 6 % 6], steps[cube % 6]]
    // The square is near enough to the display's curve for a bound.
    let weights = [0.2126, 0.7152, 0.0722]
    var light = 0.0
    for (part, weight) in zip(rgb, weights) { light += part / 255 * part / 255 * weight }
    return light
  }

  @Test("Amounts in 万 are exact and have as many decimals as the table needs")
  func tenThousands() {
    var look = TerminalLook(width: 80)
    look.unit = .wan
    func shown(_ amounts: [Int64]) -> String {
      let table = Table(columns: [.init(.same("A"), .right)], rows: amounts.map { .init([.money(fen: $0)]) })
      return TerminalRenderer(look, language: .en).render(Document([.table(table)]))
    }
    #expect(shown([123_456_000_000, -5_000_000]).hasSuffix("123,456.00万\n     -5.00万\n"))
    #expect(shown([1_000_000, 1_200, 1]).hasSuffix("1.000000万\n0.001200万\n0.000001万\n"))
    let line = TerminalRenderer(look, language: .en).render(line: [.money(fen: 5_970_000), .change(fen: 10_000)])
    #expect(line == "5.97万+0.01万")
    #expect(TerminalRenderer(look, language: .en).render(line: [.money(fen: .min)]) == "-9,223,372,036,854.775808万")
  }

  @Test("Plain text has no lines, no columns, and words for signs")
  func plain() {
    var look = TerminalLook(width: 80, colour: true)
    look.isPlain = true
    let text = TerminalRenderer(look, language: .en).render(
      Document([
        .heading(level: 1, [.data("Title")]), .table(TableTests.budget),
        .tree([TreeNode([.data("✗ short")], children: [TreeNode([.data("≤ 5")])])]), .rule,
      ]))
    #expect(
      text == """
        Title
        Budget
        Measure: agency_reward; Article: 三（二）; Persons: 1,234; Total: 123,456.50
        Measure: 社会保险补贴; Article: 五; Persons: 7; Total: -0.05
        Measure: Total; Persons: 1,241; Total: 123,456.45

        no: short
          at most 5


        """)
  }

  @Test("What a table leaves out is said, with how to see it; widened, it leaves out nothing")
  func remedy() {
    var look = TerminalLook(width: 30)
    look.remedy = Text("`last wide` shows everything.", zh: "“上次 全宽”显示全部。")
    let narrow = TerminalRenderer(look, language: .zh).render(Document([.table(TableTests.budget)]))
    #expect(narrow.contains("未显示：条款") && narrow.replacing("\n", with: "").contains("“上次 全宽”显示全部。"))
    look.widensTables = true
    let wide = TerminalRenderer(look, language: .zh).render(Document([.table(TableTests.budget)]))
    #expect(wide.contains("三（二）") && !wide.contains("未显示"))
  }

  @Test("Absurd widths are answered", arguments: [Int.min, -1, 0, 1, 7, Int.max])
  func absurd(width: Int) {
    let text = shown(
      .rule, .paragraph(.same("测算")), .table(TableTests.budget), .chart(ChartTests.bars), .chart(ChartTests.lines),
      width: width)
    #expect(text.contains("测算"))
  }

  @Test("Wide ambiguous signs are not drawn with")
  func ambiguous() {
    let text = TerminalRenderer(width: 30, ambiguousWide: true).render(Document([.rule, .table(TableTests.budget)]))
    #expect(text.hasPrefix("------"))
    #expect(!text.contains("─"))
  }

  @Test("A long paragraph is wrapped quickly")
  func long() {
    let text = String(repeating: "就业补助 and words ", count: 100_000)
    let time = ContinuousClock().measure { #expect(shown(.paragraph(.same(text)), width: 60).utf8.count > 1_000_000) }
    #expect(time < .seconds(20))
  }

  @Test("Diagnostics become lines with roles")
  func diagnostics() {
    let source = SourceFile(name: "a.md", text: "run 长乐\n")
    let location = SourceRange(source: source, start: Position(line: 1, column: 5), end: Position(line: 1, column: 7))
    let problem = Diagnostic.error("unknown", Text("unknown \"长乐\"", zh: "未知"), at: location)
    let document = DiagnosticRenderer(language: .en).document([problem])
    #expect(TerminalRenderer().render(document) == "a.md:1:5: error: unknown \"长乐\"\n  1 | run 长乐\n    |     ^^^^\n")
  }
}
