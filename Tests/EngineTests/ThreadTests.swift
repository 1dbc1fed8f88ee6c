// Results are the same to the fen whatever the number of threads, which is an invariant of the engine.
import Facts
import Reckoning
import Testing

@testable import Engine

@Suite("Threads")
struct ThreadTests {
  static let count = 150_000
  static let bytes = Chance.bulk(count, seed: 20_220_128)

  static func scenario(threads: Int) -> Scenario? {
    var builder = DatasetBuilder(dictionary: Bundled.dictionary, places: Bundled.places, threads: threads)
    func add(_ list: String, _ fields: [(String, String)]) {
      builder.append(list, fields.map { StatedValue($0.0, .text($0.1)) })
    }
    for n in 0..<40 {
      add(
        "enterprises",
        [
          ("id", "e\(n)"), ("district", n % 5 == 0 ? "330703" : n % 7 == 0 ? "350500-tiz" : "350112"),
          ("above_scale", n % 3 == 0 ? "true" : "false"),
          ("employees", "\(n * 10)"),
        ]
          + (n % 3 != 0 ? [("lists", "leading_2021")] : []))
    }
    for n in 0..<60 {
      add(
        "agencies",
        [("id", "q\(n)"), ("district", n % 5 == 0 ? "350500-tiz" : "350112"), ("filed", n % 4 == 0 ? "false" : "true")])
    }
    for n in 0..<20 { add("bases", [("id", "b\(n)"), ("county", Chance.sending[n % Chance.sending.count])]) }
    for n in 0..<30 {
      add(
        "specialists",
        [
          ("id", "s\(n)"), ("enterprise", "e\(n)"), ("county", Chance.sending[n % Chance.sending.count]),
          ("filed_on", "2022-01-0\(n % 9 + 1)"),
          ("appointed_from", "2022-03-01"),
        ])
    }
    builder.append("hires", csvBytes: bytes, as: "hires.csv")
    let (dataset, problems) = builder.finish()
    for problem in problems.prefix(3) { Issue.record("\(problem.message.en)") }
    guard case .found(let district) = Bundled.places.resolve("350112") else { return nil }
    return Scenario(
      title: "bulk", district: district, asOf: day("2023-06-30"), documents: nil, values: [], readings: [],
      dataset: dataset,
      source: .init(name: "bulk", text: ""))
  }

  /// Everything of a ledger's payments, in the order in which they stand.
  static func columns(_ ledger: Ledger) -> [[Int64]] {
    ledger.blocks.map { b in
      [Int64(b.measure), Int64(b.clause)] + b.beneficiaries.map(Int64.init) + b.subjects.map(Int64.init)
        + b.years.map(Int64.init)
        + b.dates.map(Int64.init) + b.amounts + b.standings.map(Int64.init) + b.frames.map(Int64.init)
    }
  }

  @Test("One, two and five threads give one ledger, of 150,000 hires", arguments: ["start", "accrual"])
  func invariance(windowOn: String) throws {
    var first: (columns: [[Int64]], rest: [String])?
    for threads in [1, 2, 5] {
      let scenario = try #require(Self.scenario(threads: threads))
      #expect(scenario.dataset.table("hires")?.count == Self.count)
      var settings = RunSettings()
      settings.threads = threads
      settings.asOf = scenario.asOf
      settings.readings["window_on"] = windowOn
      for id in ["minimum_wage", "public_post_month", "social_insurance_month"] { settings.values[id] = 123_457 }
      let ledger = Engine.run(Bundled.documents, scenario: scenario, settings: settings)
      #expect(ledger.blocks.reduce(0) { $0 + $1.count } > 15_000)
      let columns = Self.columns(ledger)
      let rest = Array(Outcome(ledger: ledger, scenario: scenario).fingerprint.drop { !$0.hasPrefix("unpriced") })
      if let first {
        #expect(first.columns == columns, "\(threads) threads")
        #expect(first.rest == rest, "\(threads) threads")
      } else {
        first = (columns, rest)
      }
    }
  }

  @Test(
    "One row at a time, or three, or seventeen, in one, two or three threads, give the ledger of any other way",
    arguments: 0..<60)
  func batches(seed: Int) throws {
    let scenario = try #require(Chance.small(seed).scenario())
    var settings = Chance.settings(seed)
    settings.threads = 1
    let plain = Engine.run(Bundled.documents, scenario: scenario, settings: settings)
    let columns = Self.columns(plain), rest = Outcome(ledger: plain, scenario: scenario).fingerprint
    for (batch, threads) in [(1, 3), (3, 2), (17, 1), (1, 1)] {
      settings.batch = batch
      settings.threads = threads
      let ledger = Engine.run(Bundled.documents, scenario: scenario, settings: settings)
      #expect(Self.columns(ledger) == columns, "\(batch) rows at a time, \(threads) threads")
      #expect(
        Outcome(ledger: ledger, scenario: scenario).fingerprint == rest, "\(batch) rows at a time, \(threads) threads")
    }
  }
}
