// The register of the next month: in place of the last one, or beside it; who is new, who is gone. And empty scenarios.
import Answers
import Foundation
import Testing

@testable import Workbench

@Suite("The next month's register")
struct NextMonthTests {
  private static let head = "序号,姓名,身份证号,户籍地,用工单位,中介机构,参保日期\n"
  private static let march =
    head + "1,张三,522401199001011014,520502,甲厂,红星人力,2022.3.1\n2,李四,522401199001011030,520502,甲厂,红星人力,2022.3.1\n"
  /// Who is new alone, with running numbers that begin anew.
  private static let april = head + "1,王五,522401199001011057,520502,乙厂,红星人力,2022.4.1\n"

  private static func write(_ text: String, _ name: String, _ bench: Bench) throws -> String {
    try text.write(toFile: bench.path(name), atomically: true, encoding: .utf8)
    return bench.path(name)
  }

  @Test("`like` says who is no longer there, and which line keeps both")
  func gone() throws {
    let bench = try Bench()
    let march = try Self.write(Self.march, "三月.csv", bench), april = try Self.write(Self.april, "四月.csv", bench)
    #expect(bench.ask("import \"\(march)\" in 350112").allSatisfy { !$0.failed })
    let answers = bench.ask("import \"\(april)\" like \"\(bench.path("三月.yaml"))\"")
    #expect(answers.allSatisfy { !$0.failed }, "\(answers.flatMap(\.diagnostics).map(\.message.en))")
    let said = try #require(answers.flatMap(\.diagnostics).first { $0.code == "register-change" })
    #expect(said.severity == .warning)
    #expect(said.message.en.contains("as before: 0; new: 1 (王五); no longer there: 2 (张三, 李四)"), "\(said.message.en)")
    #expect(said.hint?.en.contains("onto") == true)
    let made = try String(contentsOfFile: bench.path("四月.yaml"), encoding: .utf8)
    #expect(made.contains("scenario: \"四月\"") && made.contains("# import"))
    // The whole file: nobody is gone, and it is no warning.
    let whole = try Self.write(Self.march + "3,王五,522401199001011057,520502,乙厂,红星人力,2022.4.1\n", "全.csv", bench)
    let again = bench.ask("import \"\(whole)\" like \"\(bench.path("三月.yaml"))\"").flatMap(\.diagnostics)
    let note = try #require(again.first { $0.code == "register-change" })
    #expect(note.severity == .note && note.message.en.contains("as before: 2; new: 1 (王五)"))
  }

  @Test("A column that is no longer there is told of: whoever had left would be there again")
  func silent() throws {
    let bench = try Bench()
    let rows = { (end: String) in
      "姓名,用工单位,参保日期\(end.isEmpty ? "" : ",离职日期")\n张三,甲厂,2022-03-01\(end.isEmpty ? "" : "," + end)\n"
    }
    let first = try Self.write(rows("2022-05-01"), "一.csv", bench), second = try Self.write(rows(""), "二.csv", bench)
    #expect(bench.ask("import \"\(first)\" in 350112").allSatisfy { !$0.failed })
    let told = bench.ask("import \"\(second)\" like \"\(bench.path("一.yaml"))\"").flatMap(\.diagnostics)
    let warning = try #require(told.first { $0.code == "register-change" && $0.severity == .warning })
    #expect(warning.message.zh.contains("1 条") && warning.message.en.contains("(1)"), "\(warning.message.en)")
    let same = bench.ask("import \"\(first)\" like \"\(bench.path("一.yaml"))\" into \"\(bench.path("三.yaml"))\"")
    #expect(!same.flatMap(\.diagnostics).contains { $0.code == "register-change" && $0.severity == .warning })
  }

  @Test("Several registers of one list are one scenario, from the first or added to it")
  func several() throws {
    let bench = try Bench()
    let noNumbers = { (text: String) in
      text.split(separator: "\n").map { $0.split(separator: ",", maxSplits: 1)[1] }.joined(separator: "\n") + "\n"
    }
    let march = try Self.write(noNumbers(Self.march), "三月.csv", bench)
    let april = try Self.write(noNumbers(Self.april), "四月.csv", bench)
    let both = bench.ask(
      "import \"\(march)\", \"\(april)\" in 350112 as of 2022-12-31 into \"\(bench.path("两月.yaml"))\"")
    #expect(both.allSatisfy { !$0.failed }, "\(both.flatMap(\.diagnostics).map(\.message.en))")
    let made = try String(contentsOfFile: bench.path("两月.yaml"), encoding: .utf8)
    #expect(made.contains("hires_from: [\"三月.csv\", \"四月.csv\"]"), "\(made)")
    #expect(made.contains("\nas_of: 2022-12-31"))
    #expect(made.contains("甲厂") && made.contains("乙厂") && made.components(separatedBy: "红星人力").count == 3)
    #expect(try bench.object("count", "count hires")["count"]?.line == "3")
    #expect(bench.ask("import \"\(march)\" in 350112").allSatisfy { !$0.failed })
    let onto = bench.ask("import \"\(april)\" onto \"\(bench.path("三月.yaml"))\"")
    #expect(onto.allSatisfy { !$0.failed }, "\(onto.flatMap(\.diagnostics).map(\.message.en))")
    let change = try #require(onto.flatMap(\.diagnostics).first { $0.code == "register-change" })
    #expect(change.severity == .note && change.message.en.contains("as before: 2; new: 1 (王五)"))
    #expect(
      try String(contentsOfFile: bench.path("四月.yaml"), encoding: .utf8)
        .contains("hires_from: [\"三月.csv\", \"四月.csv\"]"))
    #expect(bench.ask("import \"\(april)\" in 350112 as of soon").last?.diagnostics.first?.code == "import-day")
  }

  @Test("Those that are only named have the facts that rules ask for as comments, and names alike are told")
  func stubs() throws {
    let bench = try Bench()
    let text =
      Self.march
      + "3,王五,522401199001011057,520502,福建恒申集团有限公司,红星人力,2022.4.1\n4,赵六,522401199001011073,520502,恒申集团,红星人力,2022.4.1\n"
    let path = try Self.write(text, "名.csv", bench)
    let said = bench.ask("import \"\(path)\" in 350112").flatMap(\.diagnostics)
    let alike = try #require(said.first { $0.code == "register-alike" })
    #expect(alike.message.en.contains("福建恒申集团有限公司 / 恒申集团") && !alike.message.en.contains("甲厂"))
    #expect(said.contains { $0.code == "import-no-day" })
    let made = try String(contentsOfFile: bench.path("名.yaml"), encoding: .utf8)
    #expect(made.contains("#   lists: [leading_2021") && made.contains("#   filed: true"), "\(made)")
    #expect(bench.ask("load \"\(bench.path("名.yaml"))\"").allSatisfy { !$0.failed })
  }

  @Test("A register given as a scenario is told from one, with the line that imports it")
  func noScenario() throws {
    let bench = try Bench()
    let path = try Self.write(Self.march, "三 月.csv", bench)
    let mistake = try bench.mistake("load \"\(path)\"")
    #expect(mistake.code == "a-register" && mistake.hint?.en.contains("import \"") == true)
  }

  @Test("An empty scenario loads, and its lines do without their # what a scenario does")
  func blank() throws {
    let bench = try Bench()
    #expect(bench.ask("new scenario \"\(bench.path("空.yaml"))\" in 350112").allSatisfy { !$0.failed })
    let made = try String(contentsOfFile: bench.path("空.yaml"), encoding: .utf8)
    #expect(made.contains("# hires:") && made.contains("#   - {id: …, enterprise: …, start: 2022-03-01}"))
    #expect(bench.ask("load \"\(bench.path("空.yaml"))\"; run").allSatisfy { !$0.failed })
    #expect(try bench.mistake("new scenario \"\(bench.path("空.yaml"))\" in 350112").severity == .error)
    #expect(try bench.mistake("new scenario \"\(bench.path("a.txt"))\" in 350112").code == "new-ending")
    #expect(try bench.mistake("new scenario \"\(bench.path("b.yaml"))\" in Atlantis").code == "unknown-place")
  }

  @Test("A file with a Chinese name goes into the folder that was named")
  func folders() throws {
    let bench = try Bench()
    try FileManager.default.createDirectory(atPath: bench.path("子"), withIntermediateDirectories: true)
    #expect(bench.ask("new scenario \"\(bench.path("子/新情景.yaml"))\" in 350112").allSatisfy { !$0.failed })
    #expect(FileManager.default.fileExists(atPath: bench.path("子/新情景.yaml")))
    #expect(!FileManager.default.fileExists(atPath: bench.path("新情景.yaml")))
  }
}
