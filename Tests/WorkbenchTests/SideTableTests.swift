// Registers that stand beside others in one sheet, whose days only other cells explain, and whose employer stands above
// the table in words of its own: read as they are and told of, or refused with the line that reads them.

import Answers
import Diagnostics
import Foundation
import Testing

@testable import Workbench

@Suite("Tables side by side, and what a register shows of itself")
struct SideTableTests {
  private func imported(_ text: String, _ file: String = "r.csv", _ more: String = "") throws -> (
    bench: Bench, told: [Diagnostic]
  ) {
    let bench = try Bench("scenario: t\ndistrict: 350500-tiz\n")
    try text.write(toFile: bench.path("r.csv"), atomically: true, encoding: .utf8)
    let command = "import \"\(bench.path(file))\" as hires in 350500-tiz as of 2023-12-31\(more)"
    return (bench, bench.ask(command).flatMap(\.diagnostics))
  }

  private func list(_ bench: Bench) -> String { bench.ask("list hires").flatMap(\.json).map(\.line).joined() }
  private func scenario(_ bench: Bench) throws -> String {
    try String(contentsOfFile: bench.path("r.yaml"), encoding: .utf8)
  }

  private static let twice = """
    2023年名单,,,,,,,
    姓名,用工单位,入职时间,,姓名,用工单位,入职时间,
    张三,甲公司,2023-03-01,,王五,乙公司,2023-05-01,
    李四,甲公司,2023-04-01,,,,,

    """

  @Test("Two tables with the same headings are read one after another, and either alone by its columns")
  func twice() throws {
    let read = try imported(Self.twice)
    #expect(!read.told.contains { $0.severity == .error }, "\(read.told.map(\.message.en))")
    let side = read.told.first { $0.code == "side-tables" }
    #expect(side?.hint?.en.contains("r.csv#E:G") == true, "\(read.told)")
    let all = list(read.bench)
    #expect(all.contains("张三") && all.contains("李四") && all.contains("王五"), "\(all)")
    #expect(try scenario(read.bench).contains("hires_from: [\"r.csv#A:C\", \"r.csv#E:G\"]"))
    let right = try imported(Self.twice, "r.csv#E:G")
    #expect(list(right.bench).contains("王五") && !list(right.bench).contains("张三"), "\(right.told.map(\.message.en))")
    // The scenario reads both again.
    #expect(!read.bench.ask("load \"\(read.bench.path("r.yaml"))\"").haveFailed)
    #expect(list(read.bench) == all)
  }

  @Test("Without an import, tables side by side are refused with their columns")
  func refused() throws {
    let bench = try Bench("scenario: t\ndistrict: 350500-tiz\n")
    try Self.twice.write(toFile: bench.path("r.csv"), atomically: true, encoding: .utf8)
    try "scenario: t\ndistrict: 350500-tiz\nhires_from: r.csv\n".write(
      toFile: bench.path("s.yaml"), atomically: true, encoding: .utf8)
    let told = bench.ask("load \"\(bench.path("s.yaml"))\"").flatMap(\.diagnostics)
    #expect(told.contains { $0.code == "repeated-column" && $0.hint?.en.contains("FILE#E:G") == true }, "\(told)")
  }

  @Test("A list of another sort behind an empty column is refused; columns that end earlier are told of")
  func apart() throws {
    let lists = "姓名,用工单位,入职时间,,中介机构名称,所属区县\n张三,甲公司,2023-03-01,,惠民人力,350112\n李四,甲公司,2023-03-01,,,\n"
    let told = try imported(lists).told
    #expect(
      told.contains { $0.code == "side-tables" && $0.severity == .error && $0.hint?.en.contains("FILE#E:F") == true },
      "\(told)")
    #expect(list(try imported(lists, "r.csv#A:C").bench).contains("李四"))
    let box = "姓名,用工单位,入职时间,,备注,说明\n张三,甲公司,2023-03-01,,一,二\n李四,甲公司,2023-03-01,,,\n"
    let said = try imported(box)
    #expect(said.told.contains { $0.code == "side-tables" && $0.severity == .warning }, "\(said.told)")
    #expect(list(said.bench).contains("李四"))
    let whole = "姓名,用工单位,入职时间,,备注,说明\n张三,甲公司,2023-03-01,,一,二\n李四,甲公司,2023-03-01,,三,四\n"
    #expect(try !imported(whole).told.contains { $0.code == "side-tables" })
  }

  @Test("Days that could be read in two ways are read as others of the file show, and kept so; else they are asked")
  func order() throws {
    let head = "姓名,用工单位,入职时间\n张三,甲公司,01/27/2023\n李四,甲公司,"
    let read = try imported(head + "08/05/2023\n")
    #expect(list(read.bench).contains("2023-08-05"), "\(read.told.map(\.message.en))")
    let note = try #require(read.told.first { $0.code == "dates-settled" })
    #expect(note.severity == .warning && note.message.en.contains("01/27/2023"), "\(note)")
    #expect(try scenario(read.bench).contains("month first"))
    for text in [head + "08/05/2023\n王五,甲公司,27/02/2023\n", "姓名,用工单位,入职时间\n李四,甲公司,08/05/2023\n"] {
      let told = try imported(text).told
      #expect(told.contains { $0.code == "several-meanings" }, "\(told)")
      #expect(!told.contains { $0.code == "dates-settled" }, "\(told)")
    }
  }

  @Test("A day without a year has that of the title, where it lies before the title's month")
  func year() throws {
    let rows = "姓名,用工单位,入职时间\n张三,甲公司,3月1日\n"
    let read = try imported("2023年3月新招用人员名单,,\n" + rows)
    #expect(list(read.bench).contains("2023-03-01"), "\(read.told.map(\.message.en))")
    #expect(read.told.contains { $0.code == "dates-settled" })
    // Of December a list of January says the year before.
    let later = try imported("2023年1月新招用人员名单,,\n" + rows).told
    #expect(later.contains { $0.code == "not-a-date" }, "\(later)")
  }

  @Test("The only firm above the table is the employer where each record must state one")
  func firm() throws {
    for line in ["申请单位（盖章）：甲纺织有限公司,", "付款账号,3500100200,付款户名,甲纺织有限公司"] {
      let read = try imported(line + "\n姓名,入职时间\n张三,2023-03-01\n")
      #expect(list(read.bench).contains("甲纺织有限公司"), "\(line): \(read.told.map(\.message.en))")
      #expect(read.told.contains { $0.code == "beside-columns" && $0.message.en.contains("甲纺织有限公司") })
    }
    let broker = try imported("申请单位：惠民劳务派遣有限公司,\n姓名,入职时间\n张三,2023-03-01\n").told
    let asked = broker.first { $0.severity == .error }
    #expect(asked?.hint?.en.contains("constant enterprise") == true, "\(broker)")
  }
}
