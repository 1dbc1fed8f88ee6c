// What `import` says of registers in which a row or a column is not what it seems, with lines that can be performed.
import Answers
import Diagnostics
import Foundation
import Sessions
import Testing
import View
import Workbooks

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

  @Test("Districts are offered by name, and a word that Chinese joins to the next is understood")
  func districts() throws {
    let csv = "姓名,用工单位,介绍机构,入职时间\n张伟,甲公司,惠民人力,2023-03-01\n"
    let kept = try register("r.csv", csv)
    let path = kept.path("r.csv")
    func ask(_ more: String) throws -> (bench: Bench, told: [Diagnostic]) {
      let bench = try Bench()
      return (bench, bench.ask("导入 \"\(path)\"" + more).flatMap(\.diagnostics))
    }
    let fresh = Desk(library: Library(files: []))
    var none: [Diagnostic] = []
    fresh.play(SourceFile(name: "test", text: "导入 \"\(path)\""), keepGoing: false) {
      none += $0.diagnostics
      return true
    }
    #expect(none.contains { $0.code == "import-district" && $0.hint?.zh.contains("泉州台商投资区（350500-tiz）") == true })
    #expect(!none.contains { $0.hint?.zh.contains("在 350112") == true })
    let wrong = try ask(" 在 台商").told
    #expect(wrong.contains { $0.code == "unknown-place" && $0.hint?.zh.contains("金东区（330703）") == true })
    for place in [" 在 台商区", " 在泉州台商投资区", " 在台商投资区 核算日2023-12-31"] {
      do { try FileManager.default.removeItem(atPath: kept.path("r.yaml")) } catch {}
      let (bench, told) = try ask(place)
      #expect(!told.contains { $0.severity == .error }, "\(place)")
      #expect(try bench.total("run quanzhou-tiz-2023") == "1000.00", "\(place)")
    }
  }

  @Test(
    "The office's own list takes the place of those that were only named; what was completed by hand is not touched")
  func ownList() throws {
    let bench = try register(
      "r.csv", "姓名,用工单位,介绍机构,入职时间\n张伟,甲公司,惠民人力,2023-03-01\n王芳,甲公司,惠工人力,2023-03-02\n李娜,甲公司,惠友,2023-03-02\n")
    _ = try answers(bench, "import r.csv in 350500-tiz as of 2023-12-31")
    #expect(try bench.total("run quanzhou-tiz-2023") == "3000.00")
    try "机构名称,注册地\n惠民人力,泉州台商投资区\n惠工人力,惠安县\n".write(
      toFile: bench.path("o.csv"), atomically: true, encoding: .utf8)
    let line = "import \"\(bench.path("o.csv"))\" as agencies onto \"\(bench.path("r.yaml"))\""
    let told = bench.ask(line).flatMap(\.diagnostics)
    #expect(!told.contains { $0.severity == .error }, "\(told.map(\.message.zh))")
    #expect(told.filter { $0.code == "import-stubs" }.count == 2)
    #expect(try bench.total("run quanzhou-tiz-2023") == "2000.00")
    let text = try String(contentsOfFile: bench.path("o.yaml"), encoding: .utf8)
    #expect(text.contains("agencies_from:") && text.contains("惠友") && !text.contains("id: \"惠民人力\""), "\(text)")
    let completed = try String(contentsOfFile: bench.path("r.yaml"), encoding: .utf8).replacing(
      "name: \"惠民人力\",", with: "name: \"惠民人力\", filed: true,")
    try completed.write(toFile: bench.path("r.yaml"), atomically: true, encoding: .utf8)
    #expect(
      bench.ask(line).flatMap(\.diagnostics).contains { $0.code == "import-model" && $0.message.zh.contains("惠民人力") })
  }

  @Test(
    "A list whose headings fit two lists is the one that its heading names; two lists in one command are told apart")
  func kinds() throws {
    let bench = try register("r.csv", "姓名,用工单位,介绍机构,入职时间\n张伟,甲公司,惠民人力,2023-03-01\n")
    try "机构名称,注册地\n惠民人力,泉州台商投资区\n".write(toFile: bench.path("o.csv"), atomically: true, encoding: .utf8)
    let both = bench.ask("导入 \"\(bench.path("r.csv"))\"，\"\(bench.path("o.csv"))\" 在 350500-tiz").flatMap(\.diagnostics)
    #expect(
      both.contains { $0.code == "import-lists" && $0.hint?.zh.contains("并入") == true }, "\(both.map(\.message.zh))")
    let own = bench.ask("导入 \"\(bench.path("o.csv"))\" 在 350500-tiz").flatMap(\.diagnostics)
    #expect(!own.contains { $0.severity == .error }, "\(own.map(\.message.zh))")
  }

  @Test("A file of changes joins the register: who is in both is one record, as the later file has it")
  func changes() throws {
    let bench = try register(
      "r.csv", "姓名,户籍地,是否脱贫户,用工单位,入职时间,离职时间\n张伟,丹巴县,是,甲公司,2022-03-01,\n王芳,丹巴县,是,甲公司,2022-03-01,\n")
    _ = try answers(bench, "import r.csv in 330703 as of 2023-12-31")
    #expect(try bench.total("run jindong-2021") == "6000.00")
    try "姓名,户籍地,是否脱贫户,用工单位,入职时间,离职时间\n刘洋,丹巴县,是,甲公司,2022-05-01,\n王芳,丹巴县,是,甲公司,2022-03-01,2022-05-31\n".write(
      toFile: bench.path("n.csv"), atomically: true, encoding: .utf8)
    let told = bench.ask("import \"\(bench.path("n.csv"))\" onto \"\(bench.path("r.yaml"))\"").flatMap(\.diagnostics)
    #expect(!told.contains { $0.severity == .error }, "\(told.map(\.message.zh))")
    #expect(told.contains { $0.code == "same-record" })
    // Three people, one of whom has left before six months were over.
    #expect(try bench.total("run jindong-2021") == "6000.00")
  }

  @Test("Without a home of record the number offers one, and a column whose cells speak of relief is asked about")
  func offers() throws {
    let csv =
      "姓名,身份证号,人员类别,用工单位,入职时间\n张伟,513323199001010214,脱贫户,甲公司,2022-03-01\n王芳,513323199001010222,一般农户,甲公司,2022-03-01\n"
    let bench = try register("r.csv", csv)
    let told = try answers(bench, "导入 r.csv 在 330703 核算日 2023-12-31")
    #expect(told.contains { $0.code == "from-number" && $0.hint?.zh.contains("由身份证号 户籍地") == true })
    #expect(told.contains { $0.code == "column-unread" && $0.hint?.zh.contains("各列 人员类别 = 脱贫人员") == true })
    #expect(try bench.total("run jindong-2021") == "0.00")
    let next = try register("r.csv", csv)
    _ = try answers(next, "导入 r.csv 在 330703 核算日 2023-12-31 各列 人员类别 = 脱贫人员 由身份证号 户籍地")
    #expect(try next.total("run jindong-2021") == "3000.00")
    #expect(try String(contentsOfFile: next.path("r.yaml"), encoding: .utf8).contains("from_number: [origin]"))
    let wrong = try answers(register("r.csv", csv), "导入 r.csv 在 330703 由身份证号 参保日期")
    #expect(wrong.contains { $0.code == "import-number" })
  }

  @Test("A column that names agencies is asked about, and an agency above a table with employers of its own")
  func agencies() throws {
    let csv = "姓名,用工单位,入职时间,推荐渠道\n张伟,甲公司,2023-03-01,惠民人力\n王芳,甲公司,2023-03-01,自主应聘\n"
    let told = try answers(register("r.csv", csv), "导入 r.csv 在 350500-tiz 核算日 2023-12-31")
    #expect(told.contains { $0.code == "column-unread" && $0.hint?.zh.contains("各列 推荐渠道 = 介绍机构") == true })
    let bench = try register("r.csv", csv)
    _ = try answers(bench, "导入 r.csv 在 350500-tiz 核算日 2023-12-31 各列 推荐渠道 = 介绍机构")
    #expect(try bench.total("run quanzhou-tiz-2023") == "1000.00")
    let above = "单位：泉州联创人力资源有限公司（盖章）,,\n姓名,用工单位,入职时间\n张伟,甲公司,2023-03-01\n"
    let firm = try answers(register("r.csv", above), "导入 r.csv 在 350500-tiz 核算日 2023-12-31")
    #expect(firm.contains { $0.code == "firm-above" && $0.hint?.zh.contains("各列 单位 = 介绍机构") == true })
    let taken = try register("r.csv", above)
    _ = try answers(taken, "导入 r.csv 在 350500-tiz 核算日 2023-12-31 各列 单位 = 介绍机构")
    #expect(try taken.total("run quanzhou-tiz-2023") == "1000.00")
  }

  @Test("A table without a heading row, and one of figures by month, say what they are")
  func shapes() throws {
    let plain = try answers(register("r.csv", "1,张伟,甲公司,2023-03-01\n2,王芳,甲公司,2023-03-02\n"), "导入 r.csv 在 350500-tiz")
    #expect(plain.contains { $0.code == "register-list" && $0.message.zh.contains("没有表头") })
    let months = "中介机构,企业,1月,2月,3月,合计\n惠民人力,甲公司,3,4,5,12\n"
    let counted = try answers(register("r.csv", months), "导入 r.csv 在 350500-tiz")
    #expect(counted.contains { $0.code == "register-list" && $0.message.zh.contains("各月的数字") })
  }

  @Test("Names that are nearly the same are made one by the line that is offered")
  func oneName() throws {
    let csv = "姓名,用工单位,介绍机构,入职时间\n张伟,甲公司,惠民人力,2023-03-01\n王芳,甲公司,泉州惠民人力资源有限公司,2023-03-01\n"
    let told = try answers(register("r.csv", csv), "导入 r.csv 在 350500-tiz 核算日 2023-12-31")
    let line = "单元格 \"惠民人力\" = \"泉州惠民人力资源有限公司\""
    #expect(told.contains { $0.code == "register-alike" && $0.hint?.zh.contains(line) == true })
    let bench = try register("r.csv", csv)
    let again = try answers(bench, "导入 r.csv 在 350500-tiz 核算日 2023-12-31 " + line)
    #expect(!again.contains { $0.code == "register-alike" || $0.severity == .error }, "\(again.map(\.message.zh))")
  }

  @Test("Agencies among referrers, who has gone and a shop that employs are told of")
  func words() throws {
    let csv = "姓名,用工单位,入职时间,介绍人,备注\n张伟,甲公司,2023-03-01,惠民人力,5月走\n王芳,甲公司,2023-03-01,老林,\n"
    let told = try answers(register("r.csv", csv), "导入 r.csv 在 350500-tiz 核算日 2023-12-31")
    #expect(told.contains { $0.code == "referrer-agency" && $0.message.zh.contains("惠民人力") })
    #expect(told.contains { $0.code == "column-unread" && $0.message.zh.contains("5月走") })
    let shop = try answers(register("r.csv", "姓名,入职时间,店铺\n张伟,2023-03-01,海丝百货\n"), "导入 r.csv 在 350500-tiz")
    #expect(shop.contains { $0.hint?.zh.contains("店铺 = 就业单位") == true })
  }

  @Test("A column of wages that is not read is told of with the line that reads it; one of numbers is not")
  func wages() throws {
    let csv =
      "姓名,用工单位,入职时间,基本工资,工号,3月工资\n" + "张伟,甲公司,2023-03-01,\"5,200\",10231,5300\n"
      + "王芳,甲公司,2023-03-01,4800元,10232,4900\n"
    let told = try answers(register("r.csv", csv), "导入 r.csv 在 350500-tiz 核算日 2023-12-31")
    let unread = told.filter { $0.code == "column-unread" }
    let offers = unread.first?.hint?.zh.contains("各列 基本工资 = 月工资") ?? false
    #expect(unread.count == 1 && offers, "\(told.map(\.message.zh))")
  }

  @Test("Sheets of other lists are named with the line that adds them, which can be performed")
  func sheets() throws {
    let bench = try Bench("scenario: t\ndistrict: 350500-tiz\nas_of: 2023-12-31\n")
    var bytes: [UInt8] = []
    let writer = try WorkbookWriter(WorkbookWriter.Properties(title: "", program: "")) { bytes += $0 }
    let book = [
      ("人员", [["姓名", "用工单位", "介绍机构", "入职时间"], ["张伟", "甲公司", "惠民人力", "2023-03-01"]]),
      ("机构", [["机构名称", "注册地"], ["惠民人力", "惠安县"]]),
    ]
    for (name, rows) in book {
      try writer.begin(WorkbookWriter.Layout(name: name, widths: []))
      for row in rows { try writer.add(row.map { WorkbookWriter.Cell(.text($0)) }) }
    }
    try writer.finish()
    try Data(bytes).write(to: URL(filePath: bench.path("r.xlsx")))
    let told = bench.ask("导入 \"\(bench.path("r.xlsx"))\" 在 台商区 核算日 2023-12-31").flatMap(\.diagnostics)
    let line = told.first { $0.code == "import-sheets" }?.hint?.zh
    #expect(line?.contains("r.xlsx#机构") == true && line?.contains("并入") == true)
    #expect(try bench.total("run quanzhou-tiz-2023") == "1000.00")
    let more = bench.ask("导入 \"\(bench.path("r.xlsx"))#机构\" 并入 \"\(bench.path("r.yaml"))\"").flatMap(\.diagnostics)
    #expect(!more.contains { $0.severity == .error }, "\(more.map(\.message.zh))")
    // The agency is not of the district.
    #expect(try bench.total("run quanzhou-tiz-2023") == "0.00")
  }
}
