// A document of another country in its own currency: costed by its own, and never together with one in another.
import Answers
import Diagnostics
import Foundation
import Testing

@testable import Workbench

@Suite("Other currencies and countries")
struct CurrencyTests {
  private static func document(_ id: String, _ head: String, _ unit: String) -> String {
    """
    # \(id)

    ```policy
    document \(id)
      title "Relief" zh "补贴"
      jurisdiction outside "New York"
      \(head)

    list shops, each a shop
      title "Shops" zh "商店"
      begins opened
      field id text required
      field owner text required
      field opened date required

    measure relief_\(id)
      title "For each shop" zh "每店"
      article "1"
      kind relief_\(id)
      param rate = 100 \(unit) "each" zh "每店"
      for each shop
      where opened <= 2024-12-31
      pay owner rate / 3
    ```
    """
  }

  private static let scenario = """
    scenario: Shops
    district: New York
    shops:
      - {id: a, owner: x, opened: 2024-05-01}
      - {id: b, owner: y, opened: 2024-06-01}
    """

  private func bench() throws -> Bench {
    try Bench(
      Self.scenario,
      policies: [
        Self.document("dollars", "currency dollar", "dollars"),
        Self.document("yens", "currency yen 0 decimals", "yen"), Self.document("yuans", "issued 2024-01-01", "yuan"),
      ])
  }

  @Test("Each is costed by itself, as enacted in its own place, rounded to its smallest coin")
  func alone() throws {
    #expect(try bench().total("run dollars") == "66.66")
    #expect(try bench().total("run yens") == "66.00")
    #expect(try bench().total("run yuans") == "66.66")
  }

  @Test("Together they are refused, with both named", arguments: ["run dollars + yens", "compare dollars, yuans"])
  func together(command: String) throws {
    let answers = try bench().ask(command)
    #expect(answers.flatMap(\.diagnostics).map(\.code) == ["several-currencies"])
  }

  @Test(
    "Amounts of a currency without decimals are written without them, in every form but objects",
    arguments: ["run yens", "run yens; payments", "run yens by month", "run yens by beneficiary"])
  func wholeAmounts(command: String) throws {
    let bench = try bench()
    let answer = try #require(bench.ask(command).last)
    #expect(!answer.failed, "\(answer.diagnostics.map(\.message.en))")
    #expect(answer.decimals == 0)
    for form in [OutputFormat.table, .markdown, .page, .csv] {
      let text = AnswerRenderer(format: form, language: .en, width: 200).render(answer)
      #expect(!text.contains(".00") && (text.contains("33") || text.contains("66")), "\(form.rawValue): \(text)")
    }
    if let picture = answer.picture(in: .zh) { #expect(!picture.contains(".00"), "\(picture)") }
    let object = answer.json.map(\.line).joined()
    #expect(object.contains("\"33.00\"") || object.contains("\"66.00\""), "\(object)")
    // What is in a currency with decimals has two.
    let yuan = try #require(bench.ask("run yuans").last)
    #expect(AnswerRenderer(format: .table, language: .en).render(yuan).contains("66.66"))
  }

  @Test("Nothing is paid, cut, taken back, split or set in parts of the smallest coin")
  func wholeCoins() throws {
    let document = """
      ```policy
      document coins
        title "Coins"
        jurisdiction outside "New York"
        currency yen 0 decimals

      list firms, each a firm
        title "Firms"
        begins back
        field id text required
        field back date required
        field price money required

      measure rec
        title "R"
        article "1"
        kind kx
        fund district 33.3%, city rest
        for each firm
        pay firm price on back
        recover 1/3 * paid on back + 1 day

      measure capped
        title "C"
        article "2"
        kind ky
        param most = 50 yen
        for each firm
        pay firm smaller of (price, most) on back
        cap 1/3 * price for each firm
      ```
      """
    let bench = try Bench(
      "scenario: Firms\ndistrict: New York\nfirms: [{id: a, back: 2024-05-01, price: 100}]\n", policies: [document])
    #expect(try bench.total("run coins") == "100.00")
    let funds = try #require(bench.ask("run coins by fund").last)
    let text = AnswerRenderer(format: .csv, language: .en).render(funds)
    #expect(!text.contains(".33") && !text.contains(".67") && text.contains(",22,"), "\(text)")
    #expect(try bench.mistake("set capped.most = 20.5 yen").code == "too-many-decimals")
    let found = try #require(bench.ask("find capped.most so that total <= 90 in coins").last)
    let offered = AnswerRenderer(format: .table, language: .en).render(found)
    #expect(offered.contains("0 yen to 23 yen"), "\(offered)")
  }
}
