// Searches backwards over few records whose total does not move one way: they come to an end soon, and account for
// every value.

import Answers
import Sessions
import Testing

@testable import Workbench

@Suite("Searches over amounts that rise and fall")
struct FindExactTests {
  private static let policy = """
    ```policy
    document cf
      jurisdiction 350112

    list filings, each a filing
      title "Filings"
      begins filed
      field id text required
      field firm text required
      field tax_year number required
      field filed date required
      field cost money required
      field liability money required

    measure credit
      title "Credit used"
      article "1"
      kind credit
      param share = 40% "of the cost"
      for each filing
      let upto = smallest of (
          sum of share of cost over (filings with same firm where tax_year <= filing.tax_year - m)
          + sum of liability over (filings with same firm where tax_year > filing.tax_year - m
            and tax_year <= filing.tax_year)) for each m from 0 to 3
      let earlier = smallest of (
          sum of share of cost over (filings with same firm where tax_year <= filing.tax_year - 1 - m)
          + sum of liability over (filings with same firm where tax_year > filing.tax_year - 1 - m
            and tax_year <= filing.tax_year - 1)) for each m from 0 to 3
      pay firm upto - earlier on filed
    ```
    """

  private static let scenario = """
    scenario: credits
    district: 350112
    as_of: 2024-12-31
    filings:
      - {id: a0, firm: A, tax_year: 2020, filed: 2021-04-15, cost: 1000.01, liability: 150}
      - {id: a1, firm: A, tax_year: 2021, filed: 2022-04-15, cost: 100, liability: 0}
      - {id: a2, firm: A, tax_year: 2022, filed: 2023-04-15, cost: 0, liability: 290.01}
      - {id: a3, firm: A, tax_year: 2023, filed: 2024-04-15, cost: 500, liability: 100}
      - {id: b0, firm: B, tax_year: 2023, filed: 2024-04-15, cost: 500, liability: 200}
    """

  @Test(
    "Every value is accounted for, and soon",
    arguments: ["total <= 600", "total >= 600", "total = 600", "due <= 450"])
  func exact(goal: String) throws {
    let bench = try Bench(Self.scenario, policies: [Self.policy])
    let found = try bench.object("solution", "find share so that \(goal) in cf")
    #expect(found["exact"] == .bool(true), "\(found)")
  }
}
