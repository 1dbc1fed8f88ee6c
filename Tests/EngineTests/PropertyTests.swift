// What must hold of every run, whatever the facts: tried on scenarios by chance over all bundled documents.
import Engine
import Testing

@Suite("Whatever the facts")
struct PropertyTests {
  static let seeds = 0..<16

  func run(_ seed: Int, _ records: Records? = nil, _ change: (inout RunSettings) -> Void = { _ in }) throws -> Outcome {
    let scenario = try #require((records ?? Chance.small(seed)).scenario())
    var settings = Chance.settings(seed)
    change(&settings)
    return Outcome(ledger: Engine.run(Bundled.documents, scenario: scenario, settings: settings), scenario: scenario)
  }

  /// The generator must reach what the properties are about.
  @Test("The scenarios by chance pay, displace, overflow quotas, leave open and refer elsewhere")
  func reach() throws {
    var measures: Set<String> = []
    var standings: Set<Standing> = []
    var unpriced = 0, undetermined = 0, elsewhere = 0, grants = 0
    for seed in 0..<40 {
      let outcome = try run(seed)
      measures.formUnion(outcome.entries.map(\.measure))
      standings.formUnion(outcome.entries.map(\.standing))
      unpriced += outcome.ledger.unpriced.count
      undetermined += outcome.ledger.undetermined.count
      elsewhere += outcome.ledger.elsewhere.count
      grants += outcome.ledger.grants.count
    }
    let paying = Bundled.documents.flatMap(\.measures).filter { !$0.pays.isEmpty }.map(\.id)
    #expect(paying.filter { !measures.contains($0) } == [])
    #expect(standings == [.paid, .displaced, .overQuota])
    #expect(unpriced > 0 && undetermined > 0 && elsewhere > 0 && grants > 0)
  }

  @Test("The order of the records changes nothing", arguments: seeds)
  func reordering(seed: Int) throws {
    var dice = Dice(state: UInt64(seed) &+ 99)
    let records = Chance.small(seed)
    let plain = try run(seed, records).fingerprint
    let other = try run(seed, records.shuffled(&dice)).fingerprint
    #expect(Set(plain).symmetricDifference(other).sorted() == [])
    #expect(plain.count == other.count)
  }

  @Test("The total is what is due and what is pending, and other standings stand outside", arguments: seeds)
  func totals(seed: Int) throws {
    let outcome = try run(seed)
    #expect(outcome.total == outcome.due + outcome.pending)
    let all = outcome.entries.reduce(0) { $0 + $1.fen }
    let outside = outcome.entries.filter { $0.standing != .paid }.reduce(0) { $0 + $1.fen }
    #expect(all == outcome.total + outside)
    #expect(outcome.entries.allSatisfy { $0.fen > 0 })
  }

  @Test(
    "On a day later than everything nothing is pending, and a day before everything nothing is due", arguments: seeds)
  func asOf(seed: Int) throws {
    let late = try run(seed) { $0.asOf = day("2999-12-31") }
    #expect(late.pending == 0)
    let early = try run(seed) { $0.asOf = day("1900-01-01") }
    #expect(early.due == 0)
    // Changle's measures do not look at the day: what they reckon is the same, displaced by others or not.
    func changle(_ outcome: Outcome) -> [String] {
      outcome.entries.filter { $0.measure.hasPrefix("changle-2022.") }.map {
        "\($0.measure) \($0.beneficiary) \($0.subject) \($0.date.text) \($0.fen)"
      }
    }
    #expect(changle(late) == changle(early))
  }

  @Test("A hire of another agency changes nothing for this one", arguments: seeds)
  func otherAgency(seed: Int) throws {
    var records = Chance.small(seed)
    let plain = try run(seed, records)
    records.add("agencies", ("id", "stranger"), ("district", "350112"), ("filed", "true"))
    for n in 0..<3 {
      records.add(
        "hires", ("id", "new\(n)"), ("origin", "520502"), ("enterprise", "e\(n)"), ("agency", "stranger"),
        ("start", "2022-05-0\(n + 1)"))
    }
    let more = try run(seed, records)
    for agency in ["q0", "q1", "q2"] {
      #expect(plain.entries.filter { $0.beneficiary == agency } == more.entries.filter { $0.beneficiary == agency })
    }
  }

  static let counting = [
    "changle-2022.base_operating", "changle-2022.agency_reward", "changle-2020.graduate_absorption",
    "quanzhou-tiz-2023.agency_recruitment", "quanzhou-tiz-2023.individual_recruitment", "jindong-2021.agency_service",
  ]

  @Test("Counting hires never pays fewer than counting persons, where hires are what is paid for", arguments: seeds)
  func hiresOrPersons(seed: Int) throws {
    func sums(_ choice: String) throws -> [String: Int64] {
      let outcome = try run(seed) {
        $0.readings["count"] = choice
        $0.readings["changle-2022.agency_reward.threshold_means"] = nil
      }
      // Displaced or not is another question.
      return Dictionary(
        uniqueKeysWithValues: Self.counting.map { id in
          (id, outcome.entries.filter { $0.measure == id }.reduce(0) { $0 + $1.fen })
        })
    }
    let persons = try sums("persons"), hires = try sums("hires")
    for id in Self.counting { #expect((hires[id] ?? 0) >= (persons[id] ?? 0), "\(id)") }
  }

  @Test("A document alone pays what it reckons among others", arguments: 0..<6)
  func alone(seed: Int) throws {
    let scenario = try #require(Chance.small(seed).scenario())
    let settings = Chance.settings(seed)
    let together = Outcome(
      ledger: Engine.run(Bundled.documents, scenario: scenario, settings: settings), scenario: scenario)
    for document in Bundled.documents {
      let alone = Outcome(ledger: Engine.run([document], scenario: scenario, settings: settings), scenario: scenario)
      let amounts = { (o: Outcome) in
        o.entries.filter { $0.measure.hasPrefix(document.id + ".") }.map {
          "\($0.subject) \($0.beneficiary) \($0.date.text) \($0.fen)"
        }
      }
      #expect(amounts(alone) == amounts(together), "\(document.id)")
    }
  }

  @Test("No payment lies outside its measure's window, where the window is on the accrual", arguments: 0..<6)
  func accrualWindow(seed: Int) throws {
    let outcome = try run(seed) {
      $0.mode = .enacted
      $0.readings["window_on"] = "accrual"
    }
    let (first, last) = (day("2022-01-28"), day("2023-12-31"))
    for e in outcome.entries where e.measure.hasPrefix("changle-2022.") {
      #expect(e.date >= first && e.date <= last, "\(e.measure) \(e.line)")
    }
  }
}
