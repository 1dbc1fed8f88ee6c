// Values that a question tries: within the bounds of the document, and told of where nothing can be costed at them.

import Answers
import Testing
import View

@testable import Workbench

@Suite("Values that are tried")
struct CostedValuesTests {
  /// A hundred workers of one agency, of which three to five are needed: 100 x 100 yuan x 50 % = 5,000 yuan.
  private static let bounded = """
    # 奖

    ```policy
    文件 bd
      施行地区 长乐区〔350112〕

    措施 奖
      名称 “奖”
      条款 “一”
      待遇类型 奖
      参数 起奖人数＝3人，不少于3人，不超过5人 “起奖”
      参数 比例＝50%，不少于45%，不超过52% “比例”
      对每家机构，每个年度
      计 达标人员＝该机构的录用人员，其中稳定就业满3个月的，于满3个月之日计入
      要求：达标人员数不少于起奖人数
      付给该机构：达标人员每人100元×比例

    算例 “无人”
      结果 奖 0元
    ```
    """

  /// A reward without a limit beside a bonus with one.
  private static let limited = """
    # 限额

    ```policy
    文件 jn
      施行地区 长乐区〔350112〕

    措施 吸纳奖
      名称 “吸纳奖”
      条款 “一”
      待遇类型 吸纳奖
      参数 奖励标准＝1000元 “每人”
      对每名录用人员
      凡稳定就业满6个月的
      付给就业单位：奖励标准，于满6个月之日计为应付
      限额 同一就业单位、年度不超过3500元，先到先得

    措施 机构奖
      名称 “机构奖”
      条款 “二”
      待遇类型 机构奖
      参数 人均＝333.33元 “每人”
      对每家机构，每个年度
      凡已备案的
      计 达标人员＝该机构的录用人员，其中稳定就业满3个月的，于满3个月之日计入
      要求：达标人员数不少于1人
      付给该机构：达标人员每人人均

    算例 “无人”
      结果 吸纳奖 0元
      结果 机构奖 0元
    ```
    """

  private func bench(_ scenario: String? = nil, policies: [String] = []) throws -> Bench {
    let bench = try Bench(policies: policies)
    bench.session.language = .zh
    if let scenario {
      let path = LanguageBookTests.root.appendingPathComponent("scenarios/\(scenario).yaml").path
      try #require(!bench.session.load(path: path).failed)
    }
    return bench
  }

  private func text(_ command: String, _ bench: Bench) throws -> String {
    let answer = try #require(bench.ask(command).last)
    try #require(!answer.failed, "\(answer.diagnostics.map(\.message.zh))")
    return AnswerRenderer(format: .table, language: .zh, width: 400).render(answer)
  }

  // MARK: Bounds

  @Test("a range that reaches beyond the bounds of the document is cut to them, and that is said")
  func cut() throws {
    let bench = try bench(policies: [Self.bounded])
    let one = "求解 起奖人数 从 1 到 9 使 合计 不超过 500 于 bd"
    let found = try bench.object("solution", one)
    #expect(found["searched"] == ["from": 3, "to": 5] && found["solutions"] == [], "\(found)")
    #expect(try text(one, bench).contains("奖的起奖人数的文件界限为 3 人 至 5 人：所写的 1 人 至 9 人 中，只取 3 人 至 5 人。"))
    let swept = try bench.object("sweep", "扫描 比例 从 40% 到 60% 步长 5% 于 bd")
    guard case .array(let points)? = swept["points"] else { throw Bench.Missing() }
    #expect(points.compactMap { $0["total"] } == ["4500.00", "5000.00"], "\(points)")
    let several = "求解 比例 从 40% 到 60%、起奖人数 从 1 到 9 使 合计 不超过 10000 且 达标人员 最多 于 bd"
    let best = try bench.object("optimum", several)
    guard case .array(let figures)? = best["figures"] else { throw Bench.Missing() }
    #expect(best["total"] == "4500.00" && figures.last?["value"] == 3, "\(best)")
    #expect(try text(several, bench).contains("奖的比例的文件界限为 45% 至 52%"))
  }

  @Test("a range wholly outside the bounds is refused with a line that works")
  func outside() throws {
    let bench = try bench(policies: [Self.bounded])
    for line in ["求解 起奖人数 从 6 到 9 使 合计 不超过 500 于 bd", "扫描 起奖人数 从 6 到 9 于 bd", "扫描 起奖人数 从 0 到 2 于 bd"] {
      let answer = try #require(bench.ask(line).last)
      #expect(answer.failed && answer.diagnostics.first?.code == "range", "\(line)")
      #expect(answer.diagnostics.first?.message.zh.contains("文件界限为 3 人 至 5 人") == true)
      let meant = try #require(answer.correction, "\(line)")
      #expect(meant.contains("从 3..5") && !bench.ask(meant).haveFailed, "\(meant)")
    }
  }

  // MARK: What cannot be costed

  @Test("values that cannot be costed are told of with the cause, by searches and by sweeps")
  func uncosted() throws {
    let bench = try bench("fuzhou-2021")
    let line = "求 团队启动资金的资助上限 使 合计 不超过 200万"
    let told = try text(line, bench)
    #expect(told.contains("能够测算的值中无解") && told.contains("其间能够测算的值都已涵盖"), "\(told)")
    #expect(told.contains("不能测算：0 元 至 499,999.99 元。原因：") && told.contains("资助金额超出文件规定的范围"), "\(told)")
    guard case .array(let stretches)? = try bench.object("solution", line)["uncosted"] else { throw Bench.Missing() }
    #expect(stretches.first?["from"] == "0.00" && stretches.first?["to"] == "499999.99", "\(stretches)")
    let swept = try text("扫描 团队启动资金的资助上限 从 40万 到 60万 步长 5万", bench)
    #expect(swept.contains("不能测算：400,000 元") && swept.contains("资助金额超出文件规定的范围"), "\(swept)")
  }

  @Test("a figure whose end cannot be costed is told neither as without effect nor as moving one way only")
  func untold() throws {
    let bench = try bench("fuzhou-2021")
    let told = try text("敏感性", bench)
    #expect(!told.contains("在此无影响：团队启动资金的资助下限"), "\(told)")
    #expect(told.contains("不能测算：团队启动资金的资助下限取 55,000 元。原因："), "\(told)")
    guard case .array(let inputs)? = try bench.object("sensitivity", "敏感性")["inputs"] else { throw Bench.Missing() }
    let open = inputs.filter { $0["shape"] == "not-costed" }.compactMap { $0["name"] }
    #expect(open.count == 2, "\(open)")
  }

  @Test("what is left out alike at every point is not said to be most at one of them")
  func alike() throws {
    let told = try text("扫描 团队启动资金的资助上限 从 50万 到 60万 步长 5万", bench("fuzhou-2021"))
    #expect(told.contains("以下未计入以上任何合计：") && !told.contains("时最多"), "\(told)")
  }

  // MARK: Searches

  @Test("of combinations that do as well the nearest to what there is is offered, and ranges hold one at a time")
  func nearest() throws {
    let bench = try bench()
    let line =
      "求解 首次标准 从 200元 到 400元、机构奖励的起奖人数 从 60 到 90 使 合计 不超过 60000 且 达标人员 最多 于 changle-2022"
    let best = try bench.object("optimum", line)
    guard case .array(let figures)? = best["figures"] else { throw Bench.Missing() }
    #expect(figures.compactMap { $0["value"] } == ["200.00", 90], "\(figures)")
    #expect(figures.last?["from"] == 60)
    let told = try text(line, bench)
    #expect(told.contains("均以其余参数取上列之值为前提"), "\(told)")
    let alone = "求解 首次标准 从 200元 到 400元、机构奖励的起奖人数 从 100 到 100 使 合计 不超过 60000 且 达标人员 最多 于 changle-2022"
    #expect(try !text(alone, bench).contains("均以其余参数取上列之值为前提"))
  }

  @Test("a search over years accounts for every value where another measure has a limit")
  func years() throws {
    let bench = try bench(policies: [Self.limited])
    for (amount, hasOne) in [("1000", false), ("20000", true)] {
      let found = try bench.object(
        "solution", "求解 人均 从 0 到 1000 使 每年 不超过 \(amount) 于 jn 跨年 2022年 到 2024年")
      #expect(found["exact"] == .bool(true), "\(found)")
      #expect((found["solutions"] != []) == hasOne, "\(found)")
    }
  }

  @Test("the figures of a sweep stand below their unit")
  func units() throws {
    let bench = try bench()
    #expect(try text("扫描 机构奖励的起奖人数 从 98 到 101 于 changle-2022", bench).contains("起奖人数（人）  合计（元）"))
    #expect(try text("扫描 首次标准 从 200 到 300 步长 50 于 changle-2022", bench).contains("首次标准（元）  合计（元）"))
  }
}
