// Answers as text documents: headings and tables where they belong, heads that repeat, charts with their figures, and
// no text that is taken for markup.

import Diagnostics
import Testing
import View

@testable import Answers
@testable import Workbooks

@Suite("Answers as text documents")
struct DocumentFormTests {
  private final class Bytes {
    var bytes: [UInt8] = []
  }

  private static func part(_ name: String, of answer: Answer, _ language: Language = .en) throws -> String {
    let out = Bytes()
    let work = FileWork { out.bytes.append(contentsOf: $0) }
    _ = try #require(try AnswerRenderer(format: .document, language: language).write(answer, work))
    return try out.bytes.withUnsafeBytes { bytes in
      let archive = try ZipArchive(bytes)
      let stream = try PartStream(archive, try #require(archive.entries[name]), limit: 1 << 20)
      var room = [UInt8](repeating: 0, count: 1 << 20)
      let count = try room.withUnsafeMutableBufferPointer { try stream.read(into: $0) }
      return String(decoding: room[..<count], as: UTF8.self)
    }
  }

  private static func answer(rows: Int = 2) -> Answer {
    var relation = Relation(
      title: Text("Payments", zh: "明细"), of: Array(0..<rows),
      [
        .id("name", Text("Name", zh: "姓名"), .essential) { "<n\($0)>&" },
        .money("amount", Text("Yuan", zh: "金额"), .essential) { Int64($0) * 100 },
      ])
    relation.footer = Relation.Line([Span(Text("Total", zh: "合计"), .strong)], ["amount": .money(fen: 100)])
    var body = AnswerBody(blocks: [
      .heading(2, Text("Budget", zh: "预算")), .paragraph(Text("as enacted", zh: "按颁布")),
    ])
    body.append(relation)
    body.append(.heading(3, Text("Further", zh: "其他")))
    body.append(.chart(.bars(BarChart(title: Text("Bars", zh: "图"), bars: [.init(.same("a"), .money(fen: 700))]))))
    return Answer(body)
  }

  @Test("long texts get the room of short ones, and a row that fills half a page may go on over the next")
  func widths() throws {
    let relation = Relation(
      of: [0, 1],
      [
        .id("a", Text("Article", zh: "条款"), .essential) { _ in "三（二）" },
        .id("b", Text("Measure", zh: "措施"), .essential) { _ in "Reward for human-resource service agencies" },
        .id("c", Text("Text", zh: "原文"), .essential) {
          String(repeating: "what the text says ", count: $0 == 0 ? 60 : 1)
        },
        .id("d", Text("Note", zh: "说明"), .essential) { _ in "as a general rule, once for each agency in a year" },
      ])
    let text = try Self.part("word/document.xml", of: Answer([.relation(relation)]))
    let widths = text.split(separator: "<w:gridCol w:w=\"").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
    #expect(widths.count == 4 && widths[2] > widths[1] * 2 && widths[2] > widths[3] * 2, "\(widths)")
    #expect(text.ranges(of: "<w:cantSplit/>").count == 2)
  }

  /// The shares of the page, as columns of the size of a letter.
  private func columns(_ heads: [String], _ cells: [String]) throws -> [Double] {
    let relation = Relation(
      of: [0],
      heads.indices.map { column -> AnswerColumn<Int> in
        .id("c\(column)", Text(heads[column], zh: heads[column]), .essential) { _ in cells[column] }
      })
    let text = try Self.part("word/document.xml", of: Answer([.relation(relation)]), .zh)
    let widths = text.split(separator: "<w:gridCol w:w=\"").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
    let sum = widths.reduce(0, +)
    return widths.map { Double($0) / Double(max(sum, 1)) * 88 }
  }

  @Test("months do not break, long heads do, and texts get the room that heads leave")
  func scarce() throws {
    let amount = "38,418.00"
    let course = try columns(
      ["月份", "笔数", "应付（元）", "未到期（元）", "合计（元）", "超出限额（元）", "其中追回（元）", "累计（元）"],
      ["2022-02", "63", amount, "0.00", amount, "12,600.00", "-600.00", amount])
    #expect(course[0] >= 8.9 && [2, 4, 5, 7].allSatisfy { course[$0] >= 10.9 }, "\(course)")
    let moved = try columns(
      ["门槛", "条款", "现行", "修订", "现行临近的对象", "修订后临近的对象", "现行牵涉金额（元）", "修订后牵涉金额（元）"],
      ["机构奖励的首次月数", "三（二）", "3 个月", "4 个月", "18", "29", "66,000.00", "11,550.00"])
    #expect(moved[0] >= 12 && moved.allSatisfy { $0 >= 5.9 }, "\(moved)")
    let text = String(repeating: "未明确的事项", count: 5)
    let amended = try columns(
      ["条款内容", "条款", "现行", "修订", "理由和依据", "资金影响（元）", "得益", "受损"],
      ["输出地范围", "三（一）、三（二）", text, text, "〔待填〕", "-103,958.34", "0", "5"])
    #expect(amended[2] > amended[4] && amended[3] > amended[4] && amended[2] > 12, "\(amended)")
  }

  @Test("a paper that begins a page leaves no line of its own behind the table before it")
  func papers() throws {
    func sheet() -> AnswerBook.Sheet {
      let relation = Relation(of: [0], [.id("a", Text("A", zh: "甲"), .essential) { _ in "x" }])
      var sheet = AnswerBook.Sheet(Text("Paper", zh: "材料"), [.block(.heading(2, Text("Paper", zh: "材料")))])
      sheet.parts += [.list(BookList("a", relation)), .list(BookList("b", relation))]
      sheet.isPaper = true
      return sheet
    }
    var answer = Answer([])
    let sheets = [sheet(), sheet()]
    answer.book = { AnswerBook(sheets) }
    let text = try Self.part("word/document.xml", of: answer)
    let gap = "<w:p><w:pPr><w:spacing w:after=\"0\" w:line=\"200\" w:lineRule=\"exact\"/></w:pPr></w:p>"
    // Between the two tables of each, and behind the last.
    #expect(text.ranges(of: gap).count == 3)
    #expect(text.contains("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Title\"/><w:pageBreakBefore/>"))
  }

  @Test("the first heading is the title, later ones are headings, a table has a caption and a head that repeats")
  func structure() throws {
    let text = try Self.part("word/document.xml", of: Self.answer())
    #expect(text.contains("<w:pStyle w:val=\"Title\"/></w:pPr><w:r><w:t xml:space=\"preserve\">Budget<"))
    #expect(text.contains("w:val=\"Heading2\"/></w:pPr><w:r><w:t xml:space=\"preserve\">Further<"))
    #expect(text.contains("w:val=\"Caption\"") && text.contains("<w:tblHeader/>") && text.contains("<w:cantSplit/>"))
    #expect(text.contains("&lt;n1&gt;&amp;") && text.contains(">1.00<") && text.contains("w:h=\"16838\""))
    let chinese = try Self.part("word/styles.xml", of: Self.answer(), .zh)
    #expect(chinese.contains("w:eastAsia=\"仿宋\"") && chinese.contains("w:eastAsia=\"黑体\""))
    #expect(try Self.part("word/footer1.xml", of: Self.answer()).contains(" PAGE "))
  }

  @Test("no line of a document ends within a day")
  func days() throws {
    let told = "as of 2022-07-01, from 1-2 to 2022-07; no 12022-07-011"
    let text = try Self.part(
      "word/document.xml", of: Answer(AnswerBody(blocks: [.paragraph(Text(told, zh: told))])))
    let hyphen = "</w:t><w:noBreakHyphen/><w:t xml:space=\"preserve\">"
    #expect(text.contains("as of 2022\(hyphen)07\(hyphen)01, from 1-2 to 2022\(hyphen)07; no 12022-07-011<"), "\(text)")
  }

  @Test("a chart is the office's own and brings its figures")
  func chart() throws {
    #expect(try Self.part("word/document.xml", of: Self.answer()).contains("r:id=\"rIdChart1\""))
    let chart = try Self.part("word/charts/chart1.xml", of: Self.answer())
    #expect(chart.contains("<c:v>7.00</c:v>") && chart.contains("<c:externalData r:id=\"rId1\">"))
    #expect(try Self.part("word/embeddings/chart1.xlsx", of: Self.answer()).hasPrefix("PK"))
  }

  @Test("long lists are cut and say where all of them are")
  func long() throws {
    let text = try Self.part("word/document.xml", of: Self.answer(rows: 450))
    #expect(text.contains("50 more, in a workbook: into FILE.xlsx") && !text.contains("&lt;n420&gt;"))
  }
}
