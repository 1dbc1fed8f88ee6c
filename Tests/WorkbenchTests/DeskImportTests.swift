// What `import` says of registers in which a row or a column is not what it seems, with lines that can be performed.
import Answers
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Registers and lists of a desk")
struct DeskImportTests {
  private func register(_ name: String, _ text: String) throws -> Bench {
    let bench = try Bench("scenario: t\ndistrict: 350500-tiz\n")
    try text.write(toFile: bench.path(name), atomically: true, encoding: .utf8)
    return bench
  }

  private func answers(_ bench: Bench, _ command: String) throws -> [Diagnostic] {
    bench.ask(command.replacing("r.csv", with: "\"\(bench.path("r.csv"))\"")).flatMap(\.diagnostics)
  }

  @Test("A column left over is not proposed for a fact that its heading does not speak of")
  func guesses() throws {
    let csv = "姓名,用工单位,入职时间,签订合同时间,是否在岗\n张伟,甲公司,2023-03-01,2023-02-01,是\n王芳,甲公司,2023-03-02,2023-02-02,否\n"
    let told = try answers(register("r.csv", csv), "import r.csv in 350500-tiz as of 2023-12-31")
    let unread = told.filter { $0.code == "column-unread" }
    #expect(unread.contains { $0.message.zh.contains("签订合同时间") })
    for hint in unread.compactMap(\.hint?.zh) {
      #expect(!hint.contains("= 离职日期") && !hint.contains("岗位"), "\(hint)")
    }
    #expect(!unread.contains { $0.message.zh.contains("像是是") })
  }

  @Test("What a heading speaks of is proposed")
  func proposals() throws {
    let csv = "姓名,用工单位,入职时间,合同终止日,是否脱贫\n张伟,甲公司,2023-03-01,2023-09-01,是\n王芳,甲公司,2023-03-02,2023-09-02,否\n"
    let told = try answers(register("r.csv", csv), "import r.csv in 350500-tiz as of 2023-12-31")
    #expect(
      told.contains { $0.hint?.zh.contains("各列 是否脱贫 = 脱贫人员") ?? false }
        || !told.contains { $0.message.zh.contains("是否脱贫") })
  }

  @Test("A column that counts people, and several names in one cell, are told of")
  func crowds() throws {
    let csv = "介绍机构,用工单位,姓名,引进人数,引进时间\n惠民人力,甲公司,张伟、王芳,25,2023-03-01\n惠民人力,甲公司,李娜等3人,12,2023-03-02\n"
    let told = try answers(
      register("r.csv", csv), "import r.csv as hires in 350500-tiz as of 2023-12-31 columns 引进时间 = start")
    #expect(told.contains { $0.code == "counted-people" && $0.message.zh.contains("37") })
    #expect(told.contains { $0.code == "several-people" && $0.message.zh.contains("2 格") })
  }

  @Test("Groups written once and rows that are none are put right by lines of the command, kept for next month")
  func lines() throws {
    let csv =
      "姓名,用工单位,介绍机构,入职时间\n张伟,甲公司,惠民人力,2023-03-01\n王芳,甲公司,,2023-03-02\n李娜,甲公司,,2023-03-02\n刘洋,甲公司,惠工人力,2023-03-02\n"
      + "杨军,甲公司,,2023-03-02\n没人见过的话,,,\n"
    let bench = try register("r.csv", csv)
    let refused = try answers(bench, "import r.csv in 350500-tiz as of 2023-12-31")
    #expect(refused.contains { $0.code == "stray-row" })
    let skipped = try answers(bench, "导入 r.csv 在 350500-tiz 核算日 2023-12-31 不读行 \"没人见过的话\"")
    #expect(skipped.contains { $0.code == "carried-doubt" && $0.hint?.zh.contains("沿用上行 介绍机构") == true })
    #expect(try bench.total("run quanzhou-tiz-2023") == "2000.00")
    let next = try register("r.csv", csv)
    _ = try answers(next, "导入 r.csv 在 350500-tiz 核算日 2023-12-31 沿用上行 介绍机构 不读行 \"没人见过的话\"")
    #expect(try next.total("run quanzhou-tiz-2023") == "5000.00")
    let text = try String(contentsOfFile: next.path("r.yaml"), encoding: .utf8)
    #expect(text.contains("carry: [agency]") && text.contains("skip: [\"没人见过的话\"]"), "\(text)")
    #expect(!next.session.load(path: next.path("r.yaml")).failed)
  }

  @Test("A register without a payment says why")
  func nothing() throws {
    let bench = try register("r.csv", "姓名,用工单位,入职时间\n张伟,甲公司,2023-03-01\n")
    _ = try answers(bench, "import r.csv in 350500-tiz as of 2023-12-31")
    let answer = try #require(bench.ask("run quanzhou-tiz-2023").last)
    let text = AnswerRenderer(format: .table, language: .zh, width: 200).render(answer)
    #expect(text.contains("没有支付"), "\(text)")
  }

  @Test("Agencies and firms that differ by place, trade or brackets are told to be alike")
  func alike() {
    let names = ["惠民", "惠民人力", "惠民人力资源有限公司", "泉州惠民人力资源有限公司", "福光（泉州）机械有限公司", "福光机械有限公司", "福光", "海纺公司"]
    let groups = AlikeNames(names).groups
    #expect(groups.count == 2 && Set(groups.map(\.count)) == [4, 3], "\(groups)")
  }

  @Test("Sets in files are written as they are read")
  func sets() throws {
    let bench = try Bench(
      "scenario: t\ndistrict: 330703\nenterprises: [{id: a, district: 330703}, {id: b, district: 330703}]\n"
        + "fairs: [{id: f, held_in: 520502, date: 2022-03-01, participants: [a, b]}]\n")
    let path = bench.path("f.csv")
    #expect(!bench.ask("list fairs into \"\(path)\"").haveFailed)
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("a; b"))
    let again =
      "scenario: t\ndistrict: 330703\nenterprises: [{id: a, district: 330703}, {id: b, district: 330703}]\n"
      + "fairs_from: f.csv\n"
    try again.write(toFile: bench.path("g.yaml"), atomically: true, encoding: .utf8)
    let answer = bench.session.load(path: bench.path("g.yaml"))
    #expect(!answer.failed, "\(answer.diagnostics.map(\.message.en))")
  }

  @Test("A list of thousands of lines to one firm is held against as many payments in seconds")
  func long() throws {
    let count = 2500
    var facts = "scenario: t\ndistrict: 350500-tiz\nas_of: 2023-12-31\nenterprises: [{id: e, district: 350500-tiz}]\n"
    facts += "agencies: [{id: q, name: 惠民人力, district: 350500-tiz}]\nhires_from: h.csv\n"
    let bench = try Bench("scenario: t\ndistrict: 350500-tiz\n")
    let hires = (1...count).map { "h\($0),e,q,2023-0\($0 % 9 + 1)-01" }.joined(separator: "\n")
    try ("id,enterprise,agency,start\n" + hires + "\n").write(
      toFile: bench.path("h.csv"), atomically: true, encoding: .utf8)
    try facts.write(toFile: bench.path("f.yaml"), atomically: true, encoding: .utf8)
    // Half of what is due, twice over, and some that come to nothing.
    let lines = (1...count).map { n in
      "惠民人力,\(n % 5 == 0 ? 700 : 1000),2023-\(n % 7 == 0 ? "12" : "0\(n % 9 + 1)")-0\(n % 3 + 1)"
    }
    let list = "机构,金额,发放日期\n" + lines.joined(separator: "\n") + "\n"
    try list.write(toFile: bench.path("p.csv"), atomically: true, encoding: .utf8)
    #expect(!bench.session.load(path: bench.path("f.yaml")).failed)
    let clock = ContinuousClock()
    var failed = true
    let time = clock.measure {
      failed = bench.ask("run quanzhou-tiz-2023; audit \"\(bench.path("p.csv"))\"").haveFailed
    }
    #expect(!failed && time < .seconds(60), "\(time)")
  }
}
