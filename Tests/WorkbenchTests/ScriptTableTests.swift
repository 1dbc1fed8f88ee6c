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

  /// Who has a place, and so what is paid, no script finds: it tells who asks for one.
  @Test("places of several quotas for as many as they allow stay open in a script", arguments: ["duckdb", "spark"])
  func openPlaces(_ engine: String) throws {
    let bench = try Bench()
    func script(_ allocation: String) throws -> String {
      let record = try bench.object(
        "script", "with allocation = \(allocation) emit sql changle-2022 for \(engine) as adopted")
      guard case .string(let text)? = record["text"] else { throw Bench.Missing() }
      return text
    }
    let most = try script("maximum"), filed = try script("filing_order")
    for word in ["asked_", "places_"] {
      let table = word + "changle_2022_specialist_allowance"
      #expect(most.contains(table) && !filed.contains(table), "\(table)")
    }
    #expect(most.contains("THEN 'candidate' ELSE") && !filed.contains("'candidate'"))
    // What stands before the facts are filled is made once, whatever the script is carried out for.
    let tables = most.split(separator: "\n\n", maxSplits: 1)[0]
    #expect(tables.contains("CREATE TABLE IF NOT EXISTS places_changle_2022_specialist_allowance (frame "))
  }
}
