// Semantics, "Missing facts": three-valued logic, what it names, and what another document governs.
import Engine
import Testing

@Suite("What is not known")
struct LogicTests {
  static func over(_ condition: String) -> Programme {
    Programme(measure: "  for each agency\n  where \(condition)\n  pay agency 1 yuan on 2022-01-01")
  }

  static let agencies = """
    agencies:
      - {id: known, district: 350112, registered_on: 2021-06-01, above_scale: true}
      - {id: large, district: 350112, above_scale: true}
      - {id: small, district: 350112}
    """

  /// A condition, who is paid, and what is undetermined.
  static let table: [(String, [String], String)] = [
    ("above_scale or registered_on after 2020-01-01", ["known", "large"], "1: registered_on"),
    ("above_scale and registered_on after 2020-01-01", ["known"], "1: registered_on"),
    ("not registered_on after 2020-01-01", [], "2: registered_on"),
    ("not (above_scale and registered_on after 2020-01-01)", ["small"], "1: registered_on"),
    ("registered_on after 2020-01-01 or not registered_on after 2020-01-01", ["known"], "2: registered_on"),
    ("registered_on is given", ["known"], ""),
    ("registered_on is not given", ["large", "small"], ""),
    ("registered_on is given and registered_on after 2022-01-01", [], ""),
    ("if above_scale then registered_on after 2020-01-01 otherwise filed", ["known"], "1: registered_on"),
    ("if registered_on after 2020-01-01 then above_scale otherwise above_scale", ["known"], "1: registered_on"),
    ("registered_on from 2021-01-01 to 2021-12-31", ["known"], "2: registered_on"),
    ("year of registered_on = 2021", ["known"], "2: registered_on"),
    ("registered_on + 12 months after 2022-01-01 and filed", [], ""),
    ("(later of (registered_on, 2022-01-01)) after 2020-01-01", ["known"], "2: registered_on"),
  ]

  @Test("Conditions follow Kleene and name the missing facts", arguments: table.indices)
  func kleene(_ i: Int) throws {
    let (condition, paid, unknown) = Self.table[i]
    let outcome = try #require(Self.over(condition).run(Self.agencies))
    #expect(outcome.entries.map(\.beneficiary) == paid, "\(condition)")
    #expect(outcome.undetermined() == unknown, "\(condition)")
  }

  @Test("A fact that nobody states anywhere is unknown for all, and named")
  func wholeColumn() throws {
    let facts = "agencies: [{id: a, district: 350112}, {id: b, district: 350112, filed: true}]"
    let outcome = try #require(Self.over("filed and registered_on after 2020-01-01").run(facts))
    #expect(outcome.entries.isEmpty)
    #expect(outcome.undetermined() == "1: registered_on")
  }

  @Test("An amount with an unknown fact is undetermined, and one behind a false condition is not")
  func amounts() throws {
    let programme = Programme(
      measure: """
          for each enterprise
          where covid_affected
          pay enterprise (if size is micro then 100 yuan otherwise 200 yuan) on 2022-01-01
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises:
          - {id: a, district: 350112, covid_affected: true, size: micro}
          - {id: b, district: 350112, covid_affected: true}
          - {id: c, district: 350112}
        """))
    #expect(outcome.lines() == ["a a 2022-01-01 100"])
    #expect(outcome.undetermined() == "1: size")
  }

  @Test("Undetermined hires fill no threshold, are counted by hire, and what is refused is not listed")
  func hires() throws {
    let programme = Programme(
      measure: """
          for each agency
          count s = hires of agency where organised and origin within 52
          require count of s >= 2
          pay agency 1 yuan for each s
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        agencies: [{id: q, district: 350112}, {id: r, district: 350112}]
        hires:
          - {id: a, agency: q, enterprise: e, start: 2022-01-01, origin: 520502}
          - {id: b, worker: same, agency: q, enterprise: e, start: 2022-01-02}
          - {id: c, worker: same, agency: q, enterprise: e, start: 2022-01-03}
          - {id: d, agency: q, enterprise: e, start: 2022-01-04, organised: false}
          - {id: e1, agency: r, enterprise: e, start: 2022-01-01, origin: 520502}
          - {id: e2, agency: r, enterprise: e, start: 2022-01-01, origin: 520502}
        """))
    #expect(outcome.lines() == ["r e1 2022-01-01 1", "r e2 2022-01-01 1"])
    #expect(outcome.undetermined() == "2: origin")
    #expect(outcome.ledger.undetermined.first?.subjects == ["b", "c"])
  }

  @Test("Hires of an agency that is itself undetermined are undetermined, once")
  func frames() throws {
    let programme = Programme(
      measure: """
          for each agency
          where registered_on after 2020-01-01
          count s = hires of agency where stable for 3 months on completion of 3 months
          count long = s where stable for 6 months
          pay agency 1 yuan for each s
          pay agency 1 yuan for each long
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        agencies: [{id: q, district: 350112}]
        hires:
          - {id: a, agency: q, enterprise: e, start: 2022-01-01}
          - {id: b, agency: q, enterprise: e, start: 2022-01-01}
          - {id: c, agency: q, enterprise: e, start: 2022-01-01, end: 2022-01-31}
        """))
    #expect(outcome.entries.isEmpty)
    #expect(outcome.undetermined() == "2: registered_on")
  }

  @Test("A value that nobody has supplied makes a condition undetermined and an amount unpriced")
  func values() throws {
    let programme = Bundled.programme("changle-2020")
    let facts = """
      enterprises:
        - {id: none, district: 350112, size: small, covid_affected: true, layoffs: 0, ui_premiums_last_year: 100.01}
        - {id: some, district: 350112, size: small, covid_affected: true, layoffs: 5, employees: 95, \
        ui_premiums_last_year: 100}
        - {id: gap, district: 350112, size: small, covid_affected: true, employees: 9, ui_premiums_last_year: 100}
      """
    let outcome = try #require(programme.run(facts))
    #expect(outcome.lines("insurance_refund") == ["none none 2020-12-31 100.01"])
    #expect(outcome.undetermined("insurance_refund") == "2: layoff_limit, layoffs")
    // 5 of 95 + 5 is exactly 5 %.
    let five = try #require(programme.run(facts) { $0.values["layoff_limit"] = 5_000_000 })
    #expect(five.lines("insurance_refund") == ["none none 2020-12-31 100.01", "some some 2020-12-31 100"])
    #expect(five.undetermined("insurance_refund") == "1: layoffs")
    let less = try #require(programme.run(facts) { $0.values["layoff_limit"] = 4_999_999 })
    #expect(less.lines("insurance_refund") == ["none none 2020-12-31 100.01"])
  }
}

@Suite("What another document governs")
struct ElsewhereTests {
  static let rules = """
    document test
      jurisdiction 350112
    reading yuanzhou "Paid here?"
      separate "no" default
      included "yes"
    define sending(p: place)
      p within 64 except p within 640402 governed by "another paper" when yuanzhou is separate
    measure m
      title "M"
      article "1"
      kind k
      for each hire
      where sending(origin) and organised
      every record
      pay worker 1 yuan on start
    """

  static let facts = """
    enterprises: [{id: e, district: 350112}]
    hires:
      - {id: other, enterprise: e, start: 2022-01-01, origin: 640121}
      - {id: governed, enterprise: e, start: 2022-01-01, origin: 640402}
      - {id: alone, enterprise: e, start: 2022-01-01, origin: 640402, organised: false}
      - {id: outside, enterprise: e, start: 2022-01-01, origin: 350112}
      - {id: nowhere, enterprise: e, start: 2022-01-01}
    """

  @Test("It is listed, not paid, where it would otherwise be paid")
  func listed() throws {
    let outcome = try #require(Programme(Self.rules).run(Self.facts))
    #expect(outcome.lines() == ["other other 2022-01-01 1"])
    #expect(outcome.elsewhere() == "1: another paper")
    #expect(outcome.ledger.elsewhere.first?.subjects == ["governed"])
    #expect(outcome.undetermined() == "1: origin")
  }

  @Test("Included, it is paid and listed no more")
  func included() throws {
    let outcome = try #require(Programme(Self.rules).run(Self.facts) { $0.readings["test.yuanzhou"] = "included" })
    #expect(outcome.lines() == ["governed governed 2022-01-01 1", "other other 2022-01-01 1"])
    #expect(outcome.elsewhere() == "")
  }

  @Test("Not sending is not the same as governed elsewhere")
  func negated() throws {
    let negated = Self.rules.replacing("where sending(origin)", with: "where not sending(origin)")
    let outcome = try #require(Programme(negated).run(Self.facts))
    // Under this document's own regime the governed one is not sending, whatever another document says.
    #expect(outcome.entries.map(\.subject) == ["governed", "outside"])
    #expect(outcome.elsewhere() == "")
  }
}

@Suite("The smallest and the latest of a set")
struct ExtremeTests {
  static let facts = """
    enterprises: [{id: e, district: 350112}, {id: f, district: 350112}]
    hires:
      - {id: a, enterprise: e, start: 2022-03-01, monthly_wage: 4000.50}
      - {id: b, enterprise: e, start: 2022-02-01, monthly_wage: 3999.99}
      - {id: c, enterprise: e, start: 2022-05-01, monthly_wage: 5000}
    """

  private func paid(_ amount: String, _ on: String) throws -> [String] {
    try #require(
      Programme(
        measure: """
            for each enterprise
            count staff = hires of enterprise
            require count of staff >= 1
            pay enterprise \(amount) on \(on)
          """
      ).run(Self.facts)
    ).lines()
  }

  @Test("Amounts and dates are picked from the members; an enterprise without any is left out")
  func picks() throws {
    #expect(
      try paid("smallest of monthly_wage over staff", "earliest of start over staff") == ["e e 2022-02-01 3,999.99"])
    #expect(try paid("largest of monthly_wage over staff", "latest of start over staff") == ["e e 2022-05-01 5,000"])
  }

  @Test("One unknown among them makes the answer unknown, and nothing is paid")
  func unknown() throws {
    let outcome = try #require(
      Programme(
        measure: """
            for each enterprise
            count staff = hires of enterprise
            pay enterprise smallest of monthly_wage over staff on 2022-01-01
          """
      ).run(Self.facts + "\n  - {id: d, enterprise: f, start: 2022-05-01}"))
    #expect(outcome.lines() == ["e e 2022-01-01 3,999.99"])
    #expect(outcome.ledger.undetermined.map(\.count) == [1])
  }
}
