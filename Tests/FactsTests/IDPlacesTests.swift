// Rows by id: the same whether ids are searched through or looked up in the table that is made of a long list.

import Testing

@testable import Facts

@Suite("Rows by id")
struct IDPlacesTests {
  @Test("the first row of an id, before and after the table is made", arguments: [10, 256, 257, 5_000])
  func rows(count: Int) {
    var texts = (0..<count).map { "h\($0)" }
    texts[count - 1] = "h3"
    texts[count / 2] = ""
    let ids = IDColumn(texts)
    for _ in 0..<3 {
      for row in [0, 1, 3, count - 2] where row != count / 2 { #expect(ids.row("h\(row)") == row) }
      #expect(ids.row("h\(count)") == nil && ids.row("张") == nil)
      #expect(ids.row("") == count / 2)
      for row in 0..<20 where row < count && row != count / 2 && row != count - 1 { #expect(ids.row("h\(row)") == row) }
    }
  }

  @Test("ids that ascend are found by halves, all of them", arguments: [10, 257, 1_000])
  func ascending(count: Int) {
    let texts = (0..<count).map { String($0 * 3 + 10_000) }
    let ids = IDColumn(texts)
    #expect(ids.ascending)
    for (row, text) in texts.enumerated() { #expect(ids.row(text) == row) }
    for missing in ["10001", "1", "99999", "张", "h"] { #expect(ids.row(missing) == nil) }
  }
}
