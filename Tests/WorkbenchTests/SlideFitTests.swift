// The size of type on printed slides: large where there is little, small where there is much.

import Testing

@testable import Workbench

@Suite("Type on slides")
struct SlideFitTests {
  private func size(_ html: String) -> Int { Int(SlideFit.style(of: html).dropFirst(4)) ?? 0 }

  @Test("what is short is large, what is long is small, and more is never larger")
  func sizes() {
    let line = "<p>五十人稳定就业满三个月的，按人给起步奖励。</p>\n"
    #expect(size("<h2>要花多少</h2>" + line) == SlideFit.sizes[0])
    #expect(size(String(repeating: line, count: 200)) == SlideFit.sizes[SlideFit.sizes.count - 1])
    let all = (1...60).map { size(String(repeating: line, count: $0)) }
    #expect(zip(all, all.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(Set(all).count > 3)
  }

  @Test("what stands between two clauses takes room")
  func clauses() {
    let clause = "<h3>一、吸纳补贴</h3><p>按每人 1,333.33 元给予补贴。</p>\n"
    let (plain, cut) = (
      String(repeating: clause, count: 7), String(repeating: "<section>" + clause + "</section>", count: 7)
    )
    #expect(size(plain) > size(cut))
  }

  @Test("a chart takes its room, and what paper does not show takes none")
  func pictures() {
    let rows = String(repeating: "<tr><td>红星人力</td><td>300.00</td></tr>", count: 12)
    let chart = "<svg viewBox=\"0 0 1 1\"><text>7.5万</text></svg>"
    #expect(size("<table>" + rows + "</table>" + chart) < size("<table>" + rows + "</table>"))
    let folded = "<details class=\"figures\"><summary>数据</summary><table>\(rows)\(rows)</table></details>"
    #expect(size("<table>" + rows + "</table>" + folded) == size("<table>" + rows + "</table>"))
    #expect(size("<pre><code>" + String(repeating: "计 起步人员\n", count: 40) + "</code></pre>") < SlideFit.sizes[0])
  }
}
