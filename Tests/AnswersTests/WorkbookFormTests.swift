// Answers as workbooks: typed cells in the reader's language, sums as formulas where they are true, the prose in a
// sheet of its own.
import Diagnostics
import Reckoning
import Testing
import View

@testable import Answers
@testable import Workbooks

@Suite("Answers as workbooks")
struct WorkbookFormTests {
  private struct Line: Sendable {
    let name: String
    let fen: Int64
    var mark: String?
  }

  private static let lines = [Line(name: "=cmd", fen: 120_000), Line(name: "0001", fen: 5, mark: "≤ ")]

  private static func relation(_ lines: [Line], total: Int64) -> Relation {
    var relation = Relation(
      title: Text("Payments: all", zh: "明细：全部"), of: lines,
      [
        .id("name", Text("Name", zh: "姓名"), .essential) { $0.name },
        .money("amount", Text("Yuan", zh: "金额"), .essential) { $0.fen }
          .shown { line in line.mark.map { [.data($0, .warning), .money(fen: line.fen)] } },
        .date("day", Text("Day", zh: "日期"), .useful) { _ in "2022-03-01" },
        .date("month", Text("Month", zh: "月份"), .useful) { _ in "2022-03" },
        .flag("met", Text("Met", zh: "达标"), .useful) { $0.fen > 5 },
        .mixed("share", Text("Share", zh: "比例"), .useful) { _ in .share(Share(parts: 37_500_000)) },
        .count("hidden", Text("Hidden", zh: "隐藏")) { $0.fen },
      ])
    relation.footer = Relation.Line(
      [Span(Text("Total", zh: "合计"), .strong)], ["amount": .money(fen: total)], role: .strong)
    return relation
  }

  private static func answer(total: Int64 = 120_005) -> Answer {
    var body = AnswerBody(blocks: [.heading(2, Text("Budget", zh: "预算")), .paragraph(Text("as enacted", zh: "按颁布"))])
    body.append(relation(lines, total: total))
    body.append(.note(.warning, [Span(Text("look", zh: "看"))]))
    return Answer(
      body, records: [Record(kind: "budget", ["settings": .record(Record(["rate": .money(fen: 40_000)]))])],
      diagnostics: [Diagnostic(.note, code: "n", Text("noted", zh: "已注"))])
  }

  private final class Bytes {
    var bytes: [UInt8] = []
  }

  private static func write(
    _ answer: Answer, _ language: Language = .en, isCancelled: @escaping () -> Bool = { false }
  ) throws -> (bytes: [UInt8], tally: FileTally) {
    let out = Bytes()
    let work = FileWork(isCancelled: isCancelled) { out.bytes.append(contentsOf: $0) }
    let tally = try AnswerRenderer(format: .workbook, language: language).write(answer, work)
    return (out.bytes, try #require(tally))
  }

  /// The rows of every sheet, by the sheet's name.
  private static func sheets(_ bytes: [UInt8]) throws -> [(name: String, rows: [[String]], remarks: Int)] {
    try bytes.withUnsafeBytes { bytes in
      let book = try Workbook(bytes)
      return try book.sheets.indices.map { i in
        let table = try book.table(i)
        return (book.sheets[i].name, (0..<table.rows).map { table.cells($0) }, table.remarks.count)
      }
    }
  }

  @Test("lists are sheets of typed cells, all else is in the last sheet")
  func sheets() throws {
    let (bytes, tally) = try Self.write(Self.answer())
    #expect(tally.sheets == 2 && tally.rows == 2)
    let sheets = try Self.sheets(bytes)
    #expect(sheets.map(\.name) == ["Payments", "Notes"] && sheets.allSatisfy { $0.remarks == 0 })
    #expect(
      sheets[0].rows == [
        ["Name", "Yuan", "Day", "Month", "Met", "Share"], ["=cmd", "1200.00", "2022-03-01", "2022-03", "yes", "37.5%"],
        ["0001", "0.05", "2022-03-01", "2022-03", "no", "37.5%"], ["Total", "1200.05"],
      ])
    #expect(
      sheets[1].rows.map { $0[0] } == [
        "Budget", "as enacted", "Warning: look", "note: noted", "Settings that differ from the documents",
        "rate = 400.00",
      ])
    let chinese = try Self.sheets(try Self.write(Self.answer(), .zh).bytes)
    #expect(chinese.map(\.name) == ["明细", "说明"] && chinese[0].rows[1][4] == "是" && chinese[0].rows[3][0] == "合计")
  }

  @Test("a sum is a formula only where the rows come to it")
  func sums() throws {
    let out = { (total: Int64) in
      try Self.part("xl/worksheets/sheet1.xml", try Self.write(Self.answer(total: total)).bytes)
    }
    #expect(try out(120_005).contains("<f>SUM(B2:B3)</f><v>1200.05</v>"))
    #expect(try !out(120_006).contains("<f>") && out(120_006).contains("<v>1200.06</v>"))
    #expect(try Self.part("xl/styles.xml", try Self.write(Self.answer()).bytes).contains("&quot;≤ &quot;#,##0.00"))
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

  @Test("where people see the first rows, a workbook has all; a cancelled one ends")
  func whole() throws {
    var relation = Self.relation(Array(Self.lines.prefix(1)), total: 120_000)
    relation.whole = {
      Self.relation((0..<3_000).map { Line(name: "n\($0)", fen: 1) }, total: 3_000)
    }
    relation.more = [.note(.note, [Span(Text("more", zh: "更多"))])]
    var body = AnswerBody()
    body.append(relation)
    let (bytes, tally) = try Self.write(Answer(body))
    let sheets = try Self.sheets(bytes)
    #expect(tally.rows == 3_000 && sheets.count == 1 && sheets[0].rows.count == 3_002)
    #expect(sheets[0].rows[3_001][1] == "30.00")
    #expect(AnswerRenderer(format: .table).render(Answer(body)).contains("more"))
    #expect(throws: AnswerStream.Interrupted.self) { try Self.write(Answer(body), isCancelled: { true }) }
  }

  @Test("an answer of nothing but words is one sheet, and a form for files is no text")
  func words() throws {
    let sheets = try Self.sheets(try Self.write(Answer(Document([.paragraph(Text("yes", zh: "是"))]))).bytes)
    #expect(sheets.map(\.name) == ["Notes"] && sheets[0].rows == [["yes"]])
    #expect(OutputFormat.workbook.isForFiles && !OutputFormat.texts.contains(.workbook))
    #expect(AnswerRenderer(format: .workbook).render(Self.answer()).isEmpty)
    let work = FileWork { _ in }
    #expect(try AnswerRenderer(format: .csv).write(Self.answer(), work) == nil)
  }
}
