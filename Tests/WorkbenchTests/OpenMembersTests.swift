// Members of a list that names no persons, paid for one by one, of which a fact is not known: they are listed, as
// persons are.
import Answers
import Foundation
import Testing

@testable import Workbench

@Suite("Members that are not persons")
struct OpenMembersTests {
  private static func document(_ condition: String) -> String {
    """
    ```policy
    document asks
      jurisdiction 350112

    list pots, each a pot
      title "Pots" zh "资金池"
      field id text required
      field enterprise reference to enterprises required

    list asks, each an ask
      title "Asks" zh "申请"
      begins filed
      field id text required
      field pot reference to pots required
      field filed date required
      field cost money
      field ok bool

    measure each_ask
      title "Each" zh "逐项"
      article "1"
      kind each_ask
      for each pot
      count asked = asks of pot
      count passing = asked where \(condition)
      pay enterprise 10 yuan for each passing
    ```
    """
  }

  private static let scenario =
    "scenario: t\ndistrict: 350112\nenterprises: [{id: e, district: 350112}]\npots: [{id: p, enterprise: e}]\n"
    + "asks: [{id: a, pot: p, filed: 2026-01-01, ok: true, cost: 9}, {id: b, pot: p, filed: 2026-01-02}]\n"

  @Test("Whom a missing fact leaves open is listed", arguments: ["ok", "cost > 0 yuan", "cost >= 5 yuan"])
  func listed(_ condition: String) throws {
    let plain = Self.document(condition)
    for text in [plain, plain.replacing("asks of pot\n", with: "asks of pot where filed >= 2020-01-01\n")] {
      let bench = try Bench(Self.scenario, policies: [text])
      let answer = try #require(bench.ask("run asks").last)
      let shown = AnswerRenderer(format: .table, language: .en, width: 200).render(answer)
      #expect(shown.contains("10.00") && shown.contains("Undetermined"), "\(condition): \(shown)")
    }
  }
}
