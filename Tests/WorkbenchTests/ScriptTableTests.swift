// Scripts whose tables could not be told apart.

import Answers
import Diagnostics
import Sessions
import Testing

@testable import Workbench

@Suite("Tables of scripts")
struct ScriptTableTests {
  /// `au.x_one` and `au-x.one` would both be `of_au_x_one`: the one would be counted twice, the other not at all.
  @Test("two measures whose tables would have one name are no script")
  func apart() throws {
    func document(_ id: String, _ measure: String) -> String {
      """
      ```policy
      document \(id)
        title "\(id)"
        jurisdiction 350112
        issued 2022-01-01

      measure \(measure)
        title "One"
        article "1"
        kind \(measure)
        for each hire
        pay enterprise 5 yuan on start
      ```
      """
    }
    let bench = try Bench(
      "scenario: t\ndistrict: 350112\nenterprises: [{id: e, district: 350112}]\n"
        + "hires: [{id: h, enterprise: e, start: 2022-03-01}]\n",
      policies: [document("au", "x_one"), document("au-x", "one")])
    bench.session.folder = bench.path("")
    let told = bench.ask("emit sql au + au-x into x.sql").flatMap(\.diagnostics)
    #expect(told.contains { $0.message.en.contains("au.x_one") && $0.message.en.contains("au-x.one") }, "\(told)")
    #expect(!bench.ask("emit sql au-x into y.sql").haveFailed)
  }
}
