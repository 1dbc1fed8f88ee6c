// What is not known, and what is told of it: figures over facts that nobody stated, figures of a day that is not there,
// amounts that lack both a price and a fact, frames that something else refuses.
import Testing

@testable import Engine

@Suite("What is not known is neither guessed nor told of whom it does not concern")
struct NotKnownTests {
  @Test(
    "A fact that nobody stated leaves figures over it open",
    arguments: ["average", "sum", "largest", "smallest"].flatMap { figure in
      [
        ("\(figure) of firm.pot over s", "pot"), ("\(figure) of wage over s", "wage"),
        ("1 yuan * count of different wage over s", "wage"),
      ]
    })
  func figures(_ figure: String, _ fact: String) throws {
    let outcome = try #require(
      FirmsAndJobs.measure("  for each firm\n  count s = jobs of firm every record\n  pay firm \(figure) on 2024-01-01")
        .run(
          """
          firms: [{id: e}]
          jobs:
            - {id: a, firm: e, start: 2024-01-01, hours: 1}
            - {id: b, firm: e, start: 2024-02-01, hours: 1}
          """))
    #expect(outcome.lines() == [])
    #expect(outcome.undetermined() == "1: \(fact)")
    #expect(outcome.ledger.undetermined.first?.subjects == ["e"])
  }

  @Test("An average leaves out whom it does not concern")
  func averageOfSome() throws {
    let outcome = try #require(
      FirmsAndJobs.measure(
        """
          for each firm
          count s = jobs of firm every record
          pay firm 1 yuan * (average of days from start to left over s / 1 days) on 2024-01-01
        """
      ).run(
        """
        firms: [{id: e}]
        jobs:
          - {id: a, firm: e, start: 2024-01-01, left: 2024-01-11, hours: 1}
          - {id: b, firm: e, start: 2024-02-01, hours: 1}
        """))
    #expect(outcome.lines() == ["e e 2024-01-01 10"])
  }

  @Test(
    "A figure of a day that is not there is not known, however it is given",
    arguments: [
      ("param p = 1,000 yuan, 5 yuan from 2024-01-01", "p(left)"), ("value v yuan by date \"v\" from \"x\"", "v(left)"),
      ("table t(d: date) yuan\n  from 2020-01-01: 5 yuan", "t(left)"),
    ])
  func dayNotThere(_ declaration: String, _ figure: String) throws {
    let outcome = try #require(
      FirmsAndJobs.measure(
        "  for each job\n  every record\n  pay firm \(figure) on start", declarations: declaration
      ).run(
        """
        values: {v: {2020-01-01: 5}}
        firms: [{id: e}]
        jobs:
          - {id: a, firm: e, start: 2024-01-01, hours: 1}
          - {id: b, firm: e, start: 2024-01-02, left: 2024-02-01, hours: 1}
        """
      ) { $0.values["v.2020-01-01"] = 500 })
    #expect(outcome.lines() == ["e b 2024-01-02 5"])
    #expect(outcome.undetermined() == "1: left")
  }

  @Test("Where a fact is missing too, it is not the price alone")
  func factAndPrice() throws {
    for amount in ["fee - wage", "fee - smallest of wage over s", "fee - sum of wage over s"] {
      let isOfJob = !amount.contains("over")
      let outcome = try #require(
        FirmsAndJobs.measure(
          isOfJob
            ? "  for each job\n  every record\n  pay firm \(amount)"
            : "  for each firm\n  count s = jobs of firm every record\n  pay firm \(amount) on 2024-01-01",
          declarations: "value fee yuan \"fee\" from \"elsewhere\""
        ).run(
          """
          firms: [{id: e}, {id: f}]
          jobs:
            - {id: a, firm: e, start: 2024-01-01, hours: 1}
            - {id: b, firm: f, start: 2024-02-01, hours: 1, wage: 1}
          """))
      #expect(outcome.undetermined() == "1: wage", "\(amount)")
      #expect(outcome.unpriced() == "1: fee", "\(amount)")
    }
  }

  @Test("Members of a frame whose figure lacks a fact as well as a price are undetermined")
  func factAndPriceOfFrame() throws {
    let outcome = try #require(
      FirmsAndJobs.measure(
        "  for each firm\n  count s = jobs of firm every record\n  pay firm fee - pot for each s",
        declarations: "value fee yuan \"fee\" from \"elsewhere\""
      ).run(
        """
        firms: [{id: e}, {id: f, pot: 1}]
        jobs:
          - {id: a, firm: e, start: 2024-01-01, hours: 1}
          - {id: b, firm: f, start: 2024-02-01, hours: 1}
        """))
    #expect(outcome.undetermined() == "1: pot")
    #expect(outcome.unpriced() == "1: fee")
  }

  @Test(
    "Whom something else refuses is not undetermined", arguments: ["where pot > 3 yuan", "where not (pot <= 3 yuan)"])
  func refused(_ condition: String) throws {
    func outcome(_ needed: Int, _ pay: String = "pay firm 1 yuan for each s") throws -> Outcome {
      try #require(
        FirmsAndJobs.measure(
          "  for each firm\n  \(condition)\n  count s = jobs of firm\n  require count of s >= \(needed)\n  \(pay)"
        ).run(
          """
          firms: [{id: e}]
          jobs:
            - {id: a, firm: e, start: 2024-01-01, hours: 1}
            - {id: b, firm: e, start: 2024-02-01, hours: 1}
          """))
    }
    #expect(try outcome(3).undetermined() == "")
    #expect(try outcome(2).undetermined() == "2: pot")
    #expect(try outcome(2, "pay firm 1 yuan on 2024-01-01").undetermined() == "2: pot")
    // A lump sum for a firm without members that count hangs on the firm.
    #expect(try outcome(0, "pay firm 1 yuan on 2024-01-01").undetermined() == "2: pot")
  }

  @Test("A lump sum to a firm without members hangs on the firm itself")
  func lumpSum() throws {
    let outcome = try #require(
      FirmsAndJobs.measure(
        """
          for each firm
          where pot > 3 yuan
          count s = jobs of firm
          pay firm 1 yuan on 2024-01-01
        """
      ).run("firms: [{id: e}]\njobs: []"))
    #expect(outcome.undetermined() == "1: pot")
    #expect(outcome.ledger.undetermined.first?.subjects == ["e"])
  }

  @Test("What is taken back of a period is told of the period")
  func recoveredPeriods() throws {
    let outcome = try #require(
      FirmsAndJobs.measure(
        """
          for each loan, each period of 1 month from drawn to 2024-03-31
          pay firm principal on period_start
          recover all on period_end
        """
      ).run(
        """
        firms: [{id: e}]
        loans: [{id: l, borrower: w, firm: e, principal: 7, drawn: 2024-02-17}]
        """))
    #expect(
      outcome.lines() == [
        "e l@2024-02-17 2024-02-17 7", "e l@2024-02-17 2024-03-16 -7 recovered", "e l@2024-03-17 2024-03-17 7",
        "e l@2024-03-17 2024-03-31 -7 recovered",
      ])
  }
}
