// What is not there: references to nothing, columns that hold one value throughout, empty lists and sets.
import Engine
import Testing

@Suite("What is not there")
struct AbsenceTests {
  static func counting(_ condition: String) -> Programme {
    Programme(
      measure: """
          for each enterprise
          count s = hires of enterprise where \(condition)
          pay enterprise 1 yuan for each s
        """)
  }

  static let facts = """
    enterprises: [{id: e, district: 350112}]
    agencies: [{id: q, district: 350112, filed: true}, {id: r, district: 350112, filed: true, \
    registered_on: 2021-01-01}]
    bases: [{id: b, county: 520502}]
    hires:
      - {id: brought, enterprise: e, agency: q, base: b, start: 2022-01-01}
      - {id: alone, enterprise: e, start: 2022-01-01}
    """

  /// `agreement` and `above_scale` stand nowhere in the facts, so that their columns hold their defaults throughout.
  @Test(
    "What is true of every record is not true of one that is not there",
    arguments: [
      ("agency.filed", ["brought"]), ("base.agreement", ["brought"]), ("not agency.above_scale", ["alone", "brought"]),
      ("agency.above_scale", []), ("agency is given", ["brought"]), ("agency is not given", ["alone"]),
      ("agency.district within home", ["brought"]), ("not agency.district within home", ["alone"]),
      ("agency.filed or base.agreement", ["brought"]), ("agency.filed and base.agreement", ["brought"]),
      ("base.kind is labour_base", ["brought"]), ("base.kind is not labour_base", []),
      ("agency.district is 350112", ["brought"]), ("agency.name is \"q\"", ["brought"]),
    ])
  func references(condition: String, counted: [String]) throws {
    let outcome = try #require(Self.counting(condition).run(Self.facts))
    #expect(outcome.entries.map(\.subject) == counted, "\(condition)")
    #expect(outcome.undetermined() == "", "\(condition)")
  }

  @Test(
    "The same where no hire has any such reference",
    arguments: [
      ("agency.filed", []), ("base.agreement", []), ("not base.agreement", ["alone", "brought"]), ("base is given", []),
      ("agency.registered_on after 2020-01-01", []), ("base.county within 52", []),
    ])
  func noReferences(condition: String, counted: [String]) throws {
    let outcome = try #require(
      Self.counting(condition).run(
        """
        enterprises: [{id: e, district: 350112}]
        hires: [{id: brought, enterprise: e, start: 2022-01-01}, {id: alone, enterprise: e, start: 2022-01-01}]
        """))
    #expect(outcome.entries.map(\.subject) == counted, "\(condition)")
    #expect(outcome.undetermined() == "", "\(condition)")
  }

  @Test("An agency's unknown date is unknown, a missing agency's is not there")
  func unknownOrNone() throws {
    let outcome = try #require(Self.counting("agency.registered_on after 2020-01-01").run(Self.facts))
    #expect(outcome.entries.isEmpty)
    #expect(outcome.undetermined() == "1: registered_on")
    #expect(outcome.ledger.undetermined.first?.subjects == ["brought"])
  }

  @Test("No list at all: nothing is paid, and duties that ask for a number are not met")
  func empty() throws {
    let outcome = try #require(Bundled.all.run("enterprises: []"))
    #expect(outcome.entries.isEmpty)
    #expect(outcome.ledger.unpriced.isEmpty && outcome.ledger.undetermined.isEmpty && outcome.errors.isEmpty)
    let duties = Dictionary(
      uniqueKeysWithValues: outcome.ledger.duties.map { (outcome.ledger.measures[$0.measure].id, $0.status) })
    // Semantics, "Missing facts": met over no records, unless a number of them is asked for.
    #expect(duties["changle-2020.soe_graduates"] == .notApplicable)
    #expect(duties["changle-2020.internship_posts"] == .notMet)
    #expect(duties["quanzhou-tiz-2023.registry"] == .notApplicable)
    #expect(duties["quanzhou-tiz-2023.odd_job_markets"] == .notApplicable)
    #expect(duties["fuzhou-2021.team_count"] == .notApplicable)
    // Without `as_of` nobody knows which years have passed.
    #expect(duties["jindong-2021.market_exchange"] == .unknown)
  }

  @Test(
    "A frame that names nobody pays nobody, and one that does not say whom is undetermined",
    arguments: [" absent means none", ""], ["", " on joined"])
  func nobody(absence: String, date: String) throws {
    let programme = Programme(
      """
      document test
        jurisdiction 350112
      list centres, each a centre
        field id text required
      list trainings, each a training
        field id text required
        field centre reference to centres\(absence)
      list trainees, each a trainee
        field id text required
        field training reference to trainings required
        field joined date required
      measure m
        title "M"
        article "1"
        kind k
        for each training
        count there = trainees of training on joined
        require count of there >= 1 person
        pay centre 100 yuan for each there\(date)
      """)
    let outcome = try #require(
      programme.run(
        """
        centres: [{id: c}]
        trainings: [{id: with, centre: c}, {id: without}]
        trainees:
          - {id: x, training: with, joined: 2022-03-01}
          - {id: y, training: without, joined: 2022-03-01}
        """))
    #expect(outcome.lines() == ["c x 2022-03-01 100"])
    #expect(outcome.ledger.undetermined.map(\.subjects) == (absence.isEmpty ? [["y"]] : []))
  }

  @Test("An empty set includes nothing, whether it is stated or not")
  func emptySets() throws {
    let programme = Programme(
      measure: """
          for each enterprise
          where not (lists includes any of (leading_2021, honest_employer))
          pay enterprise 1 yuan on 2022-01-01
        """)
    let outcome = try #require(
      programme.run(
        """
        enterprises:
          - {id: a, district: 350112, lists: []}
          - {id: b, district: 350112}
          - {id: c, district: 350112, lists: [honest_employer]}
        """))
    #expect(outcome.entries.map(\.subject) == ["a", "b"])
    #expect(try #require(programme.run("enterprises: [{id: a, district: 350112}]")).entries.count == 1)
  }

  @Test(
    "A worker who is not named is told apart by the hire's id, in conditions too",
    arguments: [
      ("worker is \"h1\"", ["h1"]), ("worker is not \"h1\"", ["h2"]), ("worker is any of (\"h2\", \"x\")", ["h2"]),
    ])
  func ownTexts(condition: String, counted: [String]) throws {
    let outcome = try #require(
      Self.counting(condition).run(
        """
        enterprises: [{id: e, district: 350112}]
        hires: [{id: h1, enterprise: e, start: 2022-01-01}, {id: h2, enterprise: e, start: 2022-01-01}]
        """))
    #expect(outcome.entries.map(\.subject) == counted, "\(condition)")
  }

  @Test("Names that stand for ids are compared as texts across lists")
  func namesAcross() throws {
    let outcome = try #require(
      Self.counting("agency.name is enterprise.name").run(
        """
        enterprises: [{id: first, district: 350112}, {id: same, district: 350112}]
        agencies: [{id: other, district: 350112}, {id: third, district: 350112}, {id: same, district: 350112}]
        hires:
          - {id: differs, enterprise: first, agency: other, start: 2022-01-01}
          - {id: agrees, enterprise: same, agency: same, start: 2022-01-01}
        """))
    #expect(outcome.entries.map(\.subject) == ["agrees"])
  }

  @Test("A frame of texts works where the texts are the records' own ids")
  func textFrames() throws {
    let programme = Programme(
      measure: """
          for each worker of hires
          count s = hires of worker where organised every record
          pay worker 1 yuan for each s
        """)
    let own = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires: [{id: h1, enterprise: e, start: 2022-01-01}, {id: h2, enterprise: e, start: 2022-01-02}]
        """))
    #expect(own.lines() == ["h1 h1 2022-01-01 1", "h2 h2 2022-01-02 1"])
    let named = try #require(
      programme.run(
        """
        enterprises: [{id: e, district: 350112}]
        hires:
          - {id: h1, enterprise: e, start: 2022-01-01, worker: h2}
          - {id: h2, enterprise: e, start: 2022-01-02}
          - {id: h3, enterprise: e, start: 2022-01-03}
        """))
    #expect(named.lines() == ["h2 h1 2022-01-01 1", "h2 h2 2022-01-02 1", "h3 h3 2022-01-03 1"])
  }

  @Test("Persons who are not named are not one person")
  func unnamedPersons() throws {
    let rules = """
      document own
        jurisdiction 350112
      list visits, each a visit
        person who
        begins day_on
        field id text required
        field enterprise reference to enterprises required
        field who text
        field day_on date required
      measure m
        title "M"
        article "1"
        kind k
        for each enterprise
        count s = visits of enterprise
        pay enterprise 1 yuan for each s
      """
    let lists = """
      enterprises: [{id: e, district: 350112}]
      visits:
        - {id: v1, enterprise: e, day_on: 2022-01-01}
        - {id: v2, enterprise: e, day_on: 2022-01-02}
        - {id: v3, enterprise: e, day_on: 2022-01-03, who: 林}
        - {id: v4, enterprise: e, day_on: 2022-01-04, who: 林}
      """
    let outcome = try #require(Programme(rules).run(lists))
    #expect(outcome.entries.map(\.subject) == ["v1", "v2", "v3"])
  }
}
