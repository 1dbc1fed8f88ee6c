// What was estimated against what was paid: every part of the gap planted by itself, and all parts together adding up.

import Answers
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Estimates and their outturn")
struct OutturnTests {
  private static let rules = """
    ```policy
    document settling
      title "Grants" zh "补贴办法"
      jurisdiction 350112
      window from 2022-01-01 to 2023-12-31

    measure grant zh 就业补贴
      title "Grant to workers" zh "劳动者稳定就业补贴"
      article "一"
      kind worker_reward
      for each hire
      where stable for 3 months
      pay worker 1000 yuan on completion of 3 months
    ```
    """

  /// A thousand yuan each: four fall due in 2022, two in 2023.
  private static let scenario = """
    scenario: 执行 · Outturn
    district: 350112
    as_of: 2023-12-31
    documents: [settling]
    enterprises:
      - {id: k, name: 甲厂, district: 350112}
    hires:
      - {id: h1, worker: 张三, enterprise: k, start: 2022-03-01}
      - {id: h2, worker: 李四, enterprise: k, start: 2022-03-01}
      - {id: h3, worker: 王五, enterprise: k, start: 2022-03-01}
      - {id: h4, worker: 赵六, enterprise: k, start: 2022-09-01}
      - {id: h5, worker: 孙七, enterprise: k, start: 2023-03-01}
      - {id: h6, worker: 周八, enterprise: k, start: 2023-03-01}
    """

  private func outturn(_ lines: [String], _ command: String = "outturn paid.csv") throws -> JSONValue {
    let bench = try Bench(Self.scenario, policies: [Self.rules])
    bench.session.folder = bench.path("")
    let list = "姓名,项目,金额,日期\n" + lines.joined(separator: "\n") + "\n"
    try list.write(toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    return try bench.object("outturn", command)
  }

  @Test(
    "A list about one measure is held against that alone, and the others are said to be left out",
    arguments: ["outturn paid.csv", "outturn paid.csv for grant"])
  func oneMeasure(command: String) throws {
    let second = """

      measure bonus
        title "Bonus"
        article "二"
        kind bonus
        for each hire
        pay worker 500 yuan on start
      ```
      """
    let rules = Self.rules.dropLast(4) + second
    let bench = try Bench(Self.scenario, policies: [String(rules)])
    bench.session.folder = bench.path("")
    let isSaid = command.contains("for grant")
    let list = isSaid ? "姓名,金额,日期\n张三,1000,2022-06-01\n" : "姓名,项目,金额,日期\n张三,grant,1000,2022-06-01\n"
    try list.write(toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    let found = try bench.object("outturn", command)
    #expect(text(found["estimated"]) == "6000.00" && text(found["paid"]) == "1000.00", "\(found)")
    #expect(text(found["only"]) == "settling.grant" && found["left_out"] == ["settling.bonus"])
    let answer = try #require(bench.ask(command).last)
    let told = AnswerRenderer(format: .table, language: .en, width: 200).render(answer)
    #expect(
      told.contains("The list is about grant alone. Not looked at is bonus, estimated at 3,000.00 yuan."), "\(told)")
    #expect(told.contains("take-up of settling.grant") && !told.contains("take-up of settling.bonus"), "\(told)")
  }

  private func text(_ value: JSONValue?) -> String { if case .string(let text)? = value { text } else { "" } }

  private func parts(_ row: JSONValue) -> [String] {
    ["gap", "count", "rate", "timing", "rest"].map { text(row[$0]) }
  }

  private func parts(_ rows: [String: JSONValue], _ year: Int) throws -> [String] {
    parts(try #require(rows["settling.grant \(year)"], "\(rows.keys)"))
  }

  private func fen(_ value: JSONValue?) throws -> Int {
    try #require(Int(text(value).filter { $0 != "." && $0 != "+" }), "`\(text(value))` is no amount")
  }

  /// The rows by year, each of which adds up, and together to the whole.
  private func rows(_ found: JSONValue) throws -> [String: JSONValue] {
    guard case .array(let rows)? = found["rows"] else { return [:] }
    var whole: [String: Int] = [:]
    for row in rows {
      let parts = try ["count", "rate", "timing", "rest"].map { try fen(row[$0]) }
      #expect(try parts.reduce(0, +) == fen(row["gap"]))
      #expect(try fen(row["paid"]) - fen(row["estimated"]) == fen(row["gap"]))
      for key in ["gap", "count", "rate", "timing", "rest", "paid", "estimated"] {
        whole[key, default: 0] += try fen(row[key])
      }
    }
    for (key, sum) in whole { #expect(try fen(found[key]) == sum, "\(key)") }
    return Dictionary(uniqueKeysWithValues: rows.map { (text($0["measure"]) + " " + text($0["year"]), $0) })
  }

  private static let asDue = [
    "张三,就业补贴,1000,2022-06-01", "李四,就业补贴,1000,2022-06-01", "王五,就业补贴,1000,2022-06-01",
    "赵六,就业补贴,1000,2022-12-01", "孙七,就业补贴,1000,2023-06-01", "周八,就业补贴,1000,2023-06-01",
  ]

  @Test("what was paid as estimated leaves no gap")
  func none() throws {
    let found = try outturn(Self.asDue)
    #expect(parts(found) == ["0.00", "0.00", "0.00", "0.00", "0.00"])
    let rows = try rows(found)
    #expect(rows.count == 2 && text(rows["settling.grant 2022"]?["estimated"]) == "4000.00")
    let takeUp = text(rows["settling.grant 2022"]?["take_up"])
    #expect(takeUp == "1" || takeUp == "1.0" || takeUp == "1.00", "\(takeUp)")
  }

  @Test("fewer payments are count, other amounts rate, another year timing, what nobody can place the rest")
  func planted() throws {
    var lines = Self.asDue
    lines[5] = "孙七,就业补贴,1000,2023-08-01"
    // One of 2023 is missing, and one paid twice in its place.
    var rows = try rows(try outturn(Array(Self.asDue.dropLast())))
    #expect(try parts(rows, 2023).dropFirst() == ["-1000.00", "0.00", "0.00", "0.00"])
    // All of 2022 got a hundred more.
    rows = try self.rows(try outturn(Self.asDue.map { $0.replacing("1000,2022", with: "1100,2022") }))
    #expect(try parts(rows, 2022).dropFirst() == ["0.00", "400.00", "0.00", "0.00"])
    // One of December was paid in February.
    lines = Self.asDue
    lines[3] = "赵六,就业补贴,1000,2023-02-15"
    rows = try self.rows(try outturn(lines))
    #expect(try parts(rows, 2022).dropFirst() == ["0.00", "0.00", "-1000.00", "0.00"])
    #expect(try parts(rows, 2023).dropFirst() == ["0.00", "0.00", "1000.00", "0.00"])
    // Nobody knows what this was for.
    rows = try self.rows(try outturn(Self.asDue + ["吴九,别的项目,500,2023-02-15"]))
    #expect(rows.values.map { text($0["rest"]) }.contains("500.00"), "\(rows)")
  }

  @Test("count and rate together: the average over both orders, to the fen")
  func both() throws {
    // In 2023 one of two, of 1,300 yuan: count −1 × 1,150, rate +300 × 1.5.
    let lines = Self.asDue.dropLast(2) + ["孙七,就业补贴,1300,2023-06-01"]
    let rows = try rows(try outturn(Array(lines)))
    #expect(
      try parts(rows, 2023) == ["-700.00", "-1150.00", "450.00", "0.00", "0.00"])
  }

  @Test("a list without days is compared for all years together")
  func dayless() throws {
    let bench = try Bench(Self.scenario, policies: [Self.rules])
    bench.session.folder = bench.path("")
    try "姓名,项目,金额\n张三,就业补贴,1000\n李四,就业补贴,900\n".write(
      toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    let found = try bench.object("outturn", "执行情况 paid.csv")
    let rows = try rows(found)
    #expect(rows.count == 1 && text(found["gap"]).hasSuffix("4100.00") && text(found["timing"]) == "0.00")
  }

  @Test("what is taken back is a part of its own, and no payment is another for it")
  func recovered() throws {
    let rules = Self.rules.replacing(
      "on completion of 3 months",
      with: "on completion of 3 months\n"
        + "  recover all on 2023-12-01 when start < 2022-06-01")
    let bench = try Bench(Self.scenario, policies: [rules])
    bench.session.folder = bench.path("")
    try ("姓名,项目,金额,日期\n" + Self.asDue.joined(separator: "\n") + "\n").write(
      toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    let found = try bench.object("outturn", "outturn paid.csv")
    // Six thousand are paid as due; three of them are to be taken back, and the list takes nothing back.
    #expect(text(found["estimated"]) == "3000.00" && text(found["estimated_recovered"]).hasSuffix("3000.00"))
    #expect(text(found["recovery"]).hasSuffix("3000.00") && text(found["gap"]).hasSuffix("3000.00"))
    #expect(["count", "rate", "timing", "rest"].map { text(found[$0]) } == ["0.00", "0.00", "0.00", "0.00"])
    guard case .array(let rows)? = found["rows"] else { throw Bench.Missing() }
    #expect(rows.allSatisfy { ["1", "1.0", "1.00"].contains(text($0["take_up"])) }, "\(rows)")
  }

  @Test("what is taken up is of what was due: paid twice, early and without being due is no taking up")
  func takenUp() throws {
    let bench = try Bench(Self.scenario.replacing("2023-12-31", with: "2023-01-31"), policies: [Self.rules])
    bench.session.folder = bench.path("")
    // Of four thousand that were due by then two were paid, one of them twice, and one that is not due yet.
    let lines = [
      "张三,就业补贴,1000,2022-06-01", "张三,就业补贴,1000,2022-07-01", "李四,就业补贴,1000,2022-06-01", "孙七,就业补贴,1000,2023-01-15",
    ]
    let list = "姓名,项目,金额,日期\n" + lines.joined(separator: "\n") + "\n"
    try list.write(toFile: bench.path("paid.csv"), atomically: true, encoding: .utf8)
    let told = try #require(bench.ask("outturn paid.csv").last)
    let text = AnswerRenderer(format: .table, language: .en, width: 200).render(told)
    #expect(text.contains("take-up of settling.grant 50%"), "\(text)")
  }
}
