// The next month's file by the words of an earlier scenario: what the file itself shows holds before what was found of
// the other, what is said now before what was said then, and whatever gives way or stays is told.
import Answers
import Diagnostics
import Foundation
import Testing

@testable import Workbench

@Suite("The next file by an earlier scenario")
struct NextFileTests {
  private let bench: Bench

  init() throws {
    bench = try Bench("scenario: t\ndistrict: 350112\n")
    bench.session.folder = bench.path("")
  }

  private func write(_ text: String, _ name: String) throws {
    try text.write(toFile: bench.path(name), atomically: true, encoding: .utf8)
  }

  private func told(_ command: String) -> [Diagnostic] { bench.ask(command).flatMap(\.diagnostics) }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: bench.path(name), encoding: .utf8) }

  private func starts(_ day: String) throws -> String? {
    try bench.object("count", "count hires where start = \(day)")["count"]?.line
  }

  /// A scenario of December, whose days have no year and whose title has it.
  private func december() throws {
    try write("2022年12月新增,,\n姓名,就业单位,参保日期\n张三,甲厂,12月1日\n", "a.csv")
    #expect(!told("import a.csv in 350112 as of 2023-06-30").contains { $0.severity == .error })
    #expect(try text("a.yaml").contains("year 2022"))
  }

  @Test("the year that the next title names holds before that of the last one, and it is told")
  func title() throws {
    try december()
    try write("2023年1月新增,,\n姓名,就业单位,参保日期\n李四,甲厂,1月5日\n", "b.csv")
    let like = told("import b.csv like a.yaml")
    #expect(like.contains { $0.code == "dates-kept" && $0.severity == .warning }, "\(like.map(\.message.en))")
    #expect(try starts("2023-01-05") == "1")
    // What is written loads, and says it.
    let written = try text("b.yaml")
    #expect(written.contains("year 2023") && !written.contains("year 2022"), "\(written)")
    #expect(!told("load b.yaml").contains { $0.severity == .error })
    #expect(try starts("2023-01-05") == "1")
    // Both files of one scenario are read by the same words: nothing is done that would read one of them wrong.
    let onto = told("import b.csv onto a.yaml into c.yaml")
    #expect(onto.contains { $0.severity == .error }, "\(onto.map(\.message.en))")
    #expect(!FileManager.default.fileExists(atPath: bench.path("c.yaml")))
  }

  @Test("the year of an earlier file that the next one does not show is read by and warned of")
  func unshown() throws {
    try december()
    try write("姓名,就业单位,参保日期\n李四,甲厂,1月5日\n", "b.csv")
    let like = told("import b.csv like a.yaml")
    #expect(like.contains { $0.code == "dates-kept" && $0.severity == .warning }, "\(like.map(\.message.en))")
    #expect(try starts("2022-01-05") == "1")
    // The line that it is answered with works.
    let said = told("import b.csv like a.yaml dates start = \"year 2023\" into c.yaml")
    #expect(!said.contains { $0.severity == .error }, "\(said.map(\.message.en))")
    #expect(try starts("2023-01-05") == "1")
    #expect(try text("c.yaml").contains("year 2023") && !text("c.yaml").contains("year 2022"))
    for word in ["dates \"year 2023\"", "日期写法 \"2023年\""] {
      let again = told("import b.csv like a.yaml \(word) into d.yaml")
      #expect(!again.contains { $0.severity == .error }, "\(word): \(again.map(\.message.en))")
      #expect(try starts("2023-01-05") == "1", "\(word)")
      try FileManager.default.removeItem(atPath: bench.path("d.yaml"))
    }
  }

  @Test("which of day and month comes first is asked of the next file before the last one")
  func order() throws {
    try write("姓名,就业单位,参保日期\n张三,甲厂,25/03/2022\n李四,甲厂,05/03/2022\n", "a.csv")
    _ = told("import a.csv in 350112 as of 2023-06-30")
    #expect(try text("a.yaml").contains("day first"))
    try write("姓名,就业单位,参保日期\n王五,甲厂,03/25/2022\n赵六,甲厂,05/03/2022\n", "b.csv")
    let other = told("import b.csv like a.yaml")
    #expect(
      other.contains { $0.severity == .warning && $0.message.en.contains("03/25/2022") }, "\(other.map(\.message.en))")
    #expect(try starts("2022-05-03") == "1")
    // A file that shows nothing is read as the last one, and what its days are read as is told.
    try write("姓名,就业单位,参保日期\n王五,甲厂,04/03/2022\n", "c.csv")
    let open = told("import c.csv like a.yaml")
    #expect(open.contains { $0.message.en.contains("`04/03/2022` is read as 2022-03-04") }, "\(open.map(\.message.en))")
    #expect(try starts("2022-03-04") == "1")
    // One that shows the same is read without a word.
    try write("姓名,就业单位,参保日期\n王五,甲厂,26/03/2022\n赵六,甲厂,04/03/2022\n", "d.csv")
    #expect(!told("import d.csv like a.yaml").contains { $0.code == "dates-kept" })
  }

  @Test("what holds for every record is told of with the next file, changed where it is said, and not for one of two")
  func constants() throws {
    try write("姓名,就业单位,参保日期\n张三,甲厂,2022-03-01\n", "a.csv")
    _ = told("import a.csv constant agency = 黔西劳务 in 350112 as of 2023-06-30")
    try write("姓名,就业单位,参保日期\n李四,甲厂,2022-04-01\n", "b.csv")
    let like = told("import b.csv like a.yaml")
    #expect(
      like.contains { $0.code == "import-constant" && $0.message.en.contains("黔西劳务") }, "\(like.map(\.message.en))")
    let other = told("import b.csv like a.yaml constant agency = 遵义人力 into c.yaml")
    #expect(!other.contains { $0.severity == .error }, "\(other.map(\.message.en))")
    #expect(other.contains { $0.code == "import-instead" }, "\(other.map(\.message.en))")
    #expect(try bench.object("count", "count hires where agency = 遵义人力")["count"]?.line == "1")
    let onto = told("import b.csv onto a.yaml constant agency = 遵义人力 into d.yaml")
    let refused = onto.first { $0.severity == .error }
    #expect(refused?.message.en.contains("a.yaml") == true, "\(onto.map(\.message.en))")
  }

  @Test("headings that stand in another row than those of the last file are looked for")
  func header() throws {
    try write("名单,,\n,,\n姓名,就业单位,参保日期\n张三,甲厂,2022-03-01\n", "a.csv")
    _ = told("import a.csv header 3 in 350112 as of 2023-06-30")
    #expect(try text("a.yaml").contains("header_row"))
    try write("姓名,就业单位,参保日期\n李四,甲厂,2022-04-01\n", "b.csv")
    let like = told("import b.csv like a.yaml")
    #expect(!like.contains { $0.severity == .error }, "\(like.map(\.message.en))")
    #expect(like.contains { $0.code == "header-moved" && $0.severity == .warning }, "\(like.map(\.message.en))")
    #expect(try starts("2022-04-01") == "1")
    #expect(!told("load b.yaml").contains { $0.severity == .error })
    let said = told("import b.csv like a.yaml header 1 into c.yaml")
    #expect(!said.contains { $0.severity == .error }, "\(said.map(\.message.en))")
  }

  @Test("a row of nothing but a day is a further spell of the person above where that is said, and told of where not")
  func carried() throws {
    let rows = """
      姓名,身份证号,就业单位,参保日期,离职日期
      泽仁,522401199001010116,甲厂,2022-1-1,2022-3-31
      ,,,2022-5-1,
      扎西,522401199002010126,甲厂,2022-2-1,

      """
    try write(rows, "a.csv")
    let carry = "carry worker, worker_id, enterprise"
    let read = told("import a.csv \(carry) in 350112 as of 2023-06-30")
    #expect(!read.contains { $0.severity == .error }, "\(read.map(\.message.en))")
    #expect(try bench.object("count", "count hires")["count"]?.line == "3")
    #expect(try bench.object("count", "count hires where worker_id = 522401199001010116")["count"]?.line == "2")
    let open = told("import a.csv in 350112 as of 2023-06-30 into b.yaml").filter { $0.severity == .error }
    #expect(open.contains { $0.hint?.en.contains("carry") == true }, "\(open.map(\.message.en))")
  }

  @Test("a title of several years is no year of days without one")
  func several() throws {
    for title in ["2022-2023年新增名单", "2022、2023年新增名单", "2022/2023年度名单", "2020-2022年"] {
      try write("\(title),,\n姓名,就业单位,参保日期\n张三,甲厂,3月5日\n", "a.csv")
      let found = told("import a.csv in 350112 as of 2023-06-30")
      #expect(found.contains { $0.severity == .error }, "\(title): \(found.map(\.message.en))")
    }
  }
}
