// Semantics, "Same kind: take the higher", and measures of one document that yield to each other.
import Engine
import Testing

@Suite("Take the higher")
struct HigherTests {
  /// A document that pays an agency for each of its hires.
  static func document(
    _ id: String, in place: Int, issued: String = "2021-01-01", kind: String = "reward", values: String = "",
    _ pays: String...
  ) -> String {
    """
    document \(id)
      jurisdiction \(place)
      issued \(issued)
      higher "the higher only"
    \(values)
    measure m
      title "M"
      article "1"
      kind \(kind)
      for each agency
      count s = hires of agency every record
    \(pays.map { "  pay " + $0 }.joined(separator: "\n"))
    """
  }

  static let facts = """
    enterprises: [{id: e, district: 350112}]
    agencies: [{id: q, district: 350112}]
    hires: [{id: a, agency: q, enterprise: e, start: 2022-01-01}, {id: b, agency: q, enterprise: e, \
    start: 2022-02-01, organised: false}]
    """

  @Test("The document that pays more for the subject stands, the other is shown as displaced by it")
  func higher() throws {
    let programme = Programme(
      Self.document("city", in: 350100, "agency 300 yuan for each s"),
      Self.document(
        "district", in: 350112, "agency 500 yuan for each s when organised",
        "agency 100 yuan for each s when not organised"))
    let outcome = try #require(programme.run(Self.facts))
    // For each hire by itself: 500 against 300 for a, 100 against 300 for b.
    #expect(outcome.lines("city.m") == ["q a 2022-01-01 300 displaced", "q b 2022-02-01 300"])
    #expect(outcome.lines("district.m") == ["q a 2022-01-01 500", "q b 2022-02-01 100 displaced"])
    #expect(outcome.entries.filter { $0.standing == .displaced }.map(\.displacedBy) == ["district.m", "city.m"])
    #expect(outcome.total == 80_000)
  }

  @Test("On a tie the higher level stands, then the earlier issued, in whatever order they are named")
  func ties() throws {
    let city = Self.document("city", in: 350100, issued: "2022-01-01", "agency 300 yuan for each s")
    let district = Self.document("district", in: 350112, issued: "2020-01-01", "agency 300 yuan for each s")
    let later = Self.document("later", in: 350112, issued: "2020-01-02", "agency 300 yuan for each s")
    for programme in [Programme(city, district, later), Programme(later, district, city)] {
      let outcome = try #require(programme.run(Self.facts))
      #expect(Set(outcome.entries.filter { $0.standing == .paid }.map(\.measure)) == ["city.m"])
    }
    for programme in [Programme(district, later), Programme(later, district)] {
      let outcome = try #require(programme.run(Self.facts))
      #expect(Set(outcome.entries.filter { $0.standing == .paid }.map(\.measure)) == ["district.m"])
      #expect(outcome.total == 60_000)
    }
  }

  /// The city pays 300 at once, the district 100 at once and 250 after three months.
  static let rounds = Programme(
    document("city", in: 350100, "agency 300 yuan for each s"),
    document("district", in: 350112, "agency 100 yuan for each s", "agency 250 yuan for each s on start + 3 months"))

  @Test("By total, 350 in two payments are more than 300 in one")
  func byTotal() throws {
    let outcome = try #require(Self.rounds.run(Self.facts))
    #expect(outcome.total("city.m", .displaced) == 60_000)
    #expect(outcome.total("district.m") == 70_000)
  }

  @Test("By payment, the first payments compete, and the second stands alone")
  func byPayment() throws {
    let outcome = try #require(Self.rounds.run(Self.facts) { $0.readings["higher_by"] = "payment" })
    #expect(outcome.lines("city.m") == ["q a 2022-01-01 300", "q b 2022-02-01 300"])
    #expect(
      outcome.lines("district.m") == [
        "q a 2022-01-01 100 displaced", "q b 2022-02-01 100 displaced", "q a 2022-04-01 250", "q b 2022-05-01 250",
      ])
  }

  @Test("By payment a tie goes to the higher level, round by round")
  func byPaymentTies() throws {
    let programme = Programme(
      Self.document(
        "district", in: 350112, "agency 300 yuan for each s", "agency 300 yuan for each s on start + 3 months"),
      Self.document("city", in: 350100, "agency 300 yuan for each s", "agency 200 yuan for each s on start + 6 months"))
    let outcome = try #require(programme.run(Self.facts) { $0.readings["higher_by"] = "payment" })
    #expect(outcome.total("city.m") == 60_000)
    #expect(outcome.total("city.m", .displaced) == 40_000)
    #expect(outcome.total("district.m") == 60_000)
  }

  @Test("Other kinds, other subjects and one document's own measures do not compete")
  func apart() throws {
    let kinds = Programme(
      Self.document("city", in: 350100, kind: "one", "agency 300 yuan for each s"),
      Self.document("district", in: 350112, kind: "two", "agency 300 yuan for each s"))
    #expect(try #require(kinds.run(Self.facts)).total == 120_000)
    let subjects = Programme(
      Self.document("city", in: 350100, "agency 300 yuan on 2022-01-01"),
      Self.document("district", in: 350112, "agency 300 yuan for each s"))
    #expect(try #require(subjects.run(Self.facts)).total == 90_000)
    let own = Programme(Self.document("city", in: 350100, "agency 300 yuan for each s", "agency 200 yuan for each s"))
    #expect(try #require(own.run(Self.facts)).total == 100_000)
  }

  @Test("Equal ids are one beneficiary, whichever list they stand in")
  func acrossLists() throws {
    let enterprise = """
      document district
        jurisdiction 350112
      measure m
        title "M"
        article "1"
        kind reward
        for each hire
        every record
        pay enterprise 500 yuan on start
      """
    let programme = Programme(Self.document("city", in: 350100, "agency 300 yuan for each s"), enterprise)
    let facts = """
      enterprises: [{id: other, district: 350112}, {id: q, district: 350112}]
      agencies: [{id: q, district: 350112}]
      hires: [{id: a, agency: q, enterprise: q, start: 2022-01-01}, {id: b, agency: q, enterprise: other, \
      start: 2022-01-01}]
      """
    let outcome = try #require(programme.run(facts))
    #expect(outcome.lines("city.m") == ["q a 2022-01-01 300 displaced", "q b 2022-01-01 300"])
    #expect(outcome.lines("district.m") == ["other b 2022-01-01 500", "q a 2022-01-01 500"])
  }

  @Test("Annual sums compete year by year")
  func annual() throws {
    func yearly(_ id: String, _ place: Int, _ amount: String) -> String {
      """
      document \(id)
        jurisdiction \(place)
        higher "the higher only"
      measure m
        title "M"
        article "1"
        kind reward
        for each agency, each year
        count s = hires of agency every record
        pay agency \(amount) on 31 December of year
      """
    }
    let programme = Programme(yearly("city", 350100, "150 yuan"), yearly("district", 350112, "100 yuan * count of s"))
    let facts = """
      enterprises: [{id: e, district: 350112}]
      agencies: [{id: q, district: 350112}]
      hires:
        - {id: a, agency: q, enterprise: e, start: 2022-01-01}
        - {id: b, agency: q, enterprise: e, start: 2022-01-01}
        - {id: c, agency: q, enterprise: e, start: 2023-01-01}
      """
    let outcome = try #require(programme.run(facts))
    #expect(outcome.lines("city.m") == ["q q@2022 2022-12-31 150 displaced", "q q@2023 2023-12-31 150"])
    #expect(outcome.lines("district.m") == ["q q@2022 2022-12-31 200", "q q@2023 2023-12-31 100 displaced"])
  }

  @Test("What is unpriced displaces nothing, is not displaced, and the result says so")
  func unpriced() throws {
    let programme = Programme(
      Self.document("city", in: 350100, values: "value fee yuan", "agency fee for each s"),
      Self.document("district", in: 350112, "agency 500 yuan for each s"))
    let outcome = try #require(programme.run(Self.facts))
    #expect(outcome.total == 100_000)
    #expect(outcome.unpriced("city.m") == "2: fee")
    #expect(outcome.ledger.diagnostics.map(\.code) == ["not-compared"])
    let priced = try #require(programme.run(Self.facts) { $0.values["fee"] = 60_000 })
    #expect(priced.total("city.m") == 120_000)
    #expect(priced.total("district.m", .displaced) == 100_000)
    #expect(priced.ledger.diagnostics.isEmpty)
  }

  @Test("Quotas come first: what is over quota neither competes nor displaces, what is displaced keeps its place")
  func quotaFirst() throws {
    func hire(_ id: String, _ place: Int, _ clause: String) -> String {
      """
      document \(id)
        jurisdiction \(place)
        higher "the higher only"
      measure m
        title "M"
        article "1"
        kind reward
        for each hire
        every record
      \(clause)
      """
    }
    let programme = Programme(
      hire("city", 350100, "  pay agency 500 yuan on start\n  quota 1 for each agency\n  ordered by start"),
      hire(
        "district", 350112,
        "  pay agency 600 yuan on start when organised\n  pay agency 100 yuan on start when not organised"))
    let outcome = try #require(programme.run(Self.facts))
    // a takes the city's only place and is then displaced there by the district's 600; b stays over quota.
    #expect(outcome.lines("city.m") == ["q a 2022-01-01 500 displaced", "q b 2022-02-01 500 overQuota"])
    #expect(outcome.lines("district.m") == ["q a 2022-01-01 600", "q b 2022-02-01 100"])
    #expect(outcome.total == 70_000)
  }
}

@Suite("Measures that yield")
struct YieldTests {
  static func programme(_ mine: String, _ other: String) -> Programme {
    Programme(
      """
      document test
        jurisdiction 350112
      value monthly yuan per month
      measure mine
        title "Mine"
        article "1"
        kind benefit
        for each jobseeker
        yields to other
        pay jobseeker \(mine) on 2022-01-01
      measure other
        title "Other"
        article "2"
        kind benefit
        for each jobseeker
        pay jobseeker \(other) on 2022-01-01
      """)
  }
  static let facts = "jobseekers: [{id: j, unemployed_from: 2021-01-01}]"

  @Test(
    "Of both the higher total is paid; on a tie, or unpriced, the one yielded to",
    arguments: [
      ("200 yuan", "100 yuan", "mine"), ("100 yuan", "200 yuan", "other"), ("100 yuan", "100 yuan", "other"),
      ("100 yuan", "0 yuan", "mine"), ("0 yuan", "100 yuan", "other"),
    ])
  func yields(mine: String, other: String, paid: String) throws {
    let outcome = try #require(Self.programme(mine, other).run(Self.facts))
    #expect(outcome.entries.filter { $0.standing == .paid }.map(\.measure) == ["test." + paid])
    #expect(outcome.entries.filter { $0.standing != .paid }.allSatisfy { $0.standing == .displaced })
  }

  @Test("An unpriced one is not compared: the one yielded to stands, priced or not")
  func unpriced() throws {
    let mine = try #require(Self.programme("monthly * 2 months", "100 yuan").run(Self.facts))
    #expect(mine.lines("other") == ["j j 2022-01-01 100"])
    #expect(mine.unpriced("mine") == "")
    let other = try #require(Self.programme("100 yuan", "monthly * 2 months").run(Self.facts))
    #expect(other.lines("mine") == ["j j 2022-01-01 100 displaced"])
    #expect(other.unpriced("other") == "2 months: monthly")
    let priced = try #require(
      Self.programme("100 yuan", "monthly * 2 months").run(Self.facts) { $0.values["monthly"] = 4_999 })
    #expect(priced.lines("mine") == ["j j 2022-01-01 100"])
    #expect(priced.lines("other") == ["j j 2022-01-01 99.98 displaced"])
  }

  /// Three measures for each hire, of which the second yields to the first and the third to the second.
  private static func chain(_ amounts: [String: Int], _ order: String) -> Programme {
    let measures = order.map { name in
      """
      measure \(name)
        title "M"
        article "1"
        kind \(name)
        for each hire
        every record
        \(name == "b" ? "yields to a" : name == "c" ? "yields to b" : "")
        pay enterprise \(amounts[String(name)] ?? 0) yuan
      """
    }
    return Programme((["document test\n  jurisdiction 350112"] + measures).joined(separator: "\n"))
  }

  static let hires = """
    enterprises: [{id: e, district: 350112}]
    hires: [{id: h, enterprise: e, start: 2026-01-05, monthly_wage: 100}, \
    {id: i, enterprise: e, start: 2026-01-06, monthly_wage: 500}]
    """

  @Test(
    "What gives way displaces nothing, in whatever order the measures stand",
    arguments: [
      ([100, 200, 300], "ac"), ([300, 200, 100], "ac"), ([100, 300, 200], "b"), ([300, 100, 200], "ac"),
      ([100, 100, 100], "ac"),
    ], ["abc", "cba", "bca", "cab"])
  func chained(amounts: ([Int], String), order: String) throws {
    let of = ["a": amounts.0[0], "b": amounts.0[1], "c": amounts.0[2]]
    let outcome = try #require(Self.chain(of, order).run(Self.hires))
    let paid = Set(outcome.entries.filter { $0.standing == .paid }.map(\.measure)).sorted()
    #expect(paid == amounts.1.map { "test.\($0)" })
    for entry in outcome.entries where entry.standing == .displaced {
      let by = try #require(entry.displacedBy, "\(entry.measure) gives way to nothing")
      #expect(paid.contains(by), "\(entry.measure) gives way to \(by), which is not paid")
    }
  }

  @Test("Where lists differ they meet in all, and what record by record is not paid does not count as paid")
  func mixed() throws {
    // Of b, 300 for each hire, the wage is the higher of one: b is still paid for the other, and more than c in all.
    let programme = Programme(
      """
      document test
        jurisdiction 350112
      measure c
        title "C"
        article "3"
        kind c
        for each enterprise
        yields to b
        pay enterprise 550 yuan on 2026-01-01
      measure b
        title "B"
        article "2"
        kind b
        for each hire
        every record
        yields to a
        pay enterprise 300 yuan
      measure a
        title "A"
        article "1"
        kind a
        for each hire
        every record
        pay enterprise monthly_wage
      """)
    let outcome = try #require(programme.run(Self.hires))
    #expect(outcome.lines("a") == ["e h 2026-01-05 100 displaced", "e i 2026-01-06 500"])
    #expect(outcome.lines("b") == ["e h 2026-01-05 300", "e i 2026-01-06 300 displaced"])
    #expect(outcome.lines("c") == ["e e 2026-01-01 550 displaced"])
  }
}
