// From a register as offices keep it to the budget: the same figure as from tidy records, and everything that was read
// otherwise said once.
import Answers
import Foundation
import Testing

@testable import Workbench

@Suite("Budgets from registers")
struct RegisterRunTests {
  private static let head = """
    scenario: t
    district: 330703
    as_of: 2023-12-31
    values: {social_insurance_month: 1080, public_post_month: 800, station_year: 20000, centre_year: 10000}
    enterprises: [{id: E1, name: 甲（金华）有限公司, district: 330703, size: medium}]

    """

  /// What a scenario comes to, and the codes of what was said when it was loaded.
  private static func run(_ scenario: String, _ files: [String: String] = [:]) throws -> (String, [String]) {
    let bench = try Bench()
    for (name, text) in files { try text.write(toFile: bench.path(name), atomically: true, encoding: .utf8) }
    try scenario.write(toFile: bench.path("r.yaml"), atomically: true, encoding: .utf8)
    let answer = bench.session.load(path: bench.path("r.yaml"))
    try #require(!answer.failed, "\(answer.diagnostics.map(\.message.en))")
    return (try bench.total("run"), answer.diagnostics.map(\.code))
  }

  @Test("A register that nobody has tidied comes to what tidy records come to")
  func messy() throws {
    let tidy = """
      id,worker,worker_id,origin,enterprise,start,end,relief_person
      1,张三,622624199001010019,621221,E1,2022-03-01,,yes
      2,李四,622624199001010035,621224,E1,2022-03-02,2023-06-30,yes
      3,王五,513323199001010011,513323,E1,2022-04-01,,no

      """
    let messy = """
      2022年务工人员登记表,,,,,,,,
      填报单位：甲,,,,,,,,
      序 号,姓名,公民身份号码,户籍所在地,用工单位,*参保时间（首次）,离职时间,是否脱贫人员,
      1,张三,622624199001010019,甘肃省陇南市成县,甲(金华)有限公司,2022.3.1,至今,√,
      2,李四,622624199001010035,622625,E1,44622,2023年6月30日 0:00,有,
      ,,,,,,,,
      3,王五,513323199001010011,甘孜州丹巴县,甲（金华）有限公司,20220401,—,×,
      合计：3人,,,,,,,,
      制表人：赵六,,,,审核：钱七,,,,

      """
    let (first, none) = try Self.run(Self.head + "hires_from: h.csv\n", ["h.csv": tidy])
    let (second, said) = try Self.run(Self.head + "hires_from: h.csv\n", ["h.csv": messy])
    #expect(first == second)
    #expect(first != "0.00")
    #expect(none == ["identity-facts"])
    #expect(
      said.sorted() == [
        "headings-read", "identity-facts", "read-as", "read-as", "read-as", "read-as", "read-as", "rows-skipped",
        "titles-skipped",
      ])
  }

  @Test("An end of 9999-12-31 is none, and the budget that without one")
  func openEnd() throws {
    let scenario = """
      scenario: e
      district: 330703
      as_of: 2023-12-31
      values: {social_insurance_month: 1080, public_post_month: 800, station_year: 20000}
      enterprises: [{id: E1, district: 330703, size: medium}]
      stations:
        - {id: s, kind: cooperation_station, county: 621221, located_in: 330703, start: 2022-01-01, end: 9999-12-31}
      hires:
        - id: h
          enterprise: E1
          origin: 621221
          relief_person: true
          love_post: true
          monthly_wage: 5000
          start: 2022-03-01
          end: 9999-12-31

      """
    let (total, said) = try Self.run(scenario)
    #expect(total == "84360.00")
    #expect(said == ["no-last-day", "no-last-day"])
    let (open, none) = try Self.run(
      scenario.replacing(", end: 9999-12-31", with: "").replacing("    end: 9999-12-31\n", with: ""))
    #expect(open == total && none.isEmpty)
  }

  @Test("Two people of one name with numbers of their own are paid as two, and a spell that stands twice is told")
  func persons() throws {
    let rows = "序号,姓名,户籍地,就业单位,参保日期,脱贫人员,身份证号\n"
    let two = rows + "1,张伟,621221,E1,2022/3/1,是,62122119900101005X\n2,张伟,621221,E1,2022/3/1,是,621221199103020021\n"
    let one = rows + "1,张伟,621221,E1,2022/3/1,是,62122119900101005X\n2,张伟,621221,E1,2022/3/1,是,62122119900101005x\n"
    let (_, apart) = try Self.run(Self.head + "hires_from: h.csv\n", ["h.csv": two])
    #expect(apart == ["one-name-several-numbers", "identity-facts"])
    let (_, twice) = try Self.run(Self.head + "hires_from: h.csv\n", ["h.csv": one])
    #expect(twice == ["identity-facts", "repeated-spell"])
  }
}
