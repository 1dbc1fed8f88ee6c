// What meets everything and is paid nothing: for want of a day, or since what was paid is taken back; and alternatives
// that all fail while a fact within one of them is not known.
import Answers
import Diagnostics
import Foundation
import Testing
import View

@testable import Workbench

@Suite("Paid on no day, taken back, and failing either way")
struct UndatedTests {
  private static let rules = """
    ```policy
    document leaving
      title "Leaving" zh "离职补助办法"
      jurisdiction 350112
      window from 2022-01-01 to 2023-12-31

    measure parting zh 离职补助
      title "Parting grant" zh "离职补助"
      article "一"
      kind parting
      for each hire
      where enterprise.district within home
      pay enterprise 100 yuan on end

    measure each_one zh 逐人离职补助
      title "Parting grant for each" zh "逐人离职补助"
      article "二"
      kind parting
      for each enterprise
      count people zh 人员 = hires of enterprise
      pay enterprise 10 yuan for each people on end

    measure back zh 返还补助
      title "Grant that is paid back" zh "返还补助"
      article "三"
      kind parting
      for each hire
      pay enterprise 600 yuan on start
      recover 1/3 * paid when end is given on end

    measure either zh 二者之一
      title "Either" zh "二者之一"
      article "四"
      kind parting
      for each hire
      where monthly_wage > 9000 yuan or (organised and insured_before and whole years from born to start <= 24)
      pay enterprise 1 yuan on start
    ```
    """

  private static let scenario = """
    scenario: 离职 · Leaving
    district: 350112
    as_of: 2023-12-31
    documents: [leaving]
    enterprises:
      - {id: k, name: 甲厂, district: 350112}
    hires:
      - {id: h1, worker: 张三, enterprise: k, start: 2022-03-01, end: 2022-08-31, monthly_wage: 4000}
      - {id: h2, worker: 李四, enterprise: k, start: 2022-04-01, monthly_wage: 4000}
    """

  private func bench() throws -> Bench { try Bench(Self.scenario, policies: [Self.rules]) }

  private func told(_ bench: Bench, _ text: String) -> String {
    bench.session.language = .zh
    return bench.ask(text).map { answer in
      AnswerRenderer(format: .table, language: .zh, width: 400).render(answer)
        + answer.diagnostics.map { "\n\($0.code) \($0.message.zh)" }.joined()
    }.joined(separator: "\n")
  }

  @Test("whoever has no day on which to be paid is counted in a note, and told so")
  func undated() throws {
    for measure in ["离职补助", "逐人离职补助"] {
      let run = told(try bench(), "测算 leaving")
      #expect(run.contains("\(measure)：1 条记录条件均满足，但没有支付日期"), "\(run)")
    }
    let why = told(try bench(), "测算 leaving；为何没有 离职补助 给 李四")
    #expect(why.contains("没有支付日期：离职日期为无"), "\(why)")
    let paid = told(try bench(), "测算 leaving；解释 张三 离职补助")
    #expect(!paid.contains("没有支付日期：离职日期为无"), "\(paid)")
  }

  @Test("what was paid, what of it is taken back and what that leaves are three figures")
  func takenBack() throws {
    let text = told(try bench(), "测算 leaving；解释 张三 返还补助")
    #expect(text.contains("600.00 元") && text.contains("其中追回 200.00 元，余 400.00 元"), "\(text)")
  }

  @Test("alternatives that all fail are what fails, and no fact that one of them hangs on")
  func either() throws {
    let text = told(try bench(), "测算 leaving；为何没有 二者之一 给 李四")
    #expect(!text.contains("无法判定：\n\n"), "\(text)")
    #expect(!text.contains("先填明（现未填）：出生"), "\(text)")
    #expect(text.contains("月工资"), "\(text)")
  }

  @Test("a full quota that somebody undetermined may share is told of")
  func quota() throws {
    let rules = """
      ```policy
      document places
        title "Places" zh "名额办法"
        jurisdiction 350112
        window from 2022-01-01 to 2023-12-31

      measure one zh 名额补助
        title "One place" zh "名额补助"
        article "一"
        kind places
        for each hire
        where monthly_wage >= 3000 yuan
        pay enterprise 100 yuan on start
        quota 1 in all
      ```
      """
    let scenario = """
      scenario: 名额 · Places
      district: 350112
      as_of: 2023-12-31
      documents: [places]
      enterprises:
        - {id: k, name: 甲厂, district: 350112}
      hires:
        - {id: h1, worker: 张三, enterprise: k, start: 2022-03-01, monthly_wage: 4000}
        - {id: h2, worker: 李四, enterprise: k, start: 2022-04-01, monthly_wage: 4000}
        - {id: h3, worker: 王五, enterprise: k, start: 2022-02-01
      """
    let open = try Bench(scenario + "}\n", policies: [rules])
    #expect(told(open, "测算 places").contains("有名额已满，另有 1 条记录尚未判定"), "\(told(open, "测算 places"))")
    let known = try Bench(scenario + ", monthly_wage: 2000}\n", policies: [rules])
    #expect(!told(known, "测算 places").contains("尚未判定"))
  }
}
